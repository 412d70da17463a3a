import { type Instant, type Volume, volume } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import { declaredSince } from './conditions.ts';
import { book, bookVolume } from './delivery.ts';

/*
 * Strokes. A commanded stop completes the stroke under way: what is left of it, counted from all that was ever
 * commanded, is booked at that instant, at rate 0. A fault's stop completes nothing, nor does a motor that has stalled.
 */

function restOfStroke({ profile, ledger }: PumpContext): Volume {
  const stroke = BigInt(profile.strokeVolume);
  const begun = ledger.commanded % stroke;
  return volume.of(begun === 0n ? 0 : Number(stroke - begun));
}

/** Books the rest of the stroke under way, and keeps how much that was. */
export function completeStroke(draft: Draft, at: Instant): void {
  book(draft, at);
  const turns = draft.rate > 0 && declaredSince(draft, 'stall') === null;
  const rest = turns ? restOfStroke(draft) : volume.of(0);
  draft.lastStroke = rest;
  if (rest > 0) bookVolume(draft, BigInt(rest));
}
