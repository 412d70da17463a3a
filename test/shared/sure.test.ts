import { expect, test } from 'vitest';
import { Key, sure } from '../../shared/index.ts';

test.each([[0], [''], [false]])('%j is there', (value) => {
  expect(sure(value, 'value')).toBe(value);
});

test.each([[null], [undefined]])('%j is not', (value) => {
  expect(() => sure(value, 'dose of a bolus')).toThrow('there is no dose of a bolus');
});

test.each([0, 31, 33])('a key of %i bytes is none', (length) => {
  expect(() => new Key(new Uint8Array(length))).toThrow(`a key of ${length} bytes: expected 32`);
});
