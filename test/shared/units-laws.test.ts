import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Branded,
  concentration,
  delivered,
  doseRate,
  type Kind,
  mass,
  proportion,
  rate,
  span,
  VOLUME_PER_ML,
  VOLUME_PER_NL,
  volume,
} from '../../shared/index.ts';

type AnyKind = Kind<Branded<string>>;

/**
 * A unit, how many of the smallest unit its decimals can tell apart, how many decimals that takes, and most
 * that can be stored. (A day has a factor 27 of milliseconds, so not every volume is a decimal.)
 */
const UNITS: [kind: AnyKind, unit: string, step: bigint, decimals: number, most: bigint][] = [
  [volume, 'mL', 27n, 16, 104n * VOLUME_PER_ML],
  [volume, 'mcL', 27n, 13, 104n * VOLUME_PER_ML],
  [volume, 'nL', 27n, 10, 104n * VOLUME_PER_ML],
  [rate, 'mL/day', 1n, 6, 10_000_000_000n],
  [rate, 'mL/h', 3n, 9, 10_000_000_000n],
  [rate, 'mcL/day', 1n, 3, 10_000_000_000n],
  [rate, 'mcL/h', 3n, 6, 10_000_000_000n],
  [rate, 'nL/day', 1n, 0, 10_000_000_000n],
  [concentration, 'mcg/mL', 1n, 3, 1_000_000_000n],
  [concentration, 'mg/mL', 1n, 6, 1_000_000_000n],
  [concentration, 'ng/mL', 1n, 0, 1_000_000_000n],
  [doseRate, 'mcg/day', 1n, 3, 10_000_000_000_000n],
  [doseRate, 'mg/day', 1n, 6, 10_000_000_000_000n],
  [doseRate, 'ng/day', 1n, 0, 10_000_000_000_000n],
  [doseRate, 'mcg/h', 3n, 6, 10_000_000_000_000n],
  [doseRate, 'mg/h', 3n, 9, 10_000_000_000_000n],
  [mass, 'mcg', 1n, 3, 10_000_000_000_000n],
  [mass, 'mg', 1n, 6, 10_000_000_000_000n],
  [mass, 'ng', 1n, 0, 10_000_000_000_000n],
  [proportion, '%', 1n, 4, 100_000_000n],
];

const upTo = (most: bigint, least = 0n) => fc.bigInt({ min: least, max: most });

test('the laws below hold for every unit of every quantity', () => {
  const written = UNITS.map(([kind, unit]) => `${kind.name} ${unit}`);
  const known = [volume, rate, concentration, doseRate, mass, proportion].flatMap(({ name, units }) =>
    units.map((unit) => `${name} ${unit}`),
  );
  expect(written.toSorted()).toEqual(known.toSorted());
});

describe.each(UNITS.map((row) => [`${row[0].name} in ${row[1]}`, ...row] as const))('%s', (...row) => {
  const [, kind, unit, step, decimals, most] = row;
  const signed = kind.name === proportion.name;
  const counts = upTo(most / step, signed ? -(most / step) : 0n).map((n) => kind.of(Number(n * step)));

  test('what is shown at full decimals reads back as the same quantity', () => {
    fc.assert(
      fc.property(counts, (value) => {
        expect(kind.parse(kind.format(value, decimals, unit))).toBe(value);
      }),
    );
  });

  test('what is shown has no superfluous digit', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: decimals }), (value, shown) => {
        const [number] = kind.format(value, shown, unit).split(' ');
        expect(number).toMatch(/^-?(0|[1-9]\d*)(\.\d*[1-9])?$/);
      }),
    );
  });

  test('a quantity agrees with itself as written, and not with the next number of that precision', () => {
    const fewer = upTo(most / step / 2n).map((n) => kind.of(Number(n * step)));
    fc.assert(
      fc.property(fewer, fc.integer({ min: 0, max: Math.min(decimals, 3) }), (value, shown) => {
        const text = kind.formatLike(value, { unit, decimals: shown });
        const written = kind.parseWritten(text);
        expect(written).toMatchObject({ unit, decimals: shown });
        // A written 0 is exact: nothing that only rounds to it agrees.
        expect(kind.agrees(value, written)).toBe(BigInt(written.value) !== 0n || BigInt(value) === 0n);
        const oneOn = kind.parse(`${shown === 0 ? '1' : `0.${'1'.padStart(shown, '0')}`} ${unit}`);
        const further = BigInt(value) + BigInt(oneOn);
        expect(kind.agrees(further, written)).toBe(false);
      }),
    );
  });
});

describe('rate times milliseconds is a volume, exactly', () => {
  test('to the last unit, wherever a reservoir could hold it', () => {
    const flows = fc.integer({ min: 0, max: 2_400_000_000 }).map(rate.of);
    fc.assert(
      fc.property(flows, fc.integer({ min: 0, max: 8_640_000_000 }).map(span), (flow, time) => {
        const exact = BigInt(flow) * BigInt(time);
        expect(delivered(flow, time)).toBe(exact);
        if (exact < 2n ** 53n) expect(BigInt(volume.of(flow * time))).toBe(exact);
        else expect(() => volume.of(flow * time)).toThrow(RangeError);
      }),
    );
  });

  test('a day at 1 nL/day is 1 nL, and 45 days at 0.4 mL/day are 18 mL', () => {
    expect(delivered(rate.parse('1 nL/day'), span(86_400_000))).toBe(VOLUME_PER_NL);
    expect(delivered(rate.parse('0.4 mL/day'), span(45 * 86_400_000))).toBe(BigInt(volume.parse('18 mL')));
  });
});
