import { LOG_WORDS } from '../../programmer/index.ts';
import {
  type Branded,
  formatDuration,
  type HistoryEntry,
  type Instant,
  instant,
  type Kind,
  type LogRecord,
  showDateTime,
  span,
  type WallClock,
  wallClockAt,
} from '../../shared/index.ts';
import { standingLines, table } from '../lines.ts';
import { KINDS } from '../scenario/expect.ts';
import { HISTORY, type Reading, type Value, type View } from '../scenario/readings.ts';
import type { Step } from '../scenario/schema.ts';
import type { Simulation } from '../simulation.ts';
import type { TraceRecord } from '../trace.ts';
import { whyAt } from '../why.ts';

/** A reading as people read it; undefined where there is none. */
function shown({ kind }: Reading, value: Value): string | undefined {
  if (value === undefined) return undefined;
  if (kind === 'duration') return formatDuration(span(Number(value)));
  const unit: Kind<Branded<string>> | undefined = KINDS[kind];
  return unit === undefined ? String(value) : unit.format(BigInt(value));
}

/** Every reading of a table that there is, a line each. */
export function readingsText(readings: Readonly<Record<string, Reading>>, view: View): string {
  const rows = Object.entries(readings).flatMap(([name, reading]) => {
    const text = shown(reading, reading.read(view));
    return text === undefined ? [] : [[`  ${name}`, text, reading.about]];
  });
  return table(rows);
}

/** The prescription history, first entry first. */
export function historyText(view: View, clock: WallClock): string {
  const dose = HISTORY['dailyDose'];
  const rows = view.history.map(({ number, at, by, changed }: HistoryEntry, i) => {
    const each = dose?.read({ ...view, history: view.history.slice(0, i + 1) });
    const basal = dose === undefined ? '' : (shown(dose, each) ?? '');
    return [`  ${number}`, dateAt(clock, at), by, basal, changed.length === 0 ? '' : `changed: ${changed.join(', ')}`];
  });
  return rows.length === 0 ? '  nothing has been prescribed yet' : table(rows);
}

/** Amounts are in the smallest unit there is, and digests are for computers. */
const isForPeople = (key: string, value: unknown): boolean =>
  key !== 'digest' && (typeof value === 'boolean' || (typeof value === 'string' && value !== ''));

/** The last `most` records of the pump's event log. */
export function logText(log: readonly LogRecord[], clock: WallClock, most: number): string {
  const rows = log.slice(-most).map(({ number, at, kind, data }) => {
    const details = Object.entries(data).flatMap(([key, value]) =>
      isForPeople(key, value) ? [`${key}: ${value}`] : [],
    );
    return [`  ${number}`, dateAt(clock, at), LOG_WORDS[kind], details.join(', ')];
  });
  const left = log.length - rows.length;
  return [...(left > 0 ? [`  … ${left} before: log ${log.length}`] : []), table(rows)].join('\n');
}

/** What an act that reads pages of the pump has read. */
export function readText({ clinician }: Step, { log }: Simulation['knows'], clock: WallClock): string[] {
  return clinician?.type === 'readLog' ? [logText(log, clock, log.length)] : [];
}

/** Why things stand as they do now. */
export function whyText(records: readonly TraceRecord[], now: Instant): string {
  const standing = whyAt(records, now);
  if (standing.length === 0) return '  nothing had happened yet';
  return standing.flatMap((each) => standingLines(each).map((line) => `  ${line}`)).join('\n');
}

/** A date and time, from an instant. */
export const dateAt = (clock: WallClock, at: number): string => showDateTime(wallClockAt(clock, instant(at)));
