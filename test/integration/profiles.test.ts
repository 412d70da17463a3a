import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PARAMETER_NAMES, PROFILE_NAMES, PROFILES, STATUSES } from '../../shared/index.ts';
import { folder, thecal } from './cli.ts';

const MINE = `thecal: profile/1
name: my-pump
title: My pump
about: Made up
like: synchromed-ii-like-40
parameters:
  reservoirCapacity: { value: 30, unit: mL, status: verified, source: weighed }
  rateMaximum: { value: 1, unit: mL/h, status: assumed, source: the same in another unit }
  basalMaximum: { value: 1, unit: mL/h, status: assumed, source: the same in another unit }
  lowReservoirPolicy: { value: basalOnly, status: assumed, source: made up }
`;

/** A folder with a profile in it, and another folder below. */
function bench(mine = MINE): string {
  const cwd = folder();
  writeFileSync(join(cwd, 'my-pump.yaml'), mine);
  mkdirSync(join(cwd, 'stories'));
  return cwd;
}

describe('thecal profiles', () => {
  test('counts the lines of every profile by how well they are known', () => {
    const { code, out } = thecal(['profiles']);
    expect(code).toBe(0);
    for (const { name, title, parameters } of PROFILES) {
      const lines = Object.values(parameters);
      const counts = STATUSES.map((status) => lines.filter((line) => line.status === status).length);
      expect(out).toMatch(new RegExp(`^${name} +${title} +${counts.join(' +')}$`, 'm'));
      expect(counts.reduce((a, b) => a + b, 0)).toBe(PARAMETER_NAMES.length);
    }
  });

  test('lists every parameter of each as JSON, none without value, unit, status and source', () => {
    const sheets = JSON.parse(thecal(['profiles', '--json']).out);
    expect(sheets.map(({ name }: { name: string }) => name)).toEqual(PROFILE_NAMES);
    for (const { parameters } of sheets) {
      expect(Object.keys(parameters)).toEqual(PARAMETER_NAMES);
      for (const line of Object.values(parameters)) {
        expect(line).toEqual({
          value: expect.toSatisfy((value) => value !== '' && value !== null),
          unit: expect.stringMatching(/./),
          status: expect.toBeOneOf([...STATUSES]),
          source: expect.stringMatching(/\S/),
        });
      }
    }
  });

  test('prints a sheet within the width of a pipe, each value with its status and below it its source', () => {
    const { out } = thecal(['profiles', 'minimed-2007-like']);
    expect(out).toMatch(
      /^stepsPerDay +48 +verified +Most steps in one day of a schedule\n +MiniMed 2007D .* p\. 43: /m,
    );
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });

  test('colours statuses where somebody looks, and never a word of a value', () => {
    const { out } = thecal(['profiles', 'synchromed-ii-like-20'], { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } });
    const lineOf = (name: string) => out.split('\n').find((line) => line.startsWith(name));
    expect(lineOf('flowAccuracy')).toMatch(/14\.5 % +/);
    expect(lineOf('flowAccuracy')).toContain(' \u001B[32mverified\u001B[39m ');
    expect(lineOf('strokeVolume')).toContain(' \u001B[2massumed\u001B[22m ');
  });

  test('shows a profile of one’s own, what it takes over included', () => {
    const { out } = thecal(['profiles', 'my-pump.yaml'], { cwd: bench() });
    expect(out).toMatch(/^My pump \(my-pump\)$/m);
    expect(out).toMatch(/^reservoirCapacity +30 mL +verified/m);
    expect(out).toMatch(/^stoppedAlarm +48 h +assumed/m);
  });

  test('a shipped sheet as JSON is a profile file under another name', () => {
    const cwd = folder();
    const { out } = thecal(['profiles', 'valve-gated-like-20', '--json']);
    writeFileSync(join(cwd, 'mine.json'), out.replace('"name": "valve-gated-like-20"', '"name": "mine"'));
    expect(thecal(['check', 'mine.json'], { cwd }).out).toMatch(
      /^mine\.json: Valve-gated-like, 20 mL \(a profile, \d+ lines of its own\)$/m,
    );
  });
});

describe('thecal profiles --compare', () => {
  test('says which values differ, and which are the same but known otherwise', () => {
    const { code, out } = thecal(['profiles', '--compare', 'synchromed-ii-like-40', './my-pump.yaml'], {
      cwd: bench(),
    });
    expect(code).toBe(0);
    expect(out).toMatch(/^parameter +synchromed-ii-like-40 +my-pump$/m);
    expect(out).toMatch(/^reservoirCapacity +40 mL +verified +30 mL +verified$/m);
    expect(out).toMatch(/^lowReservoirPolicy +alarm +assumed +basalOnly +assumed$/m);
    expect(out).toMatch(/^serviceLife +84 months +verified +→ +assumed$/m);
    expect(out).toMatch(/^rateMaximum +24 mL\/day +unverified +→ +assumed$/m);
    expect(out).not.toContain('emptyAt');
  });

  test('as JSON gives both lines of each', () => {
    const args = ['profiles', '--compare', 'synchromed-ii-like-20', 'synchromed-ii-like-40', '--json'];
    const { values, statuses, ...rest } = JSON.parse(thecal(args).out);
    const { reservoirCapacity: a } = PROFILES[0]?.parameters ?? {};
    const { reservoirCapacity: b } = PROFILES[1]?.parameters ?? {};
    expect(values).toEqual([{ parameter: 'reservoirCapacity', a, b }]);
    expect(statuses).toEqual([]);
    expect(rest).toEqual({ a: 'synchromed-ii-like-20', b: 'synchromed-ii-like-40', alike: PARAMETER_NAMES.length - 1 });
  });

  test('says so where nothing differs', () => {
    const { out } = thecal(['profiles', '--compare', 'generic-pca', 'generic-pca']);
    expect(out).toMatch(/^no value differs\n/);
  });

  test.each([
    [['--compare', 'generic-pca'], '--compare: expected two profiles'],
    [['--compare', 'generic-pca', 'generic-pca', 'generic-pca'], '--compare: expected two profiles'],
    [['--compare', 'generic-pca', 'toaster'], 'no profile "toaster": expected one of'],
  ])('%j is refused', (args, said) => {
    const { code, err } = thecal(['profiles', ...args]);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
  });
});

describe('a profile of one’s own', () => {
  test('is written into a new scenario by its path, checked and run with it, and told in the trace', () => {
    const cwd = bench();
    expect(thecal(['new', '--profile', 'my-pump.yaml', 'stories/first.yaml'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'stories/first.yaml'), 'utf8')).toContain('\nprofile: ../my-pump.yaml\n');
    const checked = thecal(['check', '.'], { cwd });
    expect(checked.out).toBe(
      'my-pump.yaml: My pump (a profile like synchromed-ii-like-40, 4 lines of its own)\n' +
        'stories/first.yaml: A pump runs down to its low-reservoir alarm and is refilled\n',
    );
    expect(thecal(['run', '.', '--trace', 'trace.ndjson'], { cwd })).toMatchObject({ code: 0 });
    const [header = ''] = readFileSync(join(cwd, 'trace.ndjson'), 'utf8').split('\n');
    const { profile, sheet } = JSON.parse(header);
    expect(profile).toBe('my-pump');
    expect(sheet).toEqual(JSON.parse(thecal(['profiles', 'my-pump.yaml', '--json'], { cwd }).out));
  });

  test('gives the same trace from the sheet in a trace, without its own file', () => {
    const cwd = bench();
    thecal(['new', '--profile', 'my-pump.yaml', 'first.yaml'], { cwd });
    thecal(['run', 'first.yaml', '--trace', 'a.ndjson'], { cwd });
    const trace = readFileSync(join(cwd, 'a.ndjson'), 'utf8');
    writeFileSync(join(cwd, 'my-pump.yaml'), JSON.stringify(JSON.parse(trace.split('\n')[0] ?? '').sheet));
    expect(thecal(['run', 'first.yaml', '--trace', 'b.ndjson'], { cwd })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'b.ndjson'), 'utf8')).toBe(trace);
  });

  test('opens a session whose record runs from another folder', () => {
    const cwd = bench();
    const args = ['console', '--profile', './my-pump.yaml', '--record', 'stories/session.yaml'];
    const input = 'hands inject: { volume: 40 mL, saline: true }\nhands inject: { volume: 30 mL, saline: true }\n';
    const { code, out } = thecal(args, { cwd, input });
    expect(out).toContain('refused (overfull)');
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'stories/session.yaml'), 'utf8')).toContain('\nprofile: ../my-pump.yaml\n');
    expect(thecal(['run', 'stories/session.yaml'], { cwd })).toMatchObject({ code: 0 });
    const again = ['console', 'stories/session.yaml', '--record', 'again.yaml'];
    expect(thecal(again, { cwd, input: 'after 1d\n' })).toMatchObject({ code: 0 });
    expect(readFileSync(join(cwd, 'again.yaml'), 'utf8')).toContain('\nprofile: ./my-pump.yaml\n');
  });

  test.each([
    ['check', ['check', 'my-pump.yaml']],
    ['new', ['new', '--profile', 'my-pump.yaml']],
    ['console', ['console', '--profile', 'my-pump.yaml']],
    ['pump', ['pump', '--profile', 'my-pump.yaml', '--listen', '127.0.0.1:0']],
    ['program', ['program', '--profile', 'my-pump.yaml', '--connect', 'ws://127.0.0.1:1', 'interrogate']],
  ])('with a mistake in it is refused by %s, with file, line and column', (_, args) => {
    const { code, err } = thecal(args, {
      cwd: bench(MINE.replace('value: 30, unit: mL', 'value: 30, unit: mg')),
      input: '',
    });
    expect(err).toContain('my-pump.yaml:7:41: parameters.reservoirCapacity.unit: expected one of mL, mcL, nL\n');
    expect(code).toBe(2);
  });

  test.each([
    [
      'a scenario that names it wrongly',
      'profile: ./none.yaml',
      /^first\.yaml:\d+:10: profile: none\.yaml: no such file$/m,
    ],
    [
      'a scenario that names a folder',
      'profile: ./folder.yaml',
      /^first\.yaml:\d+:10: profile: folder\.yaml: is a folder, expected a file/m,
    ],
    [
      'a scenario that names a scenario',
      'profile: ./first.yaml',
      /^first\.yaml:\d+:9: thecal: expected "profile\/1"$/m,
    ],
  ])('%s says so', (_, profile, said) => {
    const cwd = bench();
    mkdirSync(join(cwd, 'folder.yaml'));
    thecal(['new', '--profile', 'my-pump.yaml', 'first.yaml'], { cwd });
    const text = readFileSync(join(cwd, 'first.yaml'), 'utf8');
    writeFileSync(join(cwd, 'first.yaml'), text.replace('profile: ./my-pump.yaml', profile));
    const { code, err } = thecal(['run', 'first.yaml'], { cwd });
    expect([code, err]).toEqual([2, expect.stringMatching(said)]);
  });

  test('is no scenario, and a folder of nothing else has none', () => {
    const cwd = bench();
    expect(thecal(['run', 'my-pump.yaml'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('my-pump.yaml:1:1: a profile: expected a scenario'),
    });
    expect(thecal(['run', '.'], { cwd })).toMatchObject({
      code: 2,
      err: expect.stringContaining('no scenario in it, only profiles'),
    });
  });

  test('has a JSON Schema of its own', () => {
    const { properties } = JSON.parse(thecal(['schema', '--profile']).out);
    expect(Object.keys(properties.parameters.properties)).toEqual(PARAMETER_NAMES);
  });
});
