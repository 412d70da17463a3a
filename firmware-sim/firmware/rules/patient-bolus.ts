import {
  after,
  type BolusEnd,
  between,
  bolusVolume,
  delivered,
  type Instant,
  instant,
  type PatientBolus,
  type Prescription,
  type Refusal,
  sure,
} from '../../../shared/index.ts';
import type { Bolus, Draft, EndedBolus, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { conditionsAgainst } from './allowed.ts';
import { countAt, countGrant, whenBelowCount } from './bolus-count.ts';
import { edgeAfter, settingOf } from './bolus-parts.ts';
import { leftAt } from './delivery.ts';
import { HORIZON, whenWithinLimit } from './dose-limit.ts';
import { whenWithinBoth, whenWithinHour } from './hourly-maximum.ts';
import { isLockedOut, lockOut, lockoutUnder } from './lockout.ts';
import { fillingOf, openingUnder, whenOpeningEnds } from './opening.ts';
import { openingReason, runsAtMinimum } from './opening-check.ts';
import { deliver } from './program.ts';
import { forgotten, refuse } from './refusal.ts';
import { levelAt } from './reservoir.ts';
import { isTesting } from './self-test.ts';
import { ended } from './service-life.ts';

/** The grant, or the one refusal: every guard on a request names an outcome of this function. */
export type Verdict = { readonly grant: Bolus } | { readonly refused: Refusal };

/** The last request judged on a context that nothing had changed since the request came. */
let last:
  | { readonly context: PumpContext; readonly event: EventOf<'BOLUS_REQUEST'>; readonly verdict: Verdict }
  | undefined;

/**
 * The verdict on a request that has just come and has changed nothing yet. Whoever answers it and the guards of several
 * regions ask for it, one after the other: it is judged once.
 */
export function verdictOn(context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): Verdict {
  if (last?.event !== event || last.context !== context) last = { context, event, verdict: judgeBolus(context, event) };
  return last.verdict;
}

/** Judges a patient's request. The order of reasons is the order of answers. */
export function judgeBolus(context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): Verdict {
  const { at } = event;
  const bolus = context.prescription?.patientBolus ?? null;
  const setting = bolus === null ? null : settingOf(context, bolus, at);
  const level = levelAt(context, at);
  const within = whenWithinLimit(context, at, at, setting);
  const hour = whenWithinHour(context, at, at, setting);
  const runs = context.bolus !== null || deniesPatient(context);
  const waits =
    isTesting(context, at) || runs || fillingOf(context) !== undefined || isLockedOut(context.lockedUntil, at);
  const used = bolus !== null && countAt(context, at) >= bolus.maxPerDay;
  const rests = bolus !== null && setting === null;
  // Worked out once, and only where it is told: a dose limit makes it long work.
  const isMore = (bolus?.parts.length ?? 0) > 0 || hour !== at;
  const next = waits || used || isMore ? nextByTime(context, at) : within;
  const refused = refuse([
    forgotten(context),
    bolus === null && { code: 'notEnabled' },
    !context.inService && { code: 'onShelf' },
    ended(context),
    isTesting(context, at) && { code: 'selfTest', until: next },
    context.stopped !== null && { code: 'stopped' },
    context.update !== null && { code: 'updating' },
    level === 'empty' && { code: 'emptyReservoir' },
    level !== 'empty' && setting !== null && leftAt(context, at) < bolusVolume(setting) && { code: 'tooLittleLeft' },
    level === 'low' && context.profile.lowReservoirPolicy !== 'alarm' && { code: 'lowReservoir' },
    ...conditionsAgainst(context, 'basal'),
    runsAtMinimum(context) && { code: 'minimumRate' },
    context.reduced === 'defaultSchedule' && { code: 'defaultSchedule' },
    openingReason(context, next),
    runs && { code: 'bolusRunning', until: next },
    rests && { code: 'notThisPartOfDay', until: next },
    isLockedOut(context.lockedUntil, at) && { code: 'lockedOut', until: next },
    used && { code: 'countUsed', until: next },
    within !== at && { code: 'doseLimit', until: next },
    hour !== at && { code: 'hourlyMaximum', until: next },
  ]);
  if (refused !== undefined) return { refused };
  const { duration, rate } = sure(setting, 'bolus for this part of the day');
  return { grant: { start: at, ends: after(at, duration), rate } };
}

/**
 * The first instant at which neither a running bolus, an opening, the part of the day, lockout, count nor dose limit
 * stands against a request; undefined without a patient bolus, where the dose limit never lets one through, where a
 * start is delayed for want of a local time, and where a part of the day without any may be now for the same want.
 */
export function nextByTime(context: PumpContext, at: Instant): Instant | undefined {
  const setting = context.prescription?.patientBolus ?? null;
  if (setting === null) return undefined;
  const counted = whenBelowCount(context, at, setting.maxPerDay) ?? at;
  const { opening, bolus, clinician, lockedUntil, selfTestEnds } = context;
  const opens = opening === null ? at : whenOpeningEnds(context);
  if (opens === undefined) return undefined;
  const ordered = deniesPatient(context) ? clinician?.ends : undefined;
  const free = instant(
    Math.max(opens, bolus?.ends ?? at, ordered ?? at, lockedUntil ?? at, selfTestEnds ?? at, counted),
  );
  return whenAllowed(context, setting, at, free);
}

/** The first instant from `from` on at which the part of the day has a bolus that keeps within the dose limit. */
function whenAllowed(context: PumpContext, bolus: PatientBolus, at: Instant, from: Instant): Instant | undefined {
  for (let start = from; start <= from + HORIZON; ) {
    const setting = settingOf(context, bolus, start);
    const edge = edgeAfter(context, bolus, start);
    const last = edge === undefined ? undefined : edge - 1;
    const fits = setting === null ? undefined : whenWithinBoth(context, at, start, setting, last);
    if (fits !== undefined || edge === undefined) return fits;
    start = edge;
  }
  return undefined;
}

/** The same under a prescription that would take effect now: it ends what runs, and counts its own interval. */
export function nextUnder(context: PumpContext, prescription: Prescription, at: Instant): Instant | undefined {
  const { program } = prescription;
  const periodicNext = program.type === 'periodic' ? after(at, program.interval) : null;
  const lockedUntil = lockoutUnder(context, prescription);
  const nothingRuns = { bolus: null, clinician: null, periodic: null, periodicDeferred: false };
  const opening = openingUnder(prescription.opening, at);
  return nextByTime({ ...context, ...nothingRuns, opening, prescription, lockedUntil, periodicNext }, at);
}

/** Whether a request is denied for the dose limit, and the profile then wants the minimum rate. */
export function deniedToMinimum(context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): boolean {
  const verdict = verdictOn(context, event);
  const { maxDoseDenied } = context.profile;
  return maxDoseDenied === 'denyAndMinimumRate' && 'refused' in verdict && verdict.refused.code === 'doseLimit';
}

export function startBolus(draft: Draft, event: EventOf<'BOLUS_REQUEST'>): void {
  const verdict = verdictOn(draft, event);
  if ('refused' in verdict || draft.prescription === null) throw new Error('a refused bolus cannot start');
  const { grant } = verdict;
  draft.bolus = grant;
  suspend(draft, grant);
  countGrant(draft, event.at);
  lockOut(draft, grant, draft.prescription);
  deliver(draft, event.at);
}

/** A clinician's bolus that runs waits until the patient's has ended: all of it is delivered, so much later. */
function suspend(draft: Draft, { start, ends }: Bolus): void {
  draft.lastClinician = null;
  const { clinician } = draft;
  if (clinician !== null) draft.clinician = { ...clinician, ends: after(clinician.ends, between(start, ends)) };
}

/** Whether a patient's request waits for the end of a clinician's bolus. One alone is all a stopped pump was to give. */
export const deniesPatient = ({ clinician, profile }: PumpContext): boolean =>
  clinician !== null && (clinician.alone || profile.patientBolusDuringClinicianBolus === 'deny');

/** Ends the running bolus, if one runs. The caller commands the rate that follows. */
export function endBolus(draft: Draft, at: Instant, why: BolusEnd): void {
  if (draft.bolus === null) return;
  const { start, ends, rate } = draft.bolus;
  draft.lastBolus = { start, ends, rate, ended: at, why };
  draft.bolus = null;
}

/** What a bolus that has ended delivered and what it left undelivered, in units of volume. */
export function bolusAccount(last: EndedBolus): { delivered: bigint; undelivered: bigint } {
  return {
    delivered: delivered(last.rate, between(last.start, last.ended)),
    undelivered: delivered(last.rate, between(last.ended, last.ends)),
  };
}

/** Where patient control stands under a prescription at an instant. */
export function patientControlUnder(context: PumpContext, prescription: Prescription | null, at: Instant) {
  if (prescription?.patientBolus == null) return 'off';
  const lockedUntil = prescription === context.prescription ? context.lockedUntil : lockoutUnder(context, prescription);
  if (isLockedOut(lockedUntil, at)) return 'lockedOut';
  return countAt(context, at) >= prescription.patientBolus.maxPerDay ? 'countUsed' : 'ready';
}

/** The same for the prescription in force, once time has been moved under it. */
export function patientControlAfter(context: PumpContext, at: Instant, move: (draft: Draft) => void) {
  const draft = { ...context };
  move(draft);
  return patientControlUnder(draft, draft.prescription, at);
}
