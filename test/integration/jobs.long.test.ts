import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { threadsFor } from '../../workbench/cli/side-by-side.ts';
import { loadScenario } from '../../workbench/index.ts';
import { type Ended, folder, ROOT, sabotaged, thecal, thecalProcess } from './cli.ts';

const shipped = (name: string) => join(ROOT, 'scenarios', `${name}.yaml`);
const text = (name: string) => readFileSync(shipped(name), 'utf8');

/** What a run takes is another time each time. */
const timeless = (report: string) => report.replaceAll(/\d+ ms|in [\d.]+ s|(time|wallMs)"?[=:]"?[\d.]+"?/g, '');

/** Four scenarios in a folder: the first expects what is not so, the third takes longest. */
function scenarios(): string {
  const root = folder();
  const refill = text('low-reservoir-and-refill');
  writeFileSync(join(root, 'a.yaml'), refill.replace('rate: 0.4 mL/day, dailyDose', 'rate: 0.5 mL/day, dailyDose'));
  writeFileSync(join(root, 'b.yaml'), refill);
  writeFileSync(join(root, 'c.yaml'), text('patient-boluses'));
  writeFileSync(join(root, 'd.yaml'), text('left-stopped'));
  return root;
}

/** Runs them in so many threads, and takes all that can be read afterwards. */
function inThreads(jobs: string, root: string, ...flags: string[]) {
  const [junit, trace] = [join(folder(), 'junit.xml'), join(folder(), 'trace.ndjson')];
  const { code, out, err }: Ended = thecal(['run', root, '--jobs', jobs, '--junit', junit, '--trace', trace, ...flags]);
  const report = timeless(readFileSync(junit, 'utf8'));
  return { code, out: timeless(out), err, report, trace: readFileSync(trace, 'utf8') };
}

test('in several threads a run prints, writes and ends with what it does in one', () => {
  const root = scenarios();
  const faults = [
    '--break',
    'frameFault={ message: silenceAlarm, of: request, is: drop }',
    '--seed',
    '3',
    '--coverage',
  ];
  const one = inThreads('1', root, ...faults);
  expect(one).toMatchObject({ code: 1, err: expect.stringContaining('belief.rate: expected 0.5 mL/day') });
  expect(one.out).toContain('but no such frame came after it');
  expect(one.trace.match(/"trace":"thecal.trace\/1"/g)).toHaveLength(4);
  expect(inThreads('2', root, ...faults)).toEqual(one);
  expect(inThreads('9', root, ...faults)).toEqual(one);
});

test('in several threads --json prints the document it prints in one', () => {
  const root = scenarios();
  const json = (jobs: string) => {
    const { code, out, err } = thecal(['run', root, '--json', '--jobs', jobs]);
    return { code, err, totals: JSON.parse(out), text: timeless(out) };
  };
  const { totals, ...one } = json('1');
  expect(totals).toMatchObject({ passed: 3, failed: 1 });
  expect(json('2')).toMatchObject(one);
});

test('in several threads a story that goes back in time is told where it stands, and nothing is written', () => {
  const root = scenarios();
  const story = text('low-reservoir-and-refill').replace('after: 3d 9h', 'at: 1d');
  writeFileSync(join(root, 'c.yaml'), story);
  const run = (jobs: string) => {
    const junit = join(folder(), 'junit.xml');
    const { code, out, err } = thecal(['run', root, '--jobs', jobs, '--junit', junit]);
    expect(() => readFileSync(junit)).toThrow('ENOENT');
    return { code, out: timeless(out), err };
  };
  const one = run('1');
  expect(one).toMatchObject({ code: 2, err: expect.stringMatching(/c\.yaml:\d+:\d+: .*time cannot go back/) });
  expect(one.out.match(/^[✓✗]/gm)).toEqual(['✗', '✓']);
  expect(run('2')).toEqual(one);
});

test('a broken file among them is told before any thread is begun', () => {
  const root = scenarios();
  writeFileSync(join(root, 'd.yaml'), 'thecal: scenario/1\n');
  const one = thecal(['run', root, '--jobs', '1']);
  expect(one).toMatchObject({ code: 2, out: '', err: expect.stringContaining('d.yaml:1:1: ') });
  expect(thecal(['run', root, '--jobs', '2'])).toEqual(one);
});

test.each([
  ['run-one.js', 'const lines = [];', "throw new Error('boom');"],
  ['run-worker.js', 'parentPort?.on(', "throw new Error('boom');\nparentPort?.on("],
])('an error of the program in a thread is an internal error: %s', (source, find, replace) => {
  const root = sabotaged(`workbench/cli/${source}`, find, replace);
  const { code, out, err } = thecalProcess(['run', scenarios(), '--jobs', '2'], { root });
  expect(err).toMatch(/^internal error: Error: boom\n {4}at /);
  expect({ code, out }).toEqual({ code: 3, out: '' });
});

test('threads are begun where there is enough to do beside the longest scenario', () => {
  const [life, visit] = [text('whole-life'), text('left-stopped')].map((each) => loadScenario(each).scenario);
  if (life === undefined || visit === undefined) throw new Error('two scenarios');
  expect(threadsFor([life], 8)).toBe(1);
  expect(threadsFor([life, visit, visit], 8)).toBe(1);
  expect(threadsFor([life, life], 8)).toBe(2);
  expect(threadsFor([life, life, life], 2)).toBe(2);
  expect(threadsFor(Array(200).fill(visit), 8)).toBeGreaterThan(1);
});
