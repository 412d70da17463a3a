import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runScenario } from '../../workbench/index.ts';
import { asFile, differs } from './counterexample.ts';
import { lives } from './life.ts';
import { livesBreakNoRule } from './property.ts';

test('whatever is done to whatever device, no always-true rule is broken', () => livesBreakNoRule(250, 20_260_105));

test('every life is a scenario file that replays to the same trace', () => {
  for (const life of fc.sample(lives, { numRuns: 25, seed: 20_261_130 })) {
    const file = asFile(life, 'a-life', runScenario);
    expect(differs(file, runScenario), file.text).toBeUndefined();
  }
});
