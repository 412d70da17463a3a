import { describe, expect, test } from 'vitest';
import { CaseError, Lesson, learnerProblems, loadCase, problemLines } from '../../workbench/index.ts';
import { file, thecal } from '../integration/cli.ts';
import { readCase } from './read-case.ts';

/*
 * Whether a case is taken by its three learners as it says: `thecal check` tells where it is not.
 */

const named = { id: 'case', version: 'test' };
const problems = (text: string, seeds = [0, 1]) =>
  problemLines(
    learnerProblems(
      seeds.map((seed) => loadCase(text, seed)),
      named,
    ),
  );

test('a case that is taken as it says has no problem', () => {
  expect(problems(readCase())).toBe('');
});

test.each([
  [
    'an expert who misses a line',
    [['expert: [{ clinician: interrogate }]', 'expert: [{ clinician: resume }]']],
    '22:11: expert: 0 of 2 points: misses "read" (it was not done): expected it to be met; step 1 was refused: alreadyRunning (seed 0, 1)',
  ],
  [
    'somebody who waits and passes',
    [['did: { clinician: interrogate }', 'never: { hands: drain }']],
    '22:3: passive: 1 of 2 points: passes by waiting: expected a line that is only met by doing something (seed 0, 1)',
  ],
  [
    'an error that misses nothing',
    [['does: [{ hands: drain }]', 'does: [{ clinician: interrogate }]']],
    '26:73: mistaken: 1 of 2 points: meets "read": expected it to be missed (seed 0, 1)',
  ],
  [
    'an error that misses what is not named',
    [[', must: false }', ' }']],
    '23:11: mistaken: 0 of 2 points: misses "asked" (it was not done): expected it among misses, or met (seed 0, 1)',
  ],
  [
    'a script that decides what breaks',
    [['[{ hands: drain }]', '[{ world: { flowBias: +10 % } }]']],
    '26:35: learners.mistaken.does.0: world: what breaks is for the case to decide (seed 0, 1)',
  ],
  [
    'a script that reads what no learner can',
    [['expert: [{ clinician: interrogate }', 'expert: [{ clinician: interrogate, expect: { alarms: [] } }']],
    '25:12: learners.expert.0: expect, until: not before the debrief',
  ],
  [
    'a beginning that goes another way',
    [['18.00 mL', '20.00 mL']],
    '17:38: begins, step 1 of its story, at 5d: belief.reservoir: expected 20.00 mL, got 18 mL; would pass: reservoir: 18.00 mL (seed 0, 1)',
  ],
] as const)('%s is told with its line and the seeds that show it', (_, changed, message) => {
  expect(problems(readCase(...changed))).toContain(message);
});

test('what only some seeds show is told of those', () => {
  const text = readCase(
    ['did: { clinician: interrogate }', 'finally: { truth: { concentration: 500 mcg/mL } }'],
    ['volume: 20 mL, baclofen: 500 mcg/mL', 'volume: 20 mL, baclofen: $strength'],
    ['      expect: { belief: { reservoir: 18.00 mL } }\n', ''],
  );
  const seedOf = (strength: string) =>
    Array.from({ length: 50 }, (_, seed) => seed).find(
      (seed) => loadCase(text, seed).values['strength'] === strength,
    ) ?? -1;
  const [weak, strong] = [seedOf('500 mcg/mL'), seedOf('1000 mcg/mL')];
  expect(problems(text, [weak, strong])).toContain('expert: 0 of 2 points: misses "read" (');
  expect(problems(text, [weak, strong])).toContain(`expected it to be met (seed ${strong})`);
});

describe('in the terminal', () => {
  test('a case that is not taken as it says is no case, and says with how many seeds it was tried', () => {
    expect(thecal(['check', '--seeds', '2', file(readCase(), 'good.yaml')])).toMatchObject({
      code: 0,
      out: expect.stringContaining('taken by expert, passive and mistaken with seeds 0 to 1'),
    });
    const bad = file(readCase(['[{ hands: drain }]', '[{ clinician: interrogate }]']), 'bad.yaml');
    const { code, err } = thecal(['check', '--seeds', '2', bad]);
    expect(code).toBe(2);
    expect(err).toContain('bad.yaml:26:73: mistaken: 1 of 2 points: meets "read"');
    expect(thecal(['check', '--seeds', 'none', bad]).code).toBe(2);
  });

  test('a beginning that goes another way is a file that cannot be used, and no internal error', () => {
    const path = file(readCase(['18.00 mL', '20.00 mL']), 'case.yaml');
    const { code, err } = thecal(['console', '--case', path, '--seed', '0'], { input: '' });
    expect(code).toBe(2);
    expect(err).toContain('case.yaml:17:38: begins, step 1 of its story, at 5d: belief.reservoir: expected 20.00 mL');
    expect(err).not.toContain('internal error');
  });
});

test('a start that is refused is told as well', () => {
  const loaded = loadCase(readCase(['constant: 200 mcg/day', 'constant: 200 mcg/day, ceiling: 100 mcg/day']), 0);
  expect(() => new Lesson(loaded, { ...named, mode: 'practice' })).toThrow(CaseError);
  expect(problems(readCase(['constant: 200 mcg/day', 'constant: 200 mcg/day, ceiling: 100 mcg/day']))).toContain(
    'begins, at 0s: prescribe refused: expected done, got',
  );
});
