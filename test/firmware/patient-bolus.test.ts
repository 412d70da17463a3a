import { describe, expect, test } from 'vitest';
import type { Effect } from '../../firmware-sim/index.ts';
import { type DeviceProfile, volume } from '../../shared/index.ts';
import { implantedPump } from './bare-pump.ts';
import { type ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, HOUR, prescriptionOf } from './prescriptions.ts';

const WHOLE = volume.parse('0.02 mL');
const QUARTER = volume.parse('0.005 mL');

const ended = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'log' && effect.kind === 'bolusEnded' ? [effect.data] : []));

test('a bolus runs on top of basal, for its duration to the millisecond', () => {
  const pump = runningChart();
  expect(pump.press()).toBe('granted');
  expect(pump.context.rate).toBe(14_400_000 + 400_000);
  pump.passTo(119_999);
  expect(pump.at('infusion')).toBe('patientBolus');
  const effects = pump.passTo(120_000);
  expect(pump.at('infusion')).toBe('basal');
  expect(pump.context).toMatchObject({ rate: 400_000, bolus: null });
  expect(ended(effects)).toEqual([{ why: 'complete', delivered: WHOLE, undelivered: 0 }]);
});

describe('a bolus cut short after a quarter of its time says what it delivered and what it left', () => {
  const cases: readonly [string, Partial<DeviceProfile>, (pump: ChartOnBench) => readonly Effect[]][] = [
    ['stop', {}, (pump) => pump.send({ type: 'STOP' })],
    ['lowReservoir', { lowReservoirPolicy: 'basalOnly' }, (pump) => pump.enter('2 mL')],
    ['emptyReservoir', {}, (pump) => pump.enter('0 mL')],
  ];
  test.each(cases)('%s', (why, changes, cut) => {
    const pump = runningChart(changes);
    pump.press();
    pump.pass('30s');
    expect(ended(cut(pump))).toEqual([{ why, delivered: QUARTER, undelivered: WHOLE - QUARTER }]);
    expect(pump.context.bolus).toBeNull();
  });

  test('update', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    pump.open('patient').do('requestBolus');
    pump.pass('30s');
    const next = prescriptionOf({ basal: '0.5 mL/day' });
    clinician.prescribe(next);
    expect(pump.logged('bolusEnded')).toEqual([{ why: 'update', delivered: QUARTER, undelivered: WHOLE - QUARTER }]);
  });
});

test('a grant is answered with its end, its volume and the next possible time, and logged', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf({ bolus: { maxPerDay: 2 } }));
  pump.pass('1h');
  const patient = pump.open('patient');
  expect(patient.do('requestBolus')).toEqual({
    reply: { name: 'requestBolus', payload: { ends: HOUR + 120_000, volume: WHOLE, nextBolus: 5 * HOUR } },
  });
  pump.pass('4h');
  expect(pump.open('patient').do('requestBolus')).toEqual({
    reply: { name: 'requestBolus', payload: { ends: 5 * HOUR + 120_000, volume: WHOLE, nextBolus: DAY + HOUR } },
  });
  expect(pump.logged('bolusGranted')).toEqual([
    { ends: HOUR + 120_000, rate: 14_400_000 },
    { ends: 5 * HOUR + 120_000, rate: 14_400_000 },
  ]);
});

test('a status says how many were given in 24 h and when the next is possible', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf({ bolus: { maxPerDay: 2 } }));
  expect(pump.status()).toMatchObject({ bolusesGiven: 0, nextBolus: 0 });
  pump.open('patient').do('requestBolus');
  expect(pump.status()).toMatchObject({ bolusesGiven: 1, nextBolus: 4 * HOUR, bolusEnds: 120_000 });
  pump.pass('4h');
  expect(pump.status()).toMatchObject({ bolusesGiven: 1, nextBolus: 4 * HOUR, bolusEnds: null });
  pump.pass('20h');
  expect(pump.status()).toMatchObject({ bolusesGiven: 0, nextBolus: DAY, granted: 1 });
});

test('the calculated volume of a status is of that instant, between two records too', () => {
  const { pump, clinician } = implantedPump();
  clinician.prescribe(prescriptionOf());
  pump.pass('12h');
  expect(pump.status().volume).toBe(volume.parse('19.8 mL'));
  pump.pass('100d');
  expect(pump.status()).toMatchObject({ volume: 0, reservoir: 'empty', rate: 400_000 });
});
