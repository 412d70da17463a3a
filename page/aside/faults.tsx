import { useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { FAULTS } from '../text.ts';
import type { Words } from '../worker/protocol.ts';

/** Every fault, one tap away, with what to expect of it. */
export function Faults({ faults, desk }: { faults: Words['faults']; desk: Desk }) {
  const [told, setTold] = useState('');
  const inflict = async (written: string) => {
    const { text, problem } = await desk.ask('line', `world ${written}`);
    setTold(problem ?? (text || written));
  };
  return (
    <section class="form" aria-label={FAULTS.title}>
      <h2>{FAULTS.title}</h2>
      <output aria-live="polite">{told}</output>
      {Object.entries(faults).map(([name, { written, pump, expect }]) => (
        <details key={name}>
          <summary>{name}</summary>
          <p>
            <strong>{FAULTS.pump}</strong> {pump}
          </p>
          <p>
            <strong>{FAULTS.expect}</strong> {expect}
          </p>
          <div class="row">
            {written.map((each) => (
              <button key={each} type="button" onClick={() => void inflict(each)}>
                {each}
              </button>
            ))}
          </div>
        </details>
      ))}
    </section>
  );
}
