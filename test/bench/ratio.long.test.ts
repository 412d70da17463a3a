import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const FOLDER = import.meta.dirname;
/** A ratio that has lost more than this share of the recorded one is told. */
const LOSS = 0.3;

type Ratios = Readonly<Record<'handwritten' | 'xstate', number>>;
const read = (json: string): Ratios => JSON.parse(json);
const recorded = read(readFileSync(join(FOLDER, 'ratios.json'), 'utf8'));

/** By processes of their own: vitest would have its say in what they take. */
const measured = (...options: readonly string[]): Ratios =>
  read(execFileSync(process.execPath, [join(FOLDER, 'ratio.mjs'), ...options], { encoding: 'utf8' }));

const NAMES = ['handwritten', 'xstate'] as const;
const lost = (now: Ratios) => NAMES.filter((name) => now[name] < recorded[name] * (1 - LOSS));

test('the table is as fast beside the pump by hand and beside XState as it was', () => {
  const now = measured();
  expect(lost(now), `measured ${JSON.stringify(now)}, recorded ${JSON.stringify(recorded)}`).toEqual([]);
});

test('a table that was slowed down is seen beside both', () => {
  const now = measured('--burden', '15');
  expect(lost(now), `measured ${JSON.stringify(now)}, recorded ${JSON.stringify(recorded)}`).toEqual([...NAMES]);
});
