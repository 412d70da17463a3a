import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { folder } from '../integration/cli.ts';
import { killedLife } from './killed-life.ts';

/*
 * SIGKILL takes nothing from the operating system: what a process has written is there, on the disk or not yet. That
 * it would also be there after a loss of power is for fsync to see to, and for test/crash to prove on the storage.
 */

/** THECAL_KILL_SEED=7 does the acts and moments of one seed again; how fast the machine is then, no seed says. */
const SEED = Number(process.env['THECAL_KILL_SEED'] ?? randomInt(2 ** 31));
const KILLS = 200;
/** Beside each other, each a long life on one folder. */
const LIVES = 2;

test(`a pump killed at ${KILLS} random moments and started again on its folder loses nothing it has acknowledged`, async () => {
  process.stdout.write(`THECAL_KILL_SEED=${SEED}\n`);
  const seeds = Array.from({ length: LIVES }, (_, i) => SEED + i);
  const lives = await Promise.all(seeds.map((seed) => killedLife({ folder: folder(), seed, kills: KILLS / LIVES })));
  for (const { problems, ...counted } of lives) process.stdout.write(`${JSON.stringify(counted)}\n`);
  expect(lives.flatMap(({ problems }) => problems)).toEqual([]);
  // Moments that never meet a write would prove nothing.
  expect(lives.reduce((sum, { unequal, cutInAWrite }) => sum + unequal + cutInAWrite, 0)).toBeGreaterThan(0);
  for (const { healed, unequal } of lives) expect(healed).toBeLessThanOrEqual(unequal);
});
