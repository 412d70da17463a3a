import { describe, expect, test } from 'vitest';
import { handsetLines } from '../../page/aside/handset-lines.ts';
import { deedText, faultText, spaced } from '../../page/aside/line-text.ts';
import { fragment, packed, unpacked } from '../../page/link.ts';
import { READY } from './ready-text.ts';

const EIGHT = Date.UTC(2026, 0, 5, 8);

describe('the handset', () => {
  test.each([
    ['Ready', 'Ready'],
    ['locked out; possible in 6h', 'A dose is possible in 6 h, at 14:00'],
    ['locked out; possible in 5h 59min 59.959s', 'A dose is possible in 6 h, at 14:00'],
    ['locked out; possible in 1d 30s', 'A dose is possible in 24 h 1 min, at 08:01'],
    ['locked out; possible in 2min; alarm: the reservoir is low', 'alarm: the reservoir is low'],
    ['locked out; possible in 0s', 'A dose is possible again'],
    ['locked out; possible in 0min', 'A dose is possible again'],
  ])('%s', (display, last) => {
    expect(handsetLines(display, EIGHT).at(-1)?.text).toBe(last);
  });

  test('never says that a dose is possible sooner than it is', () => {
    expect(handsetLines('possible in 30s', EIGHT + 40_000)).toEqual([
      { text: 'A dose is possible in 2 min, at 08:02', isWhen: true },
    ]);
  });
});

test('what was done is read without quotes and braces, a step of the story as its file has it', () => {
  const line = '{"clinician":{"refill":{"volume":"20 mL","aspirated":"4 mL"}}}';
  expect(deedText({ line })).toBe('clinician: refill: volume: 20 mL, aspirated: 4 mL');
  expect(deedText({ line: 'next', step: '  - after: 1d\n    patient: requestBolus\n    expect: { alarms: [] }' })).toBe(
    'story: after: 1d, patient: requestBolus',
  );
  expect(deedText({ line: undefined })).toBe('time passed');
});

test.each([
  ['flowBias', '{ flowBias: +15 % }', 'flow bias', '+15 %'],
  ['flowDrift', '{ flowDrift: { by: +2 %, every: 30d } }', 'flow drift', 'by: +2 %, every: 30d'],
  ['motorStall', 'motorStall', 'motor stall', 'motorStall'],
])('the fault %s as %s is under %s: %s', (name, written, words, text) => {
  expect([spaced(name), faultText(name, written)]).toEqual([words, text]);
});

describe('a link', () => {
  test('holds a scenario, and needs no escape in an address', async () => {
    const code = await packed(READY);
    expect(code).toMatch(/^[\w-]+$/);
    expect(code.length).toBeLessThan(READY.length);
    expect(await unpacked(code)).toBe(READY);
    expect(fragment(`#patient&visit=${code}`)).toEqual({ isPatient: true, visit: code });
    expect(fragment('')).toEqual({ isPatient: false, visit: undefined });
  });

  test('that was cut short, changed or is none is refused', async () => {
    const code = await packed(READY);
    for (const bad of [code.slice(0, -8), code.slice(4), '!', 'AAAA', ''])
      await expect(unpacked(bad)).rejects.toThrow();
  });

  test('of a few bytes cannot become gigabytes', async () => {
    await expect(unpacked(await packed('a'.repeat(5_000_000)))).rejects.toThrow('too long');
  });
});
