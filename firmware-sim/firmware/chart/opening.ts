import { beginUpdate, clockHeld, clockMoves, endNow, goDefault, restarts, step } from './delivery.ts';
import type { States } from './names.ts';

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
export const commitToOpening = <const T extends string, const G extends string>(target: T, guard: G) =>
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
/** What a prescription may begin with. */
export const openingStates = {
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
} as const satisfies States;
