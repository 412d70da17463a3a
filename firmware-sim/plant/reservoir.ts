import {
  type Drug,
  type DrugName,
  fromJson,
  type Instant,
  type Json,
  mixed,
  type Rate,
  rate,
  rinsed,
  Total,
  type Volume,
  volume,
  whenDelivered,
} from '../../shared/index.ts';

/** What is in a fluid, by name and strength: nothing in a diluent, such as saline. */
export type Solution = readonly Drug[];

/** Whether two fluids hold the same drugs at the same strengths. */
export function sameSolution(a: Solution, b: Solution | null): boolean {
  return (
    b !== null &&
    a.length === b.length &&
    a.every((drug) => b.some(({ name, concentration }) => name === drug.name && concentration === drug.concentration))
  );
}

/** What the residual of a new pump holds. */
const WATER: Solution = [];

/**
 * The reservoir as it is: what hands put in and took out, and what really flowed. The residual that cannot
 * be aspirated is no part of it, but mixes with whatever is injected: it holds what the reservoir holds. Volumes
 * balance to the last unit: injected = reservoir + aspirated + delivered.
 */
export class Reservoir {
  readonly #residual: Volume;
  /** What reservoir and residual hold; null before anything was injected, when the residual is of water. */
  #solution: Solution | null = null;
  /** The fluid that was put in last, before it mixed. */
  #last: Solution | null = null;
  #volume: Volume = volume.of(0);
  #since: Instant;
  #flow: Rate = rate.of(0);
  #injected = 0n;
  #aspirated = 0n;
  #delivered = new Total();
  /** What had been delivered of each solution that was replaced by another. */
  #earlier: readonly { readonly solution: Solution; readonly delivered: bigint }[] = [];

  constructor(now: Instant, residual: Volume) {
    this.#since = now;
    this.#residual = residual;
  }

  /** The flow that was set, whether there is anything to flow or not. */
  get flow(): Rate {
    return this.#flow;
  }
  get solution(): Solution | null {
    return this.#solution;
  }
  get last(): Solution | null {
    return this.#last;
  }
  get injected(): bigint {
    return this.#injected;
  }
  get aspirated(): bigint {
    return this.#aspirated;
  }

  /** What is left at an instant; never below 0. */
  volumeAt(now: Instant): Volume {
    return volume.of(this.#volume - this.#flowedBy(now));
  }

  /** Everything that has flowed out of the reservoir into the tubing by an instant. */
  deliveredAt(now: Instant): bigint {
    return this.#delivered.value + BigInt(this.#flowedBy(now));
  }

  /** The mass of each drug that has been delivered by an instant, in volume units times ng/mL. */
  deliveredMassesAt(now: Instant): Map<DrugName, bigint> {
    const present = { solution: this.#solution ?? [], delivered: this.#deliveredOfPresent(now) };
    const masses = new Map<DrugName, bigint>();
    for (const { solution, delivered } of [...this.#earlier, present]) {
      for (const { name, concentration } of solution)
        masses.set(name, (masses.get(name) ?? 0n) + delivered * BigInt(concentration));
    }
    return masses;
  }

  #deliveredOfPresent(now: Instant): bigint {
    return this.#earlier.reduce((rest, { delivered }) => rest - delivered, this.deliveredAt(now));
  }

  /** The flow at an instant: nothing flows out of a dry reservoir. */
  flowAt(now: Instant): Rate {
    return this.volumeAt(now) > 0 ? this.#flow : rate.of(0);
  }

  /** When it runs dry at the present flow; undefined where it is dry, or nothing flows. */
  whenDry(): Instant | undefined {
    return this.whenDownTo(volume.of(0));
  }

  /** When it has run down to a volume at the present flow; undefined where there is no more, or nothing flows. */
  whenDownTo(left: Volume): Instant | undefined {
    if (this.#volume <= left) return undefined;
    return whenDelivered(this.#since, this.#flow, volume.of(this.#volume - left));
  }

  setFlow(flow: Rate, now: Instant): void {
    this.book(now);
    this.#flow = flow;
  }

  /** What it would hold with so much of a fluid injected. */
  mixedWith(amount: Volume, fluid: Solution, now: Instant): Solution {
    const there = volume.of(this.#residual + this.volumeAt(now));
    return mixed({ volume: amount, drugs: fluid }, { volume: there, drugs: this.#held });
  }

  /** What it would hold each time it is filled with a fluid and emptied again; it must be empty. */
  rinsedWith(amount: Volume, fluid: Solution, times: number): Solution[] {
    return rinsed({ volume: this.#residual, drugs: this.#held }, { volume: amount, drugs: fluid }, times);
  }

  get #held(): Solution {
    return this.#solution ?? WATER;
  }

  /** Takes in so much of a fluid, and holds `becomes` from then on. */
  inject(amount: Volume, fluid: Solution, becomes: Solution, now: Instant): void {
    this.book(now);
    this.#last = fluid;
    const old = this.#solution;
    if (old !== null && !sameSolution(old, becomes)) {
      this.#earlier = [...this.#earlier, { solution: old, delivered: this.#deliveredOfPresent(now) }];
    }
    this.#solution = old !== null && sameSolution(old, becomes) ? old : becomes;
    this.#volume = volume.of(this.#volume + amount);
    this.#injected += BigInt(amount);
  }

  /** The water of a new pump is washed out of its residual, until nothing but `solution` is left. */
  prepare(solution: Solution): void {
    this.#solution = solution;
    this.#last = solution;
  }

  /** Another pump's in its place, new and empty. */
  replace(now: Instant): void {
    this.#solution = null;
    this.#last = null;
    this.#volume = volume.of(0);
    this.#since = now;
    this.#flow = rate.of(0);
    this.#injected = 0n;
    this.#aspirated = 0n;
    this.#delivered = new Total();
    this.#earlier = [];
  }

  /** Takes out up to `amount` and returns what came. */
  aspirate(amount: Volume, now: Instant): Volume {
    this.book(now);
    const came = volume.of(Math.min(amount, this.#volume));
    this.#volume = volume.of(this.#volume - came);
    this.#aspirated += BigInt(came);
    return came;
  }

  /** Lets up to `amount` flow at once and returns what came. */
  deliver(amount: Volume, now: Instant): Volume {
    this.book(now);
    const came = volume.of(Math.min(amount, this.#volume));
    this.#volume = volume.of(this.#volume - came);
    this.#delivered.add(came);
    return came;
  }

  /** Ends the running stretch of flow at `now`. */
  book(now: Instant): void {
    const flowed = this.#flowedBy(now);
    this.#delivered.add(flowed);
    this.#volume = volume.of(this.#volume - flowed);
    this.#since = now;
  }

  /** What has flowed out since it was last booked. Exact: a product that is rounded is more than there can be. */
  #flowedBy(now: Instant): number {
    return Math.min(this.#flow * (now - this.#since), this.#volume);
  }

  save(): Json {
    return {
      solution: this.#solution,
      last: this.#last,
      volume: this.#volume,
      since: this.#since,
      flow: this.#flow,
      injected: `${this.#injected}`,
      aspirated: `${this.#aspirated}`,
      delivered: `${this.#delivered.value}`,
      earlier: this.#earlier.map((each) => ({ ...each, delivered: `${each.delivered}` })),
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      solution: Solution | null;
      last: Solution | null;
      volume: Volume;
      since: Instant;
      flow: Rate;
      injected: string;
      aspirated: string;
      delivered: string;
      earlier: { solution: Solution; delivered: string }[];
    }>(json);
    this.#solution = saved.solution;
    this.#last = saved.last;
    this.#volume = saved.volume;
    this.#since = saved.since;
    this.#flow = saved.flow;
    this.#injected = BigInt(saved.injected);
    this.#aspirated = BigInt(saved.aspirated);
    this.#delivered = new Total(BigInt(saved.delivered));
    this.#earlier = saved.earlier.map((each) => ({ ...each, delivered: BigInt(each.delivered) }));
  }
}
