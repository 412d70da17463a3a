import type { Status } from '../shared/index.ts';

/** Whether a pump has lost its memory: its prescription, its volume and its history are not known to it. */
export const hasLostMemory = (alarms: Status['alarms']): boolean => alarms.some(({ code }) => code === 'memoryError');

export const LOST_MEMORY = 'THE PUMP HAS LOST ITS MEMORY: it cannot be programmed, and must be replaced';

/** Why delivery cannot be resumed on it, and what is to be done. */
export const LOST_PRESCRIPTION =
  'the prescription was lost with the memory: replace the pump, and enter volume and prescription into the new one';
