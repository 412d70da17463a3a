import { describe, expect, test } from 'vitest';
import {
  concentration,
  doseRate,
  type Prescription,
  parseDuration,
  prescriptionDigest,
  prescriptionSchema,
  rate,
  volume,
} from '../../shared/index.ts';
import { PRESCRIPTION } from './examples.ts';

const bolus = PRESCRIPTION.patientBolus ?? {};

describe('the digest of a prescription', () => {
  test('is the same for the same prescription, in whatever order it was written', () => {
    const { drug, basal, patientBolus, ceiling, lowReservoir } = PRESCRIPTION;
    const backwards = { lowReservoir, ceiling, patientBolus, basal, drug };
    expect(prescriptionDigest(backwards)).toBe(prescriptionDigest(PRESCRIPTION));
    expect(prescriptionDigest(PRESCRIPTION)).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each<[string, Partial<Prescription>]>([
    ['another drug', { drug: { name: 'baclofen', concentration: PRESCRIPTION.drug.concentration } }],
    ['another concentration', { drug: { name: 'morphine', concentration: concentration.parse('25.000001 mg/mL') } }],
    ['another basal rate', { basal: rate.parse('0.400001 mL/day') }],
    ['no patient bolus', { patientBolus: null }],
    ['another ceiling', { ceiling: doseRate.parse('12.000001 mg/day') }],
    ['another threshold', { lowReservoir: volume.of(PRESCRIPTION.lowReservoir + 1) }],
  ])('is another for %s', (_, change) => {
    expect(prescriptionDigest({ ...PRESCRIPTION, ...change })).not.toBe(prescriptionDigest(PRESCRIPTION));
  });

  test.each([
    ['rate', rate.parse('14.400001 mL/day')],
    ['duration', parseDuration('120.001s')],
    ['lockout', parseDuration('4h 1ms')],
    ['maxPerDay', 5],
  ])('is another for a bolus of another %s', (part, value) => {
    const changed = prescriptionSchema.parse({ ...PRESCRIPTION, patientBolus: { ...bolus, [part]: value } });
    expect(prescriptionDigest(changed)).not.toBe(prescriptionDigest(PRESCRIPTION));
  });
});
