import type { DeviceProfile, Json } from '../../shared/index.ts';
import { at, difference, listAt, numberAt, textAt, wantedOf } from './json.ts';

/** What is wrong with an answer, whenever it is given; undefined where nothing is. */
type Wrong = (answer: Json | undefined) => string | undefined;

/** What a pump has written so far, to be read back from it word for word. */
export class Memory {
  readonly #capacity: number;
  readonly #historyCapacity: number;
  readonly #history: Json[] = [];
  #log: Json[] = [];
  #logged = 0;

  /** How many records the log keeps, and how many entries the history. */
  constructor({ logCapacity, historyCapacity }: DeviceProfile) {
    [this.#capacity, this.#historyCapacity] = [logCapacity, historyCapacity];
  }

  logged(record: Json): void {
    this.#logged += 1;
    this.#log.push(record);
    if (this.#log.length > 2 * this.#capacity) this.#log = this.#log.slice(-this.#capacity);
  }

  recorded(entry: Json): void {
    this.#history.push(entry);
  }

  /** Finds what is wrong with an answer that reads the history now, from a number on; undefined where nothing is. */
  history(from: number): Wrong {
    const total = this.#history.length;
    // Of those that have left, the last one's number and digest stay, for the chain to begin at.
    const left = Math.max(0, total - this.#historyCapacity);
    const anchor = left === 0 ? null : { number: left, digest: textAt(this.#history[left - 1], 'digest') };
    const kept = this.#history.slice(Math.max(left, from - 1));
    return (answer) => {
      if (at(answer, 'total') !== total) return `a total of ${total}`;
      if (difference(anchor, at(answer, 'anchor')) !== undefined) return `an anchor of ${JSON.stringify(anchor)}`;
      return this.#same(listAt(answer, 'entries'), kept);
    };
  }

  /** The same of the log, of which the oldest are dropped. */
  log(from: number): Wrong {
    const dropped = Math.max(0, this.#logged - this.#capacity);
    const first = Math.max(from, dropped + 1);
    const kept = this.#log.filter((record) => numberAt(record, 'number') >= first);
    return (answer) =>
      at(answer, 'dropped') === dropped ? this.#same(listAt(answer, 'records'), kept) : `${dropped} dropped`;
  }

  /** What is read is a beginning of what was written, and empty only where there is nothing. */
  #same(read: readonly Json[], written: readonly Json[]): string | undefined {
    if (read.length === 0 && written.length > 0) return JSON.stringify(written[0]);
    for (const [i, each] of read.entries()) {
      const one = written[i];
      if (one === undefined) return `nothing after ${i}`;
      if (difference(wantedOf(one), each) !== undefined) return JSON.stringify(one);
    }
    return undefined;
  }
}
