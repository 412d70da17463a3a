import {
  after,
  type BolusEnd,
  type Duration,
  delivered,
  highestBasal,
  type Instant,
  type Refusal,
  span,
} from '../../../shared/index.ts';
import type { ClinicianBolus, Draft, EndedClinicianBolus, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { conditionsAgainst } from './allowed.ts';
import { leftAt, markSession } from './delivery.ts';
import { whenWithinLimit } from './dose-limit.ts';
import { whenRoomBeforeHalt } from './halt-at-limit.ts';
import { whenWithinBoth, whenWithinHour } from './hourly-maximum.ts';
import { endOpening, fillingOf, whenOpeningEnds } from './opening.ts';
import { openingReason, runsAtMinimum } from './opening-check.ts';
import { endBolus } from './patient-bolus.ts';
import { mostBeside, tooFast, tooSlow } from './prescription.ts';
import { deliver } from './program.ts';
import { type Reason, refuse, unprogrammable } from './refusal.ts';
import { levelAt } from './reservoir.ts';
import { testing } from './self-test.ts';
import { ended } from './service-life.ts';
import { alarmed } from './start.ts';

/*
 * The clinician's bolus, also called single bolus: ordered once, beside basal or alone on a stopped pump, with what
 * follows it always said. It counts in the dose limit, not in the ceiling, and touches neither lockout nor count of
 * the patient. Where the profile lets a patient bolus preempt it, it waits and then delivers all that is left.
 */

type Order = EventOf<'CLINICIAN_BOLUS'>;

/** What stands against such a bolus, as far as it is no more than its volume. */
function orderReasons(context: PumpContext, at: Instant, amount: bigint): (Reason | false)[] {
  const { prescription, profile, stopped, update, bolus, clinician } = context;
  const level = levelAt(context, at);
  return [
    unprogrammable(context),
    !context.inService && { code: 'onShelf' },
    ended(context),
    testing(context, at),
    prescription === null && { code: 'noPrescription' },
    stopped !== null && profile.clinicianBolusWhenStopped === 'refuse' && { code: 'stopped' },
    update !== null && { code: 'updating' },
    level === 'empty' && { code: 'emptyReservoir' },
    level !== 'empty' && BigInt(leftAt(context, at)) < amount && { code: 'tooLittleLeft' },
    level === 'low' && profile.lowReservoirPolicy !== 'alarm' && { code: 'lowReservoir' },
    ...conditionsAgainst(context, 'basal'),
    stopped !== null && alarmed(context),
    // A prescription of the minimum rate asks for no more, also where it is stopped.
    (runsAtMinimum(context) || prescription?.program.type === 'minimumRate') && { code: 'minimumRate' },
    context.reduced === 'defaultSchedule' && { code: 'defaultSchedule' },
    openingReason(context, whenOpeningEnds(context)),
    bolus !== null && { code: 'bolusRunning', until: bolus.ends },
    clinician !== null && { code: 'bolusRunning', until: clinician.ends },
  ];
}

/** Whether the pump takes an order for such a bolus at all. */
export const judgeOrdering = (context: PumpContext, at: Instant): Refusal | undefined =>
  refuse(orderReasons(context, at, 0n));

/** Judges an order. The order of reasons is the order of answers. */
export function judgeClinicianBolus(context: PumpContext, order: Order): Refusal | undefined {
  const { profile, prescription, stopped } = context;
  const { at, rate, duration } = order;
  const amount = delivered(rate, duration);
  const reasons: (Reason | false)[] = [
    ...orderReasons(context, at, amount),
    amount > 0n && amount < BigInt(profile.strokeVolume) && { code: 'bolusTooSmall' },
    amount === 0n && { code: 'bolusRateZero' },
    duration < profile.clinicianBolusShortest && { code: 'bolusTooShort' },
    duration > profile.clinicianBolusLongest && { code: 'bolusTooLong' },
    prescription !== null && stopped === null && tooSlow(profile, highestBasal(prescription.program), order),
    // Nothing runs beside it on a stopped pump.
    prescription !== null && tooFast(profile, stopped === null ? mostBeside(profile, prescription.program) : 0, order),
  ];
  // The dose limit is asked of a bolus that the pump could deliver.
  return refuse(reasons) ?? refuse([limitReason(context, order), hourReason(context, order)]);
}

/** A stopped pump may be started at any time: until the bolus fits it is reckoned with as if it ran. */
function limitReason(context: PumpContext, { at, rate, duration }: Order): Reason | false {
  const until =
    context.profile.clinicianOverLimit === 'haltAtLimit'
      ? whenRoomBeforeHalt(context, at, rate)
      : whenWithinLimit(context, at, at, { rate, duration });
  return until !== at && { code: 'doseLimit', until };
}

/** No policy halts a bolus at the hourly maximum: what would exceed it is refused. */
function hourReason(context: PumpContext, { at, rate, duration }: Order): Reason | false {
  const until = whenWithinHour(context, at, at, { rate, duration });
  return until !== at && { code: 'hourlyMaximum', until: whenWithinBoth(context, at, at, { rate, duration }) };
}

export function startClinicianBolus(draft: Draft, { at, rate, duration, then }: Order): void {
  const alone = draft.stopped !== null;
  draft.clinician = { start: at, ends: after(at, duration), rate, duration, then, alone };
  draft.stopped = null;
  deliver(draft, at);
}

/** How much of its duration is still to come. */
export function leftOf({ ends }: ClinicianBolus, { bolus }: PumpContext, at: Instant): Duration {
  const resumes = bolus === null ? at : Math.max(at, bolus.ends);
  return span(Math.max(0, ends - resumes));
}

/** Ends it, running or suspended. The caller commands the rate that follows. */
export function endClinicianBolus(draft: Draft, at: Instant, why: BolusEnd): void {
  const { clinician } = draft;
  if (clinician === null) return;
  draft.lastClinician = { ...clinician, left: leftOf(clinician, draft, at), why };
  draft.clinician = null;
}

/** Ends the patient bolus and the clinician's, as many as there are, and an opening. */
export function endBoluses(draft: Draft, at: Instant, why: BolusEnd): void {
  // What filled dead space is no part of a mean dose.
  if (fillingOf(draft) !== undefined) markSession(draft, { at });
  endOpening(draft, at, why);
  endClinicianBolus(draft, at, why);
  endBolus(draft, at, why);
}

/** What one that has ended delivered and what it left undelivered, in units of volume. */
export function clinicianAccount({ rate, duration, left }: EndedClinicianBolus) {
  return { delivered: delivered(rate, span(duration - left)), undelivered: delivered(rate, left) };
}

/** Whether the pump stops where it gives way to anything but a clinician's command. */
export const thenStops = ({ clinician }: PumpContext): boolean => clinician?.then === 'stopped';
