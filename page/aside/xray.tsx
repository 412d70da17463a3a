import { useState } from 'preact/hooks';
import { useAsked } from '../asked.ts';
import type { Desk } from '../desk.ts';
import { XRAY } from '../text.ts';
import type { RecordLine, Shown, XrayRow } from '../worker/protocol.ts';
import { useCalm } from './calm.ts';
import { Chart } from './chart.tsx';

/** Most records that are listed: the last ones. */
const MOST = 40;
type Only = keyof typeof XRAY.only;

/** Belief beside truth, states, frames and causes: for the instructor, and for a learner once it is over. */
export function Xray({ shown, desk }: { shown: Shown; desk: Desk }) {
  const calm = useCalm(shown);
  const { got: rows = [] } = useAsked(desk, 'xray', null, [calm]);
  const [only, setOnly] = useState<Only>('frames');
  const { got: records = [] } = useAsked(desk, 'records', { only, most: MOST }, [only, calm.records, calm.visit]);
  return (
    <section class="form" aria-label={XRAY.title}>
      <h2>{XRAY.title}</h2>
      <Sides rows={rows} />
      <h2>{XRAY.states}</h2>
      <Chart states={shown.states} desk={desk} />
      <h2>{XRAY.records}</h2>
      <fieldset class="row">
        <legend class="unseen">{XRAY.records}</legend>
        {(['frames', 'all'] as const).map((each) => (
          <button key={each} type="button" aria-pressed={only === each} onClick={() => setOnly(each)}>
            {XRAY.only[each]}
          </button>
        ))}
      </fieldset>
      <p class="hint">{XRAY.choose}</p>
      <ol class="records">
        {records.toReversed().map((record) => (
          <Record key={`${shown.visit} ${record.n} ${record.text}`} record={record} desk={desk} />
        ))}
      </ol>
    </section>
  );
}

/** What is believed beside what is true, line by line; where they part it is said, not only coloured. */
const Sides = ({ rows }: { rows: readonly XrayRow[] }) => (
  <table class="sides">
    <thead>
      <tr>
        <td />
        <th scope="col">{XRAY.belief}</th>
        <th scope="col">{XRAY.truth}</th>
      </tr>
    </thead>
    <tbody>
      {rows.map(({ what, drug, believed, actual, parts }) => (
        <tr key={`${what} ${drug}`} data-row={what} class={parts ? 'parts' : ''}>
          <th scope="row">
            {XRAY.rows[what]} {drug}
          </th>
          <td>
            <Figure text={believed ?? XRAY.nothing} />
          </td>
          <td>
            <Figure text={actual ?? XRAY.nothing} />
            {parts ? <small> {XRAY.parts}</small> : null}
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** Most characters that fit into a column of the narrowest pane. */
const FITS = 12;

/** A figure with its unit, or a date, is not broken at the end of a line where it fits into one. */
const Figure = ({ text }: { text: string }) => (
  <>
    {(text.length <= FITS ? [text] : text.split(/( )/)).map((piece, i) => (
      <span key={i} class={piece.length <= FITS ? 'whole' : ''}>
        {piece}
      </span>
    ))}
  </>
);

/** A record in words: who asks or answers whom for what, of anything else what it says. */
const Told = ({ record: { n, text, frame } }: { record: RecordLine }) =>
  frame === undefined ? (
    <span>{text}</span>
  ) : (
    <>
      #{n} {frame.from} {frame.answer ? XRAY.answer : XRAY.request} {frame.to}: <strong>{frame.name}</strong>
    </>
  );

/** Bytes in pairs: "7e c1 01". */
const pairs = (bytes: string): string => bytes.replaceAll(/(..)(?=.)/g, '$1 ');

/** A record on one line; opened, a frame's bytes and what led to it. */
function Record({ record, desk }: { record: RecordLine; desk: Desk }) {
  const { n, frame } = record;
  const [chain, setChain] = useState<readonly RecordLine[]>();
  const look = async () => setChain(chain === undefined ? await desk.ask('chain', { n }) : undefined);
  return (
    <li>
      <button type="button" aria-expanded={chain !== undefined} onClick={() => void look()}>
        <Told record={record} />
      </button>
      {chain === undefined ? null : (
        <div class="behind">
          {frame === undefined ? null : (
            <>
              <code>{frame.payload}</code>
              <h3>{XRAY.bytes}</h3>
              <code>{pairs(frame.bytes)}</code>
            </>
          )}
          <h3>{XRAY.chain}</h3>
          <ol>
            {chain.map((each, index) => (
              <li key={index}>
                <Told record={each} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </li>
  );
}
