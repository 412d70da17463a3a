import { describe, expect, test } from 'vitest';
import { FAULTS, type Fault } from '../../firmware-sim/index.ts';
import { parseDuration, proportion, rate, volume } from '../../shared/index.ts';
import { bedside } from './bedside.ts';

describe('a flow bias', () => {
  test.each([
    ['0.4 mL/day', '0 %', 400_000],
    ['0.4 mL/day', '+15 %', 460_000],
    ['0.4 mL/day', '-15 %', 340_000],
    ['0.4 mL/day', '+100 %', 800_000],
    ['0.4 mL/day', '-100 %', 0],
    ['0.4 mL/day', '-150 %', 0],
    ['0.4 mL/day', '+0.0001 %', 400_000],
    ['0.000007 mL/day', '+50 %', 10],
    ['0.000007 mL/day', '-50 %', 3],
    ['0 mL/day', '+15 %', 0],
  ])('moves %s by %s, in whole nL/day, never up', (asked, by, flow) => {
    const { plant, inject, drive } = bedside();
    inject('20 mL');
    plant.inflict({ type: 'flowBias', by: proportion.parse(by) });
    drive(asked);
    expect(plant.truth().flow).toBe(flow);
  });

  test('counts from when it begins, and ends when it is set back', () => {
    const { plant, inject, drive, advance } = bedside();
    inject('20 mL');
    drive('0.4 mL/day');
    advance('10d');
    plant.inflict({ type: 'flowBias', by: proportion.parse('+15 %') });
    advance('10d');
    expect(plant.truth().delivered).toBe(BigInt(volume.parse('8.6 mL')));
    plant.inflict({ type: 'flowBias', by: proportion.parse('0 %') });
    advance('10d');
    expect(plant.truth().delivered).toBe(BigInt(volume.parse('12.6 mL')));
    expect(plant.truth().reservoir).toBe(volume.parse('7.4 mL'));
  });

  test('is of the rate asked, not of the biased one', () => {
    const { plant, inject, drive } = bedside();
    inject('20 mL');
    drive('0.4 mL/day');
    plant.inflict({ type: 'flowBias', by: proportion.parse('+10 %') });
    plant.inflict({ type: 'flowBias', by: proportion.parse('+20 %') });
    expect(plant.truth().flow).toBe(rate.parse('0.48 mL/day'));
    drive('1 mL/day');
    expect(plant.truth().flow).toBe(rate.parse('1.2 mL/day'));
  });
});

describe('a syringe error', () => {
  test.each([
    ['0 %', '10 mL'],
    ['+5 %', '10.5 mL'],
    ['-5 %', '9.5 mL'],
    ['-100 %', '0 mL'],
    ['-200 %', '0 mL'],
  ])('of %s shows 10 mL as %s', (by, shown) => {
    const { plant, inject } = bedside();
    inject('10 mL');
    plant.inflict({ type: 'syringeError', by: proportion.parse(by) });
    expect(plant.act({ type: 'drain' })).toEqual({ done: true, reading: volume.parse(shown) });
    expect(plant.reading).toBe(volume.parse(shown));
    expect(plant.truth().aspirated).toBe(BigInt(volume.parse('10 mL')));
    expect(plant.truth().reservoir).toBe(0);
  });

  test('leaves the flow alone, as a flow bias leaves the syringe', () => {
    const { plant, inject, drive } = bedside();
    inject('20 mL');
    drive('0.4 mL/day');
    plant.inflict({ type: 'syringeError', by: proportion.parse('+50 %') });
    expect(plant.truth().flow).toBe(rate.parse('0.4 mL/day'));
    plant.inflict({ type: 'syringeError', by: proportion.parse('0 %') });
    plant.inflict({ type: 'flowBias', by: proportion.parse('+50 %') });
    expect(plant.act({ type: 'drain' })).toEqual({ done: true, reading: volume.parse('20 mL') });
  });
});

describe('a reset', () => {
  test.each([true, false])('reaches the processor, time lost: %s, and leaves the fluid alone', (timeLost) => {
    const { plant, inject, drive, advance } = bedside();
    inject('20 mL');
    drive('0.4 mL/day');
    advance('1d');
    const heard: unknown[] = [];
    plant.onReset((reset) => heard.push(reset));
    const before = plant.truth();
    plant.inflict({ type: 'reset', timeLost });
    expect(heard).toEqual([{ timeLost, battery: null }]);
    expect(plant.truth()).toEqual(before);
    advance('1d');
    expect(plant.truth().delivered).toBe(BigInt(volume.parse('0.8 mL')));
  });

  test('is the cause of whatever the processor does', () => {
    const { plant, told, drive } = bedside();
    plant.onReset(() => drive('0.1 mL/day'));
    plant.inflict({ type: 'reset', timeLost: false });
    const fault = told.find(({ kind }) => kind === 'fault');
    expect(told.find(({ kind }) => kind === 'flow')?.because).toBe(fault?.n);
  });
});

describe('a battery that gives out', () => {
  test('is reported once, at that instant, because of the fault', () => {
    const { plant, told, advance } = bedside();
    const reports: number[] = [];
    plant.onBattery(() => reports.push(told.length));
    advance('3d');
    plant.inflict({ type: 'batteryLow' });
    expect(reports).toEqual([1]);
    expect(told.at(-1)).toMatchObject({ kind: 'fault', data: { type: 'batteryLow' } });
    plant.inflict({ type: 'batteryLow' });
    expect(reports).toHaveLength(1);
  });

  test('is reported empty once, whether it was low before or not, and never low after that', () => {
    const { plant } = bedside();
    const reports: string[] = [];
    plant.onBattery((is) => reports.push(is));
    for (const type of ['batteryEmpty', 'batteryLow', 'batteryEmpty'] as const) plant.inflict({ type });
    expect(reports).toEqual(['empty']);
  });

  test('stays so over a snapshot', () => {
    const { plant } = bedside();
    plant.inflict({ type: 'batteryLow' });
    const again = bedside().plant;
    again.load(JSON.parse(JSON.stringify(plant.save())));
    let reports = 0;
    again.onBattery(() => {
      reports += 1;
    });
    again.inflict({ type: 'batteryLow' });
    expect(reports).toBe(0);
  });

  test('changes nothing of what flows', () => {
    const { plant, inject, drive } = bedside();
    inject('20 mL');
    drive('0.4 mL/day');
    plant.inflict({ type: 'batteryLow' });
    expect(plant.truth().flow).toBe(rate.parse('0.4 mL/day'));
  });
});

test('a pump without a fill sensor has no level to show', () => {
  const { plant, inject } = bedside();
  inject('20 mL');
  expect(() => plant.fillLevel()).toThrow('synchromed-ii-like-20 has no fill sensor');
});

/** One of each kind. */
const ONE_OF_EACH: Readonly<Record<Fault['type'], Fault>> = {
  flowBias: { type: 'flowBias', by: proportion.parse('+1 %') },
  flowDrift: { type: 'flowDrift', drift: { by: proportion.parse('+1 %'), every: parseDuration('30d') } },
  nearlyEmpty: { type: 'nearlyEmpty', below: volume.parse('3 mL'), by: proportion.parse('-40 %') },
  intermittentStall: {
    type: 'intermittentStall',
    rhythm: { lasts: parseDuration('30min'), every: parseDuration('8h') },
  },
  slowRecovery: { type: 'slowRecovery', by: parseDuration('6h') },
  telemetryLatch: { type: 'telemetryLatch', latches: true },
  staleRecord: { type: 'staleRecord', stale: true },
  resistiveFilm: { type: 'resistiveFilm', film: { above: rate.parse('1 mL/day'), safeState: true } },
  syringeError: { type: 'syringeError', by: proportion.parse('+2 %') },
  fillSensor: { type: 'fillSensor', gain: proportion.parse('+3 %'), offset: volume.of(4) },
  reset: { type: 'reset', timeLost: true },
  batteryReset: { type: 'batteryReset', safeState: true },
  batteryLow: { type: 'batteryLow' },
  batteryEmpty: { type: 'batteryEmpty' },
  memoryFault: { type: 'memoryFault', banks: 'oneBank' },
  falseAlarm: { type: 'falseAlarm', alarm: 'lowReservoir' },
  valvesOpen: { type: 'valvesOpen' },
  leak: { type: 'leak', leak: { share: proportion.parse('50 %'), at: 'connector', rhythm: null } },
  tip: { type: 'tip', lies: 'dislodged' },
  granuloma: { type: 'granuloma', share: proportion.parse('40 %') },
  accessPort: { type: 'accessPort', port: 'blocked' },
  pumpFlipped: { type: 'pumpFlipped', flipped: true },
  begins: { type: 'begins', condition: 'stall' },
  ends: { type: 'ends', condition: 'stall' },
};

test.each(Object.values(ONE_OF_EACH))('$type is told as such, once', (fault) => {
  const { plant, told } = bedside();
  plant.inflict(fault);
  expect(told.filter(({ kind }) => kind === 'fault').map(({ data }) => data)).toEqual([fault]);
  expect(Object.keys(FAULTS)).toContain(fault.type);
});
