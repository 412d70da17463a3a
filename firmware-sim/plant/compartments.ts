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
  readonly held: Float64Array;
}

/**
 * Compartments that something moves between, each in proportion to what it holds.
 *
 * Worked out by uniformisation (A. Jensen, Skandinavisk Aktuarietidskrift 36, 1953): what they hold after none, one,
 * two … moves of the quickest transfer, weighted as a Poisson process counts them. Every term is a sum of what is not
 * negative, so that nothing cancels out: exact to rounding for any time, with no function but + − × ÷.
 */
export class Compartments {
  readonly #count: number;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #share: Float64Array;
  /** Share that the first of a transfer loses: none where it is a copy. */
  readonly #loss: Float64Array;
  /** What leaves each; those that nothing leaves only gather. */
  readonly #out: Float64Array;
  readonly #inlet: Int32Array;
  readonly #part: Float64Array;
  readonly #quickest: number;
  /** How long the longest stretch takes. */
  readonly #longest: number;
  /** Taken up anew in each stretch: how fast each changes, and what it holds after the last move. */
  readonly #change: Float64Array;
  readonly #moved: Float64Array;
  #last: Reached | undefined;

  /** What comes in comes into the first of them unless told otherwise. */
  constructor(count: number, given: readonly Transfer[], inlets = FIRST) {
    const transfers = given.filter(({ share }) => share > 0);
    this.#count = count;
    this.#inlet = Int32Array.from(inlets, ({ to }) => to);
    this.#part = Float64Array.from(inlets, ({ share }) => share);
    this.#from = Int32Array.from(transfers, ({ from }) => from);
    this.#to = Int32Array.from(transfers, ({ to }) => to);
    this.#share = Float64Array.from(transfers, ({ share }) => share);
    this.#loss = Float64Array.from(transfers, ({ share, isCopy }) => (isCopy === true ? 0 : share));
    this.#out = new Float64Array(count);
    for (const { from, share, isCopy } of transfers) if (isCopy !== true) add(this.#out, from, share);
    this.#quickest = Math.max(...this.#out);
    this.#longest = LONGEST / this.#quickest;
    this.#change = new Float64Array(count);
    this.#moved = new Float64Array(count);
  }

  /** What they hold after a time, in the units of the transfers, while so much comes in each unit. */
  after(contents: readonly number[], inflow: number, time: number): readonly number[] {
    if (time === 0) return contents;
    const whole = Math.floor((this.#quickest * time) / LONGEST);
    for (let { done, held } = this.#reached(contents, inflow, whole); ; done++) {
      const left = done === 0 ? time : time - done * this.#longest;
      this.#changeOf(held, inflow);
      if (this.#isStill(held, inflow)) return inflow === 0 ? listOf(held) : this.#gathered(held, Math.max(0, left));
      if (done === whole) return listOf(left > 0 ? this.#stretch(held, inflow, left) : held);
      held = this.#stretch(held, inflow, this.#longest);
      this.#last = { contents, inflow, done: done + 1, held };
    }
  }

  /** How far it has been worked out already: whoever looks again and again goes on from there, to the same last bit. */
  #reached(contents: readonly number[], inflow: number, most: number): Pick<Reached, 'done' | 'held'> {
    const last = this.#last;
    if (last?.contents === contents && last.inflow === inflow && last.done <= most) return last;
    return { done: 0, held: new Float64Array(contents) };
  }

  /** Works out how fast each changes. */
  #changeOf(held: Float64Array, inflow: number): void {
    const change = this.#change;
    change.fill(0);
    for (let i = 0; i < this.#inlet.length; i++) add(change, at(this.#inlet, i), inflow * at(this.#part, i));
    for (let i = 0; i < this.#from.length; i++) {
      const [from, to] = [at(this.#from, i), at(this.#to, i)];
      const amount = at(held, from);
      change[to] = at(change, to) + at(this.#share, i) * amount;
      change[from] = at(change, from) - at(this.#loss, i) * amount;
    }
  }

  #stretch(start: Float64Array, inflow: number, time: number): Float64Array<ArrayBuffer> {
    const moves = this.#quickest * time;
    const [change, held] = [this.#change, this.#moved];
    held.set(start);
    const sum = new Float64Array(start);
    let [weight, weights] = [1, 1];
    for (let move = 1; move <= moves || weight > SMALLEST * weights; move++) {
      this.#changeOf(held, inflow);
      weight *= moves / move;
      weights += weight;
      for (let i = 0; i < this.#count; i++) {
        const amount = Math.max(0, at(held, i) + at(change, i) / this.#quickest);
        held[i] = amount;
        add(sum, i, weight * amount);
      }
    }
    for (let i = 0; i < this.#count; i++) sum[i] = at(sum, i) / weights;
    return sum;
  }

  /** Whether nothing changes any more but what only gathers. */
  #isStill(held: Float64Array, inflow: number): boolean {
    let all = 0;
    for (let i = 0; i < this.#count; i++) if (!this.#gathers(i)) all += at(held, i);
    // Where nothing comes in, what is left of nothing at all is let be.
    const most = this.#quickest * (STILL * all + (inflow === 0 ? SMALLEST : 0));
    for (let i = 0; i < this.#count; i++) {
      const isSo = this.#gathers(i) || Math.abs(at(this.#change, i)) <= most;
      if (!isSo) return false;
    }
    return true;
  }

  #gathers(i: number): boolean {
    return at(this.#out, i) === 0;
  }

  /** What the others give goes on for as long as something comes in. */
  #gathered(held: Float64Array, time: number): number[] {
    return Array.from(held, (amount, i) => (this.#gathers(i) ? amount + at(this.#change, i) * time : amount));
  }
}

const at = (values: Float64Array | Int32Array, i: number): number => values[i] ?? 0;

function listOf(values: Float64Array): number[] {
  const list: number[] = [];
  for (let i = 0; i < values.length; i++) list.push(at(values, i));
  return list;
}

function add(values: Float64Array, i: number, amount: number): void {
  values[i] = at(values, i) + amount;
}
