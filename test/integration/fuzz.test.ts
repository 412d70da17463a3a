import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

const COUNTS = ['--random', '3000', '--mutated', '4000', '--untagged', '3000'];

test('thousands of frames that no station sent change nothing but the log; `npm run fuzz` tries millions', () => {
  const { code, out } = fuzz('--seed', '20260105', ...COUNTS);
  expect(out).not.toContain('BROKEN');
  expect(code).toBe(0);
  // Every check had something to find, and a stop in an emergency came through.
  for (const error of ['start', 'version', 'length', 'crc', 'tag', 'session', 'sequence', 'type', 'payload'])
    expect(out).toMatch(new RegExp(`${error} [1-9]`));
  expect(out).toMatch(/stops: [1-9]/);
});
