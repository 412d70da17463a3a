import { describe, expect, test } from 'vitest';
import type { DeviceProfile } from '../../shared/index.ts';
import { rate, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { type ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, prescriptionOf } from './prescriptions.ts';

type Low = DeviceProfile['lowReservoirPolicy'];
type Empty = DeviceProfile['emptyPolicy'];
const LOW: readonly Low[] = ['alarm', 'basalOnly', 'minimumRate'];
const EMPTY: readonly Empty[] = ['run', 'minimumRate', 'stop'];

const { minimumRate } = profileOf('synchromed-ii-like-20');
const basal = rate.parse('0.4 mL/day');

/** What runs at each level under each policy. */
const atLow: Record<Low, string> = { alarm: 'basal', basalOnly: 'basal', minimumRate: 'minimumRate' };
const atEmpty: Record<Low, Record<Empty, string>> = {
  alarm: { run: 'basal', minimumRate: 'minimumRate', stop: 'stopped' },
  basalOnly: { run: 'basal', minimumRate: 'minimumRate', stop: 'stopped' },
  // An empty reservoir is a low one too: the more restrictive of the two policies holds.
  minimumRate: { run: 'minimumRate', minimumRate: 'minimumRate', stop: 'stopped' },
};
const rateOf: Record<string, number> = { basal, minimumRate, stopped: 0 };
const combinations = LOW.flatMap((low) => EMPTY.map((empty) => [low, empty] as const));

const shows = (pump: ChartOnBench, infusion: string) => {
  expect(pump.at('infusion')).toBe(infusion);
  expect(pump.context.rate).toBe(rateOf[infusion]);
};

describe.each(combinations)('lowReservoirPolicy %s, emptyPolicy %s', (lowReservoirPolicy, emptyPolicy) => {
  const low = atLow[lowReservoirPolicy];
  const empty = atEmpty[lowReservoirPolicy][emptyPolicy];
  const started = () => runningChart({ lowReservoirPolicy, emptyPolicy });

  test(`reaching the threshold leaves ${low}, reaching the end ${empty}`, () => {
    const pump = started();
    pump.passTo(45 * DAY);
    shows(pump, low);
    while (pump.at('reservoir') !== 'empty') pump.passTo(pump.next?.due ?? pump.now);
    shows(pump, empty);
  });

  test(`a bolus running into the threshold ${lowReservoirPolicy === 'alarm' ? 'runs on' : 'ends'}`, () => {
    const pump = started();
    pump.passTo(45 * DAY - 60_000);
    expect(pump.press()).toBe('granted');
    while (pump.at('reservoir') === 'normal') pump.passTo(pump.next?.due ?? pump.now);
    if (lowReservoirPolicy === 'alarm') {
      expect(pump.at('infusion')).toBe('patientBolus');
      pump.pass('2min');
      expect(pump.context.lastBolus?.why).toBe('complete');
      return;
    }
    shows(pump, low);
    expect(pump.context.lastBolus).toMatchObject({ why: 'lowReservoir', ended: pump.now });
  });

  test(`a press at a low reservoir is ${lowReservoirPolicy === 'alarm' ? 'granted' : 'refused'}`, () => {
    const pump = started();
    pump.passTo(45 * DAY);
    expect(pump.press()).toBe(lowReservoirPolicy === 'alarm' ? 'granted' : 'denied');
  });

  test('a bolus running into the end is cut, and no other is granted', () => {
    const pump = started();
    pump.commit(prescriptionOf({ lowReservoir: '0 mL' }));
    // Just a bolus is left: with the basal delivery beside it, not enough for its end.
    pump.enter('0.02 mL');
    expect(pump.press()).toBe('granted');
    while (pump.at('reservoir') !== 'empty') pump.passTo(pump.next?.due ?? pump.now);
    // Both thresholds are the same here; the lower policy is the first to cut.
    expect(pump.context.lastBolus?.why).toBe(lowReservoirPolicy === 'alarm' ? 'emptyReservoir' : 'lowReservoir');
    shows(pump, empty);
    expect(pump.press()).toBe('denied');
  });

  test('a volume entered at or below the threshold while it runs has the policy of that level', () => {
    const pump = started();
    pump.enter('2 mL');
    shows(pump, low);
    pump.enter('0 mL');
    shows(pump, empty);
  });

  test('a volume entered at or below the threshold during a bolus has the policy of that level', () => {
    const pump = started();
    pump.press();
    pump.enter('2 mL');
    expect(pump.at('infusion')).toBe(lowReservoirPolicy === 'alarm' ? 'patientBolus' : low);
    const other = started();
    other.press();
    other.enter('0 mL');
    shows(other, empty);
  });

  test('a prescription committed at a level runs as the policy of that level says', () => {
    const pump = started();
    pump.passTo(DAY);
    pump.commit(prescriptionOf({ lowReservoir: '19.6 mL' }));
    shows(pump, low);
  });
});

describe('after a refill', () => {
  test('a pump at its minimum rate goes back to basal by a resume, not by itself', () => {
    const pump = runningChart({ lowReservoirPolicy: 'minimumRate' });
    pump.passTo(45 * DAY);
    pump.send({ type: 'RESUME' });
    shows(pump, 'minimumRate');
    pump.enter('20 mL');
    shows(pump, 'minimumRate');
    pump.send({ type: 'RESUME' });
    shows(pump, 'basal');
  });

  test('a pump stopped by an empty reservoir starts by a resume, and at a level that allows it', () => {
    const pump = runningChart({ emptyPolicy: 'stop' });
    pump.passTo(50 * DAY);
    expect(pump.context.stopped).toEqual({ why: 'emptyReservoir', since: 50 * DAY });
    pump.send({ type: 'RESUME' });
    shows(pump, 'stopped');
    pump.enter('20 mL');
    shows(pump, 'stopped');
    pump.send({ type: 'RESUME' });
    shows(pump, 'basal');
  });
});

test('the minimum rate is never more than the basal rate prescribed', () => {
  const pump = runningChart(
    { lowReservoirPolicy: 'minimumRate', minimumRate: rate.parse('1 mL/day') },
    prescriptionOf({ bolus: null }),
  );
  pump.passTo(46 * DAY);
  expect(pump.at('infusion')).toBe('minimumRate');
  expect(pump.context.rate).toBe(basal);
});

test('a low threshold below the empty mark never keeps an empty pump running', () => {
  const pump = runningChart(
    { emptyPolicy: 'stop', emptyAt: volume.parse('0.5 mL') },
    prescriptionOf({ bolus: null, lowReservoir: '0 mL' }),
  );
  pump.passTo(49 * DAY);
  shows(pump, 'stopped');
});
