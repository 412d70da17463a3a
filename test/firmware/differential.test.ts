import { expect, test } from 'vitest';
import { liveAlike } from './alike.ts';

test('XState and the table run the same chart alike', () => {
  expect(liveAlike(5000).events).toBe(5000);
});
