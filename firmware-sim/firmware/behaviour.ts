import {
  delivered,
  type LogData,
  type LogKind,
  type Mode,
  type Opening,
  type ReservoirState,
  sure,
} from '../../shared/index.ts';
import type { Draft, EndedBolus, PumpContext } from './context.ts';
import type { Effect } from './effects.ts';
import type { EventOf, PumpEvent } from './events.ts';
import { intervalOf, judgeInterval, setInterval } from './rules/alarm-interval.ts';
import { bolusAtLevel, modeAtLevel, whyStopped } from './rules/allowed.ts';
import { forgetBatteryReset, noteBatteryReset, safeTo } from './rules/battery-reset.ts';
import { countAt } from './rules/bolus-count.ts';
import { clearAlarm, clearByStop, clearedByStop, judgeClear } from './rules/clear-alarm.ts';
import {
  clinicianAccount,
  endBoluses,
  endClinicianBolus,
  judgeClinicianBolus,
  leftOf,
  startClinicianBolus,
  thenStops,
} from './rules/clinician-bolus.ts';
import { judgeSetClock, setClock } from './rules/clock.ts';
import { declare, declaredSince, forgetGone, policyOf, sense, withDeclared } from './rules/conditions.ts';
import { calculatedVolume, markSession } from './rules/delivery.ts';
import { judgeNote, stateReason } from './rules/discrepancy.ts';
import { readLevel } from './rules/gauge.ts';
import { failMemory, safeAt, stopSafe } from './rules/memory.ts';
import { openingAccount, whenOpeningEnds } from './rules/opening.ts';
import {
  bolusAccount,
  deniedToMinimum,
  endBolus,
  judgeBolus,
  patientControlAfter,
  patientControlUnder,
  startBolus,
} from './rules/patient-bolus.ts';
import { dueNext, endPeriodic, hasPeriodic, periodicAt, startPeriodic } from './rules/periodic-bolus.ts';
import { deliver, stepsFromZero, stepsToZero } from './rules/program.ts';
import { endByEntry, enterVolume, judgeEntry, levelAt, levelOf, markLevel } from './rules/reservoir.ts';
import { restart } from './rules/reset.ts';
import { beginService, endStops, noteBatteryLow } from './rules/service-life.ts';
import { endAllSilences, endSilences, judgeSilence, silenceAlarm } from './rules/silence.ts';
import { completeStroke } from './rules/strokes.ts';
import {
  afterAbort,
  afterCommit,
  beginUpdate,
  committed,
  commitUpdate,
  judgeBegin,
  judgeMinimum,
  judgeResume,
  judgeStage,
  modeUnder,
  runAt,
  runOpening,
  stopFor,
} from './rules/update.ts';

/*
 * The functions behind the names of the chart. Guards ask, updates write, effects report. What they ask for and
 * write is in the rules, so that a rule can be read and tested without a chart.
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
/** What ends a bolus: the first of the conditions just declared that leaves no room for it. */
const endByCondition = (draft: Draft) => draft.lastDeclared.find((code) => policyOf(draft, code) !== 'none') ?? 'stop';

const granted = (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>) => 'grant' in judgeBolus(context, event);

const clinicianBolusRuns = ({ clinician, bolus }: PumpContext) => clinician !== null && bolus === null;

export const guards = {
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

export const updates = {
  powerOn: (draft: Draft, event: EventOf<'POWER_ON'>) => {
    draft.since = event.at;
    draft.idleSince = event.at;
    draft.stopped = { why: 'notStarted', since: event.at };
  },
  implant: (draft: Draft, event: EventOf<'IMPLANT'>) => {
    beginService(draft, event);
    // The stopped-pump deadline of a pump in service begins here, not on the shelf.
    draft.idleSince = event.at;
    draft.stopped = { why: 'notStarted', since: event.at };
    draft.wallOffset = event.wall - event.at;
    markSession(draft, event);
  },
  stage: (draft: Draft, event: EventOf<'STAGE'>) => {
    draft.staged = event.staged;
  },
  dropStaged: (draft: Draft) => {
    draft.staged = null;
  },
  beginUpdate,
  commitUpdate,
  abandonUpdate: (draft: Draft) => {
    draft.update = null;
    draft.staged = null;
  },
  stopAfterAbort: (draft: Draft, event: Closed) => {
    const outcome = afterAbort(draft, event);
    if (outcome?.mode === 'stopped') stopFor(draft, event.at, outcome.why);
  },
  stopAfterCommit: (draft: Draft, event: Commit) => {
    const outcome = afterCommit(draft, event);
    if (outcome?.mode === 'stopped') stopFor(draft, event.at, outcome.why);
  },
  runBasal: (draft: Draft, event: PumpEvent) => runAt(draft, event.at, 'basal'),
  runDefault: (draft: Draft, event: PumpEvent) => runAt(draft, event.at, 'defaultSchedule'),
  runMinimum: (draft: Draft, event: PumpEvent) => runAt(draft, event.at, 'minimumRate'),
  /** Commands what the program and all boluses call for now. */
  runProgram: (draft: Draft, event: PumpEvent) => deliver(draft, event.at),
  stopByClinician: (draft: Draft, event: EventOf<'STOP'>) => {
    completeStroke(draft, event.at);
    stopFor(draft, event.at, 'clinician');
  },
  /** What a clinician said is to follow his bolus. All of it was in the order, so that no stroke is completed. */
  stopAsOrdered: (draft: Draft, event: PumpEvent) => stopFor(draft, event.at, 'clinician'),
  stopEmpty: (draft: Draft, event: PumpEvent) => stopFor(draft, event.at, 'emptyReservoir'),
  stopByCondition: (draft: Draft, event: EventOf<'CONDITION_DECLARED'>) =>
    stopFor(draft, event.at, whyStopped(draft, levelAt(draft, event.at))),
  raiseStoppedTooLong: (draft: Draft, event: EventOf<'STOPPED_TOO_LONG'>) => {
    draft.stoppedTooLong = event.at;
  },

  startBolus,
  completeBolus: (draft: Draft, event: EventOf<'BOLUS_END'>) => endBolus(draft, event.at, 'complete'),
  cutBolusByStop: (draft: Draft, event: EventOf<'STOP'>) => endBoluses(draft, event.at, 'stop'),
  cutBolusByLow: (draft: Draft, event: PumpEvent) => endBoluses(draft, event.at, 'lowReservoir'),
  cutBolusByEmpty: (draft: Draft, event: PumpEvent) => endBoluses(draft, event.at, 'emptyReservoir'),
  /** A volume was typed that leaves no room for a bolus: the reservoir is low, or empty. */
  cutBolusByEntry: (draft: Draft, event: Entry) => endBoluses(draft, event.at, endByEntry(draft, event)),
  cutBolusByMinimum: (draft: Draft, event: PumpEvent) => endBoluses(draft, event.at, 'minimumRate'),
  cutBolusByCondition: (draft: Draft, event: EventOf<'CONDITION_DECLARED'>) =>
    endBoluses(draft, event.at, endByCondition(draft)),
  cutBolusByReset: (draft: Draft, event: EventOf<'RESET' | 'BATTERY_RESET'>) => endBoluses(draft, event.at, 'reset'),
  startClinicianBolus,
  completeClinicianBolus: (draft: Draft, event: PumpEvent) => endClinicianBolus(draft, event.at, 'complete'),
  cutBolusByLimit: (draft: Draft, event: PumpEvent) => endBoluses(draft, event.at, 'doseLimit'),
  runOpening,
  completeOpening: (draft: Draft, event: EventOf<'OPENING_END'>) => endBoluses(draft, event.at, 'complete'),
  countDenial: (draft: Draft) => {
    draft.denied += 1;
  },

  enterVolume,
  stateReason,
  readLevel,
  markLevel,

  dueNext: (draft: Draft, event: EventOf<'PERIODIC_DUE'>) => dueNext(draft, event.at),
  startPeriodic: (draft: Draft, event: PumpEvent) => startPeriodic(draft, event.at),
  deferPeriodic: (draft: Draft) => {
    draft.periodicDeferred = true;
  },
  dropDeferred: (draft: Draft) => {
    draft.periodicDeferred = false;
  },
  completePeriodic: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'complete'),
  cutPeriodicByStop: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'stop'),
  cutPeriodicByUpdate: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'update'),
  cutPeriodicByLow: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'lowReservoir'),
  cutPeriodicByEmpty: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'emptyReservoir'),
  cutPeriodicByEntry: (draft: Draft, event: Entry) => endPeriodic(draft, event.at, endByEntry(draft, event)),
  cutPeriodicByMinimum: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'minimumRate'),
  cutPeriodicByLimit: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'doseLimit'),
  cutPeriodicByCondition: (draft: Draft, event: EventOf<'CONDITION_DECLARED'>) =>
    endPeriodic(draft, event.at, endByCondition(draft)),
  cutPeriodicByEnd: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'endOfService'),
  cutPeriodicByReset: (draft: Draft, event: PumpEvent) => endPeriodic(draft, event.at, 'reset'),

  markSession,
  setClock,
  restart,

  failMemory,
  stopSafe,
  noteBatteryReset,
  forgetBatteryReset,
  stopInSafeState: (draft: Draft, event: EventOf<'BATTERY_RESET'>) => stopFor(draft, event.at, 'safeState'),

  noteBatteryLow,
  raiseEri: (draft: Draft, event: EventOf<'ERI'>) => {
    draft.eriSince = event.at;
  },
  endService: (draft: Draft, event: EventOf<'END_OF_SERVICE'>) => {
    draft.endSince = event.at;
  },
  stopForGood: (draft: Draft, event: EventOf<'END_OF_SERVICE'>) => stopFor(draft, event.at, 'endOfService'),
  forgetPeriodic: (draft: Draft) => {
    draft.periodicNext = null;
  },
  cutBolusByEnd: (draft: Draft, event: EventOf<'END_OF_SERVICE'>) => endBoluses(draft, event.at, 'endOfService'),

  sense,
  declare,
  forgetGone,
  clearAlarm,
  clearByStop,
  setInterval,

  silenceAlarm,
  endSilences,
  endAllSilences,
};

const accountOf = (ended: EndedBolus): LogData => {
  const { delivered, undelivered } = bolusAccount(ended);
  return { why: ended.why, delivered: Number(delivered), undelivered: Number(undelivered) };
};

const log = (event: PumpEvent, kind: LogKind, data: LogData = {}): Effect => ({
  type: 'log',
  at: event.at,
  kind,
  data,
});

/** What a stop completed of a stroke, where it did. */
const strokeIn = ({ lastStroke }: PumpContext, event: PumpEvent): LogData =>
  event.type === 'STOP' && lastStroke > 0 ? { stroke: lastStroke } : {};

/** Who stopped delivery, where it was somebody without a key. */
const nearbyIn = (event: PumpEvent): LogData =>
  event.type === 'STOP' && event.by !== undefined ? { by: event.by } : {};

export const effects = {
  drive: (context: PumpContext): Effect => ({ type: 'drive', rate: context.rate }),
  stroke: ({ lastStroke }: PumpContext): Effect | undefined =>
    lastStroke === 0 ? undefined : { type: 'stroke', volume: lastStroke },
  logPowerOn: (context: PumpContext, event: EventOf<'POWER_ON'>) =>
    log(event, 'powerOn', { profile: context.profile.name }),
  logImplanted: (_: PumpContext, event: EventOf<'IMPLANT'>) => log(event, 'implanted', { wall: event.wall }),
  logSessionOpened: (_: PumpContext, event: EventOf<'SESSION_OPENED'>) =>
    log(event, 'sessionOpened', { role: event.role }),
  logSessionClosed: (_: PumpContext, event: Closed) =>
    log(event, 'sessionClosed', { role: event.role, lost: event.lost }),
  logUpdateStarted: (_: PumpContext, event: EventOf<'UPDATE_BEGIN'>) =>
    log(event, 'updateStarted', { digest: event.digest }),
  logUpdateInterrupted: (_: PumpContext, event: PumpEvent) => log(event, 'updateInterrupted'),
  logCommitted: (context: PumpContext, event: Commit) =>
    log(event, 'prescriptionCommitted', { record: context.record, digest: event.digest }),
  recordPrescription: (context: PumpContext, event: Commit): Effect => ({
    type: 'record',
    at: event.at,
    by: event.role,
    prescription: sure(context.prescription, 'prescription in force'),
    library: event.library,
  }),
  logStarted: (context: PumpContext, event: PumpEvent) =>
    log(event, context.rate === 0 ? 'zeroStep' : 'deliveryStarted'),
  /** Says so where the program now asks for nothing. */
  logZeroStep: (context: PumpContext, event: PumpEvent): Effect | undefined =>
    context.rate === 0 ? log(event, 'zeroStep') : undefined,
  /** The same after boluses; where basal did not run beside them, it starts. */
  logBasalAgain: ({ rate, lastClinician }: PumpContext, event: PumpEvent): Effect | undefined => {
    if (rate === 0) return log(event, 'zeroStep');
    return lastClinician?.alone === true ? log(event, 'deliveryStarted') : undefined;
  },
  logDefault: (_: PumpContext, event: PumpEvent) => log(event, 'defaultScheduleStarted'),
  logMinimum: (_: PumpContext, event: PumpEvent) => log(event, 'minimumRateStarted'),
  logStopped: (context: PumpContext, event: PumpEvent) =>
    log(event, 'deliveryStopped', {
      why: sure(context.stopped, 'stop').why,
      ...nearbyIn(event),
      ...strokeIn(context, event),
    }),
  logGranted: (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>) => {
    const { ends, rate } = sure(context.bolus, 'patient bolus that runs');
    return log(event, 'bolusGranted', { ends, rate });
  },
  logDenied: (context: PumpContext, event: EventOf<'BOLUS_REQUEST'>): Effect | undefined => {
    const verdict = judgeBolus(context, event);
    if ('grant' in verdict) return undefined;
    const { code, also, until } = verdict.refused;
    return log(event, 'bolusDenied', { code, also: [...also], until });
  },
  logBolusEnded: ({ lastBolus }: PumpContext, event: PumpEvent) =>
    log(event, 'bolusEnded', accountOf(sure(lastBolus, 'patient bolus that has ended'))),
  logClinicianStarted: ({ clinician }: PumpContext, event: EventOf<'CLINICIAN_BOLUS'>) => {
    const { ends, rate, then } = sure(clinician, 'single bolus that runs');
    return log(event, 'clinicianBolusStarted', { ends, rate, then });
  },
  logClinicianSuspended: (context: PumpContext, event: PumpEvent): Effect => {
    const clinician = sure(context.clinician, 'single bolus that waits');
    const left = delivered(clinician.rate, leftOf(clinician, context, event.at));
    return log(event, 'clinicianBolusSuspended', { left: Number(left) });
  },
  logClinicianResumed: ({ clinician }: PumpContext, event: PumpEvent) =>
    log(event, 'clinicianBolusResumed', { ends: sure(clinician, 'single bolus that runs').ends }),
  logClinicianEnded: ({ lastClinician }: PumpContext, event: PumpEvent): Effect | undefined => {
    if (lastClinician === null) return undefined;
    const { delivered: brought, undelivered } = clinicianAccount(lastClinician);
    const data = { why: lastClinician.why, delivered: Number(brought), undelivered: Number(undelivered) };
    return log(event, 'clinicianBolusEnded', data);
  },
  logOpeningStarted: (context: PumpContext, event: PumpEvent): Effect => {
    const { type } = sure(context.opening, 'opening that begins').setting;
    return log(event, 'openingStarted', { type, ends: whenOpeningEnds(context) ?? null, rate: context.rate });
  },
  logOpeningEnded: ({ lastOpening }: PumpContext, event: PumpEvent): Effect => {
    const ended = sure(lastOpening, 'opening that has ended');
    const { setting, why } = ended;
    const account = openingAccount(ended);
    const volumes =
      account === undefined
        ? { delivered: null, undelivered: null }
        : { delivered: Number(account.delivered), undelivered: Number(account.undelivered) };
    return log(event, 'openingEnded', { type: setting.type, why, ...volumes });
  },
  logPeriodicStarted: ({ periodic }: PumpContext, event: PumpEvent) => {
    const { ends, rate } = sure(periodic, 'periodic bolus that runs');
    return log(event, 'periodicStarted', { ends, rate });
  },
  logPeriodicEnded: ({ lastPeriodic }: PumpContext, event: PumpEvent) =>
    log(event, 'periodicEnded', accountOf(sure(lastPeriodic, 'periodic bolus that has ended'))),
  logPeriodicSkipped: (_: PumpContext, event: PumpEvent) => log(event, 'periodicSkipped'),
  logOverridden: (context: PumpContext, event: EventOf<'UPDATE_BEGIN'>): Effect | undefined => {
    const overridden = context.update?.overridden ?? null;
    return overridden === null ? undefined : log(event, 'limitOverridden', { digest: event.digest, ...overridden });
  },
  logClockSet: ({ clockMoved, wallOffset }: PumpContext, event: EventOf<'CLOCK_SET'>) =>
    log(event, 'clockSet', {
      from: clockMoved.from,
      to: event.at + sure(wallOffset, 'local time'),
      skipped: clockMoved.skipped,
    }),
  logReset: (context: PumpContext, event: EventOf<'RESET'>) =>
    log(event, 'reset', { timeLost: event.timeLost, lastWall: event.timeLost ? context.lastWall : null }),
  logHealed: (_: PumpContext, event: EventOf<'MEMORY_HEALED'>) => log(event, 'memoryHealed', { bank: event.bank }),
  logFailed: (_: PumpContext, event: EventOf<'MEMORY_FAILED'>) =>
    log(event, 'memoryFailed', { timeLost: event.timeLost }),
  logDeclared: ({ lastDeclared }: PumpContext, event: EventOf<'CONDITION_DECLARED'>) =>
    log(event, 'conditionDeclared', { conditions: [...lastDeclared] }),
  logGone: (_: PumpContext, event: EventOf<'CONDITION_GONE'>) =>
    log(event, 'conditionGone', { condition: event.condition }),
  logIntervalSet: (context: PumpContext, event: EventOf<'SET_ALARM_INTERVAL'>) =>
    log(event, 'alarmIntervalSet', { from: context.criticalIntervalBefore, to: intervalOf(context, 'critical') }),
  logTested: (_: PumpContext, event: EventOf<'TEST_ALARM'>) => log(event, 'alarmTested'),
  logBatteryReset: (_: PumpContext, event: EventOf<'BATTERY_RESET'>) =>
    log(event, 'batteryReset', { safeState: event.safeState }),
  logEntered: (context: PumpContext, event: Entry) =>
    log(event, 'reservoirEntered', {
      volume: event.volume,
      expected: sure(context.lastEntry, 'volume entered').expected,
      aspirated: event.aspirated ?? null,
    }),
  logDiscrepancy: (_: PumpContext, event: Noted) => {
    const { expected, aspirated, reason, note } = event;
    return log(event, 'discrepancyNoted', { expected, aspirated, reason, note });
  },
};
