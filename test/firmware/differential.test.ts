import { expect, test } from 'vitest';
import { liveAlike } from './alike.ts';

test('XState and the table run the same chart alike', () => {
  expect(liveAlike(8000).events).toBe(8000);
});
