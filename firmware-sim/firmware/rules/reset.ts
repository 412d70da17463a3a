import { delivered, type Instant, MS_PER_DAY, span, volume } from '../../../shared/index.ts';
import type { Draft } from '../context.ts';
import type { EventOf } from '../events.ts';
import { book } from './delivery.ts';
import { restartLockout } from './lockout.ts';
import { beginSelfTest } from './self-test.ts';

/*
 * The processor starts anew with what it had stored. No bolus resumes. Where the time was lost too, pump time
 * goes on from the last time stored, and nobody knows how long ago that was: what protects the patient is
 * counted in full again, and the reservoir never more than there may be.
 */
export function restart(draft: Draft, { at, timeLost }: EventOf<'RESET'>): void {
  beginSelfTest(draft, at);
  if (!timeLost) return;
  countUnknownDelivery(draft, at);
  if (draft.wallOffset !== null) draft.lastWall = span(at + draft.wallOffset);
  draft.wallOffset = null;
  draft.clockMoved = { at, from: draft.lastWall, skipped: 0 };
  draft.stepAt = at;
  const dayAgo = at - MS_PER_DAY;
  draft.grants = draft.grants.map((grant) => (grant > dayAgo ? at : grant));
  restartLockout(draft, at);
}

/** Up to one interval of writing may have passed unseen: as much is taken off the volume, unless that is measured. */
function countUnknownDelivery(draft: Draft, at: Instant): void {
  book(draft, at);
  if (draft.profile.reservoirGauge === 'sensed') return;
  const unseen = delivered(draft.rate, draft.profile.writeInterval);
  const left = BigInt(draft.volume) > unseen ? BigInt(draft.volume) - unseen : 0n;
  const { ledger } = draft;
  draft.ledger = { ...ledger, adjusted: ledger.adjusted - (BigInt(draft.volume) - left) };
  draft.volume = volume.of(Number(left));
}
