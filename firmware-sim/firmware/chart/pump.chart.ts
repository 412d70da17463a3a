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
const startUpdate = { ...beginUpdate, effects: ['drive', 'logUpdateStarted'] } as const;
const resume = [
  { target: 'basal', guard: 'resumeToBasal', updates: ['runBasal'], effects: ['drive', 'logStarted'] },
] as const;
const stop = { target: 'stopped', updates: ['stopByClinician'], effects: ['drive', 'logStopped'] } as const;

/** What the end of service makes of delivery, where the profile wants it to stop. */
const endNow = { target: 'stopped', guard: 'endStops' } as const;

/** What a low or empty reservoir makes of delivery, where the guard finds that the profile wants it. */
const stopEmpty = <const G extends string>(guard: G) =>
  ({ target: 'stopped', guard, updates: ['stopEmpty'], effects: ['drive', 'logStopped'] }) as const;
const goMinimum = <const G extends string>(guard: G) =>
  ({ target: 'minimumRate', guard, updates: ['runMinimum'], effects: ['drive', 'logMinimum'] }) as const;

/** The same, ending the patient bolus that is running. */
const cutAndStop = <const U extends string, const G extends string>(cut: U, guard: G) =>
  ({ ...stopEmpty(guard), updates: [cut, 'stopEmpty'], effects: ['drive', 'logBolusEnded', 'logStopped'] }) as const;
const cutToMinimum = <const U extends string, const G extends string>(cut: U, guard: G) =>
  ({ ...goMinimum(guard), updates: [cut, 'runMinimum'], effects: ['drive', 'logBolusEnded', 'logMinimum'] }) as const;
const cutToBasal = <const U extends string>(cut: U) =>
  ({ target: 'basal', updates: [cut, 'runBasal'], effects: ['drive', 'logBolusEnded'] }) as const;

const entry = (level: 'entryNormal' | 'entryLow' | 'entryEmpty') =>
  ({ guard: level, updates: ['enterVolume', 'markLevel'], effects: ['logEntered'] }) as const;
const commit = (level: 'commitNormal' | 'commitLow' | 'commitEmpty') =>
  ({ guard: level, updates: ['markLevel'] }) as const;

const denied = { guard: 'bolusDenied', updates: ['countDenial'], effects: ['logDenied'] } as const;
const toOff = { target: 'off', guard: 'commitPatientOff' } as const;
const toReady = { target: 'ready', guard: 'commitPatientReady' } as const;
const toLockedOut = { target: 'lockedOut', guard: 'commitPatientLockedOut' } as const;
const toCountUsed = { target: 'countUsed', guard: 'commitPatientCountUsed' } as const;

const opened = { effects: ['logSessionOpened'] } as const;
const closed = { effects: ['logSessionClosed'] } as const;

export const pumpChart = {
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
          },
        },
        inService: {
          on: {
            BATTERY_LOW: { updates: ['noteBatteryLow'] },
            ERI: { target: 'eri', updates: ['raiseEri'] },
          },
        },
        eri: { on: { END_OF_SERVICE: { target: 'endOfService', updates: ['endService'] } } },
        endOfService: {},
      },
    },

    infusion: {
      about: 'What is commanded',
      initial: 'stopped',
      states: {
        stopped: {
          on: {
            UPDATE_BEGIN: startUpdate,
            RESUME: [...resume, goMinimum('resumeToMinimum')],
            STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
            END_OF_SERVICE: { guard: 'endStops', updates: ['stopForGood'], effects: ['logStopped'] },
          },
        },
        updating: {
          on: {
            UPDATE_COMMIT: [
              {
                target: 'basal',
                guard: 'commitToBasal',
                updates: ['commitUpdate', 'runBasal'],
                effects: ['drive', 'recordPrescription', 'logCommitted', 'logStarted'],
              },
              {
                target: 'minimumRate',
                guard: 'commitToMinimum',
                updates: ['commitUpdate', 'runMinimum'],
                effects: ['drive', 'recordPrescription', 'logCommitted', 'logMinimum'],
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
            BOLUS_REQUEST: {
              target: 'patientBolus',
              guard: 'bolusGranted',
              updates: ['startBolus'],
              effects: ['drive', 'logGranted'],
            },
            UPDATE_BEGIN: startUpdate,
            STOP: stop,
            RESERVOIR_LOW: goMinimum('lowToMinimum'),
            RESERVOIR_EMPTY: [stopEmpty('emptyToStopped'), goMinimum('emptyToMinimum')],
            ENTER_RESERVOIR: [stopEmpty('entryToStopped'), goMinimum('entryToMinimum')],
            END_OF_SERVICE: { ...endNow, updates: ['stopForGood'], effects: ['drive', 'logStopped'] },
          },
        },
        patientBolus: {
          on: {
            BOLUS_END: cutToBasal('completeBolus'),
            UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', 'logBolusEnded', 'logUpdateStarted'] },
            STOP: {
              target: 'stopped',
              updates: ['cutBolusByStop', 'stopByClinician'],
              effects: ['drive', 'logBolusEnded', 'logStopped'],
            },
            RESERVOIR_LOW: [
              cutToMinimum('cutBolusByLow', 'lowToMinimum'),
              { ...cutToBasal('cutBolusByLow'), guard: 'lowEndsBolus' },
            ],
            RESERVOIR_EMPTY: [
              cutAndStop('cutBolusByEmpty', 'emptyToStopped'),
              cutToMinimum('cutBolusByEmpty', 'emptyToMinimum'),
              cutToBasal('cutBolusByEmpty'),
            ],
            ENTER_RESERVOIR: [
              cutAndStop('cutBolusByEntry', 'entryToStopped'),
              cutToMinimum('cutBolusByEntry', 'entryToMinimum'),
              { ...cutToBasal('cutBolusByEntry'), guard: 'entryEndsBolus' },
            ],
            END_OF_SERVICE: {
              ...endNow,
              updates: ['cutBolusByEnd', 'stopForGood'],
              effects: ['drive', 'logBolusEnded', 'logStopped'],
            },
          },
        },
        minimumRate: {
          on: {
            STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
            RESUME: resume,
            UPDATE_BEGIN: startUpdate,
            STOP: stop,
            RESERVOIR_EMPTY: stopEmpty('emptyToStopped'),
            ENTER_RESERVOIR: stopEmpty('entryToStopped'),
            END_OF_SERVICE: { ...endNow, updates: ['stopForGood'], effects: ['drive', 'logStopped'] },
          },
        },
      },
    },

    patientControl: {
      about: 'Whether the patient may have a bolus, as far as prescription and time decide',
      initial: 'off',
      states: {
        off: { on: { BOLUS_REQUEST: denied, UPDATE_COMMIT: [toReady, toLockedOut, toCountUsed] } },
        ready: {
          on: {
            BOLUS_REQUEST: [{ target: 'lockedOut', guard: 'bolusGranted' }, denied],
            UPDATE_COMMIT: [toOff, toLockedOut, toCountUsed],
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
            UPDATE_COMMIT: [toOff, toReady, toLockedOut],
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
            RESERVOIR_LOW: { target: 'low', updates: ['markLevel'] },
            RESERVOIR_EMPTY: { target: 'empty', updates: ['markLevel'] },
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
            RESERVOIR_EMPTY: { target: 'empty', updates: ['markLevel'] },
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
              { target: 'closed', guard: 'byClinician', updates: ['dropStaged', 'endAllSilences'], ...closed },
              closed,
            ],
            STAGE: { guard: 'stageAllowed', updates: ['stage'] },
            SILENCE_ALARM: { guard: 'silenceAllowed', updates: ['silenceAlarm'] },
            SILENCE_END: { updates: ['endSilences'] },
          },
        },
      },
    },
  },
} as const satisfies ChartSpec<Names>;

/** The chart with its names as strings, for executors, validator and diagram. */
export const plainChart: PlainChart = pumpChart;
