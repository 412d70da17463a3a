import { describe, expect, test } from 'vitest';
import type { ConditionCode, DeviceProfile } from '../../shared/index.ts';
import { parseDuration, SENSORS, volume } from '../../shared/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
import { prescriptionOf } from './prescriptions.ts';

const ALL: Partial<DeviceProfile> = {
  sensors: SENSORS,
  occlusionPolicy: 'stop',
  overTemperaturePolicy: 'stop',
  overFlowPolicy: 'minimumRate',
  underFlowPolicy: 'none',
  conditionLatch: 'untilCleared',
  stallPolicy: 'stopAndLatch',
  stallDetectionDelay: parseDuration('0s'),
};

/** A running pump, and what may befall it. */
const running = (changes: Partial<DeviceProfile> = ALL) => {
  const { pump, clinician } = implantedPump(changes);
  pump.plant.act({ type: 'inject', volume: volume.parse('20 mL'), solution: [] });
  clinician.prescribe(prescriptionOf());
  const begins = (condition: ConditionCode) => {
    pump.plant.inflict({ type: 'begins', condition });
    pump.pass('0s');
  };
  const ends = (condition: ConditionCode) => pump.plant.inflict({ type: 'ends', condition });
  const alarms = () => pump.status().alarms.map(({ code }) => code);
  return { pump, clinician, begins, ends, alarms };
};

describe('AT-72: what stops delivery stops it in the instant it is declared, in every mode', () => {
  const modes = ['basal', 'patientBolus', 'clinicianBolus', 'minimumRate'] as const;
  const causes = ['stall', 'occlusion', 'overTemperature'] as const;
  test.each(modes.flatMap((mode) => causes.map((cause) => [mode, cause] as const)))('%s, %s', (mode, cause) => {
    const { pump, clinician, begins, ends, alarms } = running();
    if (mode === 'minimumRate') clinician.do('minimumRate');
    if (mode === 'patientBolus') pump.open('patient').do('requestBolus');
    if (mode === 'clinicianBolus') clinician.order('0.1 mL', '30min', 'basal');
    pump.pass('1min');
    expect(pump.status().infusion).toBe(mode);
    const at = pump.status().now;
    begins(cause);
    expect(pump.status()).toMatchObject({ now: at, infusion: 'stopped', stopped: { why: cause, since: at }, rate: 0 });
    expect(pump.status().alarms).toEqual([{ code: cause, since: at }]);
    const ended = (kind: 'bolusEnded' | 'clinicianBolusEnded') => pump.logged(kind).map(({ why }) => why);
    expect(ended('bolusEnded')).toEqual(mode === 'patientBolus' ? [cause] : []);
    expect(ended('clinicianBolusEnded')).toEqual(mode === 'clinicianBolus' ? [cause] : []);
    ends(cause);
    pump.pass('1h');
    expect([alarms(), pump.status().rate]).toEqual([[cause], 0]);
  });
});

describe('a single bolus', () => {
  const ends = (pump: ReturnType<typeof running>['pump']) =>
    [...pump.logged('bolusEnded'), ...pump.logged('clinicianBolusEnded')].map(({ why }) => why);

  test('that a patient bolus has suspended ends with it, and is not resumed', () => {
    const { pump, clinician, begins } = running({ ...ALL, patientBolusDuringClinicianBolus: 'preempt' });
    clinician.order('0.1 mL', '30min', 'basal');
    pump.open('patient').do('requestBolus');
    expect(pump.status().clinicianBolus?.suspended).toBe(true);
    begins('occlusion');
    expect([pump.status().infusion, pump.status().clinicianBolus]).toEqual(['stopped', null]);
    expect(ends(pump)).toEqual(['occlusion', 'occlusion']);
  });

  test('gives way to the minimum rate, and to the stop that was to follow it', () => {
    for (const [then, infusion, why] of [
      ['basal', 'minimumRate', undefined],
      ['stopped', 'stopped', 'clinician'],
    ] as const) {
      const { pump, clinician, begins } = running();
      clinician.order('0.1 mL', '30min', then);
      begins('overFlow');
      expect([pump.status().infusion, pump.status().stopped?.why, ends(pump)]).toEqual([infusion, why, ['overFlow']]);
    }
  });

  test('gives way to basal where the policy leaves no more, also where it ran alone', () => {
    const { pump, clinician, begins } = running({ ...ALL, occlusionPolicy: 'basalOnly' });
    clinician.do('stop');
    clinician.order('0.1 mL', '30min', 'basal');
    begins('occlusion');
    expect([pump.status().infusion, pump.status().rate, ends(pump)]).toEqual(['basal', 400_000, ['occlusion']]);
  });

  test('runs on beside a condition that takes nothing away', () => {
    const { pump, clinician, begins } = running();
    clinician.order('0.1 mL', '30min');
    begins('underFlow');
    expect([pump.status().infusion, ends(pump)]).toEqual(['clinicianBolus', []]);
  });

  test('is refused for a condition whose policy leaves no bolus, by its name', () => {
    const { clinician, begins } = running({ ...ALL, occlusionPolicy: 'basalOnly' });
    begins('occlusion');
    expect(refusalOf(clinician.order('0.1 mL', '30min'))).toMatchObject({ code: 'occlusion', also: [] });
  });

  test('on a stopped pump is a start: refused beside an alarm where the device refuses one', () => {
    for (const [startWithAlarm, also] of [
      ['allow', []],
      ['refuse', ['alarmActive']],
    ] as const) {
      const { clinician, begins } = running({ ...ALL, startWithAlarm });
      begins('occlusion');
      expect(refusalOf(clinician.order('0.1 mL', '30min'))).toMatchObject({ code: 'occlusion', also });
    }
  });
});

test('an alarm that stands against a start stands against no single bolus of a pump that runs', () => {
  const { clinician, begins } = running({ ...ALL, overFlowPolicy: 'none', startWithAlarm: 'refuse' });
  begins('overFlow');
  expect(refusalOf(clinician.order('0.1 mL', '30min'))).toBeUndefined();
});

test('AT-74: too high a flow leads to the minimum rate in the same instant', () => {
  const { pump, begins, alarms } = running();
  begins('overFlow');
  expect(pump.status()).toMatchObject({ infusion: 'minimumRate', rate: pump.profile.minimumRate });
  expect(alarms()).toEqual(['overFlow']);
});

test('AT-75: too low a flow is a warning, and the commanded rate stays', () => {
  const { pump, begins, alarms } = running();
  const before = pump.status().rate;
  begins('underFlow');
  expect([alarms(), pump.status().rate, pump.status().infusion]).toEqual([['underFlow'], before, 'basal']);
  expect(pump.plant.truth().flow).toBe(Math.floor(before / 2));
});

test('AT-78: of several the most restrictive policy wins, in whatever order they come', () => {
  for (const order of [
    ['underFlow', 'overFlow', 'occlusion'] as const,
    ['occlusion', 'overFlow', 'underFlow'] as const,
  ]) {
    const { pump, begins, alarms } = running();
    for (const condition of order) begins(condition);
    expect([pump.status().rate, pump.status().stopped?.why]).toEqual([0, 'occlusion']);
    expect(alarms().toSorted()).toEqual(['occlusion', 'overFlow', 'underFlow']);
  }
});

test('AT-79: alarms are cleared one by one; the other stays active and keeps delivery stopped', () => {
  const { pump, clinician, begins, ends, alarms } = running();
  begins('occlusion');
  begins('overTemperature');
  ends('occlusion');
  ends('overTemperature');
  expect(refusalOf(clinician.clear('occlusion'))).toBeUndefined();
  expect(alarms()).toEqual(['overTemperature']);
  expect(refusalOf(clinician.do('resume'))?.code).toBe('overTemperature');
  clinician.clear('overTemperature');
  expect(alarms()).toEqual([]);
  expect([refusalOf(clinician.do('resume')), pump.status().infusion]).toEqual([undefined, 'basal']);
});

test('R15: a declared condition, its alarm and its end are one record each', () => {
  const { pump, clinician, begins, ends } = running();
  begins('occlusion');
  ends('occlusion');
  clinician.clear('occlusion');
  expect(pump.logged('conditionDeclared')).toEqual([{ conditions: ['occlusion'] }]);
  expect(pump.logged('conditionGone')).toEqual([{ condition: 'occlusion' }]);
  expect(pump.logged('alarmRaised')).toEqual([{ code: 'occlusion' }]);
  expect(pump.logged('alarmCleared')).toEqual([{ code: 'occlusion' }]);
});

describe('a detection delay', () => {
  const slow: Partial<DeviceProfile> = { ...ALL, conditionDelay: parseDuration('1min') };

  test('declares to the millisecond, and not what was gone before', () => {
    const { pump, begins, ends, alarms } = running(slow);
    begins('occlusion');
    pump.pass('59999ms');
    expect([alarms(), pump.status().conditions[0]?.declared]).toEqual([[], null]);
    ends('occlusion');
    pump.pass('1h');
    expect([alarms(), pump.status().conditions]).toEqual([[], []]);
    begins('occlusion');
    pump.pass('1min');
    expect([alarms(), pump.status().infusion]).toEqual([['occlusion'], 'stopped']);
  });

  test('goes on where it comes back before it is declared, and leaves another as it is', () => {
    const { pump, begins, ends, alarms } = running({ ...slow, stallDetectionDelay: parseDuration('1min') });
    begins('occlusion');
    pump.pass('10s');
    begins('overTemperature');
    pump.pass('40s');
    expect(pump.status().conditions.map(({ code }) => code)).toEqual(['occlusion', 'overTemperature']);
    pump.pass('10s');
    expect(alarms()).toEqual(['occlusion']);
    ends('occlusion');
    begins('occlusion');
    expect(pump.status().conditions).toMatchObject([{ code: 'occlusion', gone: false }, { code: 'overTemperature' }]);
    pump.pass('10s');
    expect(alarms()).toEqual(['occlusion', 'overTemperature']);
  });

  test('goes on through a reset, whatever else it ends', () => {
    const { pump, begins, alarms } = running(slow);
    begins('occlusion');
    pump.pass('30s');
    pump.reset(false);
    pump.pass('30s');
    expect([alarms(), pump.status().stopped?.why]).toEqual([['occlusion'], 'occlusion']);
  });

  test('begins anew where the memory has failed', () => {
    const { pump, begins, alarms } = running(slow);
    begins('occlusion');
    pump.pass('30s');
    pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    pump.reset(false);
    pump.pass('59s');
    expect(alarms()).toEqual(['memoryError']);
    pump.pass('1s');
    expect(alarms()).toEqual(['memoryError', 'occlusion']);
    expect(pump.status()).toMatchObject({ infusion: 'stopped', stopped: { why: 'occlusion' }, rate: 0 });
  });
});

describe('a stall', () => {
  const driving: Partial<DeviceProfile> = { sensors: ['rotation'], stallDetectionDelay: parseDuration('20min') };

  test('under keepDriving ends a bolus and no more, and is over with the rotation', () => {
    const { pump, begins, ends, alarms } = running({ ...driving, bolusDurationStep: parseDuration('1min') });
    const before = pump.status().rate;
    begins('stall');
    pump.pass('20min');
    expect([alarms(), pump.status().rate, pump.plant.truth().flow]).toEqual([['stall'], before, 0]);
    expect(refusalOf(pump.open('patient').do('requestBolus'))?.code).toBe('stall');
    ends('stall');
    expect([alarms(), pump.plant.truth().flow, pump.status().motor]).toEqual([[], before, 'turning']);
  });

  test('is believed to deliver, or not: by then the calculated volume stands still', () => {
    const left = (stallAccounting: DeviceProfile['stallAccounting']) => {
      const { pump, begins, ends } = running({ ...driving, stallAccounting });
      begins('stall');
      pump.pass('20min');
      const declared = pump.status().volume;
      pump.pass('10h');
      ends('stall');
      const gone = pump.status().volume;
      pump.pass('1h');
      return { during: declared - gone, after: gone - pump.status().volume };
    };
    const hour = 400_000 * 3_600_000;
    expect(left('believe')).toEqual({ during: 10 * hour, after: hour });
    expect(left('hold')).toEqual({ during: 0, after: hour });
  });

  test('is not seen of a motor that is not driven', () => {
    const { pump, clinician, begins } = running(driving);
    clinician.do('stop');
    begins('stall');
    pump.pass('1h');
    expect(pump.status()).toMatchObject({ motor: 'turning', conditions: [] });
    pump.open('clinician').do('resume');
    pump.pass('0s');
    expect(pump.status().motor).toBe('noRotation');
  });
});

describe('of several conditions', () => {
  const slow: Partial<DeviceProfile> = { ...ALL, conditionDelay: parseDuration('1min') };

  test('each is declared once, and by its own delay', () => {
    const { pump, begins } = running({ ...slow, stallDetectionDelay: parseDuration('20min') });
    begins('underFlow');
    begins('stall');
    pump.pass('30s');
    begins('occlusion');
    pump.pass('40min');
    expect(pump.logged('conditionDeclared').map(({ conditions }) => conditions)).toEqual([
      ['underFlow'],
      ['occlusion'],
      ['stall'],
    ]);
  });

  test('one that comes back leaves another that is gone to be cleared', () => {
    const { clinician, begins, ends, alarms } = running();
    for (const each of ['occlusion', 'overTemperature'] as const) begins(each);
    for (const each of ['occlusion', 'overTemperature'] as const) ends(each);
    begins('overTemperature');
    expect(refusalOf(clinician.clear('overTemperature'))?.code).toBe('conditionPresent');
    expect(refusalOf(clinician.clear('occlusion'))).toBeUndefined();
    expect(alarms()).toEqual(['overTemperature']);
  });

  test('a stall latches by its own policy, the others by theirs', () => {
    const latched = (stallPolicy: DeviceProfile['stallPolicy'], conditionLatch: DeviceProfile['conditionLatch']) => {
      const { begins, ends, alarms } = running({ ...ALL, stallPolicy, conditionLatch, occlusionPolicy: 'none' });
      for (const each of ['occlusion', 'stall'] as const) begins(each);
      for (const each of ['occlusion', 'stall'] as const) ends(each);
      return alarms().toSorted();
    };
    expect(latched('stopAndLatch', 'untilCleared')).toEqual(['occlusion', 'stall']);
    expect(latched('stopAndLatch', 'untilGone')).toEqual(['stall']);
    expect(latched('keepDriving', 'untilCleared')).toEqual(['occlusion']);
    expect(latched('keepDriving', 'untilGone')).toEqual([]);
  });

  test('the calculated volume stands still for a declared stall alone', () => {
    const hour = 400_000 * 3_600_000;
    const lost = (condition: ConditionCode, stallDetectionDelay: string) => {
      const { pump, begins } = running({
        sensors: SENSORS,
        stallAccounting: 'hold',
        stallPolicy: 'keepDriving',
        underFlowPolicy: 'none',
        conditionDelay: parseDuration('0s'),
        stallDetectionDelay: parseDuration(stallDetectionDelay),
      });
      begins(condition);
      const before = pump.status().volume;
      pump.pass('1h');
      return before - pump.status().volume;
    };
    expect(lost('stall', '0s')).toBe(0);
    expect(lost('stall', '2h')).toBe(hour);
    expect(lost('underFlow', '0s')).toBe(hour);
  });

  test('what is sensed and not declared stands against no start', () => {
    const { clinician, begins } = running(slow);
    clinician.do('stop');
    begins('occlusion');
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
  });
});

test('what a pump has no sensor for it neither tells nor acts on', () => {
  const { pump, begins } = running({});
  for (const condition of ['occlusion', 'overTemperature', 'overFlow', 'underFlow'] as const) begins(condition);
  pump.pass('1d');
  expect(pump.status()).toMatchObject({ conditions: [], alarms: [], infusion: 'basal' });
  expect(pump.plant.truth()).toMatchObject({
    flow: 0,
    conditions: ['occlusion', 'overTemperature', 'overFlow', 'underFlow'],
  });
});

test('R10: no status shows a condition whose policy is stop beside a rate', () => {
  const { pump, clinician, begins, ends } = running();
  begins('occlusion');
  for (const command of ['resume', 'minimumRate'] as const)
    expect(refusalOf(clinician.do(command))?.code).toBe('occlusion');
  clinician.prescribe(prescriptionOf({ basal: '0.3 mL/day' }), true);
  expect(pump.status()).toMatchObject({ rate: 0, stopped: { why: 'occlusion' } });
  ends('occlusion');
  expect(pump.status().rate).toBe(0);
});

test('another pump on the same catheter finds it occluded, and its own motor turning', () => {
  const { pump, begins } = running();
  begins('occlusion');
  begins('overFlow');
  pump.plant.act({ type: 'replace', serial: 'BENCH-2' });
  expect(pump.status().conditions.map(({ code }) => code)).toEqual(['occlusion']);
});
