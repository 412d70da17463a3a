import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROFILE_NAMES } from '../../shared/index.ts';
import { file, folder, ROOT, sabotaged, thecal } from './cli.ts';

const STOPPED = join(ROOT, 'scenarios/left-stopped.yaml');
const REFILL = join(ROOT, 'scenarios/low-reservoir-and-refill.yaml');

/** Where the first line of a scenario says its schema is. */
const schemaOf = (text: string): string => /^# yaml-language-server: \$schema=(.*)\n/.exec(text)?.[1] ?? '';

describe('thecal new', () => {
  test('writes a scenario that check and run take as it stands, and whose schema is there', () => {
    const root = folder();
    mkdirSync(join(root, 'deep/er'), { recursive: true });
    const path = join(root, 'deep/er/mine.yaml');
    const { code, out, err } = thecal(['new', path]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain(`${path}: written. Next: thecal run ${path}`);
    expect(thecal(['check', path])).toMatchObject({ code: 0 });
    expect(thecal(['run', path])).toMatchObject({ code: 0, out: expect.stringContaining('all as expected') });
    const schema = resolve(dirname(path), schemaOf(readFileSync(path, 'utf8')));
    expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('properties.story');
  });

  test('writes to standard output without a file, for the working folder', () => {
    const cwd = folder();
    const { code, out } = thecal(['new', '--profile', PROFILE_NAMES[1] ?? ''], { cwd });
    expect(out).toContain(`\nprofile: ${PROFILE_NAMES[1]}\n`);
    expect(existsSync(resolve(cwd, schemaOf(out)))).toBe(true);
    expect(readdirSync(cwd)).toEqual([]);
    expect(code).toBe(0);
  });

  test('says how to write the schema where it did not come along', () => {
    // A copy of the compiled program without docs/.
    const root = sabotaged('workbench/cli/exit.js', 'broken: 3', 'broken: 3');
    expect(thecal(['new'], { root }).out).toMatch(/^# For completion in an editor: thecal schema > /);
  });

  test('copies a shipped scenario, which passes where it now stands', () => {
    const path = join(folder(), 'mine.yaml');
    expect(thecal(['new', path, '--from', 'left-stopped']).code).toBe(0);
    expect(thecal(['run', path])).toMatchObject({
      code: 0,
      out: expect.stringContaining('1 scenario, all as expected'),
    });
    expect(existsSync(resolve(dirname(path), schemaOf(readFileSync(path, 'utf8'))))).toBe(true);
  });

  test('never writes over anything', () => {
    const path = file('mine\n');
    expect(thecal(['new', path])).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is there already') });
    expect(readFileSync(path, 'utf8')).toBe('mine\n');
    expect(thecal(['new', dirname(path)])).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
    const link = join(dirname(path), 'link.yaml');
    symlinkSync('nowhere.yaml', link);
    expect(thecal(['new', link])).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
    expect(readdirSync(dirname(path)).sort()).toEqual(['link.yaml', 'story.yaml']);
  });

  test.each([
    [['--profile', 'toaster'], 'Allowed choices are synchromed-ii-like-20'],
    [['--from', 'toast'], 'no shipped scenario "toast": expected one of '],
    [['--from', 'left-stopped', '--profile', 'generic-pca'], "cannot be used with option '--profile"],
    [['no/such/folder/x.yaml'], 'cannot be written'],
    [[''], 'cannot be written'],
  ])('refuses %j and writes nothing', (args, says) => {
    const cwd = folder();
    const { code, out, err } = thecal(['new', ...args], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
    expect(err).not.toMatch(/^\s+at .*\.js:\d+/m);
    expect(readdirSync(cwd)).toEqual([]);
  });
});

describe('thecal diff', () => {
  const root = folderOfTraces();

  test('of two executors finds headers alone, which count when asked', () => {
    const [a, b] = [root('a', []), root('b', ['--executor', 'table'])];
    const { code, out } = thecal(['diff', a, b]);
    expect(out).toBe(
      'headers differ, which does not count\n  executor:  "xstate" → "table"\n2 scenarios, no difference\n',
    );
    expect(code).toBe(0);
    expect(thecal(['diff', a, b, '--headers'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('2 scenarios, 2 with a difference'),
    });
    expect(thecal(['diff', a, a, '--headers'])).toEqual({ code: 0, out: '2 scenarios, no difference\n', err: '' });
  });

  test('says where two lives part, in which fields, and what led to either side', () => {
    const [a, b] = [root('a', []), root('c', ['--break', 'flowBias=+60%@4d'])];
    const { code, out } = thecal(['diff', a, b]);
    expect(out).toMatch(/^ {2}added: {2}not there → \["flowBias=\+60%@4d"\]$/m);
    expect(out).toMatch(/^left-stopped: differs from record #\d+ on/m);
    const [, last = '', fields = '', becauseA = '', becauseB = ''] = out.split('\n\n');
    expect(last).toMatch(/^last equal:\n {2}#\d+ .*\nA:\n {2}#\d+ 4d act patient .*\nB:\n {2}#\d+ 4d act world /);
    expect(fields).toMatch(/^what differs:\n {2}kind: +patient → world\n {2}data\.type: +"requestBolus" → "flowBias"/);
    expect(becauseA).toMatch(/^A, because\n {2}#\d+ 4d act patient/);
    expect(becauseB).toMatch(/^B, because\n {2}#\d+ 4d act world/);
    // The second scenario is named, not told.
    expect(out).toMatch(/^low-reservoir-and-refill: differs from record #\d+ on \(\d+ and \d+ records\)$/m);
    expect(out.match(/last equal:/g)).toHaveLength(1);
    expect(code).toBe(1);
  });

  test('of one scenario leaves the others alone', () => {
    const [a, b] = [root('a', []), root('c', ['--break', 'flowBias=+60%@4d'])];
    expect(thecal(['diff', a, b, '--scenario', 'low-reservoir-and-refill']).out).toContain('1 scenario, 1 with');
    expect(thecal(['diff', a, b, '--scenario', 'toast'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('no scenario "toast": expected one of left-stopped, low-reservoir-and-refill'),
    });
  });

  test('compares single runs whatever they are called, and several by their names', () => {
    const text = readFileSync(root('a', []), 'utf8');
    const second = text.indexOf('{"trace"', 1);
    const [stopped, refill] = [file(text.slice(0, second), 's.ndjson'), file(text.slice(second), 'r.ndjson')];
    const renamed = file(text.slice(0, second).replace('"left-stopped"', '"renamed"'), 'n.ndjson');
    expect(thecal(['diff', stopped, renamed])).toMatchObject({ code: 0, out: expect.stringContaining('"renamed"') });
    expect(thecal(['diff', root('a', []), refill])).toMatchObject({
      code: 1,
      out: expect.stringContaining('left-stopped: only in '),
    });
    const twice = file(text + text, 't.ndjson');
    expect(thecal(['diff', root('a', []), twice])).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds "left-stopped" twice'),
    });
  });

  test('of a trace cut short says which has ended', () => {
    const lines = readFileSync(root('a', []), 'utf8').split('\n');
    const { code, out } = thecal([
      'diff',
      file(lines.slice(0, 20).join('\n')),
      root('a', []),
      '--scenario',
      'left-stopped',
    ]);
    expect(out).toContain('A:\n  has ended\nB:\n  #20 ');
    expect(out).not.toContain('what differs');
    expect(code).toBe(1);
  });

  test.each([
    ['no such file, first,', (good: string) => ['no-such.ndjson', good], 'cannot be read'],
    ['no trace, second,', (good: string) => [good, 'package.json'], 'package.json:1:1: not JSON'],
    ['an empty file', (good: string) => [good, '/dev/null'], 'no regular file'],
  ])('of %s exits 2', (_, paths, says) => {
    const { code, out, err } = thecal(['diff', ...paths(root('a', []))]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(says);
  });
});

/** Traces of two scenarios, each written once. */
function folderOfTraces(): (name: string, args: readonly string[]) => string {
  const texts = new Map<string, string>();
  return (name, args) => {
    const text = texts.get(name) ?? thecal(['run', STOPPED, REFILL, ...args, '--trace', '-']).out;
    texts.set(name, text);
    return file(text, `${name}.ndjson`);
  };
}

describe('thecal run --break', () => {
  test('says under every scenario what was added, and that it came or did not', () => {
    const { code, out, err } = thecal([
      'run',
      STOPPED,
      REFILL,
      '--break',
      'flowBias=+60%@30d',
      '--break',
      'syringeError=0%',
    ]);
    expect(out).toContain('    added: flowBias=+60%@30d, but the story ended before it\n    added: syringeError=0%\n');
    expect(out).toContain('    added: flowBias=+60%@30d\n    added: syringeError=0%\n');
    expect(err).toContain('truth.reservoir: expected 2.000 mL, got 0 mL');
    expect(code).toBe(1);
  });

  test('says so in the JSON document, the JUnit report and the header of the trace', () => {
    const root = folder();
    const [junit, trace] = [join(root, 'junit.xml'), join(root, 'trace.ndjson')];
    const args = ['run', STOPPED, '--break', 'flowBias={"by": 1}', '--junit', junit, '--trace', trace, '--json'];
    expect(thecal(args).code).toBe(2);
    const { out } = thecal(args.with(3, 'flowBias="+1 %"@30d'));
    const { scenarios } = JSON.parse(out) as { scenarios: { added?: unknown }[] };
    expect(scenarios[0]?.added).toEqual([{ fault: 'flowBias="+1 %"@30d', atMs: 30 * 86_400_000, came: false }]);
    expect(readFileSync(junit, 'utf8')).toContain(
      '<property name="added fault" value="flowBias=&quot;+1 %&quot;@30d"/>',
    );
    expect(readFileSync(trace, 'utf8').split('\n')[0]).toContain('"added":["flowBias=\\"+1 %\\"@30d"]');
  });

  test('without one neither report says anything of it', () => {
    const junit = join(folder(), 'junit.xml');
    expect(thecal(['run', STOPPED, '--json', '--junit', junit]).out).not.toContain('added');
    expect(readFileSync(junit, 'utf8')).not.toContain('properties');
  });

  test('is told by thecal tell too', () => {
    const { out } = thecal(['tell', REFILL, '--break', 'flowBias=+60%@30d']);
    expect(out).toContain('\n    added: flowBias=+60%@30d\n');
    expect(out).toMatch(/^30d +from now on the motor moves more .*: 60 %$/m);
  });

  test.each(['run', 'tell'])('that is no fault is refused by thecal %s before anything is run', (command) => {
    const { code, out, err } = thecal([command, STOPPED, '--break', 'toast=1@3d']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('no fault "toast"; the faults known are\n  flowBias: ');
  });
});

describe('thecal run --coverage', () => {
  test('as JSON is part of the one document', () => {
    const { coverage } = JSON.parse(thecal(['run', STOPPED, '--coverage', '--json']).out) as {
      coverage: { kinds: { kind: string; exercised: number; missed: { item: string; because: string | null }[] }[] };
    };
    const alarms = coverage.kinds.find(({ kind }) => kind === 'alarm');
    expect(alarms?.exercised).toBeGreaterThanOrEqual(2);
    const missed = alarms?.missed.map(({ item }) => item);
    expect(missed).toContain('alarm emptyReservoir raised');
    expect(missed).not.toContain('alarm stoppedPump raised');
    expect(coverage).toMatchObject({ wrong: [] });
    // Another scenario may do what the shipped ones leave: no reason is stale for that.
    expect(thecal(['run', STOPPED, '--json']).out).not.toContain('coverage');
  });

  test('fails when a scenario does, whatever is exercised', () => {
    expect(thecal(['run', REFILL, '--break', 'flowBias=+60%', '--coverage'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('What these scenarios exercise'),
    });
  });
});
