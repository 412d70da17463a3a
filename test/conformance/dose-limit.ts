import type { Stretch } from './program.ts';

/*
 * The dose limit: no window (t − w, t] may hold more than so much drug. What flows is a list of stretches, so what a
 * window holds changes its slope only where one of its ends meets an end of a stretch: it is enough to look there.
 */

export interface Drug {
  readonly name: string;
  /** ng/mL. */
  readonly concentration: number;
}

/** A stretch of delivery, how much of it is boluses, and what was programmed as flowing. */
export interface Given extends Stretch {
  readonly boluses: number;
  readonly drugs: readonly Drug[];
  /** Whether it is basal that would give way to a bolus. */
  readonly givesWay?: boolean;
}

/** What is left of all this while boluses flow that basal gives way to. */
export function besideBoluses(given: readonly Given[], boluses: readonly Stretch[]): Given[] {
  return boluses.reduce<Given[]>(
    (left, bolus) =>
      left.flatMap((each) => {
        if (each.givesWay !== true || each.to <= bolus.from || bolus.to <= each.from) return [each];
        const [before, after] = [
          { ...each, to: Math.min(each.to, bolus.from) },
          { ...each, from: Math.max(each.from, bolus.to) },
        ];
        return [before, after].filter(({ from, to }) => from < to);
      }),
    [...given],
  );
}

/** Instead of a drug: all the fluid, as if each nL held a ng. */
export const FLUID = 'fluid';

/** Of each stretch so much of one drug; another that was programmed before does not count. */
export const dosesOf = (given: readonly Given[], drug: string | undefined): Dosed[] =>
  given.map(({ from, to, rate, drugs }) => {
    const strength = drug === FLUID ? 1_000_000 : (drugs.find(({ name }) => name === drug)?.concentration ?? 0);
    return { from, to, rate, strength };
  });

/** A stretch of delivery with the strength of what flowed, ng/mL. Mass is volume units times ng/mL. */
export interface Dosed extends Stretch {
  readonly strength: number;
}

/** What stretches hold together, summed up once: they may overlap. */
class Sums {
  readonly #times: number[] = [];
  /** What flows from a time on, and what had flowed by then. */
  readonly #flows: bigint[] = [];
  readonly #held: bigint[] = [];

  constructor(dosed: readonly Dosed[]) {
    const changes = new Map<number, bigint>();
    for (const { from, to, rate, strength } of dosed) {
      if (to <= from) continue;
      const flow = BigInt(rate) * BigInt(strength);
      changes.set(from, (changes.get(from) ?? 0n) + flow);
      changes.set(to, (changes.get(to) ?? 0n) - flow);
    }
    let [flow, held, last] = [0n, 0n, 0];
    for (const [time, change] of [...changes].sort(([a], [b]) => a - b)) {
      held += flow * BigInt(time - last);
      flow += change;
      last = time;
      this.#times.push(time);
      this.#flows.push(flow);
      this.#held.push(held);
    }
  }

  /** The mass between two instants. */
  between(from: number, to: number): bigint {
    return this.#upTo(to) - this.#upTo(from);
  }

  #upTo(time: number): bigint {
    let [low, high] = [0, this.#times.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#times[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    const begun = this.#times[low - 1];
    return begun === undefined ? 0n : (this.#held[low - 1] ?? 0n) + (this.#flows[low - 1] ?? 0n) * BigInt(time - begun);
  }
}

/** The instants at which windows ending from `from` to `to` may hold the most. */
function endsOf(dosed: readonly Dosed[], window: number, from: number, to: number): number[] {
  const ends = new Set([from, to]);
  for (const each of dosed)
    for (const end of [each.from, each.to, each.from + window, each.to + window])
      if (from <= end && end <= to) ends.add(end);
  return [...ends];
}

/** Whether every window that ends from `from` on, up to `to`, keeps the limit. */
export const keepsLimit = (dosed: readonly Dosed[], window: number, limit: bigint, from: number, to: number): boolean =>
  mostIn(dosed, window, from, to) <= limit;

/** What the fullest window holds that ends from `from` on, up to `to`. */
export function mostIn(dosed: readonly Dosed[], window: number, from: number, to: number): bigint {
  const near = dosed.filter((each) => each.to > from - window && each.from < to);
  const sums = new Sums(near);
  return endsOf(near, window, from, to)
    .map((end) => sums.between(end - window, end))
    .reduce((most, mass) => (mass > most ? mass : most), 0n);
}

/**
 * The first instant from `from` on at which a mass is no more than a limit. Between two of the `edges` it is the most
 * of what changes evenly: it falls to one lowest place and rises again. Null where it is never within the limit.
 */
export function firstWithin(
  massAt: (at: number) => bigint,
  limit: bigint,
  from: number,
  edges: readonly number[],
): number | null {
  if (massAt(from) <= limit) return from;
  let low = from;
  for (const edge of [...new Set(edges)].sort((a, b) => a - b)) {
    if (edge <= from) continue;
    const lowest = firstWhere((at) => at === edge || massAt(at + 1) >= massAt(at), low, edge);
    if (massAt(lowest) <= limit) return firstWhere((at) => massAt(at) <= limit, low, lowest);
    low = edge;
  }
  return null;
}

/** The first instant of a span at which something holds that then holds up to its end. */
function firstWhere(holds: (at: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Whether there is a window that ends from `from` to `to`, over the limit, that holds more than it would with `before`.
 * Between two instants at which slopes change, both are straight lines: it shows beside either, or where the limit is met.
 */
export function exceedsMore(
  dosed: readonly Dosed[],
  before: readonly Dosed[],
  window: number,
  limit: bigint,
  from: number,
  to: number,
): boolean {
  const ends = endsOf([...dosed, ...before], window, from, to).sort((a, b) => a - b);
  const [sums, sumsBefore] = [new Sums(dosed), new Sums(before)];
  const massAt = (end: number): bigint => sums.between(end - window, end);
  const isMore = (end: number): boolean => {
    const mass = massAt(end);
    return mass > limit && mass > sumsBefore.between(end - window, end);
  };
  return ends.some((end, i) => {
    const next = ends[i + 1];
    if (isMore(end)) return true;
    if (next === undefined || next - end < 2) return false;
    const [over, then] = [massAt(end) - limit, massAt(next) - limit];
    const meets = over > 0n === then > 0n ? end : end + Number((over * BigInt(next - end)) / (over - then));
    return [end + 1, next - 1, meets - 1, meets, meets + 1].some((each) => end < each && each < next && isMore(each));
  });
}

/**
 * The first instant from `from` on at which `fits`. Between two of the `edges` it is taken to become true only once;
 * null where it is not true at any edge.
 */
export function firstThat(fits: (at: number) => boolean, from: number, edges: readonly number[]): number | null {
  if (fits(from)) return from;
  let low = from;
  for (const edge of [...new Set(edges)].sort((a, b) => a - b)) {
    if (edge <= from) continue;
    if (!fits(edge)) {
      low = edge;
      continue;
    }
    let high = edge;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (fits(middle)) high = middle;
      else low = middle;
    }
    return high;
  }
  return null;
}
