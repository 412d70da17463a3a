import {
  brokenLink,
  chainAfter,
  digestOf,
  fromBytes,
  fromJson,
  type HistoryAnchor,
  type HistoryEntry,
  historyAnchorSchema,
  historyEntrySchema,
  type Instant,
  type Json,
  type LibraryStamp,
  type Prescription,
  type Role,
  toBytes,
} from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';
import { fitting } from './page.ts';

/** What of the history is kept: its newest entries, and the last one that has left, as an anchor. */
interface Kept {
  readonly anchor: HistoryAnchor;
  readonly entries: readonly HistoryEntry[];
}

/**
 * The prescription history: append-only, each entry's digest covering the entry and the digest before it. It
 * keeps its newest entries; of those that have left, number and digest of the last stay, so that the chain can
 * still be verified.
 */
export class History {
  readonly #store: Store;
  readonly #capacity: number;
  #anchor: HistoryAnchor = null;
  #entries: HistoryEntry[] = [];

  constructor(store: Store, capacity: number) {
    this.#store = store;
    this.#capacity = capacity;
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  get anchor(): HistoryAnchor {
    return this.#anchor;
  }

  /** How many prescriptions were ever committed. */
  get total(): number {
    return chainAfter(this.#entries.at(-1) ?? this.#anchor).number;
  }

  /** `library` is what the programmer judged it by. */
  append(at: Instant, by: Role, prescription: Prescription, library: LibraryStamp | null): HistoryEntry {
    const last = this.#entries.at(-1);
    const { number, digest: previous } = chainAfter(last ?? this.#anchor);
    const changed = changes(last?.prescription, prescription);
    const body = { number: number + 1, at, by, prescription, library, changed, previous };
    const entry: HistoryEntry = { ...body, digest: digestOf(body) };
    const leaving = this.#entries.length < this.#capacity ? undefined : this.#entries.shift();
    if (leaving !== undefined) this.#drop({ number: leaving.number, digest: leaving.digest });
    this.#keep(entry);
    this.#entries.push(entry);
    return entry;
  }

  /** The anchor is written first: an entry that is still there beside its anchor has left. */
  #drop(anchor: HistoryAnchor): void {
    this.#anchor = anchor;
    this.#store.write('history/anchor', () => toBytes(anchor));
  }

  #keep(entry: HistoryEntry): void {
    this.#store.write(`history/${entry.number % this.#capacity}`, () => toBytes(entry));
  }

  /** As the store holds it: after a reset, the same entries; after a new store, none. */
  restart(): void {
    const { anchor, entries } = History.inStore(this.#store, this.#capacity);
    this.#anchor = anchor;
    this.#entries = [...entries];
  }

  /** Entries from number `from` on, as many as one answer of `most` bytes carries. */
  page(from: number, most?: number): { entries: HistoryEntry[]; total: number; anchor: HistoryAnchor } {
    const answer = { entries: [], total: this.total, anchor: this.#anchor };
    const rest = this.#entries.filter(({ number }) => number >= from);
    return { ...answer, entries: fitting(rest, answer, most) };
  }

  save(): Json {
    return { anchor: this.#anchor, entries: [...this.#entries] };
  }

  load(state: Json): void {
    const { anchor, entries } = fromJson<{ anchor: HistoryAnchor; entries: HistoryEntry[] }>(state);
    this.#drop(anchor);
    this.#entries = [...entries];
    for (const entry of this.#entries) this.#keep(entry);
  }

  /** The history a store holds. Throws where an entry does not fit the chain of digests. */
  static inStore(store: Store, capacity: number): Kept {
    const cell = store.read('history/anchor');
    const anchor = cell === undefined ? null : historyAnchorSchema.parse(fromBytes(cell));
    const entries = Array.from({ length: capacity }, (_, slot) => store.read(`history/${slot}`))
      .filter((entry) => entry !== undefined)
      .map((entry) => historyEntrySchema.parse(fromBytes(entry)))
      .filter(({ number }) => number > (anchor?.number ?? 0))
      .sort((a, b) => a.number - b.number);
    const broken = brokenLink(chainAfter(anchor), entries);
    if (broken !== undefined) throw new Error(`history entry ${broken.number} does not fit the chain`);
    return { anchor, entries };
  }
}

/** Which parts of a prescription differ; all of them for the first. */
function changes(before: Prescription | undefined, now: Prescription): string[] {
  const parts = Object.keys(now) as (keyof Prescription)[];
  return parts.filter((part) => before === undefined || digestOf(before[part]) !== digestOf(now[part]));
}
