import { type PatientBolus, settingsOf } from './patient-bolus.ts';
import { type Prescription, strengthOf } from './prescription.ts';
import type { DeviceProfile } from './profile.ts';
import { basalRates, mostBasal, mostPeriodic, type Program } from './program.ts';
import {
  type Concentration,
  type DoseRate,
  type Duration,
  doseRate,
  type Instant,
  instant,
  type Mass,
  MS_PER_DAY,
  mass,
  NL_PER_ML,
  type Rate,
  rate,
  span,
  VOLUME_PER_ML,
  type Volume,
  volume,
} from './units/index.ts';

/*
 * Dosing arithmetic: the one module where anything is rounded to what the device can do, and always down,
 * so that what is commanded never exceeds what was asked.
 */

const DAY = span(MS_PER_DAY);

/** Units of an exact daily dose in one ng/day (rate in nL/day times concentration in ng/mL). */
const DOSE_PER_NG = NL_PER_ML;

/** The exact volume of a rate over a time. Bigint, for totals that outgrow a reservoir. */
export const delivered = (flow: Rate, time: Duration): bigint => BigInt(flow) * BigInt(time);

/** The first whole millisecond, from `start`, by which at least `amount` has flowed. */
export function whenDelivered(start: Instant, flow: Rate, amount: Volume): Instant | undefined {
  if (amount === 0) return start;
  if (flow === 0) return undefined;
  const rest = amount % flow;
  return instant(start + (amount - rest) / flow + (rest > 0 ? 1 : 0));
}

/** The rate of a daily dose, to the whole nL/day below. */
export const rateForDose = (dose: DoseRate, strength: Concentration): Rate =>
  rate.of(Number((BigInt(dose) * DOSE_PER_NG) / BigInt(strength)));

/** The daily dose of a rate to the nearest ng/day, for people. */
export const doseOf = (flow: Rate, strength: Concentration): DoseRate =>
  doseRate.of(Number((BigInt(flow) * BigInt(strength) + DOSE_PER_NG / 2n) / DOSE_PER_NG));

/** The volume that holds a mass of drug, rounded down. */
export const volumeOfMass = (dose: Mass, strength: Concentration): Volume =>
  volume.of(Number((BigInt(dose) * VOLUME_PER_ML) / BigInt(strength)));

/** An exact mass, in volume units times ng/mL, to the nearest ng. */
export const roundMass = (exact: bigint): Mass => mass.of(Number((exact + VOLUME_PER_ML / 2n) / VOLUME_PER_ML));

/** The mass in a volume to the nearest ng, for people. */
export const massOf = (amount: Volume | bigint, strength: Concentration): Mass =>
  roundMass(BigInt(amount) * BigInt(strength));

/** The rate that delivers at most `amount` in `time`: whole nL/day. `time` is above 0. */
export const rateOver = (amount: Volume, time: Duration): Rate => rate.of(Math.floor(amount / time));

export const bolusVolume = (bolus: Pick<PatientBolus, 'rate' | 'duration'>): Volume =>
  volume.of(bolus.rate * bolus.duration);

/** Whether basal flows on beside a bolus. */
export type OverBasal = Pick<DeviceProfile, 'bolusOverBasal'>;

/**
 * The program whose periodic boluses, added to its basal, come to what the program gives: where a bolus replaces basal
 * it brings only what it is faster by.
 */
export function asAdded(program: Program, { bolusOverBasal }: OverBasal): Program {
  if (program.type !== 'periodic' || bolusOverBasal === 'add') return program;
  const { bolus } = program;
  return { ...program, bolus: { ...bolus, rate: rate.of(Math.max(0, bolus.rate - program.rate)) } };
}

/**
 * What all boluses a patient is allotted a day bring beside the program at most, each the one of the day that brings
 * the most; exact. One that replaces basal brings so much less as the program asks for at the least; within a
 * periodic bolus there is no basal that it could replace.
 */
export function allottedVolume(bolus: PatientBolus, program: Program, { bolusOverBasal }: OverBasal): bigint {
  const replaced = bolusOverBasal === 'add' || program.type === 'periodic' ? 0 : Math.min(...basalRates(program));
  const more = settingsOf(bolus).map(({ rate, duration }) => BigInt(Math.max(0, rate - replaced)) * BigInt(duration));
  return BigInt(bolus.maxPerDay) * more.reduce((most, each) => (each > most ? each : most), 0n);
}

/** What a kind of pump lets fall into 24 h beside what a day is allotted. */
export type DayRules = Pick<DeviceProfile, 'countWindow' | 'periodicDuringBolus' | 'bolusOverBasal'>;

/**
 * The most a prescription can command in any 24 h, in units of volume: its program and every allotted bolus. Where
 * boluses are counted by the local day, those of two days may fall on both sides of midnight; where a periodic one may
 * be deferred, the last of the day before may come late.
 */
export function highestDailyVolume(
  { program: own, patientBolus: bolus }: Pick<Prescription, 'program' | 'patientBolus'>,
  rules: DayRules,
): bigint {
  const { countWindow, periodicDuringBolus } = rules;
  const days = countWindow === 'calendarDay' ? 2n : 1n;
  const boluses = bolus === null ? 0n : days * allottedVolume(bolus, own, rules);
  const program = asAdded(own, rules);
  const isLate = periodicDuringBolus === 'defer' && program.type === 'periodic';
  const late = isLate ? BigInt(program.bolus.rate) * BigInt(program.bolus.duration) : 0n;
  return mostBasal(program, DAY) + mostPeriodic(program, DAY) + late + boluses;
}

/** Whether a volume in 24 h keeps within a daily dose. Exact. */
export const withinDailyDose = (amount: bigint, strength: Concentration, most: DoseRate): boolean =>
  amount * BigInt(strength) <= BigInt(most) * VOLUME_PER_ML;

/** The smallest whole ng/day that covers the highest daily dose of a prescription. */
export function highestDailyDose(prescription: Omit<Prescription, 'ceiling'>, rules: DayRules): DoseRate {
  const exact = highestDailyVolume(prescription, rules) * BigInt(strengthOf(prescription));
  return doseRate.of(Number((exact + VOLUME_PER_ML - 1n) / VOLUME_PER_ML));
}

/** The daily dose of a volume in 24 h to the nearest ng/day, for people. */
export const dailyDoseOf = (inADay: bigint, strength: Concentration): DoseRate =>
  doseRate.of(Number((inADay * BigInt(strength) + VOLUME_PER_ML / 2n) / VOLUME_PER_ML));
