import { test } from 'vitest';
import { allAgree } from './lives.ts';

test('in two thousand random lives a pump does what the rules lead to, to the last unit', () => {
  allAgree(2000, 77);
});
