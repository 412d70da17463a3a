import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { implausible } from '../../workbench/scenario/plausible.ts';
import type { Step } from '../../workbench/scenario/schema.ts';
import { Gist } from '../../workbench/session/gist.ts';
import { readLine } from '../../workbench/session/read-line.ts';

const { scenario } = loadScenario(`thecal: scenario/1
title: A visit
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day } }
story: [{ after: 0s }]
`);

const STEPS = [
  'interrogate',
  'advance 20000d',
  'at 30000d',
  'at 70000d patient requestBolus',
  'until alarm lowReservoir atMost 25000d',
  'every 1s for 1d patient requestBolus',
  'every 1s for 300d patient requestBolus',
  'world localTime -9000d',
  'world localTime +4000d',
  'prescribe constant: 20 mg/day',
  'prescribe constant: 1 mg/day',
  'prescribe baclofen: 2000 mcg/mL, constant: 20 mg/day',
  'edit baclofen: 2000 mcg/mL',
  'prescribe baclofen: 2000 mcg/mL, constant: 20 mg/day expect refused: aboveCeiling',
].map((line): Step => {
  const read = readLine(line);
  if (read.kind !== 'step') throw new Error(`${line} is no step`);
  return read.step;
});

/** What is implausible about a step after others. */
const judged = (before: readonly Step[], step: Step) =>
  implausible({ ...scenario, story: [...before, step] }).flatMap(({ path: [part, i, ...path], message }) =>
    part === 'story' && i === before.length ? [{ path, message }] : [],
  );

test('a step is as plausible after the gist of a story as after all of it, and the gist stays short', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...STEPS), { maxLength: 30 }), (typed) => {
      const gist = new Gist();
      const story: Step[] = [];
      for (const step of typed) {
        const problems = judged(story, step);
        expect(judged(gist.steps, step)).toEqual(problems);
        expect(gist.steps.length).toBeLessThan(5);
        refused += problems.length;
        if (problems.length > 0) continue;
        story.push(step);
        gist.add(step);
      }
    }),
    { numRuns: 300, seed: 20_260_105 },
  );
  expect(refused).toBeGreaterThan(100);
});
