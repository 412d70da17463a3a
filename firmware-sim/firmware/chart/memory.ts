import type { Region } from './names.ts';

const healed = { effects: ['logHealed'] } as const;
export const memory = {
  about: 'Whether what the pump had stored can be trusted',
  initial: 'sound',
  states: {
    sound: {
      on: {
        MEMORY_HEALED: healed,
        MEMORY_FAILED: { target: 'failed', updates: ['failMemory'], effects: ['logFailed'] },
      },
    },
    failed: { on: { MEMORY_HEALED: healed } },
  },
} as const satisfies Region;
