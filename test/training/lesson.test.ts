import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../shared/index.ts';
import { CaseError, classText, debriefText, isDebrief, loadCase, type Mode } from '../../workbench/index.ts';
import { caseWith, judged, lessonOf, READ } from './small-case.ts';

describe('a rubric', () => {
  test('counts what was done in time, and not what was refused', () => {
    const late = '  - { id: stopped, says: s, expert: e, did: { clinician: stop }, within: 30min }';
    expect(judged(late, ['interrogate', 'after 20min', 'clinician stop'])).toEqual({ read: true, stopped: true });
    expect(judged(late, ['after 40min', 'interrogate', 'clinician stop'])).toEqual({ read: true, stopped: false });
    const resumed = '  - { id: resumed, says: s, expert: e, did: { clinician: resume } }';
    expect(judged(resumed, ['resume'])).toEqual({ read: false, resumed: false });
    const tried = '  - { id: tried, says: s, expert: e, did: { clinician: resume, refused: any } }';
    expect(judged(tried, ['resume'])).toEqual({ read: false, tried: true });
  });

  test('counts none of what a list of acts excepts', () => {
    const other = '  - { id: none, says: s, expert: e, never: { clinician: [stop, minimumRate], except: stop } }';
    expect(judged(other, ['clinician stop'])).toEqual({ read: false, none: true });
    expect(judged(other, ['clinician minimumRate'])).toEqual({ read: false, none: false });
    const unknown = '  - { id: none, says: s, expert: e, never: { measure: callPhysician, except: callSurgeon } }';
    expect(() => judged(unknown, [])).toThrow('"callSurgeon": expected one of measures: callPhysician');
  });

  test('counts what was done before or after something else', () => {
    const before = '  - { id: drained, says: s, expert: e, did: { hands: drain }, after: read }';
    expect(judged(before, ['drain', 'interrogate'])).toEqual({ read: true, drained: false });
    expect(judged(before, ['interrogate', 'drain'])).toEqual({ read: true, drained: true });
    const first = '  - { id: first, says: s, expert: e, did: { hands: askPatient }, before: read }';
    expect(judged(first, ['askPatient', 'interrogate'])).toEqual({ read: true, first: true });
    expect(judged(first, ['interrogate', 'askPatient'])).toEqual({ read: true, first: false });
  });

  test('looks at what was entered: itself, a bound, any of several', () => {
    const entered = (wanted: string) =>
      `  - { id: entered, says: s, expert: e, did: { clinician: refill, with: { volume: ${wanted} } } }`;
    const lines = ['refill volume: 18 mL'];
    for (const [wanted, met] of [
      ['18 mL', true],
      ['{ atLeast: 18 mL }', true],
      ['{ atLeast: 18.1 mL }', false],
      ['[1 mL, { atMost: 18 mL }]', true],
      ['17 mL', false],
    ] as const)
      expect(judged(entered(wanted), lines)).toEqual({ read: false, entered: met });
  });

  test('sees what never came, what was reached and what is so in the end', () => {
    const three = [
      '  - { id: flowing, says: s, expert: e, never: { infusion: stopped } }',
      '  - { id: stood, says: s, expert: e, reached: { truth: { rate: 0 mL/day } } }',
      '  - { id: runs, says: s, expert: e, finally: { belief: { infusion: basal } } }',
    ].join('\n');
    expect(judged(three, ['stop', 'after 1h', 'resume'])).toEqual({
      read: false,
      flowing: false,
      stood: true,
      runs: true,
    });
    expect(judged(three, ['interrogate'])).toEqual({ read: true, flowing: true, stood: false, runs: true });
  });

  test('has seen what is so when the learner comes in before anything is done', () => {
    const both = [
      '  - { id: ran, says: s, expert: e, reached: { belief: { infusion: basal } }, before: called }',
      '  - { id: called, says: s, expert: e, did: { measure: callPhysician } }',
      '  - { id: stood, says: s, expert: e, never: { infusion: basal } }',
    ].join('\n');
    const lesson = lessonOf(caseWith(`${READ}\n${both}`));
    expect(lesson.soFar.map(({ state }) => state)).toEqual(['open', 'met', 'open', 'broken']);
    // What is done beside the pump stands in no record.
    lesson.line('measure callPhysician');
    lesson.line('done');
    const [, ran] = lesson.debrief().rubric;
    expect(ran).toMatchObject({ met: true, evidence: { text: 'so it was when the learner came in' } });
    expect(ran?.evidence?.localTime).toBe(lesson.debrief().began);
  });

  test('takes any of several ways, each with its time', () => {
    const ways = (...all: readonly string[]) =>
      `  - { id: any, says: s, expert: e, within: 30min, anyOf: [${all.map((way) => `{ ${way} }`).join(', ')}] }`;
    const safe = ways('did: { clinician: stop }', 'reached: { truth: { rate: 0 mL/day } }', 'never: { hands: inject }');
    expect(judged(safe, ['inject 1 mL'])['any']).toBe(false);
    expect(judged(safe, ['after 1h'])['any']).toBe(true);
    expect(judged(safe, ['inject 1 mL', 'stop'])['any']).toBe(true);
    expect(judged(safe, ['inject 1 mL', 'after 40min', 'stop'])['any']).toBe(false);
    expect(judged(safe, ['stop', 'inject 1 mL'])['any']).toBe(true);
    const ended = ways('did: { measure: callPhysician }', 'finally: { belief: { infusion: stopped } }');
    expect(judged(ended, ['after 40min', 'stop'])['any']).toBe(true);
    expect(judged(ended, ['after 40min', 'stop', 'resume'])['any']).toBe(false);
    expect(judged(ended, ['measure callPhysician'])['any']).toBe(true);
    const then = '\n  - { id: then, says: s, expert: e, did: { hands: film }, after: any }';
    expect(judged(`${safe}${then}`, ['film', 'stop'])['then']).toBe(false);
    expect(judged(`${safe}${then}`, ['stop', 'film'])['then']).toBe(true);
  });

  test('measures harm by the level the patient was used to', () => {
    const harm = '  - { id: harm, says: s, expert: e, harm: { little: 1h } }';
    expect(judged(harm, ['interrogate'])).toEqual({ read: true, harm: true });
    expect(judged(harm, ['stop', 'endSession'])).toEqual({ read: false, harm: false });
  });

  test('takes what is done beside the pump', () => {
    const called = '  - { id: called, says: s, expert: e, did: { measure: callPhysician }, within: 1h }';
    expect(judged(called, ['measure callPhysician'])).toEqual({ read: false, called: true });
    const lesson = lessonOf(caseWith(READ));
    expect(lesson.line('measure callPhysicain').problem).toContain('did you mean callPhysician?');
  });
});

describe('an assessment', () => {
  test.each([
    'truth',
    'belief',
    'why',
    'log',
    'history',
    'hint',
    'until infusion: stopped',
    'screen expect truth.rate: 0 mL/day',
    'world tip: subdural',
    'next',
  ])('does not answer %s', (line) => {
    const lesson = lessonOf(caseWith(READ), 'assessment');
    const { text, problem } = lesson.line(line);
    expect(problem).toBeDefined();
    expect(text).toBe('');
  });

  test('tells nothing that only the pump knows, and what hands find', () => {
    const lines = ['hands enterScanner: 1.5 T', 'after 1h', 'drain'];
    const told = (mode: Mode) => {
      const lesson = lessonOf(caseWith(READ), mode);
      return lines.map((line) => lesson.line(line).text).join('\n');
    };
    expect(told('practice')).toContain('ALARM');
    expect(told('assessment')).not.toContain('ALARM');
    expect(told('assessment')).not.toContain('declared');
    expect(told('assessment')).toContain('the syringe shows');
  });
});

test('hints come with time, once each, and not for what is done already', () => {
  const lesson = lessonOf(caseWith(READ));
  expect(lesson.line('hint').text).toBe('Read it.');
  expect(lesson.line('hint').text).toBe('No hint now.');
  lesson.line('interrogate');
  lesson.line('after 1h');
  expect(lesson.line('hint').text).toBe('Ask the patient.');
  lesson.line('done');
  expect(lesson.debrief().hints).toEqual(['Read it.', 'Ask the patient.']);
});

test('a case is over after its time, and then nothing more can be done', () => {
  const lesson = lessonOf(caseWith(READ));
  expect(lesson.isOver).toBe(false);
  lesson.line('interrogate');
  lesson.line('done');
  expect(lesson.isOver).toBe(true);
  expect(lesson.line('interrogate').problem).toContain('over');
  expect(lesson.debrief()).toMatchObject({ saidDone: 0, lasted: 2 * 86_400_000, passed: true });
});

test('a debrief is JSON that can be read again, and a class is a table', () => {
  const lesson = lessonOf(caseWith(READ));
  lesson.line('done');
  const exported: unknown = JSON.parse(JSON.stringify(lesson.debrief()));
  if (!isDebrief(exported)) throw new Error('no debrief');
  expect(debriefText(exported)).toBe(debriefText(lesson.debrief()));
  expect(classText([exported, exported])).toContain('2×  test: read');
  expect(isDebrief({ ...exported, passed: 'yes' })).toBe(false);
});

describe('a case file', () => {
  const problems = (text: string): string => {
    try {
      loadCase(text, 1);
      return '';
    } catch (error) {
      if (error instanceof CaseError) return error.message;
      throw error;
    }
  };
  test.each([
    ['a value that was not drawn', caseWith(READ).replace('Look after', 'Look $after'), '"$after" stands in the case'],
    ['an act that is none', caseWith(READ.replace('interrogate', 'interogate')), 'did you mean interrogate?'],
    [
      'a line of the rubric that is none',
      caseWith(READ.replace('within: 1h', 'before: reed')),
      'rubric.0.before: "reed"',
    ],
    ['two kinds of line', caseWith(READ.replace('within: 1h', 'harm: { little: 1h }')), 'expected exactly one of did'],
    [
      'a way of several that is none',
      caseWith(READ.replace('did: { clinician: interrogate }', 'anyOf: [{ did: { hands: drain } }, {}]')),
      'rubric.0.anyOf.1: expected exactly one of did',
    ],
    [
      'a measure of one of several ways that is none',
      caseWith(
        READ.replace(
          'did: { clinician: interrogate }',
          'anyOf: [{ did: { hands: drain } }, { did: { measure: cal } }]',
        ),
      ),
      '"cal": expected one of measures',
    ],
    [
      'a measure that is none',
      caseWith(READ.replace('clinician: interrogate', 'measure: cal')),
      '"cal": expected one of measures',
    ],
    ['a range that is none', caseWith(READ).replace('[3, 4]', '{ from: 1 mL, to: 2 d, step: 1 }'), 'draw.days'],
    [
      'a row with another name',
      caseWith(READ).replace('[3, 4]', '[{ dose: 1 mg, days: 3 }, { dose: 2 mg, hours: 4 }]'),
      'draw.days.1: expected dose, days, as in the first row',
    ],
    [
      'a name that two draws have',
      caseWith(READ).replace('[3, 4]', '[3, 4], rows: [{ days: 3 }, { days: 4 }]'),
      'draw.rows: "days" is drawn twice',
    ],
    ['a step of its beginning', caseWith(READ).replace('at: $days d', 'att: 1d'), 'begins.story.0'],
  ])('says where %s stands', (_, text, message) => {
    const given = text.includes('$days d') ? text.replaceAll('at: $days d', 'at: "$days d"') : text;
    expect(problems(given)).toContain(message);
    expect(problems(given)).toMatch(/^\d+:\d+: /);
  });
});

describe('listening', () => {
  // The reservoir is low after 45 days; a tone comes every hour from then on.
  const low = `  - { id: heard, says: s, expert: e, did: { hands: listen, with: { for: { atLeast: 1h } } }, within: 5min }
  - { id: tone, says: s, expert: e, reached: { found: single } }`;
  const begun = (ends: string) =>
    lessonOf(
      caseWith(`${READ}\n${low}`).replace('ends: 2d', `ends: ${ends}`).replace('at: $days d', 'at: 44d 23h 30min'),
      'assessment',
    );
  const HOUR = parseDuration('1h');

  test('is of the whole time, and of what was heard in it, whatever begins meanwhile', () => {
    const lesson = begun('2d');
    const { text, outcome } = lesson.listen(HOUR);
    expect(outcome).toEqual({ done: true, found: ['single'] });
    expect(text).toMatch(/^2026-02-19 07:30 {2}hands listen to the pump for 1h; found: one tone$/);
    lesson.line('done');
    expect(lesson.debrief().rubric).toMatchObject([{ met: false }, { met: true }, { met: true }]);
  });

  test('ends with the case, and hears nothing of what comes after', () => {
    const lesson = begun('20min');
    const { problem, text, outcome } = lesson.listen(HOUR);
    expect(problem).toBeUndefined();
    expect(outcome).toEqual({ done: true, found: ['noTone'] });
    expect(text).toContain('for 20min; found: the pump is silent');
    expect(lesson.isOver).toBe(true);
    expect(lesson.debrief().rubric).toMatchObject([{ met: false }, { met: false }, { met: false }]);
    expect(lesson.listen(HOUR).problem).toContain('over');
  });
});
