import { describe, expect, test } from 'vitest';
import { activeAlarms } from '../../firmware-sim/firmware/rules/alarms.ts';
import { endOfService } from '../../firmware-sim/firmware/rules/service-life.ts';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { type DeviceProfile, instant, parseDuration, parseWallClock, rate, span, volume } from '../../shared/index.ts';
import { bench, mL, running } from '../harness.ts';
import { BarePump, refusalOf } from './bare-pump.ts';
import { ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

const wallOf = (text: string) => parseWallClock(text) ?? span(0);
/** From 2026-01-05 08:00 to 2033-01-05 08:00: seven years, two of them leap years. */
const LIFE = (7 * 365 + 2) * DAY;
const NINETY = 90 * DAY;

const alarms = (pump: ChartOnBench) => activeAlarms(pump.context).map(({ code }) => code);
const logged = (effects: ReturnType<ChartOnBench['passTo']>) =>
  effects.flatMap((effect) => (effect.type === 'log' ? [effect.kind] : []));

/** A running pump refilled whenever it is low, so that it lives until its service ends. */
const aged = (changes: Partial<DeviceProfile> = {}) => runningChart({ lowReservoirPolicy: 'alarm', ...changes });
const giveOut = (pump: ChartOnBench) => {
  pump.send({ type: 'BATTERY_LOW' });
  pump.passTo(pump.now);
};

describe('the age limit is 84 calendar months after the implant, in its local time', () => {
  test.each([
    ['2026-01-05 08:00', '2033-01-05 08:00'],
    ['2024-02-29 12:30', '2031-02-28 12:30'],
    ['2025-02-28 00:00', '2032-02-28 00:00'],
    ['2093-02-28 23:59', '2100-02-28 23:59'],
    ['2027-12-31 17:45', '2034-12-31 17:45'],
  ])('implanted %s: %s', (implanted, limit) => {
    const pump = new ChartOnBench();
    pump.passTo(5000);
    pump.send({ type: 'IMPLANT', wall: wallOf(implanted) });
    expect(pump.context.ageLimit).toBe(5000 + wallOf(limit) - wallOf(implanted));
  });

  test('worked out once: nothing later moves it', () => {
    const pump = aged();
    const { ageLimit } = pump.context;
    pump.passTo(400 * DAY);
    pump.send({ type: 'IMPLANT', wall: wallOf('2040-01-01 00:00') });
    giveOut(pump);
    expect(pump.context.ageLimit).toBe(ageLimit);
  });
});

describe('elective replacement is indicated', () => {
  test('90 days before the age limit, to the millisecond, and never withdrawn', () => {
    const pump = aged();
    pump.passTo(LIFE - NINETY - 1);
    expect([pump.at('service'), alarms(pump).includes('eri')]).toEqual(['inService', false]);
    pump.pass('1ms');
    expect(pump.at('service')).toBe('eri');
    expect(activeAlarms(pump.context)).toContainEqual({ code: 'eri', since: LIFE - NINETY });
    pump.enter('20 mL');
    pump.commit(prescriptionOf());
    pump.passTo(LIFE + 1000 * DAY);
    expect(alarms(pump)).toContain('eri');
  });

  test('at once when the battery gives out earlier', () => {
    const pump = aged();
    pump.passTo(30 * DAY);
    giveOut(pump);
    expect(pump.at('service')).toBe('eri');
    expect(activeAlarms(pump.context)).toEqual([{ code: 'eri', since: 30 * DAY }]);
    expect(endOfService(pump.context)).toBe(30 * DAY + NINETY);
  });

  test('once: a battery that gives out after it changes nothing', () => {
    const pump = aged();
    pump.passTo(LIFE - NINETY + 5);
    giveOut(pump);
    expect(pump.context.eriSince).toBe(LIFE - NINETY);
    expect(endOfService(pump.context)).toBe(LIFE);
  });

  test('at the implant where the battery gave out on the shelf, not before', () => {
    const pump = new ChartOnBench();
    pump.send({ type: 'POWER_ON' });
    pump.send({ type: 'BATTERY_LOW' });
    pump.passTo(10 * DAY);
    expect([pump.at('service'), alarms(pump)]).toEqual(['shelf', []]);
    pump.send({ type: 'IMPLANT', wall: WALL });
    pump.passTo(10 * DAY);
    expect(activeAlarms(pump.context)).toEqual([{ code: 'eri', since: 10 * DAY }]);
  });
});

describe('service ends at the earlier of ERI and 90 days, and the age limit', () => {
  test.each([
    ['by age alone', null, LIFE],
    ['battery 91 days before the age limit', LIFE - 91 * DAY, LIFE - DAY],
    ['battery 1 ms before its 90 days', LIFE - NINETY - 1, LIFE - 1],
    ['battery at its 90 days', LIFE - NINETY, LIFE],
    ['battery after its 90 days', LIFE - 10 * DAY, LIFE],
  ])('%s', (_, battery, end) => {
    const pump = aged();
    if (battery !== null) {
      pump.passTo(battery);
      giveOut(pump);
    }
    pump.passTo(end - 1);
    expect(pump.at('service')).toBe('eri');
    pump.pass('1ms');
    expect(pump.at('service')).toBe('endOfService');
    expect(activeAlarms(pump.context)).toContainEqual({ code: 'endOfService', since: end });
    pump.passTo(end + 500 * DAY);
    expect(alarms(pump)).toEqual(expect.arrayContaining(['eri', 'endOfService']));
  });
});

describe.each(EXECUTOR_NAMES)('where the end of service stops delivery, on the %s executor', (executor) => {
  const lastMinute = (prepare: (pump: ChartOnBench) => void) => {
    const pump = runningChart({}, prescriptionOf(), executor);
    giveOut(pump);
    pump.passTo(NINETY - 60_000);
    pump.enter('20 mL');
    prepare(pump);
    return { pump, effects: pump.passTo(NINETY) };
  };

  test('basal delivery ends, logged, and says why', () => {
    const { pump, effects } = lastMinute(() => undefined);
    expect(logged(effects)).toEqual(['deliveryStopped']);
    expect(effects).toContainEqual({ type: 'drive', rate: rate.of(0) });
    expect(pump.context.stopped).toEqual({ why: 'endOfService', since: NINETY });
  });

  test('a running bolus ends with it', () => {
    const { pump, effects } = lastMinute((made) => made.press());
    expect(logged(effects)).toEqual(['bolusEnded', 'deliveryStopped']);
    expect(pump.context.lastBolus).toMatchObject({ why: 'endOfService', ended: NINETY });
    expect(pump.context.bolus).toBeNull();
  });

  test('an update under way is interrupted, the old prescription whole', () => {
    const next = prescriptionOf({ basal: '0.5 mL/day' });
    const { pump, effects } = lastMinute((made) => made.beginUpdate(next));
    expect(logged(effects)).toEqual(['updateInterrupted', 'deliveryStopped']);
    expect(pump.context).toMatchObject({ prescription: prescriptionOf(), update: null, staged: null });
    expect(
      pump.send({ type: 'UPDATE_COMMIT', digest: stagedOf(next).digest, role: 'clinician', library: null }),
    ).toEqual([]);
  });

  test('a pump a clinician stopped stays stopped since then, now for good', () => {
    const { pump } = lastMinute((made) => made.send({ type: 'STOP' }));
    expect(pump.context.stopped).toEqual({ why: 'endOfService', since: NINETY - 60_000 });
  });
});

describe('after the end of service', () => {
  const ended = (changes: Partial<DeviceProfile> = {}) => {
    const pump = new BarePump(changes);
    const clinician = pump.open('clinician');
    clinician.enter('20 mL');
    clinician.implant();
    clinician.prescribe(prescriptionOf());
    clinician.do('closeSession');
    pump.plant.inflict({ type: 'batteryLow' });
    pump.pass('90d');
    return { pump, clinician: pump.open('clinician'), patient: pump.open('patient') };
  };

  test('prescribing, updating, resuming and presses are refused with it; reading and a volume entry are not', () => {
    const { pump, clinician, patient } = ended();
    const code = (answer: Parameters<typeof refusalOf>[0]) => refusalOf(answer)?.code;
    expect(code(clinician.stage(prescriptionOf()))).toBe('endOfService');
    expect(code(clinician.begin(prescriptionOf()))).toBe('endOfService');
    expect(code(clinician.commit(prescriptionOf()))).toBe('endOfService');
    expect(code(clinician.do('resume'))).toBe('endOfService');
    expect(code(patient.do('requestBolus'))).toBe('endOfService');
    expect(clinician.enter('7 mL')).toHaveProperty('reply');
    expect(clinician.do('interrogate')).toHaveProperty('reply');
    expect(pump.status()).toMatchObject({ volume: volume.parse('7 mL'), rate: 0, stopped: { why: 'endOfService' } });
    expect(pump.status().accepts).toEqual([
      'enterReservoir',
      'setClock',
      'silenceAlarm',
      'setAlarmInterval',
      'testAlarm',
      'noteDiscrepancy',
    ]);
  });

  test('its place among the reasons is after a bolus that is not enabled, before a stopped pump', () => {
    const { pump, patient } = ended();
    patient.do('requestBolus');
    expect(pump.logged('bolusDenied')).toMatchObject([{ code: 'endOfService', also: ['stopped', 'emptyReservoir'] }]);
  });

  test('no stopped-pump deadline runs, and one at that very instant does not come', () => {
    const { pump } = ended();
    pump.pass('30d');
    expect(pump.status().alarms.map(({ code }) => code)).not.toContain('stoppedPump');
    const stopped = runningChart({ stoppedAlarm: parseDuration('90d') });
    giveOut(stopped);
    stopped.send({ type: 'STOP' });
    stopped.passTo(NINETY);
    expect(alarms(stopped)).toEqual(['eri', 'endOfService']);
  });

  test('a stopped-pump alarm that came a millisecond before it stays', () => {
    const pump = runningChart({ stoppedAlarm: span(NINETY - 1) });
    giveOut(pump);
    pump.send({ type: 'STOP' });
    pump.passTo(NINETY);
    expect(alarms(pump)).toEqual(['stoppedPump', 'eri', 'endOfService']);
  });

  test('under alarmOnly delivery, prescribing and boluses go on; the alarm does not clear', () => {
    const { pump, clinician, patient } = ended({ atEndOfService: 'alarmOnly', emptyPolicy: 'run' });
    expect(pump.status()).toMatchObject({ service: 'endOfService', infusion: 'basal', stopped: null });
    clinician.enter('20 mL');
    expect(clinician.prescribe(prescriptionOf({ basal: '0.5 mL/day' }))).toHaveProperty('reply');
    expect(patient.do('requestBolus')).toHaveProperty('reply');
    expect(pump.status().alarms.map(({ code }) => code)).toEqual(['eri', 'endOfService']);
  });
});

test('at one instant the end of service comes before the end of a bolus', () => {
  const pump = runningChart();
  giveOut(pump);
  pump.passTo(NINETY - parseDuration('2min'));
  pump.enter('20 mL');
  pump.press();
  pump.passTo(NINETY);
  expect(pump.context.lastBolus).toMatchObject({ why: 'endOfService', ended: instant(NINETY), ends: NINETY });
});

describe('the date to replace the pump by', () => {
  test('is not known on the shelf, follows from the implant, and comes nearer when ERI comes early', () => {
    const made = bench();
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    expect(made.sim.belief().replaceBy).toBeNull();
    expect(made.sim.screen().fields.map(({ name }) => name)).not.toContain('replaceBy');
    made.clinician({ type: 'implant' });
    const shown = () => made.sim.screen().fields.find(({ name }) => name === 'replaceBy')?.text;
    expect(shown()).toBe('2033-01-05');
    made.advance('10d');
    made.sim.act({ by: 'world', act: { type: 'batteryLow' } });
    made.clinician({ type: 'interrogate' });
    // 5 January and 10 days and 90 days.
    expect(shown()).toBe('2026-04-15');
    expect(made.sim.report()).toContain('  Replace by                              2026-04-15\n');
    expect(made.sim.belief().replaceBy).toBe(100 * DAY);
  });

  test('and what led to it outlives a snapshot and a loss of power', () => {
    const made = running();
    made.sim.act({ by: 'world', act: { type: 'batteryLow' } });
    const fork = made.sim.fork();
    fork.advance(parseDuration('91d'));
    made.advance('91d');
    expect(fork.belief()).toEqual(made.sim.belief());
    expect(fork.belief()).toMatchObject({ service: 'endOfService', replaceBy: NINETY });
  });
});

test('ERI, the end of service and the stop are one record each', () => {
  const made = running();
  made.sim.act({ by: 'world', act: { type: 'batteryLow' } });
  made.sim.act({ by: 'world', act: { type: 'batteryLow' } });
  made.advance('200d');
  expect(made.logged('alarmRaised')).toEqual([
    { at: 0, code: 'eri' },
    { at: 45 * DAY, code: 'lowReservoir' },
    { at: 50 * DAY, code: 'emptyReservoir' },
    { at: NINETY, code: 'endOfService' },
  ]);
  expect(made.logged('deliveryStopped')).toEqual([{ at: NINETY, why: 'endOfService' }]);
  expect(made.logged('alarmCleared')).toEqual([]);
});
