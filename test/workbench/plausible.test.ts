import { expect, test } from 'vitest';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';

/** 20 mg/day at 2 mg/mL is 10 mL/day; at the concentration before it would be 40, more than any rate of the pump. */
const story = (dose: string) => `thecal: scenario/1
title: A stronger solution
profile: synchromed-ii-like-20
library: none
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day, ceiling: 90 mg/day } }
story:
  - clinician: { prescribe: { baclofen: 2000 mcg/mL, constant: 1 mg/day } }
  - clinician: { prescribe: { constant: ${dose} } }
`;

test('a dose after another concentration was prescribed is not judged by the concentration before', () => {
  expect(runScenario(loadScenario(story('20 mg/day')), { id: 'x', version: '0' }).failures).toEqual([]);
});

test('a dose at a concentration of its own still is', () => {
  expect(() => loadScenario(story('20 mg/day, baclofen: 500 mcg/mL'))).toThrow('40 mL/day is no rate of');
});
