import { fromJson, type HistoryEntry, type LogRecord, type Status, type WallClock } from '../../shared/index.ts';
import { AskedAgain } from '../link/asked-again.ts';
import type { Simulation } from '../simulation.ts';
import { type Happening, Happenings } from '../tell.ts';
import type { TraceRecord } from '../trace.ts';

/** Something the pump has written down, and what its own clock and the room's showed then. */
export type Dated<T> = T & { readonly wall: WallClock | null; readonly room: WallClock };

/** A pump that was stopped when it was last read: which, and when by the local time of the programmer. */
export interface LeftStopped {
  readonly serial: string;
  readonly readAt: WallClock;
}

/** On the shelf nobody waits for a drug. */
const isLeftStopped = ({ stopped, service }: Status): boolean => stopped !== null && service !== 'shelf';

/** Follows a session's trace and keeps what can be asked for later. */
export class Watcher {
  readonly #records: TraceRecord[] = [];
  readonly #log: Dated<LogRecord>[] = [];
  readonly #history: Dated<HistoryEntry>[] = [];
  readonly #again = new AskedAgain();
  #happenings = new Happenings(this.#again);
  #report: string | undefined;
  #card: string | undefined;
  #leftStopped: LeftStopped | null = null;

  take(record: TraceRecord, sim: Simulation): void {
    this.#records.push(record);
    this.#happenings.take(record, sim);
    if (record.layer === 'programmer') {
      this.#report = sim.report() ?? this.#report;
      this.#card = sim.card() ?? this.#card;
      const { status, readAt } = sim.knows;
      if (status !== null) this.#leftStopped = isLeftStopped(status) ? { serial: status.serial, readAt } : null;
    }
    if (record.layer !== 'firmware' || (record.kind !== 'log' && record.kind !== 'history')) return;
    const dates = { wall: sim.belief().wall, room: sim.localTime };
    if (record.kind === 'log') this.#log.push({ ...fromJson<LogRecord>(record.data), ...dates });
    else this.#history.push({ ...fromJson<HistoryEntry>(record.data), ...dates });
  }

  get records(): readonly TraceRecord[] {
    return this.#records;
  }

  /** The pump's event log, from its first record. */
  get log(): readonly Dated<LogRecord>[] {
    return this.#log;
  }

  /** The prescription history of the pump, from its first entry; where it was replaced, of the one there is now. */
  get history(): readonly Dated<HistoryEntry>[] {
    const first = this.#history.findLastIndex(({ number }) => number === 1);
    return this.#history.slice(Math.max(0, first));
  }

  /** The dosing report of the last session, as it stood when it was last read; undefined where there was none. */
  get report(): string | undefined {
    return this.#report;
  }

  /** The refill card of the last session, likewise. */
  get card(): string | undefined {
    return this.#card;
  }

  /** The pump that was read last, where it was stopped then; null where it was not, or none has been read. */
  get leftStopped(): LeftStopped | null {
    return this.#leftStopped;
  }

  /** What happened since this was last asked for. */
  told(): readonly Happening[] {
    const { list } = this.#happenings;
    this.#happenings = new Happenings(this.#again);
    return list;
  }
}
