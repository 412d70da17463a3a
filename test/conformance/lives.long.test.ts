import { test } from 'vitest';
import { acts, noisyActs } from './acts.ts';
import { allAgree, replacing } from './lives.ts';

test('in a thousand random lives a pump does what the rules lead to, to the last unit', () => {
  allAgree(1000, 77);
});

test('in a thousand random lives over links that fail, too', () => {
  allAgree(1000, 9, noisyActs);
});

test('in a thousand random lives of pumps whose boluses take the place of basal, too', () => {
  allAgree(1000, 31, acts, replacing);
});
