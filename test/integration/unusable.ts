import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folder, ROOT, thecal } from './cli.ts';

type Row = readonly [what: string, args: readonly string[], says: string];

const STOPPED = join(ROOT, 'scenarios/left-stopped.yaml');
const JSON_FILE = join(ROOT, 'package.json');
const NOBODY = 'ws://127.0.0.1:9';

/** What a command cannot use, and a part of what it says. */
const UNUSABLE: Readonly<Record<string, readonly Row[]>> = {
  'thecal run, profiles and why': [
    ['no file', ['run', 'no-such-file.yaml'], 'no such file or folder'],
    ['no flag', ['run', '--no-such-flag'], 'unknown option'],
    ['an executor that is none', ['run', '--executor', 'toaster'], 'xstate, table'],
    ['a misspelt executor', ['run', '--executor', 'tabel'], 'expected one of xstate, table (did you mean table?)'],
    ['a misspelt fault', ['run', '--break', 'flowbias=+60%'], 'no fault "flowbias" (did you mean flowBias?); the'],
    ['a misspelt profile', ['profiles', 'generic-pc'], './my-pump.yaml (did you mean generic-pca?)'],
    ['a misspelt drug', ['drugs', 'morphin'], 'ziconotide (did you mean morphine?)'],
    ['a misspelt shipped scenario', ['new', '--from', 'left-stoped'], '(did you mean left-stopped?)'],
    ['a seed that is none', ['run', '--seed', '-1'], 'expected a whole number'],
    ['no thread at all', ['run', '--jobs', '0'], 'expected a whole number from 1 to 64'],
    ['half a thread', ['run', '--jobs', '1.5'], 'expected a whole number from 1 to 64'],
    ['one output for two', ['run', '--json', '--trace', '-'], 'both want standard output'],
    ['no command', ['toast'], 'unknown command'],
    ['a folder that is not there', ['run', '--trace', '/no/such/folder/t.ndjson'], 'no folder'],
    ['a profile that is none', ['profiles', 'toaster'], 'expected one of synchromed-ii-like-20'],
    ['a trace that is not there', ['why', 'no-such-trace', '--at', '3d'], 'cannot be read'],
    ['a trace that is none', ['why', JSON_FILE, '--at', '3d'], 'not JSON'],
  ],
  'thecal trumpet': [
    ['a file that is not there', ['trumpet', 'toast.yaml'], 'toast.yaml: no such file'],
    ['a folder of scenarios', ['trumpet', join(ROOT, 'scenarios')], 'expected one scenario file or trace'],
    ['neither scenario nor trace', ['trumpet', JSON_FILE], 'package.json:1:1: '],
    ['windows of both kinds', ['trumpet', STOPPED, '--cycles', '1', '--windows', '1h'], 'cannot be used with option'],
    ['half a cycle', ['trumpet', STOPPED, '--cycles', '0.5'], 'expected whole numbers such as 1,2,5'],
    ['a window without its unit', ['trumpet', STOPPED, '--windows', '15,60'], 'expected a span of time such as'],
    ['a window of nothing', ['trumpet', STOPPED, '--windows', '0s'], 'expected spans of time above 0'],
    ['a sample of another length', ['trumpet', STOPPED, '--sample', '7s'], 'goes into every window a whole number of'],
    ['a time after the run', ['trumpet', STOPPED, '--to', '999d'], '--to 999d: expected at most '],
    ['no time at all', ['trumpet', STOPPED, '--from', '2d', '--to', '1d'], '--from 2d: expected a time before --to 1d'],
    ['a time that is too short', ['trumpet', STOPPED, '--to', '2h'], 'is from 0s to 2h: expected 2h to settle in and'],
    ['a time as the run ends', ['trumpet', STOPPED, '--from', '9d'], '--from 9d: expected a time before 6d 5min, when'],
    ['one of a scenario', ['trumpet', STOPPED, '--scenario', 'x'], 'picks one of a trace'],
  ],
  'thecal console': [
    ['one file for both', ['console', '--record', 'x.yaml', '--trace', 'x.yaml'], 'is another output too'],
    ['a recording to standard output', ['console', '--record', '-'], '--record - is no file'],
    ['a trace to standard output', ['console', '--trace', '-'], '--trace - is no file'],
    ['a profile that is none', ['console', '--profile', 'toast'], '--profile: expected one of synchromed-ii-like-20, '],
    ['a clock that is none', ['console', '--clock', 'noon'], '--clock: "noon": expected a date and time such as'],
    ['a folder that is not there', ['console', '--record', '/no/such/folder/x.yaml'], 'is no folder /no/such/folder'],
    ['a profile beside a file', ['console', STOPPED, '--profile', 'generic-pca'], '--profile is of a new pump'],
    ['a seed that is none', ['console', '--seed', 'x'], 'expected a whole number from 0 to 2147483647'],
    ['a file that is not there', ['console', 'toast.yaml'], 'toast.yaml: no such file'],
    ['a folder of scenarios', ['console', join(ROOT, 'scenarios')], 'expected one scenario file'],
    ['two files', ['console', STOPPED, STOPPED], 'too many arguments'],
  ],
  'a pump in another process': [
    ['a programmer without a pump', ['program', '--connect', NOBODY, 'interrogate'], 'nobody listens there'],
    ['a console without a pump', ['console', '--connect', NOBODY], 'nobody listens there'],
    ['scenarios without a pump', ['run', '--pump', NOBODY, '--control', NOBODY], 'nobody listens there'],
    ['no act', ['program', '--connect', NOBODY, 'explode'], '"explode" is no act'],
    ['an act of hands', ['program', '--connect', NOBODY, 'drain'], 'is not done from a programmer'],
    ['no address', ['program', '--connect', 'over there', 'interrogate'], 'expected an address such as'],
    ['an edit nobody would confirm', ['program', '--connect', NOBODY, 'review'], 'belongs to a longer visit'],
    ['what nobody measured', ['program', '--connect', NOBODY, 'refill aspirated: measured, volume: 1 mL'], 'not known'],
    ['a file at the console', ['console', '--connect', NOBODY, 'x.yaml'], 'expected no file'],
    ['a card that is none', ['program', '--connect', NOBODY, '--card', JSON_FILE, 'stop'], 'package.json: thecal'],
    ['a recording of another process', ['console', '--connect', NOBODY, '--record', 'x'], 'expected it without'],
    ['a pump without its control', ['run', '--pump', NOBODY], 'expected both'],
    ['an address of everybody', ['pump', '--listen', '0.0.0.0:0'], 'or --open-to-network'],
    ['threads for one pump', ['run', '--pump', NOBODY, '--control', NOBODY, '--jobs', '2'], 'is for many pumps'],
    ['coverage elsewhere', ['run', '--pump', NOBODY, '--control', NOBODY, '--coverage'], 'looks into the pump'],
    ['no port', ['pump', '--listen', '127.0.0.1:70000'], 'expected a host and port'],
    [
      'control of everybody',
      ['pump', '--listen', '0', '--control', '0.0.0.0:0'],
      'expected an address of this machine',
    ],
    ['no profile', ['pump', '--profile', 'nothing'], 'no profile "nothing": expected one of'],
    ['a speed of nothing', ['pump', '--speed', '0'], 'expected a number from 0.001'],
  ],
};

/** Tests that a command given one of these, every one or one in so many, ends with 2, says what was expected and writes nothing. */
export function endsUnusable(oneIn: number): void {
  describe.each(Object.entries(UNUSABLE))('%s', (_command, rows) => {
    test.each(rows.filter((_, i) => i % oneIn === 0))('%s ends it with 2', (_, args, says) => {
      const cwd = folder();
      const { code, out, err } = thecal(args, { cwd, input: 'interrogate\n' });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(says);
      expect(err).not.toContain('internal error');
      expect(err).not.toMatch(/^\s+at .*\.js:\d+/m);
      expect(readdirSync(cwd)).toEqual([]);
    });
  });
}
