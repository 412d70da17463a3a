import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type ExecutorName, History } from '../../firmware-sim/index.ts';
import { COMMANDS, type DeviceProfile, type RefusalCode, rate } from '../../shared/index.ts';
import { implantedPump, type Speaker } from './bare-pump.ts';
import { DAY, HOUR, prescriptionOf, WALL } from './prescriptions.ts';

const MINIMUM = rate.parse('0.006 mL/day');

/** A pump that ran for five hours and started anew without its memory. */
function failed(changes: Partial<DeviceProfile> = {}, timeLost = false, executor: ExecutorName = 'table') {
  const { pump, clinician } = implantedPump(changes, executor);
  clinician.prescribe(prescriptionOf());
  pump.pass('5h');
  pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
  pump.reset(timeLost);
  return pump;
}

describe.each(EXECUTOR_NAMES)('a pump whose memory has failed, on %s', (executor) => {
  test('invents nothing: no prescription, no history, no volume, no local time, a log that begins anew', () => {
    const pump = failed({}, false, executor);
    expect(pump.status()).toMatchObject({
      prescription: null,
      record: 0,
      volume: 0,
      wall: null,
      granted: 0,
      bolusesGiven: 0,
      replaceBy: null,
      serial: 'BENCH-1',
    });
    expect(History.inStore(pump.store, 64)).toEqual({ anchor: null, entries: [] });
    expect(pump.logged('memoryFailed')).toEqual([{ timeLost: false }]);
    expect(pump.open('clinician').ask({ name: 'readLog', payload: { from: 1 } })).toMatchObject({
      reply: {
        payload: {
          records: [{ number: 1, kind: 'memoryFailed' }, { kind: 'minimumRateStarted' }, { kind: 'alarmRaised' }, {}],
        },
      },
    });
  });

  test('delivers its minimum rate where that is the safe state, in service', () => {
    expect(failed({}, false, executor).status()).toMatchObject({
      service: 'inService',
      infusion: 'minimumRate',
      rate: MINIMUM,
      stopped: null,
    });
  });

  test.each(['minimumRate', 'defaultSchedule'] as const)(
    'does not become silent where the rate of its %s is none',
    (safeState) => {
      const none = { minimumRate: rate.of(0), defaultRate: rate.of(0) };
      const pump = failed({ safeState, ...none }, false, executor);
      expect(pump.status()).toMatchObject({ infusion: safeState, rate: 0, zeroStep: true });
      expect(pump.logged('zeroStep')).toHaveLength(1);
      pump.pass('2d');
      expect(pump.status().alarms).toMatchObject([{ code: 'stoppedPump' }, { code: 'memoryError' }]);
    },
  );

  test('delivers nothing where that is, says why, and alarms when it has done so for too long', () => {
    const pump = failed({ safeState: 'stop' }, false, executor);
    const since = 5 * HOUR;
    expect(pump.status()).toMatchObject({ infusion: 'stopped', rate: 0, stopped: { why: 'memoryError', since } });
    expect(pump.logged('deliveryStopped')).toEqual([{ why: 'memoryError' }]);
    pump.pass('2d');
    expect(pump.status().alarms).toEqual([
      { code: 'stoppedPump', since: since + 2 * DAY },
      { code: 'memoryError', since },
    ]);
  });
});

test('the critical alarm of a failed memory never clears, and its tone is silenced only for a while', () => {
  const pump = failed();
  const alarm = { code: 'memoryError', since: 5 * HOUR };
  const clinician = pump.open('clinician');
  expect(pump.status().nextTone).toEqual({ at: 5 * HOUR, class: 'critical', sound: 'two-tone' });
  expect('reply' in clinician.silence('memoryError')).toBe(true);
  expect(pump.status().silenced).toMatchObject([{ code: 'memoryError' }]);
  pump.pass('1h');
  pump.reset(false);
  pump.pass('400d');
  expect(pump.status()).toMatchObject({ alarms: [alarm], silenced: [] });
  expect(pump.logged('alarmCleared')).toEqual([]);
});

describe('without its memory a pump', () => {
  const asks: Record<string, (speaker: Speaker) => RefusalCode | undefined> = {
    implant: (speaker) => codeOf(speaker.implant()),
    enterReservoir: (speaker) => codeOf(speaker.enter('20 mL')),
    stagePrescription: (speaker) => codeOf(speaker.stage(prescriptionOf())),
    beginUpdate: (speaker) => codeOf(speaker.begin(prescriptionOf())),
    commitUpdate: (speaker) => codeOf(speaker.commit(prescriptionOf())),
    resume: (speaker) => codeOf(speaker.do('resume')),
    requestBolus: (speaker) => codeOf(speaker.do('requestBolus')),
    setClock: (speaker) => codeOf(speaker.setClock(WALL)),
  };
  const codeOf = (answer: ReturnType<Speaker['ask']>) => ('refused' in answer ? answer.refused.code : undefined);

  test.each(Object.keys(asks))('refuses %s, for that reason before any other, and stays as it is', (command) => {
    const pump = failed();
    const before = pump.status();
    expect(asks[command]?.(pump.open('clinician'))).toBe('memoryFailed');
    const { denied, accepts: _, ...after } = pump.status();
    expect(before).toMatchObject(after);
    expect(denied).toBe(command === 'requestBolus' ? 1 : 0);
  });

  test('can be stopped, set to its minimum rate again, and read', () => {
    const pump = failed();
    const clinician = pump.open('clinician');
    expect(clinician.refused({ name: 'stop', payload: {} })).toBeUndefined();
    expect(pump.status()).toMatchObject({ infusion: 'stopped', rate: 0, stopped: { why: 'clinician' } });
    expect(clinician.refused({ name: 'minimumRate', payload: {} })).toBeUndefined();
    expect(pump.status()).toMatchObject({ infusion: 'minimumRate', rate: MINIMUM });
    expect(clinician.refused({ name: 'minimumRate', payload: {} })).toBe('alreadyAtMinimum');
    expect(clinician.refused({ name: 'readHistory', payload: { from: 1 } })).toBeUndefined();
  });

  test('offers what it would do and nothing else', () => {
    const pump = failed();
    pump.open('clinician');
    const offered = pump.status().accepts;
    expect(COMMANDS.filter((name) => offered.includes(name))).toEqual(['stop', 'silenceAlarm', 'testAlarm']);
  });

  test('is at its minimum rate whatever its reservoir would call for', () => {
    const pump = failed({ emptyPolicy: 'stop', lowReservoirPolicy: 'minimumRate' });
    pump.pass('100d');
    expect(pump.status()).toMatchObject({ infusion: 'minimumRate', rate: MINIMUM });
  });

  const safeStates = ['minimumRate', 'defaultSchedule'] as const;
  test.each(safeStates)('stays at its %s where it senses what leaves a pump its basal', (safeState) => {
    const pump = failed({ safeState, emptyPolicy: 'stop', sensors: ['flow'], overFlowPolicy: 'basalOnly' });
    const { infusion, rate: before } = pump.status();
    expect(infusion).toBe(safeState);
    pump.plant.inflict({ type: 'begins', condition: 'overFlow' });
    pump.pass('1h');
    expect(pump.status()).toMatchObject({ conditions: [{ code: 'overFlow' }], infusion, rate: before });
    pump.plant.inflict({ type: 'ends', condition: 'overFlow' });
    pump.pass('1h');
    expect(pump.status()).toMatchObject({ infusion, rate: before });
  });

  test('stays so over further resets, which are logged', () => {
    const pump = failed();
    pump.pass('3h');
    pump.reset(false);
    pump.reset(true);
    expect(pump.status()).toMatchObject({ infusion: 'minimumRate', rate: MINIMUM });
    expect(pump.logged('reset')).toHaveLength(2);
    pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    pump.reset(false);
    expect(pump.logged('reset')).toEqual([]);
    expect(pump.logged('memoryFailed')).toHaveLength(1);
  });

  test('counts its time from nothing where it has lost that too', () => {
    const pump = failed({}, true);
    expect(pump.status()).toMatchObject({ now: 0, alarms: [{ code: 'memoryError', since: 0 }] });
    pump.pass('1h');
    expect(pump.status().now).toBe(HOUR);
  });

  test('still says when its battery gives out, and when service then ends', () => {
    const pump = failed();
    pump.plant.inflict({ type: 'batteryLow' });
    pump.pass('0s');
    expect(pump.status()).toMatchObject({ service: 'eri', replaceBy: 5 * HOUR + 90 * DAY });
    pump.pass('90d');
    expect(pump.status()).toMatchObject({ service: 'endOfService', infusion: 'stopped', rate: 0 });
  });

  test('is as good as new once it is replaced', () => {
    const pump = failed();
    pump.plant.act({ type: 'replace', serial: 'BENCH-2' });
    expect(pump.status()).toMatchObject({ service: 'shelf', serial: 'BENCH-2', alarms: [] });
  });
});

describe('a pump of whose memory one bank was spoiled', () => {
  test('goes on as after any reset, and logs that it has mended it', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    pump.pass('5h');
    const { record, volume, prescription } = pump.status();
    pump.plant.inflict({ type: 'memoryFault', banks: 'oneBank' });
    pump.reset(false);
    expect(pump.status()).toMatchObject({ record, volume, prescription, infusion: 'basal', alarms: [] });
    expect([pump.logged('reset'), pump.logged('memoryHealed')]).toEqual([
      [{ timeLost: false, lastWall: null }],
      [{ bank: 'A' }],
    ]);
    pump.reset(false);
    expect(pump.logged('memoryHealed')).toHaveLength(1);
  });

  test('has lost both where the other is spoiled before it has started', () => {
    const { pump } = implantedPump();
    for (const banks of ['bothBanks', 'oneBank'] as const) pump.plant.inflict({ type: 'memoryFault', banks });
    pump.reset(false);
    expect(pump.logged('memoryFailed')).toHaveLength(1);
  });
});
