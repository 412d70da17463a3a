import { describe, expect, test } from 'vitest';
import { type DeviceProfile, mass, type Prescription, volume } from '../../shared/index.ts';
import { constant, daily, HOUR, MINUTE, ms, ordered, PRESS, periodic, rateOf, runs } from './commanded.ts';

/** 0.48 mL/day is 20 mcL in an hour: beside it 40 mcL leave room for a bolus of 20 mcL, to the last nanolitre. */
const basal = constant('0.48 mL/day');
const often = { ...PRESS, lockout: ms('5min') };
const most = (amount: string): Partial<DeviceProfile> => ({ hourlyMaximum: volume.parse(amount) });
const pumpOf = (amount = '40 mcL', changes: Partial<Prescription> = {}) =>
  runs({ program: basal, patientBolus: often, ...changes }, most(amount));

describe('a request beside the hourly maximum', () => {
  test('is granted where basal to come and bolus are just as much', () => {
    expect(pumpOf().press()).toBeUndefined();
  });

  test('is refused where they are a nanolitre more, whenever it is made', () => {
    expect(pumpOf('39.999 mcL').press()).toMatchObject({ code: 'hourlyMaximum', also: [], until: null });
  });

  test('waits until the bolus before it has left the hour', () => {
    const pump = pumpOf();
    pump.press();
    pump.pass('10min');
    expect(pump.press()).toMatchObject({ code: 'hourlyMaximum', until: HOUR });
    pump.passTo(HOUR - 1);
    expect(pump.press()).toMatchObject({ code: 'hourlyMaximum', until: HOUR });
    pump.passTo(HOUR);
    expect(pump.press()).toBeUndefined();
  });

  test('is told the dose limit too, and the first instant at which neither stands against it', () => {
    // 10 mcg a bolus, 60 mcg of basal in 6 h: two boluses in 6 h.
    const pump = pumpOf('40 mcL', { doseLimit: { dose: mass.parse('80 mcg'), window: ms('6h') } });
    pump.press();
    pump.passTo(HOUR);
    pump.press();
    pump.pass('10min');
    expect(pump.press()).toMatchObject({ code: 'doseLimit', also: ['hourlyMaximum'], until: 6 * HOUR });
    pump.passTo(6 * HOUR);
    expect(pump.press()).toBeUndefined();
  });

  test('of a diluent is judged alike: it is fluid that counts', () => {
    const pump = pumpOf('40 mcL', { drugs: [] });
    pump.press();
    pump.pass('10min');
    expect(pump.press()).toMatchObject({ code: 'hourlyMaximum', until: HOUR });
  });
});

describe('a program beside the hourly maximum', () => {
  test.each<[string, Prescription['program'], string, string]>([
    ['a constant rate', basal, '20 mcL', '19.999 mcL'],
    ['the highest hour of a day', daily({ '00:00': '0.24 mL/day', '08:30': '0.72 mL/day' }), '30 mcL', '29.999 mcL'],
    ['boluses that come by themselves', periodic('0.24 mL/day', '7.2 mL/day', '4min', '30min'), '50 mcL', '49.999 mcL'],
  ])('%s is taken where it is as much, and refused where it is more', (_, program, enough, less) => {
    const stage = (amount: string) =>
      runs({ program: constant('0.048 mL/day'), patientBolus: null }, most(amount)).stage(
        ordered({ program, patientBolus: null }),
      );
    expect(stage(enough)?.code).toBeUndefined();
    expect(stage(less)).toMatchObject({ code: 'hourlyMaximum', until: null });
  });

  test('that would exceed it through a bolus just given waits, whatever a clinician overrides', () => {
    const pump = pumpOf();
    pump.press();
    pump.pass('30min');
    const more = ordered({ program: constant('0.96 mL/day'), patientBolus: often });
    // 20 mcL of bolus and 20 t + 40 (1 h − t) of basal in the hour from 0:00 on: 40 mcL where t is 1 h.
    expect(pump.stage(more, { override: true })).toMatchObject({ code: 'hourlyMaximum' });
    pump.passTo(HOUR + 2 * MINUTE);
    expect(pump.prescribe(more)).toBeUndefined();
  });
});

describe('a single bolus beside the hourly maximum', () => {
  test('is refused where it is too much, also where the dose limit would halt one', () => {
    const pump = runs({ program: basal }, { ...most('40 mcL'), clinicianOverLimit: 'haltAtLimit' });
    expect(pump.order('0.0201 mL', '5min')).toMatchObject({ code: 'hourlyMaximum', until: null });
    expect(pump.order('0.02 mL', '5min')).toBeUndefined();
  });

  test('is taken from when on its hour has room', () => {
    const pump = pumpOf();
    pump.press();
    pump.pass('10min');
    expect(pump.order('0.02 mL', '2min')).toMatchObject({ code: 'hourlyMaximum', until: HOUR });
  });
});

test('a clock that is set does not bring the same hour of a schedule twice beside a bolus', () => {
  const program = daily({ '00:00': '0.24 mL/day', '08:00': '0.48 mL/day', '08:30': '0.24 mL/day' });
  const pump = runs({ program, patientBolus: often }, most('35 mcL'));
  // 10 + 5 mcL of basal and 20 of bolus from 08:00 to 09:00.
  expect(pump.press()).toBeUndefined();
  pump.pass('30min');
  expect(pump.moveClock(-30 * MINUTE)).toMatchObject({ code: 'hourlyMaximum' });
});

test('a pump whose largest rate keeps it by itself has none', () => {
  const pump = runs({ program: basal, patientBolus: { ...often, rate: rateOf('23 mL/day') } }, most('1 mL'));
  for (let press = 0; press < 10; press++) {
    expect(pump.press()).toBeUndefined();
    pump.pass('5min');
  }
});
