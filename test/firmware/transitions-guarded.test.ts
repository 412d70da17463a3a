import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES, type PumpEvent } from '../../firmware-sim/index.ts';
import { type DeviceProfile, instant, type Prescription, volume } from '../../shared/index.ts';
import { type ChartOnBench, type Happening, runningChart } from './chart-on-bench.ts';
import { DAY, prescriptionOf, stagedOf } from './prescriptions.ts';
import { reaction } from './region-on-bench.ts';
import type { Region } from './transition-tables.ts';

/* Transitions that depend on policies, payloads and what went before: one row each. */

type Changes = Partial<DeviceProfile>;
type Doing = (pump: ChartOnBench) => void;

const next = prescriptionOf({ basal: '0.5 mL/day' });
const wrong = stagedOf(prescriptionOf({ basal: '0.9 mL/day' })).digest;
const noBolus = prescriptionOf({ bolus: null });

const pump = (prepare: Doing, changes: Changes = {}) => {
  const made = runningChart(changes);
  prepare(made);
  return made;
};
const updating = (prescription: Prescription, changes: Changes = {}, before: Doing = () => undefined, run = false) =>
  pump((made) => {
    before(made);
    made.beginUpdate(prescription, run);
  }, changes);

const stop: Doing = (made) => made.send({ type: 'STOP' });
const low: Doing = (made) => made.passTo(45 * DAY);
const empty: Doing = (made) => made.passTo(51 * DAY);
const press: Doing = (made) => made.press();
const used: Doing = (made) => {
  made.press();
  made.pass('5h');
};
const begin = (digest: string): Happening => ({ type: 'UPDATE_BEGIN', digest });
const commit = (prescription: Prescription, digest = stagedOf(prescription).digest): Happening => ({
  type: 'UPDATE_COMMIT',
  digest,
  role: 'clinician',
  library: null,
});
const closed: Happening = { type: 'SESSION_CLOSED', role: 'clinician', lost: true };
const enter = (amount: string): Happening => ({ type: 'ENTER_RESERVOIR', volume: volume.parse(amount) });
const RESUME: Happening = { type: 'RESUME' };
const LOW: Happening = { type: 'RESERVOIR_LOW' };
const EMPTY: Happening = { type: 'RESERVOIR_EMPTY' };
const minimum: Changes = { lowReservoirPolicy: 'minimumRate' };
const emptyMinimum: Changes = { emptyPolicy: 'minimumRate' };
const emptyStop: Changes = { emptyPolicy: 'stop' };
const once = prescriptionOf({ bolus: { maxPerDay: 1 } });
const onceADay: Doing = (made) => made.commit(once);
const both =
  (first: Doing, second: Doing): Doing =>
  (made) => {
    first(made);
    second(made);
  };
const resumeOld: Changes = { onUpdateAbort: 'resumeOld' };

const eri: Doing = (made) => {
  made.send({ type: 'BATTERY_LOW' });
  made.send({ type: 'ERI' });
};
const END: Happening = { type: 'END_OF_SERVICE' };
const alarmOnly: Changes = { atEndOfService: 'alarmOnly' };
const session: Doing = (made) => made.send({ type: 'SESSION_OPENED', role: 'clinician' });
const silence = (alarm: 'lowReservoir' | 'endOfService'): Happening => ({ type: 'SILENCE_ALARM', alarm });

type Guarded = readonly [what: string, region: Region, from: string, () => ChartOnBench, Happening, to: string];

const ROWS: readonly Guarded[] = [
  // Commit
  ['commit of another digest', 'infusion', 'updating', () => updating(next), commit(next, wrong), '-'],
  ['commit, clinician stop, no run', 'infusion', 'updating', () => updating(next, {}, stop), commit(next), 'stopped'],
  ['commit, clinician stop, run', 'infusion', 'updating', () => updating(next, {}, stop, true), commit(next), 'basal'],
  [
    'commit that waits',
    'infusion',
    'updating',
    () => updating(next, { afterCommit: 'waitForStart' }),
    commit(next),
    'stopped',
  ],
  ['commit when low', 'infusion', 'updating', () => updating(next, minimum, low), commit(next), 'minimumRate'],
  ['commit when empty', 'infusion', 'updating', () => updating(next, emptyStop, empty), commit(next), 'stopped'],
  ['commit when empty', 'infusion', 'updating', () => updating(next, emptyMinimum, empty), commit(next), 'minimumRate'],
  // Abort
  ['abort, old mode', 'infusion', 'updating', () => updating(next, resumeOld), closed, 'basal'],
  [
    'abort, old mode, low',
    'infusion',
    'updating',
    () => updating(next, { ...resumeOld, ...minimum }, low),
    closed,
    'minimumRate',
  ],
  ['abort, old mode, stopped', 'infusion', 'updating', () => updating(next, resumeOld, stop), closed, 'stopped'],
  ['the patient’s session closing', 'infusion', 'updating', () => updating(next), { ...closed, role: 'patient' }, '-'],
  // Begin and resume
  [
    'begin of another digest',
    'infusion',
    'basal',
    () => pump((made) => made.send({ type: 'SESSION_OPENED', role: 'clinician' })),
    begin(wrong),
    '-',
  ],
  ['resume when empty', 'infusion', 'stopped', () => pump(empty, emptyStop), RESUME, '-'],
  ['resume when low', 'infusion', 'stopped', () => pump(both(low, stop), minimum), RESUME, 'minimumRate'],
  ['resume while still low', 'infusion', 'minimumRate', () => pump(low, minimum), RESUME, '-'],
  // Policies
  ['low, minimum rate', 'infusion', 'basal', () => pump(() => undefined, minimum), LOW, 'minimumRate'],
  ['low, bolus, minimum rate', 'infusion', 'patientBolus', () => pump(press, minimum), LOW, 'minimumRate'],
  [
    'low, bolus, basal only',
    'infusion',
    'patientBolus',
    () => pump(press, { lowReservoirPolicy: 'basalOnly' }),
    LOW,
    'basal',
  ],
  ['empty, stop', 'infusion', 'basal', () => pump(low, emptyStop), EMPTY, 'stopped'],
  ['empty, minimum rate', 'infusion', 'basal', () => pump(low, emptyMinimum), EMPTY, 'minimumRate'],
  ['empty, bolus, stop', 'infusion', 'patientBolus', () => pump(press, emptyStop), EMPTY, 'stopped'],
  ['empty, bolus, minimum rate', 'infusion', 'patientBolus', () => pump(press, emptyMinimum), EMPTY, 'minimumRate'],
  [
    'empty, minimum rate, stop',
    'infusion',
    'minimumRate',
    () => pump(low, { ...minimum, ...emptyStop }),
    EMPTY,
    'stopped',
  ],
  ['low volume entered', 'infusion', 'basal', () => pump(() => undefined, minimum), enter('2 mL'), 'minimumRate'],
  ['no volume entered', 'infusion', 'basal', () => pump(() => undefined, emptyStop), enter('0 mL'), 'stopped'],
  ['low volume entered', 'infusion', 'patientBolus', () => pump(press), enter('2 mL'), '-'],
  ['no volume entered', 'infusion', 'patientBolus', () => pump(press), enter('0 mL'), 'basal'],
  ['too much entered', 'infusion', 'patientBolus', () => pump(press, emptyStop), enter('20.1 mL'), '-'],
  [
    'no volume entered',
    'infusion',
    'minimumRate',
    () => pump(low, { ...minimum, ...emptyStop }),
    enter('0 mL'),
    'stopped',
  ],
  // Patient control
  ['commit without bolus', 'patientControl', 'ready', () => updating(noBolus), commit(noBolus), 'off'],
  ['commit without bolus', 'patientControl', 'lockedOut', () => updating(noBolus, {}, press), commit(noBolus), 'off'],
  [
    'commit without bolus',
    'patientControl',
    'countUsed',
    () => updating(noBolus, {}, both(onceADay, used)),
    commit(noBolus),
    'off',
  ],
  [
    'commit with more boluses',
    'patientControl',
    'countUsed',
    () => updating(next, {}, both(onceADay, used)),
    commit(next),
    'ready',
  ],
  ['commit with fewer boluses', 'patientControl', 'ready', () => updating(once, {}, used), commit(once), 'countUsed'],
  [
    'commit with a longer lockout',
    'patientControl',
    'ready',
    () => updating(prescriptionOf({ bolus: { lockout: '9h' } }), {}, used),
    commit(prescriptionOf({ bolus: { lockout: '9h' } })),
    'lockedOut',
  ],
  [
    'lockout ends, count used',
    'patientControl',
    'lockedOut',
    () => pump(both(onceADay, press)),
    { type: 'LOCKOUT_END' },
    'countUsed',
  ],
  ['press while stopped', 'patientControl', 'ready', () => pump(stop), { type: 'BOLUS_REQUEST' }, 'stays'],
  // Reservoir
  ['low volume entered', 'reservoir', 'normal', () => pump(() => undefined), enter('2 mL'), 'low'],
  ['no volume entered', 'reservoir', 'normal', () => pump(() => undefined), enter('0 mL'), 'empty'],
  ['low volume entered', 'reservoir', 'empty', () => pump(empty), enter('1 mL'), 'low'],
  ['low volume entered', 'reservoir', 'low', () => pump(low), enter('1 mL'), 'stays'],
  ['no volume entered', 'reservoir', 'low', () => pump(low), enter('0 mL'), 'empty'],
  ['no volume entered', 'reservoir', 'empty', () => pump(empty), enter('0 mL'), 'stays'],
  ['too much entered', 'reservoir', 'low', () => pump(low), enter('20.1 mL'), '-'],
  [
    'higher threshold',
    'reservoir',
    'normal',
    () => updating(prescriptionOf({ lowReservoir: '20 mL' })),
    commit(prescriptionOf({ lowReservoir: '20 mL' })),
    'low',
  ],
  [
    'lower threshold',
    'reservoir',
    'low',
    () => updating(prescriptionOf({ lowReservoir: '1 mL' }), {}, low),
    commit(prescriptionOf({ lowReservoir: '1 mL' })),
    'normal',
  ],
  // End of service
  ['end of service, stopped', 'infusion', 'stopped', () => pump(both(eri, stop)), END, 'stays'],
  ['end of service', 'infusion', 'updating', () => updating(next, {}, eri), END, 'stopped'],
  ['end of service', 'infusion', 'basal', () => pump(eri), END, 'stopped'],
  ['end of service', 'infusion', 'patientBolus', () => pump(both(eri, press)), END, 'stopped'],
  ['end of service', 'infusion', 'minimumRate', () => pump(both(low, eri), minimum), END, 'stopped'],
  ['end of service, stopped, alarm only', 'infusion', 'stopped', () => pump(both(eri, stop), alarmOnly), END, '-'],
  ['end of service, alarm only', 'infusion', 'updating', () => updating(next, alarmOnly, eri), END, '-'],
  ['end of service, alarm only', 'infusion', 'basal', () => pump(eri, alarmOnly), END, '-'],
  ['end of service, alarm only', 'infusion', 'patientBolus', () => pump(both(eri, press), alarmOnly), END, '-'],
  [
    'end of service, alarm only',
    'infusion',
    'minimumRate',
    () => pump(both(low, eri), { ...minimum, ...alarmOnly }),
    END,
    '-',
  ],
  // Telemetry
  ['silencing an alarm', 'telemetry', 'session', () => pump(both(low, session)), silence('lowReservoir'), 'stays'],
  ['silencing what is not active', 'telemetry', 'session', () => pump(session), silence('lowReservoir'), '-'],
  [
    'silencing the end of service',
    'telemetry',
    'session',
    () =>
      pump(
        both(
          both(eri, (made) => made.send(END)),
          session,
        ),
      ),
    silence('endOfService'),
    '-',
  ],
  [
    'the end of a silence',
    'telemetry',
    'session',
    () =>
      pump((made) => {
        both(low, session)(made);
        made.send(silence('lowReservoir'));
        made.now = instant(made.now + made.context.profile.silenceLimit);
      }),
    { type: 'SILENCE_END' },
    'stays',
  ],
  [
    'the patient’s session',
    'telemetry',
    'closed',
    () => pump(() => undefined),
    { type: 'SESSION_OPENED', role: 'patient' },
    'stays',
  ],
  ['the patient’s session', 'telemetry', 'session', () => updating(next), { ...closed, role: 'patient' }, 'stays'],
  [
    'staging what is refused',
    'telemetry',
    'session',
    () => updating(next),
    { type: 'STAGE', staged: stagedOf(next) },
    '-',
  ],
];

describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => {
  test.each(ROWS)('%s (%s: %s)', (_, region, from, make, happening, to) => {
    const made = make();
    expect(made.at(region)).toBe(from);
    const event: PumpEvent = { ...happening, at: made.now };
    expect(reaction(region, executor, made.state, event)).toBe(to);
  });
});
