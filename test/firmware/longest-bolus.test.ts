import { expect, test } from 'vitest';
import { bolusesRunAsLong } from './longest-bolus.ts';

test('a bolus runs until a millisecond later some window would hold more than its limit', () => {
  const { whole, cut } = bolusesRunAsLong(500);
  expect(whole).toBeGreaterThan(20);
  expect(cut).toBeGreaterThan(20);
});
