import { encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesToHex, digestOf, fromBytes, hexToBytes, type Json, toBytes } from '../../shared/index.ts';

/** RFC 8949, appendix A: values and their shortest encodings. */
const PUBLISHED: [value: Json, hex: string][] = [
  [0, '00'],
  [23, '17'],
  [24, '1818'],
  [1000, '1903e8'],
  [1_000_000_000_000, '1b000000e8d4a51000'],
  [-1, '20'],
  [-1000, '3903e7'],
  [1.5, 'f93e00'],
  [100_000.5, 'fa47c35040'],
  [1.1, 'fb3ff199999999999a'],
  [false, 'f4'],
  [true, 'f5'],
  [null, 'f6'],
  ['', '60'],
  ['IETF', '6449455446'],
  ['ü', '62c3bc'],
  [[1, [2, 3], [4, 5]], '8301820203820405'],
  [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
];

describe('a value has one byte string, the published one', () => {
  test.each(PUBLISHED)('%j is %s', (value, hex) => {
    expect(bytesToHex(toBytes(value))).toBe(hex);
    expect(fromBytes(hexToBytes(hex))).toEqual(value);
  });

  test('keys are sorted whatever order they were written in', () => {
    expect(toBytes({ b: 1, a: 2, aa: 3 })).toEqual(toBytes({ aa: 3, a: 2, b: 1 }));
  });

  test('the keys of any object are in the order of their encodings', () => {
    const key = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(fc.dictionary(key, fc.constant(0), { noNullPrototype: true }), (object) => {
        expect(bytesToHex(toBytes(object))).toBe(bytesToHex(encode(object, rfc8949EncodeOptions)));
      }),
    );
  });

  test('any value reads back as itself', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (json) => {
        const value: Json = JSON.parse(JSON.stringify(json));
        expect(fromBytes(toBytes(value))).toEqual(value);
      }),
    );
  });
});

describe('bytes that are not the one encoding of their value are refused', () => {
  test.each([
    ['nothing', ''],
    ['a value cut short', '19'],
    ['a text cut short', '6449'],
    ['a byte too many', '0000'],
    ['0 in two bytes', '1800'],
    ['24 in three bytes', '190018'],
    ['1 as a float', 'f93c00'],
    ['1.5 as a double', 'fb3ff8000000000000'],
    ['minus zero', 'f98000'],
    ['not a number', 'f97e00'],
    ['infinity', 'f97c00'],
    ['undefined', 'f7'],
    ['a number above 2^53', '1b0020000000000000'],
    ['keys out of order', 'a2616201616101'],
    ['one key twice', 'a2616101616101'],
    ['an array of no stated length', '9f01ff'],
    ['a map of no stated length', 'bf616101ff'],
    ['a text in pieces', '7f6161ff'],
    ['a text length in two bytes', '780161'],
    ['a tagged date', 'c074323031332d30332d32315432303a30343a30305a'],
    ['a key that is no text', 'a10102'],
    ['a text that is no UTF-8', '61ff'],
  ])('%s', (_, hex) => {
    expect(() => fromBytes(hexToBytes(hex))).toThrow();
  });

  test('any bytes are either refused or the encoding of what they are read as', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const again = readAgain(bytes);
        expect(again ?? bytes).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});

test('a key named __proto__ is a key like any other', () => {
  const bytes = hexToBytes('a1695f5f70726f746f5f5fa1616101');
  const value = fromBytes(bytes);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.keys(Object(value))).toEqual(['__proto__']);
});

test('a digest is the first half of SHA-256 over the canonical bytes', () => {
  // printf '\x80' | sha256sum
  expect(digestOf([])).toBe('76be8b528d0075f7aae98d6fa57a6d3c');
  expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
  expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
});

function readAgain(bytes: Uint8Array): Uint8Array | undefined {
  let value: unknown;
  try {
    value = fromBytes(bytes);
  } catch {
    return undefined;
  }
  return toBytes(value as Json);
}
