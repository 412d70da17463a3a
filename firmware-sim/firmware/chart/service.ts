import type { Region } from './names.ts';

const batteryReset = { updates: ['noteBatteryReset'], effects: ['logBatteryReset'] } as const;

/** The ends of a life fall due at once: first that replacement is indicated, then the end. */
const emptied = { updates: ['noteBatteryEmpty'] } as const;

export const service = {
  about: 'Where the pump is in its life',
  initial: 'shelf',
  states: {
    shelf: {
      on: {
        POWER_ON: { updates: ['powerOn'], effects: ['logPowerOn', 'drive'] },
        IMPLANT: { target: 'inService', guard: 'implantAllowed', updates: ['implant'], effects: ['logImplanted'] },
        BATTERY_LOW: { updates: ['noteBatteryLow'] },
        BATTERY_EMPTY: emptied,
        // What was forgotten with everything else is taken for granted.
        MEMORY_FAILED: { target: 'inService' },
      },
    },
    inService: {
      on: {
        BATTERY_LOW: { updates: ['noteBatteryLow'] },
        BATTERY_EMPTY: emptied,
        BATTERY_RESET: batteryReset,
        ERI: { target: 'eri', updates: ['raiseEri'] },
      },
    },
    eri: {
      on: {
        BATTERY_EMPTY: emptied,
        BATTERY_RESET: batteryReset,
        END_OF_SERVICE: { target: 'endOfService', updates: ['endService'] },
      },
    },
    endOfService: {},
  },
} as const satisfies Region;
