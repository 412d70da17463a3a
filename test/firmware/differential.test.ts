import { expect, test } from 'vitest';
import { liveAlike } from './alike.ts';

test('XState and the table run the same chart alike', () => {
  expect(liveAlike(40_000).events).toBe(40_000);
});
