import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unusable } from '../../workbench/cli/exit.ts';
import { readTrace } from '../../workbench/cli/traces.ts';
import { type Ended, file, folder, ROOT, thecal } from './cli.ts';

const GOOD = `thecal: scenario/1
title: A good one
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day } }
story:
  - at: 3d
    expect: { belief: { rate: 0.4 mL/day } }
  - at: 4d
    patient: requestBolus
    expect: { refused: notEnabled }
`;

/** A scenario with one piece of its text replaced. */
const but = (find: string, replace: string): string => {
  if (!GOOD.includes(find)) throw new Error(`the good scenario has no ${find}`);
  return GOOD.replace(find, replace);
};

const bomb = `a: &a [x, x, x, x, x, x, x, x, x]
${'bcdefgh'
  .split('')
  .map(
    (name, i) =>
      `${name}: &${name} [${Array(9)
        .fill(`*${'abcdefgh'.charAt(i)}`)
        .join(', ')}]`,
  )
  .join('\n')}
`;

interface Case {
  readonly what: string;
  readonly text: string | Uint8Array;
  /** line:column and a part of the message. */
  readonly at: string;
  readonly says: string;
}

const CASES: readonly Case[] = [
  {
    what: 'a misspelt key',
    text: but('volume:', 'volum:'),
    at: '5:18',
    says: 'unknown key "volum": expected one of volume',
  },
  {
    what: 'a misspelt key of an expectation',
    text: but('belief:', 'beleif:'),
    at: '8:15',
    says: 'expected one of time, belief',
  },
  { what: 'a misspelt drug', text: but('baclofen', 'baclofn'), at: '5:33', says: '(did you mean baclofen?)' },
  {
    what: 'an unknown profile',
    text: but('synchromed-ii-like-20', 'synchromed-9'),
    at: '3:10',
    says: 'synchromed-ii-like-20',
  },
  {
    what: 'a unit that does not fit',
    text: but('20 mL', '20 mcg'),
    at: '5:26',
    says: 'expected a volume such as "2.5 mL"',
  },
  { what: 'a number without a unit', text: but('20 mL', '20'), at: '5:26', says: 'expected a volume such as "2.5 mL"' },
  { what: 'a negative volume', text: but('20 mL', '-20 mL'), at: '5:26', says: 'is negative' },
  { what: 'a volume past what can be stored', text: but('20 mL', '2000 mL'), at: '5:26', says: 'is too large' },
  {
    what: 'a time that is none',
    text: but('at: 3d', 'at: 3x'),
    at: '7:9',
    says: 'expected a span of time such as "62d 4h"',
  },
  { what: 'time running backwards', text: but('at: 4d', 'at: 2d'), at: '9:9', says: 'time cannot go back' },
  { what: 'a date that is none', text: but('2026-01-05', '2026-02-30'), at: '4:8', says: 'expected a date and time' },
  {
    what: 'two acts in a step',
    text: but('patient:', 'hands: drain\n    patient:'),
    at: '10:12',
    says: 'one act a step',
  },
  {
    what: 'an unknown act',
    text: but('patient: requestBolus', 'clinician: refil'),
    at: '10:16',
    says: '{ clearAlarm: … } (did you mean refill?)',
  },
  {
    what: 'an unknown refusal',
    text: but('notEnabled', 'notEnable'),
    at: '11:24',
    says: '(did you mean notEnabled?)',
  },
  {
    what: 'a misspelt profile',
    text: but('like-20', 'like-21'),
    at: '3:10',
    says: 'or a file such as ./my-pump.yaml (did you mean synchromed-ii-like-20?)',
  },
  { what: 'no story', text: but('story:', 'stroy:'), at: '6:1', says: 'unknown key "stroy"' },
  { what: 'a missing version', text: but('scenario/1', 'scenario/2'), at: '1:9', says: 'scenario/1' },
  { what: 'a key twice', text: but('title: A good one', 'title: A\ntitle: B'), at: '3:1', says: 'stands here twice' },
  { what: 'no YAML', text: 'a: [1, 2', at: '1:9', says: 'not YAML' },
  { what: 'an empty file', text: '', at: '1:1', says: 'empty' },
  { what: 'a list where an object belongs', text: '- a\n- b\n', at: '1:1', says: 'a list: expected keys and values' },
  {
    what: 'a binary file',
    text: Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256),
    at: '1:1',
    says: 'not a text',
  },
  { what: 'a file of 10 MB', text: `# ${'x'.repeat(10_000_000)}`, at: '1:1', says: '10000002 bytes' },
  { what: 'an alias bomb', text: bomb, at: '1:1', says: 'alias' },
  {
    what: 'an alias of nothing',
    text: but('{ constant: 200 mcg/day }', '*morning'),
    at: '5:68',
    says: 'the alias "*morning" has no anchor before it: expected &morning',
  },
  {
    what: 'an alias that holds itself',
    text: but('volume: 20 mL', 'volume: &v [*v]'),
    at: '5:29',
    says: 'a list: expected a volume such as "2.5 mL"',
  },
  { what: 'an expectation of nothing', text: but('{ belief: { rate: 0.4 mL/day } }', '{}'), at: '8:13', says: 'empty' },
  { what: 'a bound of nothing', text: but('rate: 0.4 mL/day', 'rate: {}'), at: '8:31', says: 'expected atLeast' },
  {
    what: 'bounds that exclude each other',
    text: but('rate: 0.4 mL/day', 'rate: { atLeast: 2 mL/day, atMost: 1 mL/day }'),
    at: '8:60',
    says: 'nothing can be both',
  },
  {
    what: 'an expectation without its unit',
    text: but('0.4 mL/day', '0.4'),
    at: '8:31',
    says: 'a value such as "0.4 mL/day"',
  },
  {
    what: 'a refusal where nothing is done',
    text: but('    patient: requestBolus\n', ''),
    at: '10:13',
    says: 'nothing is done',
  },
  { what: 'a tag of another world', text: but('expect: { belief', 'expect: !!omap { belief'), at: '8:13', says: 'tag' },
  { what: 'two documents', text: `${GOOD}---\n${GOOD}`, at: '12:1', says: 'expected one scenario a file' },
  {
    what: 'a concentration of another drug than the primary one',
    text: but('{ constant', '{ primary: morphine, baclofen: 500 mcg/mL, constant'),
    at: '5:79',
    says: 'no concentration of morphine is given',
  },
  {
    what: 'a drug the reservoir was not filled with',
    text: but('{ constant', '{ primary: morphine, constant'),
    at: '5:79',
    says: 'the reservoir is filled with baclofen',
  },
  {
    what: 'a habit of every millisecond',
    text: `${GOOD}  - { every: 1ms, for: 30d, patient: requestBolus }\n`,
    at: '12:14',
    says: 'at most 100000',
  },
  {
    what: 'a story of centuries',
    text: `${GOOD}${'  - after: 60000d\n'.repeat(2)}`,
    at: '13:12',
    says: 'at most 100000d',
  },
  {
    what: 'a motor that turns back',
    text: but('story:', 'faults: [{ flowBias: -101 % }]\nstory:'),
    at: '6:22',
    says: 'at least',
  },
  {
    what: 'a dose that would be rounded down to none',
    text: but(
      'baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day',
      'morphine: 25 mg/mL }, prescribe: { daily: [{ at: "00:00", give: 24 ng/day }]',
    ),
    at: '5:97',
    says: '0 mL/day is no rate of',
  },
  {
    what: 'a group of no days',
    text: but('constant: 200 mcg/day', 'weekly: [{ days: [], steps: [{ at: "00:00", give: 200 mcg/day }] }]'),
    at: '5:87',
    says: 'expected at least one entry',
  },
  {
    what: 'a local time before there were any',
    text: but('- at: 4d\n', '- world: { localTime: -30000d }\n  - at: 4d\n'),
    at: '9:25',
    says: 'before 1970',
  },
  {
    what: 'a negative rate of noise',
    text: but('- at: 4d\n', '- world: { noise: { drop: -1 % } }\n  - at: 4d\n'),
    at: '9:29',
    says: 'expected a share of frames from "0 %" to "100 %"',
  },
  {
    what: 'a rate of noise past every frame',
    text: but('- at: 4d\n', '- world: { noise: { drop: 10 %, corrupt: 101 % } }\n  - at: 4d\n'),
    at: '9:44',
    says: 'expected a share of frames from "0 %" to "100 %"',
  },
  {
    what: 'a rate of noise that is no share',
    text: but('- at: 4d\n', '- world: { noise: { drop: 0.1 } }\n  - at: 4d\n'),
    at: '9:29',
    says: '0.1: expected a share of frames',
  },
  {
    what: 'noise of no kind',
    text: but('- at: 4d\n', '- world: { noise: {} }\n  - at: 4d\n'),
    at: '9:21',
    says: 'expected none, or at least one rate',
  },
  {
    what: 'noise of an unknown kind',
    text: but('- at: 4d\n', '- world: { noise: { dorp: 10 % } }\n  - at: 4d\n'),
    at: '9:23',
    says: 'expected one of drop, duplicate, corrupt, truncate, reorder',
  },
  {
    what: 'a frame before the next',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 0, is: drop } }\n  - at: 4d\n'),
    at: '9:35',
    says: 'expected a whole number from 1',
  },
  {
    what: 'a frame between two',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1.5, is: drop } }\n  - at: 4d\n'),
    at: '9:35',
    says: 'expected a whole number from 1',
  },
  {
    what: 'a bit beyond every frame',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, is: corrupt, bit: 65744 } }\n  - at: 4d\n'),
    at: '9:56',
    says: 'expected a whole number from 0 to 65743',
  },
  {
    what: 'a bit before the first',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, is: corrupt, bit: -1 } }\n  - at: 4d\n'),
    at: '9:56',
    says: 'expected a whole number from 0',
  },
  {
    what: 'a cut beyond every frame',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, is: truncate, to: 8218 } }\n  - at: 4d\n'),
    at: '9:56',
    says: 'expected a whole number from 0 to 8217',
  },
  {
    what: 'a fault of an unknown message',
    text: but('- at: 4d\n', '- world: { frameFault: { message: comit, of: answer, is: drop } }\n  - at: 4d\n'),
    at: '9:37',
    says: 'commitUpdate',
  },
  {
    what: 'a fault of a message without its direction',
    text: but('- at: 4d\n', '- world: { frameFault: { message: stop, is: drop } }\n  - at: 4d\n'),
    at: '9:37',
    says: 'expected of: request, or of: answer',
  },
  {
    what: 'a fault of two frames',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, message: stop, of: answer, is: drop } }\n  - at: 4d\n'),
    at: '9:47',
    says: 'expected "frame" or "message", not both',
  },
  {
    what: 'a fault of no frame',
    text: but('- at: 4d\n', '- world: { frameFault: { is: drop } }\n  - at: 4d\n'),
    at: '9:26',
    says: 'expected "frame"',
  },
  {
    what: 'an unknown fault of a frame',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, is: lost } }\n  - at: 4d\n'),
    at: '9:42',
    says: 'crashBefore',
  },
  {
    what: 'a crash that says nothing of the clock',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, is: crashAfter } }\n  - at: 4d\n'),
    at: '9:42',
    says: 'expected clock: kept, or clock: lost',
  },
  {
    what: 'a crash over an answer',
    text: but(
      '- at: 4d\n',
      '- world: { frameFault: { message: stop, of: answer, is: crashAfter, clock: kept } }\n  - at: 4d\n',
    ),
    at: '9:47',
    says: 'expected request',
  },
  {
    what: 'a bit of what is not damaged',
    text: but('- at: 4d\n', '- world: { frameFault: { frame: 1, is: drop, bit: 3 } }\n  - at: 4d\n'),
    at: '9:53',
    says: '"bit" belongs to',
  },
  {
    what: 'a negative latency',
    text: but('- at: 4d\n', '- world: { latency: -200ms }\n  - at: 4d\n'),
    at: '9:23',
    says: 'expected a span of time',
  },
  {
    what: 'a latency without an end',
    text: but('- at: 4d\n', '- world: { latency: 2h }\n  - at: 4d\n'),
    at: '9:23',
    says: 'expected at most "1h"',
  },
  {
    what: 'a time of 100 000 digits',
    text: but('3d', `${'1'.repeat(100_000)}d`),
    at: '7:9',
    says: 'a text of 100001 characters',
  },
  ...['25 mL/day', '0.04 mL/day', '20 mcg/day'].map((constant) => ({
    what: `a start with ${constant}, outside the pump’s range`,
    text: but('constant: 200 mcg/day', `constant: ${constant}`),
    at: '5:80',
    says: 'expected 0.048 mL/day to 24 mL/day',
  })),
  { what: 'brackets nested too deep', text: '['.repeat(200_000), at: '1:1', says: 'nested too deep' },
  { what: 'dashes nested too deep', text: '- '.repeat(300_000), at: '1:1', says: 'nested too deep' },
];

describe('bad input exits 2, says where and what was expected, and writes nothing', () => {
  const root = mkdtempSync(join(tmpdir(), 'thecal-'));
  const files = CASES.map((_, i) => join(root, `${i}.yaml`));
  const outputs = ['--trace', join(root, 'trace.ndjson'), '--junit', join(root, 'junit.xml')];
  let all: Ended;
  // One process reads them all, and says of each what it would say of it alone.
  beforeAll(() => {
    for (const [i, { text }] of CASES.entries()) writeFileSync(files[i] ?? '', text);
    all = thecal(['run', ...files, ...outputs]);
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test.each(CASES.map((each, i) => ({ ...each, path: files[i] ?? '' })))('$what', ({ path, at, says }) => {
    const own = all.err.split(root).filter((told) => told.startsWith(`/${basename(path)}:`));
    expect(own.join('')).toContain(`/${basename(path)}:${at}: `);
    expect(own.join('')).toContain(says);
  });

  test('all of it at once, and no case is left out', () => {
    expect(all.err).not.toMatch(/^\s+at .*\.js:\d+/m);
    expect({ code: all.code, out: all.out }).toEqual({ code: 2, out: '' });
    expect(readdirSync(root).toSorted()).toEqual(files.map((path) => basename(path)).toSorted());
  });

  test('one alone', () => {
    const path = file(but('baclofen', 'baclofn'));
    const { code, out, err } = thecal(['run', path, '--trace', join(dirname(path), 'trace.ndjson')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(`${path}:5:33: `);
    expect(readdirSync(dirname(path))).toEqual(['story.yaml']);
  });

  test('the good scenario they are made from passes', () => {
    expect(thecal(['run', file(GOOD)])).toMatchObject({ code: 0 });
  });

  test('one bad file among good ones stops them all before anything is run', () => {
    const root = folder();
    writeFileSync(join(root, 'a.yaml'), GOOD);
    writeFileSync(join(root, 'b.yaml'), but('volume:', 'volum:'));
    const { code, out, err } = thecal(['run', root, '--junit', join(root, 'junit.xml')]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('b.yaml:5:18: ');
    expect(readdirSync(root)).toEqual(['a.yaml', 'b.yaml']);
  });
});

test('a rate outside the pump’s range, in a step that expects the refusal, is the pump’s to refuse', () => {
  const step = '  - clinician: { prescribe: { constant: 25 mL/day } }\n    expect: { refused: basalAboveMaximum }\n';
  expect(thecal(['run', file(GOOD + step)])).toMatchObject({ code: 0 });
  const unexpected = file(GOOD + step.replace('basalAboveMaximum', 'basalBelowMinimum'));
  expect(thecal(['run', unexpected])).toMatchObject({ code: 1 });
});

describe('files', () => {
  test('a scenario is never written over, and two outputs never share a file', () => {
    const path = file(GOOD);
    const other = join(dirname(path), 'out');
    expect(thecal(['run', path, '--trace', path])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is a scenario too'),
    });
    expect(thecal(['run', path, '--trace', other, '--junit', other])).toMatchObject({ code: 2 });
    expect(readFileSync(path, 'utf8')).toBe(GOOD);
    expect(readdirSync(dirname(path))).toEqual(['story.yaml']);
  });

  test('links that lead nowhere or in circles are named, not followed', () => {
    const root = folder();
    symlinkSync('nowhere.yaml', join(root, 'x.yaml'));
    expect(thecal(['run', root])).toMatchObject({ code: 2, err: expect.stringContaining('x.yaml') });
    const looped = folder();
    writeFileSync(join(looped, 'a.yaml'), GOOD);
    symlinkSync('.', join(looped, 'self'));
    expect(thecal(['run', looped]).out).toContain('1 scenario, all as expected');
  });

  test('two files of one name have ids of their own', () => {
    const [a, b] = [file(GOOD), file(GOOD)];
    const { scenarios } = JSON.parse(thecal(['run', a, b, a, '--json']).out) as { scenarios: { id: string }[] };
    expect(scenarios.map(({ id }) => `${id}.yaml`)).toEqual([a, b]);
  });

  test('a failing run fails though its reader has gone', () => {
    const path = file(but('0.4 mL/day', '0.5 mL/day'));
    const command = `"${process.execPath}" dist/workbench/cli/main.js run "${path}" 2>/dev/null | true; exit \${PIPESTATUS[0]}`;
    expect(spawnSync('bash', ['-c', command], { cwd: ROOT }).status).toBe(1);
  });
});

const HEADER = '{"trace":"thecal.trace/1","scenario":"x"}';

describe('a damaged trace is refused with the line of the record and what was expected', () => {
  const traceOf = (lines: readonly string[]) => file(`${HEADER}\n${lines.join('\n')}\n`, 'trace.ndjson');
  /** What is said of the trace whose records, after the first, are these. */
  const says = (records: readonly object[]) => {
    const whole = [{ n: 1, t: 0, layer: 'act', kind: 'world', data: {} }, ...records];
    return saidOf(traceOf(whole.map((record) => JSON.stringify(record))));
  };
  /** What every command that reads a trace says of it. */
  const saidOf = (path: string) => {
    try {
      return `${readTrace(path).length} runs`;
    } catch (error) {
      return error instanceof Unusable ? error.message.replace(path, 'trace') : `${error}`;
    }
  };

  test.each([
    ['a cause that comes later', '{"n":1,"t":0,"layer":"act","kind":"clinician","because":1,"data":{}}'],
    ['a time that is none', '{"n":1,"t":0.5,"layer":"act","kind":"clinician","data":{}}'],
    ['no data', '{"n":1,"t":0,"layer":"act","kind":"clinician","data":null}'],
  ])('%s', (_, line) => {
    expect(saidOf(traceOf([line]))).toBe(
      'trace:2:1: expected a record of a thecal.trace/1 that begins with its header',
    );
  });

  const BIAS = { layer: 'plant', kind: 'fault', data: { type: 'flowBias' } };
  const RAISED = { layer: 'firmware', kind: 'log', data: { kind: 'alarmRaised', data: {} } };
  const SCREEN = { layer: 'programmer', kind: 'screen', data: { outcome: { refused: { toString: 1 } } } };
  const rate = (data: object) => ({ layer: 'firmware', kind: 'rate', data });
  const LEDGER = { reservoir: 0, delivered: '0' };
  const flow = (data: object) => ({ layer: 'plant', kind: 'flow', data });
  const inLedger = (wrong: object) => flow({ flow: 1, ledger: { ...LEDGER, ...wrong } });

  test.each([
    ['no rate', rate({ infusion: 'basal' }), 'firmware rate: data.rate: expected a whole number'],
    ['a rate past all bounds', rate({ rate: 1e308 }), 'firmware rate: data.rate: expected a whole number'],
    ['a rate that is no whole number', rate({ rate: 0.5 }), 'firmware rate: data.rate: expected a whole number'],
    ['a rate below 0', rate({ rate: -1 }), 'firmware rate: data.rate: expected 0 or more'],
    ['no mode', rate({ rate: 1 }), 'firmware rate: data.infusion: expected a text'],
    ['an alarm that is none', RAISED, 'firmware log: data.data.code: expected a text'],
    ['a fault of no size', BIAS, 'plant fault: data.by: expected a whole number'],
    [
      'a leak of no size',
      { layer: 'plant', kind: 'fault', data: { type: 'leak', leak: { at: 'connector' } } },
      'plant fault: data.type: expected a fault with what it is of',
    ],
    ['a refusal that is none', SCREEN, 'programmer screen: data.outcome.refused: expected a text'],
    ['a flow of no size', flow({ ledger: LEDGER }), 'plant flow: data.flow: expected a whole number'],
    ['a flow below 0', flow({ flow: -1, ledger: LEDGER }), 'plant flow: data.flow: expected 0 or more'],
    ['a flow without a ledger', flow({ flow: 1 }), 'plant flow: data.ledger: expected a ledger'],
    [
      'a stroke without a ledger',
      { layer: 'plant', kind: 'stroke', data: {} },
      'plant stroke: data.ledger: expected a ledger',
    ],
    ['an empty pump in debt', inLedger({ reservoir: -1 }), 'plant flow: data.ledger.reservoir: expected 0 or more'],
    [
      'a total that is none',
      inLedger({ delivered: '0x1' }),
      'plant flow: data.ledger.delivered: expected a text of digits',
    ],
  ])('%s', (_, record, message) => {
    expect(says([{ n: 2, t: 0, ...record }])).toBe(`trace:3:1: record #2, ${message}`);
  });

  const at = (n: number, t: number) => ({ n, t, ...flow({ flow: 0, ledger: LEDGER }) });

  test.each([
    ['in reverse', [at(3, 5), at(2, 5)], '3:1: record #3: expected #2 here'],
    ['twice', [at(2, 5), at(2, 5)], '4:1: record #2: expected #3 here'],
    ['with one left out', [at(2, 5), at(4, 5)], '4:1: record #4: expected #3 here'],
    ['from an earlier time', [at(2, 5), at(3, 4)], '4:1: record #3 at 0.004s: expected 0.005s or later'],
  ])('records %s', (_, records, message) => {
    expect(says(records)).toBe(`trace:${message}`);
  });

  test.each([
    ['why', (trace: string) => ['why', trace, '--at', '1d']],
    ['diff', (trace: string) => ['diff', trace, trace]],
    ['trumpet', (trace: string) => ['trumpet', trace]],
  ])('by thecal %s, which exits 2', (_, args) => {
    const trace = traceOf(['{}']);
    expect(thecal(args(trace))).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(`^${trace}:2:1: expected a record`),
    });
  });
});

test('what is forbidden and already so is seen', () => {
  const paths = [
    ['a mode', GOOD.replace(/, prescribe: \{[^}]*\}/, ''), '{ infusion: stopped }'],
    ['an alarm', but('constant: 200 mcg/day', 'constant: 200 mcg/day, lowReservoir: 20 mL'), '{ alarm: lowReservoir }'],
    ['a reservoir drained and left', `${GOOD}  - hands: drain\n  - after: 1d\n`, '{ truth: dry }'],
  ].map(([, text = '', condition]) =>
    file(`${text.replace('belief: { rate: 0.4 mL/day }', 'belief: { granted: 0 }')}never: [${condition}]\n`),
  );
  const { code, err } = thecal(['run', ...paths]);
  for (const path of paths) expect(err).toMatch(new RegExp(`^${path}:.*\n {2}never: expected never`, 'm'));
  expect(code).toBe(1);
});

test('a start the pump refuses fails where it is written', () => {
  const path = file(but('constant: 200 mcg/day', 'constant: 200 mcg/day, ceiling: 100 mcg/day'));
  const { code, out, err } = thecal(['run', path]);
  expect(err).toContain(`${path}:5:68: at 0s\n  prescribe refused: expected done, got aboveCeiling`);
  expect(out).toContain('0/1 met');
  expect(code).toBe(1);
});
