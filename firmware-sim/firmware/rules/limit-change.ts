import { type Instant, instant, type Prescription } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { HORIZON, isLimited, type Limited, limitOf } from './dose-limit.ts';
import { amid, ascending, firstAbove, Masses, past, toCome } from './masses.ts';
import { isDelayed } from './opening.ts';

/*
 * A change under a dose limit: another prescription, or the same at other local times. Together with what was already
 * given it may exceed a limit that it keeps by itself.
 */

/**
 * When a prescription can take effect without any window exceeding its limit, if what is in force goes on until
 * then, also where a bolus that runs is to stop the pump: `at` itself where nothing stands against it, undefined where
 * it is not in sight. What makes no window worse than the prescription in force is never refused.
 */
export const whenCommitWithinLimit = (
  context: PumpContext,
  prescription: Prescription,
  at: Instant,
): Instant | undefined => whenChangeWithinLimit(context, context, prescription, at);

/** The same for the prescription in force with its local times moved. */
export function whenMovedWithinLimit(context: PumpContext, wallOffset: number, at: Instant): Instant | undefined {
  const { prescription } = context;
  return prescription === null ? at : whenChangeWithinLimit(context, { ...context, wallOffset }, prescription, at);
}

/** The first instant, within the horizon, at which a change fits: it may fit for a while, and then no longer. */
function whenChangeWithinLimit(
  old: PumpContext,
  changed: PumpContext,
  prescription: Prescription,
  at: Instant,
): Instant | undefined {
  if (!isLimited(prescription)) return at;
  const change = new Change(old, changed, prescription, at);
  if (change.fits(at)) return at;
  let first = at + 1;
  for (const edge of change.edges) {
    if (change.fits(edge)) return instant(first + firstAbove(edge - first, (by) => change.fits(first + by)));
    first = edge + 1;
  }
  return undefined;
}

/** A change of prescription, or of the local time, that may be made now or later. */
class Change {
  readonly #old: PumpContext;
  readonly #changed: PumpContext;
  readonly #prescription: Limited;
  readonly #at: Instant;
  readonly #goesOn: Masses;

  constructor(old: PumpContext, changed: PumpContext, prescription: Limited, at: Instant) {
    [this.#old, this.#changed, this.#prescription, this.#at] = [old, changed, prescription, at];
    this.#goesOn = this.#without(at, at + HORIZON + prescription.doseLimit.window);
  }

  /**
   * Where what flows turns within the horizon: between two of these a change comes to fit, or ceases to, only once.
   * Periodic boluses turn with the change itself; of those, what fits for but a moment in between is passed over.
   */
  get edges(): readonly number[] {
    const last = this.#at + HORIZON;
    return [...this.#turns(this.#goesOn, this.#after(this.#at, last), this.#at, last), last];
  }

  /** Whether it leaves, made at `start`, each window within the limit, or no worse than it would be without. */
  fits(start: number): boolean {
    const { window } = this.#prescription.doseLimit;
    const limit = limitOf(this.#prescription);
    const until = start + window;
    const before = this.#isHeld ? this.#without(start, until) : this.#goesOn;
    const after = this.#after(start, until);
    const massWith = (end: number): bigint => before.between(end - window, start) + after.between(start, end);
    const massWithout = (end: number): bigint => (this.#old.prescription === null ? limit : before.endingAt(end));
    const fitsAt = (end: number): boolean => {
      const mass = massWith(end);
      return mass <= limit || mass <= massWithout(end);
    };
    const ends = [start, ...this.#turns(before, after, start, until), until];
    return ends.every((end, i) => {
      if (!fitsAt(end)) return false;
      const following = ends[i + 1];
      if (following === undefined || (massWith(end) <= limit && massWith(following) <= limit)) return true;
      // What was allowed so far may turn where it meets the limit.
      const [here, there] = [massWithout(end) - limit, massWithout(following) - limit];
      if (here > 0n === there > 0n) return true;
      const meets = end + Number((here * BigInt(following - end)) / (here - there));
      return [meets, Math.min(meets + 1, following)].every(fitsAt);
    });
  }

  #turns(before: Masses, after: Masses, from: number, to: number): number[] {
    return ascending([...amid(before.edges, from, to), ...amid(after.edges, from, to)]);
  }

  /** A pump that is held stays so until a change; one that runs goes on. */
  get #isHeld(): boolean {
    const { stopped, update, reduced } = this.#old;
    return stopped !== null || update !== null || reduced !== null || isDelayed(this.#old);
  }

  /** What was given, what in a pump that is held goes on so up to `start`, and what is in force from then on. */
  #without(start: number, until: number): Masses {
    const { doseLimit, drugs } = this.#prescription;
    const drug = drugs[0]?.name;
    const inForce = this.#old.prescription;
    const goesOn = inForce === null ? [] : toCome(this.#old, inForce, drug, instant(start), until);
    return new Masses([...past(this.#old, drug, instant(start)), ...goesOn], doseLimit.window);
  }

  /** What is given from `start` on by a change made then. */
  #after(start: number, until: number): Masses {
    const { doseLimit, drugs } = this.#prescription;
    const flows = toCome(this.#changed, this.#prescription, drugs[0]?.name, instant(start), until);
    return new Masses(flows, doseLimit.window);
  }
}
