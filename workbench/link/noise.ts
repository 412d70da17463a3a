import { type Proportion, proportion } from '../../shared/index.ts';
import type { Random } from '../random.ts';

/** What chance alone can do to a frame. */
export const NOISE_KINDS = ['drop', 'duplicate', 'corrupt', 'truncate', 'reorder'] as const;
export type NoiseKind = (typeof NOISE_KINDS)[number];

/** How many frames of a million suffer each kind. */
export type NoiseRates = Readonly<Record<NoiseKind, Proportion>>;

const NONE = proportion.of(0);
export const QUIET: NoiseRates = { drop: NONE, duplicate: NONE, corrupt: NONE, truncate: NONE, reorder: NONE };

/** Whether nothing is left to chance. */
export const isQuiet = (rates: NoiseRates): boolean => NOISE_KINDS.every((kind) => rates[kind] === 0);

const WORDS = 2 ** 32;
const MILLION = 1_000_000;

/** What chance has in store for one frame: words of 32 bits, of which every frame takes as many. */
export interface Chance {
  readonly kinds: Readonly<Record<NoiseKind, number>>;
  /** Which bit, and how many bytes, if it comes to that. */
  readonly bit: number;
  readonly length: number;
}

/** Draws for one frame, whatever the rates: what happens to one never moves what happens to the next. */
export function chanceFrom(random: Random): Chance {
  const [drop, duplicate, corrupt, truncate, reorder] = [
    random.word(),
    random.word(),
    random.word(),
    random.word(),
    random.word(),
  ];
  return { kinds: { drop, duplicate, corrupt, truncate, reorder }, bit: random.word(), length: random.word() };
}

/** The kinds that strike, each by itself. */
export const struckBy = (rates: NoiseRates, { kinds }: Chance): readonly NoiseKind[] =>
  NOISE_KINDS.filter((kind) => kinds[kind] * MILLION < rates[kind] * WORDS);

/** A word as a whole number from 0 to one below `count`. */
export const below = (count: number, word: number): number => Math.floor((word * count) / WORDS);
