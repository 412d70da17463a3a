import { expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { SHIPPED } from '../integration/cli.ts';
import { shipped } from './shipped.ts';

test('the shipped scenarios exercise the same on either executor', () => {
  const [one, other] = EXECUTOR_NAMES.map((name) => [...shipped(SHIPPED, name).exercised].sort());
  expect(other).toEqual(one);
});
