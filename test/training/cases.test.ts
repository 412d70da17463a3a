import { describe, expect, test } from 'vitest';
import { debriefText } from '../../workbench/index.ts';
import { missedIn, of, SHIPPED, taken } from './cases.ts';

/*
 * Every case is taken by three: one who knows what to do, one who only waits, and one who makes the error it is known for.
 */

const SEEDS = 5;

test.each([...SHIPPED.keys()])('%s', (name) => {
  const answers = new Set<string>();
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const loaded = of(name, seed);
    const expert = taken(loaded, 'expert', name);
    expect(missedIn(expert.debrief), `the expert, seed ${seed}`).toEqual([]);
    expect(expert.debrief.passed).toBe(true);
    answers.add(JSON.stringify(expert.replies));
    if (seed > 0) continue;
    const passive = taken(loaded, 'passive', name);
    expect(passive.debrief.passed, 'who only waits').toBe(false);
    const mistaken = taken(loaded, 'mistaken', name);
    expect(mistaken.debrief.passed, 'who errs').toBe(false);
    // The debrief names the step that was missed or wrong, and no other.
    expect(missedIn(mistaken.debrief)).toEqual(loaded.error.misses);
    for (const { id, says, met } of mistaken.debrief.rubric)
      if (!met) expect(debriefText(mistaken.debrief), id).toContain(says);
  }
  expect(answers.size, 'the answer differs from seed to seed').toBeGreaterThan(1);
});

describe('what a case says of itself', () => {
  test.each([...SHIPPED.keys()])('%s hides what it hides', (name) => {
    const { values, lesson } = of(name, 3);
    // What was drawn is for the debrief: the learner is told none of it beforehand that has to be found out.
    expect(Object.keys(values).length).toBeGreaterThan(0);
    expect(`${lesson.briefing} ${lesson.complaint}`).not.toContain('$');
  });
});
