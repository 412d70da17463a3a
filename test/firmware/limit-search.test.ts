import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whenWithinLimit } from '../../firmware-sim/firmware/rules/dose-limit.ts';
import { instant, mass, type Program } from '../../shared/index.ts';
import { runningChart } from './chart-on-bench.ts';
import { CommandedPump, constant, ms, ordered, PRESS, rateOf } from './commanded.ts';
import { changesAsWorkedOut, changesWhenTold } from './limit-change.ts';
import { dailyOf, HOUR, periodicOf, prescriptionOf } from './prescriptions.ts';

/* The search for the next bolus a dose limit lets through: it ends, and passes over no instant. */

test('a limit a hair too small for a bolus beside the basal is told at once: never', () => {
  // 100 mcg of basal in 12 h, and a bolus of 10 mcg.
  const pump = runningChart({}, prescriptionOf({ doseLimit: { dose: '109.999 mcg', window: '12h' } }));
  pump.pass('13h');
  expect(whenWithinLimit(pump.context, pump.now)).toBeUndefined();
});

test('after far more than the limit was given, the first bolus that fits is found at once', () => {
  const pump = runningChart({}, prescriptionOf({ basal: '20 mL/day', bolus: null }));
  pump.pass('4h');
  pump.commit(prescriptionOf({ basal: '0.2 mL/day', doseLimit: { dose: '35.1 mcg', window: '6h' } }));
  const next = whenWithinLimit(pump.context, pump.now) ?? pump.now;
  // What the old basal gave has left the window six hours later, and until the bolus has ended; the new one and it fit.
  expect(next).toBeGreaterThan(pump.now + 6 * HOUR - 120_000);
  expect(next).toBeLessThanOrEqual(pump.now + 6 * HOUR);
});

test('a bolus that the next periodic one leaves no room for fits again once that has left the window', () => {
  // 25 mcg in half an hour every 20 h; 35 mcg of a press beside it are too much in 4 h, and fit before and after.
  const program = periodicOf({ basal: '0 mL/day', rate: '2.4 mL/day', duration: '30min', interval: '20h' });
  const bolus = { rate: '14.4 mL/day', duration: '7min' };
  const pump = runningChart(
    { periodicDuringBolus: 'skip' },
    prescriptionOf({ program, bolus, doseLimit: { dose: '55 mcg', window: '4h' } }),
  );
  pump.pass('15h');
  expect(whenWithinLimit(pump.context, pump.now)).toBe(pump.now);
  pump.pass('2h');
  const next = whenWithinLimit(pump.context, pump.now) ?? 0;
  // It may end when 20 mcg of the periodic bolus are left in the window: 24 of its 30 minutes.
  expect(next).toBe(24 * HOUR + (6 - 7) * 60_000);
});

test('where a search ends, what comes in the last window still counts', () => {
  // A periodic bolus of 50 mcg begins 5 min before the window is over that a bolus of 20 min begins with.
  const program = periodicOf({ basal: '0 mL/day', rate: '14.4 mL/day', duration: '10min', interval: '6h' });
  const bolus = { rate: '1.44 mL/day', duration: '20min' };
  const pump = runningChart(
    { periodicDuringBolus: 'skip' },
    prescriptionOf({ program, bolus, doseLimit: { dose: '55 mcg', window: '4h' }, ceiling: '10 mg/day' }),
  );
  pump.pass('2h 5min');
  expect(whenWithinLimit(pump.context, pump.now, pump.now, undefined, pump.now)).toBeUndefined();
});

test('a change may be made at the instant that is told, and at none before', () => {
  expect(changesWhenTold(80)).toBeGreaterThan(5);
});

test('a change is taken where no window holds more than its limit, or than it would hold without', () => {
  const { worse, refused } = changesAsWorkedOut(300, 60_000);
  expect(worse).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(20);
});

test('there is no instant before it that would do', () => {
  const programs = fc.constantFrom(
    dailyOf({ '00:00': '0.2 mL/day', '09:00': '1 mL/day', '10:00': '0 mL/day', '13:30': '0.6 mL/day' }),
    periodicOf({ basal: '0.1 mL/day', rate: '2.4 mL/day', duration: '30min', interval: '3h' }),
    periodicOf({ basal: '0 mL/day', rate: '7.2 mL/day', duration: '4min', interval: '45min' }),
  );
  const cases = fc.record({
    program: programs,
    dose: fc.integer({ min: 30, max: 130 }),
    hours: fc.constantFrom('1h', '4h', '6h'),
    presses: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 8 }),
    share: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 4, maxLength: 4 }),
    bolusOverBasal: fc.constantFrom('add' as const, 'replace' as const),
  });
  let [found, never] = [0, 0];
  fc.assert(
    fc.property(cases, ({ program, dose, hours, bolusOverBasal, presses, share }) => {
      const bolus = { rate: '2 mL/day', duration: '20min', lockout: '20min', maxPerDay: 20 };
      const limited = prescriptionOf({ program, bolus, doseLimit: { dose: `${dose} mcg`, window: hours } });
      const pump = runningChart({ periodicDuringBolus: 'add', bolusOverBasal }, limited);
      if (pump.context.prescription === null) return;
      for (const minutes of presses) {
        pump.pass(`${minutes}min`);
        pump.press();
      }
      const next = whenWithinLimit(pump.context, pump.now);
      if (next === undefined) {
        never += 1;
        return;
      }
      if (next > pump.now) found += 1;
      const start = pump.now;
      const before = share.map((each) => start + Math.floor((next - start) * each));
      for (const time of [...before, Math.max(start, next - 1), next].toSorted((a, b) => a - b)) {
        pump.passTo(time);
        expect(whenWithinLimit(pump.context, pump.now)).toBe(next);
      }
    }),
    { numRuns: 120, seed: 21 },
  );
  expect(found).toBeGreaterThan(3);
  expect(never).toBeGreaterThan(3);
});

test('whatever it begins and ends with, the search finds the first instant that is taken by itself', () => {
  const program = fc.oneof(
    fc.constantFrom(
      dailyOf({ '00:00': '0.2 mL/day', '09:00': '1 mL/day', '10:00': '0 mL/day', '13:30': '0.6 mL/day' }),
      periodicOf({ basal: '0.1 mL/day', rate: '2.4 mL/day', duration: '30min', interval: '3h' }),
      periodicOf({ basal: '0 mL/day', rate: '7.2 mL/day', duration: '4min', interval: '45min' }),
      periodicOf({ basal: '0.1 mL/day', rate: '4.8 mL/day', duration: '20min', interval: '20h' }),
    ),
    fc.integer({ min: 1, max: 8 }).map((tenths): Program => constant(`0.${tenths} mL/day`)),
  );
  const cases = fc.record({
    program,
    dose: fc.integer({ min: 20, max: 130 }),
    window: fc.constantFrom('1h', '4h', '6h'),
    presses: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
    order: fc.option(fc.constantFrom('10min', '1h', '3h')),
    then: fc.integer({ min: 1, max: 30 }),
    ahead: fc.integer({ min: 0, max: 5 * HOUR }),
    reach: fc.option(fc.integer({ min: 0, max: 12 * HOUR })),
    share: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 8, maxLength: 8 }),
    bolusOverBasal: fc.constantFrom('add' as const, 'replace' as const),
    periodicDuringBolus: fc.constantFrom('add' as const, 'defer' as const, 'skip' as const),
  });
  const found = { at: 0, later: 0, never: 0 };
  fc.assert(
    fc.property(cases, ({ program, dose, window, presses, order, then, ahead, reach, share, ...profile }) => {
      const patientBolus = { ...PRESS, rate: rateOf('2 mL/day'), duration: ms('20min'), lockout: ms('20min') };
      const doseLimit = { dose: mass.parse(`${dose} mcg`), window: ms(window) };
      const pump = new CommandedPump({ ...profile, patientBolusDuringClinicianBolus: 'preempt' });
      if (pump.prescribe(ordered({ program, patientBolus, doseLimit })) !== undefined) return;
      if (order !== null) pump.order('0.05 mL', order);
      for (const minutes of presses) {
        pump.pass(`${minutes}min`);
        pump.press();
      }
      pump.pass(`${then}min`);
      const { context, chart } = pump;
      const from = instant(chart.now + ahead);
      const last = reach === null ? undefined : from + reach;
      const next = whenWithinLimit(context, chart.now, from, patientBolus, last);
      const taken = (start: number) =>
        whenWithinLimit(context, chart.now, instant(start), patientBolus, start) === start;
      if (next !== undefined) {
        expect(next).toBeGreaterThanOrEqual(from);
        expect(next).toBeLessThanOrEqual(last ?? next);
        expect(taken(next)).toBe(true);
      }
      const end = next ?? last ?? from + 30 * HOUR;
      for (const each of [from, end - 1, ...share.map((part) => from + Math.floor((end - from) * part))])
        if (each >= from && each < end) expect({ each, taken: taken(each) }).toEqual({ each, taken: false });
      found[next === undefined ? 'never' : next === from ? 'at' : 'later'] += 1;
    }),
    { numRuns: 250, seed: 8 },
  );
  for (const count of Object.values(found)) expect(count).toBeGreaterThan(20);
});
