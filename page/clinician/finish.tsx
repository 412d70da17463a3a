import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Comparison, Facts, Panel, Warnings } from '../parts/parts.tsx';
import { FINISH, TEXT } from '../text.ts';
import { isRefused, type Reply, type Visit } from '../visit.ts';
import type { Field } from '../worker/protocol.ts';
import { Refusal, warningsApart } from './refusal.tsx';
import { type Done, Underway } from './update.tsx';

/** A figure before and after, and its change; and the strength that brings it. */
interface Brought {
  readonly before: Field['name'];
  readonly after: keyof typeof FINISH.figures;
  readonly change?: Field['name'];
  readonly strength?: Field['name'];
}

/** What the update brings, in figures: the first thing to be read. Of another fluid, what a day of it truly is. */
const CHANGE: readonly Brought[] = [
  { before: 'doseBefore', after: 'doseAfter', change: 'doseChange' },
  { before: 'doseBefore', after: 'mixedDose', change: 'mixedDoseChange', strength: 'mixedConcentration' },
  { before: 'doseBefore', after: 'rinsedDose', change: 'rinsedDoseChange', strength: 'rinsedConcentration' },
  { before: 'doseAllBolusesBefore', after: 'doseAllBolusesAfter' },
];
const SHOWN: readonly string[] = ['pendingEdits', ...CHANGE.flatMap((figure) => Object.values(figure))];

/** Daily dose before and after, and the change in per cent. */
function Change({ screen: { fields } }: Pick<Visit, 'screen'>) {
  const textIn = (wanted: Field['name'] | undefined) => fields.find(({ name }) => name === wanted)?.text;
  const figures = CHANGE.flatMap(({ before, after, change, strength }) => {
    const is = textIn(after);
    if (is === undefined) return [];
    return [{ name: after, was: textIn(before) ?? '—', is, change: textIn(change), strength: textIn(strength) ?? '' }];
  });
  return (
    <div class="groups">
      {figures.map(({ name, was, is, change, strength }) => (
        <p class="figure" key={name} data-figure={name}>
          <span>{FINISH.figures[name](strength)}</span>
          <strong>
            <span>{was} →</span> <span>{is}</span>
          </strong>
          {change === undefined ? null : <em>{change}</em>}
        </p>
      ))}
    </div>
  );
}

/** Topics that say what a prescription or a bolus will bring once it is confirmed. */
const BROUGHT: readonly Field['topic'][] = ['review', 'singleBolus', 'fluid'];

/** What comes before the program and what the patient may have then: read before anything can be confirmed. */
const FIRST: readonly string[] = [
  'openingAfter',
  'openingVolume',
  'openingParts',
  'openingRate',
  'openingDuration',
  'openingDose',
  'programBegins',
  'updateEnds',
  'run',
  'nextBolusAfter',
];
/** Of the patient bolus, as it will be. */
const BOLUS: readonly string[] = ['bolusDose', 'bolusDuration', 'lockout', 'bolusesPerDay', 'bolusParts'];

interface Props {
  readonly visit: Visit;
  readonly onDone: (done: Done) => void;
  readonly onDiscard: () => void;
  /** Back to the form, with what stands in it; absent where there is none. */
  readonly onBack?: () => void;
}

/** Old and new side by side, and what the change means; nothing is programmed before it is confirmed here. */
export function Finish({ visit, onDone, onDiscard, onBack }: Props) {
  const { screen } = visit;
  const [reply, setReply] = useState<Reply>();
  const [isUnderway, setUnderway] = useState(false);
  const asks = reply?.refused === 'needsConfirmation';
  const decline = useRef<HTMLButtonElement>(null);
  // What was pressed is gone: not to go on is the first choice.
  useLayoutEffect(() => decline.current?.focus(), [asks]);
  const confirm = async (limits?: 'accept' | 'decline') => {
    setUnderway(true);
    const answer = await visit.act({ clinician: limits === undefined ? 'confirm' : { confirm: { limits } } });
    setUnderway(false);
    setReply(answer);
    if (!isRefused(answer) && limits !== 'decline') onDone(isBolus ? 'ordered' : 'programmed');
  };
  const isBolus = screen.comparison.length === 0;
  const changedFirst = [...screen.comparison].sort((a, b) => Number(b.changed) - Number(a.changed));
  // What the update brings beside; the pump as it is stands on its status screen.
  const bolus = screen.comparison
    .filter(({ part, before, after }) => BOLUS.includes(part) && (before !== after || after !== FINISH.none))
    .map(({ part, label, after }) => ({ name: part, label, text: after }));
  const brought = FIRST.flatMap((wanted) => screen.fields.filter(({ name }) => name === wanted));
  const first = [...brought, ...bolus];
  const rest = screen.fields.filter(({ name, topic }) => BROUGHT.includes(topic) && !SHOWN.includes(name));
  return (
    <Panel title={FINISH.title}>
      <Warnings warnings={warningsApart(visit)} />
      <Change screen={screen} />
      <Facts fields={first} />
      <p class="hint">{FINISH.times}</p>
      {isBolus ? null : <Comparison rows={changedFirst} was={TEXT.was} willBe={TEXT.willBe} />}
      <Facts fields={rest.filter(({ name }) => !FIRST.includes(name))} />
      {isUnderway ? <Underway text={isBolus ? FINISH.ordering : FINISH.updating} /> : null}
      <div class="foot end">
        <Refusal reply={reply} visit={visit} />
        <button type="button" disabled={isUnderway} onClick={onDiscard}>
          {FINISH.discard}
        </button>
        {onBack === undefined ? null : (
          <button type="button" disabled={isUnderway} onClick={onBack}>
            {FINISH.back}
          </button>
        )}
        {asks ? (
          <>
            <button type="button" ref={decline} disabled={isUnderway} onClick={() => void confirm('decline')}>
              {TEXT.decline}
            </button>
            <button type="button" class="stop" disabled={isUnderway} onClick={() => void confirm('accept')}>
              {TEXT.accept}
            </button>
          </>
        ) : (
          <button type="button" class="main" disabled={isUnderway} onClick={() => void confirm()}>
            {isBolus ? TEXT.confirmBolus : TEXT.confirm}
          </button>
        )}
      </div>
    </Panel>
  );
}
