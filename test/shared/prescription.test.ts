import { describe, expect, test } from 'vitest';
import {
  concentration,
  doseRate,
  mass,
  type Prescription,
  type Program,
  parseDuration,
  prescriptionDigest,
  prescriptionSchema,
  rate,
  span,
  strengthOf,
  volume,
} from '../../shared/index.ts';
import { PRESCRIPTION, PROGRAMS } from './examples.ts';

const bolus = PRESCRIPTION.patientBolus ?? {};
const limit = PRESCRIPTION.doseLimit ?? {};
const [primary, second] = PRESCRIPTION.drugs;
if (primary === undefined || second === undefined) throw new Error('the example is a mixture of two');

const anotherThan = (changed: Prescription) =>
  expect(prescriptionDigest(changed)).not.toBe(prescriptionDigest(PRESCRIPTION));

describe('the digest of a prescription', () => {
  test('is the same for the same prescription, in whatever order it was written', () => {
    const { drugs, program, patientBolus, doseLimit, ceiling, lowReservoir, opening } = PRESCRIPTION;
    const backwards = { opening, lowReservoir, ceiling, doseLimit, patientBolus, program, drugs };
    expect(prescriptionDigest(backwards)).toBe(prescriptionDigest(PRESCRIPTION));
    expect(prescriptionDigest(PRESCRIPTION)).toMatch(/^[0-9a-f]{32}$/);
  });

  test.each<[string, Partial<Prescription>]>([
    ['another drug', { drugs: [{ ...primary, name: 'baclofen' }, second] }],
    [
      'another concentration',
      { drugs: [{ ...primary, concentration: concentration.parse('25.000001 mg/mL') }, second] },
    ],
    ['another second drug', { drugs: [primary, { ...second, name: 'clonidine' }] }],
    ['an opening', { opening: { type: 'delayed', until: span(1_767_600_000_000) } }],
    ['one drug fewer', { drugs: [primary] }],
    ['another primary drug', { drugs: [second, primary] }],
    ['another basal rate', { program: { type: 'constant', rate: rate.parse('0.400001 mL/day') } }],
    ['no patient bolus', { patientBolus: null }],
    ['no dose limit', { doseLimit: null }],
    ['another ceiling', { ceiling: doseRate.parse('12.000001 mg/day') }],
    ['another threshold', { lowReservoir: volume.of(PRESCRIPTION.lowReservoir + 1) }],
  ])('is another for %s', (_, change) => {
    anotherThan({ ...PRESCRIPTION, ...change });
  });

  test.each([
    ['rate', rate.parse('14.400001 mL/day')],
    ['duration', parseDuration('120.001s')],
    ['lockout', parseDuration('4h 1ms')],
    ['maxPerDay', 5],
  ])('is another for a bolus of another %s', (part, value) => {
    anotherThan(prescriptionSchema.parse({ ...PRESCRIPTION, patientBolus: { ...bolus, [part]: value } }));
  });

  test.each([
    ['dose', mass.parse('4.000001 mg')],
    ['window', parseDuration('6h 1ms')],
  ])('is another for a limit of another %s', (part, value) => {
    anotherThan(prescriptionSchema.parse({ ...PRESCRIPTION, doseLimit: { ...limit, [part]: value } }));
  });
});

describe('the digest of a program', () => {
  const digestOf = (program: Program) => prescriptionDigest({ ...PRESCRIPTION, program });
  const { daily, periodic, dated } = PROGRAMS;
  const moved = <S extends { readonly at: number }>(steps: readonly S[]) =>
    steps.map((step) => ({ ...step, at: parseDuration(`${step.at + 1}ms`) }));

  test('is another for every type of program', () => {
    expect(new Set(Object.values(PROGRAMS).map(digestOf)).size).toBe(Object.keys(PROGRAMS).length);
  });

  test.each<[string, Program, Program]>([
    [
      'one day in another group',
      daily,
      { ...daily, groups: daily.groups.map((g, i) => ({ ...g, days: i === 0 ? [0, 1, 2, 3] : [4, 5, 6] })) },
    ],
    [
      'a step a millisecond later',
      daily,
      { ...daily, groups: daily.groups.map((g) => ({ ...g, steps: moved(g.steps) })) },
    ],
    [
      'a periodic bolus a millisecond longer',
      periodic,
      { ...periodic, bolus: { ...periodic.bolus, duration: parseDuration('240001ms') } },
    ],
    ['another interval', periodic, { ...periodic, interval: parseDuration('6h 1ms') }],
    ['a date a millisecond later', dated, { ...dated, steps: moved(dated.steps) }],
    ['another rate before the first date', dated, { ...dated, first: rate.parse('0.200001 mL/day') }],
  ])('is another for %s', (_, one, other) => {
    expect(digestOf(other)).not.toBe(digestOf(one));
  });
});

describe('the strength doses are of', () => {
  test('is that of the primary drug, whatever stands behind it', () => {
    expect(strengthOf(PRESCRIPTION)).toBe(primary.concentration);
    expect(strengthOf({ drugs: [second, primary] })).toBe(second.concentration);
  });

  test('is 0 in a diluent', () => {
    expect(strengthOf({ drugs: [] })).toBe(0);
  });
});
