import {
  after,
  between,
  type Instant,
  instant,
  longestLockout,
  type Prescription,
  sure,
} from '../../../shared/index.ts';
import type { Bolus, Draft, PumpContext } from '../context.ts';
import { lockoutAt } from './bolus-parts.ts';

/*
 * The lockout: after a grant, no patient bolus before the interval has passed. A request exactly when it
 * expires is granted. Stopping, restarting or prescribing again never shortens a lockout that runs, unless
 * the profile lets a new prescription do so (`lockoutOnReprogram: new`).
 */

/** Where the lockout of a grant counts from: by `lockoutOrigin` its start or its end. */
const originOf = ({ profile }: PumpContext, grant: Bolus): Instant =>
  profile.lockoutOrigin === 'start' ? grant.start : grant.ends;

/** When a lockout that began with `grant` ends. */
function lockoutEnd(context: PumpContext, grant: Bolus, { patientBolus }: Prescription): Instant | null {
  return patientBolus === null ? null : after(originOf(context, grant), lockoutAt(context, patientBolus, grant.start));
}

/** Whether a request at `at` comes too soon. */
export const isLockedOut = (lockedUntil: Instant | null, at: Instant): boolean =>
  lockedUntil !== null && at < lockedUntil;

/** The lockout that would run under another prescription. */
export function lockoutUnder(context: PumpContext, prescription: Prescription): Instant | null {
  if (context.lastGrant === null) return null;
  const renewed = lockoutEnd(context, context.lastGrant, prescription);
  const running = sure(context.lockedUntil, 'lockout of the last grant');
  if (renewed === null || context.profile.lockoutOnReprogram === 'new') return renewed ?? running;
  return instant(Math.max(running, renewed));
}

/** Counts a lockout that runs in full again, also one whose boluses have been withdrawn since. */
export function restartLockout(draft: Draft, at: Instant): void {
  const { lastGrant, lockedUntil, prescription } = draft;
  if (lastGrant === null || lockedUntil === null || !isLockedOut(lockedUntil, at)) return;
  const bolus = prescription?.patientBolus ?? null;
  const lockout = bolus === null ? between(originOf(draft, lastGrant), lockedUntil) : longestLockout(bolus);
  draft.lockedUntil = instant(Math.max(lockedUntil, after(at, lockout)));
  draft.lastGrant = { ...lastGrant, start: at, ends: at };
}

/** Starts the lockout of a grant. */
export function lockOut(draft: Draft, grant: Bolus, prescription: Prescription): void {
  draft.lastGrant = grant;
  draft.lockedUntil = lockoutEnd(draft, grant, prescription);
}
