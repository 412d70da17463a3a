import { describe, expect, test } from 'vitest';
import { MODES } from '../../workbench/index.ts';
import { actsOf, firstWords } from '../../workbench/session/vocabulary.ts';
import { caseWith, lessonOf, READ } from './small-case.ts';

/*
 * What a learner is told of the words there are: a list of faults is a list of answers.
 */

/** Words that only the case has: faults that no act of a learner is called like. */
const FAULTS = actsOf('world').filter(
  (fault) => !['clinician', 'patient', 'hands'].some((actor) => actsOf(actor).includes(fault)),
);
const asWord = (word: string) => new RegExp(`(?<![\\w.])${word}(?![\\w])`, 'u');
/** Faults that are words of the language too, or of an alarm. */
const COMMON = ['leak', 'stall', 'noise', 'lost', 'tip', 'pocket', 'begins', 'ends', 'clot'];
const telling = (text: string) => FAULTS.filter((fault) => !COMMON.includes(fault) && asWord(fault).test(text));

describe.each(MODES)('in %s', (mode) => {
  const lesson = lessonOf(caseWith(READ), mode);
  const said = (line: string) => {
    const { text, problem = '' } = lesson.line(line);
    return `${text}${problem}`;
  };

  test('help lists the words of a lesson, and no fault', () => {
    const help = said('help');
    expect(FAULTS.length).toBeGreaterThan(20);
    expect(telling(help)).toEqual([]);
    for (const word of ['briefing', 'measure', 'done', 'interrogate', 'drain', 'screen', 'after'])
      expect(help).toMatch(asWord(word));
    for (const word of ['world', 'next', 'skip']) expect(help).not.toMatch(asWord(word));
    expect(said('help measure')).toContain('beside the pump');
    expect(said('help drain')).toContain('drain');
  });

  test.each([
    'foo',
    'help foo',
    'help world',
    'help leak',
    'world foo',
    'world: foo',
    '{ world: foo }',
    '{ world.foo: 1 }',
    'after 1h world foo',
    'leak foo',
    'at 1h, leak foo',
  ])('"%s" is refused without a list of faults', (line) => {
    const { text, problem } = lesson.line(line);
    expect(problem).toBeDefined();
    expect(text).toBe('');
    expect(telling(problem ?? '')).toEqual([]);
  });

  test('a step from a page that is of the world is refused without one', () => {
    const { problem = '' } = lesson.step({ world: 'foo' });
    expect(problem).toContain('for the case to decide');
    expect(telling(problem)).toEqual([]);
  });

  test('what a misspelt word may have meant is a word of the learner', () => {
    expect(said('mesure callPhysician')).toContain('did you mean measure?');
    expect(said('breifing')).toContain('did you mean briefing?');
    expect(said('help mesure')).toContain('did you mean measure?');
  });

  test('Tab completes what a learner may say', () => {
    expect(lesson.complete('wor')[0]).toEqual([]);
    expect(lesson.complete('world ')[0]).toEqual([]);
    expect(lesson.complete('{ wo')[0]).toEqual([]);
    expect(lesson.complete('after 1h wo')[0]).toEqual([]);
    expect(lesson.complete('after 1h world ')[0]).toEqual([]);
    expect(lesson.complete('{ world: ')[0]).toEqual([]);
    expect(lesson.complete('help wo')[0]).toEqual([]);
    expect(lesson.complete('brie')[0]).toEqual(['briefing']);
    expect(lesson.complete('refill vol')[0]).toEqual(['volume: ']);
    expect(telling(lesson.complete('')[0].join(' '))).toEqual([]);
  });
});

test('an assessment is told of no word that it has not, and practice is', () => {
  const [practice, assessment] = MODES.map((mode) => lessonOf(caseWith(READ), mode));
  const own = ['until', 'expect', 'truth', 'belief', 'why', 'log', 'history', 'hint'];
  for (const word of own) {
    const row = new RegExp(`^ +${word}(?: .*)?$`, 'mu');
    expect(practice?.line('help').text, word).toMatch(row);
    expect(assessment?.line('help').text, word).not.toMatch(row);
    expect(assessment?.line(`help ${word}`).problem, word).toContain('expected one of');
    expect(assessment?.line('foo').problem, word).not.toMatch(asWord(word));
    expect(practice?.line('foo').problem, word).toMatch(asWord(word));
    expect(assessment?.complete(word)[0], word).toEqual([]);
  }
  expect(assessment?.line('until foo').problem).toContain('not before the debrief');
  expect(assessment?.line('after 1h expect foo').problem).toContain('not before the debrief');
  expect(firstWords()).toContain('until');
});
