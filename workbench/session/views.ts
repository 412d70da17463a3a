import { inUnitOf, LOG_WORDS, meanDailyDose } from '../../programmer/index.ts';
import {
  type Branded,
  formatDuration,
  type HistoryEntry,
  type Instant,
  type Kind,
  type LogRecord,
  OPENINGS,
  type OverBasal,
  rate,
  showDateTime,
  span,
  volume,
} from '../../shared/index.ts';
import { standingLines, table } from '../lines.ts';
import { KINDS } from '../scenario/expect.ts';
import type { Reading, Value, View } from '../scenario/readings.ts';
import type { Step } from '../scenario/schema.ts';
import type { Simulation } from '../simulation.ts';
import type { TraceRecord } from '../trace.ts';
import { whyAt } from '../why.ts';
import type { Dated, Watcher } from './watcher.ts';

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

/** The prescription history, first entry first; doses are the mean of a week or interval. */
export function historyText(history: readonly Dated<HistoryEntry>[], rules: OverBasal): string {
  const rows = history.map(({ number, by, changed, prescription, ...dates }) => {
    const dose = meanDailyDose(prescription, null, rules);
    const shown = inUnitOf(prescription.drugs[0]?.name).daily(dose);
    return [`  ${number}`, dateOf(dates), by, shown, changed.length === 0 ? '' : `changed: ${changed.join(', ')}`];
  });
  return rows.length === 0 ? '  nothing has been prescribed yet' : [table(rows), ...roomNote(history)].join('\n');
}

const amount = (value: number): string => volume.format(volume.of(value), 4);
const clockTime = (value: number): string => showDateTime(span(value));
const ahead = (value: number, at: Instant): string => `in ${formatDuration(span(Math.max(0, value - at)))}`;

/** How the numbers of a log record are read by people, by their keys; those of computers are left out. */
const LOG_NUMBERS: Readonly<Record<string, (value: number, at: Instant) => string>> = {
  volume: amount,
  expected: amount,
  delivered: amount,
  undelivered: amount,
  rate: (value) => rate.format(rate.of(value)),
  wall: clockTime,
  from: clockTime,
  to: clockTime,
  lastWall: clockTime,
  ends: ahead,
  until: ahead,
  clearsAt: ahead,
  record: String,
  skipped: String,
};

/** One detail of a log record for people; undefined where it is for computers, or says nothing. */
function detailText(kind: LogRecord['kind'], key: string, value: unknown, at: Instant): string | undefined {
  if (key === 'digest' || value === '') return undefined;
  if (typeof value === 'number')
    return kind === 'alarmIntervalSet' ? formatDuration(span(value)) : LOG_NUMBERS[key]?.(value, at);
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(' ');
  return typeof value === 'boolean' || typeof value === 'string' ? String(value) : undefined;
}

/** What kind of record it is; of what comes before a program, which it was. */
function wordsOf(kind: LogRecord['kind'], data: LogRecord['data']): string {
  const type = OPENINGS.find((each) => each === data['type']);
  return type === undefined ? LOG_WORDS[kind] : LOG_WORDS[kind].replace(ANY_OPENING, OPENING_NAMES[type]);
}
const ANY_OPENING = 'prime, bridge or delayed start';
const OPENING_NAMES = { prime: 'prime', bridge: 'bridge', delayed: 'delayed start' } as const;

/** A record of the pump's event log as people read it. */
export interface LogLine {
  readonly number: number;
  readonly kind: LogRecord['kind'];
  /** When, by the pump's clock as it was then; with a star by the room's, where it had none. */
  readonly date: string;
  readonly text: string;
  /** What its data tell, each by its name. */
  readonly details: readonly (readonly [name: string, text: string])[];
}

export function logLine({ number, at, kind, data, ...dates }: Dated<LogRecord>): LogLine {
  const details = Object.entries(data).flatMap(([key, value]) => {
    const text = detailText(kind, key, value, at);
    return text === undefined ? [] : [[key, text] as const];
  });
  return { number, kind, date: dateOf(dates), text: wordsOf(kind, data), details };
}

/** The last `most` records of the pump's event log. */
export function logText(log: readonly Dated<LogRecord>[], most: number): string {
  const last = log.slice(-most);
  const rows = last.map(logLine).map(({ number, date, text, details }) => {
    const told = details.map(([name, detail]) => `${name}: ${detail}`).join(', ');
    return [`  ${number}`, date, text, told];
  });
  const left = log.length - rows.length;
  return [...(left > 0 ? [`  … ${left} before: log ${log.length}`] : []), table(rows), ...roomNote(last)].join('\n');
}

type Dates = Pick<Dated<unknown>, 'wall' | 'room'>;

/** When something was written down: by the pump's clock as it was then; marked, by the room's where it had none. */
const dateOf = ({ wall, room }: Dates): string => (wall === null ? `${showDateTime(room)}*` : showDateTime(wall));

const roomNote = (dated: readonly Dates[]): string[] =>
  dated.some(({ wall }) => wall === null) ? ['  * by the clock of the room: the pump had no local time'] : [];

/** What an act that reads pages of the pump has read. */
export function readText({ clinician }: Step, sim: Pick<Simulation, 'knows' | 'profile'>, watcher: Watcher): string[] {
  const { log, history } = sim.knows;
  if (clinician?.type === 'readHistory') return [historyText(historyRead(history, watcher), sim.profile)];
  if (clinician?.type !== 'readLog') return [];
  const shown = logRead(log, watcher);
  return [logText(shown, shown.length)];
}

/** The records of the log that were read, with their dates. */
export function logRead(log: readonly LogRecord[], watcher: Watcher): readonly Dated<LogRecord>[] {
  const numbers = new Set(log.map(({ number }) => number));
  const read = watcher.log.slice(watcher.log.findLastIndex(({ number }) => number === 1));
  return read.filter(({ number }) => numbers.has(number));
}

/** The prescriptions that were read, with their dates. */
export function historyRead(history: readonly HistoryEntry[], watcher: Watcher): readonly Dated<HistoryEntry>[] {
  const numbers = new Set(history.map(({ number }) => number));
  return watcher.history.filter(({ number }) => numbers.has(number));
}

/** Why things stand as they do now. */
export function whyText(records: readonly TraceRecord[], now: Instant): string {
  const standing = whyAt(records, now);
  if (standing.length === 0) return '  nothing had happened yet';
  return standing.flatMap((each) => standingLines(each).map((line) => `  ${line}`)).join('\n');
}
