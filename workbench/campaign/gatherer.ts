import {
  type AlarmCode,
  fromJson,
  type Instant,
  type LogKind,
  type LogRecord,
  type RefusalCode,
} from '../../shared/index.ts';
import type { TraceRecord } from '../trace.ts';
import { MEASURE_NAMES, MEASURES, type Measured, type MeasureName } from './measures.ts';

const COUNTS = MEASURE_NAMES.filter((name) => MEASURES[name].unit === 'count');

/** The measure an alarm counts for, where that is one of its own. */
const OF_ALARM: Readonly<Partial<Record<AlarmCode, MeasureName>>> = {
  lowReservoir: 'lowAlarms',
  emptyReservoir: 'emptyAlarms',
  stoppedPump: 'stoppedAlarms',
};
/** The measure a refusal counts for, where that is one of its own. */
const OF_REFUSAL: Readonly<Partial<Record<RefusalCode, MeasureName>>> = {
  lockedOut: 'refusedLockout',
  countUsed: 'refusedCount',
  doseLimit: 'refusedLimit',
};
/** What the log says where a pump delivers again, or was told to deliver nothing. */
export const GOES_ON: ReadonlySet<LogKind> = new Set([
  'deliveryStarted',
  'defaultScheduleStarted',
  'minimumRateStarted',
  'openingStarted',
  'zeroStep',
]);

/** How long something has been so, in all. */
class Lasting {
  #since: Instant | undefined;
  #total = 0;

  begin(at: Instant): void {
    this.#since ??= at;
  }

  end(at: Instant): void {
    if (this.#since !== undefined) this.#total += at - this.#since;
    this.#since = undefined;
  }

  total(now: Instant): number {
    return this.#total + (this.#since === undefined ? 0 : now - this.#since);
  }
}

/** The kinds of records that are looked at. */
export const GATHERED: readonly TraceRecord['kind'][] = ['log', 'ranDry'];

/** Counts in the records of a life what comes seldom: what the pump logs, and that its reservoir runs dry. */
export class Gatherer {
  readonly #counts = new Map<MeasureName, number>();
  readonly stopped = new Lasting();
  readonly dry = new Lasting();
  /** Volume of the boluses granted, in units of volume; exact. */
  granted = 0n;
  /** When the first alarm came that nobody has come for; undefined where none waits. */
  alarmed: Instant | undefined;
  /** When its service ended. */
  ended: Instant | undefined;
  /** Whether the low-reservoir alarm has come since the reservoir was filled. */
  #warned = false;

  /** Every measure that is a count. */
  get counts(): Measured {
    return Object.fromEntries(COUNTS.map((name) => [name, this.#counts.get(name) ?? 0]));
  }

  add(name: MeasureName): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  filled(now: Instant): void {
    this.dry.end(now);
    this.#warned = false;
    this.add('refills');
  }

  /** What comes after the end of its service is of no life. */
  take({ layer, kind, t, data }: TraceRecord): void {
    if (this.ended !== undefined && t > this.ended) return;
    if (layer === 'firmware' && kind === 'log') this.#logged(fromJson<LogRecord>(data), fromJson<Instant>(t));
    else if (layer === 'plant' && kind === 'ranDry') {
      this.dry.begin(fromJson<Instant>(t));
      if (!this.#warned) this.add('dryUnwarned');
    }
  }

  #logged({ kind, data, at: told }: LogRecord, at: Instant): void {
    if (kind === 'alarmRaised') this.#alarm(fromJson<{ code: AlarmCode }>(data).code, at);
    else if (kind === 'bolusGranted') {
      // By the clock of the pump, both.
      const { ends, rate } = fromJson<{ ends: Instant; rate: number }>(data);
      this.granted += BigInt(rate) * BigInt(ends - told);
      this.add('granted');
    } else if (kind === 'bolusDenied') {
      const { code } = fromJson<{ code: RefusalCode }>(data);
      this.add(OF_REFUSAL[code] ?? 'refusedOther');
    } else if (kind === 'deliveryStopped') this.stopped.begin(at);
    else if (GOES_ON.has(kind)) this.stopped.end(at);
  }

  #alarm(code: AlarmCode, at: Instant): void {
    this.add(OF_ALARM[code] ?? 'otherAlarms');
    if (code === 'lowReservoir') this.#warned = true;
    if (code === 'endOfService') this.ended ??= at;
    this.alarmed ??= at;
  }
}
