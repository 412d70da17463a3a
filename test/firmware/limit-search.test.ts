import fc from 'fast-check';
import { expect, test } from 'vitest';
import { whenWithinLimit } from '../../firmware-sim/firmware/rules/dose-limit.ts';
import { runningChart } from './chart-on-bench.ts';
import { changesWhenTold } from './limit-change.ts';
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

test('a change may be made at the instant that is told, and at none before', () => {
  expect(changesWhenTold(80)).toBeGreaterThan(5);
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
