import { describe, expect, test } from 'vitest';
import { type Case, live, type Parts } from './live.ts';
import {
  ANSWERS_FIRST,
  CELL_BY_CELL,
  FORGETS_COMMANDS,
  NEVER_ASKED,
  OTHER_PROFILE,
  SAYS_OTHERWISE,
} from './sabotages.ts';

describe('who is not to be relied on is caught:', () => {
  /** Visits whose power goes before and after each operation, until one has this problem: what was found in them. */
  const foundUpTo = (problem: string, onUpdateAbort: Case['onUpdateAbort'], parts: Parts): string => {
    const found: string[] = [];
    const [, count] = live({ story: 'visit', onUpdateAbort, mishap: null }, parts).operations;
    for (let operation = 0; operation < count; operation++)
      for (const when of ['before', 'after'] as const) {
        const mishap = { power: { operation, when }, timeLost: false };
        const { problems } = live({ story: 'visit', onUpdateAbort, mishap }, parts);
        found.push(...problems);
        if (problems.some((each) => each.includes(problem))) return found.join('\n');
      }
    return found.join('\n');
  };

  test.each<[string, Parts, string]>([
    ['a radio that forgets its last commands with the power', FORGETS_COMMANDS, 'entered 2 times'],
    ['a station that sends again without asking what became of it', NEVER_ASKED, 'entered 2 times'],
    ['a pump that commits after the answer has left', ANSWERS_FIRST, 'told entered, and found 0 times'],
    ['a memory that keeps each cell by itself', CELL_BY_CELL, 'the log kept is not the log told'],
    [
      'a pump that runs on after an interrupted update',
      OTHER_PROFILE,
      'an interrupted update did not leave the pump stopped',
    ],
    [
      'a pump that believes other than it says',
      SAYS_OTHERWISE,
      'the programmer shows another denied than the pump has',
    ],
  ])('%s', (_, parts, problem) => {
    expect(foundUpTo(problem, 'stayStopped', parts)).toContain(problem);
  });

  test('a pump that stays stopped where its profile wants the old program resumed', () => {
    const problem = 'an interrupted update did not resume the old program';
    expect(foundUpTo(problem, 'resumeOld', OTHER_PROFILE)).toContain(problem);
  });
});
