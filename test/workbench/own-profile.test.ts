import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { volume } from '../../shared/index.ts';
import {
  loadProfile,
  loadScenario,
  newPump,
  type OpenFile,
  ProfileError,
  profileNamed,
  runScenario,
  ScenarioError,
  Session,
  simulate,
  type TraceHeader,
  type TraceRecord,
  WrittenError,
} from '../../workbench/index.ts';

/** A pump that holds 10 mL, is low at 4 mL and then gives no more boluses. */
const PUMP = `thecal: profile/1
name: my-pump
title: My pump
about: Made up
like: synchromed-ii-like-20
parameters:
  reservoirCapacity: { value: 10, unit: mL, status: assumed, source: made up }
  lowReservoirDefault: { value: 4, unit: mL, status: assumed, source: made up }
  lowReservoirPolicy: { value: basalOnly, status: assumed, source: made up }
`;

const STORY = (profile: string) => `thecal: scenario/1
title: A pump of one's own runs low
profile: ${profile}
clock: 2026-01-05 08:00
start:
  fill: { volume: 10 mL, baclofen: 500 mcg/mL }
  prescribe:
    constant: 200 mcg/day
    patientBolus: { dose: 20 mcg, duration: 5min, lockout: 1h, maxPerDay: 3 }
    lowReservoir: 4 mL
story:
  - patient: requestBolus
  - until: { alarm: lowReservoir }
    atMost: 30d
  - patient: requestBolus
    expect: { refused: lowReservoir }
  - hands: { inject: 20 mL }
    expect: { refused: overfull }
`;

/** Finds files among some that are there. */
const among =
  (files: Readonly<Record<string, string>>): OpenFile =>
  (path) => {
    const text = files[path];
    if (text === undefined) throw new ProfileError([{ line: 1, column: 1, message: `${path}: no such file` }]);
    return { file: `folder/${path}`, text };
  };

const open = among({ './my-pump.yaml': PUMP });

function play(text: string, from: OpenFile, executor: (typeof EXECUTOR_NAMES)[number] = 'xstate') {
  const headers: TraceHeader[] = [];
  const records: TraceRecord[] = [];
  const result = runScenario(loadScenario(text, from), {
    id: 'own',
    version: '0',
    executor,
    onHeader: (header) => headers.push(header),
    onRecord: (record) => records.push(record),
  });
  return { ...result, header: headers[0], records };
}

describe('a scenario whose profile is a file', () => {
  test.each(EXECUTOR_NAMES)('plays that device, on %s', (executor) => {
    const { failures, breaches, records } = play(STORY('./my-pump.yaml'), open, executor);
    expect(failures).toEqual([]);
    expect(breaches).toEqual([]);
    expect(records).toContainEqual(
      expect.objectContaining({ kind: 'log', data: expect.objectContaining({ kind: 'powerOn' }) }),
    );
  });

  test('says in its trace which sheet it was, so that the same run can be had from the trace alone', () => {
    const first = play(STORY('./my-pump.yaml'), open);
    expect(first.header).toMatchObject({ profile: 'my-pump', sheet: { thecal: 'profile/1', name: 'my-pump' } });
    const kept = JSON.stringify(first.header?.sheet);
    const again = play(STORY('./kept.json'), among({ './kept.json': kept }));
    expect(again.header).toEqual(first.header);
    expect(again.records).toEqual(first.records);
  });

  test('of a shipped profile the name is enough', () => {
    const { header } = play(STORY('synchromed-ii-like-20').replace(/ {2}- patient[\s\S]*$/, '  - after: 1d\n'), open);
    expect(header).toMatchObject({ profile: 'synchromed-ii-like-20' });
    expect(header).not.toHaveProperty('sheet');
  });

  const problemsOf = (text: string, from?: OpenFile) => {
    try {
      loadScenario(text, from);
    } catch (error) {
      if (error instanceof ScenarioError) return error.message;
      throw error;
    }
    return '';
  };

  test.each([
    ['no such file', STORY('./other.yaml'), open, '3:10: profile: ./other.yaml: no such file'],
    ['no such name', STORY('my-pump'), open, '3:10: profile: expected one of synchromed-ii-like-20, '],
    [
      'a place without files',
      STORY('./my-pump.yaml'),
      undefined,
      '3:10: profile: no profile "./my-pump.yaml": no file',
    ],
    ['no text', STORY('[1]'), open, '3:10: profile: expected one of synchromed-ii-like-20, '],
    [
      'a mistake inside the file, at its own line',
      STORY('./bad.yaml'),
      among({ './bad.yaml': PUMP.replace('value: 4, unit: mL', 'value: 4, unit: mg') }),
      'folder/./bad.yaml:8:42: parameters.lowReservoirDefault.unit: expected one of mL, mcL, nL',
    ],
    [
      'a rate that device has not',
      STORY('./my-pump.yaml').replace('200 mcg/day', '1 mcg/day'),
      open,
      'is no rate of my-pump: expected 0.048 mL/day to 24 mL/day',
    ],
  ])('is refused for %s', (_, text, from, said) => {
    expect(problemsOf(text, from)).toContain(said);
  });
});

describe('a pump at hand', () => {
  const { sheet } = loadProfile(PUMP);

  test('is of a sheet that is given', () => {
    const pump = simulate(sheet, { fill: { volume: '10 mL', baclofen: '500 mcg/mL' } });
    expect(pump.belief).toMatchObject({ profile: 'my-pump', volume: volume.parse('10 mL') });
  });

  test('of a sheet that cannot be is none', () => {
    const emptyAt = { ...sheet.parameters.emptyAt, value: -1 };
    const impossible = { ...sheet, parameters: { ...sheet.parameters, emptyAt } };
    expect(() => simulate(impossible)).toThrow(WrittenError);
    expect(() => simulate(impossible)).toThrow('simulate: profile: profile my-pump, emptyAt: "-1 mL" is negative');
  });

  test('reads no file by itself', () => {
    expect(() => simulate('./my-pump.yaml')).toThrow(
      'simulate: profile: no profile "./my-pump.yaml": no file is read here',
    );
  });

  test('with the name of a shipped profile and other lines is told as it is', () => {
    const shipped = profileNamed('synchromed-ii-like-20');
    if (shipped === undefined) throw new Error('no such profile');
    const headers: TraceHeader[] = [];
    const { scenario, ...others } = loadScenario(STORY('synchromed-ii-like-20'));
    const changed = { ...scenario, profile: { ...sheet, name: shipped.name } };
    runScenario(
      { ...others, scenario: changed },
      { id: 'x', version: '0', onHeader: (header) => headers.push(header) },
    );
    expect(headers[0]?.sheet?.parameters.reservoirCapacity.value).toBe(10);
  });
});

test('a session at the console opens with a pump of one’s own, and its record is called as it is told', () => {
  const session = new Session(newPump('./my-pump.yaml', '2026-01-05 08:00', open), { id: 'console', version: '0' });
  expect(session.line('hands inject: { volume: 20 mL, saline: true }').text).toContain('overfull');
  expect(session.recorded()).toContain('\nprofile: ./my-pump.yaml\n');
  expect(session.recorded(undefined, { profile: '../my-pump.yaml' })).toContain('\nprofile: ../my-pump.yaml\n');
});
