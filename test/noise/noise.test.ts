import { expect, test } from 'vitest';
import { compared } from './compared.ts';
import { judged, tableOf } from './judged.ts';
import { type NoisyRun, underNoise } from './under-noise.ts';
import { updatesRunOut } from './updates-run-out.ts';

test.each([
  'dose-change',
  'interrupted-update',
  'low-reservoir-and-refill',
  'patient-bolus-limits',
  'service-ends-four-ways',
  'travel-on-a-schedule',
])('%s ends under noise as it does without, but for what is listed', (name) => {
  const run = judged(name, 1);
  const { sent, lost, duplicated, corrupted, heldBack, again } = run.noisy.life.frames;
  expect(Math.min(lost, duplicated, corrupted, heldBack, again)).toBeGreaterThan(0);
  expect(sent).toBeGreaterThan(50);
  process.stdout.write(tableOf([run]));
});

test('presses at the very end of a lockout are listed, and nothing else', () => {
  const { atBoundary, following } = judged('reset-with-the-time', 1).found;
  expect(atBoundary).toEqual(['4h requestBolus: bolusGranted without noise, bolusDenied lockedOut with it']);
  expect(following).toEqual([]);
});

test('an update whose retries run out leaves a pump that stands still, or has it all, and a programmer that says so', () => {
  // Of forty seeds these are some in which retries do run out; the long run takes them all.
  expect(updatesRunOut([2, 8, 22, 38])).toEqual(new Set(['stopped', 'committed']));
});

/** A run that is like another but for one thing. */
function otherwise(change: (run: NoisyRun) => void): ReturnType<typeof compared> {
  const [quiet, noisy] = [underNoise('patient-bolus-limits', {}), underNoise('patient-bolus-limits', {})];
  change(noisy);
  return compared(quiet, noisy);
}

test('without noise nothing is otherwise', () => {
  const { atBoundary, following, unexplained, shift, commanded } = otherwise(() => {});
  expect([...atBoundary, ...following, ...unexplained]).toEqual([]);
  expect([shift, commanded.shift, commanded.difference]).toEqual([0, 0, 0n]);
});

test.each<
  readonly [what: string, change: (run: NoisyRun) => void, seen: (found: ReturnType<typeof compared>) => unknown]
>([
  [
    'a prescription that is committed twice',
    ({ life }) => {
      const [committed] = life.decisions;
      if (committed !== undefined) life.acts.find(({ decided }) => decided.length > 0)?.decided.push(committed);
    },
    ({ unexplained }) => unexplained.length > 0,
  ],
  ['an act that is not done', ({ life }) => void life.acts.splice(3, 1), ({ unexplained }) => unexplained.length > 0],
  ['a bolus that is not given', ({ life }) => void life.rates.splice(4, 2), ({ commanded }) => commanded.unpaired],
  [
    'one unit more that is commanded',
    ({ life }) => {
      life.commanded = { ...life.commanded, volume: life.commanded.volume + 1n };
    },
    ({ commanded: { difference, byShift, byListed } }) => difference !== byShift + byListed,
  ],
])('%s is seen', (_, change, seen) => {
  expect(seen(otherwise(change))).toBeTruthy();
});
