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

test('nor is one after another concentration was entered in an edit, and confirmed', () => {
  const edited = story('20 mg/day').replace(
    '{ prescribe: { baclofen: 2000 mcg/mL, constant: 1 mg/day } }',
    '{ edit: { baclofen: 2000 mcg/mL, constant: 1 mg/day } }\n  - clinician: review\n  - clinician: confirm',
  );
  expect(runScenario(loadScenario(edited), { id: 'x', version: '0' }).failures).toEqual([]);
});

test('a dose of a mixture is judged by its primary drug, also where a later prescription names none', () => {
  const mixture = (dose: string) => `thecal: scenario/1
title: The second drug of a mixture is the primary one
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, fentanyl: 500 mcg/mL, sufentanil: 50 mcg/mL }
  prescribe: { primary: sufentanil, constant: 20 mcg/day }
story:
  - clinician: { prescribe: { constant: ${dose} } }
`;
  // At the strength of the fentanyl it would be 0.038 mL/day, less than any rate of the pump.
  expect(runScenario(loadScenario(mixture('19 mcg/day')), { id: 'x', version: '0' }).failures).toEqual([]);
  expect(() => loadScenario(mixture('2 mcg/day'))).toThrow('0.04 mL/day is no rate of');
});
