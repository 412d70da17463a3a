import { highestDailyVolume, type PatientBolus, type Prescription, withinDailyDose } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { type Reason, refuse } from './refusal.ts';

/*
 * What is checked before a prescription may take effect. What a pump cannot deliver is refused, never bent:
 * too small is not raised, too fast is not stretched.
 */
export function judgePrescription(context: PumpContext, prescription: Prescription) {
  const { profile } = context;
  const { basal, drug, patientBolus, ceiling, lowReservoir } = prescription;
  return refuse([
    drug.concentration === 0 && { code: 'concentrationZero' },
    basal < profile.basalMinimum && { code: 'basalBelowMinimum' },
    basal > profile.basalMaximum && { code: 'basalAboveMaximum' },
    ...(patientBolus === null ? [] : bolusReasons(context, basal, patientBolus)),
    !withinDailyDose(highestDailyVolume(prescription), drug.concentration, ceiling) && { code: 'aboveCeiling' },
    lowReservoir > profile.reservoirCapacity && { code: 'thresholdAboveCapacity' },
  ]);
}

function bolusReasons({ profile }: PumpContext, basal: number, bolus: PatientBolus): (Reason | false)[] {
  const amount = BigInt(bolus.rate) * BigInt(bolus.duration);
  return [
    (bolus.rate === 0 || bolus.duration === 0) && { code: 'bolusRateZero' },
    bolus.lockout === 0 && { code: 'lockoutZero' },
    bolus.maxPerDay === 0 && { code: 'countZero' },
    amount < BigInt(profile.strokeVolume) && { code: 'bolusTooSmall' },
    amount > BigInt(profile.reservoirCapacity) && { code: 'overCapacity' },
    bolus.rate < basal && profile.bolusRateBelowBasal === 'refuse' && { code: 'bolusRateBelowBasal' },
    bolus.rate + basal > profile.rateMaximum && { code: 'bolusTooFast' },
    bolus.duration > bolus.lockout && { code: 'bolusLongerThanLockout' },
  ];
}
