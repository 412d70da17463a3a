import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binOf, merged, Tally, valueIn } from '../../workbench/campaign/summary.ts';

function tallyOf(values: readonly number[]): Tally {
  const tally = new Tally();
  for (const value of values) tally.take(value);
  return tally;
}

const value = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.maxSafeInteger());

test('tallies come to the same however the numbers were shared out, and in whichever order they are merged', () => {
  fc.assert(
    fc.property(fc.array(fc.array(value)), (parts) => {
      const saved = parts.map((part) => tallyOf(part).save());
      const one = tallyOf(parts.flat()).save();
      expect(merged(saved).save()).toEqual(one);
      expect(JSON.stringify(merged([...saved].reverse()).save())).toBe(JSON.stringify(one));
    }),
    { numRuns: 100 },
  );
});

test('a bin holds what differs by less than one part in 128, and bins lie in the order of their values', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      const start = valueIn(binOf(a));
      expect(Math.abs(start)).toBeLessThanOrEqual(Math.abs(a));
      expect(Math.abs(a) - Math.abs(start)).toBeLessThanOrEqual(Math.abs(a) / 128);
      if (a < b) expect(binOf(a)).toBeLessThanOrEqual(binOf(b));
    }),
  );
});

test('mean, extremes, quantiles and how many are not 0', () => {
  const tally = tallyOf([0, 0, 10, 20, 30, 40, 50, 60, 70, 1000]);
  expect(tally.mean).toBe(128);
  expect(tally.some).toBe(8);
  expect([0, 0.05, 0.5, 0.9, 1].map((share) => tally.quantile(share))).toEqual([0, 0, 30, 70, 1000]);
  expect(tally.most).toBe(1000);
  expect(tallyOf([]).quantile(0.5)).toBeUndefined();
  expect(tallyOf([]).mean).toBeUndefined();
});
