import { test } from 'vitest';
import { ITEMS } from './items.ts';

/**
 * A test of a requirement, by its id. One requirement may have several; `where` tells them apart. Throws where the
 * id is none.
 */
export function requirement(id: string, shown: () => void, where = ''): void {
  const item = ITEMS.find((item) => item.id === id);
  if (item === undefined) throw new Error(`${id}: no such requirement`);
  test(`${id} ${item.says}${where && `: ${where}`}`, shown);
}
