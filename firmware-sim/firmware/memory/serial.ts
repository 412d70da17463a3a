import { fromBytes, toBytes } from '../../../shared/index.ts';
import type { Store } from '../hardware.ts';

const CELL = 'serial';

/** A pump knows its own serial number. */
export const keepSerial = (store: Store, serial: string): void => store.write(CELL, () => toBytes(serial));

/** The serial number a store holds; undefined where it holds none. */
export function readSerial(store: Store): string | undefined {
  const cell = store.read(CELL);
  const serial = cell === undefined ? undefined : fromBytes(cell);
  return typeof serial === 'string' ? serial : undefined;
}
