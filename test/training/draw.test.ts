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
  [{ from: '0 mL', to: '20 mL', step: '0.0000001 mL' }, undefined],
  [{ from: '1', to: '2', step: `0.${'0'.repeat(400)}1` }, undefined],
  [{ from: 'some', to: 'more', step: '1' }, undefined],
])('%o is any of %o', (draw, values) => {
  expect(valuesOf(draw)).toEqual(values);
});

test('a seed draws the same values again, and other seeds others', () => {
  const draws = { bias: { from: '1 %', to: '100 %', step: '1 %' }, left: ['1 mL', '2 mL'] };
  expect(drawn(draws, 7, 'a case')).toEqual(drawn(draws, 7, 'a case'));
  expect(drawn(draws, 7, 'a case')).toEqual({ ...drawn({ left: draws.left }, 7, 'a case'), bias: expect.any(String) });
  const biases = Array.from({ length: 20 }, (_, seed) => drawn(draws, seed, 'a case')['bias']);
  expect(new Set(biases).size).toBeGreaterThan(10);
});

test('values of a row are drawn together, each by its own name', () => {
  const rows = [
    { dose: '240 mcg/day', raised: '264 mcg/day' },
    { dose: '260 mcg/day', raised: '286 mcg/day' },
  ];
  const both = [0, 1].map((seed) => drawn({ doses: rows, left: ['1 mL', '2 mL'] }, seed, 'a case'));
  for (const { dose, raised, doses } of both) {
    expect(rows).toContainEqual({ dose, raised });
    expect(doses).toBeUndefined();
  }
  expect(both[0]?.['dose']).not.toBe(both[1]?.['dose']);
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
 * A class is given seeds that lie side by side, and takes more than one case: what they draw must not be alike for that.
 */

const THREE = ['a', 'b', 'c'];
const placesOf = (of: string, name = 'dose') =>
  Array.from({ length: 12 }, (_, i) => drawn({ [name]: THREE }, i + 1, of)[name]);
const CASES = Array.from({ length: 60 }, (_, i) => `case ${i}`);

test('the seeds 1 to 12 draw each of three values three to five times, whatever the case', () => {
  for (const of of CASES)
    for (const value of THREE) {
      const count = placesOf(of).filter((each) => each === value).length;
      expect(count, `${value} in ${of}`).toBeGreaterThanOrEqual(3);
      expect(count, `${value} in ${of}`).toBeLessThanOrEqual(5);
    }
});

test('one seed draws each of three values in about as many cases, and what it draws in one tells nothing of another', () => {
  // Of 60 cases 20 each, with a standard deviation of 3.7; four of them either way.
  for (const seed of [0, 1, 2, 7, 123, 0x7fffffff]) {
    const all = CASES.map((of) => drawn({ dose: THREE }, seed, of)['dose']);
    for (const value of THREE) {
      const count = all.filter((each) => each === value).length;
      expect(count, `${value} by seed ${seed}`).toBeGreaterThan(5);
      expect(count, `${value} by seed ${seed}`).toBeLessThan(35);
    }
  }
  // A third of twelve agree by chance, with a standard deviation of 1.6.
  const alike = (a: readonly unknown[], b: readonly unknown[]) => a.filter((each, i) => each === b[i]).length;
  const pairs = CASES.slice(1).map((of) => alike(placesOf('case 0'), placesOf(of)));
  expect(Math.max(...pairs)).toBeLessThan(12);
  expect(pairs.reduce((sum, each) => sum + each, 0) / pairs.length).toBeCloseTo(4, 0);
  expect(alike(placesOf('case 0', 'dose'), placesOf('case 0', 'since'))).toBeLessThan(12);
});

test('each value of a shipped case is drawn as often as the others by the seeds of a class', () => {
  const counts = new Map<unknown, number>();
  for (let seed = 0; seed < 40; seed += 1) {
    const { dose } = of('ten-minutes-for-a-visit', seed).values;
    counts.set(dose, (counts.get(dose) ?? 0) + 1);
  }
  expect([...counts.values()]).toEqual([10, 10, 10, 10]);
});
