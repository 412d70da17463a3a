import type { ProfileSheet } from '../profile.ts';
import { genericPca } from './generic-pca.ts';
import { synchromedIILike20, synchromedIILike40 } from './synchromed-ii-like.ts';

/** The data sheets that come with Thecal, in the order they are listed. */
export const PROFILES: readonly ProfileSheet[] = [synchromedIILike20, synchromedIILike40, genericPca];
export const PROFILE_NAMES = PROFILES.map((sheet) => sheet.name) as [string, ...string[]];

export function profileNamed(name: string): ProfileSheet | undefined {
  return PROFILES.find((sheet) => sheet.name === name);
}
