import { describe, expect, test } from 'vitest';
import type { DeviceProfile } from '../../shared/index.ts';
import { simulate } from '../../workbench/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const faltered = (safeState: boolean, changes: Partial<DeviceProfile> = {}) => {
  const { pump, clinician } = implantedPump(changes);
  clinician.prescribe(prescriptionOf());
  pump.plant.inflict({ type: 'batteryReset', safeState });
  const alarms = () => pump.status().alarms.map(({ code }) => code);
  return { pump, alarms, clinician: pump.open('clinician') };
};

describe('a battery that falters', () => {
  test.each([
    ['minimumRate', 'minimumRate', 6000],
    ['stop', 'stopped', 0],
  ] as const)(
    'drops the pump into its safe state, %s, and the prescription waits whole',
    (safeState, infusion, rate) => {
      const { pump, alarms } = faltered(true, { safeState });
      expect(pump.status()).toMatchObject({ infusion, rate, prescription: prescriptionOf(), record: 1 });
      expect(pump.status().stopped?.why ?? null).toBe(safeState === 'stop' ? 'safeState' : null);
      expect(alarms()).toEqual(['lowBatteryReset']);
      expect(pump.logged('batteryReset')).toEqual([{ safeState: true }]);
    },
  );

  test('without a safe state lets delivery go on, and alarms', () => {
    const { pump, alarms } = faltered(false);
    expect(pump.status()).toMatchObject({ infusion: 'basal', rate: 400_000 });
    expect(alarms()).toEqual(['lowBatteryReset']);
  });

  test.each(['minimumRate', 'stop'] as const)('is answered by a resume from %s', (safeState) => {
    const { pump, alarms, clinician } = faltered(true, { safeState });
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
    expect([pump.status().infusion, alarms()]).toEqual(['basal', []]);
  });

  test.each([true, false])('is answered by a prescription, after a safe state: %s', (safeState) => {
    const { pump, alarms, clinician } = faltered(safeState);
    clinician.prescribe(prescriptionOf({ basal: '0.3 mL/day' }));
    expect([pump.status().infusion, alarms()]).toEqual(['basal', []]);
  });

  test('is not answered by clearing its alarm, by a stop or by the minimum rate', () => {
    const { alarms, clinician } = faltered(false);
    expect(refusalOf(clinician.clear('lowBatteryReset'))?.code).toBe('notClearable');
    clinician.do('minimumRate');
    clinician.do('stop');
    expect(alarms()).toEqual(['lowBatteryReset']);
  });

  test('on a pump that a clinician has stopped starts nothing', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    clinician.do('stop');
    pump.plant.inflict({ type: 'batteryReset', safeState: true });
    expect(pump.status()).toMatchObject({ infusion: 'stopped', stopped: { why: 'clinician' } });
  });

  test('again is the same alarm, active since the first time', () => {
    const { pump } = faltered(true);
    pump.pass('1h');
    pump.plant.inflict({ type: 'batteryReset', safeState: true });
    expect(pump.status().alarms).toEqual([{ code: 'lowBatteryReset', since: 0 }]);
    expect(pump.logged('alarmRaised')).toEqual([{ code: 'lowBatteryReset' }]);
  });

  test('outlasts another start of the processor', () => {
    const { pump, alarms } = faltered(true);
    pump.reset(false);
    expect([pump.status().infusion, alarms()]).toEqual(['minimumRate', ['lowBatteryReset']]);
  });
});

test('a clinician’s bolus in the instant of it, on a pump stopped for it, breaks no always-true rule', () => {
  const start = { fill: { volume: '20 mL', baclofen: '500 mcg/mL' }, prescribe: { constant: '0.4 mL/day' } };
  const pump = simulate('synchromed-ii-like-20', start);
  pump.world({ batteryReset: { safeState: true } });
  pump.clinician('stop');
  expect(pump.clinician({ bolus: { dose: '0.08 mL', duration: '30min', then: 'basal' } })).toMatchObject({
    done: true,
  });
  expect(pump.belief.infusion).toBe('clinicianBolus');
  pump.advance('1h');
  expect(pump.belief.infusion).toBe('basal');
});
