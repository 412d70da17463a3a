import { test } from 'vitest';
import { PROFILES } from '../../shared/index.ts';
import { ITEMS } from './items.ts';
import { isLong } from './runs.ts';

/** The test of a requirement, by its id. Throws where the id is none. */
export function requirement(id: string, shown: () => void): void {
  test(titleOf(id), shown);
}

/** One of several tests of a requirement: `part` tells them apart. */
export function requirementPart(id: string, part: string, shown: () => void): void {
  test(`${titleOf(id)}: ${part}`, shown);
}

/** Three devices as unlike as any are tried every day, all that are shipped in the long run. */
const EVERY_DAY = ['synchromed-ii-like-20', 'minimed-2007-like', 'generic-pca'];
const profiles = (): readonly string[] =>
  PROFILES.map(({ name }) => name).filter((name) => isLong() || EVERY_DAY.includes(name));

/** The test of a requirement on shipped profiles, by name. */
export function requirementOfAll(id: string, shown: (profile: string) => void): void {
  for (const name of profiles()) requirementPart(id, name, () => shown(name));
}

/** One of several tests of a requirement, on shipped profiles. */
export function requirementPartOfAll(id: string, part: string, shown: (profile: string) => void): void {
  for (const name of profiles()) requirementPart(id, `${part}, ${name}`, () => shown(name));
}

function titleOf(id: string): string {
  const item = ITEMS.find((item) => item.id === id);
  if (item === undefined) throw new Error(`${id}: no such requirement`);
  return `${id} ${item.says}`;
}
