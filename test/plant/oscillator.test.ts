import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Oscillator } from '../../firmware-sim/plant/oscillator.ts';
import { instant } from '../../shared/index.ts';

/** An oscillator beside a clock that is set by hand. */
const beside = () => {
  const clock = { now: instant(0) };
  return { clock, oscillator: new Oscillator(clock) };
};

const times = fc.integer({ min: 0, max: 1_000_000_000_000 });

describe('the clock of a pump', () => {
  test('shows the time of the simulation until it loses any', () => {
    const { clock, oscillator } = beside();
    clock.now = instant(5000);
    expect(oscillator.now).toBe(5000);
    expect(oscillator.whenShows(instant(7000))).toBe(7000);
  });

  test('counts on from the time it is given, behind by what was lost', () => {
    const { clock, oscillator } = beside();
    clock.now = instant(10_000);
    oscillator.countOnFrom(instant(4000));
    expect(oscillator.now).toBe(4000);
    clock.now = instant(10_001);
    expect(oscillator.now).toBe(4001);
    expect(oscillator.whenShows(instant(5000))).toBe(11_000);
  });

  test('loses more with every loss, and shows at each moment what it says it will show', () => {
    const losses = fc.array(fc.record({ pass: times, lose: times }), { maxLength: 6 });
    fc.assert(
      fc.property(losses, times, (all, ahead) => {
        const { clock, oscillator } = beside();
        let lost = 0;
        for (const { pass, lose } of all) {
          clock.now = instant(clock.now + pass);
          const before = oscillator.now;
          const to = instant(Math.max(0, before - lose));
          oscillator.countOnFrom(to);
          expect(oscillator.now).toBe(to);
          lost += before - to;
        }
        expect(oscillator.now).toBe(clock.now - lost);
        const shown = instant(oscillator.now + ahead);
        clock.now = oscillator.whenShows(shown);
        expect(oscillator.now).toBe(shown);
      }),
    );
  });

  test('is behind by as much again after a snapshot', () => {
    const { clock, oscillator } = beside();
    clock.now = instant(10_000);
    oscillator.countOnFrom(instant(1000));
    const again = new Oscillator(clock);
    again.load(JSON.parse(JSON.stringify(oscillator.save())));
    expect(again.now).toBe(1000);
  });
});
