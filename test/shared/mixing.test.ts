import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Amount, concentration, type DrugName, mixed, rinsed, volume } from '../../shared/index.ts';

const amount = (of: string, drugs: Readonly<Partial<Record<DrugName, string>>> = {}): Amount => ({
  volume: volume.parse(`${of} mL`),
  drugs: Object.entries(drugs).map(([name, strength]) => ({
    name: name as DrugName,
    concentration: concentration.parse(strength),
  })),
});
const shown = (drugs: readonly { name: DrugName; concentration: Parameters<typeof concentration.format>[0] }[]) =>
  Object.fromEntries(drugs.map(({ name, concentration: each }) => [name, concentration.format(each)]));

describe('what is filled over the residual', () => {
  const residual = amount('1.4', { baclofen: '2000 mcg/mL' });

  test.each([
    // 18.6 × 500 + 1.4 × 2000 = 12 100 mcg in 20 mL; 20 × 500 + 2800 = 12 800 mcg in 21.4.
    ['18.6', '605 mcg/mL'],
    ['20', '598.131 mcg/mL'],
  ])('%s mL of 500 mcg/mL over 1.4 mL of 2000 is %s', (filled, strength) => {
    expect(shown(mixed(amount(filled, { baclofen: '500 mcg/mL' }), residual))).toEqual({ baclofen: strength });
  });

  test('mixes each drug of a mixture by itself, and a drug of the residual alone is still there', () => {
    const filled = amount('18.6', { morphine: '10 mg/mL', clonidine: '100 mcg/mL' });
    expect(shown(mixed(filled, residual))).toEqual({
      morphine: '9300 mcg/mL',
      clonidine: '93 mcg/mL',
      baclofen: '140 mcg/mL',
    });
  });

  test('of the same fluid stays what it was', () => {
    expect(mixed(amount('18.6', { baclofen: '2000 mcg/mL' }), residual)).toEqual(residual.drugs);
  });

  test('is what is filled where there is no residual, and nothing where there is neither', () => {
    const filled = amount('20', { baclofen: '500 mcg/mL' });
    expect(mixed(filled, amount('0', { baclofen: '2000 mcg/mL' }))).toEqual(filled.drugs);
    expect(mixed(amount('0'), amount('0'))).toEqual([]);
  });
});

describe('a rinse', () => {
  test('of 3 × 2 mL saline over 1.4 mL of 2000 mcg/mL leaves 1.4 / 3.4 of it each time', () => {
    const after = rinsed(amount('1.4', { baclofen: '2000 mcg/mL' }), amount('2'), 3);
    expect(after.map(shown)).toEqual([
      { baclofen: '823.529 mcg/mL' },
      { baclofen: '339.1 mcg/mL' },
      { baclofen: '139.63 mcg/mL' },
    ]);
  });

  test('with what is filled afterwards comes nearer to it each time', () => {
    const after = rinsed(amount('1.4'), amount('2', { ziconotide: '25 mcg/mL' }), 3);
    expect(after.map(shown)).toEqual([
      { ziconotide: '14.706 mcg/mL' },
      { ziconotide: '20.761 mcg/mL' },
      { ziconotide: '23.255 mcg/mL' },
    ]);
  });

  test('of none leaves all as it is', () => {
    expect(rinsed(amount('1.4'), amount('2'), 0)).toEqual([]);
  });
});

test('a mixture is never stronger than the stronger, nor weaker than the weaker', () => {
  const strength = fc.integer({ min: 1, max: 100_000_000 });
  const part = fc.integer({ min: 1, max: 40_000 });
  fc.assert(
    fc.property(part, strength, part, strength, (v, a, w, b) => {
      const [one, other] = [
        [v, a],
        [w, b],
      ].map(([mcL = 0, ng = 0]) => ({
        volume: volume.parse(`${mcL} mcL`),
        drugs: [{ name: 'morphine', concentration: concentration.of(ng) } as const],
      }));
      if (one === undefined || other === undefined) throw new Error('two amounts');
      const [drug] = mixed(one, other);
      expect(drug?.concentration).toBeGreaterThanOrEqual(Math.min(a, b));
      expect(drug?.concentration).toBeLessThanOrEqual(Math.max(a, b));
      expect(mixed(other, one)).toEqual([drug]);
    }),
  );
});
