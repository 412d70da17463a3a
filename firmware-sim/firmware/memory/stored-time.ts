import { fromBytes, type Instant, instant, toBytes } from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';

const CELL = 'time';

/** Stores the time by itself, between two events. */
export const keepTime = (store: Store, at: Instant): void => store.write(CELL, () => toBytes(at));

/** The time last stored by itself; undefined where it never was. */
export function readTime(store: Store): Instant | undefined {
  const cell = store.read(CELL);
  const time = cell === undefined ? undefined : fromBytes(cell);
  return typeof time === 'number' ? instant(time) : undefined;
}
