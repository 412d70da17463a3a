import { describe, expect, test } from 'vitest';
import { thecal } from './cli.ts';
import { pumpProcess } from './pump-process.ts';

const NOBODY = 'ws://127.0.0.1:9';

describe('hands, the world and time from the shell', () => {
  test('a true refill: what is typed at the programmer is what hands did at the bedside', async () => {
    const pump = await pumpProcess('--clock', '2026-01-05 08:00');
    const hands = (...line: string[]) => thecal(['hands', '--control', pump.control, ...line]);
    const program = (...line: string[]) => thecal(['program', '--connect', pump.telemetry, ...line]);
    const injected = hands('inject', 'volume:', '20', 'mL,', 'baclofen:', '500', 'mcg/mL');
    expect(injected).toMatchObject({ code: 0, err: '' });
    expect(injected.out).toBe(
      '2026-01-05 08:00  hands inject 20 mL of baclofen 500 mcg/mL\n' +
        '  true: 20 mL in the reservoir, 0 mL/day flows\n',
    );
    for (const line of ['implant', 'refill volume: 20 mL', 'prescribe baclofen: 500 mcg/mL, constant: 200 mcg/day'])
      expect(program(line).code).toBe(0);
    expect(hands('after', '40d').out).toMatch(/^2026-02-14 08:0\d {2}40d have gone by\n {2}true: [34](\.\d+)? mL/);
    expect(hands('drain').out).toMatch(/hands drain the reservoir; the syringe shows (3\.99\d*|4) mL\n.*is empty/);
    expect(hands('inject 20 mL').code).toBe(0);
    const refilled = program('refill aspirated: 4 mL, volume: 20 mL');
    expect(refilled.out).toMatch(/Difference: aspirated minus expected +[+−]0 mL/);
    expect(await pump.end()).toBe(0);
    expect(pump.err).toEqual([]);
  });

  test('as a document, with what is physically so; what hands cannot do is refused, with 1', async () => {
    const pump = await pumpProcess('--clock', '2026-01-05 08:00');
    const hands = (...line: string[]) => thecal(['hands', '--control', pump.control, '--json', ...line]);
    const faulty = hands('flowBias', '+15', '%');
    expect(JSON.parse(faulty.out)).toMatchObject({ outcome: { done: true }, truth: { reservoir: 0 } });
    const tooMuch = hands('inject volume: 99 mL, saline: true');
    expect(tooMuch.code).toBe(1);
    expect(JSON.parse(tooMuch.out)).toMatchObject({ outcome: { refused: expect.any(String), by: 'hands' } });
  });

  test.each([
    ['an act of the programmer', ['interrogate'], 'clinician: is done from a programmer'],
    ['the patient’s', ['press'], 'thecal program --connect'],
    ['a fault of the link', ['disconnect'], 'is of the programmer’s side'],
    ['something to look at', ['truth'], 'expected what hands or the world do'],
    ['no act', ['explode'], '"explode" is no act'],
    ['nobody there', ['drain'], 'nobody listens there'],
  ])('%s ends with 2', (_, line, message) => {
    const { code, err, out } = thecal(['hands', '--control', NOBODY, ...line]);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.replaceAll("'", '’')).toContain(message);
  });
});

test('help at a programmer whose pump is elsewhere lists what can be done there, and says where the rest goes', async () => {
  const pump = await pumpProcess();
  const input = 'help\nhelp stop\nhelp drain\nhelp advance\n';
  const { code, out } = thecal(['console', '--connect', pump.telemetry], { input });
  expect(code).toBe(2);
  const [, whole = ''] = /> help\n(.*?)> help stop/s.exec(out) ?? [];
  expect(whole).toMatch(/^ {2}clinician +interrogate, /m);
  expect(whole).toMatch(/^ {2}patient +requestBolus/m);
  expect(whole).toContain('thecal hands --control URL ACT');
  for (const word of ['drain', 'flowBias', 'truth', 'belief', 'why', 'next', 'until', 'after', 'advance', 'note'])
    expect(whole).not.toMatch(new RegExp(`\\b${word}\\b`));
  expect(out).toContain('line 3: help: drain: is not done from a programmer; hands, the world and time go over');
  expect(out).toContain('line 4: help: advance: is not done from a programmer');
});
