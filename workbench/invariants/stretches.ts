/** A rate from an instant on, and what had flowed by then. */
interface Stretch {
  readonly from: number;
  readonly rate: bigint;
  readonly before: bigint;
}

/** What flows at which rate since when, and exactly how much of it in a span of time: what the rules on amounts count. */
export class Stretches {
  #all: readonly Stretch[] = [];

  /** From an instant on it flows at a rate; what ended before `needed` is not asked for any more. */
  begin(from: number, rate: bigint, needed: number): void {
    const stretch = { from, rate, before: this.#by(from) };
    this.#all = [...this.#all.filter((_, i) => (this.#all[i + 1]?.from ?? from) > needed), stretch];
  }

  /** The last, which has not ended. */
  get last(): Pick<Stretch, 'from' | 'rate'> | undefined {
    return this.#all.at(-1);
  }

  /** The rate of the last has been another from its beginning. */
  amend(rate: bigint): void {
    const last = this.#all.at(-1);
    if (last !== undefined) this.#all = this.#all.with(-1, { ...last, rate });
  }

  /** What flowed before the last rate began counts no more. */
  forget(): void {
    this.#all = this.#all.slice(-1);
  }

  /** What has flowed in a span that ends no earlier than the last rate began. */
  between(start: number, end: number): bigint {
    return this.#by(end) - this.#by(start);
  }

  /** The ends within a span of all windows of a length that begin with a rate: those with the most, or least, in them. */
  ends(window: number, after: number, until: number): number[] {
    return this.#all.map(({ from }) => from + window).filter((end) => end > after && end < until);
  }

  #by(t: number): bigint {
    const under = this.#all.findLast(({ from }) => from <= t);
    return under === undefined ? (this.#all[0]?.before ?? 0n) : under.before + under.rate * BigInt(t - under.from);
  }
}
