import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';

/** What would pass in place of an expectation, 30 h 40 min after 20 mL of morphine 1.3 mg/mL began at 1 mL/day. */
function wouldPass(expectation: string): (string | undefined)[] {
  const text = `thecal: scenario/1
title: A story
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, morphine: 1.3 mg/mL }, prescribe: { constant: 1.3 mg/day } }
story: [{ after: 30h 40min, expect: { ${expectation} } }]
`;
  return runScenario(loadScenario(text), { id: 'a', version: '0' }).failures.map((failure) => failure.wouldPass);
}

test.each<[expectation: string, instead: string]>([
  // As it is written, where that is right.
  ['belief: { rate: 2.0 mL/day }', 'rate: 1.0 mL/day'],
  ['belief: { reservoir: 18 mL }', 'reservoir: 18.7 mL'],
  ['belief: { reservoir: 19.00 mL }', 'reservoir: 18.72 mL'],
  // A rounded value that passes and is another one is no answer.
  ['belief: { dailyDose: 2 mg/day }', 'dailyDose: 1.3 mg/day'],
  ['belief: { dailyDose: { atLeast: 2 mg/day } }', 'atLeast: 1.3 mg/day'],
  ['belief: { dailyDose: { atMost: 1 mg/day } }', 'atMost: 1.3 mg/day'],
  ['belief: { dailyDose: 2000 mcg/day }', 'dailyDose: 1300 mcg/day'],
  ['belief: { rate: 1 mL/h }', 'rate: 0.042 mL/h'],
  ['time: 2d', 'time: 1d 6h 40min'],
  ['time: 30h', 'time: 1d 6h 40min'],
])('%s: what would pass is also right', (expectation, instead) => {
  expect(wouldPass(expectation)).toEqual([instead]);
  const [key] = instead.split(':');
  expect(wouldPass(expectation.replace(new RegExp(`${key}: [^{}]+?(?= \\}|$)`), instead))).toEqual([]);
});
