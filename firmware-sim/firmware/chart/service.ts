import type { Region } from './names.ts';

const batteryReset = { updates: ['noteBatteryReset'], effects: ['logBatteryReset'] } as const;

export const service = {
  about: 'Where the pump is in its life',
  initial: 'shelf',
  states: {
    shelf: {
      on: {
        POWER_ON: { updates: ['powerOn'], effects: ['logPowerOn', 'drive'] },
        IMPLANT: { target: 'inService', guard: 'implantAllowed', updates: ['implant'], effects: ['logImplanted'] },
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
} as const satisfies Region;
