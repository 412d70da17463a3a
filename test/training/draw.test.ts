import { expect, test } from 'vitest';
import { drawn, filled, valuesOf } from '../../workbench/training/draw.ts';
import { of } from './cases.ts';

test.each([
  [{ from: '-30 %', to: '-28 %', step: '1 %' }, ['-30 %', '-29 %', '-28 %']],
  [{ from: '0.1 mL', to: '0.35 mL', step: '0.1 mL' }, ['0.1 mL', '0.2 mL', '0.3 mL']],
  [{ from: '+5 %', to: '+10 %', step: '5 %' }, ['+5 %', '+10 %']],
  [{ from: '3', to: '5', step: '1' }, ['3', '4', '5']],
  [
    ['a', 7],
    ['a', 7],
  ],
  [{ from: '1 mL', to: '2 mcg', step: '1 mL' }, undefined],
  [{ from: '2 mL', to: '1 mL', step: '1 mL' }, undefined],
  [{ from: 'some', to: 'more', step: '1' }, undefined],
])('%o is any of %o', (draw, values) => {
  expect(valuesOf(draw)).toEqual(values);
});

test('a seed draws the same values again, and other seeds others', () => {
  const draws = { bias: { from: '1 %', to: '100 %', step: '1 %' }, left: ['1 mL', '2 mL'] };
  expect(drawn(draws, 7)).toEqual(drawn(draws, 7));
  expect(new Set(Array.from({ length: 20 }, (_, seed) => drawn(draws, seed)['bias'])).size).toBeGreaterThan(10);
});

test('a value alone is itself, inside a text it is written out, and what was not drawn is told', () => {
  const unknown: string[] = [];
  const value = { a: '$n', b: ['$n mL, $word'], c: 3, d: '$other' };
  expect(filled(value, { n: 4, word: 'so' }, (name) => void unknown.push(name))).toEqual({
    a: 4,
    b: ['4 mL, so'],
    c: 3,
    d: '$other',
  });
  expect(unknown).toEqual(['other']);
});

/*
 * A class is given seeds that lie side by side: what they draw must not be alike for that.
 */

const SEEDS = 100;
/** Four standard deviations below a quarter of them. */
const LEAST = 8;

const doseOf = (seed: number) => of('ten-minutes-for-a-visit', seed).values['dose'];

test('each of four values is drawn about as often from the seeds of a class', () => {
  const counts = new Map<unknown, number>();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const dose = doseOf(seed);
    counts.set(dose, (counts.get(dose) ?? 0) + 1);
  }
  expect(counts.size).toBe(4);
  for (const [dose, count] of counts) expect(count, String(dose)).toBeGreaterThanOrEqual(LEAST);
});
