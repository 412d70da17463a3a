import {
  between,
  delivered,
  type Instant,
  MOST_COMMANDED,
  MS_PER_DAY,
  type Rate,
  rate,
  type Volume,
  volume,
  whenDelivered,
} from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import { fillingOf } from './opening.ts';
import { holdsVolume } from './stall.ts';

/*
 * What is being delivered, and what that leaves in the reservoir as far as the firmware can know. Without a sensor the
 * calculated volume is what was entered less what was commanded; one that is measured stands still between readings.
 */

const standsStill = (context: PumpContext): boolean =>
  context.profile.reservoirGauge === 'sensed' || holdsVolume(context);

/** The calculated reservoir volume at an instant: never below 0. */
export function calculatedVolume(context: PumpContext, at: Instant): Volume {
  if (standsStill(context)) return context.volume;
  // Exact: a product that is rounded is more than a reservoir can hold.
  return volume.of(Math.max(0, context.volume - context.rate * elapsed(context, at)));
}

/** The first whole millisecond at which the calculated volume is at or below a threshold, at this rate. */
export function whenAtOrBelow(context: PumpContext, threshold: Volume): Instant | undefined {
  const above = Math.max(0, context.volume - threshold);
  if (above > 0 && standsStill(context)) return undefined;
  return whenDelivered(context.since, context.rate, volume.of(above));
}

/** Commands a rate, part of which is boluses, from `at` on, and books what was commanded until then. */
export function command(draft: Draft, at: Instant, flow: Rate, boluses: Rate): void {
  book(draft, at);
  draft.rate = flow;
  remember(draft, at, boluses);
  if (flow > 0) {
    draft.idleSince = null;
    draft.stoppedTooLong = null;
  } else draft.idleSince ??= at;
}

/** Ends the running segment at `at`. */
export function book(draft: Draft, at: Instant): void {
  bookVolume(draft, delivered(draft.rate, elapsed(draft, at)));
  draft.since = at;
}

/** Books what was commanded. What of it is beyond an empty reservoir, or is not believed, is a correction. */
export function bookVolume(draft: Draft, commanded: bigint): void {
  const left = BigInt(draft.volume) - commanded;
  const beyond = standsStill(draft) ? commanded : left < 0n ? -left : 0n;
  const { entered, commanded: before, adjusted } = draft.ledger;
  draft.ledger = { entered, commanded: before + commanded, adjusted: adjusted + beyond };
  draft.volume = volume.of(Number(left + beyond));
}

/** What can be delivered before the reservoir counts as empty. */
export const leftAt = (context: PumpContext, at: Instant): number =>
  calculatedVolume(context, at) - context.profile.emptyAt;

/** What has been commanded since a clinician's session last closed, or since the primary drug was another. */
export const sinceSession = (context: PumpContext, at: Instant) => ({
  from: context.atSession.at,
  commanded: commandedSince(context, at, context.atSession.commanded),
});

/** What has been commanded by `at` beyond what had been, in all, at some moment before; no more than can be told. */
export function commandedSince(context: PumpContext, at: Instant, before: bigint): Volume {
  const commanded = context.ledger.commanded + delivered(context.rate, elapsed(context, at)) - before;
  return commanded < BigInt(MOST_COMMANDED) ? volume.of(Number(commanded)) : MOST_COMMANDED;
}

/** Marks the end of a clinician's session, the beginning of service, or another primary drug. */
export function markSession(draft: Draft, { at }: { readonly at: Instant }): void {
  draft.atSession = { at, commanded: draft.ledger.commanded + delivered(draft.rate, elapsed(draft, at)) };
}

/** Keeps what is commanded from `at` on as doses, and forgets what no dose limit looks back to. */
function remember(draft: Draft, at: Instant, boluses: Rate): void {
  const drugs = draft.prescription?.drugs ?? [];
  const { recent } = draft;
  let first = 0;
  while (first < recent.length && (recent[first + 1]?.from ?? at) <= at - MS_PER_DAY) first += 1;
  let last = recent.length;
  while (last > first && (recent[last - 1]?.from ?? at) >= at) last -= 1;
  const dosed = fillingOf(draft) === undefined ? draft.rate : rate.of(0);
  const reached = recent.slice(first, last);
  reached.push({ from: at, rate: dosed, boluses, drugs });
  draft.recent = reached;
}

const elapsed = (context: PumpContext, at: Instant) => between(context.since, at);
