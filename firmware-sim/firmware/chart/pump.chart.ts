import { effects, guards, updates } from '../behaviour.ts';
import type { ChartSpec, PlainChart } from './spec.ts';

/*
 * The pump's firmware on a page. Read a region top to bottom: in this state, on that event, if the guard
 * holds, go there; then the updates, then the effects. What a name means stands in behaviour.ts and, one
 * idea a file, in rules/.
 */

export const names = { guards, updates, effects } as const;
type Names = typeof names;

const beginUpdate = { target: 'updating', guard: 'beginAllowed', updates: ['beginUpdate'] } as const;
const startUpdate = { ...beginUpdate, effects: ['drive', 'logUpdateStarted', 'logOverridden'] } as const;
const resume = [
  {
    target: 'basal',
    guard: 'resumeToBasal',
    updates: ['forgetBatteryReset', 'runBasal'],
    effects: ['drive', 'logStarted'],
  },
] as const;
const minimum = {
  target: 'minimumRate',
  updates: ['runMinimum'],
  effects: ['drive', 'logMinimum', 'logZeroStep'],
} as const;
const schedule = {
  target: 'defaultSchedule',
  updates: ['runDefault'],
  effects: ['drive', 'logDefault', 'logZeroStep'],
} as const;
const stop = { target: 'stopped', updates: ['stopByClinician'], effects: ['stroke', 'drive', 'logStopped'] } as const;

const orderBolus = {
  target: 'clinicianBolus',
  guard: 'clinicianBolusAllowed',
  updates: ['startClinicianBolus'],
  effects: ['drive', 'logClinicianStarted'],
} as const;

/** What the end of service makes of delivery, where the profile wants it to stop. */
const endNow = { target: 'stopped', guard: 'endStops' } as const;

/** What a low or empty reservoir makes of delivery, where the guard finds that the profile wants it. */
const stopEmpty = <const G extends string>(guard: G) =>
  ({ target: 'stopped', guard, updates: ['stopEmpty'], effects: ['drive', 'logStopped'] }) as const;
const goMinimum = <const G extends string>(guard: G) => ({ ...minimum, guard }) as const;
const goDefault = <const G extends string>(guard: G) => ({ ...schedule, guard }) as const;
const resumeToDefault = {
  ...goDefault('resumeToDefault'),
  updates: ['forgetBatteryReset', 'runDefault'],
} as const;

/**
 * What ends the boluses that run before their time, the patient's and a clinician's, with the records that tell of
 * them. Where a clinician said that the pump stops after his, it does.
 */
const cutShort = <const E extends string>(...ended: readonly E[]) => {
  const toStopped = <const G extends string, const U extends string>(guard: G, cut: U) =>
    ({
      target: 'stopped',
      guard,
      updates: [cut, 'stopAsOrdered'],
      effects: ['drive', ...ended, 'logStopped'],
    }) as const;
  const toMinimum = <const G extends string, const U extends string>(guard: G, cut: U) =>
    ({
      target: 'minimumRate',
      guard,
      updates: [cut, 'runMinimum'],
      effects: ['drive', ...ended, 'logMinimum', 'logZeroStep'],
    }) as const;
  const toBasal = <const U extends string>(cut: U) =>
    ({ target: 'basal', updates: [cut, 'runBasal'], effects: ['drive', ...ended, 'logBasalAgain'] }) as const;
  const toEmpty = <const G extends string, const U extends string>(guard: G, cut: U) =>
    ({ ...toStopped(guard, cut), updates: [cut, 'stopEmpty'] }) as const;
  return {
    MINIMUM_RATE: toMinimum('minimumAllowed', 'cutBolusByMinimum'),
    RESET: [
      {
        target: 'stopped',
        guard: 'thenStops',
        updates: ['cutBolusByReset', 'restart', 'stopAsOrdered'],
        effects: ['drive', 'logReset', ...ended, 'logStopped'],
      },
      {
        target: 'basal',
        updates: ['cutBolusByReset', 'restart', 'runBasal'],
        effects: ['drive', 'logReset', ...ended, 'logBasalAgain'],
      },
    ],
    UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', ...ended, 'logUpdateStarted', 'logOverridden'] },
    STOP: {
      target: 'stopped',
      updates: ['cutBolusByStop', 'stopByClinician'],
      effects: ['stroke', 'drive', ...ended, 'logStopped'],
    },
    RESERVOIR_LOW: [
      toStopped('lowThenStops', 'cutBolusByLow'),
      toMinimum('lowToMinimum', 'cutBolusByLow'),
      { ...toBasal('cutBolusByLow'), guard: 'lowEndsBolus' },
    ],
    RESERVOIR_EMPTY: [
      toEmpty('emptyToStopped', 'cutBolusByEmpty'),
      toStopped('thenStops', 'cutBolusByEmpty'),
      toMinimum('emptyToMinimum', 'cutBolusByEmpty'),
      toBasal('cutBolusByEmpty'),
    ],
    ENTER_RESERVOIR: [
      toEmpty('entryToStopped', 'cutBolusByEntry'),
      toStopped('entryThenStops', 'cutBolusByEntry'),
      toMinimum('entryToMinimum', 'cutBolusByEntry'),
      { ...toBasal('cutBolusByEntry'), guard: 'entryEndsBolus' },
    ],
    CONDITION_DECLARED: [
      { ...toStopped('declaredToStopped', 'cutBolusByCondition'), updates: ['cutBolusByCondition', 'stopByCondition'] },
      toStopped('declaredThenStops', 'cutBolusByCondition'),
      toMinimum('declaredToMinimum', 'cutBolusByCondition'),
      {
        ...goDefault('declaredToDefault'),
        updates: ['cutBolusByCondition', 'runDefault'],
        effects: ['drive', ...ended, 'logDefault', 'logZeroStep'],
      },
      { ...toBasal('cutBolusByCondition'), guard: 'declaredEndsBolus' },
    ],
    END_OF_SERVICE: {
      ...endNow,
      updates: ['cutBolusByEnd', 'stopForGood'],
      effects: ['drive', ...ended, 'logStopped'],
    },
  } as const;
};

/** What changes the rate within a mode of delivery. */
const run = { updates: ['runProgram'], effects: ['drive', 'logZeroStep'] } as const;
const step = [
  { guard: 'stepToZero', updates: ['runProgram'], effects: ['drive', 'logZeroStep'] },
  { guard: 'stepFromZero', updates: ['runProgram'], effects: ['drive', 'logStarted'] },
  { updates: ['runProgram'], effects: ['drive'] },
] as const;
const periodicStarts = { guard: 'periodicStarts', updates: ['runProgram'], effects: ['drive'] } as const;
const clockHeld = { guard: 'clockAllowed', updates: ['setClock'], effects: ['logClockSet'] } as const;
const clockMoves = {
  guard: 'clockAllowed',
  updates: ['setClock', 'runProgram'],
  effects: ['drive', 'logClockSet', 'logZeroStep'],
} as const;
const restartHeld = { updates: ['restart'], effects: ['drive', 'logReset'] } as const;
const restarts = { updates: ['restart', 'runProgram'], effects: ['drive', 'logReset', 'logZeroStep'] } as const;

/** What changes the rate beside a bolus. */
const amidBolus = {
  SCHEDULE_STEP: { updates: ['runProgram'], effects: ['drive'] },
  PERIODIC_DUE: periodicStarts,
  PERIODIC_END: run,
  CLOCK_SET: { ...clockMoves, effects: ['drive', 'logClockSet'] },
} as const;

/** What the safe state makes of delivery, where the device goes there. */
const stopSafely = {
  target: 'stopped',
  guard: 'safeToStopped',
  updates: ['stopInSafeState'],
  effects: ['drive', 'logStopped'],
} as const;
const batteryReset = { updates: ['noteBatteryReset'], effects: ['logBatteryReset'] } as const;

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
const declares = { updates: ['declare'], effects: ['logDeclared'] } as const;
const senses = { updates: ['sense'] } as const;
const gone = [
  { guard: 'goneWasDeclared', updates: ['forgetGone'], effects: ['logGone'] },
  { updates: ['forgetGone'] },
] as const;

const cutToMinimum = <const G extends string, const U extends string>(guard: G, cut: U) =>
  ({
    target: 'minimumRate',
    guard,
    updates: [cut, 'runMinimum'],
    effects: ['drive', 'logOpeningEnded', 'logMinimum', 'logZeroStep'],
  }) as const;
const cutToEmpty = <const G extends string, const U extends string>(guard: G, cut: U) =>
  ({
    target: 'stopped',
    guard,
    updates: [cut, 'stopEmpty'],
    effects: ['drive', 'logOpeningEnded', 'logStopped'],
  }) as const;
const cutToBasal = <const U extends string>(cut: U) =>
  ({ target: 'basal', updates: [cut, 'runBasal'], effects: ['drive', 'logOpeningEnded', 'logStarted'] }) as const;

/** Begins with what the prescription begins with. */
const commitToOpening = <const T extends string, const G extends string>(target: T, guard: G) =>
  ({
    target,
    guard,
    updates: ['commitUpdate', 'runOpening'],
    effects: ['drive', 'recordPrescription', 'logCommitted', 'logOpeningStarted', 'logZeroStep'],
  }) as const;

/** What ends an opening before its time, for good. What follows is never what it was to lead to by itself. */
const cutOpening = {
  UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', 'logOpeningEnded', 'logUpdateStarted', 'logOverridden'] },
  MINIMUM_RATE: cutToMinimum('minimumAllowed', 'cutBolusByMinimum'),
  STOP: {
    target: 'stopped',
    updates: ['cutBolusByStop', 'stopByClinician'],
    effects: ['stroke', 'drive', 'logOpeningEnded', 'logStopped'],
  },
  END_OF_SERVICE: {
    ...endNow,
    updates: ['cutBolusByEnd', 'stopForGood'],
    effects: ['drive', 'logOpeningEnded', 'logStopped'],
  },
  OPENING_END: {
    target: 'basal',
    updates: ['completeOpening', 'runBasal'],
    effects: ['drive', 'logOpeningEnded', 'logStarted'],
  },
} as const;
const cutOpeningEmpty = [
  cutToEmpty('emptyToStopped', 'cutBolusByEmpty'),
  cutToMinimum('emptyToMinimum', 'cutBolusByEmpty'),
] as const;
const cutOpeningStopped = {
  target: 'stopped',
  guard: 'declaredToStopped',
  updates: ['cutBolusByCondition', 'stopByCondition'],
  effects: ['drive', 'logOpeningEnded', 'logStopped'],
} as const;
const cutOpeningEntry = [
  cutToEmpty('entryToStopped', 'cutBolusByEntry'),
  cutToMinimum('entryToMinimum', 'cutBolusByEntry'),
] as const;

/** A prime or a bridge: in place of basal and of all boluses. */
const filling = {
  ...cutOpening,
  CLOCK_SET: clockHeld,
  RESET: {
    target: 'basal',
    updates: ['cutBolusByReset', 'restart', 'runBasal'],
    effects: ['drive', 'logReset', 'logOpeningEnded', 'logStarted'],
  },
  RESERVOIR_LOW: [
    cutToMinimum('lowToMinimum', 'cutBolusByLow'),
    { ...cutToBasal('cutBolusByLow'), guard: 'lowEndsBolus' },
  ],
  RESERVOIR_EMPTY: [...cutOpeningEmpty, cutToBasal('cutBolusByEmpty')],
  ENTER_RESERVOIR: [...cutOpeningEntry, { ...cutToBasal('cutBolusByEntry'), guard: 'entryEndsBolus' }],
  CONDITION_DECLARED: [
    cutOpeningStopped,
    cutToMinimum('declaredToMinimum', 'cutBolusByCondition'),
    {
      ...goDefault('declaredToDefault'),
      updates: ['cutBolusByCondition', 'runDefault'],
      effects: ['drive', 'logOpeningEnded', 'logDefault', 'logZeroStep'],
    },
    { ...cutToBasal('cutBolusByCondition'), guard: 'declaredEndsBolus' },
  ],
} as const;

const endPeriodic = <const U extends string>(cut: U) =>
  ({ target: 'waiting', updates: [cut], effects: ['logPeriodicEnded'] }) as const;
/** One that falls due while another runs or waits would be a second at once. */
const skipDue = { updates: ['dueNext'], effects: ['logPeriodicSkipped'] } as const;
const startDeferred = {
  target: 'running',
  guard: 'periodicStarts',
  updates: ['startPeriodic'],
  effects: ['logPeriodicStarted'],
} as const;
const dropDeferred = { target: 'waiting', updates: ['dropDeferred'], effects: ['logPeriodicSkipped'] } as const;

const noted = { guard: 'noteAllowed', updates: ['stateReason'], effects: ['logDiscrepancy'] } as const;
const entry = (level: 'entryNormal' | 'entryLow' | 'entryEmpty') =>
  ({ guard: level, updates: ['enterVolume', 'markLevel'], effects: ['logEntered'] }) as const;
/** What was read is believed. Where that is less, the level follows as it does where time brings it. */
const read = { updates: ['readLevel'] } as const;
const readUp = <const T extends string, const G extends string>(target: T, guard: G) =>
  ({ target, guard, updates: ['readLevel', 'markLevel'] }) as const;
const commit = (level: 'commitNormal' | 'commitLow' | 'commitEmpty') =>
  ({ guard: level, updates: ['markLevel'] }) as const;

const denied = { guard: 'bolusDenied', updates: ['countDenial'], effects: ['logDenied'] } as const;
const toOff = { target: 'off', guard: 'commitPatientOff' } as const;
const toReady = { target: 'ready', guard: 'commitPatientReady' } as const;
const toLockedOut = { target: 'lockedOut', guard: 'commitPatientLockedOut' } as const;
const toCountUsed = { target: 'countUsed', guard: 'commitPatientCountUsed' } as const;

const healed = { effects: ['logHealed'] } as const;
const opened = { effects: ['logSessionOpened'] } as const;
const closed = { effects: ['logSessionClosed'] } as const;

const pumpChart = {
  id: 'pump',
  regions: {
    service: {
      about: 'Where the pump is in its life',
      initial: 'shelf',
      states: {
        shelf: {
          on: {
            POWER_ON: { updates: ['powerOn'], effects: ['logPowerOn', 'drive'] },
            IMPLANT: { target: 'inService', updates: ['implant'], effects: ['logImplanted'] },
            BATTERY_LOW: { updates: ['noteBatteryLow'] },
            // What was forgotten with everything else is taken for granted.
            MEMORY_FAILED: { target: 'inService' },
          },
        },
        inService: {
          on: {
            BATTERY_LOW: { updates: ['noteBatteryLow'] },
            BATTERY_RESET: batteryReset,
            ERI: { target: 'eri', updates: ['raiseEri'] },
          },
        },
        eri: {
          on: {
            BATTERY_RESET: batteryReset,
            END_OF_SERVICE: { target: 'endOfService', updates: ['endService'] },
          },
        },
        endOfService: {},
      },
    },

    // Before what delivery makes of it: the safe state is that of a pump whose memory has failed.
    memory: {
      about: 'Whether what the pump had stored can be trusted',
      initial: 'sound',
      states: {
        sound: {
          on: {
            MEMORY_HEALED: healed,
            MEMORY_FAILED: { target: 'failed', updates: ['failMemory'], effects: ['logFailed'] },
          },
        },
        failed: { on: { MEMORY_HEALED: healed } },
      },
    },

    // Before what delivery makes of it: from here on a condition counts as declared.
    motor: {
      about: 'The motor as sensed, and beside it every other condition',
      initial: 'turning',
      states: {
        turning: {
          on: {
            CONDITION_SENSED: [
              { target: 'stalled', guard: 'stallSensedAgain', ...senses },
              { target: 'noRotation', guard: 'stallSensed', ...senses },
              senses,
            ],
            CONDITION_DECLARED: declares,
            CONDITION_GONE: gone,
          },
        },
        noRotation: {
          on: {
            CONDITION_SENSED: senses,
            CONDITION_DECLARED: [{ target: 'stalled', guard: 'stallDeclared', ...declares }, declares],
            CONDITION_GONE: [{ target: 'turning', guard: 'stallGone', updates: ['forgetGone'] }, ...gone],
          },
        },
        stalled: {
          on: {
            CONDITION_SENSED: senses,
            CONDITION_DECLARED: declares,
            CONDITION_GONE: [
              { target: 'turning', guard: 'stallGone', updates: ['forgetGone'], effects: ['logGone'] },
              ...gone,
            ],
          },
        },
      },
    },

    // Before what a request does to delivery: a denial is told with the reason it had.
    patientControl: {
      about: 'Whether the patient may have a bolus, as far as prescription and time decide',
      initial: 'off',
      states: {
        off: { on: { BOLUS_REQUEST: denied, UPDATE_COMMIT: [toReady, toLockedOut, toCountUsed] } },
        ready: {
          on: {
            BOLUS_REQUEST: [{ target: 'lockedOut', guard: 'bolusGranted' }, denied],
            UPDATE_COMMIT: [toOff, toLockedOut, toCountUsed],
            CLOCK_SET: { target: 'countUsed', guard: 'clockToCountUsed' },
            RESET: { target: 'countUsed', guard: 'resetToCountUsed' },
          },
        },
        lockedOut: {
          on: {
            BOLUS_REQUEST: denied,
            LOCKOUT_END: [{ target: 'ready', guard: 'countLeft' }, { target: 'countUsed' }],
            UPDATE_COMMIT: [toOff, toReady, toCountUsed],
          },
        },
        countUsed: {
          on: {
            BOLUS_REQUEST: denied,
            COUNT_RELEASED: { target: 'ready' },
            CLOCK_SET: { target: 'ready', guard: 'clockToReady' },
            UPDATE_COMMIT: [toOff, toReady, toLockedOut],
          },
        },
      },
    },

    periodicBolus: {
      about: 'The boluses that come by themselves, where the program has such',
      initial: 'off',
      states: {
        off: { on: { UPDATE_COMMIT: { target: 'waiting', guard: 'commitPeriodic' } } },
        waiting: {
          on: {
            PERIODIC_DUE: [
              {
                target: 'running',
                guard: 'periodicStarts',
                updates: ['dueNext', 'startPeriodic'],
                effects: ['logPeriodicStarted'],
              },
              { target: 'deferred', guard: 'periodicDefers', updates: ['dueNext', 'deferPeriodic'] },
              { updates: ['dueNext'], effects: ['logPeriodicSkipped'] },
            ],
            UPDATE_COMMIT: { target: 'off', guard: 'commitNoPeriodic' },
            END_OF_SERVICE: { target: 'off', guard: 'endStops', updates: ['forgetPeriodic'] },
          },
        },
        deferred: {
          on: {
            PERIODIC_DUE: skipDue,
            // It goes on waiting where a clinician's bolus now goes on.
            BOLUS_END: [{ guard: 'clinicianBolusWaits' }, startDeferred, dropDeferred],
            CLINICIAN_BOLUS_END: [
              { ...startDeferred, guard: 'periodicFollows' },
              { ...dropDeferred, guard: 'clinicianBolusRuns' },
            ],
            CLINICIAN_BOLUS_HALT: { ...dropDeferred, guard: 'clinicianBolusRuns' },
            BOLUS_REQUEST: { ...dropDeferred, guard: 'limitToMinimum' },
            STOP: dropDeferred,
            UPDATE_BEGIN: { ...dropDeferred, guard: 'beginAllowed' },
            RESERVOIR_LOW: { ...dropDeferred, guard: 'lowEndsBolus' },
            RESERVOIR_EMPTY: dropDeferred,
            ENTER_RESERVOIR: { ...dropDeferred, guard: 'entryEndsBolus' },
            MINIMUM_RATE: { ...dropDeferred, guard: 'minimumAllowed' },
            CONDITION_DECLARED: { ...dropDeferred, guard: 'declaredEndsBolus' },
            END_OF_SERVICE: {
              ...dropDeferred,
              target: 'off',
              guard: 'endStops',
              updates: ['dropDeferred', 'forgetPeriodic'],
            },
            RESET: dropDeferred,
          },
        },
        running: {
          on: {
            PERIODIC_END: endPeriodic('completePeriodic'),
            CLINICIAN_BOLUS_END: { ...endPeriodic('cutPeriodicByStop'), guard: 'endThenStops' },
            CLINICIAN_BOLUS_HALT: { ...endPeriodic('cutPeriodicByLimit'), guard: 'clinicianBolusRuns' },
            END_OF_SERVICE: {
              target: 'off',
              guard: 'endStops',
              updates: ['cutPeriodicByEnd', 'forgetPeriodic'],
              effects: ['logPeriodicEnded'],
            },
            PERIODIC_DUE: skipDue,
            STOP: endPeriodic('cutPeriodicByStop'),
            UPDATE_BEGIN: { ...endPeriodic('cutPeriodicByUpdate'), guard: 'beginAllowed' },
            RESERVOIR_LOW: { ...endPeriodic('cutPeriodicByLow'), guard: 'lowEndsBolus' },
            RESERVOIR_EMPTY: endPeriodic('cutPeriodicByEmpty'),
            ENTER_RESERVOIR: { ...endPeriodic('cutPeriodicByEntry'), guard: 'entryEndsBolus' },
            MINIMUM_RATE: { ...endPeriodic('cutPeriodicByMinimum'), guard: 'minimumAllowed' },
            BOLUS_REQUEST: { ...endPeriodic('cutPeriodicByMinimum'), guard: 'limitToMinimum' },
            CONDITION_DECLARED: { ...endPeriodic('cutPeriodicByCondition'), guard: 'declaredEndsBolus' },
            RESET: endPeriodic('cutPeriodicByReset'),
          },
        },
      },
    },

    infusion: {
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
              {
                target: 'minimumRate',
                guard: 'safeAtMinimum',
                updates: ['runMinimum'],
                effects: ['drive', 'logMinimum'],
              },
              { ...goDefault('safeAtDefault'), effects: ['drive', 'logDefault'] },
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
                effects: ['drive', 'logUpdateInterrupted', 'logMinimum'],
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
        patientBolus: {
          on: {
            ...cutShort('logBolusEnded', 'logClinicianEnded'),
            BOLUS_END: [
              // One of a clinician that it suspended goes on with all that was left.
              {
                target: 'clinicianBolus',
                guard: 'clinicianBolusWaits',
                updates: ['completeBolus', 'runProgram'],
                effects: ['drive', 'logBolusEnded', 'logClinicianResumed'],
              },
              {
                target: 'basal',
                updates: ['completeBolus', 'runBasal'],
                effects: ['drive', 'logBolusEnded', 'logZeroStep'],
              },
            ],
            ...amidBolus,
          },
        },
        clinicianBolus: {
          on: {
            ...cutShort('logClinicianEnded'),
            CLINICIAN_BOLUS_END: [
              {
                target: 'stopped',
                guard: 'thenStops',
                updates: ['completeClinicianBolus', 'stopAsOrdered'],
                effects: ['drive', 'logClinicianEnded', 'logStopped'],
              },
              {
                target: 'basal',
                updates: ['completeClinicianBolus', 'runBasal'],
                effects: ['drive', 'logClinicianEnded', 'logBasalAgain'],
              },
            ],
            CLINICIAN_BOLUS_HALT: [
              {
                target: 'stopped',
                guard: 'thenStops',
                updates: ['cutBolusByLimit', 'stopAsOrdered'],
                effects: ['drive', 'logClinicianEnded', 'logStopped'],
              },
              {
                target: 'minimumRate',
                updates: ['cutBolusByLimit', 'runMinimum'],
                effects: ['drive', 'logClinicianEnded', 'logMinimum', 'logZeroStep'],
              },
            ],
            BOLUS_REQUEST: [
              {
                target: 'patientBolus',
                guard: 'bolusGranted',
                updates: ['startBolus'],
                effects: ['drive', 'logClinicianSuspended', 'logGranted'],
              },
              {
                target: 'stopped',
                guard: 'limitThenStops',
                updates: ['cutBolusByLimit', 'stopAsOrdered'],
                effects: ['drive', 'logClinicianEnded', 'logStopped'],
              },
              {
                target: 'minimumRate',
                guard: 'limitToMinimum',
                updates: ['cutBolusByLimit', 'runMinimum'],
                effects: ['drive', 'logClinicianEnded', 'logMinimum', 'logZeroStep'],
              },
            ],
            ...amidBolus,
          },
        },
        prime: { on: filling },
        bridge: { on: filling },
        delayed: {
          on: {
            ...cutOpening,
            STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
            SCHEDULE_STEP: step,
            CLOCK_SET: clockMoves,
            // It waits on, without a local time until somebody sets one.
            RESET: restarts,
            // A safe state lasts until somebody says otherwise.
            BATTERY_RESET: [
              {
                target: 'stopped',
                guard: 'safeToStopped',
                updates: ['cutBolusByReset', 'stopInSafeState'],
                effects: ['drive', 'logOpeningEnded', 'logStopped'],
              },
              cutToMinimum('safeReduces', 'cutBolusByReset'),
            ],
            RESERVOIR_LOW: cutToMinimum('lowToMinimum', 'cutBolusByLow'),
            RESERVOIR_EMPTY: cutOpeningEmpty,
            ENTER_RESERVOIR: cutOpeningEntry,
            // It is not raised to the default schedule.
            CONDITION_DECLARED: [cutOpeningStopped, cutToMinimum('declaredReduces', 'cutBolusByCondition')],
          },
        },
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
    },

    reservoir: {
      about: 'What is left, as calculated',
      initial: 'empty',
      states: {
        normal: {
          on: {
            LEVEL_READ: read,
            RESERVOIR_LOW: { target: 'low', updates: ['markLevel'] },
            RESERVOIR_EMPTY: { target: 'empty', updates: ['markLevel'] },
            NOTE_DISCREPANCY: noted,
            ENTER_RESERVOIR: [
              entry('entryNormal'),
              { target: 'low', ...entry('entryLow') },
              { target: 'empty', ...entry('entryEmpty') },
            ],
            UPDATE_COMMIT: [
              { target: 'low', ...commit('commitLow') },
              { target: 'empty', ...commit('commitEmpty') },
            ],
          },
        },
        low: {
          on: {
            LEVEL_READ: [readUp('normal', 'readNormal'), read],
            RESERVOIR_EMPTY: { target: 'empty', updates: ['markLevel'] },
            NOTE_DISCREPANCY: noted,
            ENTER_RESERVOIR: [
              { target: 'normal', ...entry('entryNormal') },
              entry('entryLow'),
              { target: 'empty', ...entry('entryEmpty') },
            ],
            UPDATE_COMMIT: [
              { target: 'normal', ...commit('commitNormal') },
              { target: 'empty', ...commit('commitEmpty') },
            ],
          },
        },
        empty: {
          on: {
            LEVEL_READ: [readUp('normal', 'readNormal'), readUp('low', 'readLow'), read],
            NOTE_DISCREPANCY: noted,
            ENTER_RESERVOIR: [
              { target: 'normal', ...entry('entryNormal') },
              { target: 'low', ...entry('entryLow') },
              entry('entryEmpty'),
            ],
            UPDATE_COMMIT: [
              { target: 'normal', ...commit('commitNormal') },
              { target: 'low', ...commit('commitLow') },
              // A pump that was never filled has been empty all along; its alarm begins here.
              commit('commitEmpty'),
            ],
          },
        },
      },
    },

    telemetry: {
      about: 'Whether a clinician is talking to the pump',
      initial: 'closed',
      states: {
        closed: {
          on: {
            SESSION_OPENED: [{ target: 'session', guard: 'byClinician', ...opened }, opened],
            SESSION_CLOSED: closed,
          },
        },
        session: {
          on: {
            SESSION_OPENED: opened,
            SESSION_CLOSED: [
              {
                target: 'closed',
                guard: 'byClinician',
                updates: ['dropStaged', 'markSession', 'endAllSilences'],
                ...closed,
              },
              closed,
            ],
            STAGE: { guard: 'stageAllowed', updates: ['stage'] },
            SILENCE_ALARM: { guard: 'silenceAllowed', updates: ['silenceAlarm'] },
            SILENCE_END: { updates: ['endSilences'] },
            CLEAR_ALARM: { guard: 'clearAllowed', updates: ['clearAlarm'] },
            SET_ALARM_INTERVAL: { guard: 'intervalAllowed', updates: ['setInterval'], effects: ['logIntervalSet'] },
            TEST_ALARM: { effects: ['logTested'] },
          },
        },
      },
    },
  },
} as const satisfies ChartSpec<Names>;

/** The chart with its names as strings, for executors, validator and diagram. */
export const plainChart: PlainChart = pumpChart;
