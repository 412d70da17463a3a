import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../integration/cli.ts';
import { innerRun } from './inner-run.ts';
import { MUTANTS } from './mutants.ts';
import { filesOf } from './places.ts';

/*
 * Each requirement's tests, on a program that a mutant has changed: they fail. On the program as it is they pass.
 * `npm run mutants` prints the list.
 */

const CONFIG = join(ROOT, 'test/requirements/mutated.config.ts');
const PLACES = filesOf();

/** The arguments that leave the tests of a requirement alone. */
const testsOf = (id: string): string[] => [
  '--testNamePattern',
  `^${id} `,
  ...(PLACES.get(id) ?? []).map((name) => `test/requirements/${name}`),
];

test('on the program as it is every test of a requirement passes', async () => {
  const ran = await innerRun(['--project', 'everyday', '--testNamePattern', '^(AT-|R)\\d+ ', 'test/requirements/']);
  expect(ran.filter(({ passed }) => !passed)).toEqual([]);
  const ids = new Set(ran.map(({ title }) => title.split(' ')[0]));
  expect(MUTANTS.filter(({ id }) => !ids.has(id))).toEqual([]);
});

describe.concurrent('a requirement’s tests catch its mutants', () => {
  test.each(MUTANTS.map((mutant, number) => ({ ...mutant, number })))('$id: $what', async ({ id, number }) => {
    const ran = await innerRun(['--config', CONFIG, ...testsOf(id)], { THECAL_MUTANT: `${number}` });
    expect(ran.some(({ passed }) => !passed)).toBe(true);
  });
});
