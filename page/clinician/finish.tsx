import { useState } from 'preact/hooks';
import { Facts, Panel, Warnings } from '../parts/parts.tsx';
import { FINISH, TEXT } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { Field } from '../worker/protocol.ts';
import { Refusal } from './programming.tsx';

/** What the update brings, in figures: the first thing to be read. */
const CHANGE = [
  ['doseBefore', 'doseAfter', 'doseChange'],
  ['doseAllBolusesBefore', 'doseAllBolusesAfter', undefined],
] as const;
const SHOWN: readonly string[] = ['pendingEdits', ...CHANGE.flat()].filter((name) => name !== undefined);

const textIn = (fields: readonly Field[], name: string | undefined) => fields.find((field) => field.name === name);

/** Daily dose before and after, and the change in per cent. */
function Change({ screen: { fields } }: Pick<Visit, 'screen'>) {
  const rows = CHANGE.flatMap(([before, after, change]) => {
    const [was, is] = [textIn(fields, before), textIn(fields, after)];
    if (is === undefined) return [];
    const label = is.label.replace(/ after$/, '');
    return [{ label, was: was?.text ?? '—', is: is.text, change: textIn(fields, change)?.text }];
  });
  return (
    <div class="groups">
      {rows.map(({ label, was, is, change }) => (
        <p class="figure" key={label}>
          <span>{label}</span>
          <strong>
            {was} → {is}
          </strong>
          {change === undefined ? null : <em>{change}</em>}
        </p>
      ))}
    </div>
  );
}

/** Fields that say what a prescription or a bolus will bring once it is confirmed. */
const BROUGHT: ReadonlySet<string> = new Set<Field['name']>([
  'run',
  'updateEnds',
  'nextBolusAfter',
  'periodicNextAfter',
  'singleBolus',
  'singleBolusVolume',
  'singleBolusRate',
  'singleBolusDuration',
  'singleBolusBeside',
  'singleBolusThen',
  'doseApart',
  'openingAfter',
  'openingVolume',
  'openingRate',
  'openingDuration',
  'openingDose',
  'programBegins',
  'residualHolds',
  'mixedConcentration',
  'mixedDose',
  'rinsedConcentration',
  'pathVolume',
  'oldFluidLasts',
  'oldFluidDose',
  'withBridge',
  'withoutBridge',
  'limitOverride',
  'lowReservoirDateAfter',
  'lowReservoirDateAllBolusesAfter',
]);

/** Old and new side by side, and what the change means; nothing is programmed before it is confirmed here. */
export function Finish({ visit }: { visit: Visit }) {
  const { screen } = visit;
  const [reply, setReply] = useState<Reply>();
  const asks = reply?.refused === 'needsConfirmation';
  const confirm = async (limits?: 'accept' | 'decline') =>
    setReply(await visit.act({ clinician: limits === undefined ? 'confirm' : { confirm: { limits } } }));
  const isBolus = screen.comparison.length === 0;
  const changedFirst = [...screen.comparison].sort((a, b) => Number(b.changed) - Number(a.changed));
  // What the update brings beside; the pump as it is stands on its status screen.
  const rest = screen.fields.filter(({ name }) => BROUGHT.has(name) && !SHOWN.includes(name));
  return (
    <Panel title={FINISH.title}>
      <Warnings warnings={screen.warnings} />
      <Change screen={screen} />
      {isBolus ? null : (
        <table>
          <thead>
            <tr>
              <th scope="col">{TEXT.what}</th>
              <th scope="col">{TEXT.was}</th>
              <th scope="col">{TEXT.willBe}</th>
            </tr>
          </thead>
          <tbody>
            {changedFirst.map(({ part, label, before, after, changed }) => (
              <tr key={part} data-part={part} class={changed ? 'changed' : ''}>
                <th scope="row">{label}</th>
                <td>{before}</td>
                <td class="new">{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Facts fields={rest} />
      {reply !== undefined && isRefused(reply) ? <Refusal reply={reply} /> : null}
      <div class="foot">
        <button type="button" onClick={() => void visit.act({ clinician: 'discard' })}>
          {TEXT.discard}
        </button>
        {asks ? (
          <>
            <button type="button" onClick={() => void confirm('decline')}>
              {TEXT.decline}
            </button>
            <button type="button" class="stop" onClick={() => void confirm('accept')}>
              {TEXT.accept}
            </button>
          </>
        ) : (
          <button type="button" class="main" onClick={() => void confirm()}>
            {isBolus ? TEXT.confirmBolus : TEXT.confirm}
          </button>
        )}
      </div>
    </Panel>
  );
}
