import { describe, expect, test } from 'vitest';
import {
  type Branded,
  concentration,
  doseRate,
  type Kind,
  mass,
  proportion,
  rate,
  UnitError,
  volume,
} from '../../shared/index.ts';

const KINDS = { volume, rate, concentration, doseRate, mass, proportion } satisfies Record<
  string,
  Kind<Branded<string>>
>;
const kindNamed = (name: keyof typeof KINDS): Kind<Branded<string>> => KINDS[name];

describe('a text is read as the exact quantity it says', () => {
  test.each<[keyof typeof KINDS, string, number]>([
    ['volume', '1 nL', 86_400_000],
    ['volume', '2.5 mL', 216_000_000_000_000],
    ['volume', '0 mL', 0],
    ['volume', '-0 mL', 0],
    ['volume', '2.50mL', 216_000_000_000_000],
    ['volume', '  2.5   mL  ', 216_000_000_000_000],
    ['volume', '+2.5 mL', 216_000_000_000_000],
    ['volume', '0.5 mcL', 43_200_000_000],
    ['volume', '0.5 µL', 43_200_000_000],
    ['volume', '0.5 μL', 43_200_000_000],
    ['volume', '104 mL', 8_985_600_000_000_000],
    ['rate', '0.4 mL/day', 400_000],
    ['rate', '1 mL/h', 24_000_000],
    ['rate', '0.125 mcL/h', 3000],
    ['rate', '1 nL/day', 1],
    ['concentration', '25 mg/mL', 25_000_000],
    ['concentration', '500 mcg/mL', 500_000],
    ['concentration', '500 µg/mL', 500_000],
    ['concentration', '0.001 mcg/mL', 1],
    ['doseRate', '200 mcg/day', 200_000],
    ['doseRate', '0.2 mg/day', 200_000],
    ['doseRate', '200 μg/day', 200_000],
    ['doseRate', '1 mcg/h', 24_000],
    ['mass', '0.75 mg', 750_000],
    ['mass', '10 mcg', 10_000],
    ['proportion', '+15 %', 150_000],
    ['proportion', '-14.5%', -145_000],
  ])('%s "%s"', (name, text, count) => {
    expect(kindNamed(name).parse(text)).toBe(count);
  });
});

describe('a text that is no such quantity is refused with an example of one that is', () => {
  test.each([
    '',
    'mL',
    '5',
    '5 ml',
    '5 ML',
    '5 mL/day',
    '5 mg',
    '5 mL mL',
    '.5 mL',
    '5. mL',
    '1,5 mL',
    '1e3 mL',
    '0x10 mL',
    '- 5 mL',
    '--5 mL',
    '+-5 mL',
    '1.2.3 mL',
    'NaN mL',
    'Infinity mL',
    '٣ mL',
    '5 __proto__',
    '5 constructor',
    `${'9'.repeat(40)} mL`,
    `0.${'0'.repeat(40)}1 mL`,
  ])('"%s"', (text) => {
    expect(() => volume.parse(text)).toThrow(UnitError);
    const expected = 'expected a volume such as "2.5 mL" (units: mL, mcL, nL)';
    expect(() => volume.parse(text)).toThrow(`"${text.slice(0, 60)}": ${expected}`);
  });

  test('the message quotes no more of a long text than fits a line', () => {
    expect(() => volume.parse('x'.repeat(10_000))).toThrow(/^.{1,200}$/);
  });
});

describe('a quantity no pump could store is refused with the reason', () => {
  test.each<[keyof typeof KINDS, string, string]>([
    ['volume', '-1 mL', '"-1 mL" is negative'],
    ['volume', '-0.5 mcL', '"-0.5 mcL" is negative'],
    ['rate', '-1 nL/day', '"-1 nL/day" is negative'],
    ['volume', '0.0000000001 nL', '"0.0000000001 nL" is finer than a volume can be stored'],
    ['rate', '0.5 nL/day', '"0.5 nL/day" is finer than a rate can be stored'],
    ['rate', '0.0000004 mL/day', '"0.0000004 mL/day" is finer than a rate can be stored'],
    ['concentration', '0.0001 mcg/mL', '"0.0001 mcg/mL" is finer than a concentration can be stored'],
    ['doseRate', '0.0001 mcg/day', '"0.0001 mcg/day" is finer than a dose per day can be stored'],
    ['proportion', '0.00001 %', '"0.00001 %" is finer than a proportion can be stored'],
    ['volume', '104.001 mL', '"104.001 mL" is too large'],
    ['rate', '10001 mL/day', '"10001 mL/day" is too large'],
    ['concentration', '1001 mg/mL', '"1001 mg/mL" is too large'],
    ['proportion', '10001 %', '"10001 %" is too large'],
    ['proportion', '-10001 %', '"-10001 %" is too large'],
  ])('%s "%s"', (name, text, message) => {
    const kind = kindNamed(name);
    expect(() => kind.parse(text)).toThrow(UnitError);
    expect(() => kind.parse(text)).toThrow(message);
  });

  test.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('%d is no count of the smallest unit', (count) => {
    expect(() => volume.of(count)).toThrow(RangeError);
  });
});

describe('a total over a life', () => {
  test('may be larger than one quantity can store, and agrees at the precision it is written with', () => {
    const written = volume.parseTotal('100000.0 mL');
    expect(written).toMatchObject({ value: 8_640_000_000_000_000_000n, unit: 'mL', decimals: 1 });
    expect(volume.agrees(8_640_000_000_000_000_000n + 4_319_999_999_999n, written)).toBe(true);
    expect(volume.agrees(8_640_000_000_000_000_000n + 4_320_000_000_000n, written)).toBe(false);
  });

  test.each(['-1 mL', '0.0000000001 nL', '1 mg', 'all of it'])('is not "%s"', (text) => {
    expect(() => volume.parseTotal(text)).toThrow(UnitError);
  });
});

describe('a quantity is shown with a leading zero, no trailing zeros, and always its unit', () => {
  test.each<[keyof typeof KINDS, number, number | undefined, string | undefined, string]>([
    ['volume', 0, undefined, undefined, '0 mL'],
    ['volume', volume.parse('0.65 mL'), undefined, undefined, '0.65 mL'],
    ['volume', volume.parse('20 mL'), undefined, undefined, '20 mL'],
    ['volume', volume.parse('1.2345 mL'), undefined, undefined, '1.235 mL'],
    ['volume', volume.parse('1.2344 mL'), undefined, undefined, '1.234 mL'],
    ['volume', volume.parse('0.0327 mL'), 4, undefined, '0.0327 mL'],
    ['volume', volume.parse('0.5 mcL'), undefined, 'mcL', '0.5 mcL'],
    ['volume', volume.parse('0.4 mL'), 0, undefined, '0 mL'],
    ['volume', volume.parse('0.5 mL'), 0, undefined, '1 mL'],
    ['rate', 400_000, undefined, undefined, '0.4 mL/day'],
    ['rate', 24_000_000, undefined, 'mL/h', '1 mL/h'],
    ['doseRate', 200_000, undefined, undefined, '200 mcg/day'],
    ['doseRate', 1_250_000, undefined, 'mg/day', '1.25 mg/day'],
    ['concentration', 500_000, undefined, undefined, '500 mcg/mL'],
    ['mass', 12_345, undefined, undefined, '12.35 mcg'],
    ['proportion', -145_000, undefined, undefined, '-14.5 %'],
    ['proportion', 5, 2, undefined, '0 %'],
  ])('%s %d, %s decimals, in %s', (name, count, decimals, unit, text) => {
    const kind = kindNamed(name);
    expect(kind.format(kind.of(count), decimals, unit)).toBe(text);
  });

  test('totals beyond what one quantity can store are shown too', () => {
    expect(volume.format(8_640_000_000_000_000_000n)).toBe('100000 mL');
  });

  test('a unit of something else cannot be asked for', () => {
    expect(() => volume.format(volume.of(0), 3, 'mg')).toThrow('"mg" is no unit of a volume');
    expect(() => volume.formatLike(volume.of(0), { unit: 'mg', decimals: 0 })).toThrow('"mg" is no unit of a volume');
  });
});

describe('a number is compared at the precision it is written with', () => {
  test.each<[keyof typeof KINDS, string, string, boolean]>([
    ['volume', '2.0004 mL', '2.000 mL', true],
    ['volume', '2.0005 mL', '2.000 mL', false],
    ['volume', '1.9995 mL', '2.000 mL', true],
    ['volume', '1.9994 mL', '2.000 mL', false],
    ['volume', '2.4 mL', '2 mL', true],
    ['volume', '2.5 mL', '2 mL', false],
    ['volume', '2.0004 mL', '2.0004 mL', true],
    ['volume', '2.0004 mL', '2000 mcL', true],
    ['volume', '2.0004 mL', '2000.4 mcL', true],
    ['volume', '2.0004 mL', '2000.0 mcL', false],
    ['doseRate', '0.2 mg/day', '200 mcg/day', true],
    ['proportion', '-0.04 %', '0.0 %', false],
    ['rate', '0.0004 mL/day', '0 mL/day', false],
    ['rate', '0 mL/day', '0 mL/day', true],
  ])('%s %s against "%s"', (name, value, written, agrees) => {
    const kind = kindNamed(name);
    expect(kind.agrees(kind.parse(value), kind.parseWritten(written))).toBe(agrees);
  });
});
