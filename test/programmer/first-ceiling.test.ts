import { describe, expect, test } from 'vitest';
import { type DeviceProfile, parseDuration, rate } from '../../shared/index.ts';
import { mL, profileOf, running } from '../harness.ts';

const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
/** 20 mcg in 4 min, every 6 h. */
const program = {
  type: 'periodic',
  basal: { rate: rate.parse('0.4 mL/day') },
  bolus: { dose: null, volume: mL('0.04'), duration: parseDuration('4min') },
  interval: parseDuration('6h'),
} as const;

const first = (changes: Partial<DeviceProfile>, entry: Parameters<typeof running>[1]) =>
  running({ profile: profileOf('synchromed-ii-like-20', changes) }, entry);
const ceilingOf = (made: ReturnType<typeof running>): string | undefined =>
  made.sim.screen().fields.find(({ name }) => name === 'ceiling')?.text;

/** A first prescription is given the ceiling that the pump it is for will compare it with. */
describe('the ceiling that a programmer works out by itself', () => {
  test('covers the boluses of two local days where the pump counts by the day', () => {
    const made = first({ countWindow: 'calendarDay' }, { bolus });
    expect(made.sim.belief()).toMatchObject({ record: 1, infusion: 'basal' });
    // 200 mcg and eight of 10 mcg.
    expect(ceilingOf(made)).toBe('280 mcg/day');
  });

  test('and the pump then commands that much, and no more, about midnight', () => {
    const made = first({ countWindow: 'calendarDay' }, { bolus: { ...bolus, lockout: '1h' } });
    // From 20:00 to 04:00: four boluses before midnight, four after it, none over.
    made.advance('12h');
    const outcomes = Array.from({ length: 9 }, () => {
      const outcome = made.press();
      made.advance('1h');
      return 'refused' in outcome ? outcome.refused : 'granted';
    });
    expect(outcomes).toEqual([...Array.from({ length: 8 }, () => 'granted'), 'countUsed']);
  });

  test('covers a periodic bolus that comes late where the pump defers it', () => {
    const made = first({ periodicDuringBolus: 'defer' }, { program });
    expect(made.sim.belief().record).toBe(1);
    // 200 mcg, four of 20 mcg, and the one of before.
    expect(ceilingOf(made)).toBe('300 mcg/day');
  });

  test('is that of any 24 h elsewhere', () => {
    expect(ceilingOf(first({}, { bolus }))).toBe('240 mcg/day');
    expect(ceilingOf(first({}, { program }))).toBe('280 mcg/day');
  });
});
