import { test } from 'vitest';
import { PROFILES } from '../../shared/index.ts';
import { ITEMS } from './items.ts';

/** The test of a requirement, by its id. Throws where the id is none. */
export function requirement(id: string, shown: () => void): void {
  test(titleOf(id), shown);
}

/** One of several tests of a requirement: `part` tells them apart. */
export function requirementPart(id: string, part: string, shown: () => void): void {
  test(`${titleOf(id)}: ${part}`, shown);
}

/** The test of a requirement on every shipped profile, by its name. */
export function requirementOfAll(id: string, shown: (profile: string) => void): void {
  for (const { name } of PROFILES) requirementPart(id, name, () => shown(name));
}

/** One of several tests of a requirement, on every shipped profile. */
export function requirementPartOfAll(id: string, part: string, shown: (profile: string) => void): void {
  for (const { name } of PROFILES) requirementPart(id, `${part}, ${name}`, () => shown(name));
}

function titleOf(id: string): string {
  const item = ITEMS.find((item) => item.id === id);
  if (item === undefined) throw new Error(`${id}: no such requirement`);
  return `${id} ${item.says}`;
}
