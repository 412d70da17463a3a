import fc from 'fast-check';
import { expect } from 'vitest';
import { exceedsAlone } from '../../firmware-sim/firmware/rules/dose-limit.ts';
import { whenCommitWithinLimit } from '../../firmware-sim/firmware/rules/limit-change.ts';
import { instant, mass, parseDuration } from '../../shared/index.ts';
import { runningChart } from './chart-on-bench.ts';
import { dailyOf, HOUR, prescriptionOf } from './prescriptions.ts';

/** A limit may be changed to another at the instant that is told, and at none before: how often that was later than now. */
export function changesWhenTold(numRuns: number): number {
  const step = fc.constantFrom('0 mL/day', '0.2 mL/day', '1 mL/day', '4 mL/day');
  const schedule = fc
    .array(step, { minLength: 2, maxLength: 6 })
    .map((rates) =>
      dailyOf(
        Object.fromEntries(
          rates.map((each, i) => [`${`${Math.floor((24 * i) / rates.length)}`.padStart(2, '0')}:00`, each]),
        ),
      ),
    );
  const cases = fc.record({
    old: schedule,
    next: schedule,
    spare: fc.integer({ min: 0, max: 30 }),
    hours: fc.constantFrom('4h', '11h', '24h'),
    share: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 12, maxLength: 12 }),
  });
  let found = 0;
  fc.assert(
    fc.property(cases, ({ old, next, spare, hours, share }) => {
      const pump = runningChart({}, prescriptionOf({ program: old, bolus: null, ceiling: '10 mg/day' }));
      pump.pass('30h');
      const { context, now } = pump;
      const under = (dose: number) => {
        const doseLimit = { dose: mass.parse(`${dose} mcg`), window: parseDuration(hours) };
        return { ...prescriptionOf({ program: next, bolus: null }), doseLimit };
      };
      let least = 1;
      while (exceedsAlone(context, under(least))) least += 5;
      const limited = under(least + spare);
      const until = whenCommitWithinLimit(context, limited, now);
      if (until === now) return;
      found += 1;
      const end = until ?? instant(now + 9 * 24 * HOUR);
      for (const each of [...share.map((part) => now + Math.floor((end - now) * part)), end - 1].toSorted(
        (a, b) => a - b,
      )) {
        pump.passTo(each);
        expect(whenCommitWithinLimit(pump.context, limited, pump.now)).not.toBe(pump.now);
      }
      pump.passTo(end);
      if (until !== undefined) expect(whenCommitWithinLimit(pump.context, limited, pump.now)).toBe(until);
    }),
    { numRuns, seed: 3 },
  );
  return found;
}
