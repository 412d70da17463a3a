import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type ExecutorName } from '../../firmware-sim/index.ts';
import type { DeviceProfile } from '../../shared/index.ts';
import { BarePump, implantedPump } from './bare-pump.ts';
import { DAY, HOUR, prescriptionOf, WALL } from './prescriptions.ts';

function runs(changes: Partial<DeviceProfile> = {}, executor: ExecutorName = 'table') {
  const { pump, clinician } = implantedPump(changes, executor);
  clinician.prescribe(prescriptionOf());
  clinician.do('closeSession');
  pump.pass('5h');
  return pump;
}

function emptied(pump: BarePump) {
  pump.plant.inflict({ type: 'batteryEmpty' });
  pump.pass('0s');
  return pump.status();
}

describe.each(EXECUTOR_NAMES)('a battery that is empty, on %s', (executor) => {
  test('ends service at that instant, with elective replacement indicated first', () => {
    const pump = runs({}, executor);
    expect(emptied(pump)).toMatchObject({
      service: 'endOfService',
      infusion: 'stopped',
      rate: 0,
      stopped: { why: 'endOfService', since: 5 * HOUR },
      replaceBy: 5 * HOUR,
      alarms: [
        { code: 'eri', since: 5 * HOUR },
        { code: 'endOfService', since: 5 * HOUR },
      ],
    });
    expect(pump.logged('alarmRaised')).toEqual([{ code: 'eri' }, { code: 'endOfService' }]);
  });

  test('cuts the 90 days short of a pump that had said it gives out', () => {
    const pump = runs({}, executor);
    pump.plant.inflict({ type: 'batteryLow' });
    pump.pass('30d');
    expect(pump.status()).toMatchObject({ service: 'eri', replaceBy: 5 * HOUR + 90 * DAY });
    expect(emptied(pump)).toMatchObject({ service: 'endOfService', replaceBy: 5 * HOUR + 30 * DAY });
    pump.pass('60d');
    expect(pump.logged('alarmRaised')).toHaveLength(2);
  });

  test('leaves delivery alone where the end of service only alarms', () => {
    const pump = runs({ atEndOfService: 'alarmOnly' }, executor);
    expect(emptied(pump)).toMatchObject({ service: 'endOfService', infusion: 'basal', stopped: null });
  });
});

test('a pump that reaches its end of service by age changes nothing when its battery is empty then', () => {
  const pump = runs();
  pump.pass('2557d');
  const before = pump.status();
  expect(before.service).toBe('endOfService');
  expect(emptied(pump)).toEqual(before);
});

test('a pump whose battery is empty on the shelf ends its service as it is implanted', () => {
  const pump = new BarePump();
  pump.plant.inflict({ type: 'batteryEmpty' });
  pump.pass('1h');
  expect(pump.status()).toMatchObject({ service: 'shelf', replaceBy: null });
  pump.open('clinician').implant();
  pump.pass('0s');
  expect(pump.status()).toMatchObject({ service: 'endOfService', replaceBy: HOUR });
});

describe('a pump that loses its memory', () => {
  const lost = (type: 'batteryLow' | 'batteryEmpty') => {
    const pump = runs();
    pump.plant.inflict({ type });
    pump.pass('1d');
    pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    pump.reset(false);
    pump.pass('0s');
    return pump.status();
  };

  test('has reached its end of service again where its battery is empty', () => {
    expect(lost('batteryEmpty')).toMatchObject({ service: 'endOfService', infusion: 'stopped', rate: 0 });
  });

  test('does not withdraw that its battery gives out', () => {
    expect(lost('batteryLow')).toMatchObject({ service: 'eri', replaceBy: 5 * HOUR + DAY + 90 * DAY });
  });
});

test('a new pump in its place has a battery that is neither', () => {
  const pump = runs();
  emptied(pump);
  pump.plant.act({ type: 'replace', serial: 'BENCH-2' });
  const again = pump.open('clinician');
  again.ask({ name: 'implant', payload: { serial: 'BENCH-2', wall: WALL } });
  pump.pass('1d');
  expect(pump.status()).toMatchObject({ service: 'inService', alarms: [] });
});
