import { expect, test } from 'vitest';
import { folder } from '../integration/cli.ts';
import { killedLife } from './killed-life.ts';

test('a pump killed a few times and started again on its folder loses nothing it has acknowledged', async () => {
  const told = await killedLife({ folder: folder(), seed: 20_261_121, kills: 3 });
  expect(told.problems).toEqual([]);
  expect(told.kills).toBe(3);
  expect(told.acknowledged).toBeGreaterThan(0);
});
