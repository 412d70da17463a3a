import { describe, expect, test } from 'vitest';
import { SENSORS, volume } from '../../shared/index.ts';
import { implantedPump } from './bare-pump.ts';
import { dailyOf, prescriptionOf } from './prescriptions.ts';

/* 0.4 mL/day makes a stroke of 0.5 mcL every 108 s. */
const STROKE = volume.parse('0.5 mcL');
const AT_REST = volume.parse('20 mL');

const running = (changes: Parameters<typeof implantedPump>[0] = {}) => {
  const { pump, clinician } = implantedPump({ strokeVolume: STROKE, ...changes });
  pump.plant.act({ type: 'inject', volume: AT_REST, solution: [] });
  clinician.prescribe(prescriptionOf({ bolus: null }));
  return { pump, clinician };
};

describe('AT-92: a stop in the middle of a stroke', () => {
  test('commanded by a clinician completes it, in belief and in truth, at that instant', () => {
    const { pump, clinician } = running();
    pump.pass('109s');
    clinician.do('stop');
    expect(pump.status()).toMatchObject({ rate: 0, volume: AT_REST - 2 * STROKE });
    expect(pump.plant.truth()).toMatchObject({ flow: 0, reservoir: AT_REST - 2 * STROKE });
    expect(pump.logged('deliveryStopped')).toEqual([{ why: 'clinician', stroke: STROKE - 400_000 * 1000 }]);
  });

  test('commanded while a single bolus runs completes it at that instant too, beyond what was ordered', () => {
    const { pump, clinician } = running();
    // 0.4 mL/day of basal and as much of bolus: a stroke every 54 s.
    clinician.order('0.1 mL', '6h', 'basal');
    pump.pass('55s');
    clinician.do('stop');
    expect(pump.status()).toMatchObject({ rate: 0, volume: AT_REST - 2 * STROKE, clinicianBolus: null });
    expect(pump.plant.truth()).toMatchObject({ flow: 0, reservoir: AT_REST - 2 * STROKE });
    expect(pump.logged('deliveryStopped')).toEqual([{ why: 'clinician', stroke: STROKE - 800_000 * 1000 }]);
  });

  test('that follows a single bolus as ordered completes nothing: all of it was in the order', () => {
    const { pump, clinician } = running();
    clinician.order('0.1 mL', '6h', 'stopped');
    pump.pass('6h');
    expect(pump.status()).toMatchObject({ infusion: 'stopped', volume: AT_REST - 2 * volume.parse('0.1 mL') });
    expect(pump.logged('deliveryStopped')).toEqual([{ why: 'clinician' }]);
  });

  test('at its end has nothing to complete', () => {
    const { pump, clinician } = running();
    pump.pass('108s');
    clinician.do('stop');
    expect(pump.status().volume).toBe(AT_REST - STROKE);
    expect(pump.logged('deliveryStopped')).toEqual([{ why: 'clinician' }]);
  });

  test('of a pump that a step of zero has brought to rest completes nothing', () => {
    const { pump, clinician } = running();
    clinician.prescribe(
      prescriptionOf({ program: dailyOf({ '00:00': '0.4 mL/day', '09:00': '0 mL/day' }), bolus: null }),
    );
    pump.pass('1h 5min');
    // 3,600 s: 33 strokes, and a third of the next.
    const { volume: before } = pump.status();
    expect((AT_REST - before) % STROKE).not.toBe(0);
    pump.open('clinician').do('stop');
    expect(pump.status().volume).toBe(before);
    expect(pump.logged('deliveryStopped')).toEqual([{ why: 'clinician' }]);
  });

  test('by somebody without a key completes it as well', () => {
    const { pump } = running();
    pump.pass('1s');
    pump.open('emergency').do('stop');
    expect(pump.plant.truth().reservoir).toBe(AT_REST - STROKE);
  });

  test('by a fault leaves it where it was', () => {
    const { pump } = running({ sensors: SENSORS, occlusionPolicy: 'stop' });
    pump.pass('109s');
    pump.plant.inflict({ type: 'begins', condition: 'occlusion' });
    pump.pass('0s');
    expect(pump.status()).toMatchObject({ rate: 0, volume: AT_REST - 400_000 * 109_000 });
  });

  test('is one that a motor known to have stalled cannot complete', () => {
    const { pump, clinician } = running();
    pump.pass('1s');
    pump.plant.inflict({ type: 'begins', condition: 'stall' });
    pump.pass('20min');
    const clinicianAgain = pump.open('clinician');
    clinician.do('closeSession');
    const before = pump.status().volume;
    clinicianAgain.do('stop');
    expect([pump.status().volume, pump.plant.truth().reservoir]).toEqual([before, AT_REST - 400_000 * 1000]);
  });

  test('of a reservoir calculated empty leaves the account balanced', () => {
    const { pump, clinician } = running();
    clinician.enter('0 mL');
    pump.pass('1s');
    clinician.do('stop');
    expect(pump.status()).toMatchObject({ rate: 0, volume: 0 });
  });
});
