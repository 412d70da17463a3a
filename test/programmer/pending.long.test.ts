import { expect, test } from 'vitest';
import { file, sabotaged, thecal } from '../integration/cli.ts';

test('a review that lets anything be confirmed would be seen by a scenario', () => {
  const story = file(`
thecal: scenario/1
title: Nothing is programmed that was not reviewed
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day } }
story:
  - { after: 1d, clinician: { edit: { constant: 190 mcg/day } } }
  - { clinician: review }
  - { clinician: { edit: { constant: 180 mcg/day } } }
  - { clinician: confirm, expect: { refused: notReviewed, belief: { prescription: 1, rate: 0.4 mL/day } } }
`);
  expect(thecal(['run', story]).code).toBe(0);
  const root = sabotaged('programmer/visit-guards.js', "if (act?.type === 'confirm') {", 'if (false) {');
  const lax = sabotaged(
    'programmer/visit-updates.js',
    'reviewed: keeps ? context.reviewed : null',
    'reviewed: context.reviewed',
  );
  expect(thecal(['run', story], { root }).code).toBe(1);
  expect(thecal(['run', story], { root: lax }).code).toBe(1);
});
