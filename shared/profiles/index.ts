import type { ProfileSheet } from '../profile.ts';
import { genericPca } from './generic-pca.ts';
import { minimed2007Like } from './minimed-2007-like.ts';
import { sensorReservoirLike } from './sensor-reservoir-like.ts';
import { synchromedElLike10, synchromedElLike18 } from './synchromed-el-like.ts';
import { synchromedIILike20, synchromedIILike40 } from './synchromed-ii-like.ts';
import { synchromedIIILike40 } from './synchromed-iii-like.ts';
import { valveGatedFirstLike20, valveGatedLike20, valveGatedLike40 } from './valve-gated-like.ts';

export { likeAnother } from './like.ts';

/** The data sheets that come with Thecal, in the order they are listed. */
export const PROFILES: readonly ProfileSheet[] = [
  synchromedIILike20,
  synchromedIILike40,
  synchromedIIILike40,
  synchromedElLike10,
  synchromedElLike18,
  valveGatedLike20,
  valveGatedLike40,
  valveGatedFirstLike20,
  sensorReservoirLike,
  minimed2007Like,
  genericPca,
];
export const PROFILE_NAMES = PROFILES.map((sheet) => sheet.name) as [string, ...string[]];

export function profileNamed(name: string): ProfileSheet | undefined {
  return PROFILES.find((sheet) => sheet.name === name);
}
