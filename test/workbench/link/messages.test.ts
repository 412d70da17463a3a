import { describe, expect, test } from 'vitest';
import { loadScenario, ScenarioError } from '../../../workbench/index.ts';

/** What is said of an act of the world that cannot be read, at line 6. */
function problems(world: string): string[] {
  const text = `thecal: scenario/1
title: One that cannot be read
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
story:
  - world: ${world}
`;
  try {
    loadScenario(text);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

describe('a fault of the link that cannot be read is told with its place, what was found and what was expected', () => {
  test.each([
    ['{ noise: { drop: 10 } }', '6:29 story.0.world.noise.drop: 10: expected a share of frames such as "10 %"'],
    [
      '{ noise: { drop: lots } }',
      '6:29 story.0.world.noise.drop: "lots": expected a share of frames from "0 %" to "100 %"',
    ],
    [
      '{ noise: { drop: 120 % } }',
      '6:29 story.0.world.noise.drop: "120 %": expected a share of frames from "0 %" to "100 %"',
    ],
    [
      '{ noise: { drop: -5 % } }',
      '6:29 story.0.world.noise.drop: "-5 %": expected a share of frames from "0 %" to "100 %"',
    ],
    [
      '{ noise: loud }',
      '6:21 story.0.world.noise: "loud": expected none, or rates such as { drop: 10 %, corrupt: 5 % }',
    ],
    ['{ disconnect: now }', '6:26 story.0.world.disconnect: "now": expected keys and values, of from, lose'],
    [
      '{ disconnect: { from: commitUpdate } }',
      '6:26 story.0.world.disconnect.lose: is missing: expected one of request, answer',
    ],
    [
      '{ disconnect: { from: stop, lose: both } }',
      '6:46 story.0.world.disconnect.lose: "both": expected one of request, answer',
    ],
    [
      '{ frameFault: drop }',
      '6:26 story.0.world.frameFault: "drop": expected keys and values, of frame, message, of, is, bit, to, clock',
    ],
    [
      '{ frameFault: { frame: one, is: drop } }',
      '6:35 story.0.world.frameFault.frame: "one": the next frame sent is 1: expected a whole number from 1 to 1000000',
    ],
    [
      '{ frameFault: { frame: 1, is: crashAfter, clock: gone } }',
      '6:61 story.0.world.frameFault.clock: "gone": expected one of kept, lost',
    ],
    ['{ latency: 2h }', '6:23 story.0.world.latency: 2h: expected at most "1h"'],
    ['{ latency: 5 }', '6:23 story.0.world.latency: 5: expected a span of time such as "62d 4h"'],
  ])('%s', (world, problem) => {
    expect(problems(world)).toEqual([problem]);
  });

  test('and of a message, every one there is', () => {
    expect(problems('{ frameFault: { message: commit, of: request, is: drop } }')[0]).toMatch(
      /^6:37 story\.0\.world\.frameFault\.message: "commit": expected one of openSession, .*commitUpdate/,
    );
  });
});
