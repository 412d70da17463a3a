import {
  bolusVolume,
  type DoseRate,
  doseOf,
  highestDailyDose,
  highestDailyVolume,
  type Instant,
  instant,
  type Mass,
  MS_PER_DAY,
  mass,
  massOf,
  type PatientBolus,
  type Prescription,
  rateForDose,
  rateOver,
  type Status,
  type Volume,
  volume,
  volumeOfMass,
  whenDelivered,
} from '../shared/index.ts';
import type { BolusEntry, PrescribeEntry } from './acts.ts';
import type { ProgrammerRefusal } from './outcome.ts';

/** The daily dose of the basal program, as shown. */
export const dailyDose = (prescription: Prescription): DoseRate =>
  doseOf(prescription.basal, prescription.drug.concentration);

/** The mass of one patient bolus, as shown. */
export const bolusDose = (bolus: PatientBolus, prescription: Prescription): Mass =>
  massOf(bolusVolume(bolus), prescription.drug.concentration);

/**
 * When the calculated reservoir will be low if delivery goes on as now: with no patient bolus, and with every
 * bolus that is allotted. Undefined where nothing is being delivered, or the reservoir is low already.
 */
export function lowReservoirAt(status: Status, boluses: 'none' | 'all'): Instant | undefined {
  const { prescription, rate } = status;
  if (prescription === null || rate === 0 || status.volume <= prescription.lowReservoir) return undefined;
  const above = volume.of(status.volume - prescription.lowReservoir);
  // At the minimum rate no bolus is given.
  if (status.infusion === 'minimumRate') return whenDelivered(status.now, rate, above);
  if (boluses === 'none') return whenDelivered(status.now, prescription.basal, above);
  const perDay = highestDailyVolume(prescription);
  return instant(status.now + Number((BigInt(above) * BigInt(MS_PER_DAY) + perDay - 1n) / perDay));
}

/**
 * Turns what was entered into a whole prescription, filling what was left out from the one the pump has, and
 * the low-reservoir threshold of a first one with `offered`.
 */
export function compile(
  entry: PrescribeEntry,
  now: Prescription | null,
  offered: Volume,
): Prescription | ProgrammerRefusal {
  const name = entry.drug ?? now?.drug.name;
  const concentration = entry.concentration ?? (name === now?.drug.name ? now?.drug.concentration : undefined);
  if (name === undefined || concentration === undefined) return 'unknownDrug';
  if (concentration === 0) return 'concentrationZero';
  try {
    // A rate kept over another drug or strength would be another dose: what was a dose is entered again.
    const kept = now !== null && name === now.drug.name && concentration === now.drug.concentration ? now : null;
    const basal = basalOf(entry, kept, concentration);
    if (basal === undefined) return 'unknownBasal';
    if (entry.patientBolus === null && kept === null && now?.patientBolus != null) return 'unknownBolus';
    const bolus = entry.patientBolus === null ? (kept?.patientBolus ?? null) : entry.patientBolus;
    const patientBolus =
      bolus === 'none' || bolus === null ? null : 'rate' in bolus ? bolus : bolusOf(bolus, concentration);
    if (patientBolus === 'bolusDurationZero') return patientBolus;
    const lowReservoir = entry.lowReservoir ?? now?.lowReservoir ?? offered;
    const draft = { drug: { name, concentration }, basal, patientBolus, lowReservoir };
    // A dose never rises above what was once written unless somebody writes a new ceiling.
    const limit = name === now?.drug.name ? now.ceiling : undefined;
    const ceiling = entry.ceiling ?? limit ?? highestDailyDose(draft);
    return { ...draft, ceiling };
  } catch (error) {
    // The factories of units throw where a quantity is past what can be stored.
    if (error instanceof RangeError) return 'tooMuch';
    throw error;
  }
}

function basalOf(entry: PrescribeEntry, now: Prescription | null, strength: Prescription['drug']['concentration']) {
  if (entry.basal === null) return now?.basal;
  return 'rate' in entry.basal ? entry.basal.rate : rateForDose(entry.basal.dose, strength);
}

function bolusOf(
  entry: BolusEntry,
  strength: Prescription['drug']['concentration'],
): PatientBolus | 'bolusDurationZero' {
  if (entry.duration === 0) return 'bolusDurationZero';
  const amount = entry.volume ?? volumeOfMass(entry.dose ?? mass.of(0), strength);
  const { duration, lockout, maxPerDay } = entry;
  return { rate: rateOver(amount, duration), duration, lockout, maxPerDay };
}
