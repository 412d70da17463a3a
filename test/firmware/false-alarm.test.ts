import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type ExecutorName } from '../../firmware-sim/index.ts';
import type { DeviceProfile } from '../../shared/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
import { HOUR, prescriptionOf } from './prescriptions.ts';

type Code = 'lowReservoir' | 'emptyReservoir';

/** A pump with nearly all of its 20 mL, whose electronics raise an alarm by mistake as its session ends after 5 h. */
function mistaken(
  alarm: Code = 'lowReservoir',
  changes: Partial<DeviceProfile> = {},
  executor: ExecutorName = 'table',
) {
  const { pump, clinician } = implantedPump(changes, executor);
  clinician.prescribe(prescriptionOf());
  pump.pass('5h');
  pump.plant.inflict({ type: 'falseAlarm', alarm });
  pump.open('clinician').do('closeSession');
  const visitor = pump.open('clinician');
  expect(pump.status().alarms).toMatchObject([{ code: alarm, since: 5 * HOUR }]);
  return { pump, clinician: visitor };
}

const codes = (pump: ReturnType<typeof mistaken>['pump']) => pump.status().alarms.map(({ code }) => code);

describe.each(EXECUTOR_NAMES)('an alarm that comes by mistake, on %s', (executor) => {
  test.each(['lowReservoir', 'emptyReservoir'] as const)('of %s stands beside a reservoir nearly full', (alarm) => {
    const policies = { lowReservoirPolicy: 'minimumRate', emptyPolicy: 'stop' } as const;
    const { pump } = mistaken(alarm, policies, executor);
    expect(pump.status()).toMatchObject({ reservoir: 'normal', infusion: 'basal', alarms: [{ code: alarm }] });
    pump.open('clinician').do('closeSession');
    pump.reset(false);
    expect(pump.status()).toMatchObject({ infusion: 'basal', alarms: [{ code: alarm, since: 5 * HOUR }] });
    expect([pump.logged('alarmRaised'), pump.logged('alarmCleared')]).toEqual([[{ code: alarm }], []]);
  });

  test('is cleared by a clinician, once, and comes again with the next session that ends', () => {
    const { pump, clinician } = mistaken('lowReservoir', {}, executor);
    expect(refusalOf(clinician.clear('lowReservoir'))).toBeUndefined();
    expect(codes(pump)).toEqual([]);
    expect(refusalOf(clinician.clear('lowReservoir'))?.code).toBe('alarmNotActive');
    clinician.do('closeSession');
    expect(codes(pump)).toEqual(['lowReservoir']);
    expect([pump.logged('alarmRaised').length, pump.logged('alarmCleared').length]).toEqual([2, 1]);
  });
});

test('a volume entered ends it, and so does a prescription', () => {
  for (const end of ['enter', 'prescribe'] as const) {
    const { pump, clinician } = mistaken();
    if (end === 'enter') clinician.enter('18 mL');
    else clinician.prescribe(prescriptionOf({ basal: '0.6 mL/day' }));
    expect(codes(pump)).toEqual([]);
    expect(pump.logged('alarmCleared')).toEqual([{ code: 'lowReservoir' }]);
  }
});

test('it is the true one once the level has come true: since it first sounded, with no edge, and not to be cleared', () => {
  const { pump, clinician } = mistaken();
  clinician.enter('0.5 mL');
  pump.pass('1min');
  expect(pump.status().reservoir).toBe('low');
  expect(pump.status().alarms).toEqual([{ code: 'lowReservoir', since: 5 * HOUR }]);
  expect(refusalOf(clinician.clear('lowReservoir'))?.code).toBe('notClearable');
  expect(pump.logged('alarmRaised')).toHaveLength(1);
});

test('none comes where the handset watches the reservoir, before anything is prescribed, or once it is mended', () => {
  const handset = implantedPump({ lowReservoirBy: 'handset' });
  handset.clinician.prescribe(prescriptionOf());
  const bare = implantedPump();
  const mended = mistaken().pump;
  mended.open('clinician').clear('lowReservoir');
  for (const pump of [handset.pump, bare.pump, mended])
    pump.plant.inflict({ type: 'falseAlarm', alarm: pump === mended ? null : 'lowReservoir' });
  for (const pump of [handset.pump, bare.pump, mended]) {
    pump.open('clinician').do('closeSession');
    expect(codes(pump)).toEqual([]);
  }
});

test('the session of a handset brings none', () => {
  const { pump, clinician } = mistaken();
  clinician.clear('lowReservoir');
  pump.open('patient').do('closeSession');
  expect(codes(pump)).toEqual([]);
});
