import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { file, folder, thecal } from './cli.ts';

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
  { what: 'a misspelt drug', text: but('baclofen', 'baclofn'), at: '5:33', says: 'unknown key "baclofn"' },
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
  { what: 'an unknown act', text: but('patient: requestBolus', 'clinician: refil'), at: '10:16', says: 'interrogate' },
  { what: 'an unknown refusal', text: but('notEnabled', 'notEnable'), at: '11:24', says: 'notEnabled' },
  { what: 'no story', text: but('story:', 'stroy:'), at: '6:1', says: 'unknown key "stroy"' },
  { what: 'a missing version', text: but('scenario/1', 'scenario/2'), at: '1:9', says: 'scenario/1' },
  { what: 'a key twice', text: but('title: A good one', 'title: A\ntitle: B'), at: '3:1', says: 'unique' },
  { what: 'no YAML', text: 'a: [1, 2', at: '1:9', says: 'not YAML' },
  { what: 'an empty file', text: '', at: '1:1', says: 'empty' },
  { what: 'a list where an object belongs', text: '- a\n- b\n', at: '1:1', says: 'object' },
  {
    what: 'a binary file',
    text: Uint8Array.from({ length: 4096 }, (_, i) => (i * 37) % 256),
    at: '1:1',
    says: 'not a text',
  },
  { what: 'a file of 10 MB', text: `# ${'x'.repeat(10_000_000)}`, at: '1:1', says: '10000002 bytes' },
  { what: 'an alias bomb', text: bomb, at: '1:1', says: 'alias' },
  { what: 'brackets nested too deep', text: '['.repeat(200_000), at: '1:1', says: 'nested too deep' },
  { what: 'dashes nested too deep', text: '- '.repeat(300_000), at: '1:1', says: 'nested too deep' },
];

describe('bad input exits 2, says where and what was expected, and writes nothing', () => {
  test.each(CASES)('$what', ({ text, at, says }) => {
    const path = file(text);
    const { code, out, err } = thecal([
      'run',
      path,
      '--trace',
      join(dirname(path), 'trace.ndjson'),
      '--junit',
      join(dirname(path), 'junit.xml'),
    ]);
    expect(err).toContain(`${path}:${at}: `);
    expect(err).toContain(says);
    expect(err).not.toMatch(/^\s+at .*\.js:\d+/m);
    expect(code).toBe(2);
    expect(out).toBe('');
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

  test.each([
    [['run', 'no-such-file.yaml'], 'no such file or folder'],
    [['run', '--no-such-flag'], 'unknown option'],
    [['run', '--executor', 'toaster'], 'xstate, table'],
    [['run', '--seed', '-1'], 'expected a whole number'],
    [['run', '--json', '--trace', '-'], 'both want standard output'],
    [['run', '--trace', '/no/such/folder/t.ndjson'], 'no folder'],
    [['profiles', 'toaster'], 'expected one of synchromed-ii-like-20'],
    [['why', 'no-such-trace', '--at', '3d'], 'cannot be read'],
    [['why', 'package.json', '--at', '3d'], 'not JSON'],
    [['toast'], 'unknown command'],
  ])('thecal %j', (args, says) => {
    const { code, err } = thecal(args);
    expect(err).toContain(says);
    expect(err).not.toMatch(/^\s+at .*\.js:\d+/m);
    expect(code).toBe(2);
  });
});

describe('a rate outside the pump’s range', () => {
  test.each(['25 mL/day', '0.04 mL/day', '20 mcg/day'])('%s at the start is a mistake in the file', (constant) => {
    const path = file(but('constant: 200 mcg/day', `constant: ${constant}`));
    const { code, err } = thecal(['run', path]);
    expect(err).toContain(`${path}:5:80: start.prescribe.constant: `);
    expect(err).toContain('expected 0.048 mL/day to 24 mL/day');
    expect(code).toBe(2);
  });

  test('in a step that expects the refusal is the pump’s to refuse', () => {
    const step = '  - clinician: { prescribe: { constant: 25 mL/day } }\n    expect: { refused: basalAboveMaximum }\n';
    expect(thecal(['run', file(GOOD + step)])).toMatchObject({ code: 0 });
    const unexpected = file(GOOD + step.replace('basalAboveMaximum', 'basalBelowMinimum'));
    expect(thecal(['run', unexpected])).toMatchObject({ code: 1 });
  });
});

test('a start the pump refuses fails where it is written', () => {
  const path = file(but('constant: 200 mcg/day', 'constant: 200 mcg/day, ceiling: 100 mcg/day'));
  const { code, out, err } = thecal(['run', path]);
  expect(err).toContain(`${path}:5:68: at 0s\n  prescribe refused: expected done, got aboveCeiling`);
  expect(out).toContain('0/1 met');
  expect(code).toBe(1);
});
