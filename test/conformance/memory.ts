import type { DeviceProfile, Json } from '../../shared/index.ts';
import { at, difference, listAt, numberAt, textAt, wantedOf } from './json.ts';

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

  /** What is wrong with an answer that reads the history from a number on; undefined where nothing is. */
  history(from: number, answer: Json | undefined): string | undefined {
    if (at(answer, 'total') !== this.#history.length) return `a total of ${this.#history.length}`;
    // Of those that have left, the last one's number and digest stay, for the chain to begin at.
    const left = Math.max(0, this.#history.length - this.#historyCapacity);
    const anchor = left === 0 ? null : { number: left, digest: textAt(this.#history[left - 1], 'digest') };
    if (difference(anchor, at(answer, 'anchor')) !== undefined) return `an anchor of ${JSON.stringify(anchor)}`;
    return this.#same(listAt(answer, 'entries'), this.#history.slice(Math.max(left, from - 1)));
  }

  /** The same of the log, of which the oldest are dropped. */
  log(from: number, answer: Json | undefined): string | undefined {
    const dropped = Math.max(0, this.#logged - this.#capacity);
    if (at(answer, 'dropped') !== dropped) return `${dropped} dropped`;
    const first = Math.max(from, dropped + 1);
    const kept = this.#log.filter((record) => numberAt(record, 'number') >= first);
    return this.#same(listAt(answer, 'records'), kept);
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
