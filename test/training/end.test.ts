import { describe, expect, test } from 'vitest';
import { classText, type Debrief, debriefText } from '../../workbench/index.ts';
import { caseWith, lessonOf, READ } from './small-case.ts';

const [MINUTES, DAYS] = [60_000, 86_400_000];

describe('nobody waits past the end of a case', () => {
  test.each([
    'until alarm: lowReservoir',
    'after 30d',
    'after 30d drain',
    'at 40d',
    '{ until: { alarm: lowReservoir }, atMost: 60d }',
  ])('%s stops there', (line) => {
    const lesson = lessonOf(caseWith(READ));
    expect(lesson.line(line).problem).toBeUndefined();
    expect(lesson.isOver).toBe(true);
    const { lasted, timeline } = lesson.debrief();
    expect(lasted).toBe(2 * DAYS);
    // What would be done after it is not done.
    expect(timeline.flatMap(({ happened }) => happened).join()).not.toContain('drain');
  });

  test('nor by a step from a page, nor by sitting there', () => {
    const page = lessonOf(caseWith(READ));
    page.step({ until: { alarm: 'lowReservoir' }, atMost: '60d' });
    expect(page.debrief().lasted).toBe(2 * DAYS);
    const terminal = lessonOf(caseWith(READ));
    terminal.line('after 47h 55min interrogate');
    terminal.line('screen', 9 * MINUTES);
    expect(terminal.debrief().lasted).toBe(2 * DAYS);
    const both = lessonOf(caseWith(READ));
    both.line('after 47h 55min interrogate');
    both.line('after 3h drain', 3 * MINUTES);
    expect(both.debrief().lasted).toBe(2 * DAYS);
  });

  test('and what comes before it is waited for', () => {
    const lesson = lessonOf(caseWith(READ));
    lesson.line('stop');
    expect(lesson.line('until log: sessionClosed').problem).toBeUndefined();
    expect(lesson.isOver).toBe(false);
    lesson.line('after 1h drain');
    expect(lesson.isOver).toBe(false);
  });
});

describe('a debrief', () => {
  test('says in words what shows that something was reached', () => {
    const lines = [
      '  - { id: primed, says: s, expert: e, reached: { belief: { infusion: prime } } }',
      '  - { id: began, says: s, expert: e, reached: { belief: { infusion: basal } }, after: primed }',
      '  - { id: sought, says: s, expert: e, reached: { screen: { warnings: { atLeast: 1 } } } }',
      '  - { id: found, says: s, expert: e, reached: { found: noComplaint } }',
      '  - { id: less, says: s, expert: e, reached: { belief: { reservoir: { atMost: 17.8 mL } } } }',
    ];
    const lesson = lessonOf(caseWith([READ, ...lines].join('\n')));
    const prime =
      'prescribe constant: 190 mcg/day, prime: { fill: pumpAndCatheter, catheter: 60 cm }, aboveLimits: accept';
    for (const line of [prime, 'after 5h', 'stop', 'askPatient', 'done'])
      expect(lesson.line(line).problem).toBeUndefined();
    const debrief = lesson.debrief();
    const told = Object.fromEntries(debrief.rubric.map(({ id, evidence }) => [id, evidence?.text]));
    expect(told['primed']).toContain('clinician prescribes');
    expect(told['began']).toContain('ended');
    expect(told['sought']).toContain('clinician prescribes');
    expect(told['found']).toBe('found: no complaint');
    expect(debriefText(debrief)).not.toMatch(/[{}[\]]/u);
    expect(debriefText(debrief)).toMatch(/Drawn: days [34]\./u);
  });

  test('has what was done beside the pump where it was done', () => {
    const lesson = lessonOf(caseWith(READ));
    for (const line of ['interrogate', 'measure callPhysician', 'endSession', 'done']) lesson.line(line);
    const happened = lesson.debrief().timeline.map(({ happened }) => happened.join('; '));
    const places = ['clinician interrogates', 'The physician on call is called', 'clinician ends the session'].map(
      (what) => happened.findIndex((each) => each.startsWith(what)),
    );
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places).not.toContain(-1);
  });
});

test('a table of a class counts as missed most often what its column of missed lines has', () => {
  const lesson = lessonOf(
    caseWith(`${READ}\n  - { id: liked, says: s, expert: e, must: false, did: { hands: film } }`),
  );
  lesson.line('done');
  const debrief: Debrief = lesson.debrief();
  const table = classText([debrief, debrief]);
  expect(table).toContain('2×  test: read');
  expect(table).not.toContain('liked');
});
