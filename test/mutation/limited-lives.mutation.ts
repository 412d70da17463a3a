import { expect, test } from 'vitest';
import { livesKeepTheirLimits } from '../firmware/limited-lives.ts';

/* Some hundreds of the lives of `npm run test:ci`, and of its searches: what tells most mutants of the dose limit. */

test('in hundreds of lives no window holds more than its limit, and nothing is denied without need', () => {
  const { granted, denied } = livesKeepTheirLimits(400, 20_261_121);
  expect(granted).toBeGreaterThan(400);
  expect(denied).toBeGreaterThan(100);
});
