import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { word } from '../../workbench/cli/print.ts';
import { file, folder, MAIN, ROOT, sabotaged, thecal } from './cli.ts';

const STOPPED = join(ROOT, 'scenarios/left-stopped.yaml');

/** The console, with lines from a pipe. */
const visit = (lines: readonly string[], ...args: string[]) =>
  thecal(['console', ...args], { input: `${lines.join('\n')}\n` });

/** The records of a trace file, without its header. */
const records = (path: string): string => readFileSync(path, 'utf8').replace(/^.*\n/, '');

describe('thecal console, from a pipe', () => {
  test('echoes each line, answers it and shows no prompt', () => {
    const { code, out, err } = visit(['interrogate', '', 'advance 1d'], STOPPED);
    expect(out).toContain('\n> interrogate\n2026-08-03 14:00  clinician interrogates\n[Pump status]\n');
    expect(out).toContain('\n>\n> advance 1d\n[No session]\ncan: interrogate, registerPump\n');
    expect(out).not.toContain('no session >');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('without a file, a new pump is on the shelf', () => {
    const { code, out } = visit(['interrogate'], '--profile', 'generic-pca', '--clock', '2026-05-01 09:30');
    expect(out).toMatch(
      /^A new pump on the shelf\n\[No session\]\ncan: interrogate, registerPump\n> interrogate\n2026-05-01 09:30 /,
    );
    expect(out).toMatch(/Model +generic-pca/);
    expect(out).toMatch(/^can: .*implant/m);
    expect(code).toBe(0);
  });

  test('names a line that cannot be used, goes on, and exits 2', () => {
    const { code, out } = visit(['interrogate', 'stop', 'prescribe constnt: 3 mg/day', 'endSession'], STOPPED);
    expect(out).toContain('line 3: clinician.prescribe: unknown key "constnt": expected one of primary, ');
    expect(out).toContain('> endSession\n2026-08-03 14:00  clinician ends the session\n');
    expect(code).toBe(2);
  });

  test.each([
    ['an expectation that is not met', ['expect belief.reservoir: 19 mL'], 1],
    ['one that is not met and a line that cannot be used', ['expect belief.reservoir: 19 mL', 'toast'], 2],
    ['a refusal', ['resume'], 0],
    ['a refusal of a step that expects something else', ['resume expect alarms: []'], 1],
    ['a wait in vain', ['until alarm lowReservoir atMost 1d'], 1],
    ['what comes after quit', ['quit', 'toast'], 0],
    ['nothing', [], 0],
  ])('the exit code after %s', (_, lines, code) => {
    expect(visit(lines, STOPPED)).toMatchObject({ code, err: '' });
  });

  test('an always-true rule that breaks is told at the line after which it was seen, and exits 3', () => {
    const root = sabotaged(
      'firmware-sim/firmware/behaviour/effects.js',
      "logStopped: (context, event) => log(event, 'deliveryStopped'",
      "logStopped: (context, event) => void log(event, 'deliveryStopped'",
    );
    const { code, out } = thecal(['console', STOPPED], { root, input: 'stop\nadvance 1h\ntoast\n' });
    expect(out).toMatch(/> advance 1h\nALWAYS-TRUE RULE 2 BROKEN \(.*\) at 0s, record \d+: /);
    expect(code).toBe(3);
  });

  test('both executors and another seed', () => {
    const lines = ['press', 'every 7h jitter 1h for 10d patient requestBolus', 'advance 10d', 'belief'];
    const told = (...args: string[]) => visit(lines, STOPPED, ...args).out;
    expect(told('--executor', 'table')).toBe(told());
    expect(told('--seed', '9')).not.toBe(told());
  });
});

describe('--record and --trace', () => {
  test('keep a session that thecal run replays to the same trace', () => {
    const root = folder();
    const [kept, trace, again] = ['kept.yaml', 'a.ndjson', 'b.ndjson'].map((name) => join(root, name));
    if (kept === undefined || trace === undefined || again === undefined) throw new Error('three names');
    const lines = ['next 2', 'press', 'world flowBias +10 %', 'advance 3d', 'interrogate', 'resume', 'toast', 'next 9'];
    const { err } = visit(lines, STOPPED, '--seed', '5', '--record', kept, '--trace', trace);
    expect(err).toBe(`recorded: thecal run ${kept}\n`);
    expect(readFileSync(kept, 'utf8')).toContain('docs/scenario.schema.json\nthecal: scenario/1\n');
    expect(thecal(['run', kept, '--trace', again])).toMatchObject({ code: 0 });
    expect(records(again)).toBe(records(trace));
    expect(records(trace).split('\n').length).toBeGreaterThan(100);
    // And it opens again.
    expect(visit(['next 99'], kept)).toMatchObject({ code: 0 });
  });

  test.each([
    ['-v.yaml', './-v.yaml'],
    ["it's $HOME.yaml", "'it'\\''s $HOME.yaml'"],
  ])('the command that replays %s can be typed as it is told', (name, typed) => {
    const cwd = folder();
    const { err } = thecal(['console', `--record=${name}`], { cwd, input: 'advance 1d\n' });
    expect(err).toBe(`recorded: thecal run ${typed}\n`);
    const { status } = spawnSync('sh', ['-c', `"${process.execPath}" "${join(ROOT, MAIN)}" run ${typed}`], { cwd });
    expect(status).toBe(0);
  });

  test('so can one with a space', () => expect(word('a b.yaml')).toBe("'a b.yaml'"));

  test('the end of input without a last line break loses no line', () => {
    const kept = join(folder(), 'kept.yaml');
    expect(thecal(['console', '--record', kept], { input: 'interrogate\nadvance 1d' }).code).toBe(0);
    expect(readFileSync(kept, 'utf8')).toContain('  - clinician: interrogate\n  - after: 1d\n');
  });

  test('an interrupted session is kept, and a shell calls it 130', async () => {
    const kept = join(folder(), 'kept.yaml');
    const child = spawn(process.execPath, [join(ROOT, 'dist/workbench/cli/main.js'), 'console', '--record', kept]);
    child.stdin.write('interrogate\nendSession\n');
    let told = '';
    for await (const piece of child.stdout) {
      told += piece;
      if (told.includes('clinician ends the session')) break;
    }
    child.kill('SIGINT');
    const [code, signal] = await once(child, 'exit');
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
    expect(readFileSync(kept, 'utf8')).toContain('  - clinician: interrogate\n  - clinician: endSession\n');
  });
});

describe('what the console cannot open', () => {
  test('a recording over its own opening, which stays as it is', () => {
    const mine = file(readFileSync(STOPPED));
    const { code, err } = visit(['interrogate'], mine, '--record', mine);
    expect(err).toContain('is a scenario too: expected a file of its own');
    expect(readFileSync(mine).equals(readFileSync(STOPPED))).toBe(true);
    expect(code).toBe(2);
  });

  test('a recording over another file, which stays as it is', () => {
    const mine = file('mine: yes\n');
    const { code, out, err } = visit(['interrogate'], '--record', mine);
    expect(err).toContain(`${mine}: is there already: expected the name of a new file`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(readFileSync(mine, 'utf8')).toBe('mine: yes\n');
  });

  test('a start that is refused is told and ends it', () => {
    const text = readFileSync(STOPPED, 'utf8').replace('volume: 20 mL', 'volume: 90 mL');
    const { code, out } = visit(['interrogate'], file(text));
    expect(out).toContain('NOT AS EXPECTED: start.fill: inject refused: overfull');
    expect(out).not.toContain('> interrogate');
    expect(code).toBe(1);
  });
});
