import { describe, expect, test } from 'vitest';
import { SHIPPED_LIBRARY } from '../../programmer/index.ts';
import { DRUGS, STATUSES, unitOf } from '../../shared/index.ts';
import {
  FileError,
  isLibraryText,
  LibraryError,
  loadLibrary,
  loadScenario,
  type OpenFile,
  runScenario,
  ScenarioError,
} from '../../workbench/index.ts';
import { SITE, WRITTEN } from '../programmer/site-library.ts';

const HEAD = `thecal: drug-library/1
name: Site
version: "7"
drugs:
  morphine:
    unit: mg
    approved: { value: on-label, status: verified, source: a label }
    concentrations: []
    limits:
`;
const A = 'status: verified, source: a label';
/** What is wrong with a library whose morphine has these limits. */
function wrongWith(limits: string, head = HEAD): string {
  try {
    loadLibrary(`${head}${limits}`);
  } catch (error) {
    if (error instanceof LibraryError) return error.message;
    throw error;
  }
  return '';
}

const scenario = (library: string) => `thecal: scenario/1
title: A library of a site
profile: synchromed-ii-like-20
${library}clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, morphine: 10 mg/mL }, prescribe: { constant: 2 mg/day, ceiling: 30 mg/day } }
story:
  - clinician: { prescribe: { constant: 2.9 mg/day } }
    expect: { history: { library: LIBRARY } }
`;

describe('a drug library in a file', () => {
  test('is read from YAML and from JSON alike', () => {
    expect(loadLibrary(JSON.stringify(WRITTEN))).toEqual(SITE);
    const read = loadLibrary(`${HEAD}      dailyDose: { soft: { value: 10, unit: mg/day, ${A} } }\n`);
    expect(read.drugs.morphine?.limits.dailyDose?.soft?.amount).toBe(10_000_000);
  });

  test('with another number has another digest', () => {
    const [ten, eleven] = [10, 11].map((value) =>
      loadLibrary(`${HEAD}      dailyDose: { soft: { value: ${value}, unit: mg/day, ${A} } }\n`),
    );
    expect(ten?.stamp).toMatchObject({ name: 'Site', version: '7' });
    expect(ten?.stamp.digest).not.toBe(eleven?.stamp.digest);
  });

  test.each([
    ['a unit of something else', `dailyDose: { soft: { value: 10, unit: mg/mL, ${A} } }`, '10:26: drugs.morphine'],
    ['a number without source', 'dailyDose: { soft: { value: 10, unit: mg/day, status: verified } }', 'source'],
    ['a status nobody knows', 'dailyDose: { soft: { value: 1, unit: mg/day, status: sure, source: x } }', 'verified'],
    ['a limit nobody knows', `weekly: { soft: { value: 10, unit: mg/day, ${A} } }`, '10:7: drugs.morphine.limits: unk'],
    ['neither soft nor hard', 'dailyDose: {}', 'expected soft, hard or both'],
    [
      'hard below soft',
      `dailyDose: { soft: { value: 10, unit: mg/day, ${A} }, hard: { value: 9.9, unit: mg/day, ${A} } }`,
      '10:96: drugs.morphine.limits.dailyDose.hard: hard is less than soft',
    ],
    ['a negative number', `dailyDose: { soft: { value: -1, unit: mg/day, ${A} } }`, '10:35: drugs.morphine'],
  ])('with %s is refused at its line and column', (_, limits, expected) => {
    expect(wrongWith(`      ${limits}\n`)).toContain(expected);
  });

  test('of a drug nobody knows is refused', () => {
    expect(wrongWith('      {}\n', HEAD.replace('morphine', 'aspirin'))).toContain('5:3: drugs');
  });

  test.each([
    ['a library', HEAD, true],
    ['a scenario', scenario(''), false],
  ])('is told from others by its first line: %s', (_, text, is) => {
    expect(isLibraryText(text)).toBe(is);
  });

  test('that is none says what was expected', () => {
    expect(wrongWith('', '')).toBe('1:1: empty: expected a drug library beginning with "thecal: drug-library/1"');
    expect(wrongWith('', 'thecal: scenario/1\n')).toContain('1:9: thecal: expected "drug-library/1"');
  });
});

const failures = (text: string, open?: OpenFile) =>
  runScenario(loadScenario(text, open), { id: 'a', version: '' }).failures.map(({ what, got }) => `${what} ${got}`);

describe('a scenario', () => {
  test('that says nothing has the library that is shipped', () => {
    expect(failures(scenario('').replace('LIBRARY', 'Thecal training library 1.1'))).toEqual([]);
  });

  test('that says none has none', () => {
    expect(failures(scenario('library: none\n').replace('LIBRARY', 'none'))).toEqual([]);
  });

  test('that names a file has that one', () => {
    const opened: string[] = [];
    const open = (path: string) => {
      opened.push(path);
      return { file: path, text: JSON.stringify(WRITTEN) };
    };
    expect(failures(scenario('library: ./site.yaml\n').replace('LIBRARY', 'Site 7'), open)).toEqual([]);
    expect(opened).toEqual(['./site.yaml']);
    const more = scenario('library: ./site.yaml\n').replace('2.9 mg/day', '3.1 mg/day').replace('LIBRARY', 'Site 7');
    expect(failures(more, open)).toEqual(['prescribe refused needsConfirmation']);
  });

  test('that names one with a mistake in it says so at its line in that file', () => {
    const bad: OpenFile = (path) => ({ file: path, text: `${HEAD}      dailyDose: {}\n` });
    const load = () => loadScenario(scenario('library: ./site.yaml\n'), bad);
    expect(load).toThrow(ScenarioError);
    expect(load).toThrow(/^\.\/site\.yaml:10:18: drugs\.morphine\.limits\.dailyDose: expected soft, hard or both$/);
  });

  test('that names one that is not there says so where it names it', () => {
    const text = scenario('library: ./site.yaml\n');
    const gone = () => {
      throw new FileError([{ line: 1, column: 1, message: 'no such file' }]);
    };
    expect(() => loadScenario(text, gone)).toThrow('4:10: library: no such file');
    expect(() => loadScenario(text)).toThrow(
      '4:10: library: no drug library "./site.yaml": no file is read here: expected none',
    );
    expect(() => loadScenario(scenario('library: site\n'))).toThrow(
      '4:10: library: expected a file such as ./clinic.yaml, or none',
    );
  });
});

describe('the library that is shipped', () => {
  const drugs = DRUGS.map((name) => ({ name, drug: SHIPPED_LIBRARY.drugs[name] }));

  test.each(drugs)('knows $name, in the unit the screens show it in', ({ name, drug }) => {
    expect(drug?.unit).toBe(unitOf(name));
  });

  test.each(drugs)('has a hard limit of $name only where a label states one', ({ drug }) => {
    const hard = Object.values(drug?.limits ?? {}).flatMap((tier) => ('hard' in tier && tier.hard ? [tier.hard] : []));
    for (const { status, source } of hard) {
      expect(status).toBe('verified');
      expect(source).toContain('label');
    }
  });

  test('gives every number a status and a source', () => {
    const lines = drugs.flatMap(({ drug }) => [
      ...(drug?.concentrations ?? []),
      ...Object.values(drug?.limits ?? {}).flatMap((tier) => Object.values(tier)),
      ...(drug?.stability === undefined ? [] : [drug.stability]),
    ]);
    expect(lines.length).toBeGreaterThan(30);
    for (const { status, source } of lines) {
      expect(STATUSES).toContain(status);
      expect(source).not.toBe('');
    }
  });
});
