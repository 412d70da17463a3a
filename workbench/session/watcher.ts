import { fromJson, type LogRecord } from '../../shared/index.ts';
import type { Simulation } from '../simulation.ts';
import { type Moment, Teller } from '../tell.ts';
import type { TraceRecord } from '../trace.ts';

/** Follows a session's trace and keeps what can be asked for later. */
export class Watcher {
  readonly #records: TraceRecord[] = [];
  readonly #log: LogRecord[] = [];
  #teller = new Teller();
  #report: string | undefined;

  take(record: TraceRecord, sim: Simulation): void {
    this.#records.push(record);
    this.#teller.take(record, sim);
    if (record.layer === 'programmer') this.#report = sim.report() ?? this.#report;
    if (record.layer === 'firmware' && record.kind === 'log') this.#log.push(fromJson<LogRecord>(record.data));
  }

  get records(): readonly TraceRecord[] {
    return this.#records;
  }

  /** The pump's event log, from its first record. */
  get log(): readonly LogRecord[] {
    return this.#log;
  }

  /** The dosing report of the last session, as it stood when it was last read; undefined where there was none. */
  get report(): string | undefined {
    return this.#report;
  }

  /** What happened since this was last asked for. */
  told(): readonly Moment[] {
    const { moments } = this.#teller;
    this.#teller = new Teller();
    return moments;
  }
}
