import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { type DeviceProfile, type Prescription, span, volume } from '../../shared/index.ts';
import { ChartOnBench, type Happening, logged, runningChart } from './chart-on-bench.ts';
import { DAY, dailyOf, HOUR, periodicOf, prescriptionOf, stagedOf, WALL, wallOf } from './prescriptions.ts';
import { reaction } from './region-on-bench.ts';
import type { Region } from './transition-tables.ts';

/* Transitions of programs, clock and reset that depend on policies, payloads and what went before. */

type Changes = Partial<DeviceProfile>;
type Doing = (pump: ChartOnBench) => void;
const nothing: Doing = () => undefined;

const MINUTE = 60_000;
const SIX_HOURS = 6 * HOUR;
const periodic = prescriptionOf({ program: periodicOf() });
const oneADay = prescriptionOf({ bolus: { maxPerDay: 1 } });
const sleeping = prescriptionOf({ program: dailyOf({ '00:00': '0 mL/day', '12:00': '0.4 mL/day' }) });
const even = prescriptionOf({ program: dailyOf({ '00:00': '0.4 mL/day', '12:00': '0.4 mL/day' }) });
const atMinimum = prescriptionOf({
  program: { type: 'minimumRate', rate: runningChart().context.profile.minimumRate },
});
/** 0.9 mL/day from 10 h on: 262.5 mcg in any 24 h that have 14 h of it, 13.9 mcg too few for a bolus more. */
const limited = prescriptionOf({
  program: dailyOf({ '00:00': '0 mL/day', '10:00': '0.9 mL/day' }),
  doseLimit: { dose: '263 mcg', window: '24h' },
});

const running = (prescription: Prescription, prepare: Doing = nothing, changes: Changes = {}) => {
  const pump = runningChart(changes, prescription);
  prepare(pump);
  return pump;
};
const updating = (prescription: Prescription, before: Prescription = prescriptionOf(), changes: Changes = {}) =>
  running(before, (pump) => pump.beginUpdate(prescription), changes);
/** A patient bolus runs when the first periodic bolus falls due. */
const during = (periodicDuringBolus: DeviceProfile['periodicDuringBolus'], prepare: Doing = nothing) =>
  running(
    periodic,
    (pump) => {
      pump.passTo(SIX_HOURS - MINUTE);
      pump.press();
      pump.now = atDue.now;
      prepare(pump);
    },
    { periodicDuringBolus },
  );
const atDue = { now: runningChart({}, periodic).context.periodicNext ?? runningChart().now };
const deferred = (prepare: Doing = nothing, changes: Changes = {}) =>
  running(
    periodic,
    (pump) => {
      pump.passTo(SIX_HOURS - MINUTE);
      pump.press();
      pump.passTo(SIX_HOURS);
      prepare(pump);
    },
    { periodicDuringBolus: 'defer', ...changes },
  );
const bolusOver: Doing = (pump) => {
  pump.now = pump.context.bolus?.ends ?? pump.now;
};
const due: Doing = (pump) => pump.passTo(SIX_HOURS);
const dueSoon: Doing = (pump) => {
  pump.passTo(SIX_HOURS - 1);
  pump.now = atDue.now;
};
const stop: Doing = (pump) => pump.send({ type: 'STOP' });
const press: Doing = (pump) => pump.press();
const both =
  (...all: readonly Doing[]): Doing =>
  (pump) => {
    for (const each of all) each(pump);
  };
/** Implanted, filled and never prescribed for. */
const fresh = () => {
  const pump = new ChartOnBench();
  pump.send({ type: 'POWER_ON' });
  pump.enter('20 mL');
  pump.send({ type: 'IMPLANT', wall: WALL });
  return pump;
};
const shelf = () => {
  const pump = new ChartOnBench();
  pump.send({ type: 'POWER_ON' });
  return pump;
};
/** Gave its one bolus an hour before midnight, and its lockout is over. */
const nextDay = (changes: Changes = {}) =>
  running(
    oneADay,
    (pump) => {
      pump.passTo(15 * HOUR);
      pump.press();
      pump.passTo(20 * HOUR);
    },
    { countWindow: 'calendarDay', ...changes },
  );
const sameDay = (changes: Changes = {}) =>
  running(
    oneADay,
    (pump) => {
      pump.press();
      pump.passTo(5 * HOUR);
    },
    { countWindow: 'calendarDay', ...changes },
  );

const low: Changes = { lowReservoirPolicy: 'basalOnly' };
const lowMinimum: Changes = { lowReservoirPolicy: 'minimumRate' };
const toMinimum: Changes = { maxDoseDenied: 'denyAndMinimumRate' };
const DUE: Happening = { type: 'PERIODIC_DUE' };
const END: Happening = { type: 'BOLUS_END' };
const LOW: Happening = { type: 'RESERVOIR_LOW' };
const EMPTY: Happening = { type: 'RESERVOIR_EMPTY' };
const STEP: Happening = { type: 'SCHEDULE_STEP' };
const MINIMUM: Happening = { type: 'MINIMUM_RATE' };
const RESUME: Happening = { type: 'RESUME' };
const PRESS: Happening = { type: 'BOLUS_REQUEST' };
const BEGIN_WRONG: Happening = { type: 'UPDATE_BEGIN', digest: '0'.repeat(32) };
const kept: Happening = { type: 'RESET', timeLost: false };
const lost: Happening = { type: 'RESET', timeLost: true };
const enter = (amount: string): Happening => ({ type: 'ENTER_RESERVOIR', volume: volume.parse(amount) });
const clock = (text: string): Happening => ({ type: 'CLOCK_SET', wall: wallOf(text) });
const commit = (prescription: Prescription, digest = stagedOf(prescription).digest): Happening => ({
  type: 'UPDATE_COMMIT',
  digest,
  role: 'clinician',
  library: null,
});

type Row = readonly [what: string, region: Region, from: string, () => ChartOnBench, Happening, to: string];

const ROWS: readonly Row[] = [
  // Periodic boluses: off and waiting
  ['commit of a periodic program', 'periodicBolus', 'off', () => updating(periodic), commit(periodic), 'waiting'],
  ['commit of another digest', 'periodicBolus', 'off', () => updating(periodic), commit(oneADay), '-'],
  ['commit of another digest', 'periodicBolus', 'waiting', () => updating(oneADay, periodic), commit(periodic), '-'],
  ['commit of periodic again', 'periodicBolus', 'waiting', () => updating(periodic, periodic), commit(periodic), '-'],
  ['due', 'periodicBolus', 'waiting', () => running(periodic, dueSoon), DUE, 'running'],
  ['due while stopped', 'periodicBolus', 'waiting', () => running(periodic, both(stop, dueSoon)), DUE, 'stays'],
  ['due in an update', 'periodicBolus', 'waiting', () => updating(oneADay, periodic), DUE, 'stays'],
  ['due in a bolus, skip', 'periodicBolus', 'waiting', () => during('skip'), DUE, 'stays'],
  ['due in a bolus, defer', 'periodicBolus', 'waiting', () => during('defer'), DUE, 'deferred'],
  ['due in a bolus, add', 'periodicBolus', 'waiting', () => during('add'), DUE, 'running'],
  ['due at the end of a bolus', 'periodicBolus', 'waiting', () => during('skip', bolusOver), DUE, 'running'],
  [
    'due with too little left',
    'periodicBolus',
    'waiting',
    () =>
      running(
        periodic,
        both(dueSoon, (pump) => pump.enter('0.019999 mL')),
      ),
    DUE,
    'stays',
  ],
  [
    'due with just enough left',
    'periodicBolus',
    'waiting',
    () =>
      running(
        periodic,
        both(dueSoon, (pump) => pump.enter('0.02 mL')),
      ),
    DUE,
    'running',
  ],
  [
    'due when low, basal only',
    'periodicBolus',
    'waiting',
    () =>
      running(
        periodic,
        both(dueSoon, (pump) => pump.enter('1 mL')),
        low,
      ),
    DUE,
    'stays',
  ],
  [
    'due at the minimum rate',
    'periodicBolus',
    'waiting',
    () =>
      running(
        periodic,
        both((pump) => pump.send(MINIMUM), dueSoon),
      ),
    DUE,
    'stays',
  ],
  ['reset', 'periodicBolus', 'waiting', () => running(periodic), lost, '-'],
  // Deferred
  ['bolus ends', 'periodicBolus', 'deferred', () => deferred(bolusOver), END, 'running'],
  [
    'bolus ends with too little left',
    'periodicBolus',
    'deferred',
    () => deferred(both((pump) => pump.enter('0.03 mL'), bolusOver)),
    END,
    'waiting',
  ],
  ['begin of another digest', 'periodicBolus', 'deferred', () => deferred(), BEGIN_WRONG, '-'],
  ['low, basal only', 'periodicBolus', 'deferred', () => deferred(nothing, low), LOW, 'waiting'],
  ['low, minimum rate', 'periodicBolus', 'deferred', () => deferred(nothing, lowMinimum), LOW, 'waiting'],
  ['low volume entered, alarm', 'periodicBolus', 'deferred', () => deferred(), enter('1 mL'), '-'],
  [
    'low volume entered, basal only',
    'periodicBolus',
    'deferred',
    () => deferred(nothing, low),
    enter('1 mL'),
    'waiting',
  ],
  ['no volume entered', 'periodicBolus', 'deferred', () => deferred(), enter('0 mL'), 'waiting'],
  ['too much entered', 'periodicBolus', 'deferred', () => deferred(), enter('20.1 mL'), '-'],
  // Running
  ['begin of another digest', 'periodicBolus', 'running', () => running(periodic, due), BEGIN_WRONG, '-'],
  ['low, basal only', 'periodicBolus', 'running', () => running(periodic, due, low), LOW, 'waiting'],
  ['low, minimum rate', 'periodicBolus', 'running', () => running(periodic, due, lowMinimum), LOW, 'waiting'],
  ['low volume entered, alarm', 'periodicBolus', 'running', () => running(periodic, due), enter('1 mL'), '-'],
  [
    'low volume entered, basal only',
    'periodicBolus',
    'running',
    () => running(periodic, due, low),
    enter('1 mL'),
    'waiting',
  ],
  ['no volume entered', 'periodicBolus', 'running', () => running(periodic, due), enter('0 mL'), 'waiting'],
  ['too much entered', 'periodicBolus', 'running', () => running(periodic, due), enter('20.1 mL'), '-'],
  ['press over the limit', 'periodicBolus', 'running', () => running(periodicLimited(), due), PRESS, '-'],
  [
    'press over the limit, minimum rate',
    'periodicBolus',
    'running',
    () => running(periodicLimited(), due, toMinimum),
    PRESS,
    'waiting',
  ],
  // Infusion and periodic boluses
  ['periodic bolus due', 'infusion', 'basal', () => running(periodic, dueSoon), DUE, 'stays'],
  [
    'periodic bolus due, too little left',
    'infusion',
    'basal',
    () =>
      running(
        periodic,
        both(dueSoon, (pump) => pump.enter('0.01 mL')),
      ),
    DUE,
    '-',
  ],
  ['periodic bolus due, skip', 'infusion', 'patientBolus', () => during('skip'), DUE, '-'],
  ['periodic bolus due, defer', 'infusion', 'patientBolus', () => during('defer'), DUE, '-'],
  ['periodic bolus due, add', 'infusion', 'patientBolus', () => during('add'), DUE, 'stays'],
  ['low, periodic bolus, alarm', 'infusion', 'basal', () => running(periodic, due), LOW, '-'],
  ['low, periodic bolus, basal only', 'infusion', 'basal', () => running(periodic, due, low), LOW, 'stays'],
  ['low, none running, basal only', 'infusion', 'basal', () => running(periodic, nothing, low), LOW, '-'],
  ['empty, periodic bolus, run', 'infusion', 'basal', () => running(periodic, due), EMPTY, 'stays'],
  ['empty, none running, run', 'infusion', 'basal', () => running(periodic), EMPTY, '-'],
  ['low volume entered, periodic bolus, alarm', 'infusion', 'basal', () => running(periodic, due), enter('1 mL'), '-'],
  ['no volume entered, periodic bolus, run', 'infusion', 'basal', () => running(periodic, due), enter('0 mL'), 'stays'],
  ['no volume entered, none running, run', 'infusion', 'basal', () => running(periodic), enter('0 mL'), '-'],
  // Minimum rate
  ['minimum rate on the shelf', 'infusion', 'stopped', shelf, MINIMUM, '-'],
  ['minimum rate without prescription', 'infusion', 'stopped', fresh, MINIMUM, '-'],
  [
    'minimum rate when empty, stop',
    'infusion',
    'stopped',
    () => running(prescriptionOf(), (pump) => pump.passTo(51 * DAY), { emptyPolicy: 'stop' }),
    MINIMUM,
    '-',
  ],
  ['commit of the minimum rate', 'infusion', 'updating', () => updating(atMinimum), commit(atMinimum), 'minimumRate'],
  ['resume, prescribed', 'infusion', 'stopped', () => running(atMinimum, stop), RESUME, 'minimumRate'],
  ['resume, prescribed', 'infusion', 'minimumRate', () => running(atMinimum), RESUME, '-'],
  [
    'abort, old minimum rate',
    'infusion',
    'updating',
    () => updating(periodic, atMinimum, { onUpdateAbort: 'resumeOld' }),
    { type: 'SESSION_CLOSED', role: 'clinician', lost: true },
    'minimumRate',
  ],
  // Dose limit
  [
    'press within the limit',
    'infusion',
    'basal',
    () => running(prescriptionOf(), nothing, toMinimum),
    PRESS,
    'patientBolus',
  ],
  ['press over the limit', 'infusion', 'basal', () => running(limited, (pump) => pump.pass('3h')), PRESS, '-'],
  [
    'press over the limit, minimum rate',
    'infusion',
    'basal',
    () => running(limited, (pump) => pump.pass('3h'), toMinimum),
    PRESS,
    'minimumRate',
  ],
  [
    'press locked out, minimum rate for the limit alone',
    'infusion',
    'basal',
    () =>
      running(
        prescriptionOf(),
        both(press, (pump) => pump.pass('1h')),
        toMinimum,
      ),
    PRESS,
    '-',
  ],
  // Clock
  [
    'clock moved over the limit',
    'infusion',
    'basal',
    () => running(limited, (p) => p.pass('15h')),
    clock('2026-01-05 10:00'),
    '-',
  ],
  [
    'clock moved forward in it',
    'infusion',
    'basal',
    () => running(limited, (p) => p.pass('3h')),
    clock('2026-01-06 00:00'),
    'stays',
  ],
  ['clock set in an update', 'infusion', 'updating', () => updating(periodic), clock('2026-01-05 10:00'), '-'],
  ['the day is over', 'patientControl', 'countUsed', () => sameDay(), clock('2026-01-06 00:00'), 'ready'],
  ['the day is not over', 'patientControl', 'countUsed', () => sameDay(), clock('2026-01-05 23:59'), '-'],
  [
    'the day is over, 24 h counted',
    'patientControl',
    'countUsed',
    () => sameDay({ countWindow: 'rolling24h' }),
    clock('2026-01-06 00:00'),
    '-',
  ],
  ['back into the day before', 'patientControl', 'ready', () => nextDay(), clock('2026-01-05 23:59'), 'countUsed'],
  ['still the next day', 'patientControl', 'ready', () => nextDay(), clock('2026-01-06 04:30'), '-'],
  // Reset
  ['time lost after midnight', 'patientControl', 'ready', () => nextDay(), lost, 'countUsed'],
  ['time kept after midnight', 'patientControl', 'ready', () => nextDay(), kept, '-'],
  ['time lost, no bolus given', 'patientControl', 'ready', () => running(oneADay), lost, '-'],
  ['time lost', 'patientControl', 'lockedOut', () => running(oneADay, press), lost, '-'],
  ['time lost', 'patientControl', 'countUsed', () => sameDay(), lost, '-'],
  ['time lost', 'infusion', 'patientBolus', () => running(oneADay, press), lost, 'basal'],
  ['time lost', 'infusion', 'stopped', () => running(oneADay, stop), lost, 'stays'],
];

/** Basal and periodic boluses of 10 mcg every 6 h, and no room for a patient bolus beside them. */
function periodicLimited(): Prescription {
  return prescriptionOf({ program: periodicOf(), doseLimit: { dose: '60.01 mcg', window: '6h' } });
}

describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => {
  test.each(ROWS)('%s (%s: %s)', (_, region, from, make, happening, to) => {
    const made = make();
    expect(made.at(region)).toBe(from);
    expect(reaction(region, executor, made.state, { ...happening, at: made.now })).toBe(to);
  });
});

type Logging = readonly [what: string, () => ChartOnBench, Happening, rate: number, logs: readonly string[]];

/** Zero steps come and go in the same state: what is commanded afterwards, and what the log says. */
const LOGS: readonly Logging[] = [
  ['a step to zero', () => running(sleeping, (p) => p.passTo(16 * HOUR - 1)), STEP, 0, ['zeroStep']],
  ['a step from zero', () => running(sleeping, (p) => p.passTo(4 * HOUR - 1)), STEP, 400_000, ['deliveryStarted']],
  ['a step that changes nothing', () => running(even), STEP, 400_000, []],
  [
    'a clock set into a zero step',
    () => running(sleeping, (p) => p.pass('5h')),
    clock('2026-01-06 02:00'),
    0,
    ['clockSet', 'zeroStep'],
  ],
  ['a clock set out of one', () => running(sleeping), clock('2026-01-05 13:00'), 400_000, ['clockSet']],
  ['a clock set while stopped', () => running(sleeping, stop), clock('2026-01-05 13:00'), 0, ['clockSet']],
  ['a reset in a zero step', () => running(sleeping), kept, 0, ['reset', 'zeroStep']],
  ['a reset in another', () => running(sleeping, (p) => p.pass('5h')), kept, 400_000, ['reset']],
  ['a reset with the time lost: the mean of the day', () => running(sleeping), lost, 200_000, ['reset']],
  ['a reset in a bolus', () => running(oneADay, press), kept, 400_000, ['reset', 'bolusEnded']],
  ['the minimum rate in a bolus', () => running(oneADay, press), MINIMUM, 6000, ['bolusEnded', 'minimumRateStarted']],
  ['the minimum rate in a zero step', () => running(sleeping), MINIMUM, 0, ['minimumRateStarted', 'zeroStep']],
  ['a periodic bolus', () => running(periodic, dueSoon), DUE, 7_600_000, ['periodicStarted']],
  ['a periodic bolus skipped', () => running(periodic, both(stop, dueSoon)), DUE, 0, ['periodicSkipped']],
  [
    'a periodic bolus cut by a stop',
    () => running(periodic, due),
    { type: 'STOP' },
    0,
    ['periodicEnded', 'deliveryStopped'],
  ],
  [
    'a deferred one given up at a stop',
    () => deferred(),
    { type: 'STOP' },
    0,
    ['periodicSkipped', 'bolusEnded', 'deliveryStopped'],
  ],
  ['a deferred one that starts', () => deferred(bolusOver), END, 7_600_000, ['periodicStarted', 'bolusEnded']],
];

describe('what is commanded and logged', () => {
  test.each(LOGS)('%s', (_, make, happening, rate, logs) => {
    const made = make();
    if (happening.type === 'SCHEDULE_STEP') made.now = made.next?.type === 'SCHEDULE_STEP' ? made.next.due : made.now;
    expect(logged(made.send(happening))).toEqual(logs);
    expect(made.context.rate).toBe(rate);
  });
});

test('a clock set to what it shows already skips nothing', () => {
  const pump = running(sleeping);
  pump.send({ type: 'CLOCK_SET', wall: span(WALL + pump.now) });
  expect(pump.context.clockMoved).toMatchObject({ from: WALL, skipped: 0 });
});
