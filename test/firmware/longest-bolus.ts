import fc from 'fast-check';
import { expect } from 'vitest';
import { isLimited, longestWithinLimit } from '../../firmware-sim/firmware/rules/dose-limit.ts';
import { instant, mass, type Program, span, strengthOf } from '../../shared/index.ts';
import { CommandedPump, constant, daily, HOUR, MINUTE, ms, ordered, PRESS, periodic, rateOf } from './commanded.ts';
import { allOf, endsOf, limitOf, massIn, withBoluses } from './windows.ts';

/* How long a bolus may run before some window holds more than the limit, against the reckoning of an onlooker. */

const program = fc.constantFrom<Program>(
  constant('0.3 mL/day'),
  daily({ '00:00': '0.2 mL/day', '09:00': '1 mL/day', '10:00': '0 mL/day', '13:30': '0.6 mL/day' }),
  daily({ '00:00': '2 mL/day', '08:40': '0 mL/day', '11:00': '2 mL/day' }),
  periodic('0.1 mL/day', '2.4 mL/day', '30min', '3h'),
  periodic('0.5 mL/day', '7.2 mL/day', '4min', '45min'),
);

const cases = fc.record({
  program,
  dose: fc.integer({ min: 5, max: 160 }),
  window: fc.constantFrom('1h', '4h', '7h'),
  presses: fc.array(fc.integer({ min: 5, max: 90 }), { maxLength: 4 }),
  flow: fc.constantFrom('2 mL/day', '3 mL/day', '9 mL/day'),
  minutes: fc.integer({ min: 1, max: 360 }),
  bolusOverBasal: fc.constantFrom('add' as const, 'replace' as const),
  periodicDuringBolus: fc.constantFrom('add' as const, 'skip' as const),
});

/** A bolus runs until a millisecond later some window would hold more than its limit: how many of them how long. */
export function bolusesRunAsLong(numRuns: number): { whole: number; cut: number; none: number } {
  const found = { whole: 0, cut: 0, none: 0 };
  fc.assert(
    fc.property(cases, ({ program, dose, window, presses, flow, minutes, ...profile }) => {
      const doseLimit = { dose: mass.parse(`${dose} mcg`), window: ms(window) };
      const pump = new CommandedPump(profile);
      if (
        pump.prescribe(ordered({ program, doseLimit, patientBolus: { ...PRESS, lockout: ms('5min') } })) !== undefined
      )
        return;
      for (const wait of presses) {
        pump.press();
        pump.pass(wait * MINUTE);
      }
      const { prescription } = pump.context;
      if (!isLimited(prescription)) throw new Error('no limit');
      const { now } = pump;
      const bolus = { rate: rateOf(flow), duration: span(minutes * MINUTE) };
      const longest = longestWithinLimit(pump.context, prescription, instant(now), bolus);
      const all = allOf(pump, 'baclofen', now + 14 * HOUR, { longest: bolus.duration });
      const keeps = (duration: number): boolean => {
        const given = { from: now, to: now + duration, flow: BigInt(bolus.rate) * BigInt(strengthOf(prescription)) };
        const blocks = withBoluses(all, [given]);
        const ends = endsOf(blocks, doseLimit.window, now, now + bolus.duration + doseLimit.window);
        return ends.every((end) => massIn(blocks, end - doseLimit.window, end) <= limitOf(prescription));
      };
      // One that may not run at all is told so also where the limit is exceeded without it.
      if (longest > 0) expect(keeps(longest)).toBe(true);
      if (longest < bolus.duration) expect(keeps(longest + 1)).toBe(false);
      found[longest === 0 ? 'none' : longest === bolus.duration ? 'whole' : 'cut'] += 1;
    }),
    { numRuns, seed: 2 },
  );
  return found;
}
