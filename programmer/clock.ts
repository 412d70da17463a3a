import {
  basalVolume,
  type Duration,
  formatDuration,
  type Mass,
  MS_PER_DAY,
  massOf,
  type Prescription,
  type Status,
  span,
  stepsSkipped,
  strengthOf,
  type WallClock,
} from '../shared/index.ts';
import { inUnitOf } from './drug-units.ts';
import { type Fields, signed } from './fields.ts';
import { hasLostMemory } from './lost-memory.ts';

/*
 * The pump's clock beside the programmer's. What telemetry may take is no difference; a small one is
 * corrected without asking; about a larger one the clinician decides.
 */

/** A difference that telemetry alone may make. */
const TELEMETRY_TAKES = span(5000);

/** What a visit knows of the pump's clock. */
export interface ClockKnown {
  /** Whether this session has compared the clocks already. */
  readonly compared: boolean;
  /** The clinician leaves the difference as it is for this session. */
  readonly kept: boolean;
  /** Whether the programmer set it without being asked. */
  readonly corrected: boolean;
  /** How it was set in this session, from no time at all where it was lost. */
  readonly set: { readonly from: WallClock | null; readonly to: WallClock } | null;
}
export const CLOCK_UNKNOWN: ClockKnown = { compared: false, kept: false, corrected: false, set: null };

/** Milliseconds by which local time is ahead of the pump; 0 where telemetry may take as much, null where it has none. */
export function clockDifference({ wall }: Pick<Status, 'wall'>, local: WallClock): number | null {
  if (wall === null) return null;
  return Math.abs(local - wall) <= TELEMETRY_TAKES ? 0 : local - wall;
}

/** Whether the programmer corrects the difference by itself. */
export function isCorrectable(status: Status, local: WallClock, tolerance: Duration): boolean {
  const difference = clockDifference(status, local);
  const small = difference !== null && difference !== 0 && Math.abs(difference) <= tolerance;
  return small && status.service !== 'shelf' && status.accepts.includes('setClock');
}

/** A difference to the second, with its sign. */
const differenceText = (ms: number): string => signed(ms, formatDuration(span(Math.round(Math.abs(ms) / 1000) * 1000)));

const inWords = (ms: number): string => differenceText(ms).slice(1) + (ms > 0 ? ' slow' : ' fast');

/** Said of a pump that does not know the time, before anything else but a stop. */
export const lostClockWarnings = ({ service, wall, alarms }: Status): string[] =>
  service === 'shelf' || wall !== null || hasLostMemory(alarms)
    ? []
    : ['THE PUMP HAS LOST ITS CLOCK: schedules wait until it is set'];

/** Said of a clock that was or is another than the programmer's. */
export function clockWarnings(status: Status, local: WallClock, known: ClockKnown): string[] {
  const difference = clockDifference(status, local);
  if (status.service === 'shelf' || difference === null) return [];
  const { set } = known;
  const corrected =
    known.corrected && set !== null && set.from !== null
      ? [`The clock of the pump was ${inWords(set.to - set.from)} and has been corrected`]
      : [];
  if (difference === 0 || known.kept) return corrected;
  return [...corrected, `The clock of the pump is ${inWords(difference)}: set it now, later, or keep it`];
}

export function putClock(fields: Fields, status: Status, local: WallClock, shown: string, known: ClockKnown): void {
  if (status.service === 'shelf') return;
  fields.put('clock', shown);
  const difference = clockDifference(status, local);
  if (difference !== null && difference !== 0) fields.put('clockDifference', differenceText(difference));
  const { set } = known;
  if (set === null) return;
  fields.put('clockChange', set.from === null ? 'from no time' : differenceText(set.to - set.from));
  const { prescription } = status;
  if (set.from === null || prescription === null) return;
  const change = doseOfTodayChange(prescription, set.from, set.to);
  const size = change < 0n ? -change : change;
  const dose: Mass = massOf(size, strengthOf(prescription));
  fields.put('clockDoseChange', signed(change, inUnitOf(prescription.drugs[0]?.name).dose(dose)));
  fields.count('clockStepsSkipped', stepsSkipped(prescription.program, set.from, set.to));
}

const ofDay = (wall: WallClock) => span(wall % MS_PER_DAY);

/** The basal volume that setting the clock takes from the local day, or gives it twice. */
export function doseOfTodayChange({ program }: Prescription, from: WallClock, to: WallClock): bigint {
  if (Math.abs(to - from) <= MS_PER_DAY)
    return to >= from ? -basalVolume(program, from, span(to - from)) : basalVolume(program, to, span(from - to));
  // Another date altogether: what the day has had by the old time of day, less what it should have had by the new.
  const untilNow = (wall: WallClock) => basalVolume(program, span(wall - ofDay(wall)), ofDay(wall));
  return untilNow(from) - untilNow(to);
}
