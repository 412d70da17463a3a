import { describe, expect, test } from 'vitest';
import type { DeviceProfile } from '../../shared/index.ts';
import { type CommandedPump, DAY, HOUR, MINUTE, ms, ordered, PRESS, runs, START, wallOf } from './commanded.ts';

/** Two a day, with a lockout that is never in the way. */
const twice = { ...PRESS, lockout: ms('10min'), maxPerDay: 2 };
const allotted = (countWindow: DeviceProfile['countWindow'], changes: Partial<DeviceProfile> = {}) =>
  runs({ patientBolus: twice }, { countWindow, ...changes });
const MIDNIGHT = wallOf('2026-01-06 00:00') - START;

const pressTwice = (pump: CommandedPump, first: number, second: number) => {
  for (const at of [first, second]) {
    pump.passTo(at);
    expect(pump.press()).toBeUndefined();
  }
};

describe('boluses counted over the 24 h behind', () => {
  test('a grant counts until 24 h after it, to the millisecond', () => {
    const pump = allotted('rolling24h');
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.passTo(HOUR + DAY - 1);
    expect(pump.press()).toMatchObject({ code: 'countUsed', also: [], until: HOUR + DAY });
    pump.passTo(HOUR + DAY);
    expect(pump.press()).toBeUndefined();
    expect(pump.press()).toMatchObject({ code: 'bolusRunning', until: 2 * HOUR + DAY });
  });

  test('a grant is kept for as long as it may count, and no longer', () => {
    const pump = allotted('rolling24h');
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.passTo(HOUR + DAY);
    expect(pump.press()).toBeUndefined();
    expect(pump.context.grants).toEqual([2 * HOUR, HOUR + DAY]);
  });

  test('midnight does not matter', () => {
    const pump = allotted('rolling24h');
    pressTwice(pump, MIDNIGHT - 2 * HOUR, MIDNIGHT - HOUR);
    pump.passTo(MIDNIGHT);
    expect(pump.press()).toMatchObject({ code: 'countUsed' });
  });

  test('one cut short counts like a whole one', () => {
    const pump = allotted('rolling24h');
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.pass('1min');
    pump.do('stop');
    pump.do('resume');
    pump.pass('1h');
    expect(pump.press()).toMatchObject({ code: 'countUsed', until: HOUR + DAY });
  });
});

describe('boluses counted by the local day', () => {
  test('all come free at midnight, to the millisecond', () => {
    const pump = allotted('calendarDay');
    pressTwice(pump, MIDNIGHT - 2 * HOUR, MIDNIGHT - HOUR);
    pump.passTo(MIDNIGHT - 1);
    expect(pump.press()).toMatchObject({ code: 'countUsed', also: [], until: MIDNIGHT });
    pump.passTo(MIDNIGHT);
    expect(pump.chart.at('patientControl')).toBe('ready');
    pressTwice(pump, MIDNIGHT, MIDNIGHT + 10 * MINUTE);
    pump.pass('10min');
    expect(pump.press()).toMatchObject({ code: 'countUsed', until: MIDNIGHT + DAY });
  });

  test('one given early in the day counts to its end, though 24 h have not passed', () => {
    const pump = allotted('calendarDay');
    pressTwice(pump, MIDNIGHT, MIDNIGHT + HOUR);
    pump.passTo(MIDNIGHT + DAY - 1);
    expect(pump.press()).toMatchObject({ code: 'countUsed' });
    pump.passTo(MIDNIGHT + DAY);
    expect(pump.press()).toBeUndefined();
  });

  test('a clock set forward over midnight ends the day', () => {
    const pump = allotted('calendarDay');
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.pass('1h');
    pump.setClock(START + MIDNIGHT - 1);
    expect(pump.wouldRefuse()).toMatchObject({ code: 'countUsed', until: 3 * HOUR + 1 });
    pump.setClock(START + MIDNIGHT);
    expect(pump.chart.at('patientControl')).toBe('ready');
    expect(pump.press()).toBeUndefined();
  });

  test('a clock set back over midnight makes yesterday’s boluses count again', () => {
    const pump = allotted('calendarDay');
    pressTwice(pump, MIDNIGHT - 2 * HOUR, MIDNIGHT - HOUR);
    pump.passTo(MIDNIGHT + 30 * MINUTE);
    pump.moveClock(-HOUR);
    expect(pump.chart.at('patientControl')).toBe('countUsed');
    expect(pump.press()).toMatchObject({ code: 'countUsed', until: MIDNIGHT + HOUR });
    pump.passTo(MIDNIGHT + HOUR);
    expect(pump.press()).toBeUndefined();
  });

  test('a clock moved within the day moves its end', () => {
    const pump = allotted('calendarDay');
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.pass('1h');
    pump.moveClock(3 * HOUR);
    expect(pump.wouldRefuse()).toMatchObject({ code: 'countUsed', until: MIDNIGHT - 3 * HOUR });
    pump.passTo(MIDNIGHT - 3 * HOUR - 1);
    expect(pump.chart.at('patientControl')).toBe('countUsed');
    pump.passTo(MIDNIGHT - 3 * HOUR);
    expect(pump.chart.at('patientControl')).toBe('ready');
  });
});

describe.each(['rolling24h', 'calendarDay'] as const)('the count over %s outlives', (countWindow) => {
  test.each<[string, (pump: CommandedPump) => unknown]>([
    ['stop and start', (pump) => [pump.do('stop'), pump.do('resume')]],
    ['the minimum rate and back', (pump) => [pump.do('minimumRate'), pump.do('resume')]],
    ['the same prescription again', (pump) => pump.prescribe(ordered({ patientBolus: twice }))],
    [
      'a prescription without a bolus in between',
      (pump) => [pump.prescribe(ordered({ patientBolus: null })), pump.prescribe(ordered({ patientBolus: twice }))],
    ],
    ['a reset', (pump) => pump.reset()],
    ['a refill', (pump) => pump.fill()],
  ])('%s', (_, happens) => {
    const pump = allotted(countWindow);
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.pass('1h');
    const until = pump.wouldRefuse()?.until;
    happens(pump);
    expect(pump.wouldRefuse()).toMatchObject({ code: 'countUsed', until });
    expect(pump.chart.at('patientControl')).toBe('countUsed');
  });

  test('but a higher count prescribed leaves room for the difference', () => {
    const pump = allotted(countWindow);
    pressTwice(pump, HOUR, 2 * HOUR);
    pump.pass('1h');
    pump.prescribe(ordered({ patientBolus: { ...twice, maxPerDay: 3 } }));
    expect(pump.press()).toBeUndefined();
    pump.pass('1h');
    expect(pump.press()).toMatchObject({ code: 'countUsed' });
  });
});
