import type { BolusEnd, Instant, Prescription, ReservoirState, Volume } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { book, calculatedVolume, whenAtOrBelow } from './delivery.ts';
import { keepMeasured } from './discrepancy.ts';
import { refuse, unprogrammable } from './refusal.ts';

/*
 * Low and empty reservoir, as calculated. At or below a threshold counts as reached. What either does to
 * delivery is a policy of the profile (allowed.ts).
 */

/** What a calculated volume means under a prescription; without one there is no low-reservoir threshold. */
export function levelOf(context: PumpContext, amount: Volume, prescription: Prescription | null): ReservoirState {
  if (amount <= context.profile.emptyAt) return 'empty';
  return prescription !== null && amount <= prescription.lowReservoir ? 'low' : 'normal';
}

/** The level of the reservoir now, under the prescription in force. */
export const levelAt = (context: PumpContext, at: Instant): ReservoirState =>
  levelOf(context, calculatedVolume(context, at), context.prescription);

export const whenLow = (context: PumpContext): Instant | undefined =>
  context.prescription === null ? undefined : whenAtOrBelow(context, context.prescription.lowReservoir);

export const whenEmpty = (context: PumpContext): Instant | undefined => whenAtOrBelow(context, context.profile.emptyAt);

/** A volume typed after a refill: more than the reservoir holds is refused. */
export const judgeEntry = (context: PumpContext, event: EventOf<'ENTER_RESERVOIR'>) =>
  refuse([unprogrammable(context), event.volume > context.profile.reservoirCapacity && { code: 'overCapacity' }]);

/** What ends a bolus for which a typed volume leaves no room. */
export const endByEntry = (context: PumpContext, event: EventOf<'ENTER_RESERVOIR'>): BolusEnd =>
  levelOf(context, event.volume, context.prescription) === 'empty' ? 'emptyReservoir' : 'lowReservoir';

/** The typed volume replaces the calculated one; what was left is written off, and what was measured is kept. */
export function enterVolume(draft: Draft, event: EventOf<'ENTER_RESERVOIR'>): void {
  book(draft, event.at);
  const { ledger } = draft;
  keepMeasured(draft, event);
  draft.ledger = {
    ...ledger,
    entered: ledger.entered + BigInt(event.volume),
    adjusted: ledger.adjusted - BigInt(draft.volume),
  };
  draft.lastEntry = { at: event.at, volume: event.volume, expected: draft.volume, commanded: ledger.commanded };
  draft.volume = event.volume;
  endFalseAlarms(draft, event.at);
}

/** Alarms that came by mistake end, but where the level has come true: there the alarm goes on. */
export function endFalseAlarms(draft: Draft, at: Instant): void {
  const level = levelAt(draft, at);
  if (level === 'normal') draft.falseLow = null;
  if (level !== 'empty') draft.falseEmpty = null;
}

/** Keeps since when the reservoir has been low and empty. */
export function markLevel(draft: Draft, event: { readonly at: Instant }): void {
  const level = levelAt(draft, event.at);
  if (level !== 'normal') [draft.lowSince, draft.falseLow] = [draft.lowSince ?? draft.falseLow, null];
  if (level === 'empty') [draft.emptySince, draft.falseEmpty] = [draft.emptySince ?? draft.falseEmpty, null];
  draft.emptySince = level === 'empty' ? (draft.emptySince ?? event.at) : null;
  draft.lowSince = level === 'normal' ? null : (draft.lowSince ?? event.at);
}
