import { z } from 'zod';

/*
 * What many numbers come to, in a way that adding up in another order, or in other portions, leaves the same to the bit.
 */

/** Bins of a power of two; below twice as many, each whole number has a bin of its own. */
const BINS = 128;

/** The bin of a whole number: its size to one part in so many, and its sign. */
export function binOf(value: number): number {
  let [size, bin] = [Math.abs(value), 0];
  for (; size >= 2 * BINS; bin += BINS) size = Math.floor(size / 2);
  return value < 0 ? -(bin + size) : bin + size;
}

/** The value of a bin that is nearest to 0. */
export function valueIn(bin: number): number {
  let [size, times] = [Math.abs(bin), 1];
  for (; size >= 2 * BINS; size -= BINS) times *= 2;
  return bin < 0 ? -size * times : size * times;
}

export const tallySchema = z.strictObject({
  count: z.int().min(0),
  sum: z.string().regex(/^-?\d{1,40}$/),
  least: z.int().nullable(),
  most: z.int().nullable(),
  /** How many fell into each bin, in the order of the bins. */
  bins: z.array(z.tuple([z.int(), z.int().min(1)])),
});
export type TallyJson = z.output<typeof tallySchema>;

/** Numbers that were counted: how many, their sum, extremes, and a histogram of bins that never change. */
export class Tally {
  count = 0;
  #sum = 0n;
  #least = Number.POSITIVE_INFINITY;
  #most = Number.NEGATIVE_INFINITY;
  readonly #bins = new Map<number, number>();

  take(value: number): void {
    this.count += 1;
    this.#sum += BigInt(value);
    this.#least = Math.min(this.#least, value);
    this.#most = Math.max(this.#most, value);
    this.#bin(binOf(value), 1);
  }

  /** Takes all that another has taken. */
  merge({ count, sum, least, most, bins }: TallyJson): void {
    this.count += count;
    this.#sum += BigInt(sum);
    this.#least = Math.min(this.#least, least ?? this.#least);
    this.#most = Math.max(this.#most, most ?? this.#most);
    for (const [bin, times] of bins) this.#bin(bin, times);
  }

  #bin(bin: number, times: number): void {
    this.#bins.set(bin, (this.#bins.get(bin) ?? 0) + times);
  }

  get mean(): number | undefined {
    return this.count === 0 ? undefined : Number(this.#sum) / this.count;
  }

  get most(): number | undefined {
    return this.count === 0 ? undefined : this.#most;
  }

  /** How many were not 0. */
  get some(): number {
    return this.count - (this.#bins.get(0) ?? 0);
  }

  /** The value below or at which a share of them lie, to one part in 128. */
  quantile(share: number): number | undefined {
    let left = Math.max(1, Math.ceil(share * this.count));
    for (const [bin, times] of this.#sorted()) {
      left -= times;
      if (left <= 0) return Math.min(Math.max(valueIn(bin), this.#least), this.#most);
    }
    return undefined;
  }

  #sorted(): [number, number][] {
    return [...this.#bins].sort(([a], [b]) => a - b);
  }

  save(): TallyJson {
    const isNone = this.count === 0;
    return {
      count: this.count,
      sum: `${this.#sum}`,
      least: isNone ? null : this.#least,
      most: isNone ? null : this.#most,
      bins: this.#sorted(),
    };
  }
}

/** Tallies that are merged into one. */
export function merged(all: readonly TallyJson[]): Tally {
  const tally = new Tally();
  for (const each of all) tally.merge(each);
  return tally;
}
