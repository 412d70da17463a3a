import type { Region } from './names.ts';

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

export const periodicBolus = {
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
        BOLUS_REQUEST: { ...endPeriodic('cutPeriodicByLimit'), guard: 'limitToMinimum' },
        CONDITION_DECLARED: { ...endPeriodic('cutPeriodicByCondition'), guard: 'declaredEndsBolus' },
        RESET: endPeriodic('cutPeriodicByReset'),
      },
    },
  },
} as const satisfies Region;
