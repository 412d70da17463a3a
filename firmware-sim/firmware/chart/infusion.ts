import { bolusStates } from './bolus.ts';
import {
  clockHeld,
  clockMoves,
  endNow,
  goDefault,
  goMinimum,
  orderBolus,
  periodicStarts,
  restartHeld,
  restarts,
  resume,
  resumeToDefault,
  run,
  startUpdate,
  step,
  stop,
  stopEmpty,
} from './delivery.ts';
import type { Region } from './names.ts';
import { commitToOpening, openingStates } from './opening.ts';

/** What the safe state makes of delivery, where the device goes there. */
const stopSafely = {
  target: 'stopped',
  guard: 'safeToStopped',
  updates: ['stopInSafeState'],
  effects: ['drive', 'logStopped'],
} as const;

/** What a condition makes of delivery once it is declared. */
const stopDeclared = {
  target: 'stopped',
  guard: 'declaredToStopped',
  updates: ['stopByCondition'],
  effects: ['drive', 'logStopped'],
} as const;

/** Delivery at a rate of the pump's own, until somebody or something more restrictive says otherwise. */
const reduced = {
  STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
  SCHEDULE_STEP: step,
  CLOCK_SET: clockMoves,
  RESET: restarts,
  UPDATE_BEGIN: startUpdate,
  STOP: stop,
  END_OF_SERVICE: { ...endNow, updates: ['stopForGood'], effects: ['drive', 'logStopped'] },
} as const;
export const infusion = {
  about: 'What is commanded',
  initial: 'stopped',
  states: {
    stopped: {
      on: {
        UPDATE_BEGIN: startUpdate,
        RESUME: [
          ...resume,
          resumeToDefault,
          { ...goMinimum('resumeToMinimum'), updates: ['forgetBatteryReset', 'runMinimum'] },
        ],
        MINIMUM_RATE: goMinimum('minimumAllowed'),
        CLINICIAN_BOLUS: orderBolus,
        // Where the profile has it, a stop is the hand that clears an alarm.
        STOP: { guard: 'stopClears', updates: ['clearByStop'] },
        CLOCK_SET: clockHeld,
        RESET: restartHeld,
        MEMORY_FAILED: [
          goMinimum('safeAtMinimum'),
          goDefault('safeAtDefault'),
          { updates: ['stopSafe'], effects: ['drive', 'logStopped'] },
        ],
        STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
        END_OF_SERVICE: { guard: 'endStops', updates: ['stopForGood'], effects: ['logStopped'] },
      },
    },
    updating: {
      on: {
        UPDATE_COMMIT: [
          commitToOpening('prime', 'commitToPrime'),
          commitToOpening('bridge', 'commitToBridge'),
          commitToOpening('delayed', 'commitToDelayed'),
          {
            target: 'basal',
            guard: 'commitToBasal',
            updates: ['commitUpdate', 'runBasal'],
            effects: ['drive', 'recordPrescription', 'logCommitted', 'logStarted'],
          },
          {
            target: 'defaultSchedule',
            guard: 'commitToDefault',
            updates: ['commitUpdate', 'runDefault'],
            effects: ['drive', 'recordPrescription', 'logCommitted', 'logDefault', 'logZeroStep'],
          },
          {
            target: 'minimumRate',
            guard: 'commitToMinimum',
            updates: ['commitUpdate', 'runMinimum'],
            effects: ['drive', 'recordPrescription', 'logCommitted', 'logMinimum', 'logZeroStep'],
          },
          {
            target: 'stopped',
            guard: 'commitToStopped',
            updates: ['stopAfterCommit', 'commitUpdate'],
            effects: ['drive', 'recordPrescription', 'logCommitted', 'logStopped'],
          },
        ],
        SESSION_CLOSED: [
          {
            target: 'stopped',
            guard: 'abortToStopped',
            updates: ['stopAfterAbort', 'abandonUpdate'],
            effects: ['drive', 'logUpdateInterrupted', 'logStopped'],
          },
          {
            target: 'defaultSchedule',
            guard: 'abortToDefault',
            updates: ['abandonUpdate', 'runDefault'],
            effects: ['drive', 'logUpdateInterrupted', 'logDefault', 'logZeroStep'],
          },
          {
            target: 'minimumRate',
            guard: 'abortToMinimum',
            updates: ['abandonUpdate', 'runMinimum'],
            effects: ['drive', 'logUpdateInterrupted', 'logMinimum', 'logZeroStep'],
          },
          {
            target: 'basal',
            guard: 'abortToBasal',
            updates: ['abandonUpdate', 'runBasal'],
            effects: ['drive', 'logUpdateInterrupted', 'logStarted'],
          },
        ],
        STOP: {
          target: 'stopped',
          updates: ['abandonUpdate', 'stopByClinician'],
          effects: ['drive', 'logUpdateInterrupted', 'logStopped'],
        },
        STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
        END_OF_SERVICE: {
          ...endNow,
          updates: ['abandonUpdate', 'stopForGood'],
          effects: ['drive', 'logUpdateInterrupted', 'logStopped'],
        },
      },
    },
    basal: {
      on: {
        STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
        SCHEDULE_STEP: step,
        PERIODIC_DUE: periodicStarts,
        PERIODIC_END: run,
        BOLUS_REQUEST: [
          {
            target: 'patientBolus',
            guard: 'bolusGranted',
            updates: ['startBolus'],
            effects: ['drive', 'logGranted'],
          },
          goMinimum('limitToMinimum'),
        ],
        CLINICIAN_BOLUS: orderBolus,
        MINIMUM_RATE: goMinimum('minimumAllowed'),
        CLOCK_SET: clockMoves,
        RESET: restarts,
        BATTERY_RESET: [stopSafely, goMinimum('safeToMinimum'), goDefault('safeToDefault')],
        UPDATE_BEGIN: startUpdate,
        STOP: stop,
        RESERVOIR_LOW: [goMinimum('lowToMinimum'), { ...run, guard: 'lowEndsPeriodic' }],
        RESERVOIR_EMPTY: [
          stopEmpty('emptyToStopped'),
          goMinimum('emptyToMinimum'),
          { ...run, guard: 'emptyEndsPeriodic' },
        ],
        ENTER_RESERVOIR: [
          stopEmpty('entryToStopped'),
          goMinimum('entryToMinimum'),
          { ...run, guard: 'entryEndsPeriodic' },
        ],
        CONDITION_DECLARED: [
          stopDeclared,
          goMinimum('declaredToMinimum'),
          goDefault('declaredToDefault'),
          { ...run, guard: 'declaredEndsPeriodic' },
        ],
        END_OF_SERVICE: { ...endNow, updates: ['stopForGood'], effects: ['drive', 'logStopped'] },
      },
    },
    ...bolusStates,
    ...openingStates,
    // One rate of its own, less than the program; what is more restrictive takes it from here.
    defaultSchedule: {
      on: {
        ...reduced,
        RESUME: resume,
        MINIMUM_RATE: goMinimum('minimumAllowed'),
        BATTERY_RESET: [stopSafely, goMinimum('safeToMinimum')],
        RESERVOIR_LOW: goMinimum('lowToMinimum'),
        RESERVOIR_EMPTY: [stopEmpty('emptyToStopped'), goMinimum('emptyToMinimum')],
        ENTER_RESERVOIR: [stopEmpty('entryToStopped'), goMinimum('entryToMinimum')],
        CONDITION_DECLARED: [stopDeclared, goMinimum('declaredToMinimum')],
      },
    },
    minimumRate: {
      on: {
        ...reduced,
        RESUME: [...resume, resumeToDefault],
        BATTERY_RESET: stopSafely,
        RESERVOIR_EMPTY: stopEmpty('emptyToStopped'),
        ENTER_RESERVOIR: stopEmpty('entryToStopped'),
        CONDITION_DECLARED: stopDeclared,
      },
    },
  },
} as const satisfies Region;
