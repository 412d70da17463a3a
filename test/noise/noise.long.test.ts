import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { LONG, ROOT } from '../integration/cli.ts';
import { type Judged, judged, NOISE, tableOf } from './judged.ts';
import { expectedUnder } from './under-noise.ts';
import { updatesRunOut } from './updates-run-out.ts';

/** Scenarios that are not run under noise from outside, and why. */
const EXCLUDED: Readonly<Record<string, string>> = {
  'noisy-link': 'its story sets noise of its own, in place of any other, and ends it',
  'memory-spoiled': 'the second pump that judges it knows nothing of a memory that is spoiled',
  'default-schedule-without-a-memory': 'nor of one that has failed',
};
const UNJUDGED = ['memory-spoiled', 'default-schedule-without-a-memory'];
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

const names = readdirSync(join(ROOT, 'scenarios')).map((name) => name.replace(/\.yaml$/, ''));
const cases = names
  .filter((name) => EXCLUDED[name] === undefined)
  .flatMap((name) => (LONG.includes(`${name}.yaml`) ? [1] : SEEDS).map((seed) => [name, seed] as const));

const runs: Judged[] = [];
test.each(cases)('%s, seed %i, ends under noise as it does without, but for what is listed', (name, seed) => {
  runs.push(judged(name, seed));
});

const unjudged = UNJUDGED.flatMap((name) => SEEDS.map((seed) => [name, seed] as const));
test.each(unjudged)('%s, seed %i, meets all that its story expects', (name, seed) => {
  const { failures, breaches } = expectedUnder(name, NOISE, seed);
  expect({ failures, breaches }).toEqual({ failures: [], breaches: [] });
});

test('forty updates whose retries run out leave pumps that stand still, or have it all', () => {
  expect(updatesRunOut(Array.from({ length: 40 }, (_, i) => i + 1))).toEqual(new Set(['stopped', 'committed']));
});

test('what is left out is shipped', () => {
  for (const name of Object.keys(EXCLUDED)) expect(names).toContain(name);
});

afterAll(() => {
  process.stdout.write(tableOf(runs));
});
