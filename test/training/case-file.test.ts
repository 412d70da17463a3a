import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CaseError, loadCase } from '../../workbench/index.ts';
import { folder, thecal } from '../integration/cli.ts';
import { readCase } from './read-case.ts';

/*
 * What is wrong with the file of a case is told where it stands, and nothing else with it.
 */

function problems(text: string): readonly string[] {
  try {
    loadCase(text, 0);
    return [];
  } catch (error) {
    if (error instanceof CaseError) return error.message.split('\n');
    throw error;
  }
}

const DRAWN = '[500 mcg/mL, 1000 mcg/mL]';

test.each([
  [
    'a draw of one value',
    [[DRAWN, '[500 mcg/mL]']],
    '4:19: draw.strength: expected at least two values, of which the seed draws one',
  ],
  [
    'a range whose steps pass its end by',
    [[DRAWN, '{ from: 500 mcg/mL, to: 1000 mcg/mL, step: 300 mcg/mL }']],
    '4:19: draw.strength: expected from, to and step in one unit, upwards, whose steps reach its end and are at most 1000, such as 2 mL, 4 mL, 0.5 mL',
  ],
  [
    'a range of more steps than anybody means',
    [[DRAWN, '{ from: 500 mcg/mL, to: 1000 mcg/mL, step: 0.0000001 mcg/mL }']],
    '4:19: draw.strength: expected from, to and step in one unit, upwards, whose steps reach its end and are at most 1000, such as 2 mL, 4 mL, 0.5 mL',
  ],
  [
    'a line that is missed without need',
    [['misses: [read]', 'misses: [asked]']],
    '26:63: learners.mistaken.misses.0: "asked" says must: false: expected a line that must be met',
  ],
] as const)('%s is one problem', (_, changed, message) => {
  expect(problems(readCase(...changed))).toEqual([message]);
});

test('a range whose steps reach its end is one, however the end is written', () => {
  expect(problems(readCase([DRAWN, '{ from: 500 mcg/mL, to: 1000.0 mcg/mL, step: 250 mcg/mL }']))).toEqual([]);
});

test('a misspelt act of a script is told as one of a story', () => {
  const [first = '', ...others] = problems(
    readCase(['expert: [{ clinician: interrogate', 'expert: [{ clinician: interogate']),
  );
  expect(first).toMatch(
    /^25:\d+: learners\.expert\.0\.clinician: expected one of interrogate, .*did you mean interrogate\?/,
  );
  expect(others).toEqual([]);
});

test('what only some seeds draw wrong is told with the first of them; what is always wrong, without', () => {
  const cwd = folder();
  const checked = (...changed: readonly (readonly [string, string])[]) => {
    writeFileSync(join(cwd, 'case.yaml'), readCase(...changed));
    return thecal(['check', 'case.yaml'], { cwd }).err;
  };
  const filled = ['baclofen: 500 mcg/mL', 'baclofen: $strength'] as const;
  expect(checked(filled, [DRAWN, '[500 mcg/mL, 1000 mL]'])).toMatch(
    /^case\.yaml:13:\d+: begins\.start\.fill\.baclofen: .* \(seed [01]\)\n$/,
  );
  expect(checked(filled, [DRAWN, '[500 mL, 1000 mL]'])).toMatch(
    /^case\.yaml:13:\d+: begins\.start\.fill\.baclofen: (?!.*seed).*\n$/,
  );
});

test('a folder with exported debriefs is checked, and run, without a word against them', () => {
  const cwd = folder();
  writeFileSync(join(cwd, 'case.yaml'), readCase());
  const args = ['console', '--case', 'case.yaml', '--seed', '0', '--learner', 'Ann', '--debrief', 'ann.json'];
  expect(thecal(args, { cwd, input: 'interrogate\ndone\n' }).code).toBe(0);
  const { code, out, err } = thecal(['check', '--seeds', '1', '.'], { cwd });
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain('ann.json: A pump is looked after (a debrief of Ann, seed 0)\n');
  writeFileSync(join(cwd, 'broken.json'), '{ "debrief": "thecal.debrief/1" }');
  expect(thecal(['check', 'broken.json'], { cwd }).err).toBe(
    'broken.json:1:1: no debrief: expected a file that "thecal console --case CASE --debrief FILE" or the page (Save for the class) wrote\n',
  );
  expect(thecal(['run', 'ann.json'], { cwd }).err).toContain('ann.json:1:1: a debrief: expected a scenario');
});
