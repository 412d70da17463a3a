import { expect, test } from 'vitest';
import { z } from 'zod';
import { found, keys } from '../../shared/index.ts';

/** What a reader of keys says to an input. */
const saidTo = (input: unknown) => keys({ at: z.string() }).safeParse(input).error?.issues[0]?.message;

test.each([
  [[1, [2]], 'a list: '],
  [{ at: {} }, 'keys and values: '],
  ['soon', '"soon": '],
  [null, 'null: '],
  [undefined, ''],
])('what stands there is shown before what was expected: %j', (input, shown) => {
  expect(found(input)).toBe(shown);
});

test('of what is long the beginning is shown', () => {
  expect(found('x'.repeat(58))).toBe(`"${'x'.repeat(58)}": `);
  expect(found('x'.repeat(59))).toBe(`"${'x'.repeat(59)}…: `);
});

test('what takes keys and values says which keys, to a list, to a text and to a key it does not know', () => {
  expect(saidTo([])).toBe('a list: expected keys and values, of at');
  expect(saidTo('noon')).toBe('"noon": expected keys and values, of at');
  expect(saidTo({ at: 'noon', on: 'Monday' })).toBe('unknown key "on": expected one of at');
});
