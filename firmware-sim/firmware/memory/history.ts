import {
  digestOf,
  fromBytes,
  fromJson,
  type HistoryEntry,
  historyEntrySchema,
  type Instant,
  type Json,
  type Prescription,
  type Role,
  toBytes,
} from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';

/** The digest before the first entry. */
const BEGINNING = '0'.repeat(32);

/** The prescription history: append-only, each entry's digest covering the entry and the digest before it. */
export class History {
  readonly #store: Store;
  #entries: HistoryEntry[] = [];

  constructor(store: Store) {
    this.#store = store;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  append(at: Instant, by: Role, prescription: Prescription): HistoryEntry {
    const last = this.#entries.at(-1);
    const body = {
      number: this.#entries.length + 1,
      at,
      by,
      prescription,
      changed: changes(last?.prescription, prescription),
      previous: last?.digest ?? BEGINNING,
    };
    const entry: HistoryEntry = { ...body, digest: digestOf(body) };
    this.#keep(entry);
    this.#entries.push(entry);
    return entry;
  }

  #keep(entry: HistoryEntry): void {
    this.#store.write(`history/${entry.number}`, () => toBytes(entry));
  }

  /** As the store holds it: after a reset, the same entries; after a new store, none. */
  restart(): void {
    this.#entries = History.inStore(this.#store);
  }

  /** Up to `most` entries from number `from` on. */
  page(from: number, most: number): { entries: HistoryEntry[]; total: number } {
    return {
      entries: this.#entries.slice(Math.max(0, from - 1), Math.max(0, from - 1) + most),
      total: this.#entries.length,
    };
  }

  save(): Json {
    return [...this.#entries];
  }

  load(state: Json): void {
    this.#entries = [...fromJson<HistoryEntry[]>(state)];
    for (const entry of this.#entries) this.#keep(entry);
  }

  /** The history a store holds. Throws where an entry does not fit the chain of digests. */
  static inStore(store: Store): HistoryEntry[] {
    const entries: HistoryEntry[] = [];
    for (let number = 1; ; number++) {
      const cell = store.read(`history/${number}`);
      if (cell === undefined) return entries;
      const entry = historyEntrySchema.parse(fromBytes(cell));
      const { digest, ...body } = entry;
      const chained = body.previous === (entries.at(-1)?.digest ?? BEGINNING);
      if (!chained || digestOf(body) !== digest) throw new Error(`history entry ${number} does not fit the chain`);
      entries.push(entry);
    }
  }
}

/** Which parts of a prescription differ; all of them for the first. */
function changes(before: Prescription | undefined, now: Prescription): string[] {
  const parts = Object.keys(now) as (keyof Prescription)[];
  return parts.filter((part) => before === undefined || digestOf(before[part]) !== digestOf(now[part]));
}
