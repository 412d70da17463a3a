import { type Mode, type Opening, type ReservoirState, sure } from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { judgeInterval } from '../rules/alarm-interval.ts';
import { bolusAtLevel, modeAtLevel } from '../rules/allowed.ts';
import { safeTo } from '../rules/battery-reset.ts';
import { countAt } from '../rules/bolus-count.ts';
import { clearedByStop, judgeClear } from '../rules/clear-alarm.ts';
import { judgeClinicianBolus, thenStops } from '../rules/clinician-bolus.ts';
import { judgeSetClock, setClock } from '../rules/clock.ts';
import { declaredSince, withDeclared } from '../rules/conditions.ts';
import { calculatedVolume } from '../rules/delivery.ts';
import { judgeNote } from '../rules/discrepancy.ts';
import { safeAt } from '../rules/memory.ts';
import { deniedToMinimum, patientControlAfter, patientControlUnder, verdictOn } from '../rules/patient-bolus.ts';
import { hasPeriodic, periodicAt } from '../rules/periodic-bolus.ts';
import { stepsFromZero, stepsToZero } from '../rules/program.ts';
import { judgeEntry, levelAt, levelOf } from '../rules/reservoir.ts';
import { restart } from '../rules/reset.ts';
import { endStops, judgeImplant } from '../rules/service-life.ts';
import { judgeSilence } from '../rules/silence.ts';
import {
  afterAbort,
  afterCommit,
  committed,
  judgeBegin,
  judgeMinimum,
  judgeResume,
  judgeStage,
  modeUnder,
} from '../rules/update.ts';

/*
 * What the guards of the chart ask. The answers are in the rules, so that a rule can be read and tested without a chart.
 */

type Commit = EventOf<'UPDATE_COMMIT'>;
type Closed = EventOf<'SESSION_CLOSED'>;
type Entry = EventOf<'ENTER_RESERVOIR'>;
type Reading = EventOf<'LEVEL_READ'>;
type Noted = EventOf<'NOTE_DISCREPANCY'>;

const commitsTo = (mode: Mode) => (context: PumpContext, event: Commit) => afterCommit(context, event)?.mode === mode;
const commitsToOpening = (type: Opening['type']) => (context: PumpContext, event: Commit) =>
  committed(context, event)?.opening?.type === type;
const abortsTo = (mode: Mode) => (context: PumpContext, event: Closed) => afterAbort(context, event)?.mode === mode;
const resumesTo = (mode: Mode) => (context: PumpContext, event: EventOf<'RESUME'>) =>
  judgeResume(context, event.at) === undefined &&
  modeUnder(context, levelAt(context, event.at), context.prescription) === mode;

const commitLevel = (level: ReservoirState) => (context: PumpContext, event: Commit) => {
  const prescription = committed(context, event);
  return prescription !== undefined && levelOf(context, calculatedVolume(context, event.at), prescription) === level;
};

const entryAllows = (context: PumpContext, event: Entry, allows: (level: ReservoirState) => boolean) =>
  judgeEntry(context, event) === undefined && allows(levelOf(context, event.volume, context.prescription));
const entryTo = (mode: Mode) => (context: PumpContext, event: Entry) =>
  entryAllows(context, event, (level) => modeAtLevel(context, level) === mode);

const entryLevel = (wanted: ReservoirState) => (context: PumpContext, event: Entry) =>
  entryAllows(context, event, (level) => level === wanted);

const readTo = (wanted: ReservoirState) => (context: PumpContext, event: Reading) =>
  levelOf(context, event.volume, context.prescription) === wanted;

const commitPatient = (state: string) => (context: PumpContext, event: Commit) => {
  const prescription = committed(context, event);
  return prescription !== undefined && patientControlUnder(context, prescription, event.at) === state;
};

const clockAllowed = (context: PumpContext, event: EventOf<'CLOCK_SET'>) => judgeSetClock(context, event) === undefined;
const clockTo = (state: string) => (context: PumpContext, event: EventOf<'CLOCK_SET'>) =>
  clockAllowed(context, event) && patientControlAfter(context, event.at, (draft) => setClock(draft, event)) === state;
const resetTo = (state: string) => (context: PumpContext, event: EventOf<'RESET'>) =>
  patientControlAfter(context, event.at, (draft) => restart(draft, event)) === state;

/** What delivery may do once the conditions whose delay has passed are declared. */
const declaredTo = (mode: Mode) => (context: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
  modeAtLevel(withDeclared(context, event.at), levelAt(context, event.at)) === mode;
const declaredEndsBolus = (context: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
  !bolusAtLevel(withDeclared(context, event.at), levelAt(context, event.at));

const granted = (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>) => 'grant' in verdictOn(context, event);

const clinicianBolusRuns = ({ clinician, bolus }: PumpContext) => clinician !== null && bolus === null;

export const guards = {
  implantAllowed: (context: PumpContext, _: EventOf<'IMPLANT'>) => judgeImplant(context) === undefined,
  stageAllowed: (context: PumpContext, event: EventOf<'STAGE'>) => judgeStage(context, event) === undefined,
  beginAllowed: (context: PumpContext, event: EventOf<'UPDATE_BEGIN'>) => judgeBegin(context, event) === undefined,
  commitToPrime: commitsToOpening('prime'),
  commitToBridge: commitsToOpening('bridge'),
  commitToDelayed: commitsToOpening('delayed'),
  commitToBasal: commitsTo('basal'),
  commitToDefault: commitsTo('defaultSchedule'),
  commitToMinimum: commitsTo('minimumRate'),
  commitToStopped: commitsTo('stopped'),
  abortToBasal: abortsTo('basal'),
  abortToDefault: abortsTo('defaultSchedule'),
  abortToMinimum: abortsTo('minimumRate'),
  abortToStopped: abortsTo('stopped'),
  minimumAllowed: (context: PumpContext, event: EventOf<'MINIMUM_RATE'>) =>
    judgeMinimum(context, event.at) === undefined,
  clockAllowed,
  resumeToBasal: resumesTo('basal'),
  resumeToDefault: resumesTo('defaultSchedule'),
  resumeToMinimum: resumesTo('minimumRate'),

  bolusGranted: granted,
  bolusDenied: (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>) => !granted(context, event),
  countLeft: (context: PumpContext, event: EventOf<'LOCKOUT_END'>) =>
    countAt(context, event.at) < sure(context.prescription?.patientBolus, 'patient bolus').maxPerDay,
  limitToMinimum: deniedToMinimum,
  limitThenStops: (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>) =>
    thenStops(context) && deniedToMinimum(context, event),
  clockToReady: clockTo('ready'),
  clockToCountUsed: clockTo('countUsed'),
  resetToCountUsed: resetTo('countUsed'),
  commitPatientOff: commitPatient('off'),
  commitPatientReady: commitPatient('ready'),
  commitPatientLockedOut: commitPatient('lockedOut'),
  commitPatientCountUsed: commitPatient('countUsed'),

  clinicianBolusAllowed: (context: PumpContext, event: EventOf<'CLINICIAN_BOLUS'>) =>
    judgeClinicianBolus(context, event) === undefined,
  clinicianBolusRuns,
  clinicianBolusWaits: ({ clinician, bolus }: PumpContext) => clinician !== null && bolus !== null,
  declaredThenStops: (context: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
    thenStops(context) && declaredEndsBolus(context, event),
  endThenStops: (context: PumpContext) => thenStops(context) && context.bolus === null,
  thenStops,
  lowThenStops: (context: PumpContext) => thenStops(context) && !bolusAtLevel(context, 'low'),
  entryThenStops: (context: PumpContext, event: Entry) =>
    thenStops(context) && entryAllows(context, event, (level) => !bolusAtLevel(context, level)),

  lowToMinimum: (context: PumpContext) => modeAtLevel(context, 'low') === 'minimumRate',
  lowEndsBolus: (context: PumpContext) => !bolusAtLevel(context, 'low'),
  lowEndsPeriodic: (context: PumpContext) => context.periodic !== null && !bolusAtLevel(context, 'low'),
  emptyEndsPeriodic: (context: PumpContext) => context.periodic !== null,
  entryEndsPeriodic: (context: PumpContext, event: Entry) =>
    context.periodic !== null && entryAllows(context, event, (level) => !bolusAtLevel(context, level)),
  emptyToStopped: (context: PumpContext) => modeAtLevel(context, 'empty') === 'stopped',
  emptyToMinimum: (context: PumpContext) => modeAtLevel(context, 'empty') === 'minimumRate',
  entryToStopped: entryTo('stopped'),
  entryToMinimum: entryTo('minimumRate'),
  entryEndsBolus: (context: PumpContext, event: Entry) =>
    entryAllows(context, event, (level) => !bolusAtLevel(context, level)),
  entryNormal: entryLevel('normal'),
  entryLow: entryLevel('low'),
  entryEmpty: entryLevel('empty'),
  readNormal: readTo('normal'),
  readLow: readTo('low'),
  commitNormal: commitLevel('normal'),
  commitLow: commitLevel('low'),
  commitEmpty: commitLevel('empty'),

  stepToZero: (context: PumpContext, event: EventOf<'SCHEDULE_STEP'>) => stepsToZero(context, event.at),
  stepFromZero: (context: PumpContext, event: EventOf<'SCHEDULE_STEP'>) => stepsFromZero(context, event.at),
  commitPeriodic: (context: PumpContext, event: Commit) => hasPeriodic(committed(context, event) ?? null),
  commitNoPeriodic: (context: PumpContext, event: Commit) => {
    const prescription = committed(context, event);
    return prescription !== undefined && !hasPeriodic(prescription);
  },
  periodicStarts: (context: PumpContext, event: EventOf<'PERIODIC_DUE' | 'BOLUS_END'>) =>
    periodicAt(context, event.at) === 'start',
  periodicFollows: (context: PumpContext, event: EventOf<'CLINICIAN_BOLUS_END'>) =>
    clinicianBolusRuns(context) && periodicAt(context, event.at) === 'start',
  periodicDefers: (context: PumpContext, event: EventOf<'PERIODIC_DUE'>) => periodicAt(context, event.at) === 'defer',

  safeAtMinimum: safeAt('minimumRate'),
  safeAtDefault: safeAt('defaultSchedule'),
  safeToMinimum: safeTo('minimumRate'),
  safeToDefault: safeTo('defaultSchedule'),
  safeToStopped: safeTo('stop'),
  /** The minimum rate of a start that is delayed is never raised. */
  safeReduces: (context: PumpContext, event: EventOf<'BATTERY_RESET'>) =>
    safeTo('minimumRate')(context, event) || safeTo('defaultSchedule')(context, event),

  declaredToStopped: declaredTo('stopped'),
  declaredToDefault: declaredTo('defaultSchedule'),
  declaredToMinimum: declaredTo('minimumRate'),
  declaredReduces: (context: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
    declaredTo('minimumRate')(context, event) || declaredTo('defaultSchedule')(context, event),
  declaredEndsBolus,
  declaredEndsPeriodic: (context: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
    context.periodic !== null && declaredEndsBolus(context, event),
  stallSensed: (_: PumpContext, event: EventOf<'CONDITION_SENSED'>) => event.condition === 'stall',
  stallSensedAgain: (context: PumpContext, event: EventOf<'CONDITION_SENSED'>) =>
    event.condition === 'stall' && declaredSince(context, 'stall') !== null,
  stallGone: (_: PumpContext, event: EventOf<'CONDITION_GONE'>) => event.condition === 'stall',
  goneWasDeclared: (context: PumpContext, event: EventOf<'CONDITION_GONE'>) =>
    declaredSince(context, event.condition) !== null,
  stallDeclared: (context: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
    declaredSince(withDeclared(context, event.at), 'stall') !== null,
  clearAllowed: (context: PumpContext, event: EventOf<'CLEAR_ALARM'>) => judgeClear(context, event.alarm) === undefined,
  stopClears: (context: PumpContext, event: EventOf<'STOP'>) => clearedByStop(context, event) !== undefined,
  noteAllowed: (context: PumpContext, _: Noted) => judgeNote(context) === undefined,
  intervalAllowed: (context: PumpContext, event: EventOf<'SET_ALARM_INTERVAL'>) =>
    judgeInterval(context, event.interval) === undefined,

  endStops,
  silenceAllowed: (context: PumpContext, event: EventOf<'SILENCE_ALARM'>) =>
    judgeSilence(context, event.alarm) === undefined,

  byClinician: (_: PumpContext, event: EventOf<'SESSION_OPENED' | 'SESSION_CLOSED'>) => event.role === 'clinician',
};
