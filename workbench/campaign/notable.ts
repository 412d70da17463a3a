import {
  type AlarmCode,
  formatDuration,
  fromJson,
  type Instant,
  type LogRecord,
  type RefusalCode,
  STOP_REASONS,
  type StopReason,
  span,
  type Volume,
  volume,
} from '../../shared/index.ts';
import type { TraceRecord } from '../trace.ts';
import { GOES_ON } from './gatherer.ts';

/** How often requests were refused alike, and when first and last. */
interface Refused {
  count: number;
  readonly first: Instant;
  last: Instant;
}

/** Lists when what is notable of a life happened: fills, alarms, stops, resets; refusals, of which there are many, by their count. */
export class Notable {
  readonly #lines: string[] = [];
  readonly #refused = new Map<RefusalCode, Refused>();
  #isStopped = false;
  #isOver = false;

  /** What happened, a line each, by the time since power on; refusals stand last. */
  get lines(): readonly string[] {
    const refused = [...this.#refused].map(
      ([code, { count, first, last }]) =>
        `${count} ${count === 1 ? 'request' : 'requests'} refused as ${code}: ${first === last ? timeOf(first) : `first ${timeOf(first)}, last ${timeOf(last)}`}`,
    );
    return [...this.#lines, ...refused];
  }

  /** What comes after the end of its service is of no life. */
  take({ layer, kind, t, data }: TraceRecord): void {
    if (this.#isOver) return;
    const at = fromJson<Instant>(t);
    if (layer === 'firmware' && kind === 'log') this.#logged(fromJson<LogRecord>(data), at);
    else if (layer === 'plant' && kind === 'ranDry') this.#tell(at, 'the reservoir is truly dry');
  }

  #logged({ kind, data }: LogRecord, at: Instant): void {
    if (kind === 'alarmRaised') {
      const { code } = fromJson<{ code: AlarmCode }>(data);
      this.#tell(at, `alarm ${code}`);
      this.#isOver = code === 'endOfService';
    } else if (kind === 'reservoirEntered')
      this.#tell(at, `filled to ${volume.format(fromJson<{ volume: Volume }>(data).volume)}`);
    else if (kind === 'deliveryStopped') {
      this.#isStopped = true;
      this.#tell(at, `stopped: ${STOP_REASONS[fromJson<{ why: StopReason }>(data).why]}`);
    } else if (GOES_ON.has(kind)) {
      if (this.#isStopped) this.#tell(at, 'delivers again');
      this.#isStopped = false;
    } else if (kind === 'reset') this.#tell(at, 'reset');
    else if (kind === 'bolusDenied') this.#refusal(fromJson<{ code: RefusalCode }>(data).code, at);
  }

  #refusal(code: RefusalCode, at: Instant): void {
    const refused = this.#refused.get(code);
    if (refused === undefined) this.#refused.set(code, { count: 1, first: at, last: at });
    else {
      refused.count += 1;
      refused.last = at;
    }
  }

  #tell(at: Instant, what: string): void {
    this.#lines.push(`${timeOf(at)}: ${what}`);
  }
}

const timeOf = (at: Instant): string => formatDuration(span(at));
