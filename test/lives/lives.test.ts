import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runScenario } from '../../workbench/index.ts';
import { actOf } from '../../workbench/scenario/story.ts';
import { ACTORS } from './acts.ts';
import { asFile, differs } from './counterexample.ts';
import { lives } from './life.ts';
import { loaded } from './lived.ts';
import { livesBreakNoRule } from './property.ts';

test.each([1, 2, 3])('whatever is done to whatever device, no always-true rule is broken (seed %d)', (seed) =>
  livesBreakNoRule(25, seed),
);

test.each(fc.sample(lives, { numRuns: 6, seed: 20_261_130 }).map((life, i) => [i, life] as const))(
  'life %d is a scenario file that replays to the same trace',
  (_, life) => {
    const file = asFile(life, 'a-life', runScenario);
    expect(differs(file, runScenario), file.text).toBeUndefined();
  },
);

test('whatever anybody can do is drawn, on every executor and on devices that differ', () => {
  const sample = fc.sample(lives, { numRuns: 300, seed: 20_261_130 });
  const done = sample.flatMap((life) => loaded(life).scenario.story.map(actOf));
  const drawn = new Set(done.map((act) => `${act?.by} ${act?.act.type}`));
  const all = Object.entries(ACTORS).flatMap(([actor, { rows }]) =>
    Object.keys(rows).map((type) => `${actor} ${type}`),
  );
  expect(all.filter((act) => !drawn.has(act))).toEqual([]);
  expect(new Set(sample.map(({ executor }) => executor)).size).toBe(2);
  expect(new Set(sample.map(({ device }) => device.profile.name)).size).toBeGreaterThan(9);
});
