import type { Status } from '../shared/index.ts';

/** Whether a pump has lost its memory: its prescription, its volume and its history are not known to it. */
export const hasLostMemory = (alarms: Status['alarms']): boolean => alarms.some(({ code }) => code === 'memoryError');

export const LOCKED_MEMORY =
  'AN ERROR HAS LOCKED THE MEMORY OF THE PUMP: it goes on as it was programmed, and cannot be programmed until a laboratory has reset it';

/** Whether an error has locked its memory: it goes on, and takes nothing new. */
export const isLocked = (alarms: Status['alarms']): boolean => alarms.some(({ code }) => code === 'memoryLocked');

export const LOST_MEMORY = 'THE PUMP HAS LOST ITS MEMORY: it cannot be programmed, and must be replaced';

/** Why delivery cannot be resumed on it, and what is to be done. */
export const LOST_PRESCRIPTION =
  'the prescription was lost with the memory: replace the pump, and enter volume and prescription into the new one';
