import { describe, expect, test } from 'vitest';
import { mass } from '../../shared/index.ts';
import {
  type CommandedPump,
  constant,
  DAY,
  daily,
  HOUR,
  MINUTE,
  ms,
  ordered,
  PRESS,
  rateOf,
  runs,
  START,
} from './commanded.ts';

const MOVES = [MINUTE, -MINUTE, HOUR, -HOUR, 23 * HOUR, -7 * HOUR, 30 * DAY, -4 * DAY] as const;

describe.each(MOVES)('a clock set by %d ms', (by) => {
  test('moves no lockout', () => {
    const pump = runs();
    pump.press();
    pump.pass('10min');
    expect(pump.moveClock(by)).toBeUndefined();
    pump.passTo(HOUR - 1);
    expect(pump.press()).toMatchObject({ code: 'lockedOut', until: HOUR });
    pump.passTo(HOUR);
    expect(pump.press()).toBeUndefined();
  });

  test('moves no count over 24 h', () => {
    const pump = runs({ patientBolus: { ...PRESS, lockout: ms('5min'), maxPerDay: 1 } });
    pump.press();
    pump.pass('10min');
    pump.moveClock(by);
    pump.passTo(DAY - 1);
    expect(pump.press()).toMatchObject({ code: 'countUsed', until: DAY });
    pump.passTo(DAY);
    expect(pump.press()).toBeUndefined();
  });

  test('moves no end of a bolus, and gives nothing twice or back', () => {
    const pump = runs();
    pump.press();
    pump.pass('1min');
    pump.moveClock(by);
    expect(pump.rate).toBe(PRESS.rate + rateOf('0.4 mL/day'));
    pump.pass('10min');
    expect(pump.logged('bolusEnded')).toEqual([
      { at: 2 * MINUTE, why: 'complete', delivered: PRESS.rate * 2 * MINUTE, undelivered: 0 },
    ]);
    const expected = BigInt(rateOf('0.4 mL/day')) * BigInt(11 * MINUTE) + BigInt(PRESS.rate * 2 * MINUTE);
    const { ledger, rate, since } = pump.context;
    expect(ledger.commanded + BigInt(rate) * BigInt(pump.now - since)).toBe(expected);
  });

  test('moves no stopped-pump deadline', () => {
    const pump = runs();
    pump.do('stop');
    pump.pass('10min');
    pump.moveClock(by);
    pump.passTo(48 * HOUR - 1);
    expect(pump.context.stoppedTooLong).toBeNull();
    pump.passTo(48 * HOUR);
    expect(pump.context.stoppedTooLong).toBe(48 * HOUR);
  });
});

/** At 08:00 the first of four steps is in force. */
const STEPS = daily({ '00:00': '1 mL/day', '09:00': '2 mL/day', '10:00': '3 mL/day', '11:00': '4 mL/day' });
const scheduled = () => runs({ program: STEPS });
const skipped = (pump: CommandedPump) => pump.logged('clockSet').at(-1);

describe('a clock set under a schedule', () => {
  test.each([
    ['a millisecond before a step', HOUR - 1, '1 mL/day', 0],
    ['to a step', HOUR, '2 mL/day', 0],
    ['a millisecond before the second step', 2 * HOUR - 1, '2 mL/day', 0],
    ['to the second step: one is skipped', 2 * HOUR, '3 mL/day', 1],
    ['past the last: two are skipped', 4 * HOUR, '4 mL/day', 2],
    ['to the next day: all the others are skipped', DAY, '1 mL/day', 3],
    ['by 500 days: four a day but for the last', 500 * DAY, '1 mL/day', 1999],
    ['back a minute', -MINUTE, '1 mL/day', 0],
    ['back over midnight', -9 * HOUR, '4 mL/day', 0],
  ])('%s', (_, by, flow, count) => {
    const pump = scheduled();
    expect(pump.moveClock(by)).toBeUndefined();
    expect(pump.rate).toBe(rateOf(flow));
    expect(skipped(pump)).toEqual({ at: 0, from: START, to: START + by, skipped: count });
  });

  test('the next step comes at its new time, once', () => {
    const pump = scheduled();
    pump.moveClock(30 * MINUTE);
    pump.passTo(30 * MINUTE - 1);
    expect(pump.rate).toBe(rateOf('1 mL/day'));
    pump.passTo(2 * HOUR);
    expect(pump.rates.filter(({ rate }) => rate === rateOf('2 mL/day')).map(({ at }) => at)).toEqual([30 * MINUTE]);
  });

  test('set back over a step that ran, it runs again at its own time', () => {
    const pump = scheduled();
    pump.passTo(HOUR + 10 * MINUTE);
    pump.moveClock(-20 * MINUTE);
    expect(pump.rate).toBe(rateOf('1 mL/day'));
    pump.pass('10min');
    expect(pump.rate).toBe(rateOf('2 mL/day'));
  });

  test('a stopped pump stays stopped and takes up the new time when it is started', () => {
    const pump = scheduled();
    pump.do('stop');
    expect(pump.moveClock(HOUR)).toBeUndefined();
    expect(pump.rate).toBe(0);
    pump.do('resume');
    expect(pump.rate).toBe(rateOf('2 mL/day'));
  });

  test('a step that begins during a bolus changes what is beside it', () => {
    const pump = scheduled();
    pump.press();
    pump.moveClock(HOUR);
    expect(pump.rate).toBe(PRESS.rate + rateOf('2 mL/day'));
  });

  test('into a step of zero is logged as such', () => {
    const pump = runs({ program: daily({ '00:00': '1 mL/day', '09:00': '0 mL/day' }) });
    pump.moveClock(HOUR);
    expect([pump.rate, pump.kinds().at(-1), pump.context.idleSince]).toEqual([0, 'zeroStep', 0]);
  });

  test('is refused in an update', () => {
    const pump = scheduled();
    pump.stage(ordered());
    pump.begin(ordered());
    expect(pump.moveClock(HOUR)).toMatchObject({ code: 'updating' });
  });
});

describe('a clock set that would bring a strong hour twice into a window of the dose limit', () => {
  // 1 mL/day from 09:00 to 10:00 and nothing else that counts: 20.83 mcg in any 4 h.
  const program = daily({ '00:00': '0 mL/day', '09:00': '1 mL/day', '10:00': '0 mL/day' });
  const limited = (dose: string) => {
    const pump = runs({ program, doseLimit: { dose: mass.parse(dose), window: ms('4h') } });
    pump.passTo(2 * HOUR);
    return pump;
  };

  test('is refused until the first has left the window', () => {
    const pump = limited('30 mcg');
    const refused = pump.moveClock(-HOUR);
    expect(refused).toMatchObject({ code: 'overLimitForNow' });
    expect(pump.rate).toBe(0);
    expect(pump.logged('clockSet')).toEqual([]);
  });

  test('is done where the limit holds both', () => {
    const pump = limited('41.667 mcg');
    expect(pump.moveClock(-HOUR)).toBeUndefined();
    expect(pump.rate).toBe(rateOf('1 mL/day'));
  });

  test('is refused for a ng less', () => {
    expect(limited('41.666 mcg').moveClock(-HOUR)).toMatchObject({ code: 'overLimitForNow' });
  });

  test('tells the first instant at which it would fit, though soon after it fits no more', () => {
    // 100 mcg from 8:00 to 9:00, asked at 10:00 to come at 20:00 instead: from 21:00 on, until those of the morning.
    const morning = daily({ '00:00': '0 mL/day', '08:00': '4.8 mL/day', '09:00': '0 mL/day' });
    const pump = runs({ program: morning, doseLimit: { dose: mass.parse('100 mcg'), window: ms('24h') } });
    pump.passTo(2 * HOUR);
    const move = () => pump.moveClock(-12 * HOUR);
    expect(move()).toMatchObject({ code: 'overLimitForNow', until: 13 * HOUR });
    pump.passTo(13 * HOUR - 1);
    expect(move()).toMatchObject({ code: 'overLimitForNow', until: 13 * HOUR });
    const later = pump.fork();
    later.passTo(25 * HOUR);
    expect(later.moveClock(-12 * HOUR)).toMatchObject({ code: 'overLimitForNow' });
    pump.passTo(13 * HOUR);
    expect(move()).toBeUndefined();
  });

  test('is done under a program that follows no clock', () => {
    const pump = runs({
      program: constant('0.48 mL/day'),
      doseLimit: { dose: mass.parse('40 mcg'), window: ms('4h') },
    });
    pump.pass('5h');
    expect(pump.moveClock(-HOUR)).toBeUndefined();
  });
});
