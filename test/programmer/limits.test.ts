import { describe, expect, test } from 'vitest';
import { exceeded } from '../../programmer/index.ts';
import { exceededByBolus } from '../../programmer/library/limits.ts';
import {
  concentration,
  type Drug,
  type DrugName,
  doseRate,
  massOf,
  type Prescription,
  parseDuration,
  rate,
  volume,
} from '../../shared/index.ts';
import { SITE } from './site-library.ts';
import { SETTINGS } from './visit-examples.ts';

/** A prescription of so many mL a day of some drugs. */
function prescription(
  daily: string,
  drugs: Readonly<Partial<Record<DrugName, string>>>,
  changes: Partial<Prescription> = {},
): Prescription {
  return {
    drugs: Object.entries(drugs).map(([name, strength]) => ({
      name: name as DrugName,
      concentration: concentration.parse(strength),
    })),
    program: { type: 'constant', rate: rate.parse(`${daily} mL/day`) },
    patientBolus: null,
    doseLimit: null,
    ceiling: doseRate.parse('1000 mg/day'),
    lowReservoir: volume.parse('2 mL'),
    opening: null,
    ...changes,
  };
}

const mg = { morphine: '1 mg/mL' } as const;
/** What is exceeded, in a word each: "dailyDose soft". */
const found = (now: Prescription, before: Prescription | null = now) =>
  exceeded(now, before, SITE, SETTINGS.dayRules).map(({ drug, limit, level }) => `${drug} ${limit} ${level}`);

describe('what tubing and catheter hold of another fluid comes first:', () => {
  const now = prescription('4', mg);
  const limits = (held: readonly { drugs: readonly Drug[]; left: string }[], of = now) =>
    exceeded(
      of,
      now,
      SITE,
      SETTINGS.dayRules,
      held.map(({ drugs, left }) => ({ drugs, left: volume.parse(left) })),
    ).map(({ drug, limit, level, value }) => `${drug} ${limit} ${level} ${value}`);
  const morphine = (strength: string): Drug => ({ name: 'morphine', concentration: concentration.parse(strength) });

  test('a day of the program brings it with the rest of its own', () => {
    // 1 mL of 3.001 mg/mL and 3 mL of 1: above a step of a half from 4 mg.
    expect(limits([{ drugs: [morphine('3 mg/mL')], left: '1 mL' }])).toEqual([]);
    expect(limits([{ drugs: [morphine('3.001 mg/mL')], left: '1 mL' }])).toEqual(['morphine step soft 6001000']);
    // 1 mL of 9 mg/mL, 1 mL of 5 and 2 mL of 1.
    const two = [
      { drugs: [morphine('9 mg/mL')], left: '1 mL' },
      { drugs: [morphine('5 mg/mL')], left: '1 mL' },
    ];
    expect(limits(two)).toEqual(['morphine dailyDose hard 16000000', 'morphine step soft 16000000']);
  });

  test('so does a patient bolus', () => {
    const patientBolus = {
      rate: rate.parse('2.4 mL/day'),
      duration: parseDuration('1h'),
      lockout: parseDuration('4h'),
      maxPerDay: 1,
      parts: [],
    };
    // 0.1 mL of 8 mg/mL are 0.8 mg: above the 0.5 that are asked about.
    const held = [{ drugs: [morphine('8 mg/mL')], left: '0.1 mL' }];
    expect(limits([], { ...now, patientBolus })).toEqual([]);
    expect(limits(held, { ...now, patientBolus })).toContain('morphine patientBolus soft 800000');
  });

  test('a drug that the program has none of is judged for what is left of it', () => {
    const held = [
      { drugs: [{ name: 'ziconotide' as const, concentration: concentration.parse('100 mcg/mL') }], left: '0.24 mL' },
    ];
    expect(limits(held)).toEqual(['ziconotide dailyDose hard 24000']);
  });

  test('a bridge brings each of its fluids for a day', () => {
    const opening = { type: 'bridge', rate: rate.parse('1 mL/day'), duration: parseDuration('12h') } as const;
    const held = [{ drugs: [morphine('16 mg/mL')], left: '0.1 mL' }];
    expect(limits([], { ...now, opening })).toEqual([]);
    expect(limits(held, { ...now, opening })).toEqual([
      'morphine dailyDose hard 16000000',
      'morphine step soft 16000000',
    ]);
  });
});

/** A rate with one nL a day more: at 1 mg/mL one ng. */
describe('a limit', () => {
  test.each([
    ['soft', '10', '10.000001', 'morphine dailyDose soft'],
    ['hard', '15', '15.000001', 'morphine dailyDose hard'],
  ])('%s of the daily dose: as much is not above it, one ng more is', (level, at, above, what) => {
    expect(found(prescription(at, mg))).toEqual(level === 'soft' ? [] : ['morphine dailyDose soft']);
    expect(found(prescription(above, mg))).toEqual([what]);
  });

  test.each([
    ['1', []],
    ['1.000001', ['morphine startingDose soft']],
    ['3', ['morphine startingDose soft']],
    ['3.000001', ['morphine startingDose hard']],
  ])('of a first dose of %s mg', (daily, what) => {
    expect(found(prescription(daily, mg), null)).toEqual(what);
    expect(found(prescription(daily, mg), prescription('1', { baclofen: '500 mcg/mL' }))).toEqual(what);
    expect(found(prescription(daily, mg), prescription('0', mg))).toEqual(what);
  });

  test.each([
    ['3', []],
    ['3.000001', ['morphine step soft']],
    ['1.9', []],
  ])('of a step from 2 mg/day by half, to %s', (daily, what) => {
    expect(found(prescription(daily, mg), prescription('2', mg))).toEqual(what);
  });

  test('of a step in a dose a day', () => {
    const of = (daily: string) => prescription(daily, { ziconotide: '25 mcg/mL' });
    // 0.096 mL/day is 2.4 mcg/day.
    expect(found(of('0.192'), of('0.096'))).toEqual([]);
    expect(found(of('0.192001'), of('0.096'))).toEqual(['ziconotide step soft']);
  });

  test('of a step looks at the dose, whatever the strength', () => {
    expect(found(prescription('0.3', { morphine: '10 mg/mL' }), prescription('2', mg))).toEqual([]);
    expect(found(prescription('2', { morphine: '2 mg/mL' }), prescription('2', mg))).toEqual(['morphine step soft']);
  });

  test.each([
    ['25 mg/mL', []],
    ['25.000001 mg/mL', ['morphine concentration soft']],
    ['50 mg/mL', ['morphine concentration soft']],
    ['50.000001 mg/mL', ['morphine concentration hard']],
  ])('of the concentration, %s', (strength, what) => {
    expect(found(prescription('0.1', { morphine: strength }))).toEqual(what);
  });

  const bolus = (perDay: string) => ({ rate: rate.parse(perDay), duration: parseDuration('1h') });
  test.each([
    ['12 mL/day', []],
    ['12.000024 mL/day', ['morphine patientBolus soft']],
    ['19.2 mL/day', ['morphine patientBolus soft']],
    ['19.200024 mL/day', ['morphine patientBolus hard']],
  ])('of a bolus of the patient, an hour of %s', (perDay, what) => {
    const patientBolus = { ...bolus(perDay), lockout: parseDuration('4h'), maxPerDay: 1, parts: [] };
    expect(found(prescription('1', mg, { patientBolus }))).toEqual(what);
  });

  test.each([
    ['4.8 mL/day', []],
    ['4.800024 mL/day', ['morphine clinicianBolus soft']],
    ['9.6 mL/day', ['morphine clinicianBolus soft']],
    ['9.600024 mL/day', ['morphine clinicianBolus hard']],
  ])('of a periodic bolus, an hour of %s', (perDay, what) => {
    const program = {
      type: 'periodic',
      rate: rate.parse('1 mL/day'),
      bolus: bolus(perDay),
      interval: parseDuration('12h'),
    } as const;
    expect(found(prescription('1', mg, { program }))).toEqual(what);
  });
});

describe('a single bolus behind a fluid that is still in the path', () => {
  const strong = { name: 'morphine', concentration: concentration.parse('10 mg/mL') } as const;
  const weak = prescription('1', { morphine: '1 mg/mL' });
  const ordered = (left: string | null, drugs: readonly Drug[], now = weak, amount = '2.4 mL/day') =>
    exceededByBolus(
      { rate: rate.parse(amount), duration: parseDuration('1h') },
      now,
      SITE,
      left === null ? null : { drugs, left: volume.parse(`${left} mL`) },
    ).map(({ drug, limit, value, level }) => `${drug} ${limit} ${value} ${level}`);

  test('is judged by what it brings of both', () => {
    expect(ordered(null, [])).toEqual([]);
    // 0.1 mL: 0.011 mL at 10 mg/mL and the rest at 1 mg/mL are 0.199 mg, and with 0.012 mL 0.208 mg.
    expect(ordered('0.011', [strong])).toEqual([]);
    expect(ordered('0.012', [strong])).toEqual(['morphine clinicianBolus 208000 soft']);
    expect(ordered('5', [strong])).toEqual(['morphine clinicianBolus 1000000 hard']);
  });

  test('and where the old is the weaker, as if all of it were the new', () => {
    const now = prescription('1', { morphine: '10 mg/mL' });
    const old = { name: 'morphine', concentration: concentration.parse('1 mg/mL') } as const;
    expect(ordered('5', [old], now)).toEqual(['morphine clinicianBolus 1000000 hard']);
  });

  test('of a drug that is prescribed no more', () => {
    const now = prescription('1', { bupivacaine: '1 mg/mL' });
    expect(ordered('0.021', [strong], now)).toEqual(['morphine clinicianBolus 210000 soft']);
    expect(ordered('0.02', [strong], now)).toEqual([]);
    expect(ordered('0.02', [{ ...strong, name: 'sufentanil' }], now)).toEqual([]);
  });
});

describe('the drugs of a mixture', () => {
  test('are judged each by itself', () => {
    const both = { morphine: '1 mg/mL', bupivacaine: '4 mg/mL' } as const;
    expect(found(prescription('2', both))).toEqual([]);
    expect(found(prescription('2.000001', both))).toEqual(['bupivacaine dailyDose soft']);
    expect(found(prescription('15.1', both))).toEqual(['morphine dailyDose hard', 'bupivacaine dailyDose soft']);
  });

  test('count with every allotted bolus', () => {
    const patientBolus = {
      rate: rate.parse('12 mL/day'),
      duration: parseDuration('1h'),
      lockout: parseDuration('4h'),
      maxPerDay: 4,
      parts: [],
    };
    // 8 mg/day and 4 boluses of 0.5 mg.
    expect(found(prescription('8', mg, { patientBolus }))).toEqual([]);
    expect(found(prescription('8.000001', mg, { patientBolus }))).toEqual(['morphine dailyDose soft']);
  });

  test('that the library does not list are asked about', () => {
    expect(exceeded(prescription('1', { fentanyl: '1 mg/mL' }), null, SITE, SETTINGS.dayRules)).toEqual([
      { drug: 'fentanyl', limit: 'unlisted', value: 1_000_000, bound: null, level: 'soft' },
    ]);
  });

  test('are none in a diluent, which exceeds nothing', () => {
    expect(found(prescription('24', {}), null)).toEqual([]);
  });
});

test('what is exceeded says by how much, in whole ng', () => {
  const amount = volume.parse('10.5 mL');
  expect(exceeded(prescription('10.5', mg), prescription('10.5', mg), SITE, SETTINGS.dayRules)).toEqual([
    {
      drug: 'morphine',
      limit: 'dailyDose',
      value: massOf(amount, concentration.parse('1 mg/mL')),
      bound: 10_000_000,
      level: 'soft',
    },
  ]);
});
