import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { type ConditionCode, type DeviceProfile, parseDuration, rate, SENSORS, volume } from '../../shared/index.ts';
import { implantedPump, refusalOf } from './bare-pump.ts';
import { periodicOf, prescriptionOf, wallOf } from './prescriptions.ts';

const DEFAULT = rate.parse('0.048 mL/day');
const MINIMUM = rate.parse('0.006 mL/day');
const BASAL = rate.parse('0.4 mL/day');
const NEXT_YEAR = wallOf('2027-01-05 08:00');

const SAFE: Partial<DeviceProfile> = { safeState: 'defaultSchedule' };
/** An occlusion leaves the default schedule, a flow too high the minimum rate. */
const SENSING: Partial<DeviceProfile> = {
  sensors: SENSORS,
  occlusionPolicy: 'defaultSchedule',
  overFlowPolicy: 'minimumRate',
  overTemperaturePolicy: 'stop',
  conditionLatch: 'untilCleared',
};

/** A pump in service with a prescription, and what may befall it. */
function running(changes: Partial<DeviceProfile> = {}, prescription = prescriptionOf()) {
  const { pump, clinician } = implantedPump({ ...SAFE, ...SENSING, ...changes });
  pump.plant.act({ type: 'inject', volume: volume.parse('20 mL'), solution: [] });
  clinician.prescribe(prescription);
  const begins = (condition: ConditionCode) => {
    pump.plant.inflict({ type: 'begins', condition });
    pump.pass('0s');
  };
  const ends = (condition: ConditionCode) => pump.plant.inflict({ type: 'ends', condition });
  const falters = () => pump.plant.inflict({ type: 'batteryReset', safeState: true });
  const delivers = () => [pump.status().infusion, pump.status().rate];
  return { pump, clinician, begins, ends, falters, delivers };
}

describe.each(EXECUTOR_NAMES)('a failed memory, on %s', (executor) => {
  const failed = () => {
    const { pump, clinician } = implantedPump(SAFE, executor);
    clinician.prescribe(prescriptionOf({ basal: '0.02 mL/day' }));
    pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    pump.reset(false);
    return pump;
  };

  test('leaves the one rate that no memory error reaches, whatever was prescribed', () => {
    const pump = failed();
    expect(pump.status()).toMatchObject({ infusion: 'defaultSchedule', rate: DEFAULT, prescription: null });
    expect(pump.logged('defaultScheduleStarted')).toHaveLength(1);
    pump.pass('400d');
    expect(pump.status()).toMatchObject({ infusion: 'defaultSchedule', rate: DEFAULT, volume: 0 });
  });

  test('can be set to the minimum rate and stopped, and never comes back to it', () => {
    const pump = failed();
    const clinician = pump.open('clinician');
    expect(refusalOf(clinician.do('minimumRate'))).toBeUndefined();
    expect(pump.status()).toMatchObject({ infusion: 'minimumRate', rate: MINIMUM });
    expect(refusalOf(clinician.do('resume'))?.code).toBe('memoryFailed');
    expect(refusalOf(clinician.do('stop'))).toBeUndefined();
    expect(refusalOf(clinician.do('minimumRate'))).toBeUndefined();
  });
});

describe('a battery that falters', () => {
  test('leaves the default schedule of a pump that ran, and the prescription waits for a resume', () => {
    const { falters, delivers, pump } = running();
    falters();
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    pump.pass('3d');
    expect(refusalOf(pump.open('clinician').do('resume'))).toBeUndefined();
    expect(delivers()).toEqual(['basal', BASAL]);
  });

  test('leaves no more than is prescribed', () => {
    const { falters, delivers } = running({ defaultRate: rate.parse('1 mL/day') });
    falters();
    expect(delivers()).toEqual(['defaultSchedule', BASAL]);
  });

  test('at the minimum rate leaves that, and on a stopped pump nothing', () => {
    const { clinician, falters, delivers } = running();
    clinician.do('minimumRate');
    falters();
    expect(delivers()).toEqual(['minimumRate', MINIMUM]);
    const stopped = running();
    stopped.clinician.do('stop');
    stopped.falters();
    expect(stopped.delivers()).toEqual(['stopped', 0]);
  });

  test('at the default schedule of a condition goes to a safe state that is less', () => {
    for (const [safeState, infusion] of [
      ['minimumRate', 'minimumRate'],
      ['stop', 'stopped'],
      ['defaultSchedule', 'defaultSchedule'],
    ] as const) {
      const { begins, falters, delivers } = running({ safeState });
      begins('occlusion');
      falters();
      expect(delivers()[0]).toBe(infusion);
    }
  });
});

describe('a condition with that policy', () => {
  test.each(['basal', 'patientBolus', 'clinicianBolus'] as const)('leaves the default schedule, from %s', (mode) => {
    const { pump, clinician, begins, delivers } = running();
    if (mode === 'patientBolus') pump.open('patient').do('requestBolus');
    if (mode === 'clinicianBolus') clinician.order('0.1 mL', '30min', 'basal');
    expect(delivers()[0]).toBe(mode);
    begins('occlusion');
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    const ended = [...pump.logged('bolusEnded'), ...pump.logged('clinicianBolusEnded')];
    expect(ended.map(({ why }) => why)).toEqual(mode === 'basal' ? [] : ['occlusion']);
  });

  test('stops the pump after a single bolus that was to end in a stop', () => {
    const { clinician, begins, delivers } = running();
    clinician.order('0.1 mL', '30min', 'stopped');
    begins('occlusion');
    expect(delivers()).toEqual(['stopped', 0]);
  });

  test('ends a running periodic bolus, and those that fall due are skipped', () => {
    const program = periodicOf({ duration: '30min', rate: '2 mL/day', interval: '4h' });
    const { pump, begins, delivers } = running({}, prescriptionOf({ program }));
    pump.pass('4h 10min');
    begins('occlusion');
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    expect(pump.logged('periodicEnded').map(({ why }) => why)).toEqual(['occlusion']);
    pump.pass('8h');
    expect(pump.logged('periodicSkipped')).toHaveLength(2);
  });

  test('gives no bolus: the patient’s and the clinician’s are refused for it, after the condition itself', () => {
    const { pump, clinician, begins, ends } = running();
    begins('occlusion');
    const asked = () => refusalOf(pump.open('patient').do('requestBolus'));
    expect(asked()).toMatchObject({ code: 'occlusion', also: ['defaultSchedule'] });
    ends('occlusion');
    clinician.clear('occlusion');
    expect(asked()).toMatchObject({ code: 'defaultSchedule' });
    expect(refusalOf(clinician.order('0.1 mL', '30min', 'basal'))?.code).toBe('defaultSchedule');
  });

  test('lasts beyond it until somebody resumes, who is refused while it is there', () => {
    const { clinician, begins, ends, delivers } = running();
    begins('occlusion');
    expect(refusalOf(clinician.do('resume'))?.code).toBe('occlusion');
    ends('occlusion');
    clinician.clear('occlusion');
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
    expect(delivers()).toEqual(['basal', BASAL]);
  });

  test('gives way to what is more restrictive, and to nothing less', () => {
    const { clinician, begins, ends, delivers } = running();
    begins('occlusion');
    begins('overFlow');
    expect(delivers()).toEqual(['minimumRate', MINIMUM]);
    ends('overFlow');
    clinician.clear('overFlow');
    expect(delivers()).toEqual(['minimumRate', MINIMUM]);
    // A resume leads to the most that the other still allows.
    expect(refusalOf(clinician.do('resume'))).toBeUndefined();
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    begins('overTemperature');
    expect(delivers()).toEqual(['stopped', 0]);
  });

  test('at the minimum rate changes nothing', () => {
    const { clinician, begins, delivers } = running();
    clinician.do('minimumRate');
    begins('occlusion');
    expect(delivers()).toEqual(['minimumRate', MINIMUM]);
  });

  test('is what a stopped pump resumes to, and what a prescription leads to', () => {
    const { clinician, begins, delivers } = running();
    clinician.do('stop');
    begins('occlusion');
    clinician.do('resume');
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    expect(refusalOf(clinician.prescribe(prescriptionOf({ basal: '0.3 mL/day' })))).toBeUndefined();
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    clinician.prescribe(prescriptionOf({ program: { type: 'minimumRate', rate: MINIMUM } }));
    expect(delivers()).toEqual(['minimumRate', MINIMUM]);
  });
});

describe('an opening', () => {
  test('of a prime ends for it; a delayed start, which delivers less, goes to the minimum rate', () => {
    const prime = { type: 'prime', rate: rate.parse('4 mL/day'), duration: parseDuration('1h') } as const;
    const { begins, delivers } = running({}, prescriptionOf({ opening: prime }));
    expect(delivers()[0]).toBe('prime');
    begins('occlusion');
    expect(delivers()).toEqual(['defaultSchedule', DEFAULT]);
    for (const befalls of ['begins', 'falters'] as const) {
      const waiting = running({}, prescriptionOf({ opening: { type: 'delayed', until: NEXT_YEAR } }));
      expect(waiting.delivers()).toEqual(['delayed', MINIMUM]);
      waiting[befalls]('occlusion');
      expect(waiting.delivers()).toEqual(['minimumRate', MINIMUM]);
    }
  });
});

describe('an update that comes to nothing, where the old prescription then goes on', () => {
  const next = prescriptionOf({ basal: '0.3 mL/day' });
  /** What is delivered after it, by what was before it and what was sensed within it. */
  const after = (
    before: (made: ReturnType<typeof running>) => void,
    within: (made: ReturnType<typeof running>) => void,
  ) => {
    const made = running({ onUpdateAbort: 'resumeOld' });
    before(made);
    const clinician = made.pump.open('clinician');
    clinician.stage(next);
    expect(refusalOf(clinician.begin(next))).toBeUndefined();
    within(made);
    clinician.do('closeSession');
    return made.delivers()[0];
  };
  const nothing = () => undefined;
  const atMinimum = ({ pump }: ReturnType<typeof running>) => void pump.open('clinician').do('minimumRate');
  const faltered = ({ falters }: ReturnType<typeof running>) => falters();
  const occluded = ({ begins }: ReturnType<typeof running>) => begins('occlusion');
  const tooHot = ({ begins }: ReturnType<typeof running>) => begins('overTemperature');
  const overFlow = ({ begins }: ReturnType<typeof running>) => begins('overFlow');

  test.each([
    ['basal', nothing, nothing, 'basal'],
    ['the minimum rate', atMinimum, nothing, 'minimumRate'],
    ['the default schedule', faltered, nothing, 'defaultSchedule'],
    ['basal, and a condition leaves the default schedule', nothing, occluded, 'defaultSchedule'],
    ['the minimum rate, and a condition would leave more', atMinimum, occluded, 'minimumRate'],
    ['the default schedule, and a condition leaves it', faltered, occluded, 'defaultSchedule'],
    ['the default schedule, and a condition leaves less', faltered, overFlow, 'minimumRate'],
    ['the minimum rate, and a condition leaves nothing', atMinimum, tooHot, 'stopped'],
  ] as const)('was %s', (_, before, within, infusion) => {
    expect(after(before, within)).toBe(infusion);
  });
});
