/** A share of what one compartment holds that moves on to another in each unit of time. */
export interface Transfer {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  /** Whether the first keeps what the second is given, as what somebody remembers does. */
  readonly isCopy?: true;
}

/** Where what comes in comes in, and which share of it. */
export interface Inlet {
  readonly to: number;
  readonly share: number;
}

const FIRST: readonly Inlet[] = [{ to: 0, share: 1 }];

/** Longest stretch that is worked out in one series, in moves: its largest term is far from what overflows. */
const LONGEST = 16;
/** Terms below this share of the sum change nothing that can be stored. */
const SMALLEST = 1e-18;
/** What changes by less than this share while the quickest transfer moves once stands still. */
const STILL = 1e-16;

/** What is held after so many of the longest stretches, begun with some contents and going on with an inflow. */
interface Reached {
  readonly contents: readonly number[];
  readonly inflow: number;
  readonly done: number;
  readonly held: readonly number[];
}

/**
 * Compartments that something moves between, each in proportion to what it holds.
 *
 * Worked out by uniformisation (A. Jensen, Skandinavisk Aktuarietidskrift 36, 1953): what they hold after none, one,
 * two … moves of the quickest transfer, weighted as a Poisson process counts them. Every term is a sum of what is not
 * negative, so that nothing cancels out: exact to rounding for any time, with no function but + − × ÷.
 */
export class Compartments {
  /** What leaves each in one move of the quickest transfer: all of it, some, or nothing where it only gathers. */
  readonly #leaving: Float64Array;
  /** What of an inflow comes into each. */
  readonly #part: Float64Array;
  /** What each is given in such a move: `passed` of `from`, for the transfers up to its `end` that are no other's before. */
  readonly #from: Int32Array;
  readonly #passed: Float64Array;
  readonly #ends: Int32Array;
  readonly #quickest: number;
  /** How long the longest stretch takes. */
  readonly #longest: number;
  /** What each holds, as far as it has been worked out; taken up anew each time, as those beside it are. */
  #held: Float64Array;
  #moved: Float64Array;
  readonly #sum: Float64Array;
  #last: Reached | undefined;

  /** What comes in comes into the first of them unless told otherwise. */
  constructor(count: number, given: readonly Transfer[], inlets = FIRST) {
    const transfers = given.filter(({ share }) => share > 0).sort((a, b) => a.to - b.to);
    this.#leaving = new Float64Array(count);
    this.#part = new Float64Array(count);
    for (const { from, share, isCopy } of transfers) if (isCopy !== true) add(this.#leaving, from, share);
    for (const { to, share } of inlets) add(this.#part, to, share);
    // Where nothing leaves any, one pace is as good as another.
    const quickest = Math.max(...this.#leaving) || 1;
    for (let i = 0; i < count; i++) this.#leaving[i] = amountAt(this.#leaving, i) / quickest;
    this.#from = Int32Array.from(transfers, ({ from }) => from);
    this.#passed = Float64Array.from(transfers, ({ share }) => share / quickest);
    this.#ends = Int32Array.from({ length: count }, (_, i) => transfers.filter(({ to }) => to <= i).length);
    this.#quickest = quickest;
    this.#longest = LONGEST / quickest;
    this.#held = new Float64Array(count);
    this.#moved = new Float64Array(count);
    this.#sum = new Float64Array(count);
  }

  /** What they hold after a time, in the units of the transfers, while so much comes in each unit. */
  after(contents: readonly number[], inflow: number, time: number): readonly number[] {
    if (time === 0) return contents;
    const coming = inflow / this.#quickest;
    const whole = Math.floor((this.#quickest * time) / LONGEST);
    for (let done = this.#takeUp(contents, inflow, whole); ; done++) {
      const left = done === 0 ? time : time - done * this.#longest;
      if (this.#isStill(coming)) return inflow === 0 ? this.#list() : this.#gathered(coming, Math.max(0, left));
      if (done === whole) {
        if (left > 0) this.#stretch(coming, left);
        return this.#list();
      }
      this.#stretch(coming, this.#longest);
      this.#last = { contents, inflow, done: done + 1, held: this.#list() };
    }
  }

  /**
   * Begins with some contents, and how many of the longest stretches have been worked out already: whoever looks again
   * and again goes on from there, to the same last bit.
   */
  #takeUp(contents: readonly number[], inflow: number, most: number): number {
    const last = this.#last;
    const isKnown = last?.contents === contents && last.inflow === inflow && last.done <= most;
    const taken = isKnown ? last.held : contents;
    for (let i = 0; i < this.#held.length; i++) this.#held[i] = taken[i] ?? 0;
    return isKnown ? last.done : 0;
  }

  #stretch(coming: number, time: number): void {
    const moves = this.#quickest * time;
    const sum = this.#sum;
    for (let i = 0; i < sum.length; i++) sum[i] = amountAt(this.#held, i);
    let [weight, weights] = [1, 1];
    for (let move = 1; move <= moves || weight > SMALLEST * weights; move++) {
      weight *= moves / move;
      weights += weight;
      this.#move(coming, sum, weight);
    }
    for (let i = 0; i < sum.length; i++) this.#held[i] = amountAt(sum, i) / weights;
  }

  /** One move of the quickest transfer, while so much comes in: what each then holds is added to a sum by its weight. */
  #move(coming: number, sum: Float64Array, weight: number): void {
    const [held, moved, leaving] = [this.#held, this.#moved, this.#leaving];
    for (let i = 0; i < moved.length; i++) {
      const amount = (1 - amountAt(leaving, i)) * amountAt(held, i) + this.#given(i, coming);
      moved[i] = amount;
      sum[i] = amountAt(sum, i) + weight * amount;
    }
    this.#held = moved;
    this.#moved = held;
  }

  /** What one is given in such a move. */
  #given(i: number, coming: number): number {
    const end = indexAt(this.#ends, i);
    let given = coming * amountAt(this.#part, i);
    for (let k = i === 0 ? 0 : indexAt(this.#ends, i - 1); k < end; k++)
      given += amountAt(this.#passed, k) * amountAt(this.#held, indexAt(this.#from, k));
    return given;
  }

  /** Whether nothing changes any more but what only gathers. */
  #isStill(coming: number): boolean {
    const held = this.#held;
    let all = 0;
    for (let i = 0; i < held.length; i++) if (!this.#gathers(i)) all += amountAt(held, i);
    // Where nothing comes in, what is left of nothing at all is let be.
    const most = STILL * all + (coming === 0 ? SMALLEST : 0);
    for (let i = 0; i < held.length; i++) {
      const change = this.#given(i, coming) - amountAt(this.#leaving, i) * amountAt(held, i);
      if (!this.#gathers(i) && !(Math.abs(change) <= most)) return false;
    }
    return true;
  }

  #gathers(i: number): boolean {
    return amountAt(this.#leaving, i) === 0;
  }

  /** What the others give goes on for as long as something comes in. */
  #gathered(coming: number, time: number): number[] {
    const moves = this.#quickest * time;
    return this.#list().map((amount, i) => (this.#gathers(i) ? amount + this.#given(i, coming) * moves : amount));
  }

  #list(): number[] {
    const list: number[] = [];
    for (let i = 0; i < this.#held.length; i++) list.push(amountAt(this.#held, i));
    return list;
  }
}

// Two of the same, each for one kind of numbers: asked for both, one would be half as fast in the innermost loop.
const amountAt = (amounts: Float64Array, i: number): number => amounts[i] ?? 0;
const indexAt = (indices: Int32Array, i: number): number => indices[i] ?? 0;

function add(amounts: Float64Array, i: number, amount: number): void {
  amounts[i] = amountAt(amounts, i) + amount;
}
