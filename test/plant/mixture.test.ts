import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sameSolution } from '../../firmware-sim/plant/reservoir.ts';
import { concentration, DRUGS, mass, rate, volume } from '../../shared/index.ts';
import { BACLOFEN, bedside, MIXTURE, MORPHINE, NO_RESIDUAL, SALINE } from './bedside.ts';

describe('whether two fluids are the same', () => {
  const solutions = fc.uniqueArray(
    fc.record({ name: fc.constantFrom(...DRUGS), concentration: fc.integer({ min: 1, max: 3 }).map(concentration.of) }),
    { selector: ({ name }) => name, maxLength: 3 },
  );
  const written = (solution: typeof MIXTURE): string =>
    solution
      .map(({ name, concentration }) => `${name} ${concentration}`)
      .toSorted()
      .join();

  test('is decided by drugs and strengths, in whatever order they are named', () => {
    fc.assert(
      fc.property(solutions, solutions, (one, other) => {
        expect(sameSolution(one, other)).toBe(written(one) === written(other));
        expect(sameSolution(one, one.toReversed())).toBe(true);
      }),
    );
  });

  test('nothing known is the same as nothing, not even a diluent', () => {
    expect(sameSolution(SALINE, null)).toBe(false);
    expect(sameSolution(SALINE, SALINE)).toBe(true);
    expect(sameSolution(SALINE, MORPHINE)).toBe(false);
  });
});

describe('a mixture', () => {
  test('delivers each of its drugs, at its own strength', () => {
    const { plant, inject, drive, advance } = bedside(NO_RESIDUAL);
    inject('20 mL', MIXTURE);
    drive('0.4 mL/day');
    advance('5d');
    expect(plant.truth().doses).toEqual({ morphine: mass.parse('50 mg'), bupivacaine: mass.parse('40 mg') });
  });

  test('is topped up by the same in another order', () => {
    const { plant, inject } = bedside(NO_RESIDUAL);
    inject('5 mL', MIXTURE);
    expect(inject('5 mL', MIXTURE.toReversed())).toEqual({ done: true });
    expect(plant.truth().reservoir).toBe(volume.parse('10 mL'));
  });

  test('of no drug delivers volume and no dose', () => {
    const { plant, inject, drive, advance } = bedside(NO_RESIDUAL);
    inject('20 mL', SALINE);
    drive('1 mL/day');
    advance('3d');
    expect(plant.truth()).toMatchObject({ delivered: BigInt(volume.parse('3 mL')), doses: {} });
  });
});

test('one fluid after the other: each mass is of what flowed while its drug was in the reservoir', () => {
  const fills = fc.array(
    fc.record({
      solution: fc.constantFrom(BACLOFEN, MORPHINE, MIXTURE, SALINE),
      amount: fc.integer({ min: 1, max: 20 }),
      days: fc.integer({ min: 0, max: 30 }),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const flow = rate.parse('0.7 mL/day');
  fc.assert(
    fc.property(fills, (all) => {
      const { plant, inject, drive, advance } = bedside(NO_RESIDUAL);
      const exact = new Map<string, bigint>();
      drive('0.7 mL/day');
      for (const { solution, amount, days } of all) {
        plant.act({ type: 'drain' });
        expect(inject(`${amount} mL`, solution)).toEqual({ done: true });
        advance(`${days}d`);
        const held = BigInt(volume.parse(`${amount} mL`));
        const wanted = BigInt(flow) * BigInt(days) * 86_400_000n;
        const flowed = wanted < held ? wanted : held;
        for (const { name, concentration } of solution)
          exact.set(name, (exact.get(name) ?? 0n) + flowed * BigInt(concentration));
      }
      const inNg = [...exact].map(([name, mass]) => [name, Number((mass + 43_200_000_000_000n) / 86_400_000_000_000n)]);
      expect(plant.truth().doses).toEqual(Object.fromEntries(inNg));
    }),
    { numRuns: 100 },
  );
});
