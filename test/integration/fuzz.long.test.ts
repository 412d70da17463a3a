import { expect, test } from 'vitest';
import { fuzz } from './fuzz.ts';

test('the same seed gives the same frames', () => {
  const frames = () => fuzz('--seed', '7', '--random', '200', '--mutated', '200', '--untagged', '200').out;
  const counts = (out: string) => out.split('\n').filter((line) => line.startsWith('  '));
  const [one, other] = [frames(), frames()];
  expect(counts(one).length).toBeGreaterThan(5);
  expect(counts(one)).toEqual(counts(other));
});
