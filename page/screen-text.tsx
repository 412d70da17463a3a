import type { Shown } from './worker/protocol.ts';

/** What the clinician sees, as text. */
export function ScreenText({ screen, handset }: Shown) {
  return (
    <>
      <h1>{screen.title}</h1>
      <ul>
        {screen.warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      <dl>
        {screen.fields.map(({ name, label, text }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p>Can: {screen.can.join(', ')}</p>
      <p>Handset: {handset}</p>
    </>
  );
}
