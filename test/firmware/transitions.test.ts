import { describe, expect, test } from 'vitest';
import {
  type EventType,
  EXECUTOR_NAMES,
  type PumpEvent,
  type PumpState,
  plainChart,
} from '../../firmware-sim/index.ts';
import { type Instant, volume } from '../../shared/index.ts';
import { ChartOnBench, runningChart } from './chart-on-bench.ts';
import { DAY, prescriptionOf, stagedOf } from './prescriptions.ts';
import { EVENT_TYPES, reaction } from './region-on-bench.ts';

/*
 * State by event, region by region, under the default policies: where the region goes, "stays" where it acts
 * in place, "nothing" where it does not notice. What policies change stands in transitions-guarded.test.ts.
 */

const next = prescriptionOf({ basal: '0.5 mL/day' });
const { digest } = stagedOf(next);

/** Each event as it comes when all is well. */
const eventAt = (at: Instant): { readonly [T in EventType]: Extract<PumpEvent, { type: T }> } => ({
  POWER_ON: { type: 'POWER_ON', at },
  IMPLANT: { type: 'IMPLANT', at },
  SESSION_OPENED: { type: 'SESSION_OPENED', at, role: 'clinician' },
  SESSION_CLOSED: { type: 'SESSION_CLOSED', at, role: 'clinician', lost: false },
  STAGE: { type: 'STAGE', at, staged: stagedOf(prescriptionOf({ basal: '0.6 mL/day' })) },
  UPDATE_BEGIN: { type: 'UPDATE_BEGIN', at, digest },
  UPDATE_COMMIT: { type: 'UPDATE_COMMIT', at, digest, role: 'clinician' },
  STOP: { type: 'STOP', at },
  RESUME: { type: 'RESUME', at },
  ENTER_RESERVOIR: { type: 'ENTER_RESERVOIR', at, volume: volume.parse('20 mL') },
  BOLUS_REQUEST: { type: 'BOLUS_REQUEST', at },
  BOLUS_END: { type: 'BOLUS_END', at },
  LOCKOUT_END: { type: 'LOCKOUT_END', at },
  COUNT_RELEASED: { type: 'COUNT_RELEASED', at },
  RESERVOIR_LOW: { type: 'RESERVOIR_LOW', at },
  RESERVOIR_EMPTY: { type: 'RESERVOIR_EMPTY', at },
  STOPPED_TOO_LONG: { type: 'STOPPED_TOO_LONG', at },
});

/** A running pump with `next` staged in a clinician's session, and something done to it before. */
const staged = (prepare: (pump: ChartOnBench) => void = () => undefined, changes = {}) => {
  const pump = runningChart(changes);
  prepare(pump);
  pump.send({ type: 'SESSION_OPENED', role: 'clinician' });
  pump.send({ type: 'STAGE', staged: stagedOf(next, true) });
  return pump;
};
const updating = (prepare?: (pump: ChartOnBench) => void, changes = {}) => {
  const pump = staged(prepare, changes);
  pump.send({ type: 'UPDATE_BEGIN', digest });
  return pump;
};
const shelf = () => {
  const pump = new ChartOnBench();
  pump.send({ type: 'POWER_ON' });
  return pump;
};
const minimumRate = (pump: ChartOnBench) => pump.passTo(46 * DAY);
const once = { bolus: { maxPerDay: 1 } };

type Row = Record<EventType, string>;
const nothing = Object.fromEntries(EVENT_TYPES.map((type) => [type, 'nothing'])) as Row;
interface State {
  readonly pump: () => ChartOnBench;
  /** What is not written does nothing, and is checked to do nothing. */
  readonly on: Partial<Row>;
}

const TABLES: Record<string, Record<string, State>> = {
  service: {
    shelf: { pump: shelf, on: { POWER_ON: 'stays', IMPLANT: 'inService' } },
    inService: { pump: () => staged(), on: {} },
  },

  infusion: {
    stopped: {
      pump: () => staged((pump) => pump.send({ type: 'STOP' })),
      on: { UPDATE_BEGIN: 'updating', RESUME: 'basal', STOPPED_TOO_LONG: 'stays' },
    },
    updating: {
      pump: () => updating(),
      on: { UPDATE_COMMIT: 'basal', SESSION_CLOSED: 'stopped', STOP: 'stopped', STOPPED_TOO_LONG: 'stays' },
    },
    basal: {
      pump: () => staged(),
      on: { BOLUS_REQUEST: 'patientBolus', UPDATE_BEGIN: 'updating', STOP: 'stopped', STOPPED_TOO_LONG: 'stays' },
    },
    patientBolus: {
      pump: () => staged((pump) => pump.press()),
      on: { BOLUS_END: 'basal', UPDATE_BEGIN: 'updating', STOP: 'stopped', RESERVOIR_EMPTY: 'basal' },
    },
    minimumRate: {
      pump: () =>
        staged((pump) => void [minimumRate(pump), pump.enter('20 mL')], { lowReservoirPolicy: 'minimumRate' }),
      on: { RESUME: 'basal', UPDATE_BEGIN: 'updating', STOP: 'stopped', STOPPED_TOO_LONG: 'stays' },
    },
  },

  patientControl: {
    off: {
      pump: () => updating((pump) => pump.commit(prescriptionOf({ bolus: null }))),
      on: { BOLUS_REQUEST: 'stays', UPDATE_COMMIT: 'ready' },
    },
    ready: { pump: () => staged(), on: { BOLUS_REQUEST: 'lockedOut' } },
    lockedOut: {
      pump: () => staged((pump) => pump.press()),
      on: { BOLUS_REQUEST: 'stays', LOCKOUT_END: 'ready' },
    },
    countUsed: {
      pump: () =>
        staged((pump) => {
          pump.commit(prescriptionOf(once));
          pump.press();
          pump.pass('5h');
        }),
      on: { BOLUS_REQUEST: 'stays', COUNT_RELEASED: 'ready' },
    },
  },

  reservoir: {
    normal: {
      pump: () => staged(),
      on: { RESERVOIR_LOW: 'low', RESERVOIR_EMPTY: 'empty', ENTER_RESERVOIR: 'stays' },
    },
    low: {
      pump: () => staged((pump) => pump.passTo(45 * DAY)),
      on: { RESERVOIR_EMPTY: 'empty', ENTER_RESERVOIR: 'normal' },
    },
    empty: { pump: () => staged((pump) => pump.passTo(51 * DAY)), on: { ENTER_RESERVOIR: 'normal' } },
  },

  telemetry: {
    closed: { pump: () => runningChart(), on: { SESSION_OPENED: 'session', SESSION_CLOSED: 'stays' } },
    session: {
      pump: () => staged(),
      on: { SESSION_OPENED: 'stays', SESSION_CLOSED: 'closed', STAGE: 'stays' },
    },
  },
};

test('the tables name every region and every state of the chart', () => {
  const states = (of: Readonly<Record<string, object>>) => Object.keys(of).sort();
  expect(states(TABLES)).toEqual(states(plainChart.regions));
  for (const [region, { states: all }] of Object.entries(plainChart.regions)) {
    expect(states(TABLES[region] ?? {})).toEqual(states(all));
  }
});

describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => {
  for (const [region, states] of Object.entries(TABLES)) {
    describe(region, () => {
      for (const [state, { pump, on }] of Object.entries(states)) {
        const rows = Object.entries({ ...nothing, ...on }) as [EventType, string][];
        test.each(rows)(`${state} × %s → %s`, (type, expected) => {
          const { state: from, now } = pump();
          expect(from.value[region]).toBe(state);
          const reached: PumpState = structuredClone(from);
          expect(reaction(region, executor, reached, eventAt(now)[type])).toBe(expected);
        });
      }
    });
  }
});
