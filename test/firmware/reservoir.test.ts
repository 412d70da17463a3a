import { describe, expect, test } from 'vitest';
import { VOLUME_PER_ML, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { type ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, HOUR, prescriptionOf } from './prescriptions.ts';

/** Units of volume left as calculated at the chart's own time. */
const left = (pump: ChartOnBench): number => {
  const { context, now } = pump;
  return context.volume - context.rate * (now - context.since);
};

describe('the low-reservoir threshold falls due at the first whole millisecond at or below it', () => {
  // 18 mL at 0.4 mL/day: 45 days to the millisecond. At 0.7 mL/day the division leaves a remainder.
  const cases: readonly [basal: string, threshold: string, due: number][] = [
    ['0.4 mL/day', '2 mL', 45 * DAY],
    ['0.7 mL/day', '2 mL', Math.ceil((18 / 0.7) * DAY)],
    ['0.4 mL/day', '2.00001 mL', Math.ceil((17.99999 / 0.4) * DAY)],
    ['23.999999 mL/day', '0.1 mL', Math.ceil((19.9 * DAY) / 23.999999)],
  ];
  test.each(cases)('%s down to %s', (basal, lowReservoir, due) => {
    const pump = runningChart({}, prescriptionOf({ basal, lowReservoir, bolus: null, ceiling: '20000 mcg/day' }));
    const threshold = volume.parse(lowReservoir);
    pump.passTo(due - 1);
    expect(pump.at('reservoir')).toBe('normal');
    expect(left(pump)).toBeGreaterThan(threshold);
    pump.passTo(due);
    expect(pump.at('reservoir')).toBe('low');
    expect(left(pump)).toBeLessThanOrEqual(threshold);
    expect(pump.context.lowSince).toBe(due);
  });
});

describe('the empty mark', () => {
  test('is reached at exactly 0 mL, and belief stays there', () => {
    const pump = runningChart({}, prescriptionOf({ bolus: null }));
    pump.passTo(50 * DAY - 1);
    expect(pump.at('reservoir')).toBe('low');
    pump.passTo(50 * DAY);
    expect(pump.at('reservoir')).toBe('empty');
    pump.passTo(51 * DAY);
    pump.enter('0 mL');
    expect(pump.context.lastEntry?.expected).toBe(0);
    const { entered, commanded, adjusted } = pump.context.ledger;
    expect(commanded).toBe((204n * VOLUME_PER_ML) / 10n);
    expect(entered - commanded + adjusted).toBe(0n);
  });

  test('lies where the profile puts it', () => {
    const pump = runningChart({ emptyAt: volume.parse('0.5 mL') }, prescriptionOf({ bolus: null }));
    const due = (48 * 24 + 18) * HOUR;
    pump.passTo(due - 1);
    expect(pump.at('reservoir')).toBe('low');
    pump.passTo(due);
    expect(pump.at('reservoir')).toBe('empty');
  });

  test('counts as low too, where the threshold is below it', () => {
    const pump = runningChart(
      { emptyAt: volume.parse('0.5 mL') },
      prescriptionOf({ bolus: null, lowReservoir: '0.1 mL' }),
    );
    pump.passTo(49 * DAY);
    expect(pump.at('reservoir')).toBe('empty');
    expect(pump.context.lowSince).toBe(pump.context.emptySince);
  });
});

test('a bolus brings the threshold forward, to the millisecond', () => {
  const pump = runningChart();
  pump.press();
  // 0.02 mL at 0.4 mL/day is 72 min less.
  const due = 45 * DAY - 72 * 60_000;
  pump.passTo(due - 1);
  expect(pump.at('reservoir')).toBe('normal');
  pump.passTo(due);
  expect(pump.at('reservoir')).toBe('low');
});

describe('a threshold crossed by a prescription, not by time', () => {
  test('prescribing it higher makes the reservoir low in that instant', () => {
    const pump = runningChart();
    pump.passTo(DAY);
    pump.commit(prescriptionOf({ lowReservoir: '19.6 mL' }));
    expect(pump.at('reservoir')).toBe('low');
    expect(pump.context.lowSince).toBe(DAY);
  });

  test('one unit of volume lower, it is still normal, and falls due a millisecond on', () => {
    const pump = runningChart();
    pump.passTo(DAY);
    const just = volume.of(Number((196n * VOLUME_PER_ML) / 10n) - 1);
    pump.commit({ ...prescriptionOf(), lowReservoir: just });
    expect(pump.at('reservoir')).toBe('normal');
    pump.passTo(DAY + 1);
    expect(pump.at('reservoir')).toBe('low');
  });

  test('prescribing it lower ends a low reservoir', () => {
    const pump = runningChart();
    pump.passTo(46 * DAY);
    pump.commit(prescriptionOf({ lowReservoir: '1 mL' }));
    expect(pump.at('reservoir')).toBe('normal');
    expect(pump.context.lowSince).toBeNull();
  });
});

describe('a volume entered after a refill', () => {
  const { reservoirCapacity } = profileOf('synchromed-ii-like-20');

  test('may be all the reservoir holds, and not one unit more', () => {
    const pump = runningChart();
    pump.pass('1d');
    const before = pump.context;
    pump.send({ type: 'ENTER_RESERVOIR', volume: volume.of(reservoirCapacity + 1) });
    expect(pump.context.volume).toBe(before.volume);
    expect(pump.context.lastEntry?.at).toBe(0);
    pump.send({ type: 'ENTER_RESERVOIR', volume: reservoirCapacity });
    const expected = volume.parse('19.6 mL');
    expect(pump.context.lastEntry).toEqual({
      at: DAY,
      volume: reservoirCapacity,
      expected,
      commanded: BigInt(volume.parse('0.4 mL')),
    });
  });

  const levels: readonly [entered: string, state: string][] = [
    ['20 mL', 'normal'],
    ['2.000001 mL', 'normal'],
    ['2 mL', 'low'],
    ['0.000001 mL', 'low'],
    ['0 mL', 'empty'],
  ];
  test.each(levels)('%s is %s from there on, whatever it was before', (entered, state) => {
    for (const day of [1, 46, 51]) {
      const pump = runningChart();
      pump.passTo(day * DAY);
      pump.enter(entered);
      expect(pump.at('reservoir')).toBe(state);
      expect(pump.context.lowSince === null).toBe(state === 'normal');
      expect(pump.context.emptySince === null).toBe(state !== 'empty');
    }
  });

  test('below the threshold again leaves the alarm as old as it is', () => {
    const pump = runningChart();
    pump.passTo(46 * DAY);
    pump.enter('1.5 mL');
    expect(pump.context.lowSince).toBe(45 * DAY);
    pump.passTo(51 * DAY);
    const { emptySince } = pump.context;
    pump.enter('0 mL');
    expect(emptySince).toBeLessThan(51 * DAY);
    expect(pump.context.emptySince).toBe(emptySince);
  });
});
