import { expect, test } from 'vitest';
import { of } from './cases.ts';

/*
 * A class is given seeds that lie side by side: what they draw must not be alike for that.
 */

const SEEDS = 100;
/** Four standard deviations below a quarter of them. */
const LEAST = 8;

const doseOf = (seed: number) => of('two-of-one-name', seed).values['dose'];

test('each of four values is drawn about as often from the seeds of a class', () => {
  const counts = new Map<unknown, number>();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const dose = doseOf(seed);
    counts.set(dose, (counts.get(dose) ?? 0) + 1);
  }
  expect(counts.size).toBe(4);
  for (const [dose, count] of counts) expect(count, String(dose)).toBeGreaterThanOrEqual(LEAST);
});

test('the same seed draws the same', () => {
  expect(doseOf(12)).toBe(doseOf(12));
});
