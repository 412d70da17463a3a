import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { cleanEnv, tool } from '../integration/inner-vitest.ts';
import { MUTANTS } from './mutants.ts';

/*
 * Each requirement's tests, on a program that a mutant has changed: they fail. `npm run mutants` prints the list.
 */

const CONFIG = join(ROOT, 'test/requirements/mutated.config.ts');

/** How many tests of a requirement pass and fail under a mutant. */
function under(number: number, id: string): { readonly passed: number; readonly failed: number } {
  const args = ['run', '--config', CONFIG, '--reporter', 'json', '--testNamePattern', `^${id} `];
  const { stdout, stderr } = spawnSync(process.execPath, [tool('vitest'), ...args], {
    cwd: ROOT,
    env: { ...cleanEnv(), THECAL_MUTANT: `${number}` },
    encoding: 'utf8',
    maxBuffer: 200_000_000,
  });
  const told = stdout.slice(stdout.indexOf('{'));
  if (told === '') throw new Error(`no report: ${stderr}`);
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(told) as Record<string, number>;
  return { passed: passed ?? 0, failed: failed ?? 0 };
}

describe.concurrent('a requirement’s tests catch its mutants', () => {
  test.each(MUTANTS.map((mutant, number) => ({ ...mutant, number })))('$id: $what', ({ id, number }) => {
    const { passed, failed } = under(number, id);
    expect(failed, `${passed} tests of ${id} pass as before`).toBeGreaterThan(0);
  });
});
