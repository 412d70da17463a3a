import { after, type Instant, MS_PER_DAY, span } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';

/*
 * Boluses per day: a grant counts for 24 h, from its own instant up to, but not including, the same time a
 * day later. Boluses cut short count. Nothing but time takes a grant off the count.
 */
const WINDOW = span(MS_PER_DAY);

/** Grants that still count at `at`. */
export const countAt = (context: PumpContext, at: Instant): number =>
  context.grants.filter((grant) => at < after(grant, WINDOW)).length;

/** When the count will be below `most` again; undefined where it already is. */
export function whenBelowCount(context: PumpContext, at: Instant, most: number): Instant | undefined {
  const counting = context.grants.filter((grant) => at < after(grant, WINDOW));
  const mustLeave = counting[counting.length - most];
  return mustLeave === undefined ? undefined : after(mustLeave, WINDOW);
}

/** Counts a grant at `at` and forgets those that no longer count. */
export function countGrant(draft: Draft, at: Instant): void {
  draft.grants = [...draft.grants.filter((grant) => at < after(grant, WINDOW)), at];
  draft.granted += 1;
}
