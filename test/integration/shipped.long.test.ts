import { expect, test } from 'vitest';
import { thecal } from './cli.ts';

test('thecal run replays every shipped scenario and exits 0', () => {
  const { code, out } = thecal(['run']);
  expect(out).toMatch(/\d+ scenarios, all as expected: \d+ of \d+ expectations met/);
  expect(code).toBe(0);
});
