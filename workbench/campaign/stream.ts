import { digestOf } from '../../shared/index.ts';
import { Random } from '../random.ts';

const WORDS = [0, 1, 2, 3];

/**
 * Random numbers for one thing about one pump: whatever else is drawn, for it or for others, changes nothing. The whole
 * state is a digest, so that streams of neighbouring seeds and numbers have nothing in common.
 */
export function streamOf(seed: number, pump: number, what: readonly (string | number)[]): Random {
  const digest = digestOf([seed, pump, ...what]);
  const random = new Random(0);
  random.load(WORDS.map((i) => Number.parseInt(digest.slice(8 * i, 8 * i + 8), 16) | 0));
  return random;
}
