import type { Draft } from '../context.ts';
import type { EventOf, PumpEvent } from '../events.ts';
import { setCriticalInterval } from '../rules/alarm-interval.ts';
import { whyStopped } from '../rules/allowed.ts';
import { forgetBatteryReset, noteBatteryReset } from '../rules/battery-reset.ts';
import { clearAlarm, clearByStop } from '../rules/clear-alarm.ts';
import { endBoluses, endClinicianBolus, startClinicianBolus } from '../rules/clinician-bolus.ts';
import { setClock } from '../rules/clock.ts';
import { declare, forgetGone, policyOf, sense } from '../rules/conditions.ts';
import { markSession } from '../rules/delivery.ts';
import { stateReason } from '../rules/discrepancy.ts';
import { misreadLevel } from '../rules/false-alarm.ts';
import { readLevel } from '../rules/gauge.ts';
import { failMemory, lockMemory, stopSafe, unlockMemory } from '../rules/memory.ts';
import { endBolus, startBolus } from '../rules/patient-bolus.ts';
import { dueNext, endPeriodic, startPeriodic } from '../rules/periodic-bolus.ts';
import { deliver } from '../rules/program.ts';
import { endByEntry, enterVolume, levelAt, markLevel } from '../rules/reservoir.ts';
import { restart } from '../rules/reset.ts';
import { beginService, noteBatteryEmpty, noteBatteryLow } from '../rules/service-life.ts';
import { endAllSilences, endSilences, silenceAlarm } from '../rules/silence.ts';
import { completeStroke } from '../rules/strokes.ts';
import { afterAbort, afterCommit, beginUpdate, commitUpdate, runAt, runOpening, stopFor } from '../rules/update.ts';

/* What the updates of the chart write, each by the rules: nothing but the draft they are given. */

type Commit = EventOf<'UPDATE_COMMIT'>;
type Closed = EventOf<'SESSION_CLOSED'>;
type Entry = EventOf<'ENTER_RESERVOIR'>;

/** What ends a bolus: the first of the conditions just declared that leaves no room for it. */
const endByCondition = (draft: Draft) => draft.lastDeclared.find((code) => policyOf(draft, code) !== 'none') ?? 'stop';

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
  misreadLevel,
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
  lockMemory,
  unlockMemory,
  stopSafe,
  noteBatteryReset,
  forgetBatteryReset,
  stopInSafeState: (draft: Draft, event: EventOf<'BATTERY_RESET'>) => stopFor(draft, event.at, 'safeState'),

  noteBatteryLow,
  noteBatteryEmpty,
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
  setCriticalInterval,

  silenceAlarm,
  endSilences,
  endAllSilences,
};
