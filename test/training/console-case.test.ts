import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDebrief, type Learner } from '../../workbench/index.ts';
import { file, folder, thecal } from '../integration/cli.ts';
import { linesOf, SHIPPED } from './cases.ts';

/*
 * The terminal takes a case as the page does: the same lesson, line by line.
 */

const NAME = 'refill-with-a-discrepancy';

// The others in the long run.
test.each([...SHIPPED.keys()].filter((_, i) => i % 5 === 0))(
  '%s is passed in the terminal by who knows what to do',
  (name) => {
    const { code, out } = thecal(['console', '--case', name, '--seed', '1', '--mode', 'assessment'], {
      input: linesOf(name, 'expert', 1),
    });
    expect(out).toContain('\nPASSED: ');
    expect(code).toBe(0);
  },
);

describe('what comes of a case', () => {
  test('is printed and exported, and a folder of exports is a class', () => {
    const cwd = folder();
    const take = (learner: string, who: Learner) =>
      thecal(['console', '--case', NAME, '--seed', '2', '--learner', learner, '--debrief', `${learner}.json`], {
        cwd,
        input: linesOf(NAME, who, 2),
      });
    expect(take('ann', 'expert').code).toBe(0);
    const failed = take('bob', 'mistaken');
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('NOT PASSED');
    expect(isDebrief(JSON.parse(readFileSync(join(cwd, 'bob.json'), 'utf8')))).toBe(true);
    expect(failed.out.endsWith(thecal(['debrief', 'bob.json'], { cwd }).out)).toBe(true);
    const { out, code } = thecal(['debrief', '.'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('1 of 2 passed');
    expect(out).toMatch(/^bob +refill-with-a-discrepancy +2 +practice +not passed +\d of \d+ +stated, told$/m);
  });

  test('is nothing where it was left before its end', () => {
    const cwd = folder();
    const { code, err } = thecal(['console', '--case', NAME, '--debrief', 'd.json'], { cwd, input: 'interrogate\n' });
    expect(code).toBe(1);
    expect(err).toContain('left before it was over');
    expect(existsSync(join(cwd, 'd.json'))).toBe(false);
  });

  test('can be replayed as a scenario', () => {
    const cwd = folder();
    const args = ['console', '--case', NAME, '--seed', '3', '--record', 'visit.yaml'];
    expect(thecal(args, { cwd, input: linesOf(NAME, 'expert', 3) }).code).toBe(0);
    expect(thecal(['run', 'visit.yaml'], { cwd }).code).toBe(0);
  });
});

test.each([
  ['a case that is not there', ['--case', 'none-such'], 'none-such'],
  ['a scenario for a case', ['--case', 'scenarios/dose-change.yaml'], 'thecal: expected "case/1"'],
  ['a scenario beside a case', ['scenarios/dose-change.yaml', '--case', NAME], 'a case has a pump of its own'],
  ['a profile of its own', ['--case', NAME, '--profile', 'synchromed-ii-like-40'], '--profile: a case says its own'],
  ['a mode without a case', ['--mode', 'assessment'], '--mode: is of a training case'],
])('%s is refused', (_, args, message) => {
  const { code, err } = thecal(['console', ...args], { input: '' });
  expect(code).toBe(2);
  expect(err).toContain(message);
});

test('a case is no scenario, and a file that is no debrief is none', () => {
  const path = file(SHIPPED.get(NAME) ?? '', 'case.yaml');
  expect(thecal(['run', path]).err).toContain('a training case: expected a scenario');
  expect(thecal(['check', path]).out).toContain('a training case');
  expect(thecal(['debrief', path]).err).toContain('no debrief');
});
