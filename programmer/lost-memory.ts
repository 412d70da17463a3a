import type { Status } from '../shared/index.ts';

/** Whether a pump has lost its memory: its prescription, its volume and its history are not known to it. */
export const hasLostMemory = (alarms: Status['alarms']): boolean => alarms.some(({ code }) => code === 'memoryError');

export const LOST_MEMORY = 'THE PUMP HAS LOST ITS MEMORY: it cannot be programmed, and must be replaced';
