import {
  type BolusSetting,
  basalRates,
  type DeviceProfile,
  type Duration,
  highestBasal,
  highestDailyVolume,
  type Instant,
  isDivided,
  longestBolus,
  MS_PER_DAY,
  type PatientBolus,
  type PeriodicProgram,
  type Prescription,
  type Program,
  type Rate,
  settingsOf,
  span,
  strengthOf,
  sure,
  withinDailyDose,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { exceedsAlone, isLimited } from './dose-limit.ts';
import { exceedsHour, whenCommitWithinHour } from './hourly-maximum.ts';
import { whenCommitWithinLimit } from './limit-change.ts';
import { type Reason, refuse } from './refusal.ts';

/*
 * What is checked before a prescription may take effect. What a pump cannot deliver is refused, never bent:
 * too small is not raised, too fast is not stretched.
 */
export function judgePrescription(context: PumpContext, prescription: Prescription) {
  const { profile } = context;
  const { drugs, program, patientBolus, ceiling, lowReservoir } = prescription;
  return refuse([
    drugs.some(({ concentration }) => concentration === 0) && { code: 'concentrationZero' },
    new Set(drugs.map(({ name }) => name)).size < drugs.length && { code: 'drugTwice' },
    ...programReasons(context, program),
    ...(patientBolus === null ? [] : bolusReasons(context, prescription, patientBolus)),
    ...limitReasons(context, prescription),
    exceedsHour(context, prescription) && { code: 'hourlyMaximum' },
    !withinDailyDose(highestDailyVolume(prescription, profile), strengthOf(prescription), ceiling) && {
      code: 'aboveCeiling',
    },
    lowReservoir > profile.reservoirCapacity && { code: 'thresholdAboveCapacity' },
  ]);
}

function programReasons({ profile }: PumpContext, program: Program): (Reason | false)[] {
  const { basalMinimum, basalMaximum, minimumRate } = profile;
  if (program.type === 'minimumRate') return [program.rate !== minimumRate && { code: 'notMinimumRate' }];
  const rates = basalRates(program);
  // Zero is a step like any other, but no prescription by itself.
  const isZeroStep = (rate: Rate) => rate === 0 && program.type !== 'constant';
  return [
    program.type === 'daily' && !isWholeWeek(program) && { code: 'scheduleIncomplete' },
    hasTooManySteps(profile, program) && { code: 'tooManySteps' },
    program.type === 'dated' && !isAscending(program.steps) && { code: 'datesOutOfOrder' },
    rates.some((rate) => rate < basalMinimum && !isZeroStep(rate)) && { code: 'basalBelowMinimum' },
    rates.some((rate) => rate > basalMaximum) && { code: 'basalAboveMaximum' },
    ...(program.type === 'periodic' ? periodicReasons(profile, program) : []),
  ];
}

function hasTooManySteps({ stepsPerDay, scheduleSteps, datedSteps }: DeviceProfile, program: Program): boolean {
  if (program.type === 'daily') {
    const counts = program.groups.map(({ steps }) => steps.length);
    return counts.some((count) => count > stepsPerDay) || counts.reduce((a, b) => a + b, 0) > scheduleSteps;
  }
  return program.type === 'dated' && program.steps.length > datedSteps;
}

const isAscending = (steps: readonly { readonly at: Duration }[]): boolean =>
  steps.every(({ at }, i) => i === 0 || at > sure(steps[i - 1], 'step before').at);

/** Each day of the week in one group, and each group of days that begin at midnight. */
function isWholeWeek({ groups }: Extract<Program, { type: 'daily' }>): boolean {
  const days = groups.flatMap((group) => group.days).sort((a, b) => a - b);
  const isDay = ({ days, steps }: (typeof groups)[number]) =>
    days.length > 0 && steps[0]?.at === 0 && isAscending(steps) && steps.every(({ at }) => at < MS_PER_DAY);
  return days.join() === '0,1,2,3,4,5,6' && groups.every(isDay);
}

function periodicReasons(profile: DeviceProfile, { rate, bolus, interval }: PeriodicProgram): (Reason | false)[] {
  return [
    (bolus.rate === 0 || bolus.duration === 0 || interval === 0) && { code: 'periodicRateZero' },
    bolus.duration >= interval && { code: 'periodicLongerThanInterval' },
    ...amountReasons(profile, bolus),
    tooSlow(profile, rate, bolus),
    tooFast(profile, basalBeside(profile, rate), bolus),
  ];
}

const basalBeside = ({ bolusOverBasal }: DeviceProfile, basal: Rate): number => (bolusOverBasal === 'add' ? basal : 0);

/** The most that may run beside a bolus of the patient or of a clinician. */
export const mostBeside = (profile: DeviceProfile, program: Program): number =>
  basalBeside(profile, highestBasal(program)) + (program.type === 'periodic' ? program.bolus.rate : 0);

/** A bolus that would lessen the dose: slower than the basal it replaces. */
export const tooSlow = (
  { bolusOverBasal }: DeviceProfile,
  basal: Rate,
  bolus: Pick<PatientBolus, 'rate'>,
): Reason | false => bolusOverBasal === 'replace' && basal > bolus.rate && { code: 'bolusRateBelowBasal' };

/** A bolus is at least one stroke, and no more than the reservoir holds. */
export function amountReasons(
  profile: DeviceProfile,
  bolus: Pick<PatientBolus, 'rate' | 'duration'>,
): (Reason | false)[] {
  const amount = BigInt(bolus.rate) * BigInt(bolus.duration);
  return [
    amount < BigInt(profile.strokeVolume) && { code: 'bolusTooSmall' },
    amount > BigInt(profile.reservoirCapacity) && { code: 'overCapacity' },
  ];
}

/** A bolus that with all that may run beside it exceeds the pump's largest rate, and how long it would have to be. */
export function tooFast(
  profile: DeviceProfile,
  beside: number,
  bolus: Pick<PatientBolus, 'rate' | 'duration'>,
): Reason | false {
  const room = profile.rateMaximum - beside;
  if (bolus.rate <= room) return false;
  if (room <= 0) return { code: 'bolusTooFast' };
  const step = BigInt(profile.bolusDurationStep);
  const steps = (BigInt(bolus.rate) * BigInt(bolus.duration) + BigInt(room) * step - 1n) / (BigInt(room) * step);
  return { code: 'bolusTooFast', shortest: span(Number(steps * step)) };
}

function bolusReasons(context: PumpContext, prescription: Prescription, bolus: PatientBolus): (Reason | false)[] {
  const { handsetDrugs } = context.profile;
  return [
    ...onceEach(settingsOf(bolus).flatMap((setting) => settingReasons(context, prescription, setting))),
    prescription.drugs.some(({ name }) => !handsetDrugs.includes(name)) && { code: 'drugNotByHandset' },
    bolus.maxPerDay === 0 && { code: 'countZero' },
    !isDivided(bolus) && { code: 'partsOverlap' },
    bolus.parts.length + 1 > context.profile.bolusParts && { code: 'tooManyParts' },
  ];
}

/** Reasons that several parts of the day give are told once. */
const onceEach = (reasons: readonly (Reason | false)[]): (Reason | false)[] =>
  reasons.filter(
    (each, i) => each !== false && reasons.findIndex((other) => other !== false && other.code === each.code) === i,
  );

function settingReasons({ profile }: PumpContext, { program }: Prescription, bolus: BolusSetting): (Reason | false)[] {
  const basal = highestBasal(program);
  return [
    (bolus.rate === 0 || bolus.duration === 0) && { code: 'bolusRateZero' },
    bolus.lockout === 0 && { code: 'lockoutZero' },
    ...amountReasons(profile, bolus),
    bolus.rate < basal && profile.bolusRateBelowBasal === 'refuse' && { code: 'bolusRateBelowBasal' },
    tooSlow(profile, basal, bolus),
    tooFast(profile, mostBeside(profile, program), bolus),
    bolus.duration > bolus.lockout && { code: 'bolusLongerThanLockout' },
  ];
}

function limitReasons(context: PumpContext, prescription: Prescription): (Reason | false)[] {
  if (!isLimited(prescription)) return [];
  const { doseLimit, drugs, patientBolus } = prescription;
  return [
    (doseLimit.dose === 0 || doseLimit.window === 0) && { code: 'limitZero' },
    drugs.length === 0 && { code: 'limitWithoutDrug' },
    doseLimit.window > MS_PER_DAY && { code: 'limitWindowTooLong' },
    patientBolus !== null && longestBolus(patientBolus) > doseLimit.window && { code: 'bolusLongerThanWindow' },
    exceedsAlone(context, prescription) && { code: 'basalOverLimit' },
  ];
}

/** Whether what was given already stands against a prescription, and until when. A clinician may override a dose limit. */
export function judgeLimitForNow(context: PumpContext, prescription: Prescription, at: Instant, override: boolean) {
  const until = override ? at : whenCommitWithinLimit(context, prescription, at);
  const hour = whenCommitWithinHour(context, prescription, at);
  return refuse([
    until !== at && { code: 'overLimitForNow', until },
    hour !== at && { code: 'hourlyMaximum', until: hour },
  ]);
}
