import { expect, test } from 'vitest';
import { livesKeepTheirLimits } from './limited-lives.ts';

test('nor in ten thousand lives', () => {
  const { granted, denied } = livesKeepTheirLimits(10_000, 20_261_121);
  expect(granted).toBeGreaterThan(10_000);
  expect(denied).toBeGreaterThan(3000);
});
