import type { Json } from '../../shared/index.ts';
import { type Difference, difference, type Wanted } from './json.ts';

interface Expected {
  readonly t: number;
  readonly wanted: Wanted;
}

/** What must be told, in this order. */
export class Lane {
  readonly #name: string;
  #expected: Expected[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  expect(t: number, wanted: Wanted): void {
    this.#expected.push({ t, wanted });
  }

  next(): Wanted | undefined {
    return this.#expected[0]?.wanted;
  }

  /** What had to be told before `t` and was not; it is expected no more. */
  before(t: number): { readonly t: number; readonly found: Difference }[] {
    if (this.#expected[0] === undefined || this.#expected[0].t >= t) return [];
    const missed = this.#expected.filter((each) => each.t < t);
    this.#expected = this.#expected.filter((each) => each.t >= t);
    return missed.map(({ t: when, wanted }) => ({ t: when, found: this.#missing(wanted) }));
  }

  #missing(wanted: Wanted): Difference {
    return { where: this.#name, expected: JSON.stringify(wanted), got: 'nothing' };
  }

  /** Holds what is told against what comes next. One that was left out is missed, not all that follow. */
  take(told: Json): Difference | undefined {
    const next = this.#expected.shift();
    if (next === undefined) return { where: this.#name, expected: 'nothing', got: JSON.stringify(told) };
    const found = difference(next.wanted, told, this.#name);
    if (found === undefined) return undefined;
    const after = this.#expected[0];
    if (after === undefined || difference(after.wanted, told) !== undefined) return found;
    this.#expected.shift();
    return this.#missing(next.wanted);
  }
}
