import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, ROOT, sabotaged } from './cli.ts';
import { innerVitest } from './inner-vitest.ts';

const SUITE = join(ROOT, 'workbench/vitest.ts');
const shipped = (name: string) => readFileSync(join(ROOT, 'scenarios', name), 'utf8');

/** Scenarios in a folder of their own, and beside them a test file that calls `scenarioSuite` as given. */
interface Author {
  readonly scenarios?: Readonly<Record<string, string>>;
  /** What it is called with; patterns are counted from the folder above. */
  readonly call: string;
  /** Where it comes from. */
  readonly from?: string;
}

/** A vitest of its own has run the project of these authors, which gives a test no more than a millisecond. */
function run(
  authors: Readonly<Record<string, Author>>,
  root = folder(),
): { code: number | null; told: (author: string) => string } {
  // Thecal is loaded once for them all.
  const config = { test: { testTimeout: 1, isolate: false, maxWorkers: 1 } };
  writeFileSync(join(root, 'vitest.config.mjs'), `export default ${JSON.stringify(config)};\n`);
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const [name, { scenarios = {}, call, from = SUITE }] of Object.entries(authors)) {
    mkdirSync(join(root, name, 'deep'), { recursive: true });
    for (const [file, text] of Object.entries(scenarios)) writeFileSync(join(root, name, file), text);
    writeFileSync(
      join(root, name, 'suite.test.ts'),
      `import { scenarioSuite } from ${JSON.stringify(from)};\nscenarioSuite(${call});\n`,
    );
  }
  const { code, out, err } = innerVitest(root);
  // It tells a line or more of each test, and something longer of each error; both begin with the file of the test.
  const parts = `${out}\n${err}`.split(/^ (?=[✓×] |FAIL {2})/mu);
  const authorOf = (part: string) => /^\S+ +(\w+)\//u.exec(part)?.[1];
  return { code, told: (author) => parts.filter((part) => authorOf(part) === author).join('') };
}

/** `line:column` of the first place where a text stands. */
function placeOf(text: string, part: string): string {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** How many tests it told the end of. */
const testsIn = (told: string) => ({
  passed: told.match(/^✓ /gmu)?.length ?? 0,
  failed: told.match(/^× /gmu)?.length ?? 0,
});

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
/** A profile of one's own beside the scenario that names it. */
const OWN = LOW.replace('profile: synchromed-ii-like-20', 'profile: ./mine.yaml');
const mine = (unit: string) => `thecal: profile/1
name: mine
title: Mine
about: Made up
like: synchromed-ii-like-20
parameters:
  reservoirCapacity: { value: 21, unit: ${unit}, status: assumed, source: made up }
`;
const TITLE = 'Baclofen 200 mcg/day runs down to its low-reservoir alarm and is refilled';

describe('scenarioSuite', () => {
  test('makes every file that a pattern finds a test with its title and five minutes, and leaves out what it shall', () => {
    const files = { 'low.yaml': LOW, 'deep/stopped.yaml': shipped('left-stopped.yaml'), 'deep/draft.yaml': 'no' };
    const { code, told } = run({
      all: {
        scenarios: files,
        call: `['all/**/*.yaml', '!**/draft.yaml'], { executor: 'table', seed: 7 }`,
      },
      cwd: { scenarios: { 'low.yaml': LOW }, call: `'*.yaml', { cwd: 'cwd' }` },
      own: { scenarios: { 'low.yaml': OWN, 'mine.yaml': mine('mL') }, call: `'own/*.yaml'` },
    });
    expect(told('all')).toContain(`✓ all/suite.test.ts > ${TITLE} (all/low.yaml)`);
    expect(told('all')).toContain('(all/deep/stopped.yaml)');
    expect(testsIn(told('all'))).toEqual({ passed: 2, failed: 0 });
    expect(told('cwd')).toContain(`✓ cwd/suite.test.ts > ${TITLE} (low.yaml)`);
    expect(testsIn(told('own'))).toEqual({ passed: 1, failed: 0 });
    expect(code).toBe(0);
  });
});

describe('scenarioSuite fails', () => {
  const broken = LOW.replace('rate: 0.4 mL/day, dailyDose', 'rate: 0.5 mL/day, dailyDose').replace(
    '[{ alarm: emptyReservoir }',
    '[{ alarm: lowReservoir }',
  );
  const bad = LOW.replace('volume: 20 mL', 'volum: 20 mL').replace('constant: 200 mcg/day', 'constant: 200');
  /** One run of them all: each fails for itself. */
  let ran: ReturnType<typeof run>;
  beforeAll(() => {
    const root = mkdtempSync(join(tmpdir(), 'thecal-'));
    const withoutLockout = sabotaged(
      'firmware-sim/firmware/rules/lockout.js',
      'lockedUntil !== null && at < lockedUntil;',
      'false;',
      join(root, 'sabotaged'),
    );
    const project = join(root, 'project');
    mkdirSync(project);
    ran = run(
      {
        unmet: { scenarios: { 'low.yaml': broken }, call: `'unmet/*.yaml'` },
        unusable: { scenarios: { 'low.yaml': bad, 'torn.yaml': 'thecal: [' }, call: `'unusable/*.yaml'` },
        ownWrong: { scenarios: { 'low.yaml': OWN, 'mine.yaml': mine('mg') }, call: `'ownWrong/*.yaml'` },
        misspelt: { scenarios: { 'low.yaml': LOW }, call: `['misspelt/*.yaml', 'mispelt/*.yaml']` },
        timeout: { scenarios: { 'low.yaml': LOW }, call: `'timeout/*.yaml', { timeout: 1 }` },
        nothing: { call: '[]' },
        option: { call: `'*.yaml', { sed: 3 }` },
        rule: {
          scenarios: { 'boluses.yaml': PRESSES },
          call: `'rule/*.yaml'`,
          from: join(withoutLockout, 'dist/workbench/vitest.js'),
        },
      },
      project,
    );
    return () => rmSync(root, { recursive: true });
  });
  test('the run that it is part of', () => expect(ran.code).toBe(1));

  test('at the line of YAML that was not met, one error for each', () => {
    const told = ran.told('unmet');
    expect(told).toContain(
      [
        'ExpectationNotMet: step 1 at 0s: belief.rate: expected 0.5 mL/day, got 0.4 mL/day',
        '  would pass: rate: 0.4 mL/day',
        ` ❯ step 1 unmet/low.yaml:${placeOf(broken, '0.5 mL/day')}`,
      ].join('\n'),
    );
    expect(told).toContain(
      [
        'ExpectationNotMet: scenario at 45d: never: expected never alarm lowReservoir, got alarm lowReservoir at 45d',
        ` ❯ scenario unmet/low.yaml:${placeOf(broken, '{ alarm: lowReservoir }, { infusion')}`,
      ].join('\n'),
    );
    expect(testsIn(told)).toEqual({ passed: 0, failed: 1 });
  });

  test('for a file that cannot be used, at its own lines and columns', () => {
    const told = ran.told('unusable');
    expect(told).toContain('start.fill: unknown key "volum": expected one of volume');
    expect(told).toContain(` ❯ scenario unusable/low.yaml:${placeOf(bad, 'volum: 20 mL')}`);
    expect(told).toContain('start.prescribe.constant: expected a dose or a volume per day');
    expect(told).toContain(` ❯ scenario unusable/low.yaml:${placeOf(bad, '200, lowReservoir')}`);
    expect(told).toMatch(/ ❯ scenario unusable\/torn\.yaml:1:\d+/);
    expect(testsIn(told)).toEqual({ passed: 0, failed: 2 });
  });

  test('for a profile of one’s own that cannot be used, at its place in the file of the profile', () => {
    const told = ran.told('ownWrong');
    expect(told).toContain('ProfileError: parameters.reservoirCapacity.unit: expected one of mL, mcL, nL');
    expect(told).toContain(` ❯ profile ownWrong/mine.yaml:${placeOf(mine('mg'), 'mg,')}`);
    expect(testsIn(told)).toEqual({ passed: 0, failed: 1 });
  });

  test('where a pattern finds nothing, where no pattern is given, and where an option is none', () => {
    expect(ran.told('misspelt')).toMatch(/× misspelt\/suite\.test\.ts > mispelt\/\*\.yaml/);
    expect(ran.told('misspelt')).toMatch(/Error: no file matches mispelt\/\*\.yaml in .*: expected a pattern such as/);
    expect(testsIn(ran.told('misspelt'))).toEqual({ passed: 1, failed: 1 });
    expect(ran.told('nothing')).toContain('Error: no pattern: expected one such as "scenarios/**/*.yaml"');
    expect(ran.told('option')).toContain('scenarioSuite: unknown key "sed": expected one of cwd');
  });

  test('where it takes longer than it is told it may', () => {
    expect(ran.told('timeout')).toContain('Error: Test timed out in 1ms.');
  });

  test('where an always-true rule is broken, whatever the expectations', () => {
    const told = ran.told('rule');
    expect(told).toContain('BrokenRule: always-true rule 3 broken (no patient bolus inside a lockout');
    expect(told).not.toContain('ExpectationNotMet');
    expect(told).toContain(` ❯ story rule/boluses.yaml:${placeOf(PRESSES, 'story:')}`);
    expect(testsIn(told)).toEqual({ passed: 0, failed: 1 });
  });
});
