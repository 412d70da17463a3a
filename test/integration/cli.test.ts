import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { WRITTEN } from '../programmer/site-library.ts';
import { STOPPED } from './alone.ts';
import { copied, file, folder, MAIN, QUICK, ROOT, thecal } from './cli.ts';

/** Scenarios with something of everything: boluses, resets, links that fail. The long run takes them all. */
const FEW = QUICK.filter((path) => /(low-then-empty|reset-without-the-time|noisy-link)\.yaml$/.test(path));

const REFILL = join(ROOT, 'scenarios/low-reservoir-and-refill.yaml');
const TWO = [STOPPED, REFILL];

/** The same scenario, expecting a rate it does not have, and where that stands. */
function failing(): { path: string; at: string } {
  const text = readFileSync(REFILL, 'utf8').replace('rate: 0.4 mL/day, dailyDose', 'rate: 0.5 mL/day, dailyDose');
  const lines = text.split('\n');
  const line = lines.findIndex((each) => each.includes('0.5 mL/day'));
  const path = file(text);
  return { path, at: `${path}:${line + 1}:${(lines[line]?.indexOf('0.5 mL/day') ?? 0) + 1}` };
}

describe('thecal run', () => {
  test('replays the scenarios that came with it and exits 0', () => {
    // A copy with few of them; the long run replays all.
    const root = copied(['low-reservoir-and-refill.yaml', 'silent-over-infusion.yaml']);
    const { code, out, err } = thecal(['run'], { root });
    expect(out).toMatch(/✓ Baclofen 200 mcg\/day runs down .* 48d 9h, \d+\/\d+ met, \d+ ms/);
    expect(out).toMatch(/2 scenarios, all as expected: \d+ of \d+ expectations met/);
    expect(out).toMatch(/believed .*█/);
    expect(err).toContain('Where next');
    expect(code).toBe(0);
  });

  test('--json prints one document with a result for each scenario', () => {
    // Few of them; that all are as expected is tested in test/conformance.
    const { code, out } = thecal(['run', ...FEW, REFILL, '--json']);
    const { scenarios, ...totals } = JSON.parse(out) as { scenarios: Record<string, unknown>[] };
    expect(totals).toEqual({ passed: FEW.length + 1, failed: 0 });
    expect(scenarios).toHaveLength(FEW.length + 1);
    const refill = scenarios.find(({ id }) => id === 'low-reservoir-and-refill');
    expect(refill).toEqual({
      id: 'low-reservoir-and-refill',
      title: 'Baclofen 200 mcg/day runs down to its low-reservoir alarm and is refilled',
      file: 'scenarios/low-reservoir-and-refill.yaml',
      passed: true,
      expectations: expect.any(Number),
      simulatedMs: (48 * 24 + 9) * 3_600_000,
      wallMs: expect.any(Number),
      // Power on; open, enter, implant, stage, begin, commit, close; open, close; low; open, enter.
      events: 13,
    });
    expect(code).toBe(0);
  });

  test('--json tells what failed, where, when, what was expected and what was there', () => {
    const { path, at } = failing();
    const { code, out } = thecal(['run', path, '--json']);
    const [line, column] = at.split(':').slice(-2).map(Number);
    const what = { what: 'belief.rate', expected: '0.5 mL/day', got: '0.4 mL/day' };
    expect(JSON.parse(out)).toMatchObject({
      scenarios: [{ passed: false, failures: [{ line, column, step: 1, time: '0s', ...what }] }],
      failed: 1,
    });
    expect(Object.keys(JSON.parse(out).scenarios[0].failures[0])).toHaveLength(7);
    expect(code).toBe(1);
  });

  test('another seed moves the patient’s habits, the same one does not', () => {
    const presses = join(ROOT, 'scenarios/patient-boluses.yaml');
    const trace = (seed: string) => thecal(['run', presses, '--seed', seed, '--trace', '-']).out;
    const body = (text: string) => text.slice(text.indexOf('\n'));
    const once = trace('7');
    expect(trace('7')).toBe(once);
    expect(body(trace('8'))).not.toBe(body(once));
  });

  test('a failed expectation says where, when, what was expected and what would pass, and exits 1', () => {
    const { path, at } = failing();
    const { code, err } = thecal(['run', path]);
    expect(err).toContain(`${at}: step 1 at 0s\n  belief.rate: expected 0.5 mL/day, got 0.4 mL/day\n`);
    expect(err).toContain('  would pass: rate: 0.4 mL/day\n  before it:\n    #');
    expect(code).toBe(1);
  });

  test('--junit writes a report that names the failure', () => {
    const path = join(folder(), 'junit.xml');
    const { path: bad, at } = failing();
    expect(thecal(['run', bad, REFILL, '--junit', path]).code).toBe(1);
    const report = readFileSync(path, 'utf8');
    expect(report).toContain('<testsuites tests="2" failures="1" errors="0"');
    expect(report).toContain(
      `<failure message="${at}: step 1 at 0s: belief.rate: expected 0.5 mL/day, got 0.4 mL/day">`,
    );
  });

  test('what would drive the terminal is printed for people to read', () => {
    const title = 'A \u001b[2Jtitle\u001b[8m\u009b1m\r\u0007 of\ttoday';
    const path = file(readFileSync(REFILL, 'utf8').replace(/^title: .*$/m, `title: ${JSON.stringify(title)}`));
    const plain = 'A \\u001b[2Jtitle\\u001b[8m\\u009b1m\\u000d\\u0007 of\ttoday';
    expect(thecal(['check', path]).out).toContain(`: ${plain}\n`);
    expect(thecal(['tell', path]).out).toContain(`${plain}\n`);
    expect(thecal(['run', path], { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } }).out).toContain(
      `\u001b[39m ${plain}  \u001b[2m`,
    );
    const { out } = thecal(['console', path], { input: 'replace { serial: "a\\e[2J" }\nregisterPump\ninterrogate\n' });
    expect(out).toMatch(/a\\u001b\[2J/);
    expect(out).not.toMatch(/(?![\n\t])\p{Cc}/u);
  });

  test('colour is for terminals that want it', () => {
    const esc = String.fromCharCode(27);
    expect(thecal(['run', STOPPED]).out).not.toContain(esc);
    expect(thecal(['run', STOPPED], { env: { NO_COLOR: undefined, FORCE_COLOR: '1' } }).out).toContain(esc);
  });
});

describe('the other commands', () => {
  test('a build leaves a program that a shell can start', () => {
    const { status, stdout } = spawnSync(join(ROOT, MAIN), ['--version'], { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  test('thecal why gives the chain of causes of an alarm, from the act to the alarm, and asks which scenario is meant', () => {
    const trace = join(folder(), 'trace.ndjson');
    thecal(['run', ...TWO, '--trace', trace]);
    expect(thecal(['why', trace, '--at', '5d'])).toMatchObject({ code: 2 });
    expect(thecal(['why', trace, '--at', '5d', '--scenario', 'toast']).err).toContain('expected one of');
    const { code, out } = thecal(['why', trace, '--at', '5d', '--scenario', 'left-stopped']);
    const [, rate = '', alarm = ''] = out.split('\n\n');
    expect(out.split('\n')[0]).toBe('left-stopped at 5d');
    expect(rate).toMatch(
      /^the pump commands 0 mL\/day \(stopped\), because\n {2}#\d+ 3d act clinician \{"type":"stop"\}/,
    );
    expect(alarm).toMatch(/^alarm: stoppedPump, because\n {2}#\d+ 3d act clinician \{"type":"stop"\}/);
    expect(alarm).toContain('"kind":"alarmRaised","data":{"code":"stoppedPump"}');
    expect(code).toBe(0);
  });

  test('thecal tell shows belief and truth part', () => {
    const { code, out } = thecal(['tell', join(ROOT, 'scenarios/silent-over-infusion.yaml')]);
    expect(out).toContain('the reservoir runs dry; no sensor sees it');
    expect(out).toMatch(/basal delivery, 0\.4 mL\/day; 2\.609 +nothing flows; the reservoir is/);
    expect(code).toBe(0);
  });

  test('thecal check reads without running', () => {
    expect(thecal(['check'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('silent-over-infusion.yaml: A pump'),
    });
    // A story that fails can be read.
    expect(thecal(['check', failing().path])).toMatchObject({ code: 0 });
  });

  test('what cannot be read is told of every path, not of the first alone', () => {
    const nothing = folder();
    const { code, out, err } = thecal(['check', 'nowhere.yaml', nothing, STOPPED, file('title: x'), 'nor.yaml']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    const told = err.split('\n').map((line) => line.replace(/.*\//, ''));
    expect(told).toContain('nowhere.yaml: no such file or folder');
    expect(err).toContain(`${nothing}: no scenario in it`);
    expect(err).toContain('story.yaml:1:1: thecal: expected "scenario/1"');
    expect(told).toContain('nor.yaml: no such file or folder');
  });

  test('thecal schema prints a JSON Schema that knows the keys of a scenario', () => {
    const { out } = thecal(['schema']);
    const { properties } = JSON.parse(out) as { properties: Record<string, unknown> };
    expect(Object.keys(properties)).toEqual(expect.arrayContaining(['thecal', 'title', 'profile', 'story', 'never']));
  });

  test('thecal drugs prints every limit of a drug with status and source, and a library that is read again', () => {
    expect(thecal(['drugs']).out).toMatch(/ziconotide +on-label +19\.2 mcg\/day/);
    expect(thecal(['drugs', 'morphine']).out).toMatch(/dailyDose, soft +20 mg\/day +verified +Infumorph label/);
    const again = thecal(['drugs', 'morphine', '--library', file(thecal(['drugs', '--json']).out, 'library.json')]);
    expect(again.out).toBe(thecal(['drugs', 'morphine']).out);
    expect(thecal(['drugs', 'aspirin'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('expected one of bac'),
    });
  });

  test('a library that cannot be used is told by line and column, and a scenario that names one is run by it', () => {
    const library = JSON.stringify(WRITTEN, null, 2);
    const path = file(library, 'site.json');
    const text = `thecal: scenario/1
title: A library of a site
profile: synchromed-ii-like-20
library: ./site.json
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, morphine: 10 mg/mL }, prescribe: { constant: 2 mg/day, ceiling: 30 mg/day } }
story: [{ clinician: { prescribe: { constant: 3.1 mg/day } }, expect: { refused: needsConfirmation } }]
`;
    writeFileSync(join(dirname(path), 'story.yaml'), text);
    expect(thecal(['run', join(dirname(path), 'story.yaml')]).code).toBe(0);
    writeFileSync(path, library.replace('"mg/day"', '"mg"'));
    const { code, err } = thecal(['run', join(dirname(path), 'story.yaml')]);
    expect(code).toBe(2);
    expect(err).toMatch(/site\.json:\d+:\d+: drugs\.morphine\..*: expected a dose per day/);
  });

  test('thecal profiles prints every parameter with value, unit, status and source', () => {
    const { out } = thecal(['profiles', 'synchromed-ii-like-40', '--json']);
    const { parameters } = JSON.parse(out) as { parameters: Record<string, Record<string, unknown>> };
    expect(parameters['reservoirCapacity']).toMatchObject({ value: 40, unit: 'mL', status: 'verified' });
    for (const line of Object.values(parameters))
      expect(Object.keys(line).sort()).toEqual(['source', 'status', 'unit', 'value']);
    expect(thecal(['profiles']).out).toContain('generic-pca');
    expect(thecal(['profiles', 'generic-pca']).out).toMatch(/lockoutOrigin +end +verified/);
  });

  test('thecal chart prints the diagram', () => {
    expect(thecal(['chart']).out).toContain('infusion_basal --> infusion_patientBolus : BOLUS_REQUEST [bolusGranted]');
  });

  test('thecal --help lists the commands', () => {
    const { code, out } = thecal(['--help']);
    expect(out).toContain('Exit codes:');
    for (const command of ['new', 'diff', 'trumpet'])
      expect(out).toMatch(new RegExp(`^ {2}${command} \\[options\\]`, 'm'));
    expect(code).toBe(0);
  });
});
