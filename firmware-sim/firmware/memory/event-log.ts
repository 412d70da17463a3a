import {
  fromBytes,
  fromJson,
  type Instant,
  type Json,
  type LogData,
  type LogKind,
  type LogRecord,
  logRecordSchema,
  toBytes,
} from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';
import { fitting } from './page.ts';

const cellOf = (slot: number): string => `log/${slot}`;

/** The event log: a ring of the newest records, numbered from 1, that says how many it has dropped. */
export class EventLog {
  readonly #store: Store;
  readonly #capacity: number;
  /** The names of its cells that have been written, made once. */
  readonly #cells: string[] = [];
  /** The newest are the log; the others were, and are taken out together. */
  #records: LogRecord[] = [];
  #next = 1;

  constructor(store: Store, capacity: number) {
    this.#store = store;
    this.#capacity = capacity;
  }

  get dropped(): number {
    return this.#next - 1 - Math.min(this.#records.length, this.#capacity);
  }

  /** When the newest record was written. */
  get lastAt(): Instant | undefined {
    return this.#records.at(-1)?.at;
  }

  add(at: Instant, kind: LogKind, data: LogData): LogRecord {
    const record: LogRecord = { number: this.#next, at, kind, data };
    this.#keep(record);
    this.#next += 1;
    this.#records.push(record);
    if (this.#records.length >= 2 * this.#capacity) this.#records = this.#newest();
    return record;
  }

  #newest(): LogRecord[] {
    return this.#records.slice(-this.#capacity);
  }

  #keep(record: LogRecord): void {
    const slot = record.number % this.#capacity;
    const cell = this.#cells[slot] ?? cellOf(slot);
    this.#cells[slot] = cell;
    this.#store.write(cell, () => toBytes(record));
  }

  /** As the store holds it: after a reset, the same records; after a new store, none. */
  restart(): void {
    this.#records = EventLog.inStore(this.#store, this.#capacity);
    this.#next = (this.#records.at(-1)?.number ?? 0) + 1;
  }

  /** Records from number `from` on, as many as one answer of `most` bytes carries, and the number to go on with. */
  page(from: number, most?: number): { records: LogRecord[]; next: number; dropped: number } {
    const answer = { records: [], next: Math.max(from, this.#next), dropped: this.dropped };
    const rest = this.#newest().filter(({ number }) => number >= from);
    const records = fitting(rest, answer, most);
    const last = records.at(-1);
    return { ...answer, records, ...(last === undefined ? {} : { next: last.number + 1 }) };
  }

  save(): Json {
    return { next: this.#next, records: this.#newest() };
  }

  load(state: Json): void {
    const { next, records } = fromJson<{ next: number; records: LogRecord[] }>(state);
    this.#next = next;
    this.#records = [...records];
    for (const record of records) this.#keep(record);
  }

  /** The records a store holds, oldest first. Throws where a cell is not a record. */
  static inStore(store: Store, capacity: number): LogRecord[] {
    const cells = Array.from({ length: capacity }, (_, slot) => store.read(cellOf(slot)));
    return cells
      .filter((cell) => cell !== undefined)
      .map((cell) => logRecordSchema.parse(fromBytes(cell)))
      .sort((a, b) => a.number - b.number);
  }
}
