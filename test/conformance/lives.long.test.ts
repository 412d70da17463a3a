import fc from 'fast-check';
import { test } from 'vitest';
import { acts, noisyActs } from './acts.ts';
import { beyondActs } from './beyond-acts.ts';
import { allAgree, anyMotor, replacing } from './lives.ts';

test('in a thousand random lives a pump does what the rules lead to, to the last unit', () => {
  allAgree(700, 77);
});

test('in a thousand random lives over links that fail, too', () => {
  allAgree(700, 9, noisyActs);
});

test('in a thousand random lives of pumps whose boluses take the place of basal, too', () => {
  allAgree(700, 31, acts, replacing);
});

test('in a thousand random lives with a catheter, a motor or a patient that go wrong, too', () => {
  allAgree(700, 53, fc.oneof({ weight: 2, arbitrary: acts }, { weight: 3, arbitrary: beyondActs }), anyMotor);
});
