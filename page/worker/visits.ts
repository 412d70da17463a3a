import type { Life } from './life.ts';
import { Unanswerable } from './unanswerable.ts';

/** A life that is open, and the number it is told apart by. */
interface Visit {
  readonly number: number;
  readonly life: Life;
}

/** The lives that are open, and which of them is at hand. */
export class Visits {
  #open: readonly Visit[] = [];
  #at = 0;
  #last = 0;

  /** Every life that is open. */
  get lives(): readonly Life[] {
    return this.#open.map(({ life }) => life);
  }

  /** Which of them is at hand. */
  get at(): number {
    return this.#at;
  }

  /** The life at hand. Throws Unanswerable where there is none. */
  get life(): Life {
    return this.#visit.life;
  }

  /** What the life at hand is told apart by, however often it is gone back in. */
  get number(): number {
    return this.#visit.number;
  }

  get #visit(): Visit {
    const visit = this.#open[this.#at];
    if (visit === undefined) throw new Unanswerable('no pump has been opened');
    return visit;
  }

  /** Has a life at hand from now on: beside those there are, or in place of them. */
  begin(life: Life, beside: boolean): void {
    this.#last += 1;
    const before = beside ? this.#open : [];
    [this.#open, this.#at] = [[...before, { number: this.#last, life }], before.length];
  }

  /** Puts a life in the place of the one at hand: the same visit, at another point. */
  replace(life: Life): void {
    this.#open = this.#open.with(this.#at, { ...this.#visit, life });
  }

  /** Has another one at hand. Throws Unanswerable where there is none of that place. */
  turnTo(at: number): void {
    this.#mustBeThere(at);
    this.#at = at;
  }

  /** Closes one for good; where it is at hand, the one before it is then. Throws Unanswerable where it is the last. */
  close(at: number): void {
    this.#mustBeThere(at);
    if (this.#open.length === 1) throw new Unanswerable('the last life stays open');
    this.#open = this.#open.toSpliced(at, 1);
    if (at <= this.#at) this.#at = Math.max(0, this.#at - 1);
  }

  #mustBeThere(at: number): void {
    if (this.#open[at] === undefined) throw new Unanswerable(`there are ${this.#open.length} lives`);
  }
}
