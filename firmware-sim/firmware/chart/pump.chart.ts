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
const resume = [
  { target: 'basal', guard: 'resumeToBasal', updates: ['runBasal'], effects: ['drive', 'logStarted'] },
] as const;

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
          },
        },
        inService: {},
      },
    },

    infusion: {
      about: 'What is commanded',
      initial: 'stopped',
      states: {
        stopped: {
          on: {
            UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', 'logUpdateStarted'] },
            RESUME: [
              ...resume,
              {
                target: 'minimumRate',
                guard: 'resumeToMinimum',
                updates: ['runMinimum'],
                effects: ['drive', 'logMinimum'],
              },
            ],
            STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
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
            UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', 'logUpdateStarted'] },
            STOP: { target: 'stopped', updates: ['stopByClinician'], effects: ['drive', 'logStopped'] },
            RESERVOIR_LOW: {
              target: 'minimumRate',
              guard: 'lowToMinimum',
              updates: ['runMinimum'],
              effects: ['drive', 'logMinimum'],
            },
            ENTER_RESERVOIR: [
              { target: 'stopped', guard: 'entryToStopped', updates: ['stopEmpty'], effects: ['drive', 'logStopped'] },
              {
                target: 'minimumRate',
                guard: 'entryToMinimum',
                updates: ['runMinimum'],
                effects: ['drive', 'logMinimum'],
              },
            ],
            RESERVOIR_EMPTY: [
              { target: 'stopped', guard: 'emptyToStopped', updates: ['stopEmpty'], effects: ['drive', 'logStopped'] },
              {
                target: 'minimumRate',
                guard: 'emptyToMinimum',
                updates: ['runMinimum'],
                effects: ['drive', 'logMinimum'],
              },
            ],
          },
        },
        patientBolus: {
          on: {
            BOLUS_END: { target: 'basal', updates: ['completeBolus', 'runBasal'], effects: ['drive', 'logBolusEnded'] },
            UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', 'logBolusEnded', 'logUpdateStarted'] },
            STOP: {
              target: 'stopped',
              updates: ['cutBolusByStop', 'stopByClinician'],
              effects: ['drive', 'logBolusEnded', 'logStopped'],
            },
            ENTER_RESERVOIR: [
              {
                target: 'stopped',
                guard: 'entryToStopped',
                updates: ['cutBolusByEntry', 'stopEmpty'],
                effects: ['drive', 'logBolusEnded', 'logStopped'],
              },
              {
                target: 'minimumRate',
                guard: 'entryToMinimum',
                updates: ['cutBolusByEntry', 'runMinimum'],
                effects: ['drive', 'logBolusEnded', 'logMinimum'],
              },
              {
                target: 'basal',
                guard: 'entryEndsBolus',
                updates: ['cutBolusByEntry', 'runBasal'],
                effects: ['drive', 'logBolusEnded'],
              },
            ],
            RESERVOIR_LOW: [
              {
                target: 'minimumRate',
                guard: 'lowToMinimum',
                updates: ['cutBolusByLow', 'runMinimum'],
                effects: ['drive', 'logBolusEnded', 'logMinimum'],
              },
              {
                target: 'basal',
                guard: 'lowEndsBolus',
                updates: ['cutBolusByLow', 'runBasal'],
                effects: ['drive', 'logBolusEnded'],
              },
            ],
            RESERVOIR_EMPTY: [
              {
                target: 'stopped',
                guard: 'emptyToStopped',
                updates: ['cutBolusByEmpty', 'stopEmpty'],
                effects: ['drive', 'logBolusEnded', 'logStopped'],
              },
              {
                target: 'minimumRate',
                guard: 'emptyToMinimum',
                updates: ['cutBolusByEmpty', 'runMinimum'],
                effects: ['drive', 'logBolusEnded', 'logMinimum'],
              },
              { target: 'basal', updates: ['cutBolusByEmpty', 'runBasal'], effects: ['drive', 'logBolusEnded'] },
            ],
          },
        },
        minimumRate: {
          on: {
            STOPPED_TOO_LONG: { updates: ['raiseStoppedTooLong'] },
            RESUME: resume,
            UPDATE_BEGIN: { ...beginUpdate, effects: ['drive', 'logUpdateStarted'] },
            STOP: { target: 'stopped', updates: ['stopByClinician'], effects: ['drive', 'logStopped'] },
            ENTER_RESERVOIR: {
              target: 'stopped',
              guard: 'entryToStopped',
              updates: ['stopEmpty'],
              effects: ['drive', 'logStopped'],
            },
            RESERVOIR_EMPTY: {
              target: 'stopped',
              guard: 'emptyToStopped',
              updates: ['stopEmpty'],
              effects: ['drive', 'logStopped'],
            },
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
            SESSION_CLOSED: [{ target: 'closed', guard: 'byClinician', updates: ['dropStaged'], ...closed }, closed],
            STAGE: { guard: 'stageAllowed', updates: ['stage'] },
          },
        },
      },
    },
  },
} as const satisfies ChartSpec<Names>;

/** The chart with its names as strings, for executors, validator and diagram. */
export const plainChart: PlainChart = pumpChart;
