import { expect } from 'vitest';
import { Lesson, loadCase, type Mode } from '../../workbench/index.ts';

/** A pump that stalls while the learner is there; what is looked for is put in its place. */
export const caseWith = (rubric: string, more = '') => `thecal: case/1
title: A pump is looked after
source: [assumed]
draw: { days: [3, 4] }
briefing: Look after the pump.
complaint: Nothing.
hidden: The rotor stood still after $days days.
ends: 2d
begins:
  profile: synchromed-ii-like-20
  clock: 2026-01-05 08:00
  start:
    fill: { volume: 20 mL, baclofen: 500 mcg/mL }
    prescribe: { constant: 200 mcg/day, lowReservoir: 2 mL }
  story: [{ at: $days d }]
measures: { callPhysician: The physician on call is called }
hints:
  - { after: 0s, unless: read, say: Read it. }
  - { after: 1h, say: Ask the patient. }
rubric:
${rubric}
learners:
  expert: [{ clinician: interrogate }]
  mistaken: { error: none, does: [{ hands: drain }], misses: [read] }
${more}`;

export const READ =
  '  - { id: read, says: it was read, expert: reads it, did: { clinician: interrogate }, within: 1h }';
export const lessonOf = (text: string, mode: Mode = 'practice') =>
  new Lesson(loadCase(text.replaceAll('$days d', '$daysd').replaceAll('$daysd', '"$days d"'), 1), {
    id: 'test',
    version: 'test',
    mode,
    executor: 'table',
  });
/** What came of the lines of a rubric once these lines have been done. */
export function judged(rubric: string, lines: readonly string[]): Record<string, boolean> {
  const lesson = lessonOf(caseWith(`${READ}\n${rubric}`));
  for (const line of lines) expect(lesson.line(line).problem).toBeUndefined();
  lesson.line('done');
  return Object.fromEntries(lesson.debrief().rubric.map(({ id, met }) => [id, met]));
}
