import type { Json } from '../../shared/index.ts';
import { isFields, numberAt } from './json.ts';

/** Something that is so for a while, again and again from an instant on. */
export interface Rhythm {
  readonly from: number;
  readonly lasts: number;
  readonly every: number;
}

/** As a fault says it; null where it says that it is over. */
export const rhythmIn = (json: Json | undefined, from: number): Rhythm | null =>
  isFields(json) ? { from, lasts: numberAt(json, 'lasts'), every: numberAt(json, 'every') } : null;

/** How long ago it began last. */
const into = ({ from, every }: Rhythm, at: number): number => (at - from) % every;

export const isSo = (rhythm: Rhythm | null, at: number): boolean => rhythm !== null && into(rhythm, at) < rhythm.lasts;

/** When it next begins or is over, after `at`. */
export function turnsAfter(rhythm: Rhythm | null, at: number): number | undefined {
  if (rhythm === null) return undefined;
  return at - into(rhythm, at) + (isSo(rhythm, at) ? rhythm.lasts : rhythm.every);
}

/** The first of some instants; undefined where there are none. */
export function firstOf(instants: readonly (number | undefined)[]): number | undefined {
  const all = instants.filter((each) => each !== undefined);
  return all.length === 0 ? undefined : Math.min(...all);
}
