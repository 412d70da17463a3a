import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distributionSchema, drawnFrom, examplesOf } from '../../workbench/campaign/distribution.ts';
import { normal } from '../../workbench/campaign/normal.ts';
import { drawPump } from '../../workbench/campaign/population.ts';
import { streamOf } from '../../workbench/campaign/stream.ts';
import { plan } from './plans.ts';

const words = (seed: number, pump: number, count = 4) => {
  const random = streamOf(seed, pump, ['x']);
  return Array.from({ length: count }, () => random.word());
};

const mean = (all: readonly number[]) => all.reduce((sum, each) => sum + each, 0) / all.length;
/** From -1 to 1: how alike two lists of numbers are. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    mean(x.map((each, i) => (each - mx) * ((y[i] ?? 0) - my)));
  return product(a, ma, b, mb) / Math.sqrt(product(a, ma, a, ma) * product(b, mb, b, mb));
}

describe('the random numbers of a pump', () => {
  test('are the same again, and others for every other pump, seed and thing', () => {
    expect(words(7, 3)).toEqual(words(7, 3));
    const all = [0, 1, 2].flatMap((seed) => [1, 2, 3, 4].map((pump) => words(seed, pump).join()));
    expect(new Set(all).size).toBe(12);
    expect(streamOf(7, 3, ['y']).word()).not.toBe(words(7, 3)[0]);
  });

  test('have nothing in common with those of the next pump, or of the next seed', () => {
    const firsts = (seed: number) => Array.from({ length: 2000 }, (_, pump) => words(seed, pump, 1)[0] ?? 0);
    const [seven, eight] = [firsts(7), firsts(8)];
    // Of 2000 pairs that have nothing to do with each other, chance leaves 0.022 on average.
    expect(Math.abs(correlation(seven.slice(1), seven.slice(0, -1)))).toBeLessThan(0.09);
    expect(Math.abs(correlation(seven, eight))).toBeLessThan(0.09);
    expect(mean(seven) / 2 ** 32).toBeCloseTo(0.5, 1);
  });
});

describe('what is drawn for a pump', () => {
  const settingOf = (of: ReturnType<typeof plan>, pump: number, arm = 0) => {
    const {
      late: _,
      afterAlarm: __,
      start,
      requests,
      seed,
    } = drawPump(of, of.arms[arm] ?? { name: '', written: {} }, pump);
    return { start, requests, seed };
  };

  test('does not depend on how many pumps there are, nor on what is drawn beside it', () => {
    const [few, many] = [plan(), plan(['pumps: 4', 'pumps: 500'])];
    expect(settingOf(many, 3)).toEqual(settingOf(few, 3));
    const other = plan(['requests: { every: { uniform: [2h, 6h] }', 'requests: { every: { oneOf: [3h, 5h] }']);
    expect(settingOf(other, 3).start).toEqual(settingOf(few, 3).start);
    expect(settingOf(few, 4)).not.toEqual(settingOf(few, 3));
  });

  test('is the same in every arm but for what the arm says', () => {
    const of = plan();
    const [as, longer] = [settingOf(of, 2, 0), settingOf(of, 2, 1)];
    expect(longer.requests).toEqual(as.requests);
    expect(longer.seed).toBe(as.seed);
    expect(longer.start.prescribe?.program).toEqual(as.start.prescribe?.program);
    expect(longer.start.prescribe?.patientBolus).toMatchObject({ lockout: 8 * 3_600_000 });
    expect(as.start.prescribe?.patientBolus).toMatchObject({ lockout: 2 * 3_600_000 });
  });

  test('is drawn anew at each visit where it is how late somebody comes', () => {
    const of = plan(['measure:', 'clinic: { late: { uniform: [0d, 30d] } }\nmeasure:']);
    const { late } = drawPump(of, of.arms[0] ?? { name: '', written: {} }, 1);
    const all = Array.from({ length: 20 }, (_, i) => late(i + 1));
    expect(new Set(all).size).toBe(20);
    expect(late(1)).toBe(all[0]);
    expect(Math.max(...all)).toBeLessThanOrEqual(30 * 86_400_000);
  });
});

describe('a distribution', () => {
  const drawnMany = (written: object, count: number) => {
    const random = streamOf(1, 1, ['many']);
    const distribution = distributionSchema.parse(written);
    return Array.from({ length: count }, () => drawnFrom(distribution, random).value);
  };

  test('of a normal kind has its mean and deviation, and as much within one and two of them as it should', () => {
    const random = streamOf(1, 1, ['normal']);
    const all = Array.from({ length: 20_000 }, () => normal(random));
    expect(mean(all)).toBeCloseTo(0, 1);
    expect(mean(all.map((each) => each * each))).toBeCloseTo(1, 1);
    const within = (bound: number) => mean(all.map((each) => (Math.abs(each) < bound ? 1 : 0)));
    expect(within(1)).toBeCloseTo(0.6827, 1.7);
    expect(within(2)).toBeCloseTo(0.9545, 2);
    expect(mean(all.map((each) => (each > 0 ? 1 : 0)))).toBeCloseTo(0.5, 1.7);
  });

  test('keeps to its least and most, with the unit and the sign it was written with', () => {
    const written = { normal: { mean: '+0 %', sd: '10 %', least: '-15 %', most: '+15 %' } };
    const all = drawnMany(written, 500).map(String);
    expect(all.every((each) => /^[+-]\d+\.\d{3} %$/.test(each))).toBe(true);
    const numbers = all.map(Number.parseFloat);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-15);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(15);
    expect(numbers.some((each) => each < -10) && numbers.some((each) => each > 10)).toBe(true);
  });

  test('draws each of a few whole numbers, ends included, and shares as they are written', () => {
    expect(new Set(drawnMany({ uniform: [2, 4] }, 100))).toEqual(new Set([2, 3, 4]));
    expect(new Set(drawnMany({ oneOf: ['a', 'b'] }, 100))).toEqual(new Set(['a', 'b']));
    const weighted = {
      weighted: [
        { share: '90 %', value: 'often' },
        { share: '10 %', value: 'seldom' },
      ],
    };
    const seldom = drawnMany(weighted, 2000).filter((each) => each === 'seldom').length;
    expect(seldom).toBeGreaterThan(150);
    expect(seldom).toBeLessThan(250);
  });

  test('draws nothing outside its ends, whatever they are', () => {
    const ends = fc.tuple(fc.integer({ min: -5000, max: 5000 }), fc.nat({ max: 5000 }), fc.integer({ min: 0, max: 3 }));
    fc.assert(
      fc.property(ends, fc.nat(), ([from, more, decimals], seed) => {
        const written = [from, from + more].map((each) => `${(each / 10 ** decimals).toFixed(decimals)} mL`);
        const distribution = distributionSchema.parse({ uniform: written });
        const value = Number.parseFloat(String(drawnFrom(distribution, streamOf(seed, 1, [])).value));
        const [least = 0, most = 0] = written.map(Number.parseFloat);
        return value >= least && value <= most;
      }),
      { numRuns: 200 },
    );
  });

  test('is tried with its ends and with every value of a list', () => {
    const values = (written: object) => examplesOf(distributionSchema.parse(written)).map(({ value }) => value);
    expect(values({ uniform: ['1 mL', '2 mL'] })).toEqual(['1.000 mL', '1.001 mL', '2.000 mL']);
    expect(values({ oneOf: [1, 'x', { a: 1 }] })).toEqual([1, 'x', { a: 1 }]);
  });
});
