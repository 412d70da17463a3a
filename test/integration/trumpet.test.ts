import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { file, folder, thecal } from './cli.ts';

/** A life of 30 days at 0.4 mL/day, with something at its end that a trace tells. */
const STORY = `thecal: scenario/1
title: Baclofen 200 mcg/day
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day } }
story: [{ at: 30d, clinician: interrogate, expect: { truth: { rate: 0.4 mL/day } } }]
`;
const MORE = ['--break', 'flowBias=+15%'];

test('prints the curves of a scenario, and that the yardstick is borrowed', () => {
  const path = file(STORY, 'even.yaml');
  const { code, out, err } = thecal(['trumpet', path, '--cycles', '31,1', '--stabilisation', '9min']);
  expect(out).toBe(`${path.replace('.yaml', '')}
set rate      0.4 mL/day from 0s, the only stretch at one commanded rate
stroke        0.5 mcL (assumed), each 1min 48s at that rate
start-up      █████  9min, at most 0.4 mL/day
analysed      9min to 30d, a sample each 1min 48s
mean error A  0 %

window length  stroke cycles  Ep(max)  Ep(min)
1min 48s       1              0 %      0 %
55min 48s      31             0 %      0 %

A yardstick borrowed from IEC 60601-2-24, which is for external pumps; ISO 14708-4 governs implants.
A trumpet curve is drawn over the length of the window, not over time, and shows extremes alone.
`);
  expect({ code, err }).toEqual({ code: 0, err: '' });
});

test('finds 15 % more than was set, in windows of the ambulatory class, and ends like the run', () => {
  const path = file(STORY);
  const list = '15min,60min,150min,330min,570min,930min';
  const args = ['trumpet', path, ...MORE, '--stabilisation', '24h', '--windows', list, '--sample', '15min'];
  const { code, out, err } = thecal(args);
  expect(out).toMatch(/^analysed {6}1d to 30d, a sample each 15min\nmean error A {2}\+15 %\n/m);
  // 9.58 strokes in a quarter of an hour, where 8.33 were set.
  expect(out).toMatch(/^15min +8.333 +\+20 % +\+8 %$/m);
  expect(out.match(/^\d.*%$/gm)).toHaveLength(6);
  expect(err).toBe(`1 expectations not met, 0 always-true rules broken: thecal run ${path}\n`);
  expect(code).toBe(1);
});

interface Printed {
  readonly meanError: number;
  readonly startUp: readonly { readonly at: number; readonly flow: number }[];
}

test('a saved trace has the curves of its run', () => {
  const cwd = folder();
  const [story, trace] = [file(STORY), join(cwd, 'trace.ndjson')];
  expect(thecal(['run', story, ...MORE, '--trace', trace]).code).toBe(1);
  const saved = thecal(['trumpet', trace, '--json']);
  expect({ code: saved.code, err: saved.err }).toEqual({ code: 0, err: '' });
  expect(saved.out).toBe(thecal(['trumpet', story, ...MORE, '--json']).out);
  const printed: Printed = JSON.parse(saved.out);
  expect(printed).toMatchObject({
    rate: 400_000,
    strokeVolume: 500,
    strokeStatus: 'assumed',
    cycle: 108_000,
    start: 0,
    from: 7_200_000,
    to: 2_591_964_000,
    sample: 108_000,
    stretches: 1,
    meanError: 15,
    windows: [
      { length: 108_000, cycles: 1, max: 100, min: 0 },
      { length: 216_000, cycles: 2, max: 50, min: 0 },
      { length: 540_000, cycles: 5, max: 20, min: 0 },
      { length: 1_188_000, cycles: 11, max: 18.1818, min: 9.0909 },
      { length: 2_052_000, cycles: 19, max: 15.7895, min: 10.5263 },
      { length: 3_348_000, cycles: 31, max: 16.129, min: 12.9032 },
    ],
    yardstick: expect.stringContaining('borrowed'),
  });
  expect(printed.startUp).toHaveLength(66);
  expect(printed.startUp[0]).toEqual({ at: 108_000, flow: 400_000 });

  const said = (...args: readonly string[]) => {
    const { code, out, err } = thecal(['trumpet', trace, ...args]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    return err;
  };
  expect(said(...MORE)).toBe(
    `${trace}: --seed and --break are of a scenario: this is the trace of a run that is over\n`,
  );
  expect(said('--scenario', 'toast')).toContain('no scenario "toast": expected one of ');
  const lines = readFileSync(trace, 'utf8');
  writeFileSync(trace, lines + lines);
  expect(said()).toContain('holds several scenarios: add --scenario');
  writeFileSync(trace, lines.replace('"synchromed-ii-like-20"', '"toaster"'));
  expect(said()).toBe(`${trace}: no profile "toaster" is shipped, and its header holds no sheet of one\n`);
  writeFileSync(trace, lines.replace('"profile":', '"sheet":{"thecal":"profile/1","name":"toaster"},"profile":'));
  expect(said()).toBe(`${trace}: the sheet in its header: title: is missing\n`);
});

test('a device of one’s own is measured by its own stroke, also from its trace', () => {
  const cwd = folder();
  writeFileSync(
    join(cwd, 'coarse.yaml'),
    `thecal: profile/1
name: coarse
title: Coarse
about: It is made for a test.
like: synchromed-ii-like-20
parameters: { strokeVolume: { value: 2, unit: mcL, status: secondary, source: made for a test } }
`,
  );
  writeFileSync(join(cwd, 'story.yaml'), STORY.replace('profile: synchromed-ii-like-20', 'profile: ./coarse.yaml'));
  const live = thecal(['trumpet', 'story.yaml'], { cwd });
  expect(live.out).toContain('\nstroke        2 mcL (secondary), each 7min 12s at that rate\n');
  expect(thecal(['run', 'story.yaml', '--trace', 'trace.ndjson'], { cwd }).code).toBe(0);
  expect(thecal(['trumpet', 'trace.ndjson'], { cwd })).toEqual(live);
});
