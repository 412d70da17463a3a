import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, ROOT, sabotaged } from './cli.ts';
import { innerVitest } from './inner-vitest.ts';

const SUITE = join(ROOT, 'workbench/vitest.ts');
const shipped = (name: string) => readFileSync(join(ROOT, 'scenarios', name), 'utf8');

/** A folder with scenarios and one test file that calls `scenarioSuite` as given. */
function project(scenarios: Readonly<Record<string, string>>, call: string, from = SUITE, root = folder()): string {
  mkdirSync(join(root, 'stories/deep'), { recursive: true });
  for (const [name, text] of Object.entries(scenarios)) writeFileSync(join(root, 'stories', name), text);
  writeFileSync(
    join(root, 'suite.test.ts'),
    `import { scenarioSuite } from ${JSON.stringify(from)};\nscenarioSuite(${call});\n`,
  );
  return root;
}

/** As `project`, run by a vitest of its own. */
function run(...args: Parameters<typeof project>): { code: number | null; told: string } {
  const root = project(...args);
  if (args[3] === undefined) symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  const { code, out, err } = innerVitest(root);
  return { code, told: out + err };
}

/** `line:column` of the first place where a text stands. */
function placeOf(text: string, part: string): string {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

const LOW = shipped('low-reservoir-and-refill.yaml');
const PRESSES = `thecal: scenario/1
title: Two presses, nothing expected
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, morphine: 25 mg/mL }
  prescribe: { constant: 5 mg/day, patientBolus: { dose: 0.75 mg, duration: 5min, lockout: 3h, maxPerDay: 4 } }
story:
  - patient: requestBolus
  - { at: 1h, patient: requestBolus }
`;
const TITLE = 'Baclofen 200 mcg/day runs down to its low-reservoir alarm and is refilled';

describe('scenarioSuite', () => {
  test('makes every file that a pattern finds a test with its title, and leaves out what it shall', () => {
    const files = { 'low.yaml': LOW, 'deep/stopped.yaml': shipped('left-stopped.yaml'), 'deep/draft.yaml': 'no' };
    const { code, told } = run(files, `['stories/**/*.yaml', '!**/draft.yaml'], { executor: 'table', seed: 7 }`);
    expect(told).toContain(`✓ suite.test.ts > ${TITLE} (stories/low.yaml)`);
    expect(told).toContain('(stories/deep/stopped.yaml)');
    expect(told).toMatch(/Tests +2 passed \(2\)/);
    expect(code).toBe(0);
  });

  test('counts patterns from `cwd`', () => {
    expect(run({ 'low.yaml': LOW }, `'*.yaml', { cwd: 'stories' }`).told).toContain(`${TITLE} (low.yaml)`);
  });

  test('points at the line of YAML that was not met, one error for each', () => {
    const broken = LOW.replace('rate: 0.4 mL/day, dailyDose', 'rate: 0.5 mL/day, dailyDose').replace(
      '[{ alarm: emptyReservoir }',
      '[{ alarm: lowReservoir }',
    );
    const { code, told } = run({ 'low.yaml': broken }, `'stories/*.yaml'`);
    expect(told).toContain(
      [
        'ExpectationNotMet: step 1 at 0s: belief.rate: expected 0.5 mL/day, got 0.4 mL/day',
        '  would pass: rate: 0.4 mL/day',
        ` ❯ step 1 stories/low.yaml:${placeOf(broken, '0.5 mL/day')}`,
      ].join('\n'),
    );
    expect(told).toContain(
      [
        'ExpectationNotMet: scenario at 45d: never: expected never alarm lowReservoir, got alarm lowReservoir at 45d',
        ` ❯ scenario stories/low.yaml:${placeOf(broken, '{ alarm: lowReservoir }, { infusion')}`,
      ].join('\n'),
    );
    expect(told).toMatch(/Tests +1 failed \(1\)/);
    expect(code).toBe(1);
  });

  test('fails for a file that cannot be used, at its own lines and columns', () => {
    const bad = LOW.replace('volume: 20 mL', 'volum: 20 mL').replace('constant: 200 mcg/day', 'constant: 200');
    const { code, told } = run({ 'low.yaml': bad, 'torn.yaml': 'thecal: [' }, `'stories/*.yaml'`);
    expect(told).toContain('start.fill: unknown key "volum": expected one of volume');
    expect(told).toContain(` ❯ scenario stories/low.yaml:${placeOf(bad, 'volum: 20 mL')}`);
    expect(told).toContain('start.prescribe.constant: expected a dose or a volume per day');
    expect(told).toContain(` ❯ scenario stories/low.yaml:${placeOf(bad, '200, lowReservoir')}`);
    expect(told).toMatch(/ ❯ scenario stories\/torn\.yaml:1:\d+/);
    expect(told).toMatch(/Tests +2 failed \(2\)/);
    expect(code).toBe(1);
  });

  test('takes a profile of one’s own beside the scenario that names it, and points into it where it is wrong', () => {
    const mine = (unit: string) => `thecal: profile/1
name: mine
title: Mine
about: Made up
like: synchromed-ii-like-20
parameters:
  reservoirCapacity: { value: 21, unit: ${unit}, status: assumed, source: made up }
`;
    const own = LOW.replace('profile: synchromed-ii-like-20', 'profile: ./mine.yaml');
    const good = run({ 'low.yaml': own, 'mine.yaml': mine('mL') }, `'stories/*.yaml'`);
    expect(good.told).toMatch(/Tests +1 passed \(1\)/);
    const bad = run({ 'low.yaml': own, 'mine.yaml': mine('mg') }, `'stories/*.yaml'`);
    expect(bad.told).toContain('ProfileError: parameters.reservoirCapacity.unit: expected one of mL, mcL, nL');
    expect(bad.told).toContain(` ❯ profile stories/mine.yaml:${placeOf(mine('mg'), 'mg,')}`);
    expect(bad.code).toBe(1);
  });

  test('fails where a pattern finds nothing, where no pattern is given, and where an option is none', () => {
    const { code, told } = run({ 'low.yaml': LOW }, `['stories/*.yaml', 'storys/*.yaml']`);
    expect(told).toMatch(/× suite\.test\.ts > storys\/\*\.yaml/);
    expect(told).toMatch(/Error: no file matches storys\/\*\.yaml in .*: expected a pattern such as/);
    expect(told).toMatch(/Tests +1 failed \| 1 passed \(2\)/);
    expect(code).toBe(1);
    expect(run({}, '[]').told).toContain('Error: no pattern: expected one such as "scenarios/**/*.yaml"');
    expect(run({}, `'*.yaml', { sed: 3 }`).told).toContain('scenarioSuite: unknown key "sed": expected one of cwd');
  });

  test('gives a test five minutes whatever the project gives, or what it is told', () => {
    const root = folder();
    writeFileSync(join(root, 'vitest.config.ts'), 'export default { test: { testTimeout: 1 } };\n');
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    expect(run({ 'low.yaml': LOW }, `'stories/*.yaml'`, SUITE, root).told).toMatch(/Tests +1 passed \(1\)/);
    const { told, code } = run({}, `'stories/*.yaml', { timeout: 1 }`, SUITE, root);
    expect(told).toContain('Error: Test timed out in 1ms.');
    expect(code).toBe(1);
  });

  test('fails where an always-true rule is broken, whatever the expectations', () => {
    const root = sabotaged(
      'firmware-sim/firmware/rules/lockout.js',
      'lockedUntil !== null && at < lockedUntil;',
      'false;',
    );
    const { code, told } = run({ 'boluses.yaml': PRESSES }, `'stories/*.yaml'`, './dist/workbench/vitest.js', root);
    expect(told).toContain('BrokenRule: always-true rule 3 broken (no patient bolus inside a lockout');
    expect(told).not.toContain('ExpectationNotMet');
    expect(told).toContain(` ❯ story stories/boluses.yaml:${placeOf(PRESSES, 'story:')}`);
    expect(code).toBe(1);
  });
});
