import { describe, expect, test } from 'vitest';
import { judgePrescription } from '../../firmware-sim/firmware/rules/prescription.ts';
import { factoryContext } from '../../firmware-sim/index.ts';
import {
  concentration,
  type DeviceProfile,
  type Prescription,
  type Program,
  type RefusalCode,
  rate,
  span,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { bolusOf, DAY, dailyOf, periodicOf, prescriptionOf, WALL } from './prescriptions.ts';

const judged = (prescription: Prescription, changes: Partial<DeviceProfile> = {}): readonly RefusalCode[] => {
  const refusal = judgePrescription(factoryContext(profileOf('synchromed-ii-like-20', changes)), prescription);
  return refusal === undefined ? [] : [refusal.code, ...refusal.also];
};
const { minimumRate, rateMaximum } = profileOf('synchromed-ii-like-20');

const flow = rate.parse('0.4 mL/day');
const of = (program: Program) => prescriptionOf({ program, bolus: null, ceiling: '10000 mg/day' });
const atMinimum = (by: number) => of({ type: 'minimumRate', rate: rate.of(minimumRate + by) });
const days = (...groups: readonly (readonly number[])[]) =>
  of({ type: 'daily', groups: groups.map((each) => ({ days: [...each], steps: [{ at: span(0), rate: flow }] })) });
const steps = (...at: readonly number[]) =>
  of({
    type: 'daily',
    groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps: at.map((each) => ({ at: span(each), rate: flow })) }],
  });
const many = (count: number) => steps(...Array.from({ length: count }, (_, i) => i * 1000));
const dates = (...at: readonly number[]) =>
  of({ type: 'dated', first: flow, steps: at.map((each) => ({ at: span(WALL + each), rate: flow })) });
const manyDates = (count: number) => Array.from({ length: count }, (_, i) => i * DAY);
const rates = (...each: readonly string[]) =>
  of({ type: 'dated', first: flow, steps: each.map((text, i) => ({ at: span(i), rate: rate.parse(text) })) });
const limited = (dose: string, window: string, asked: Parameters<typeof prescriptionOf>[0] = {}) =>
  prescriptionOf({ ...asked, doseLimit: { dose, window } });

/** What is asked, and the one reason against it; none where it is exactly at the boundary. */
const BOUNDARIES: readonly [what: string, Prescription, RefusalCode | null][] = [
  ['the pump’s minimum rate', atMinimum(0), null],
  ['a nL/day more', atMinimum(1), 'notMinimumRate'],
  ['a nL/day less', atMinimum(-1), 'notMinimumRate'],
  ['a schedule of one kind of days', days([0, 1, 2, 3, 4, 5, 6]), null],
  ['of seven kinds', days([6], [5], [4], [3], [2], [1], [0]), null],
  ['a schedule without a Sunday', days([0, 1, 2, 3, 4], [5]), 'scheduleIncomplete'],
  ['with two Sundays', days([0, 1, 2, 3, 4, 6], [5, 6]), 'scheduleIncomplete'],
  ['of no days', days(), 'scheduleIncomplete'],
  ['with a kind of no days', days([0, 1, 2, 3, 4, 5, 6], []), 'scheduleIncomplete'],
  ['steps that begin after midnight', steps(1, 1000), 'scheduleIncomplete'],
  ['steps at one time', steps(0, 1000, 1000), 'scheduleIncomplete'],
  ['steps out of order', steps(0, 2000, 1000), 'scheduleIncomplete'],
  ['a step a millisecond before midnight', steps(0, DAY - 1), null],
  ['a step at the next midnight', steps(0, DAY), 'scheduleIncomplete'],
  ['no step at all', steps(), 'scheduleIncomplete'],
  ['as many steps as the pump keeps', many(13), null],
  ['one more', many(14), 'tooManySteps'],
  ['dates a millisecond apart', dates(0, 1), null],
  ['two steps at one date', dates(1, 1), 'datesOutOfOrder'],
  ['dates out of order', dates(2, 1), 'datesOutOfOrder'],
  ['no dates', dates(), null],
  ['as many dates as the pump keeps', dates(...manyDates(13)), null],
  ['one more', dates(...manyDates(14)), 'tooManySteps'],
  ['a step of 0', rates('0 mL/day', '0.4 mL/day'), null],
  ['a step just below the smallest rate', rates('0.047999 mL/day'), 'basalBelowMinimum'],
  ['a step just above the largest', rates('24.000001 mL/day'), 'basalAboveMaximum'],
  ['a periodic bolus without a rate', of(periodicOf({ rate: '0 mL/day' })), 'periodicRateZero'],
  ['without a duration', of(periodicOf({ duration: '0min' })), 'periodicRateZero'],
  ['without an interval', of(periodicOf({ interval: '0h' })), 'periodicRateZero'],
  ['a millisecond shorter than its interval', of(periodicOf({ interval: '240001ms' })), null],
  ['as long as its interval', of(periodicOf({ interval: '4min' })), 'periodicLongerThanInterval'],
  ['with basal at the largest rate', of(periodicOf({ rate: '23.6 mL/day' })), null],
  ['with basal above it', of(periodicOf({ rate: '23.600001 mL/day' })), 'bolusTooFast'],
  ['a dose limit of no dose', limited('0 mg', '1h'), 'limitZero'],
  ['of no window', limited('1 mg', '0h'), 'limitZero'],
  ['of a whole day', limited('1 mg', '24h'), null],
  ['of a millisecond more', limited('1 mg', '86400001ms'), 'limitWindowTooLong'],
  ['a window as long as the bolus', limited('1 mg', '2min'), null],
  ['a millisecond shorter', limited('1 mg', '119999ms'), 'bolusLongerThanWindow'],
  ['a limit the basal reaches', limited('100 mcg', '12h', { bolus: null }), null],
  ['a limit the basal exceeds', limited('99.999 mcg', '12h', { bolus: null }), 'basalOverLimit'],
  ['the same in a schedule’s highest hours', limited('16.666 mcg', '2h', { program: night() }), 'basalOverLimit'],
  ['a limit those hours reach', limited('16.667 mcg', '2h', { program: night() }), null],
  ['a limit a periodic bolus reaches', limited('60 mcg', '6h', { program: periodicOf() }), null],
  ['a limit it exceeds', limited('59.999 mcg', '6h', { program: periodicOf() }), 'basalOverLimit'],
];

/** 0.4 mL/day from 23:00 to 1:00, and half of it else: 16.67 mcg in two hours over midnight. */
function night(): Program {
  return dailyOf({ '00:00': '0.4 mL/day', '01:00': '0.2 mL/day', '23:00': '0.4 mL/day' });
}

test.each(BOUNDARIES)('%s', (_, prescription, code) => {
  expect(judged(prescription)[0] ?? null).toBe(code);
});

describe('a mixture', () => {
  const [baclofen] = prescriptionOf().drugs;
  if (baclofen === undefined) throw new Error('the usual prescription is of baclofen');
  const of = (...drugs: Prescription['drugs']) => judged({ ...prescriptionOf({ ceiling: '10 mg/day' }), drugs });
  const clonidine = { ...baclofen, name: 'clonidine' } as const;

  test('holds each drug once, each of some strength', () => {
    expect(of(baclofen, clonidine)).toEqual([]);
    expect(of(baclofen, clonidine, baclofen)).toEqual(['drugTwice']);
    const saline = { ...clonidine, concentration: concentration.of(0) };
    expect(of(baclofen, saline)).toEqual(['concentrationZero']);
  });

  test('may hold none, but then a dose limit limits nothing and is refused', () => {
    expect(of()).toEqual([]);
    expect(judged({ ...limited('1 mg', '1h'), drugs: [] })).toEqual(['limitWithoutDrug']);
  });
});
describe('what may run side by side is counted together', () => {
  const side = (by: number) => ({
    ...of(periodicOf({ rate: '8 mL/day' })),
    patientBolus: { ...bolusOf(), rate: rate.of(rateMaximum - 8_400_000 + by) },
  });

  test('basal, periodic and patient bolus at the largest rate, and a nL/day more', () => {
    expect(judged(side(0))).toEqual([]);
    expect(judged(side(1))).toEqual(['bolusTooFast']);
  });

  test('the highest step of a schedule, not its mean', () => {
    const bolus = { ...bolusOf(), rate: rate.of(rateMaximum - 400_000) };
    expect(judged({ ...of(night()), patientBolus: bolus })).toEqual([]);
    expect(judged({ ...of(night()), patientBolus: { ...bolus, rate: rate.of(bolus.rate + 1) } })).toEqual([
      'bolusTooFast',
    ]);
  });
});

describe('the ceiling counts what may fall into 24 h', () => {
  // 0.4 mL and four periodic boluses of 0.02 mL are 240 mcg; four patient boluses are 40 mcg more.
  const asked = (ceiling: string, bolus: null | ReturnType<typeof bolusOf>) => ({
    ...prescriptionOf({ program: periodicOf(), ceiling }),
    patientBolus: bolus,
  });

  test('every periodic bolus, and one that was deferred into them', () => {
    expect(judged(asked('240 mcg/day', null))).toEqual([]);
    expect(judged(asked('239.999 mcg/day', null))).toEqual(['aboveCeiling']);
    expect(judged(asked('250 mcg/day', null), { periodicDuringBolus: 'defer' })).toEqual([]);
    expect(judged(asked('249.999 mcg/day', null), { periodicDuringBolus: 'defer' })).toEqual(['aboveCeiling']);
  });

  test('the patient boluses of two local days', () => {
    expect(judged(asked('280 mcg/day', bolusOf()))).toEqual([]);
    expect(judged(asked('280 mcg/day', bolusOf()), { countWindow: 'calendarDay' })).toEqual(['aboveCeiling']);
    expect(judged(asked('320 mcg/day', bolusOf()), { countWindow: 'calendarDay' })).toEqual([]);
  });
});
