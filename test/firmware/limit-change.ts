import fc from 'fast-check';
import { expect } from 'vitest';
import { exceedsAlone } from '../../firmware-sim/firmware/rules/dose-limit.ts';
import { whenCommitWithinLimit } from '../../firmware-sim/firmware/rules/limit-change.ts';
import { instant, mass, parseDuration, rate } from '../../shared/index.ts';
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

/** A schedule with a step at the beginning of each of so many hours, in nL/day for each hour of the day. */
const hourly = fc
  .array(fc.constantFrom('0 mL/day', '0.2 mL/day', '0.5 mL/day', '1 mL/day', '4 mL/day'), {
    minLength: 1,
    maxLength: 8,
  })
  .map((rates) => {
    const begins = rates.map((_, i) => Math.floor((24 * i) / rates.length));
    const program = dailyOf(
      Object.fromEntries(rates.map((each, i) => [`${`${begins[i]}`.padStart(2, '0')}:00`, each])),
    );
    const flows = rates.map((each) => rate.parse(each) as number);
    return { program, at: (hour: number) => flows[begins.findLastIndex((begin) => begin <= hour % 24)] ?? 0 };
  });

/**
 * A change of schedule is taken now where no window, looked at every `step` ms, holds more of it and of what was given
 * than its limit, or than the window would hold anyhow; how many were taken though one held more than the limit, and
 * how many were not.
 */
export function changesAsWorkedOut(numRuns: number, step: number): { worse: number; refused: number } {
  const cases = fc.record({
    old: hourly,
    next: hourly,
    dose: fc.integer({ min: 4, max: 400 }),
    window: fc.constantFrom(3, 7, 12, 24),
    ran: fc.integer({ min: 0, max: 47 * 60 }),
  });
  const found = { worse: 0, refused: 0 };
  fc.assert(
    fc.property(cases, ({ old, next, dose, window, ran }) => {
      const pump = runningChart({}, prescriptionOf({ program: old.program, bolus: null, ceiling: '10 mg/day' }));
      pump.pass(`${ran}min`);
      const { context, now } = pump;
      const doseLimit = { dose: mass.parse(`${dose} mcg`), window: parseDuration(`${window}h`) };
      const limited = { ...prescriptionOf({ program: next.program, bolus: null }), doseLimit };
      const taken = whenCommitWithinLimit(context, limited, now) === now;

      // In mcg times ms per mL and day: what was given since the pump began, hour by hour of local time.
      const offset = context.wallOffset ?? 0;
      const sums = (at: (hour: number) => number) => {
        const first = Math.floor(offset / HOUR);
        const hours = [0];
        for (let i = 0; i < 120; i++) hours.push((hours[i] ?? 0) + at((first + i) % 24) * HOUR);
        return (t: number) => {
          const wall = t + offset - first * HOUR;
          const i = Math.floor(wall / HOUR);
          return (hours[i] ?? 0) + at((first + i) % 24) * (wall - i * HOUR);
        };
      };
      const [before, after] = [sums(old.at), sums(next.at)];
      // 500 mcg/mL; a rate is nL/day.
      const limit = (dose / 500) * 1e6 * 24 * HOUR;
      let [fits, above] = [true, false];
      for (let end: number = now; end <= now + doseLimit.window; end += step) {
        const from = Math.max(0, end - doseLimit.window);
        const mass = before(now) - before(from) + after(end) - after(now);
        if (mass > limit) above = true;
        if (mass > limit && mass > before(end) - before(from)) fits = false;
      }
      expect(taken).toBe(fits);
      if (taken && above) found.worse += 1;
      if (!taken) found.refused += 1;
    }),
    { numRuns, seed: 23 },
  );
  return found;
}
