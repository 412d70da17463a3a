import { expect, test } from 'vitest';
import { debriefText, Lesson, loadCase, type Mode } from '../../workbench/index.ts';
import { readCase } from './read-case.ts';

/*
 * What is done beside the pump may answer: a batch record tells what no reading of the pump can.
 */

const lessonOf = (mode: Mode, seed = 0) =>
  new Lesson(loadCase(readCase(), seed), { id: 'case', version: 'test', mode, executor: 'table' });
const answer = (seed: number) => `It was ${loadCase(readCase(), seed).values['strength']}`;

test('a measure answers whoever has done it, and nobody before', () => {
  const lesson = lessonOf('assessment');
  expect([lesson.greeting, lesson.line('measure').text, lesson.line('briefing').text].join()).not.toContain('It was');
  expect(lesson.line('measure').text).toContain('askPharmacy: The pharmacy is asked');
  expect(lesson.line('measure askPharmacy').text).toBe(`Noted: The pharmacy is asked\n${answer(0)}`);
  expect(lesson.line('measure callPhysician').text).toBe('Noted: The physician on call is called');
});

test('an answer holds what was drawn, and the debrief says what was told', () => {
  expect(new Set([0, 1, 2, 3, 4, 5].map(answer)).size).toBe(2);
  for (const seed of [0, 1, 2, 3, 4, 5]) {
    const lesson = lessonOf('practice', seed);
    expect(lesson.line('measure askPharmacy').text).toContain(answer(seed));
    lesson.line('done');
    expect(debriefText(lesson.debrief())).toContain(`The pharmacy is asked: ${answer(seed)}`);
  }
});
