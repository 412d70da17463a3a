import { expect, test } from 'vitest';
import { livesKeepTheirLimits } from './limited-lives.ts';

test('in random lives no window holds more than its limit, and nothing is denied without need', () => {
  const { granted, denied } = livesKeepTheirLimits(Number(process.env['LIVES'] ?? 300));
  // Neither granting nothing nor denying nothing would do.
  expect(granted).toBeGreaterThan(300);
  expect(denied).toBeGreaterThan(100);
});
