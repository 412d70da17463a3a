import { beginUpdate, clockMoves, endNow, goDefault, periodicStarts, run } from './delivery.ts';
import type { States } from './names.ts';

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
/** What changes the rate beside a bolus. */
const amidBolus = {
  SCHEDULE_STEP: { updates: ['runProgram'], effects: ['drive'] },
  PERIODIC_DUE: periodicStarts,
  PERIODIC_END: run,
  CLOCK_SET: { ...clockMoves, effects: ['drive', 'logClockSet'] },
} as const;
/** The boluses that somebody asks for. */
export const bolusStates = {
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
} as const satisfies States;
