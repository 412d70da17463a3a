import { MOST_DISCREPANCIES, type Volume } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { commandedSince } from './delivery.ts';
import { refuse, unprogrammable } from './refusal.ts';

/*
 * What was aspirated at refills, beside what was calculated. The pump keeps it for whoever reads it, and does nothing
 * by it: what is worth a reason is the programmer's to say.
 */

export const judgeNote = (context: PumpContext) => refuse([unprogrammable(context)]);

/** A reason is stated for what was aspirated, before the volume is entered. */
export function stateReason(draft: Draft, { reason, aspirated }: EventOf<'NOTE_DISCREPANCY'>): void {
  draft.statedReason = { reason, aspirated };
}

/** What had been commanded since the fill before; null where there was none. */
export const sinceFill = (context: PumpContext, at: EventOf<'ENTER_RESERVOIR'>['at']): Volume | null =>
  context.lastEntry === null ? null : commandedSince(context, at, context.lastEntry.commanded);

/** Keeps what was measured before a fill, with the reason stated; the oldest leaves. */
export function keepMeasured(draft: Draft, { at, aspirated }: EventOf<'ENTER_RESERVOIR'>): void {
  const { statedReason: stated, volume: expected } = draft;
  draft.statedReason = null;
  if (aspirated === undefined) return;
  // One whose own volume never came belongs to no other.
  const reason = stated?.aspirated === aspirated ? stated.reason : null;
  const kept = draft.discrepancies.slice(1 - MOST_DISCREPANCIES);
  draft.discrepancies = [...kept, { at, expected, aspirated, commanded: sinceFill(draft, at), reason }];
}
