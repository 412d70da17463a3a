import {
  concentration,
  doseRate,
  type PatientBolus,
  type Prescription,
  parseDuration,
  prescriptionDigest,
  rate,
  span,
  volume,
} from '../../shared/index.ts';

/** What a programmer's clock shows at an implant: 2026-01-05 08:00. */
export const WALL = span(1_767_600_000_000);

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

interface Asked {
  readonly concentration?: string;
  readonly basal?: string;
  readonly bolus?: { rate?: string; duration?: string; lockout?: string; maxPerDay?: number } | null;
  readonly ceiling?: string;
  readonly lowReservoir?: string;
}

/** 0.02 mL in 2 min, at most four in 24 h and never within 4 h: 10 mcg of baclofen 500 mcg/mL. */
export function bolusOf(asked: NonNullable<Asked['bolus']> = {}): PatientBolus {
  return {
    rate: rate.parse(asked.rate ?? '14.4 mL/day'),
    duration: parseDuration(asked.duration ?? '2min'),
    lockout: parseDuration(asked.lockout ?? '4h'),
    maxPerDay: asked.maxPerDay ?? 4,
  };
}

/** Baclofen 500 mcg/mL at 0.4 mL/day (200 mcg/day) with a patient bolus, unless asked for otherwise. */
export function prescriptionOf(asked: Asked = {}): Prescription {
  return {
    drug: { name: 'baclofen', concentration: concentration.parse(asked.concentration ?? '500 mcg/mL') },
    basal: rate.parse(asked.basal ?? '0.4 mL/day'),
    patientBolus: asked.bolus === null ? null : bolusOf(asked.bolus),
    ceiling: doseRate.parse(asked.ceiling ?? '100 mg/day'),
    lowReservoir: volume.parse(asked.lowReservoir ?? '2 mL'),
  };
}

export const stagedOf = (prescription: Prescription, run = false) => ({
  prescription,
  run,
  digest: prescriptionDigest(prescription),
});
