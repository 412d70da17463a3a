import type { Region } from './names.ts';

const noted = { guard: 'noteAllowed', updates: ['stateReason'], effects: ['logDiscrepancy'] } as const;
const entry = (level: 'entryNormal' | 'entryLow' | 'entryEmpty') =>
  ({ guard: level, updates: ['enterVolume', 'markLevel'], effects: ['logEntered'] }) as const;
/** What was read is believed. Where that is less, the level follows as it does where time brings it. */
const read = { updates: ['readLevel'] } as const;
const readUp = <const T extends string, const G extends string>(target: T, guard: G) =>
  ({ target, guard, updates: ['readLevel', 'markLevel'] }) as const;
const commit = (level: 'commitNormal' | 'commitLow' | 'commitEmpty') =>
  ({ guard: level, updates: ['markLevel'] }) as const;

export const reservoir = {
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
} as const satisfies Region;
