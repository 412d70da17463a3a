import { describe, expect, test } from 'vitest';
import { parseDuration, span } from '../../shared/index.ts';
import { running } from '../harness.ts';

const BOLUS = { dose: '10 mcg', duration: '2min', lockout: '1h', maxPerDay: 24 };
const HOUR = parseDuration('1h');
const act = { type: 'requestBolus' } as const;

/** When a patient with a habit pressed. */
function presses(every: string, jitter: string, lasting: string, seed = 0): number[] {
  const { sim, records } = running({ seed }, { bolus: BOLUS });
  sim.habit({ act, every: parseDuration(every), jitter: parseDuration(jitter), for: parseDuration(lasting) });
  sim.advance(parseDuration('10d'));
  return records.filter(({ layer, kind }) => layer === 'act' && kind === 'patient').map(({ t }) => t);
}

describe('a habit', () => {
  test.each([
    ['every 8 h for a day and a bit', '8h', '24h 1ms', [8, 16, 24]],
    ['every 8 h for a day: the one at its end is left out', '8h', '24h', [8, 16]],
    ['every 8 h for 8 h and a bit', '8h', '8h 1ms', [8]],
    ['every 8 h for 8 h', '8h', '8h', []],
    ['every 8 h for an hour', '8h', '1h', []],
  ])('%s', (_, every, lasting, hours) => {
    expect(presses(every, '0s', lasting)).toEqual(hours.map((hour) => hour * HOUR));
  });

  test('with a jitter stays within it, moves both ways, and ends in time', () => {
    const times = presses('8h', '1h', '9d 20h', 5);
    const shifts = times.map((t, i) => t - (i + 1) * 8 * HOUR);
    expect(times.length).toBeGreaterThanOrEqual(28);
    for (const shift of shifts) expect(Math.abs(shift)).toBeLessThanOrEqual(HOUR);
    expect(Math.min(...shifts)).toBeLessThan(0);
    expect(Math.max(...shifts)).toBeGreaterThan(0);
    for (const t of times) expect(t).toBeLessThan(parseDuration('9d 20h'));
  });

  test('is the same for the same seed, another for another', () => {
    expect(presses('8h', '1h', '9d', 5)).toEqual(presses('8h', '1h', '9d', 5));
    expect(presses('8h', '1h', '9d', 5)).not.toEqual(presses('8h', '1h', '9d', 6));
  });

  test('keeps beside another one, each at its own times', () => {
    const { sim, logged } = running({}, { bolus: BOLUS });
    sim.habit({ act, every: parseDuration('5h'), jitter: span(0), for: parseDuration('20h') });
    sim.habit({ act, every: parseDuration('7h'), jitter: span(0), for: parseDuration('20h') });
    sim.advance(parseDuration('2d'));
    expect(logged('bolusGranted').map(({ at }) => Number(at) / HOUR)).toEqual([5, 7, 10, 14, 15]);
  });
});
