import { describe, expect, test } from 'vitest';
import { PARAMETER_NAMES, PROFILES, profileNamed } from '../../shared/index.ts';
import { isProfileText, loadProfile, ProfileError, profileJsonSchema, writtenProfile } from '../../workbench/index.ts';

const HEAD = `thecal: profile/1
name: my-pump
title: My pump
about: Made up
`;
const LIKE = `${HEAD}like: synchromed-ii-like-40\n`;

/** A profile with some lines of its own. */
const withLines = (...lines: readonly string[]) => `${LIKE}parameters:\n${lines.map((line) => `  ${line}\n`).join('')}`;

/** What is wrong with a text, as "line:column: message"; empty where nothing is. */
function problems(text: string): string {
  try {
    loadProfile(text);
    return '';
  } catch (error) {
    if (error instanceof ProfileError) return error.message;
    throw error;
  }
}

describe('a profile file', () => {
  const { sheet, like, own } = loadProfile(
    withLines(
      'reservoirCapacity: { value: 30, unit: mL, status: verified, source: "weighed, \\"bench 12\\"" }',
      'lowReservoirPolicy: { value: basalOnly, status: assumed, source: to see what it does }',
    ),
  );

  test('gives a whole sheet, its own lines as they are written', () => {
    expect(sheet).toMatchObject({ name: 'my-pump', title: 'My pump', about: 'Made up' });
    expect(Object.keys(sheet.parameters)).toEqual(PARAMETER_NAMES);
    const source = 'weighed, "bench 12"';
    expect(sheet.parameters.reservoirCapacity).toEqual({ value: 30, unit: 'mL', status: 'verified', source });
    expect([like, own]).toEqual(['synchromed-ii-like-40', ['reservoirCapacity', 'lowReservoirPolicy']]);
  });

  test('needs no unit for a choice, a count or months', () => {
    expect(sheet.parameters.lowReservoirPolicy).toMatchObject({ value: 'basalOnly', unit: 'choice' });
    const line = '{ value: 60, status: assumed, source: x }';
    expect(loadProfile(withLines(`serviceLife: ${line}`)).sheet.parameters.serviceLife).toMatchObject({
      unit: 'months',
    });
    expect(loadProfile(withLines(`logCapacity: ${line}`)).sheet.parameters.logCapacity).toMatchObject({
      unit: 'count',
    });
  });

  test('takes the rest over from what it is like, never as verified', () => {
    const other = profileNamed('synchromed-ii-like-40');
    for (const name of PARAMETER_NAMES.filter((each) => !own.includes(each))) {
      const { value, unit } = other?.parameters[name] ?? {};
      const source = 'as synchromed-ii-like-40; no figure found for this one';
      expect(sheet.parameters[name]).toEqual({ value, unit, status: 'assumed', source });
    }
  });

  test('may be JSON', () => {
    const lines = { emptyAt: { value: 0.5, unit: 'mL', status: 'assumed', source: 'made up' } };
    const json = { thecal: 'profile/1', name: 'a', title: 'b', about: 'c', like: 'generic-pca', parameters: lines };
    expect(loadProfile(JSON.stringify(json)).sheet.parameters.emptyAt).toEqual(lines.emptyAt);
  });

  test.each(PROFILES.map((shipped) => [shipped.name, shipped] as const))(
    'may be like no other, as %s under another name',
    (_, shipped) => {
      const text = JSON.stringify(writtenProfile({ ...shipped, name: 'my-own' }));
      expect(loadProfile(text)).toEqual({
        sheet: { ...shipped, name: 'my-own' },
        like: undefined,
        own: PARAMETER_NAMES,
      });
    },
  );

  test('has a JSON Schema that knows every parameter, its units and its choices', () => {
    const { properties } = JSON.parse(JSON.stringify(profileJsonSchema())).properties.parameters;
    expect(Object.keys(properties)).toEqual(PARAMETER_NAMES);
    expect(properties.reservoirCapacity.properties.unit.enum).toEqual(['mL', 'mcL', 'nL']);
    expect(properties.emptyPolicy.properties.value.enum).toEqual(['run', 'minimumRate', 'stop']);
    expect(properties.reservoirCapacity.required).toEqual(['value', 'unit', 'status', 'source']);
    expect(properties.emptyPolicy.required).toEqual(['value', 'status', 'source']);
  });
});

describe('what is wrong with a profile file is said with line, column and what was expected', () => {
  const line = (name: string, rest: string) => withLines(`${name}: { ${rest} }`);
  const KNOWN = 'status: assumed, source: made up';

  test.each([
    ['nothing', '', '1:1: empty: expected a profile beginning with "thecal: profile/1"'],
    ['a scenario', 'thecal: scenario/1\n', '1:9: thecal: expected "profile/1"'],
    ['no YAML', `${LIKE}parameters: {`, 'not YAML as profiles use it: '],
    ['two in one', `${LIKE}parameters: {}\n---\na: 1\n`, 'a second document: expected one profile a file'],
    ['no title', LIKE.replace('title: My pump\n', 'parameters: {}\n'), '1:1: title: is missing'],
    ['no parameters', LIKE, '1:1: parameters: is missing'],
    [
      'a name with a space',
      withLines().replace('my-pump', 'My pump'),
      '2:7: name: expected a name of lower-case words',
    ],
    ['a shipped name', withLines().replace('my-pump', 'generic-pca'), '2:7: name: the name of a shipped profile'],
    ['like nothing there is', withLines().replace('40', '41'), '5:7: like: expected one of synchromed-ii-like-20, '],
    ['another key', `${LIKE}colour: red\nparameters: {}\n`, '6:1: unknown key "colour": expected one of thecal, name'],
    ['a parameter nobody has', line('colour', KNOWN), '7:3: parameters: unknown key "colour": expected one of reservo'],
    ['a line that is only a number', withLines('emptyAt: 3'), '7:12: parameters.emptyAt: '],
    ['no status', line('emptyAt', 'value: 1, unit: mL, source: x'), '7:12: parameters.emptyAt.status: expected one of'],
    [
      'no source',
      line('emptyAt', 'value: 1, unit: mL, status: assumed'),
      '7:12: parameters.emptyAt.source: is missing',
    ],
    [
      'an empty source',
      line('emptyAt', 'value: 1, unit: mL, status: assumed, source: ""'),
      '7:59: parameters.emptyAt.source: expected where the value comes from',
    ],
    [
      'another status',
      line('emptyAt', 'value: 1, unit: mL, status: sure, source: x'),
      'expected one of verified, secon',
    ],
    ['a remark', line('emptyAt', `value: 1, unit: mL, ${KNOWN}, note: x`), 'unknown key "note": expected one of value'],
    ['no unit', line('emptyAt', `value: 1, ${KNOWN}`), 'parameters.emptyAt.unit: expected one of mL, mcL, nL'],
    ['a unit of something else', line('emptyAt', `value: 1, unit: mg, ${KNOWN}`), '.unit: expected one of mL, mcL, nL'],
    ['a unit for a choice', line('emptyPolicy', `value: run, unit: mL, ${KNOWN}`), 'parameters.emptyPolicy.unit: '],
    [
      'a text for a number',
      line('emptyAt', `value: much, unit: mL, ${KNOWN}`),
      '7:21: parameters.emptyAt.value: expected a',
    ],
    [
      'a negative volume',
      line('emptyAt', `value: -1, unit: mL, ${KNOWN}`),
      '7:21: parameters.emptyAt.value: "-1 mL" is nega',
    ],
    ['too fine a volume', line('strokeVolume', `value: 1e-20, unit: mL, ${KNOWN}`), 'parameters.strokeVolume.value: '],
    [
      'too many steps',
      line('stepsPerDay', `value: 49, ${KNOWN}`),
      '7:25: parameters.stepsPerDay.value: "49": expected a wh',
    ],
    [
      'no choice there is',
      line('emptyPolicy', `value: hope, ${KNOWN}`),
      '7:25: parameters.emptyPolicy.value: expected one',
    ],
    ['no time at all', line('writeInterval', `value: 0, unit: h, ${KNOWN}`), '"0h": expected a time above 0'],
    [
      'no stroke',
      line('strokeVolume', `value: 0, unit: mcL, ${KNOWN}`),
      '7:17: parameters.strokeVolume: strokeVolume 0 mcL: expected strokeVolume above 0',
    ],
    [
      'a line that does not go with one taken over',
      line('basalMinimum', `value: 30, unit: mL/day, ${KNOWN}`),
      '7:17: parameters.basalMinimum: basalMinimum 30 mL/day and basalMaximum 24 mL/day: expected basalMinimum below basalMaximum',
    ],
    [
      'no parameter, and none to take over',
      `${HEAD}parameters: {}\n`,
      '5:1: parameters: no reservoirCapacity, residualVolume, ',
    ],
  ])('%s', (_, text, said) => {
    expect(problems(text)).toContain(said);
  });

  test('all at once', () => {
    const text = withLines('emptyAt: { value: x, unit: mg }', 'emptyPolicy: { value: hope }');
    expect(problems(text).split('\n')).toHaveLength(7);
  });
});

test.each([
  [true, LIKE],
  [true, `# a remark\n\n${LIKE}`],
  [true, '{ "thecal": "profile/1", "name": 3 }'],
  [true, '{\n  "title": "a",\n  "thecal": "profile/2"\n}'],
  [false, 'thecal: scenario/1\nprofile: ./my-pump.yaml\n'],
  [false, 'about: "thecal: profile/1 is what it is like"'],
  [false, ''],
])('whether a text says of itself that it is a profile: %s of %j', (is, text) => {
  expect(isProfileText(text)).toBe(is);
});
