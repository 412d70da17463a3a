import { useState } from 'preact/hooks';
import { useAsked } from '../asked.ts';
import { type Desk, notDone } from '../desk.ts';
import { FAULTS } from '../text.ts';
import type { Shown } from '../worker/protocol.ts';
import { useCalm } from './calm.ts';
import { faultText, spaced } from './line-text.ts';

/** What came of a fault, and what to expect of it now. */
interface Inflicted {
  readonly text: string;
  readonly expect: string | undefined;
}

interface Props {
  readonly shown: Shown;
  readonly desk: Desk;
}

/** Every fault, one tap away, with what to expect of it; first those that are there now, and what ends them. */
export function Faults({ shown, desk }: Props) {
  const { got: faults = {} } = useAsked(desk, 'sheets', null);
  const { records, visit } = useCalm(shown);
  const [told, setTold] = useState<Inflicted>();
  const { got: standing = [] } = useAsked(desk, 'faults', null, [records, visit]);
  const inflict = async (written: string, expect?: string) => {
    const { text, problem } = await desk.ask('line', `world ${written}`).catch(notDone);
    setTold(problem === undefined ? { text: text || written, expect } : { text: problem, expect: undefined });
  };
  // What breaks in one is for the case to decide: nobody is offered what it refuses.
  const isCase = shown.lesson !== null;
  return (
    <section class="form" aria-label={FAULTS.title}>
      <h2>{FAULTS.title}</h2>
      {isCase ? <p>{FAULTS.ofCase}</p> : null}
      <h3>{FAULTS.now}</h3>
      {standing.length === 0 ? <p>{FAULTS.none}</p> : null}
      <ul class="deeds" aria-label={FAULTS.now}>
        {standing.map(({ name, text, end }) => (
          <li key={`${name} ${text}`}>
            <span>{text}</span>
            {isCase ? null : end === undefined ? (
              <small>{FAULTS.noEnd}</small>
            ) : (
              <button type="button" aria-label={`${FAULTS.end}: ${text}`} onClick={() => void inflict(end)}>
                {FAULTS.end}
              </button>
            )}
          </li>
        ))}
      </ul>
      {Object.entries(faults).map(([name, { written, pump, expect }]) => (
        <section key={name} class="fault" aria-label={spaced(name)}>
          <h3>
            {spaced(name)}{' '}
            {standing.some((fault) => fault.name === name) ? <small class="pill on">{FAULTS.active}</small> : null}
          </h3>
          {isCase ? null : (
            <div class="row">
              {written.map((each) => (
                <button key={each} type="button" onClick={() => void inflict(each, expect)}>
                  {faultText(name, each)}
                </button>
              ))}
            </div>
          )}
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
