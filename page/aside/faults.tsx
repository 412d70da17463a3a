import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../desk.ts';
import { FAULTS } from '../text.ts';
import type { Asked } from '../worker/protocol.ts';
import { faultText, spaced } from './line-text.ts';

/** What came of a fault, and what to expect of it now. */
interface Inflicted {
  readonly text: string;
  readonly expect: string | undefined;
}

/** Every fault, one tap away, with what to expect of it. */
export function Faults({ desk }: { desk: Desk }) {
  const [faults, setFaults] = useState<Asked['faults']['gets']>({});
  useEffect(() => void desk.ask('faults', null).then(setFaults), [desk]);
  const [told, setTold] = useState<Inflicted>();
  const inflict = async (written: string, expect: string) => {
    const { text, problem } = await desk.ask('line', `world ${written}`);
    setTold(problem === undefined ? { text: text || written, expect } : { text: problem, expect: undefined });
  };
  return (
    <section class="form" aria-label={FAULTS.title}>
      <h2>{FAULTS.title}</h2>
      {Object.entries(faults).map(([name, { written, pump, expect }]) => (
        <section key={name} class="fault" aria-label={spaced(name)}>
          <h3>{spaced(name)}</h3>
          <div class="row">
            {written.map((each) => (
              <button key={each} type="button" onClick={() => void inflict(each, expect)}>
                {faultText(name, each)}
              </button>
            ))}
          </div>
          <details>
            <summary>{FAULTS.about}</summary>
            <p>
              <strong>{FAULTS.pump}</strong> {pump}
            </p>
            <p>
              <strong>{FAULTS.expect}</strong> {expect}
            </p>
          </details>
        </section>
      ))}
      <output class="told-once told-below">
        {told === undefined ? null : (
          <>
            <strong>{told.text}</strong>
            {told.expect === undefined ? '' : `\n${FAULTS.expect} ${told.expect}`}
          </>
        )}
      </output>
    </section>
  );
}
