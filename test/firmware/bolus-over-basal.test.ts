import { describe, expect, test } from 'vitest';
import { type DeviceProfile, delivered, doseRate, mass, type Prescription, span, volume } from '../../shared/index.ts';
import {
  type CommandedPump,
  constant,
  daily,
  HOUR,
  MINUTE,
  ms,
  ordered,
  PRESS,
  periodic,
  rateOf,
  runs,
} from './commanded.ts';

/** 0.48 mL/day is 20 mcL in an hour; a press is 20 mcL in 2 min, in which basal would give two thirds of one. */
const basal = constant('0.48 mL/day');
const REPLACE = { bolusOverBasal: 'replace' } as const;
const pumpOf = (changes: Partial<Prescription> = {}, profile: Partial<DeviceProfile> = {}) =>
  runs({ program: basal, ...changes }, { ...REPLACE, ...profile });

/** Rates commanded from an instant on, each with the minutes since. */
const ratesSince = (pump: CommandedPump, from: number) =>
  pump.rates.filter(({ at }) => at >= from).map(({ at, rate }) => [(at - from) / MINUTE, rate / 1e6]);

describe('a bolus that replaces basal', () => {
  test('of a patient flows alone, and what is calculated follows what was commanded', () => {
    const pump = pumpOf();
    const before = pump.context.ledger.commanded;
    expect(pump.press()).toBeUndefined();
    pump.passTo(HOUR);
    expect(ratesSince(pump, 0).slice(-2)).toEqual([
      [0, 14.4],
      [2, 0.48],
    ]);
    pump.do('stop');
    const given =
      delivered(rateOf('14.4 mL/day'), span(2 * MINUTE)) + delivered(rateOf('0.48 mL/day'), span(58 * MINUTE));
    expect(pump.context.ledger.commanded - before).toBeGreaterThanOrEqual(given);
    expect(pump.context.ledger.commanded - before).toBeLessThan(given + BigInt(pump.context.profile.strokeVolume));
  });

  test('of a clinician flows alone, too', () => {
    const pump = pumpOf();
    pump.pass('10min');
    expect(pump.order('0.02 mL', '4min')).toBeUndefined();
    pump.pass('10min');
    expect(ratesSince(pump, 10 * MINUTE)).toEqual([
      [0, 7.2],
      [4, 0.48],
    ]);
  });

  test('waits for that of a patient, which it resumes after: basal comes last', () => {
    const pump = pumpOf({}, { patientBolusDuringClinicianBolus: 'preempt' });
    pump.pass('10min');
    pump.order('0.02 mL', '4min');
    pump.pass('1min');
    expect(pump.press()).toBeUndefined();
    pump.pass('10min');
    expect(ratesSince(pump, 10 * MINUTE)).toEqual([
      [0, 7.2],
      [1, 14.4],
      [3, 7.2],
      [6, 0.48],
    ]);
  });

  test('that comes by itself flows alone, and beside that of a patient', () => {
    const pump = pumpOf(
      { program: periodic('0.48 mL/day', '7.2 mL/day', '4min', '1h') },
      { periodicDuringBolus: 'add' },
    );
    pump.passTo(HOUR + MINUTE);
    pump.press();
    pump.pass('10min');
    expect(ratesSince(pump, HOUR)).toEqual([
      [0, 7.2],
      [1, 21.6],
      [3, 7.2],
      [4, 0.48],
    ]);
  });

  test('outlasts a step of the program, which flows when it has ended', () => {
    const pump = pumpOf({ program: daily({ '00:00': '0.48 mL/day', '09:00': '0.96 mL/day' }) });
    pump.passTo(59 * MINUTE);
    pump.press();
    pump.pass('5min');
    const rates = ratesSince(pump, 59 * MINUTE);
    expect(rates.filter(([at]) => at !== 1)).toEqual([
      [0, 14.4],
      [2, 0.96],
    ]);
    expect(rates.filter(([at]) => at === 1).every(([, rate]) => rate === 14.4)).toBe(true);
  });
});

describe('a bolus that would replace basal and is slower', () => {
  const slow = { ...PRESS, rate: rateOf('0.479 mL/day'), duration: ms('1h') };
  const stage = (changes: Partial<Prescription>, profile: Partial<DeviceProfile> = REPLACE) =>
    runs({ program: constant('0.1 mL/day'), patientBolus: null }, profile).stage(ordered(changes))?.code;

  test.each<[string, Partial<Prescription>]>([
    ['of a patient', { program: basal, patientBolus: slow }],
    [
      'of a patient, at the highest step',
      { program: daily({ '00:00': '0.1 mL/day', '20:00': '0.48 mL/day' }), patientBolus: slow },
    ],
    ['that comes by itself', { program: periodic('0.48 mL/day', '0.479 mL/day', '1h', '4h'), patientBolus: null }],
  ])('%s would lessen the dose, and is refused', (_, changes) => {
    expect(stage(changes)).toBe('bolusRateBelowBasal');
    expect(stage(changes, { bolusOverBasal: 'add' })).toBeUndefined();
  });

  test('is one that is not: as fast as basal it is taken', () => {
    expect(stage({ program: basal, patientBolus: { ...slow, rate: rateOf('0.48 mL/day') } })).toBeUndefined();
  });

  test('of a clinician is refused, but on a stopped pump, whose basal it does not replace', () => {
    const pump = pumpOf();
    expect(pump.order('0.01 mL', '1h')).toMatchObject({ code: 'bolusRateBelowBasal', also: [] });
    pump.do('stop');
    expect(pump.order('0.01 mL', '1h')).toBeUndefined();
  });
});

describe('the largest rate of the pump, 24 mL/day,', () => {
  const fast = { ...PRESS, rate: rateOf('24 mL/day') };

  test('leaves no room for basal beside a bolus that replaces it, and none is needed', () => {
    expect(pumpOf({ patientBolus: fast }).press()).toBeUndefined();
    expect(pumpOf({}).order('1 mL', '1h')).toBeUndefined();
    const added = runs({ program: basal, patientBolus: null }, {});
    expect(added.stage(ordered({ program: basal, patientBolus: fast }))?.code).toBe('bolusTooFast');
    expect(added.order('1 mL', '1h')?.code).toBe('bolusTooFast');
  });

  test('is kept by boluses together', () => {
    const program = periodic('0.48 mL/day', '7.2 mL/day', '4min', '1h');
    const pump = pumpOf({ program, patientBolus: null });
    expect(pump.stage(ordered({ program, patientBolus: { ...PRESS, rate: rateOf('16.8 mL/day') } }))).toBeUndefined();
    const most = pump.stage(ordered({ program, patientBolus: { ...PRESS, rate: rateOf('16.801 mL/day') } }));
    // 33 602 nL at 16.8 mL/day take a moment more than 2 min: 3 min.
    expect(most).toMatchObject({ code: 'bolusTooFast', shortest: 3 * MINUTE });
  });
});

describe('a window of a dose limit holds so much less basal as the boluses in it replace', () => {
  const often = { ...PRESS, lockout: ms('5min') };
  /** In an hour 10 mcg of basal and 10 of a bolus, less a third of one. */
  const limited = (dose: string) => ({ patientBolus: often, doseLimit: { dose: mass.parse(dose), window: ms('1h') } });

  test('a bolus is granted that just fits, and none that does not', () => {
    expect(pumpOf(limited('19.667 mcg')).press()).toBeUndefined();
    expect(pumpOf(limited('19.666 mcg')).press()).toMatchObject({ code: 'doseLimit', until: null });
    expect(runs({ program: basal, ...limited('19.667 mcg') }, {}).press()?.code).toBe('doseLimit');
  });

  test('the next is granted at the instant told, and a millisecond before it is not', () => {
    const pump = pumpOf(limited('19.667 mcg'));
    pump.press();
    pump.pass('10min');
    // As much again fits where the first has left the hour that ends with it.
    const until = pump.press()?.until ?? 0;
    expect(until).toBeGreaterThan(HOUR - MINUTE);
    expect(until).toBeLessThanOrEqual(HOUR);
    pump.passTo(until - 1);
    expect(pump.press()).toMatchObject({ code: 'doseLimit', until });
    pump.passTo(until);
    expect(pump.press()).toBeUndefined();
  });

  test('where basal changes, a bolus waits for the step at which it replaces more', () => {
    // 7.5 mcg of basal in the hour about the step, 10 of the bolus: less 1/6 before 09:00, less 1/3 from then on.
    const program = daily({ '00:00': '0.24 mL/day', '09:00': '0.48 mL/day', '09:30': '0.24 mL/day' });
    const pump = pumpOf({ program, ...limited('17.167 mcg') });
    pump.passTo(30 * MINUTE);
    const refused = pump.press();
    expect(refused).toMatchObject({ code: 'doseLimit' });
    const until = refused?.until ?? 0;
    expect(until).toBeGreaterThan(HOUR - 1000);
    expect(until).toBeLessThanOrEqual(HOUR);
    pump.passTo(until - 1);
    expect(pump.press()).toMatchObject({ code: 'doseLimit', until });
    pump.passTo(until);
    expect(pump.press()).toBeUndefined();
  });

  test('a program of periodic boluses is taken that comes just to the limit', () => {
    // 20 mcL an hour and, four times, 20 mcL in place of 1/3 mcL: 98 2/3 mcL, 49 1/3 mcg.
    const program = periodic('0.48 mL/day', '28.8 mL/day', '1min', '15min');
    const stage = (dose: string) =>
      runs({ program: basal, patientBolus: null }, { ...REPLACE, rateMaximum: rateOf('100 mL/day') }).stage(
        ordered({ program, ...limited(dose), patientBolus: null }),
      )?.code;
    expect(stage('49.334 mcg')).toBeUndefined();
    expect(stage('49.333 mcg')).toBe('basalOverLimit');
  });

  test('so does the hour of the hourly maximum', () => {
    const most = (amount: string) => ({ hourlyMaximum: volume.parse(amount) });
    expect(pumpOf({ patientBolus: often }, most('39.334 mcL')).press()).toBeUndefined();
    expect(pumpOf({ patientBolus: often }, most('39.333 mcL')).press()).toMatchObject({ code: 'hourlyMaximum' });
  });
});

test('the ceiling is that of basal, and of the boluses what is beyond it', () => {
  // 480 mcL a day, and twenty times 20 less 2/3: 866 2/3 mcL, 433 1/3 mcg.
  const stage = (most: string, profile: Partial<DeviceProfile>) =>
    runs({ program: constant('0.1 mL/day'), patientBolus: null }, profile).stage(
      ordered({ program: basal, ceiling: doseRate.parse(most) }),
    )?.code;
  expect(stage('433.334 mcg/day', REPLACE)).toBeUndefined();
  expect(stage('433.333 mcg/day', REPLACE)).toBe('aboveCeiling');
  expect(stage('433.334 mcg/day', {})).toBe('aboveCeiling');
});
