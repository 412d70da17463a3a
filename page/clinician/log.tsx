import { useState } from 'preact/hooks';
import { LOG, TEXT } from '../text.ts';
import type { LogShown } from '../worker/protocol.ts';

/** The event log that was read: what is out of the ordinary, or all of it. */
export function Log({ log }: { log: readonly LogShown[] }) {
  const [isAll, setAll] = useState(false);
  const unusual = log.filter(({ isUnusual }) => isUnusual);
  const rows = isAll ? log : unusual;
  const choice = (all: boolean, text: string) => (
    <button type="button" aria-pressed={isAll === all} onClick={() => setAll(all)}>
      {text}
    </button>
  );
  return (
    <section class="printed log" aria-label={LOG.title}>
      <h2>{LOG.title}</h2>
      <div class="row">
        {choice(false, `${LOG.unusual} (${unusual.length})`)}
        {choice(true, `${LOG.all} (${log.length})`)}
        <span class="grow" />
        <button type="button" onClick={() => window.print()}>
          {TEXT.print}
        </button>
      </div>
      {rows.length === 0 ? (
        <p>{LOG.nothing}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{LOG.when}</th>
              <th scope="col">{LOG.what}</th>
              <th scope="col">{LOG.details}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ number, date, text, details, isUnusual }) => (
              <tr key={number} class={isUnusual ? 'unusual' : ''}>
                <td>{date}</td>
                <td>{text}</td>
                <td>{detailsText(details)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.some(({ date }) => date.endsWith('*')) ? <p class="hint">{LOG.room}</p> : null}
    </section>
  );
}

/** Some need no name: what they say is all of it. */
const detailsText = (details: LogShown['details']): string =>
  details
    .map(([name, text]) => {
      const words = LOG.names[name] ?? name;
      return words === '' ? text : `${words}: ${text}`;
    })
    .join(', ');
