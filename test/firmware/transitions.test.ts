import { describe, expect, test } from 'vitest';
import { type EventType, EXECUTOR_NAMES, type PumpEvent, plainChart } from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  type Instant,
  instant,
  type Opening,
  parseDuration,
  rate,
  span,
  volume,
} from '../../shared/index.ts';
import { ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, HOUR, periodicOf, prescriptionOf, stagedOf, WALL } from './prescriptions.ts';
import { reaction } from './region-on-bench.ts';
import { type Region, rowsOf, TABLES } from './transition-tables.ts';

const next = prescriptionOf({ basal: '0.5 mL/day' });
const { digest } = stagedOf(next);

/** 0.1 mL in half an hour. */
const ORDER = { rate: rate.parse('4.8 mL/day'), duration: parseDuration('30min'), then: 'basal' } as const;

/** Each event as it comes when all is well. */
const EVENTS: { readonly [T in EventType]: (at: Instant) => Extract<PumpEvent, { type: T }> } = {
  POWER_ON: (at) => ({ type: 'POWER_ON', at }),
  IMPLANT: (at) => ({ type: 'IMPLANT', at, wall: WALL }),
  SESSION_OPENED: (at) => ({ type: 'SESSION_OPENED', at, role: 'clinician' }),
  SESSION_CLOSED: (at) => ({ type: 'SESSION_CLOSED', at, role: 'clinician', lost: false }),
  STAGE: (at) => ({ type: 'STAGE', at, staged: stagedOf(prescriptionOf({ basal: '0.6 mL/day' })) }),
  UPDATE_BEGIN: (at) => ({ type: 'UPDATE_BEGIN', at, digest }),
  UPDATE_COMMIT: (at) => ({ type: 'UPDATE_COMMIT', at, digest, role: 'clinician', library: null }),
  STOP: (at) => ({ type: 'STOP', at }),
  RESUME: (at) => ({ type: 'RESUME', at }),
  ENTER_RESERVOIR: (at) => ({ type: 'ENTER_RESERVOIR', at, volume: volume.parse('20 mL') }),
  NOTE_DISCREPANCY: (at) => ({
    type: 'NOTE_DISCREPANCY',
    at,
    expected: volume.parse('2 mL'),
    aspirated: volume.parse('5 mL'),
    reason: 'stall',
    note: '',
  }),
  BOLUS_REQUEST: (at) => ({ type: 'BOLUS_REQUEST', at }),
  BOLUS_END: (at) => ({ type: 'BOLUS_END', at }),
  CLINICIAN_BOLUS: (at) => ({ type: 'CLINICIAN_BOLUS', at, ...ORDER }),
  CLINICIAN_BOLUS_END: (at) => ({ type: 'CLINICIAN_BOLUS_END', at }),
  CLINICIAN_BOLUS_HALT: (at) => ({ type: 'CLINICIAN_BOLUS_HALT', at }),
  OPENING_END: (at) => ({ type: 'OPENING_END', at }),
  LOCKOUT_END: (at) => ({ type: 'LOCKOUT_END', at }),
  COUNT_RELEASED: (at) => ({ type: 'COUNT_RELEASED', at }),
  RESERVOIR_LOW: (at) => ({ type: 'RESERVOIR_LOW', at }),
  RESERVOIR_EMPTY: (at) => ({ type: 'RESERVOIR_EMPTY', at }),
  LEVEL_READ: (at) => ({ type: 'LEVEL_READ', at, volume: volume.parse('20 mL') }),
  LEVEL_MISREAD: (at) => ({ type: 'LEVEL_MISREAD', at, alarm: 'lowReservoir' }),
  STOPPED_TOO_LONG: (at) => ({ type: 'STOPPED_TOO_LONG', at }),
  SCHEDULE_STEP: (at) => ({ type: 'SCHEDULE_STEP', at }),
  PERIODIC_DUE: (at) => ({ type: 'PERIODIC_DUE', at }),
  PERIODIC_END: (at) => ({ type: 'PERIODIC_END', at }),
  MINIMUM_RATE: (at) => ({ type: 'MINIMUM_RATE', at }),
  CLOCK_SET: (at) => ({ type: 'CLOCK_SET', at, wall: span(WALL + at + HOUR) }),
  RESET: (at) => ({ type: 'RESET', at, timeLost: false }),
  MEMORY_HEALED: (at) => ({ type: 'MEMORY_HEALED', at, bank: 'A' }),
  MEMORY_FAILED: (at) => ({ type: 'MEMORY_FAILED', at, timeLost: false }),
  MEMORY_LOCKED: (at) => ({ type: 'MEMORY_LOCKED', at }),
  MEMORY_UNLOCKED: (at) => ({ type: 'MEMORY_UNLOCKED', at }),
  BATTERY_LOW: (at) => ({ type: 'BATTERY_LOW', at }),
  BATTERY_EMPTY: (at) => ({ type: 'BATTERY_EMPTY', at }),
  BATTERY_RESET: (at) => ({ type: 'BATTERY_RESET', at, safeState: true }),
  ERI: (at) => ({ type: 'ERI', at }),
  END_OF_SERVICE: (at) => ({ type: 'END_OF_SERVICE', at }),
  SILENCE_ALARM: (at) => ({ type: 'SILENCE_ALARM', at, alarm: 'eri' }),
  SILENCE_END: (at) => ({ type: 'SILENCE_END', at }),
  CONDITION_SENSED: (at) => ({ type: 'CONDITION_SENSED', at, condition: 'stall' }),
  CONDITION_GONE: (at) => ({ type: 'CONDITION_GONE', at, condition: 'stall' }),
  CONDITION_DECLARED: (at) => ({ type: 'CONDITION_DECLARED', at }),
  CLEAR_ALARM: (at) => ({ type: 'CLEAR_ALARM', at, alarm: 'occlusion' }),
  SET_ALARM_INTERVAL: (at) => ({ type: 'SET_ALARM_INTERVAL', at, interval: span(300_000) }),
  TEST_ALARM: (at) => ({ type: 'TEST_ALARM', at }),
};
const eventNamed = (name: string, at: Instant): PumpEvent => {
  const make = Object.entries(EVENTS).find(([type]) => type === name)?.[1];
  if (make === undefined) throw new Error(`no event ${name}`);
  return make(at);
};

/** A running pump to which something was done, with `next` staged in a clinician's session. */
const staged = (prepare: (pump: ChartOnBench) => void = () => undefined, changes: Partial<DeviceProfile> = {}) => {
  const pump = runningChart(changes);
  prepare(pump);
  pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
  pump.send({ type: 'STAGE', staged: stagedOf(next, true, false, true) });
  return pump;
};
const updating = (prepare?: (pump: ChartOnBench) => void) => {
  const pump = staged(prepare);
  pump.send({ type: 'UPDATE_BEGIN', digest });
  return pump;
};
/** A pump whose prescription begins with something. */
const opened = (opening: Opening) => () => staged((pump) => pump.commit(prescriptionOf({ opening })));
const FILLING = { rate: rate.parse('4.8 mL/day'), duration: parseDuration('30min') };
const shelf = () => {
  const pump = new ChartOnBench();
  pump.send({ type: 'POWER_ON' });
  return pump;
};
const refilledAtMinimum = (pump: ChartOnBench) => {
  pump.passTo(46 * DAY);
  pump.enter('20 mL');
};
const periodic = (pump: ChartOnBench) => pump.commit(prescriptionOf({ program: periodicOf() }));
/** A patient bolus during which a periodic one fell due has just ended. */
const bolusOver = () => {
  const deferring = { periodicDuringBolus: 'defer' } as const;
  const pump = staged((made) => {
    periodic(made);
    made.passTo(6 * HOUR - 60_000);
    made.press();
    made.passTo(6 * HOUR);
  }, deferring);
  pump.now = pump.context.bolus?.ends ?? pump.now;
  return pump;
};
/** A clinician's bolus during which a periodic one fell due, or beside one that runs, has just ended. */
const orderOver = (periodicDuringBolus: 'defer' | 'add') => () => {
  const pump = staged(
    (made) => {
      periodic(made);
      made.passTo(6 * HOUR - 60_000);
      made.send({ type: 'CLINICIAN_BOLUS', ...ORDER });
      made.passTo(6 * HOUR);
    },
    { periodicDuringBolus },
  );
  pump.now = pump.context.clinician?.ends ?? pump.now;
  return pump;
};
const countUsed = (pump: ChartOnBench) => {
  pump.commit(prescriptionOf({ bolus: { maxPerDay: 1 } }));
  pump.press();
  pump.pass('5h');
};

const noRotation = (pump: ChartOnBench) => pump.send({ type: 'CONDITION_SENSED', condition: 'stall' });

const inSafeState = (pump: ChartOnBench) => pump.send({ type: 'BATTERY_RESET', safeState: true });

const eri = (pump: ChartOnBench) => {
  pump.send({ type: 'BATTERY_LOW' });
  pump.send({ type: 'ERI' });
};
const endOfService = (pump: ChartOnBench) => {
  eri(pump);
  pump.send({ type: 'END_OF_SERVICE' });
};

/** A pump in each state. */
const SITUATIONS: Record<Region, Record<string, () => ChartOnBench>> = {
  service: { shelf, inService: staged, eri: () => staged(eri), endOfService: () => staged(endOfService) },
  memory: {
    sound: () => new ChartOnBench(),
    degraded: () => {
      const pump = new ChartOnBench();
      pump.send({ type: 'MEMORY_LOCKED' });
      return pump;
    },
    failed: () => {
      const pump = new ChartOnBench();
      pump.send({ type: 'MEMORY_FAILED', timeLost: false });
      return pump;
    },
  },
  motor: {
    turning: staged,
    noRotation: () => staged(noRotation),
    stalled: () =>
      staged((pump) => {
        noRotation(pump);
        pump.pass('20min');
      }),
  },
  periodicBolus: {
    off: updating,
    waiting: () => staged(periodic),
    deferred: bolusOver,
    running: () =>
      staged((pump) => {
        periodic(pump);
        pump.passTo(6 * HOUR);
      }),
  },
  infusion: {
    stopped: () => staged((pump) => pump.send({ type: 'STOP' })),
    updating,
    basal: staged,
    patientBolus: () => staged((pump) => pump.press()),
    clinicianBolus: () => staged((pump) => pump.send({ type: 'CLINICIAN_BOLUS', ...ORDER })),
    prime: opened({ type: 'prime', ...FILLING }),
    bridge: opened({ type: 'bridge', ...FILLING }),
    delayed: opened({ type: 'delayed', until: span(WALL + DAY) }),
    defaultSchedule: () => staged(inSafeState, { safeState: 'defaultSchedule' }),
    minimumRate: () => staged(refilledAtMinimum, { lowReservoirPolicy: 'minimumRate' }),
  },
  patientControl: {
    off: () => updating((pump) => pump.commit(prescriptionOf({ bolus: null }))),
    ready: updating,
    lockedOut: () => staged((pump) => pump.press()),
    countUsed: () => staged(countUsed),
  },
  reservoir: {
    normal: updating,
    low: () => staged((pump) => pump.passTo(45 * DAY)),
    empty: () => staged((pump) => pump.passTo(51 * DAY)),
  },
  telemetry: { closed: () => runningChart(), session: staged },
};

const REGIONS: readonly Region[] = [
  'service',
  'memory',
  'motor',
  'patientControl',
  'periodicBolus',
  'infusion',
  'reservoir',
  'telemetry',
];
/** A ready pump is shown in an update, so that a commit finds it; a press finds it running. */
const OTHERWISE: Record<string, () => ChartOnBench> = {
  'ready BOLUS_REQUEST': staged,
  'deferred CLINICIAN_BOLUS_END': orderOver('defer'),
  'deferred CLINICIAN_BOLUS_HALT': orderOver('defer'),
  'running CLINICIAN_BOLUS_HALT': orderOver('add'),
  'noRotation CONDITION_DECLARED': () => {
    const pump = staged(noRotation);
    pump.now = instant(pump.now + 20 * 60_000);
    return pump;
  },
  'waiting UPDATE_COMMIT': () => updating(periodic),
  // A memory fails before anything else has happened.
  'stopped MEMORY_FAILED': () => new ChartOnBench(),
};
const pumpIn = (region: Region, state: string, event: string): ChartOnBench => {
  const situation = OTHERWISE[`${state} ${event}`] ?? SITUATIONS[region][state];
  if (situation === undefined) throw new Error(`no situation for ${region}.${state}`);
  return situation();
};

test('the tables name every region, every state and every event, each once', () => {
  expect(REGIONS).toEqual(Object.keys(plainChart.regions));
  expect(Object.keys(TABLES)).toEqual(REGIONS);
  for (const region of REGIONS) {
    const states = Object.keys(plainChart.regions[region]?.states ?? {});
    const pairs = rowsOf(region).map(({ state, event }) => `${state} ${event}`);
    expect(pairs).toEqual(Object.keys(EVENTS).flatMap((event) => states.map((state) => `${state} ${event}`)));
  }
});

describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => {
  for (const region of REGIONS) {
    test.each(rowsOf(region))(`${region}: $state × $event → $outcome`, ({ state, event, outcome }) => {
      const pump = pumpIn(region, state, event);
      expect(pump.at(region)).toBe(state);
      expect(reaction(region, executor, pump.state, eventNamed(event, pump.now))).toBe(outcome);
    });
  }
});
