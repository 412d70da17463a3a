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

/** A stretch of delivery and what was programmed as flowing. */
export interface Given extends Stretch {
  readonly drugs: readonly Drug[];
}

/** Of each stretch so much of one drug; another that was programmed before does not count. */
export const dosesOf = (given: readonly Given[], drug: string | undefined): Dosed[] =>
  given.map(({ from, to, rate, drugs }) => {
    const strength = drugs.find(({ name }) => name === drug)?.concentration ?? 0;
    return { from, to, rate, strength };
  });

/** A stretch of delivery with the strength of what flowed, ng/mL. Mass is volume units times ng/mL. */
export interface Dosed extends Stretch {
  readonly strength: number;
}

const massIn = (dosed: readonly Dosed[], from: number, to: number): bigint =>
  dosed.reduce((sum, each) => {
    const length = Math.min(each.to, to) - Math.max(each.from, from);
    return length > 0 ? sum + BigInt(each.rate) * BigInt(each.strength) * BigInt(length) : sum;
  }, 0n);

/** The instants at which windows ending from `from` to `to` may hold the most. */
const endsOf = (dosed: readonly Dosed[], window: number, from: number, to: number): number[] =>
  [from, to, ...dosed.flatMap((each) => [each.from, each.to, each.from + window, each.to + window])].filter(
    (end) => from <= end && end <= to,
  );

/** Whether every window that ends from `from` on, up to `to`, keeps the limit. */
export const keepsLimit = (dosed: readonly Dosed[], window: number, limit: bigint, from: number, to: number): boolean =>
  endsOf(dosed, window, from, to).every((end) => massIn(dosed, end - window, end) <= limit);

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
  const ends = [...new Set(endsOf([...dosed, ...before], window, from, to))].sort((a, b) => a - b);
  const massAt = (end: number): bigint => massIn(dosed, end - window, end);
  const isMore = (end: number): boolean => {
    const mass = massAt(end);
    return mass > limit && mass > massIn(before, end - window, end);
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
