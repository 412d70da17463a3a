import { describe, expect, test } from 'vitest';
import { type DeviceProfile, parseDuration, SENSORS } from '../../shared/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const TESTS: Partial<DeviceProfile> = { selfTest: parseDuration('1min') };
const running = (changes: Partial<DeviceProfile> = TESTS) => {
  const { pump, clinician } = implantedPump(changes);
  clinician.prescribe(prescriptionOf());
  return { pump, clinician };
};

describe('AT-29: while a processor that has started anew tests itself', () => {
  test('a press is denied until the test is over, and granted in that instant', () => {
    const { pump } = running();
    pump.reset(false);
    const until = pump.status().now + 60_000;
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toMatchObject({ code: 'selfTest', until, also: [] });
    expect([pump.status().nextBolus, pump.status().denied]).toEqual([until, 1]);
    pump.pass('59999ms');
    expect(refusalOf(pump.open('patient').do('requestBolus'))?.code).toBe('selfTest');
    pump.pass('1ms');
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toBeUndefined();
  });

  test('what was delivered goes on, and nothing is started', () => {
    const { pump } = running();
    pump.reset(false);
    expect(pump.status()).toMatchObject({ infusion: 'basal', rate: 400_000 });
    const clinician = pump.open('clinician');
    // A pump that runs may be told to deliver less.
    expect(refusalOf(clinician.do('minimumRate'))).toBeUndefined();
    clinician.do('stop');
    expect(refusalOf(clinician.do('resume'))?.code).toBe('selfTest');
    expect(refusalOf(clinician.do('minimumRate'))?.code).toBe('selfTest');
    clinician.prescribe(prescriptionOf({ basal: '0.3 mL/day' }), true);
    expect(pump.status().stopped?.why).toBe('awaitingStart');
    pump.pass('1min');
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
  });

  test('a single bolus is refused until the test is over, on a pump that runs and on a stopped one', () => {
    const { pump } = running();
    pump.reset(false);
    const until = pump.status().now + 60_000;
    const clinician = pump.open('clinician');
    expect(refusalOf(clinician.order('0.1 mL', '30min'))).toMatchObject({ code: 'selfTest', until, also: [] });
    clinician.do('stop');
    expect(refusalOf(clinician.order('0.1 mL', '30min'))).toMatchObject({ code: 'selfTest', until, also: [] });
    pump.pass('1min');
    expect(refusalOf(clinician.order('0.1 mL', '30min'))).toBeUndefined();
  });

  test('a pump as it leaves the factory is tested already', () => {
    const { pump } = running();
    expect(refusalOf(pump.open('patient').do('requestBolus'))).toBeUndefined();
  });
});

describe('AT-07, AT-83: a start with an alarm active', () => {
  const cautious: Partial<DeviceProfile> = {
    sensors: SENSORS,
    startWithAlarm: 'refuse',
    overFlowPolicy: 'minimumRate',
    conditionLatch: 'untilCleared',
  };
  const stoppedWith = (condition: 'overFlow' | 'underFlow', changes: Partial<DeviceProfile> = cautious) => {
    const { pump, clinician } = running(changes);
    clinician.do('stop');
    pump.plant.inflict({ type: 'begins', condition });
    pump.pass('0s');
    return { pump, clinician };
  };

  test('is refused until the alarm is cleared, gone or not', () => {
    const { pump, clinician } = stoppedWith('overFlow');
    expect(refusalOf(clinician.do('resume'))).toMatchObject({ code: 'alarmActive', also: [] });
    pump.plant.inflict({ type: 'ends', condition: 'overFlow' });
    expect(refusalOf(clinician.do('resume'))?.code).toBe('alarmActive');
    clinician.clear('overFlow');
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
  });

  test('by a prescription that says run waits for its start', () => {
    const { pump, clinician } = stoppedWith('overFlow');
    clinician.prescribe(prescriptionOf({ basal: '0.3 mL/day' }), true);
    expect(pump.status().stopped?.why).toBe('awaitingStart');
  });

  test('is allowed by a profile that allows it, as far as the policies do', () => {
    const { pump, clinician } = stoppedWith('overFlow', { ...cautious, startWithAlarm: 'allow' });
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
    expect(pump.status().infusion).toBe('minimumRate');
  });

  test('is allowed beside a warning, and beside the alarm of a pump stopped too long', () => {
    const warned = stoppedWith('underFlow');
    expect(refusalOf(warned.clinician.do('resume'))).toBeUndefined();
    const { pump, clinician } = running(cautious);
    clinician.do('stop');
    pump.pass('48h');
    expect(pump.status().alarms.map(({ code }) => code)).toEqual(['stoppedPump']);
    expect(refusalOf(pump.open('clinician').do('resume'))).toBeUndefined();
  });
});
