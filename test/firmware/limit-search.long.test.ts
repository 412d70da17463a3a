import { expect, test } from 'vitest';
import { changesWhenTold } from './limit-change.ts';

test('a change may be made at the instant that is told, and at none before, in hundreds of lives', () => {
  expect(changesWhenTold(300)).toBeGreaterThan(20);
});
