import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bolusVolume,
  concentration,
  type DayPart,
  type DayRules,
  dailyDoseOf,
  delivered,
  doseOf,
  doseRate,
  highestDailyDose,
  highestDailyVolume,
  instant,
  mass,
  massOf,
  type Prescription,
  parseDuration,
  rate,
  rateForDose,
  rateOver,
  span,
  VOLUME_PER_ML,
  volume,
  volumeOfMass,
  whenDelivered,
  withinDailyDose,
} from '../../shared/index.ts';
import { PROGRAMS } from './examples.ts';

const strengths = fc.integer({ min: 1, max: 1_000_000_000 }).map(concentration.of);
const flows = fc.integer({ min: 1, max: 2_400_000_000 }).map(rate.of);
const volumes = fc.bigInt({ min: 0n, max: 104n * VOLUME_PER_ML }).map((n) => volume.of(Number(n)));
const NL_PER_ML = 1_000_000n;

describe('the rate of a daily dose', () => {
  test('200 mcg/day of 500 mcg/mL are 0.4 mL/day, and back', () => {
    const strength = concentration.parse('500 mcg/mL');
    expect(rate.format(rateForDose(doseRate.parse('200 mcg/day'), strength))).toBe('0.4 mL/day');
    expect(doseRate.format(doseOf(rate.parse('0.4 mL/day'), strength))).toBe('200 mcg/day');
  });

  test('never delivers more than was asked, and one nL/day more would', () => {
    const doses = fc.integer({ min: 0, max: 1_000_000_000 }).map(doseRate.of);
    fc.assert(
      fc.property(doses, strengths, (dose, strength) => {
        const asked = BigInt(dose) * NL_PER_ML;
        const flow = BigInt(rateForDose(dose, strength));
        expect(flow * BigInt(strength) <= asked).toBe(true);
        expect((flow + 1n) * BigInt(strength) > asked).toBe(true);
      }),
    );
  });

  test('the dose shown for a rate is within half an ng/day of the exact one', () => {
    fc.assert(
      fc.property(flows, fc.integer({ min: 1, max: 100_000_000 }).map(concentration.of), (flow, strength) => {
        const off = BigInt(doseOf(flow, strength)) * NL_PER_ML - BigInt(flow) * BigInt(strength);
        expect((off < 0n ? -off : off) * 2n <= NL_PER_ML).toBe(true);
      }),
    );
  });
});

describe('when an amount has flowed', () => {
  test('it is the first whole millisecond: the one before has delivered less', () => {
    const starts = fc.integer({ min: 0, max: 1_000_000_000 }).map(instant);
    const amounts = volumes.filter((amount) => amount > 0);
    fc.assert(
      fc.property(starts, flows, amounts, (start, flow, amount) => {
        const at = whenDelivered(start, flow, amount);
        const time = BigInt(at ?? 0) - BigInt(start);
        expect(BigInt(flow) * time >= BigInt(amount)).toBe(true);
        expect(BigInt(flow) * (time - 1n) < BigInt(amount)).toBe(true);
      }),
    );
  });

  test.each([
    ['0.2 mL/day', '18 mL', parseDuration('90d')],
    ['1 nL/day', '1 nL', parseDuration('1d')],
    ['0 mL/day', '1 nL', undefined],
    ['0 mL/day', '0 mL', 0],
    ['1 nL/day', '0 mL', 0],
  ])('at %s, %s', (flow, amount, at) => {
    expect(whenDelivered(instant(0), rate.parse(flow), volume.parse(amount))).toBe(at);
  });
});

describe('a bolus', () => {
  test('the volume of a mass never holds more than the mass, and one unit more would', () => {
    const masses = fc.integer({ min: 0, max: 10_000_000 }).map(mass.of);
    const strong = fc.integer({ min: 1_000_000, max: 1_000_000_000 }).map(concentration.of);
    fc.assert(
      fc.property(masses, strong, (dose, strength) => {
        const amount = BigInt(volumeOfMass(dose, strength));
        expect(amount * BigInt(strength) <= BigInt(dose) * VOLUME_PER_ML).toBe(true);
        expect((amount + 1n) * BigInt(strength) > BigInt(dose) * VOLUME_PER_ML).toBe(true);
      }),
    );
  });

  test('its rate never delivers more than its volume, and one nL/day more would', () => {
    const durations = fc.integer({ min: 1, max: 86_400_000 }).map(span);
    fc.assert(
      fc.property(volumes, durations, (amount, time) => {
        const flow = BigInt(rateOver(amount, time));
        expect(flow * BigInt(time) <= BigInt(amount)).toBe(true);
        expect((flow + 1n) * BigInt(time) > BigInt(amount)).toBe(true);
      }),
    );
  });

  test('10 mcg of 500 mcg/mL are 0.02 mL; over 2 min that is 14.4 mL/day', () => {
    const strength = concentration.parse('500 mcg/mL');
    const amount = volumeOfMass(mass.parse('10 mcg'), strength);
    expect(volume.format(amount)).toBe('0.02 mL');
    expect(rate.format(rateOver(amount, parseDuration('2min')))).toBe('14.4 mL/day');
    expect(mass.format(massOf(amount, strength))).toBe('10 mcg');
  });
});

describe('a dose for people', () => {
  const strengthUpTo = fc.integer({ min: 1, max: 100_000_000 }).map(concentration.of);

  test('of a volume in 24 h is within half an ng/day of the exact one, and that of a rate is the same', () => {
    fc.assert(
      fc.property(volumes, strengthUpTo, (inADay, strength) => {
        const off = BigInt(dailyDoseOf(BigInt(inADay), strength)) * VOLUME_PER_ML - BigInt(inADay) * BigInt(strength);
        expect((off < 0n ? -off : off) * 2n <= VOLUME_PER_ML).toBe(true);
      }),
    );
    fc.assert(
      fc.property(flows, strengthUpTo, (flow, strength) => {
        expect(dailyDoseOf(delivered(flow, span(86_400_000)), strength)).toBe(doseOf(flow, strength));
      }),
    );
  });
});

const PRIMARY: Pick<Prescription, 'drugs'> = {
  drugs: [
    { name: 'bupivacaine', concentration: concentration.parse('20 mg/mL') },
    { name: 'morphine', concentration: concentration.parse('25 mg/mL') },
  ],
};

/** A pump whose day is any 24 h, and whose periodic boluses come on time or not at all. */
const RULES: DayRules = { countWindow: 'rolling24h', periodicDuringBolus: 'skip', bolusOverBasal: 'add' };

describe('the most a prescription can command in a day', () => {
  const prescription: Prescription = {
    drugs: [{ name: 'morphine', concentration: concentration.parse('25 mg/mL') }],
    program: { type: 'constant', rate: rate.parse('0.4 mL/day') },
    patientBolus: {
      rate: rate.parse('14.4 mL/day'),
      duration: parseDuration('2min'),
      lockout: parseDuration('4h'),
      maxPerDay: 4,
      parts: [],
    },
    doseLimit: null,
    ceiling: doseRate.of(0),
    lowReservoir: volume.parse('2 mL'),
    opening: null,
  };

  test('is its basal and every allotted bolus: 0.4 mL and four of 0.02 mL', () => {
    expect(volume.format(highestDailyVolume(prescription, RULES))).toBe('0.48 mL');
    expect(doseRate.format(highestDailyDose(prescription, RULES), 2, 'mg/day')).toBe('12 mg/day');
    expect(volume.format(highestDailyVolume({ ...prescription, patientBolus: null }, RULES))).toBe('0.4 mL');
  });

  test.each<[string, Partial<Prescription>, string, string]>([
    [
      'a schedule: its highest 24 h, from Friday to Saturday',
      { program: PROGRAMS.daily, patientBolus: null },
      '0.51875 mL',
      '12.97 mg/day',
    ],
    ['dated steps: the last and highest', { program: PROGRAMS.dated, patientBolus: null }, '0.3 mL', '7.5 mg/day'],
    [
      'periodic boluses: every one in 24 h',
      { program: PROGRAMS.periodic, patientBolus: null },
      '0.18 mL',
      '4.5 mg/day',
    ],
    ['periodic and patient boluses: all of them', { program: PROGRAMS.periodic }, '0.26 mL', '6.5 mg/day'],
    ['a mixture: the primary drug alone', PRIMARY, '0.48 mL', '9.6 mg/day'],
    ['a diluent: volume, and no dose', { drugs: [] }, '0.48 mL', '0 mg/day'],
  ])('of %s', (_, change, inVolume, inDose) => {
    const whole = { ...prescription, ...change };
    const nl = Number((highestDailyVolume(whole, RULES) * 2n + 86_400_000n) / (2n * 86_400_000n));
    expect(`${nl / 1_000_000} mL`).toBe(inVolume);
    expect(doseRate.format(highestDailyDose(whole, RULES), 2, 'mg/day')).toBe(inDose);
  });

  // 0.4 mL and four of 0.02 mL, and once more four; 0.1 mL, four of 0.02 mL by themselves, and a fifth.
  test.each<[string, Partial<Prescription>, Partial<DayRules>, string]>([
    [
      'boluses counted by the day: those before midnight and those after',
      {},
      { countWindow: 'calendarDay' },
      '0.56 mL',
    ],
    ['no boluses, however they are counted', { patientBolus: null }, { countWindow: 'calendarDay' }, '0.4 mL'],
    [
      'a periodic bolus that may be deferred: one more',
      { program: PROGRAMS.periodic, patientBolus: null },
      { periodicDuringBolus: 'defer' },
      '0.2 mL',
    ],
    ['basal alone, of which nothing is deferred', { patientBolus: null }, { periodicDuringBolus: 'defer' }, '0.4 mL'],
  ])('counts %s', (_, change, rules, inVolume) => {
    const most = highestDailyVolume({ ...prescription, ...change }, { ...RULES, ...rules });
    expect(volume.format(most)).toBe(inVolume);
  });

  test('the daily dose that covers it is the smallest that does', () => {
    const boluses = fc.record({
      rate: fc.integer({ min: 1, max: 24_000_000 }).map(rate.of),
      duration: fc.integer({ min: 1, max: 600_000 }).map(span),
      lockout: fc.integer({ min: 1, max: 86_400_000 }).map(span),
      maxPerDay: fc.integer({ min: 1, max: 24 }),
      parts: fc.constant([] as DayPart[]),
    });
    const basals = fc.integer({ min: 1, max: 24_000_000 }).map(rate.of);
    fc.assert(
      fc.property(basals, fc.option(boluses), strengths, (basal, patientBolus, strength) => {
        const drugs = prescription.drugs.map((drug) => ({ ...drug, concentration: strength }));
        const program = { type: 'constant', rate: basal } as const;
        const whole = { ...prescription, program, patientBolus, drugs };
        const most = highestDailyVolume(whole, RULES);
        const bolus = patientBolus === null ? 0n : BigInt(bolusVolume(patientBolus)) * BigInt(patientBolus.maxPerDay);
        expect(most).toBe(BigInt(basal) * 86_400_000n + bolus);
        const covering = highestDailyDose(whole, RULES);
        expect(withinDailyDose(most, strength, covering)).toBe(true);
        expect(withinDailyDose(most, strength, doseRate.of(covering - 1))).toBe(false);
      }),
    );
  });
});
