import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './cli.ts';

const fuzz = (...args: readonly string[]) => {
  const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'test/fuzz/protocol.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { code: status, out: stdout };
};
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

test('the same seed gives the same frames', () => {
  const frames = () => fuzz('--seed', '7', '--random', '200', '--mutated', '200', '--untagged', '200').out;
  const counts = (out: string) => out.split('\n').filter((line) => line.startsWith('  '));
  const [one, other] = [frames(), frames()];
  expect(counts(one).length).toBeGreaterThan(5);
  expect(counts(one)).toEqual(counts(other));
});
