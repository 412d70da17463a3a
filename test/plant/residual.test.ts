import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Solution } from '../../firmware-sim/index.ts';
import { concentration, mass, volume } from '../../shared/index.ts';
import { BACLOFEN, bedside, MIXTURE, MORPHINE, SALINE } from './bedside.ts';

const baclofen = (strength: string): Solution => [{ name: 'baclofen', concentration: concentration.parse(strength) }];
const strengths = (solution: Solution | null): Readonly<Record<string, string>> =>
  Object.fromEntries((solution ?? []).map(({ name, concentration: each }) => [name, concentration.format(each)]));

/** A pump that has held 2000 mcg/mL of baclofen all along, and was emptied of all that can be aspirated. */
function emptied() {
  const made = bedside();
  made.plant.act({ type: 'prepare', solution: baclofen('2000 mcg/mL') });
  made.inject('20 mL', baclofen('2000 mcg/mL'));
  made.plant.act({ type: 'drain' });
  return made;
}

describe('the 1.4 mL that cannot be aspirated', () => {
  test.each([
    // 18.6 × 500 + 1.4 × 2000 = 12 100 mcg in 20 mL; 20 × 500 + 2800 = 12 800 mcg in 21.4.
    ['18.6 mL', '605 mcg/mL'],
    ['20 mL', '598.131 mcg/mL'],
  ])('mix with a fill of %s of 500 mcg/mL to %s', (amount, strength) => {
    const { plant, inject } = emptied();
    expect(inject(amount, baclofen('500 mcg/mL'))).toEqual({ done: true });
    expect(strengths(plant.truth().solution)).toEqual({ baclofen: strength });
  });

  test('stand in no figure: the syringe shows what was injected, and the reservoir is empty', () => {
    const { plant } = emptied();
    expect(plant.reading).toBe(volume.parse('20 mL'));
    expect(plant.truth().reservoir).toBe(0);
  });

  test('dose the patient by what they made of the fill', () => {
    const { plant, inject, drive, advance } = emptied();
    inject('18.6 mL', baclofen('500 mcg/mL'));
    drive('0.4 mL/day');
    advance('10d');
    // 4 mL × 605; 2000 mcg were meant.
    expect(plant.truth().doses).toEqual({ baclofen: mass.parse('2420 mcg') });
  });

  test('keep another drug in the reservoir, in whatever is filled', () => {
    const { plant, inject } = emptied();
    inject('20 mL', MORPHINE);
    expect(strengths(plant.truth().solution)).toEqual({ morphine: '23364.486 mcg/mL', baclofen: '130.841 mcg/mL' });
  });

  test('are of water in a new pump, and dilute its first fill', () => {
    const { plant, inject } = bedside();
    inject('20 mL');
    // 20 × 500 / 21.4
    expect(strengths(plant.truth().solution)).toEqual({ baclofen: '467.29 mcg/mL' });
  });

  test('are what a top-up mixes with too, besides what is still there', () => {
    const { plant, inject } = bedside();
    plant.act({ type: 'prepare', solution: baclofen('500 mcg/mL') });
    inject('5 mL', baclofen('500 mcg/mL'));
    // (6.4 × 500 + 10 × 2000) / 16.4
    inject('10 mL', baclofen('2000 mcg/mL'));
    expect(strengths(plant.truth().solution)).toEqual({ baclofen: '1414.634 mcg/mL' });
  });

  test('change nothing where the same fluid is filled again', () => {
    const { plant, told, inject } = emptied();
    inject('20 mL', baclofen('2000 mcg/mL'));
    expect(plant.truth().solution).toEqual(baclofen('2000 mcg/mL'));
    expect(told.at(-1)).toMatchObject({ data: { holds: baclofen('2000 mcg/mL') } });
  });
});

describe('what a rinse leaves in them', () => {
  test('3 × 2 mL of the new fluid bring 20 mL of it from 598.131 to 506.851 mcg/mL', () => {
    const { plant, inject } = emptied();
    plant.act({ type: 'rinse', volume: volume.parse('2 mL'), times: 3, solution: baclofen('500 mcg/mL') });
    // 500 + 1500 × (1.4 / 3.4)³
    expect(strengths(plant.truth().solution)).toEqual({ baclofen: '604.722 mcg/mL' });
    inject('20 mL', baclofen('500 mcg/mL'));
    // (20 × 500 + 1.4 × 604.722) / 21.4
    expect(strengths(plant.truth().solution)).toEqual({ baclofen: '506.851 mcg/mL' });
  });

  test('is worked out exactly over all of them, and each is told', () => {
    const { plant, told } = emptied();
    const before = told.length;
    plant.act({ type: 'rinse', volume: volume.parse('2 mL'), times: 3, solution: SALINE });
    const held = told.slice(before).filter(({ kind }) => kind === 'injected');
    expect(held.map(({ data }) => data)).toMatchObject([
      { holds: baclofen('823.529 mcg/mL') },
      { holds: baclofen('339.1 mcg/mL') },
      { holds: baclofen('139.63 mcg/mL') },
    ]);
  });
});

describe('a new pump', () => {
  test('that was prepared holds in its first fill what was filled', () => {
    const { plant, told, inject } = bedside();
    expect(plant.act({ type: 'prepare', solution: MIXTURE })).toEqual({ done: true });
    expect(told.at(-1)).toMatchObject({ kind: 'prepared', data: { solution: MIXTURE, ledger: { injected: '0' } } });
    inject('20 mL', MIXTURE);
    expect(plant.truth()).toMatchObject({ solution: MIXTURE, injected: BigInt(volume.parse('20 mL')) });
  });

  test('is prepared once, before anything was injected', () => {
    const { plant, inject } = bedside();
    inject('1 mL');
    const before = plant.truth();
    expect(plant.act({ type: 'prepare', solution: BACLOFEN })).toEqual({ refused: 'notNew' });
    expect(plant.truth()).toEqual(before);
  });
});

test('whatever is filled over whatever: no drug appears, and no more is lost than a concentration is rounded by', () => {
  const fluid = fc.constantFrom<Solution>(BACLOFEN, MORPHINE, MIXTURE, SALINE, baclofen('2000 mcg/mL'));
  fc.assert(
    fc.property(
      fluid,
      fluid,
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 10_000 }),
      (a, b, v, w) => {
        const { plant, inject } = bedside();
        plant.act({ type: 'prepare', solution: a });
        inject(`${v} mcL`, a);
        inject(`${w} mcL`, b);
        const held = plant.truth().solution ?? [];
        for (const name of ['baclofen', 'morphine', 'bupivacaine'] as const) {
          const strengthIn = (solution: Solution) => solution.find((drug) => drug.name === name)?.concentration ?? 0;
          const put = (v + 1400) * strengthIn(a) + w * strengthIn(b);
          const there = (v + w + 1400) * strengthIn(held);
          expect(Math.abs(put - there)).toBeLessThanOrEqual((v + w + 1400) / 2);
        }
      },
    ),
  );
});

test('an injection that names no fluid is of the one put in last, not of what it had become', () => {
  const { plant, inject } = emptied();
  inject('20 mL', baclofen('500 mcg/mL'));
  plant.act({ type: 'drain' });
  inject('20 mL', null);
  // (20 × 500 + 1.4 × 598.131) / 21.4
  expect(strengths(plant.truth().solution)).toEqual({ baclofen: '506.42 mcg/mL' });
});
