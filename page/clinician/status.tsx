import { roomTime } from '../aside/time.tsx';
import { TEXT } from '../text.ts';
import type { Visit } from '../visit.ts';
import type { Field, Screen } from '../worker/protocol.ts';

const textOf = (fields: readonly Field[], name: Field['name']): string | undefined =>
  fields.find((field) => field.name === name)?.text;

/** Whether the pump delivers: the first thing to be seen, a stopped pump above all. */
export function StatusBanner({ fields }: Pick<Screen, 'fields'>) {
  const mode = textOf(fields, 'mode');
  if (mode === undefined) return null;
  const stoppedFor = textOf(fields, 'stoppedFor');
  const notDelivering = textOf(fields, 'notDelivering');
  if (notDelivering !== undefined)
    return (
      <div class="banner stopped" role="alert">
        <strong>■ {TEXT.notDelivering}</strong>
        <span>
          {notDelivering}; {TEXT.asked} {textOf(fields, 'rate')}
        </span>
      </div>
    );
  const again = textOf(fields, 'deliversAgain');
  if (stoppedFor === undefined)
    return (
      <div class="banner runs">
        <strong>▶ {mode}</strong>
        <span>{[textOf(fields, 'rate'), again === undefined ? [] : `${TEXT.again} ${again}`].flat().join('; ')}</span>
      </div>
    );
  const before = textOf(fields, 'heldUpBefore');
  const not = textOf(fields, 'resumeNot');
  return (
    <div class="banner stopped" role="alert">
      <strong>■ {TEXT.stopped(stoppedFor)}</strong>
      <span>{TEXT.stoppedSince(mode, textOf(fields, 'stoppedSince') ?? '', textOf(fields, 'doseMissed'))}</span>
      {before === undefined ? null : <span>{TEXT.heldUpBefore(before)}</span>}
      {not === undefined ? null : <span>{TEXT.resumeNot(not)}</span>}
    </div>
  );
}

/** Without a session, the pump that was left stopped, whether by somebody or because the session lay idle. */
export const LeftStopped = ({ serial, readAt }: NonNullable<Visit['leftStopped']>) => (
  <div class="banner stopped" role="alert">
    <strong>■ {TEXT.lastRead(roomTime(readAt))}</strong>
    <span>
      {serial}: {TEXT.lastReadDo}
    </span>
  </div>
);

/** That the pump was filled with another fluid than it knows of, and the way to tell it. */
export function StillProgrammed({ fluid, onGoOn }: { fluid: string; onGoOn?: (() => void) | undefined }) {
  return (
    <div class="banner stopped" role="alert">
      <strong>■ {TEXT.still(fluid)}</strong>
      <span>{TEXT.stillDo}</span>
      {onGoOn === undefined ? null : (
        <div class="row">
          <button type="button" class="main" onClick={onGoOn}>
            {TEXT.stillGoOn}
          </button>
        </div>
      )}
    </div>
  );
}
/**
 * What every visit looks at first: drug and strength, dose, volume, by when to refill, alarms, and how many warnings are
 * listed below: one that is shown elsewhere is not among them.
 */
export function Vital({ visit: { screen, status, alarms }, warnings }: { visit: Visit; warnings: number }) {
  const text = (name: Field['name']) => textOf(screen.fields, name);
  const drugs = (['', '2', '3'] as const).flatMap((n) => {
    const drug = text(`drug${n}`);
    return drug === undefined ? [] : [`${drug} ${text(`concentration${n}`) ?? ''}`];
  });
  const refillBy = text('refillBy');
  const decided = screen.fields.find(({ name }) => name === 'refillByDecided')?.value;
  const because = TEXT.vital.because[`${decided}`] ?? '';
  const [withAll, asFound] = [text('lowReservoirDateAllBoluses'), text('lowReservoirDateAsFlowed')];
  // What is counted on when, by the rates of the fluid before.
  const asTold = text('stillProgrammed') === undefined ? '' : TEXT.vital.asTold;
  // A date is not broken at the end of a line.
  const found = asFound === undefined ? '' : ` ⚠ ${asFound.replaceAll('-', '\u2011')} ${TEXT.vital.asFound}`;
  const due = refillBy ?? withAll ?? text('lowReservoirDate');
  // What to do about each is said below, and in its workflow.
  const active = status?.alarms.map(({ code }) => (alarms[code] ?? code).split(':')[0]) ?? [];
  const rows: readonly (readonly [string, string | undefined])[] = [
    [TEXT.vital.fluid, drugs.length === 0 ? undefined : drugs.join(', ')],
    [TEXT.vital.dose, text('dailyDose')],
    [TEXT.vital.volume, text('expectedVolume')],
    [
      // Of two screens one may count all boluses and the other none: the label says it.
      refillBy === undefined
        ? `${TEXT.vital.low[withAll === undefined ? 'none' : 'all']}${asTold}`
        : `${TEXT.vital.refillBy}${because}${asTold}`,
      due === undefined ? undefined : `${due}${found}`,
    ],
    [TEXT.vital.alarms, active.length === 0 ? `✓ ${TEXT.vital.none}` : `⚠ ${active.join('; ')}`],
    [TEXT.vital.warnings, warnings === 0 ? `✓ ${TEXT.vital.none}` : `⚠ ${TEXT.vital.below(warnings)}`],
  ];
  return (
    <dl class="vital">
      {rows.map(([label, shown = TEXT.vital.nothing]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{shown}</dd>
        </div>
      ))}
    </dl>
  );
}
