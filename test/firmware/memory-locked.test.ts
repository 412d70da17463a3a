import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type ExecutorName } from '../../firmware-sim/index.ts';
import { COMMANDS, type RefusalCode } from '../../shared/index.ts';
import { BarePump, implantedPump, type Speaker } from './bare-pump.ts';
import { DAY, HOUR, prescriptionOf, WALL } from './prescriptions.ts';

/** A pump that has run for five hours when an error locks its memory. */
function locked(executor: ExecutorName = 'table') {
  const { pump, clinician } = implantedPump({}, executor);
  clinician.prescribe(prescriptionOf());
  clinician.do('closeSession');
  pump.pass('5h');
  pump.plant.inflict({ type: 'memoryFault', banks: 'locked' });
  return pump;
}

const codeOf = (answer: ReturnType<Speaker['ask']>) => ('refused' in answer ? answer.refused.code : undefined);

describe.each(EXECUTOR_NAMES)('an error that locks the memory of a pump, on %s', (executor) => {
  test('is seen at once, with an alarm that is not critical, and delivery goes on', () => {
    const pump = locked(executor);
    expect(pump.status()).toMatchObject({
      infusion: 'basal',
      record: 1,
      alarms: [{ code: 'memoryLocked', since: 5 * HOUR }],
      nextTone: { at: 5 * HOUR, class: 'non-critical', sound: 'single' },
    });
    const before = pump.status().volume;
    pump.pass('1d');
    expect(pump.status().volume).toBe(before - pump.status().rate * DAY);
    expect([pump.logged('memoryLocked'), pump.logged('alarmRaised')]).toEqual([[{}], [{ code: 'memoryLocked' }]]);
  });

  test('is over once a laboratory has reset the memory, and not before', () => {
    const pump = locked(executor);
    pump.reset(false);
    pump.reset(true);
    expect(pump.status().alarms).toMatchObject([{ code: 'memoryLocked' }]);
    expect(pump.plant.act({ type: 'resetMemory' })).toEqual({ done: true });
    expect(pump.status().alarms).toEqual([]);
    expect([pump.logged('memoryUnlocked'), pump.logged('alarmCleared')]).toEqual([[{}], [{ code: 'memoryLocked' }]]);
    expect(pump.open('clinician').prescribe(prescriptionOf({ basal: '0.6 mL/day' }))).toBeDefined();
    expect(pump.status()).toMatchObject({ record: 2, infusion: 'basal' });
  });
});

test('a memory that is not locked needs no laboratory', () => {
  const { pump } = implantedPump();
  expect(pump.plant.act({ type: 'resetMemory' })).toEqual({ refused: 'alreadySo' });
});

describe('a pump whose memory is locked', () => {
  const asks: Record<string, (speaker: Speaker) => RefusalCode | undefined> = {
    enterReservoir: (speaker) => codeOf(speaker.enter('20 mL')),
    stagePrescription: (speaker) => codeOf(speaker.stage(prescriptionOf())),
    beginUpdate: (speaker) => codeOf(speaker.begin(prescriptionOf())),
    commitUpdate: (speaker) => codeOf(speaker.commit(prescriptionOf())),
    setClock: (speaker) => codeOf(speaker.setClock(WALL)),
    implant: (speaker) => codeOf(speaker.implant()),
  };

  test.each(Object.keys(asks))('refuses %s, for that reason before any other, and stays as it is', (command) => {
    const pump = locked();
    const clinician = pump.open('clinician');
    const before = pump.status();
    expect(asks[command]?.(clinician)).toBe('memoryLocked');
    expect(pump.status()).toEqual(before);
  });

  test('gives the boluses of its prescription, and is stopped and resumed', () => {
    const pump = locked();
    expect(pump.open('patient').refused({ name: 'requestBolus', payload: {} })).toBeUndefined();
    pump.pass('1h');
    const clinician = pump.open('clinician');
    for (const name of ['stop', 'resume', 'minimumRate'] as const)
      expect(clinician.refused({ name, payload: {} })).toBeUndefined();
    expect(pump.status()).toMatchObject({ infusion: 'minimumRate' });
  });

  test('offers what it would do and nothing else', () => {
    const pump = locked();
    pump.open('clinician');
    const offered = pump.status().accepts;
    expect(COMMANDS.filter((name) => offered.includes(name))).toEqual([
      'stop',
      'requestBolus',
      'minimumRate',
      'silenceAlarm',
      'testAlarm',
    ]);
  });

  test('ends an update that was under way as one whose link was lost, and is resumed', () => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    const other = prescriptionOf({ basal: '0.6 mL/day' });
    clinician.stage(other);
    clinician.begin(other);
    pump.plant.inflict({ type: 'memoryFault', banks: 'locked' });
    expect(codeOf(clinician.commit(other))).toBe('memoryLocked');
    clinician.do('closeSession');
    expect(pump.status()).toMatchObject({ record: 1, stopped: { why: 'updateInterrupted' } });
    expect(codeOf(pump.open('clinician').do('resume'))).toBeUndefined();
    expect(pump.status()).toMatchObject({ record: 1, infusion: 'basal' });
  });

  test('is not put in service, and is once its memory is mended', () => {
    const pump = new BarePump();
    pump.plant.inflict({ type: 'memoryFault', banks: 'locked' });
    expect(codeOf(pump.open('clinician').implant())).toBe('memoryLocked');
    pump.plant.act({ type: 'resetMemory' });
    expect(codeOf(pump.open('clinician').implant())).toBeUndefined();
    expect(pump.status()).toMatchObject({ service: 'inService', alarms: [] });
  });

  test('is as good as new once it is replaced', () => {
    const pump = locked();
    pump.plant.act({ type: 'replace', serial: 'BENCH-2' });
    expect(pump.status()).toMatchObject({ service: 'shelf', alarms: [] });
    expect(pump.plant.act({ type: 'resetMemory' })).toEqual({ refused: 'alreadySo' });
  });

  test('has failed, and is locked no more, where both banks are spoiled when it starts anew', () => {
    const pump = locked();
    pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    pump.reset(false);
    expect(pump.status().alarms).toMatchObject([{ code: 'memoryError' }]);
    expect(pump.plant.act({ type: 'resetMemory' })).toEqual({ refused: 'alreadySo' });
  });
});
