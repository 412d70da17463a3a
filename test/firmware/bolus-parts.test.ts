import { describe, expect, test } from 'vitest';
import { statusOf as told } from '../../firmware-sim/firmware/status.ts';
import {
  type DayPart,
  type DeviceProfile,
  doseRate,
  instant,
  mass,
  type PatientBolus,
  span,
} from '../../shared/index.ts';
import { type CommandedPump, DAY, HOUR, MINUTE, ms, ordered, PRESS, rateOf, runs } from './commanded.ts';

const at = (hours: number) => span(hours * HOUR);
const NIGHT: DayPart = { from: at(22), to: at(6), bolus: null };
/** 0.04 mL in 4 min, twice as much as by day. */
const LARGE = { rate: rateOf('14.4 mL/day'), duration: ms('4min'), lockout: ms('2h') };
const MORNING: DayPart = { from: at(6), to: at(10), bolus: LARGE };
const byDay = (...parts: DayPart[]): PatientBolus => ({ ...PRESS, parts });
const THREE: Partial<DeviceProfile> = { bolusParts: 3 };
/** The pump's time is 0 at 08:00. */
const since8 = (hours: number) => (hours - 8) * HOUR;
const statusOf = (pump: CommandedPump) => told(pump.chart.state, 'THECAL-0001', instant(pump.now), []);
const on = (pump: CommandedPump, hours: number) => {
  pump.passTo(since8(hours));
  return pump;
};

describe('a part of the day without a patient bolus', () => {
  const pump = () => runs({ patientBolus: byDay(NIGHT) });

  test('refuses from its first millisecond to its last, and says when it ends', () => {
    const night = on(pump(), 22);
    expect(night.press()).toMatchObject({ code: 'notThisPartOfDay', also: [], until: since8(30) });
    night.passTo(since8(30) - 1);
    expect(night.press()).toMatchObject({ code: 'notThisPartOfDay', until: since8(30) });
    on(night, 30);
    expect(night.press()).toBeUndefined();
  });

  test('does not refuse a millisecond before it begins, and ends no bolus that runs', () => {
    const evening = pump();
    evening.passTo(since8(22) - 1);
    expect(evening.press()).toBeUndefined();
    evening.pass('1min');
    expect(evening.rate).toBe(PRESS.rate + rateOf('0.4 mL/day'));
  });

  test('is passed over where a lockout or the count ends within it', () => {
    const evening = pump();
    evening.passTo(since8(21.5));
    evening.press();
    evening.pass('10min');
    expect(evening.press()).toMatchObject({ code: 'lockedOut', until: since8(30) });
    const used = runs({ patientBolus: { ...byDay({ ...NIGHT, from: at(7) }), maxPerDay: 1 } });
    used.moveClock(-2 * HOUR);
    used.press();
    used.pass('1h');
    // Given at 06:00: from 06:00 the next day on it counts no more, and 06:00 to 07:00 is the only time.
    expect(used.press()).toMatchObject({ code: 'notThisPartOfDay', also: ['countUsed'], until: DAY });
  });

  test('shows in what the patient may ask for, and in when he next may', () => {
    const night = on(pump(), 23);
    expect(statusOf(night)).toMatchObject({ patientControl: 'notThisPartOfDay', nextBolus: since8(30) });
    on(night, 30);
    expect(statusOf(night)).toMatchObject({ patientControl: 'ready', nextBolus: since8(30) });
  });

  test('may be the whole day, from whatever time on', () => {
    const never = runs({ patientBolus: byDay({ from: at(7), to: at(7), bolus: null }) });
    for (const hours of [8, 20, 30.5, 31]) {
      on(never, hours);
      expect(never.press(), `${hours}`).toMatchObject({ code: 'notThisPartOfDay' });
    }
  });

  test('follows a clock that is set', () => {
    const day = on(pump(), 12);
    day.moveClock(10 * HOUR);
    expect(day.press()).toMatchObject({ code: 'notThisPartOfDay', until: since8(12) + 8 * HOUR });
    day.moveClock(-HOUR);
    expect(day.press()).toBeUndefined();
  });
});

describe('a part of the day with a bolus of its own', () => {
  test('grants that bolus, with its lockout, also once the part is over', () => {
    const pump = runs({ patientBolus: byDay(MORNING) });
    on(pump, 9.5);
    expect(pump.press()).toBeUndefined();
    expect(pump.context.bolus).toMatchObject({ ends: since8(9.5) + 4 * MINUTE, rate: LARGE.rate });
    on(pump, 10.5);
    expect(pump.press()).toMatchObject({ code: 'lockedOut', until: since8(11.5) });
    on(pump, 11.5);
    expect(pump.press()).toBeUndefined();
    expect(pump.context.bolus).toMatchObject({ ends: since8(11.5) + 2 * MINUTE });
    on(pump, 12.5);
    expect(pump.press()).toBeUndefined();
  });

  test('counts with all others of the day', () => {
    const pump = runs({ patientBolus: { ...byDay(MORNING), maxPerDay: 2 } });
    on(pump, 9.5).press();
    on(pump, 12).press();
    expect(on(pump, 14).press()).toMatchObject({ code: 'countUsed', until: since8(9.5) + DAY });
  });

  test('is the one that must be left in the reservoir', () => {
    const pump = runs({ patientBolus: byDay(MORNING) });
    pump.fill('0.03 mL');
    expect(pump.press()).toMatchObject({ code: 'tooLittleLeft' });
    on(pump, 10);
    pump.fill('0.03 mL');
    expect(pump.press()).toBeUndefined();
  });

  test('is judged by the dose limit as it is: a smaller one may be had before it, a larger one after', () => {
    // 0.4 mL/day is 100 mcg in 12 h; 15 mcg more are one bolus of 10, and not one of 20.
    const doseLimit = { dose: mass.parse('115 mcg'), window: ms('12h') };
    const pump = runs({ patientBolus: byDay(MORNING), doseLimit });
    expect(pump.press()).toMatchObject({ code: 'doseLimit', until: since8(10) });
    on(pump, 10);
    expect(pump.press()).toBeUndefined();
    on(pump, 12);
    // That of 10:00 has left the window 12 h later, but for its last instants.
    const next = pump.wouldRefuse();
    expect(next).toMatchObject({ code: 'doseLimit' });
    expect(next?.until).toBeGreaterThan(since8(22) - 4 * MINUTE);
    expect(next?.until).toBeLessThanOrEqual(since8(22) + 2 * MINUTE);
  });
});

describe('without a local time', () => {
  const lost = (patientBolus: PatientBolus) => {
    const pump = runs({ patientBolus }, { ...THREE, writeInterval: ms('1h') });
    pump.send({ type: 'RESET', at: pump.chart.now, timeLost: true });
    return pump;
  };

  test('the smallest bolus is given, and the longest lockout runs', () => {
    const pump = lost(byDay(MORNING));
    expect(pump.press()).toBeUndefined();
    expect(pump.context.bolus).toMatchObject({ ends: pump.now + PRESS.duration, rate: PRESS.rate });
    expect(pump.context.lockedUntil).toBe(pump.now + LARGE.lockout);
  });

  test('none is given where any part has none, until somebody sets the clock', () => {
    const pump = lost(byDay(NIGHT, MORNING));
    expect(pump.press()).toMatchObject({ code: 'notThisPartOfDay', until: null });
    expect(statusOf(pump)).toMatchObject({ patientControl: 'notThisPartOfDay', nextBolus: null });
    pump.setClock(at(12));
    expect(pump.press()).toBeUndefined();
  });

  test('a lockout that was running is counted as the longest of the day', () => {
    const pump = runs({ patientBolus: byDay(NIGHT, MORNING) }, THREE);
    on(pump, 12).press();
    pump.pass('30min');
    pump.send({ type: 'RESET', at: pump.chart.now, timeLost: true });
    expect(pump.context.lockedUntil).toBe(pump.now + LARGE.lockout);
  });
});

describe('another prescription', () => {
  test('gives the last grant the lockout of the part it was given in, and never less than runs', () => {
    const pump = runs({ patientBolus: byDay(MORNING) });
    on(pump, 12).press();
    pump.pass('10min');
    // Noon now has a lockout of 5 h.
    const noon: DayPart = { from: at(11), to: at(13), bolus: { ...LARGE, lockout: ms('5h') } };
    pump.prescribe(ordered({ patientBolus: byDay(noon) }));
    expect(pump.context.lockedUntil).toBe(since8(17));
    pump.prescribe(ordered({ patientBolus: byDay(MORNING) }));
    expect(pump.context.lockedUntil).toBe(since8(17));
  });

  test('gives it the lockout of that part alone, shorter or longer, where the new one counts', () => {
    const pump = runs({ patientBolus: byDay(MORNING) }, { ...THREE, lockoutOnReprogram: 'new' });
    on(pump, 9.5).press();
    pump.pass('10min');
    const lockedUntil = (...parts: DayPart[]) => {
      pump.prescribe(ordered({ patientBolus: byDay(...parts) }));
      expect(pump.wouldRefuse()?.until).toBe(pump.context.lockedUntil);
      return pump.context.lockedUntil;
    };
    expect(lockedUntil()).toBe(since8(10.5));
    expect(lockedUntil({ ...MORNING, bolus: { ...LARGE, lockout: ms('5h') } })).toBe(since8(14.5));
    expect(lockedUntil(MORNING)).toBe(since8(11.5));
    // That it was given in an hour that gives none now makes it no shorter than any of the day.
    expect(lockedUntil({ ...MORNING, bolus: null }, { from: at(11), to: at(13), bolus: LARGE })).toBe(since8(11.5));
  });

  test('counts the longest where that part has none any more', () => {
    const pump = runs({ patientBolus: byDay(MORNING) }, THREE);
    on(pump, 12).press();
    pump.pass('10min');
    pump.prescribe(ordered({ patientBolus: byDay(MORNING, { from: at(11), to: at(13), bolus: null }) }));
    expect(pump.context.lockedUntil).toBe(since8(14));
  });
});

describe('parts that a pump does not take', () => {
  const refused = (parts: readonly DayPart[], changes: Partial<DeviceProfile> = THREE) => {
    const pump = runs({}, changes);
    const refusal = pump.stage(ordered({ patientBolus: byDay(...parts) }));
    return refusal === undefined ? [] : [refusal.code, ...refusal.also];
  };

  test.each<[string, DayPart[], string[]]>([
    ['two that meet', [NIGHT, MORNING], []],
    ['two that overlap by a millisecond', [NIGHT, { ...MORNING, from: span(6 * HOUR - 1) }], ['partsOverlap']],
    ['one within another', [NIGHT, { from: at(23), to: at(1), bolus: null }], ['partsOverlap']],
    ['the same twice', [NIGHT, NIGHT], ['partsOverlap']],
    ['one of a whole day', [{ from: at(7), to: at(7), bolus: LARGE }], []],
    ['another beside one of a whole day', [{ from: at(7), to: at(7), bolus: LARGE }, NIGHT], ['partsOverlap']],
    ['a time of day that is none', [{ ...NIGHT, from: span(DAY) }], ['partsOverlap']],
    ['an end that is none', [{ ...NIGHT, to: span(DAY) }], ['partsOverlap']],
    ['more than it keeps', [NIGHT, MORNING, { from: at(12), to: at(13), bolus: null }], ['tooManyParts']],
    ['a bolus too small', [{ ...MORNING, bolus: { ...LARGE, rate: rateOf('0.001 mL/day') } }], ['bolusTooSmall']],
    ['a bolus too fast', [{ ...MORNING, bolus: { ...LARGE, rate: rateOf('24 mL/day') } }], ['bolusTooFast']],
    ['no lockout', [{ ...MORNING, bolus: { ...LARGE, lockout: span(0) } }], ['lockoutZero', 'bolusLongerThanLockout']],
  ])('%s', (_, parts, codes) => {
    expect(refused(parts)).toEqual(codes);
  });

  test('more than the rest of the day on a pump that keeps one', () => {
    expect(refused([NIGHT], { bolusParts: 1 })).toEqual(['tooManyParts']);
    expect(refused([], { bolusParts: 1 })).toEqual([]);
  });

  test('boluses of two parts that are too fast are told once', () => {
    const fast = { ...LARGE, rate: rateOf('24 mL/day') };
    const twice = [
      { ...NIGHT, bolus: fast },
      { ...MORNING, bolus: fast },
    ];
    expect(refused(twice)).toEqual(['bolusTooFast']);
  });
});

test('the ceiling counts as many as are allotted of the largest of the day', () => {
  const pump = runs();
  // 200 mcg of basal, and twenty of 20 mcg.
  const asked = (dose: string) =>
    pump.stage({ ...ordered({ patientBolus: byDay(MORNING) }), ceiling: doseRate.parse(dose) })?.code;
  expect(asked('600 mcg/day')).toBeUndefined();
  expect(asked('599.999 mcg/day')).toBe('aboveCeiling');
});
