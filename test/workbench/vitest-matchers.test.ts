import { describe, expect, test } from 'vitest';
import { volume } from '../../shared/index.ts';
import { simulate } from '../../workbench/vitest.ts';

/** Morphine 5 mg/day with a bolus of 0.75 mg, locked out for 3 h. */
const running = (maxPerDay = 4) =>
  simulate('synchromed-ii-like-20', {
    fill: { volume: '20 mL', morphine: '25 mg/mL' },
    prescribe: {
      constant: '5 mg/day',
      lowReservoir: '2 mL',
      patientBolus: { dose: '0.75 mg', duration: '5min', lockout: '3h', maxPerDay },
    },
  });

/** What does not compile, given all the same, as from JavaScript. */
const js = (value: unknown) => JSON.parse('null', () => value);

/** What a matcher says when it fails. */
function said(failing: () => void): string {
  try {
    failing();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it passed';
}

describe('toBeRefused', () => {
  const pressedAgain = () => {
    const pump = running();
    const first = pump.press();
    pump.advance('30min');
    return { first, second: pump.press(), pump };
  };

  test('knows how long after a reset that lost the time', () => {
    const { pump } = pressedAgain();
    pump.world({ reset: { clock: 'lost' } });
    // The lockout begins again.
    expect(pump.press()).toBeRefused('lockedOut', { retryIn: '3h 0min' });
  });

  test('knows the reason and how long it lasts, whenever it is asked', () => {
    const { first, second, pump } = pressedAgain();
    pump.advance('1d');
    expect(second).toBeRefused('lockedOut');
    expect(second).toBeRefused('lockedOut', { retryIn: '2.5h' });
    expect(second).toBeRefused('lockedOut', { retryIn: '2h 30min' });
    expect(second).not.toBeRefused('lockedOut', { retryIn: '2h 31min' });
    expect(second).not.toBeRefused('countUsed');
    expect(first).not.toBeRefused('lockedOut');
    expect(pump.hands({ inject: '20 mL' })).toBeRefused('overfull');
    expect(pump.clinician({ refill: { aspirated: 'measured', volume: '20 mL' } })).toBeRefused('notMeasured');
  });

  test('says what was asked and what was so', () => {
    const { first, second } = pressedAgain();
    expect(said(() => expect(first).toBeRefused('lockedOut'))).toBe(
      'expected the act to be refused as lockedOut; it was done',
    );
    expect(said(() => expect(second).toBeRefused('countUsed'))).toBe(
      'expected the act to be refused as countUsed; it was refused as lockedOut (the lockout interval has not passed), for another 2h 30min',
    );
    expect(said(() => expect(second).toBeRefused('lockedOut', { retryIn: '3h 0min' }))).toBe(
      'expected the act to be refused as lockedOut for another 3h 0min; it was refused as lockedOut (the lockout interval has not passed), for another 2h 30min',
    );
    expect(said(() => expect(second).not.toBeRefused('lockedOut'))).toMatch(
      /^expected the act not to be refused as lockedOut; it was refused as lockedOut/,
    );
  });

  test('names every other reason that the wait is for', () => {
    const pump = running(1);
    pump.press();
    pump.advance('1h');
    const second = pump.press();
    expect(second).toBeRefused('lockedOut', { retryIn: '23h' });
    expect(second).not.toBeRefused('countUsed');
    expect(said(() => expect(second).not.toBeRefused('lockedOut'))).toBe(
      'expected the act not to be refused as lockedOut; it was refused as lockedOut (the lockout interval has not passed), also countUsed (all boluses of 24 h have been given), for another 23h',
    );
  });

  test('takes what a Simulation answers, but has to know when for a time', () => {
    const { at: _, ...plain } = pressedAgain().second;
    expect(plain).toBeRefused('lockedOut');
    expect(said(() => expect(plain).not.toBeRefused('lockedOut', { retryIn: '3h' }))).toBe(
      'toBeRefused: retryIn: expected the outcome of a pump that simulate() made, which knows its time',
    );
  });

  test('asks for an answer, a reason there is, and a span of time', () => {
    expect(said(() => expect(running().press()).not.toBeRefused(JSON.parse('"lokedOut"')))).toMatch(
      /^toBeRefused: refused: expected one of onShelf, /,
    );
    expect(said(() => expect(running().press()).not.toBeRefused(js(undefined)))).toMatch(
      /^toBeRefused: refused: expected one of onShelf, /,
    );
    expect(said(() => expect(3).toBeRefused('lockedOut'))).toContain('expected what an act such as press() gives');
    expect(said(() => expect(running().press()).not.toBeRefused('lockedOut', { retryIn: '3' }))).toContain(
      'toBeRefused: retryIn: "3": expected a span of time',
    );
  });
});

test.each([
  [{ retyIn: '5h' }, 'toBeRefused: unknown key "retyIn": expected one of retryIn'],
  ['5h', 'toBeRefused: "5h": expected keys and values, of retryIn'],
  [null, 'toBeRefused: null: expected keys and values, of retryIn'],
  [{}, 'toBeRefused: retryIn: expected a span of time'],
  [{ retryIn: undefined }, 'toBeRefused: retryIn: expected a span of time'],
])('a refusal that shall end %j is refused', (retry, message) => {
  const pump = running();
  pump.press();
  expect(said(() => expect(pump.press()).toBeRefused('bolusRunning', js(retry)))).toContain(message);
  expect(said(() => expect(pump.press()).not.toBeRefused('lockedOut', js(retry)))).toContain(message);
});

describe('toHaveAlarm', () => {
  test('knows the alarms of now', () => {
    const pump = running();
    expect(pump).not.toHaveAlarm('lowReservoir');
    pump.until({ alarm: 'lowReservoir' }, '120d');
    expect(pump).toHaveAlarm('lowReservoir');
  });

  test('says what was asked and what was so', () => {
    const pump = running();
    expect(said(() => expect(pump).toHaveAlarm('stoppedPump'))).toBe(
      'expected the pump to have the alarm stoppedPump at 0s, got: none',
    );
    pump.until({ alarm: 'lowReservoir' }, '120d');
    expect(said(() => expect(pump).not.toHaveAlarm('lowReservoir'))).toBe(
      'expected the pump not to have the alarm lowReservoir at 90d, got: lowReservoir',
    );
    expect(said(() => expect(pump).not.toHaveAlarm(JSON.parse('"lowReservior"')))).toMatch(
      /^toHaveAlarm: alarm: expected one of lowReservoir, /,
    );
    expect(said(() => expect(pump).not.toHaveAlarm(js(undefined)))).toMatch(
      /^toHaveAlarm: alarm: expected one of lowReservoir, /,
    );
    expect(said(() => expect({}).toHaveAlarm('lowReservoir'))).toContain('expected a pump that simulate() made');
  });
});

describe('toHaveDelivered', () => {
  test('holds fluid and drug that really left the pump against what is written, as precisely', () => {
    const pump = running();
    expect(pump).toHaveDelivered('0 mL');
    pump.world({ flowBias: '+10 %' });
    pump.advance('2d');
    expect(pump.belief.volume).toBe(volume.parse('19.6 mL'));
    for (const amount of ['0.44 mL', '0.4 mL', '440 mcL', '11 mg', '11.000 mg', '11000 µg'])
      expect(pump).toHaveDelivered(amount);
    for (const amount of ['0.43 mL', '0.5 mL', '0 mL', '10 mg', '0 mg']) expect(pump).not.toHaveDelivered(amount);
  });

  test('nothing delivered is 0, whatever is in the reservoir', () => {
    const fresh = simulate('synchromed-ii-like-20');
    const saline = simulate('synchromed-ii-like-20', {
      fill: { volume: '20 mL', saline: true },
      prescribe: { constant: '0.4 mL/day' },
    });
    saline.advance('1d');
    for (const pump of [fresh, saline]) {
      expect(pump).toHaveDelivered('0 mg');
      expect(pump).not.toHaveDelivered('1 mg');
    }
    expect(saline).toHaveDelivered('0.4 mL');
  });

  test('a drug that left the pump and is not prescribed fails every mass, and is named', () => {
    const pump = simulate('synchromed-ii-like-20', {
      fill: { volume: '20 mL', morphine: '25 mg/mL' },
      prescribe: { constant: '200 mcg/day', baclofen: '500 mcg/mL' },
    });
    expect(pump).toHaveDelivered('0 mcg');
    pump.advance('1d');
    const says =
      'toHaveDelivered: 10 mg of morphine left the pump, but what is prescribed is baclofen: expected a volume; pump.truth.doses has the mass of every drug';
    for (const amount of ['0 mcg', '200 mcg', '10 mg']) {
      expect(said(() => expect(pump).toHaveDelivered(amount))).toBe(says);
      expect(said(() => expect(pump).not.toHaveDelivered(amount))).toBe(says);
    }
    expect(pump).toHaveDelivered('0.4 mL');
  });

  test('of a mixture the primary drug is counted', () => {
    const pump = simulate('synchromed-ii-like-20', {
      fill: { volume: '20 mL', bupivacaine: '20 mg/mL', morphine: '25 mg/mL' },
      prescribe: { primary: 'morphine', constant: '5 mg/day' },
    });
    pump.advance('2d');
    expect(pump).toHaveDelivered('10 mg');
    expect(pump).not.toHaveDelivered('8 mg');
  });

  test('says what was asked and what was so', () => {
    const pump = running();
    pump.advance('2d');
    expect(said(() => expect(pump).toHaveDelivered('3.9 mL'))).toBe(
      'expected the pump to have delivered 3.9 mL at 2d, got: 0.4 mL',
    );
    expect(said(() => expect(pump).not.toHaveDelivered('10 mg'))).toBe(
      'expected the pump not to have delivered 10 mg at 2d, got: 10 mg',
    );
    expect(said(() => expect(pump).toHaveDelivered('3 h'))).toBe(
      'toHaveDelivered: "3 h": expected a volume such as "2.5 mL" or a mass such as "0.75 mg"',
    );
  });
});

describe('as parts of what is expected', () => {
  const pump = running();
  pump.advance('1d');

  test('the matchers hold', () => {
    expect({ pump }).toEqual({ pump: expect.toHaveDelivered('5 mg') });
    expect([pump]).not.toEqual([expect.toHaveAlarm('lowReservoir')]);
    expect([pump.hands({ inject: '20 mL' })]).toEqual([expect.toBeRefused('overfull')]);
  });

  test('they hold too of the copy that vitest makes of a pump to print it', () => {
    const values = Object.entries(pump).map(([name, value]) => [name, { value, enumerable: true }]);
    const copy = Object.create(Object.getPrototypeOf(pump), Object.fromEntries(values));
    expect(copy).toEqual(pump);
    expect(copy).not.toHaveAlarm('lowReservoir');
    expect(copy).toHaveDelivered('0.2 mL');
  });
});
