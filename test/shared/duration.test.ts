import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  durationAgrees,
  earliest,
  formatDuration,
  formatDurationLike,
  instant,
  parseDuration,
  parseWrittenDuration,
  span,
  UnitError,
} from '../../shared/index.ts';

describe('a span of time is read to the millisecond', () => {
  test.each([
    ['62d 4h', 5_371_200_000],
    ['62d4h', 5_371_200_000],
    ['1 d 2 h', 93_600_000],
    ['90min', 5_400_000],
    ['2.5 s', 2500],
    ['59min 59.999s', 3_599_999],
    ['1ms', 1],
    ['0s', 0],
    ['0.5d', 43_200_000],
    ['  4h  ', 14_400_000],
    ['1d 1h 1min 1s 1ms', 90_061_001],
    ['100000d', 8_640_000_000_000],
  ])('"%s"', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});

describe('a text that is no span of time is refused with an example of one that is', () => {
  test.each([
    '',
    ' ',
    '5',
    'h',
    '5 weeks',
    '5H',
    '4h 62d',
    '1d 1d',
    '1.5h 30min',
    '-5s',
    '+5s',
    '1 2h',
    '1d 2',
    '1d, 2h',
    '.5h',
    '5.h',
    '1..5s',
    '1d .5h',
    '1e3s',
    '٣h',
    'Infinityd',
  ])('"%s"', (text) => {
    expect(() => parseDuration(text)).toThrow(UnitError);
    expect(() => parseDuration(text)).toThrow('expected a span of time such as "62d 4h" (units: d, h, min, s, ms)');
  });

  test.each([
    ['0.5ms', 'is finer than a millisecond'],
    ['0.0001s', 'is finer than a millisecond'],
    ['100000d 1ms', 'is longer than 100000 days'],
  ])('"%s" %s', (text, reason) => {
    expect(() => parseDuration(text)).toThrow(UnitError);
    expect(() => parseDuration(text)).toThrow(`"${text}" ${reason}`);
  });
});

describe('a span of time is shown with its largest unit first and nothing that is zero', () => {
  test.each([
    [0, '0s'],
    [1, '0.001s'],
    [5_371_200_000, '62d 4h'],
    [120_500, '2min 0.5s'],
    [86_400_001, '1d 0.001s'],
    [14_400_000, '4h'],
    [3_599_999, '59min 59.999s'],
  ])('%d ms', (ms, text) => {
    expect(formatDuration(span(ms))).toBe(text);
  });

  test('what is shown reads back as the same span', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8_640_000_000_000 }).map(span), (ms) => {
        expect(parseDuration(formatDuration(ms))).toBe(ms);
      }),
    );
  });
});

describe('a span is compared at the smallest unit it is written with', () => {
  test.each([
    [3_888_000_000 + 43_199_999, '45d', true],
    [3_888_000_000 + 43_200_000, '45d', false],
    [3_888_000_000 - 43_200_000, '45d', true],
    [3_888_000_000 + 1, '45d 0.000s', false],
    [5_371_200_000 + 1_799_999, '62d 4h', true],
    [5_371_200_000 + 1_800_000, '62d 4h', false],
    [3_599_999, '59min 59.999s', true],
    [3_599_998, '59min 59.999s', false],
    [5449, '5.4s', true],
    [5450, '5.4s', false],
    [5450, '5.450s', true],
  ])('%d ms against "%s"', (ms, written, agrees) => {
    expect(durationAgrees(span(ms), parseWrittenDuration(written))).toBe(agrees);
  });
});

test('a span that its unit cannot say to the millisecond is shown as it was written, with as many places', () => {
  const day = parseWrittenDuration('1.000005d');
  expect(formatDurationLike(span(86_400_086), day)).toBe('1.000001d');
  expect(formatDurationLike(span(86_400_432), day)).toBe('1d 0.432s');
});

test('the earliest of some instants leaves out what will never happen', () => {
  expect(earliest([undefined, instant(7), instant(3), undefined, instant(5)])).toBe(3);
  expect(earliest([undefined])).toBeUndefined();
  expect(earliest([])).toBeUndefined();
});

test('an instant is a whole millisecond', () => {
  expect(() => instant(0.5)).toThrow(RangeError);
  expect(() => span(Number.NaN)).toThrow(RangeError);
});

test('a text longer than any span of time is refused by its length, and not shown', () => {
  const text = '1d '.repeat(1000);
  expect(() => parseDuration(text)).toThrow(UnitError);
  expect(() => parseDuration(text)).toThrow(/^a text of 3000 characters: /);
});
