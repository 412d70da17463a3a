import { test } from 'vitest';
import { acts, noisyActs } from './acts.ts';
import { allAgree, replacing } from './lives.ts';

test('in two thousand random lives a pump does what the rules lead to, to the last unit', () => {
  allAgree(2000, 77);
});

test('in two thousand random lives over links that fail, too', () => {
  allAgree(2000, 9, noisyActs);
});

test('in two thousand random lives of pumps whose boluses take the place of basal, too', () => {
  allAgree(2000, 31, acts, replacing);
});
