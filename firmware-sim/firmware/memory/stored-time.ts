import { type DeviceProfile, fromBytes, type Instant, instant, toBytes } from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';
import { EventLog } from './event-log.ts';
import { readImage } from './image.ts';

const CELL = 'time';

/** Stores the time by itself, between two events. */
export const keepTime = (store: Store, at: Instant): void => store.write(CELL, () => toBytes(at));

/** The last time stored: with an event, with a record of the log, or by itself; 0 where there is none. */
export function lastTime(store: Store, profile: DeviceProfile): Instant {
  const cell = store.read(CELL);
  const alone = cell === undefined ? 0 : fromBytes(cell);
  const event = readImage(store, profile)?.at ?? 0;
  const record = EventLog.inStore(store, profile.logCapacity).at(-1)?.at ?? 0;
  return instant(Math.max(event, record, typeof alone === 'number' ? alone : 0));
}
