import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amid, firstTime } from '../../firmware-sim/firmware/rules/masses.ts';

const times = fc
  .uniqueArray(fc.integer({ min: -5, max: 45 }), { maxLength: 6 })
  .map((all) => all.sort((a, b) => a - b));

test('the times amid a span are those after its beginning and before its end', () => {
  fc.assert(
    fc.property(times, fc.integer({ min: -8, max: 48 }), fc.integer({ min: 0, max: 40 }), (all, from, length) => {
      const to = from + length;
      expect(amid(all, from, to)).toEqual(all.filter((time) => time > from && time < to));
    }),
    { numRuns: 500, seed: 1 },
  );
});

describe('the first time at which something holds that changes at most once between two edges', () => {
  test('is found wherever it lies, and is the end of the span where there is none', () => {
    // Of each piece how much of it comes before the change, and whether it holds then; null for no change.
    const pieces = fc.array(fc.record({ before: fc.option(fc.integer({ min: 1, max: 40 })), first: fc.boolean() }), {
      minLength: 8,
      maxLength: 8,
    });
    const found = { begin: 0, within: 0, never: 0 };
    fc.assert(
      fc.property(times, pieces, fc.integer({ min: 0, max: 5 }), (edges, drawn, from) => {
        const to = 40;
        const begins = [from, ...edges.filter((edge) => edge > from && edge < to)];
        const holds = (t: number): boolean => {
          const i = begins.findLastIndex((begin) => begin <= t);
          // What was before the span, and what comes after it, is nobody's concern.
          const { before = null, first = true } = drawn[i] ?? {};
          return i < 0 || t >= to || (before !== null && t - (begins[i] ?? 0) >= before ? !first : first);
        };
        let naive = from;
        while (naive < to && !holds(naive)) naive += 1;
        expect(firstTime(edges, from, to, holds)).toBe(naive);
        found[naive === from ? 'begin' : naive === to ? 'never' : 'within'] += 1;
      }),
      { numRuns: 500, seed: 1 },
    );
    for (const count of Object.values(found)) expect(count).toBeGreaterThan(10);
  });
});
