import { after, type Instant, instant, type Prescription } from '../../../shared/index.ts';
import type { Bolus, Draft, PumpContext } from '../context.ts';

/*
 * The lockout: after a grant, no patient bolus before the interval has passed. A request exactly when it
 * expires is granted. Stopping, restarting or prescribing again never shortens a lockout that runs, unless
 * the profile lets a new prescription do so (`lockoutOnReprogram: new`).
 */

/** When a lockout that began with `grant` ends; by `lockoutOrigin` it counts from the start or the end. */
function lockoutEnd(context: PumpContext, grant: Bolus, prescription: Prescription): Instant | null {
  if (prescription.patientBolus === null) return null;
  const origin = context.profile.lockoutOrigin === 'start' ? grant.start : grant.ends;
  return after(origin, prescription.patientBolus.lockout);
}

/** Whether a request at `at` comes too soon. */
export const isLockedOut = (lockedUntil: Instant | null, at: Instant): boolean =>
  lockedUntil !== null && at < lockedUntil;

/** The lockout that would run under another prescription. */
export function lockoutUnder(context: PumpContext, prescription: Prescription): Instant | null {
  if (context.lastGrant === null) return null;
  const renewed = lockoutEnd(context, context.lastGrant, prescription);
  const running = context.lockedUntil;
  if (renewed === null || context.profile.lockoutOnReprogram === 'new') return renewed ?? running;
  return running === null ? renewed : instant(Math.max(running, renewed));
}

/** Starts the lockout of a grant. */
export function lockOut(draft: Draft, grant: Bolus, prescription: Prescription): void {
  draft.lastGrant = grant;
  draft.lockedUntil = lockoutEnd(draft, grant, prescription);
}
