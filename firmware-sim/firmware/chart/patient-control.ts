import type { Region } from './names.ts';

const denied = { guard: 'bolusDenied', updates: ['countDenial'], effects: ['logDenied'] } as const;
const toOff = { target: 'off', guard: 'commitPatientOff' } as const;
const toReady = { target: 'ready', guard: 'commitPatientReady' } as const;
const toLockedOut = { target: 'lockedOut', guard: 'commitPatientLockedOut' } as const;
const toCountUsed = { target: 'countUsed', guard: 'commitPatientCountUsed' } as const;

export const patientControl = {
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
} as const satisfies Region;
