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

/** The instants at which windows ending between `from` and `to` may hold the most. */
const endsOf = (dosed: readonly Dosed[], window: number, from: number, to: number): number[] =>
  [to, ...dosed.flatMap((each) => [each.from, each.to, each.from + window, each.to + window])].filter(
    (end) => from < end && end <= to,
  );

/** Whether every window that ends after `from`, up to `to`, keeps the limit. */
export const keepsLimit = (dosed: readonly Dosed[], window: number, limit: bigint, from: number, to: number): boolean =>
  endsOf(dosed, window, from, to).every((end) => massIn(dosed, end - window, end) <= limit);

/** Whether there is a window after `from`, up to `to`, over the limit, that holds more than it would with `before`. */
export const exceedsMore = (
  dosed: readonly Dosed[],
  before: readonly Dosed[],
  window: number,
  limit: bigint,
  from: number,
  to: number,
): boolean =>
  endsOf([...dosed, ...before], window, from, to).some((end) => {
    const mass = massIn(dosed, end - window, end);
    return mass > limit && mass > massIn(before, end - window, end);
  });

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
