import { describe, expect, test } from 'vitest';
import { isLater } from '../../firmware-sim/firmware/memory/session-number.ts';
import { encodeFrame, type Json, MOST_NUMBER } from '../../shared/index.ts';
import { type BarePump, implantedPump, Speaker } from './bare-pump.ts';

/** Lets a pump have given out so many sessions. */
function havingOpened(pump: BarePump, last: number): void {
  const saved: Json = JSON.parse(JSON.stringify(pump.firmware.save()), (key, value) =>
    key === 'greetings' ? { ...value, last } : value,
  );
  pump.firmware.load(saved);
}

describe('the numbers of sessions', () => {
  test('go on with 1 after the highest that a frame carries', () => {
    const { pump } = implantedPump();
    havingOpened(pump, MOST_NUMBER - 1);
    const sessions = [1, 2, 3].map(() => pump.open('patient').session);
    expect(sessions).toEqual([MOST_NUMBER, 2, 3]);
  });

  test('pass over one that is still open', () => {
    const { pump, clinician } = implantedPump();
    expect(clinician.session).toBe(1);
    havingOpened(pump, MOST_NUMBER);
    expect(pump.open('patient').session).toBe(2);
    expect(clinician.do('interrogate')).toMatchObject({ reply: { name: 'interrogate' } });
  });

  test('pass over a challenge that waits for its answer', () => {
    const { pump } = implantedPump();
    const waiting = new Speaker(pump, 'refill');
    waiting.greet();
    havingOpened(pump, waiting.session - 1);
    expect(pump.open('patient').session).toBe(waiting.session + 1);
    expect(waiting.ask({ name: 'authenticate', payload: {} })).toMatchObject({ reply: { name: 'authenticate' } });
  });

  test('go on over a reset from the highest', () => {
    const { pump } = implantedPump();
    havingOpened(pump, MOST_NUMBER - 1);
    pump.open('patient');
    pump.reset(false);
    expect(pump.open('patient').session).toBe(1);
  });

  test.each([
    [2, 1, true],
    [1, 2, false],
    [7, 7, false],
    [1, MOST_NUMBER, true],
    [MOST_NUMBER, 1, false],
    [1000, MOST_NUMBER - 1000, true],
  ])('%d was asked for after %d: %s', (one, other, later) => {
    expect(isLater(one, other)).toBe(later);
  });
});

test('a command of before the numbers began again, overtaken since, is never said not to have arrived', () => {
  const { pump } = implantedPump();
  havingOpened(pump, MOST_NUMBER - 1);
  const first = pump.open('clinician');
  first.enter('19 mL');
  const asked = { session: first.session, sequence: first.sequence };
  const later = pump.open('clinician');
  expect(later.ask({ name: 'recall', payload: asked })).toMatchObject({ reply: { payload: { became: 'answered' } } });
  later.enter('18 mL');
  expect(later.session).toBeLessThan(first.session);
  expect(later.ask({ name: 'recall', payload: asked })).toMatchObject({ reply: { payload: { became: 'unknown' } } });
});

test.each([
  { session: MOST_NUMBER + 1, sequence: 1 },
  { session: 1, sequence: MOST_NUMBER + 1 },
])('a frame of a number that does not fit is not made: %o', (numbers) => {
  expect(() => encodeFrame({ ...numbers, type: 5, payload: new Uint8Array() })).toThrow(RangeError);
});
