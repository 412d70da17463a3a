import type { Region } from './names.ts';

const declares = { updates: ['declare'], effects: ['logDeclared'] } as const;
const senses = { updates: ['sense'] } as const;
const gone = [
  { guard: 'goneWasDeclared', updates: ['forgetGone'], effects: ['logGone'] },
  { updates: ['forgetGone'] },
] as const;

export const motor = {
  about: 'The motor as sensed, and beside it every other condition',
  initial: 'turning',
  states: {
    turning: {
      on: {
        CONDITION_SENSED: [
          { target: 'stalled', guard: 'stallSensedAgain', ...senses },
          { target: 'noRotation', guard: 'stallSensed', ...senses },
          senses,
        ],
        CONDITION_DECLARED: declares,
        CONDITION_GONE: gone,
      },
    },
    noRotation: {
      on: {
        CONDITION_SENSED: senses,
        CONDITION_DECLARED: [{ target: 'stalled', guard: 'stallDeclared', ...declares }, declares],
        CONDITION_GONE: [{ target: 'turning', guard: 'stallGone', updates: ['forgetGone'] }, ...gone],
      },
    },
    stalled: {
      on: {
        CONDITION_SENSED: senses,
        CONDITION_DECLARED: declares,
        CONDITION_GONE: [
          { target: 'turning', guard: 'stallGone', updates: ['forgetGone'], effects: ['logGone'] },
          ...gone,
        ],
      },
    },
  },
} as const satisfies Region;
