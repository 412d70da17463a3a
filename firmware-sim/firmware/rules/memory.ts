import type { DeviceProfile } from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import type { EventOf } from '../events.ts';
import { beginSelfTest } from './self-test.ts';
import { stopFor } from './update.ts';

/*
 * A memory of which no bank is whole. Nothing is invented in its place: no prescription, no history, no volume, no
 * local time. The pump takes itself for one in a patient, delivers what its `safeState` says, alarms for good and
 * takes no programming; it can be read, stopped and set to its minimum rate.
 */

/** What is left to a pump that starts with its factory settings because it could not read others. */
export function failMemory(draft: Draft, { at }: EventOf<'MEMORY_FAILED'>): void {
  draft.memoryFailed = at;
  beginSelfTest(draft, at);
  draft.inService = true;
  draft.since = at;
  draft.stepAt = at;
  draft.idleSince = at;
  draft.clockMoved = { at, from: null, skipped: 0 };
  draft.atSession = { at, commanded: 0n };
}

/*
 * An error that locks the memory: what was programmed goes on, and can be stopped, resumed and read. Nothing is
 * programmed anew until a laboratory has reset the memory.
 */

export function lockMemory(draft: Draft, { at }: EventOf<'MEMORY_LOCKED'>): void {
  draft.memoryLocked = at;
}

export function unlockMemory(draft: Draft): void {
  draft.memoryLocked = null;
}

/** Whether what is left to it is this safe state. */
export const safeAt =
  (state: DeviceProfile['safeState']) =>
  ({ profile }: PumpContext): boolean =>
    profile.safeState === state;

export const stopSafe = (draft: Draft, { at }: EventOf<'MEMORY_FAILED'>): void => stopFor(draft, at, 'memoryError');
