import { describe, expect, test } from 'vitest';
import { debriefText, missedIn } from '../../workbench/index.ts';
import { of, SHIPPED, taken } from './cases.ts';

/*
 * Every case is taken by three: one who knows what to do, one who only waits, and one who makes the error it is known for;
 * with the seeds of a class in the long run.
 */

test.each([...SHIPPED.keys()])('%s', (name) => {
  const loaded = of(name, 0);
  expect(missedIn(taken(loaded, 'expert', name).debrief), 'who knows what to do').toEqual([]);
  expect(taken(loaded, 'passive', name).debrief.passed, 'who only waits').toBe(false);
  const { debrief: mistaken } = taken(loaded, 'mistaken', name);
  expect(mistaken.passed, 'who errs').toBe(false);
  // The debrief names the step that was missed or wrong, and no other.
  expect(missedIn(mistaken)).toEqual(loaded.error.misses);
  for (const { id, says, met, must } of mistaken.rubric)
    if (!met) expect(debriefText(mistaken), id).toContain(`${must ? '✗' : '–'} ${says}`);
});

describe('what a case says of itself', () => {
  test.each([...SHIPPED.keys()])('%s hides what it hides', (name) => {
    const { values, lesson } = of(name, 3);
    // What was drawn is for the debrief: the learner is told none of it beforehand that has to be found out.
    expect(Object.keys(values).length).toBeGreaterThan(0);
    expect(`${lesson.briefing} ${lesson.complaint}`).not.toContain('$');
  });
});
