import { expect } from 'vitest';
import { formatDuration, proportion, span, volume } from '../../shared/index.ts';
import type { NoiseRates } from '../../workbench/link/noise.ts';
import { type Compared, compared } from './compared.ts';
import type { Done } from './life.ts';
import type { Account } from './turns.ts';
import { type NoisyRun, underNoise } from './under-noise.ts';

/** The noise a link must bear. */
export const NOISE: Partial<NoiseRates> = {
  drop: proportion.parse('10 %'),
  duplicate: proportion.parse('5 %'),
  corrupt: proportion.parse('5 %'),
  reorder: proportion.parse('5 %'),
};

/** A run under noise beside the same one without. */
export interface Judged {
  readonly name: string;
  readonly seed: number;
  readonly noisy: NoisyRun;
  readonly found: Compared;
}

/**
 * Holds a shipped scenario under noise against the same one without: the same commits, grants and refusals in the same
 * order, but for acts within the retry budget of a boundary and what follows from them; accounts that differ by each
 * rate times its shift. The always-true rules hold, and the pump does what the rules lead to with the frames it gets.
 */
export function judged(name: string, seed: number): Judged {
  const quiet = underNoise(name, {}, { seed });
  const noisy = underNoise(name, NOISE, { seed });
  const found = compared(quiet, noisy);
  expect(noisy.breaches).toEqual([]);
  expect(noisy.mismatches).toEqual([]);
  expect(noisy.otherwise.filter((what) => what.includes(' until:'))).toEqual([]);
  expect(found.unexplained).toEqual([]);
  // What takes longer takes the time of the retries, and no change of rate more than the acts together.
  expect(found.shift).toBeLessThanOrEqual(noisy.life.frames.again * RETRY);
  for (const account of [found.commanded, found.delivered]) expectExplained(account, found.reach);
  for (const act of noisy.life.acts) expectTold(act, noisy);
  return { name, seed, noisy, found };
}

/** How long a station waits before it asks again, in ms. */
const RETRY = 500;

function expectExplained({ shift, unpaired, difference, byShift, byListed, byStrokes }: Account, most: number): void {
  expect(unpaired).toBeUndefined();
  expect(shift).toBeLessThanOrEqual(most);
  expect(difference).toBe(byShift + byListed + byStrokes);
}

/** Where nobody answered inside an update the programmer says so, and the pump stands still or has the prescription. */
export function expectTold({ refused, warned, ended, decided, what }: Done, { life }: NoisyRun): void {
  if (refused !== 'updateUncertain') return;
  expect(warned[0]).toMatch(/^THE PUMP MAY BE STOPPED/);
  const now = life.rates.findLast(({ t }) => t <= ended);
  const hasCommitted = decided.some(({ kind }) => kind === 'prescriptionCommitted');
  expect(hasCommitted ? 0 : now?.rate, `${what} ended at ${ended}, ${now?.mode}`).toBe(0);
}

const HEADS = [
  'scenario',
  'seed',
  'frames',
  'lost',
  'twice',
  'damaged',
  'held',
  'again',
  'shift',
  'commanded, delivered',
];

/** What runs came to, a line each, and below it what came out otherwise. */
export function tableOf(runs: readonly Judged[]): string {
  const rows = runs.map(({ name, seed, noisy: { life }, found }) => {
    const { sent, lost, duplicated, corrupted, heldBack, again } = life.frames;
    const numbers = [seed, sent, lost, duplicated, corrupted, heldBack, again].map(String);
    const accounts = [found.commanded, found.delivered].map(({ difference }) => signed(difference)).join(', ');
    return [name, ...numbers, formatDuration(span(found.shift)), accounts];
  });
  const widths = HEADS.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ');
  const lines = runs.flatMap(({ found }, i) => [line(rows[i] ?? []), ...listedIn(found).map((each) => `    ${each}`)]);
  return [line(HEADS), ...lines].map((each) => `${each.trimEnd()}\n`).join('');
}

function listedIn({ atBoundary, following, ranOut, commanded }: Compared): readonly string[] {
  return [
    ...atBoundary.map((each) => `at a boundary: ${each}`),
    ...following.map((each) => `after that: ${each}`),
    ...ranOut.map((each) => `out of retries: ${each}`),
    ...commanded.swapped.map((each) => `rates in another order: ${each}`),
  ];
}

const signed = (difference: bigint): string =>
  `${difference < 0n ? '-' : '+'}${volume.format(volume.of(Number(difference < 0n ? -difference : difference)), 9)}`;
