import { expect, test } from 'vitest';
import { liveAlike } from './alike.ts';

test('XState and the table run the same chart alike', () => {
  expect(liveAlike(2000).events).toBe(2000);
});
