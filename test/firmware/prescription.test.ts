import { describe, expect, test } from 'vitest';
import { judgePrescription } from '../../firmware-sim/firmware/rules/prescription.ts';
import { factoryContext } from '../../firmware-sim/index.ts';
import {
  concentration,
  type DeviceProfile,
  doseRate,
  type PatientBolus,
  type Prescription,
  type RefusalCode,
  rate,
  span,
  volume,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { bolusOf, prescriptionOf } from './prescriptions.ts';

const judged = (prescription: Prescription, changes: Partial<DeviceProfile> = {}): readonly RefusalCode[] => {
  const refusal = judgePrescription(factoryContext(profileOf('synchromed-ii-like-20', changes)), prescription);
  return refusal === undefined ? [] : [refusal.code, ...refusal.also];
};

const { basalMinimum, basalMaximum, rateMaximum, reservoirCapacity, strokeVolume } = profileOf('synchromed-ii-like-20');
const ample = doseRate.parse('10000 mg/day');
const basal = (flow: number): Prescription => ({
  ...prescriptionOf({ bolus: null }),
  program: { type: 'constant', rate: rate.of(flow) },
  ceiling: ample,
});
const withBolus = (changes: Partial<PatientBolus>, asked: Parameters<typeof prescriptionOf>[0] = {}): Prescription => ({
  ...prescriptionOf(asked),
  ceiling: ample,
  patientBolus: { ...bolusOf(), ...changes },
});
const lowReservoir = (amount: number) => ({ ...prescriptionOf(), lowReservoir: volume.of(amount) });
const strong = (ngPerMl: number) => {
  const usual = prescriptionOf();
  return { ...usual, drugs: usual.drugs.map((drug) => ({ ...drug, concentration: concentration.of(ngPerMl) })) };
};
/** One stroke in ten seconds is a whole number of nL a day. */
const strokeMs = 10_000;
const strokeRate = strokeVolume / strokeMs;

/** What is asked, and the one reason against it; none where it is exactly at the boundary. */
const BOUNDARIES: readonly [what: string, Prescription, RefusalCode | null][] = [
  ['a concentration of 0', strong(0), 'concentrationZero'],
  ['the smallest concentration', strong(1), null],
  ['a basal rate just below the smallest', basal(basalMinimum - 1), 'basalBelowMinimum'],
  ['the smallest basal rate', basal(basalMinimum), null],
  ['the largest basal rate', basal(basalMaximum), null],
  ['a basal rate just above the largest', basal(basalMaximum + 1), 'basalAboveMaximum'],
  ['a lockout of 0', withBolus({ lockout: span(0), duration: span(0) }), 'bolusRateZero'],
  ['a bolus as long as its lockout', withBolus({ lockout: span(120_000) }), null],
  ['a bolus longer than its lockout', withBolus({ lockout: span(119_999) }), 'bolusLongerThanLockout'],
  ['no bolus a day', withBolus({ maxPerDay: 0 }), 'countZero'],
  ['one bolus a day', withBolus({ maxPerDay: 1 }), null],
  ['a bolus of exactly one stroke', withBolus({ rate: rate.of(strokeRate), duration: span(strokeMs) }), null],
  ['a bolus of less', withBolus({ rate: rate.of(strokeRate - 1), duration: span(strokeMs) }), 'bolusTooSmall'],
  ['bolus and basal at the largest rate', withBolus({ rate: rate.of(rateMaximum - 400_000) }), null],
  ['bolus and basal just above it', withBolus({ rate: rate.of(rateMaximum - 399_999) }), 'bolusTooFast'],
  ['a low-reservoir threshold of the whole reservoir', lowReservoir(reservoirCapacity), null],
  ['one just above', lowReservoir(reservoirCapacity + 1), 'thresholdAboveCapacity'],
  ['a threshold of 0', lowReservoir(0), null],
];

test.each(BOUNDARIES)('%s', (_, prescription, code) => {
  const all = judged(prescription);
  expect(all[0] ?? null).toBe(code);
});

test.each([
  // Beside half the largest rate a bolus of all of it takes twice as long; a nL/day more, a minute more.
  ['12 mL/day', rateMaximum, 20 * 60_000],
  ['12 mL/day', rateMaximum + 1, 21 * 60_000],
  ['24 mL/day', 1_000_000, null],
] as const)(
  'beside %s a bolus of %i nL/day in 10 min is too fast: the shortest that fits is %d ms',
  (basal, flow, shortest) => {
    const prescription = withBolus({ rate: rate.of(flow), duration: span(600_000) }, { basal });
    const context = factoryContext(profileOf('synchromed-ii-like-20', { basalMaximum: rate.of(rateMaximum) }));
    expect(judgePrescription(context, prescription)).toMatchObject({ code: 'bolusTooFast', shortest });
  },
);

describe('reasons that come together: the first is the answer, the others are told', () => {
  test('a lockout of 0 under a real bolus', () => {
    expect(judged(withBolus({ lockout: span(0) }))).toEqual(['lockoutZero', 'bolusLongerThanLockout']);
  });
  test('a bolus rate of 0', () => {
    expect(judged(withBolus({ rate: rate.of(0) }))).toEqual(['bolusRateZero', 'bolusTooSmall']);
  });
  test('a bolus duration of 0', () => {
    expect(judged(withBolus({ duration: span(0) }))).toEqual(['bolusRateZero', 'bolusTooSmall']);
  });
});

describe('a bolus slower than basal', () => {
  const atBasal = withBolus({ rate: rate.of(400_000) });
  const below = withBolus({ rate: rate.of(399_999) });
  test('is refused where the profile says so, exactly below', () => {
    expect(judged(below, { bolusRateBelowBasal: 'refuse' })).toEqual(['bolusRateBelowBasal']);
    expect(judged(atBasal, { bolusRateBelowBasal: 'refuse' })).toEqual([]);
  });
  test('is taken where it allows it', () => {
    expect(judged(below, { bolusRateBelowBasal: 'allow' })).toEqual([]);
  });
});

describe('the ceiling on the daily dose', () => {
  // 0.4 mL/day and four boluses of 0.02 mL, at 500 mcg/mL: 0.48 mL and 240 mcg a day.
  test('counts basal and every allotted bolus, and may be reached', () => {
    expect(judged(prescriptionOf({ ceiling: '240 mcg/day' }))).toEqual([]);
  });
  test('is exceeded by a single nanogram', () => {
    expect(judged({ ...prescriptionOf(), ceiling: doseRate.of(239_999) })).toEqual(['aboveCeiling']);
  });
  test('counts basal alone where there is no bolus', () => {
    expect(judged(prescriptionOf({ bolus: null, ceiling: '200 mcg/day' }))).toEqual([]);
    expect(judged({ ...prescriptionOf({ bolus: null }), ceiling: doseRate.of(199_999) })).toEqual(['aboveCeiling']);
  });
  test('is exceeded by less than a nanogram: nothing is rounded away', () => {
    const weak = prescriptionOf({ bolus: null, concentration: '1 ng/mL', basal: '1 mL/day' });
    const asked = { ...weak, program: basal(1_000_001).program, ceiling: doseRate.of(1) };
    expect(judged(asked)).toEqual(['aboveCeiling']);
  });
});

describe('what no pump could count or hold', () => {
  test('a bolus of more than the reservoir holds', () => {
    const days = withBolus({ rate: rate.parse('20 mL/day'), duration: span(86_400_000), lockout: span(86_400_000) });
    expect(judged(days)).toEqual([]);
    expect(judged(withBolus({ ...days.patientBolus, duration: span(86_400_001), lockout: span(86_400_001) }))).toEqual([
      'overCapacity',
    ]);
  });
});
