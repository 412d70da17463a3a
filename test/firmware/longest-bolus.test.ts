import { expect, test } from 'vitest';
import { isLimited, longestWithinLimit } from '../../firmware-sim/firmware/rules/dose-limit.ts';
import { mass } from '../../shared/index.ts';
import { constant, ms, ordered, rateOf, runs } from './commanded.ts';
import { bolusesRunAsLong } from './longest-bolus.ts';

test('a bolus runs until a millisecond later some window would hold more than its limit', () => {
  const { whole, cut } = bolusesRunAsLong(500);
  expect(whole).toBeGreaterThan(20);
  expect(cut).toBeGreaterThan(20);
});

test.each([
  // 40 mcg of basal, 10 of a press and 60 of three hours of it: as the press leaves the window, it may go on.
  ['110 mcg', '3h 20min'],
  ['109.999 mcg', '2h 59min 59.82s'],
])('one that fills a window to %s just as a press begins to leave it may run for %s', (dose, long) => {
  const pump = runs({ program: constant('0.48 mL/day') });
  pump.pass('10min');
  expect(pump.press()).toBeUndefined();
  pump.pass('1h');
  const limited = ordered({
    program: constant('0.48 mL/day'),
    doseLimit: { dose: mass.parse(dose), window: ms('4h') },
  });
  if (!isLimited(limited)) throw new Error('no limit');
  const context = { ...pump.context, prescription: limited };
  const bolus = { rate: rateOf('0.96 mL/day'), duration: ms('3h 20min') };
  expect(longestWithinLimit(context, limited, pump.chart.now, bolus)).toBe(ms(long));
});
