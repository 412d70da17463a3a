import type { Region } from './names.ts';

const healed = { effects: ['logHealed'] } as const;

export const memory = {
  about: 'Whether what the pump had stored can be trusted',
  initial: 'sound',
  states: {
    sound: {
      on: {
        MEMORY_HEALED: healed,
        MEMORY_LOCKED: { target: 'degraded', updates: ['lockMemory'], effects: ['logLocked'] },
        MEMORY_FAILED: { target: 'failed', updates: ['failMemory'], effects: ['logFailed'] },
      },
    },
    // All that was stored can be trusted; nothing can be stored in its place.
    degraded: {
      on: {
        MEMORY_HEALED: healed,
        MEMORY_UNLOCKED: { target: 'sound', updates: ['unlockMemory'], effects: ['logUnlocked'] },
      },
    },
    failed: { on: { MEMORY_HEALED: healed } },
  },
} as const satisfies Region;
