import { after, type Instant, instant, MS_PER_DAY, span } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import { wallAt } from './program.ts';

/*
 * Boluses per day. By `countWindow` a grant counts for 24 h, from its own instant up to, but not including,
 * the same time a day later; or until the local day it was given on has ended. Boluses cut short count.
 * Nothing but time takes a grant off the count.
 */
const WINDOW = span(MS_PER_DAY);

/** When a grant stops counting. A pump that has lost its clock knows no days: it counts 24 h. */
function countsUntil(context: PumpContext, grant: Instant): Instant {
  const wall = wallAt(context, grant);
  if (context.profile.countWindow === 'rolling24h' || wall === undefined) return after(grant, WINDOW);
  return instant(grant + MS_PER_DAY - (wall % MS_PER_DAY));
}

/** Grants that still count at `at`, oldest first. */
const counting = (context: PumpContext, at: Instant): Instant[] =>
  context.grants.filter((grant) => at < countsUntil(context, grant));

export const countAt = (context: PumpContext, at: Instant): number => counting(context, at).length;

/** When the count will be below `most` again; undefined where it already is. */
export function whenBelowCount(context: PumpContext, at: Instant, most: number): Instant | undefined {
  const those = counting(context, at);
  const mustLeave = those[those.length - most];
  return mustLeave === undefined ? undefined : countsUntil(context, mustLeave);
}

/** Counts a grant at `at` and forgets those that can no longer count. */
export function countGrant(draft: Draft, at: Instant): void {
  draft.grants = [...draft.grants.filter((grant) => at < after(grant, WINDOW)), at];
  draft.granted += 1;
}
