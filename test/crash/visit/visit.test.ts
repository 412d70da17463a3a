import { describe, expect, test } from 'vitest';
import type { CrashPoint } from '../crashing-storage.ts';
import { ABORTS, type Case, live, type Parts } from './live.ts';
import { everyPowerLoss, powerReportText } from './power-cases.ts';
import {
  ANSWERS_FIRST,
  CELL_BY_CELL,
  FORGETS_COMMANDS,
  NEVER_ASKED,
  OTHER_PROFILE,
  SAYS_OTHERWISE,
} from './sabotages.ts';
import { STORY_NAMES, type StoryName } from './stories.ts';

const EACH = STORY_NAMES.flatMap((story) => ABORTS.map((onUpdateAbort) => [story, onUpdateAbort] as const));

test.each(EACH)('a %s under onUpdateAbort %s in which nothing goes wrong', (story, onUpdateAbort) => {
  expect(live({ story, onUpdateAbort, mishap: null }).problems).toEqual([]);
});

test('whenever power goes in a press, the bolus is granted once and the handset knows', () => {
  const report = everyPowerLoss('press', 'stayStopped');
  process.stdout.write(`${powerReportText('press, stayStopped', report)}\n`);
  expect(report.problems).toEqual([]);
  expect(report.points).toBe(2 * report.operations + report.bytes);
  expect(report.points).toBeGreaterThan(20_000);
});

/** Cases as a report names them. */
const CASES: readonly Case[] = [
  // The pump stayed stopped, though its profile wants the old program resumed.
  { story: 'visit', onUpdateAbort: 'resumeOld', mishap: { power: { operation: 9, when: 'before' }, timeLost: false } },
  {
    story: 'visit',
    onUpdateAbort: 'resumeOld',
    mishap: { frame: 15, fault: { is: 'crashAfter', timeLost: true } },
  },
  { story: 'visit', onUpdateAbort: 'stayStopped', mishap: { power: { operation: 9, when: 'after' }, timeLost: true } },
  {
    story: 'visit',
    onUpdateAbort: 'stayStopped',
    mishap: { frame: 18, fault: { is: 'crashBefore', timeLost: false } },
  },
  // The volume was counted twice: the pump had answered, and only the reading after it was lost.
  { story: 'hastyVisit', onUpdateAbort: 'stayStopped', mishap: { frame: 25, count: 20, fault: { is: 'drop' } } },
];
test.each(CASES.map((each) => [JSON.stringify(each), each] as const))('%s', (_, each) => {
  expect(live(each).problems).toEqual([]);
});

describe('who is not to be relied on is caught:', () => {
  /** What is found in a story whose power goes before and after each operation. */
  const problemsOf = (story: StoryName, onUpdateAbort: Case['onUpdateAbort'], parts: Parts): string => {
    const [, count] = live({ story, onUpdateAbort, mishap: null }, parts).operations;
    const points = Array.from({ length: count }, (_, operation): CrashPoint[] => [
      { operation, when: 'before' },
      { operation, when: 'after' },
    ]).flat();
    return points
      .flatMap((power) => live({ story, onUpdateAbort, mishap: { power, timeLost: false } }, parts).problems)
      .join('\n');
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
    expect(problemsOf('visit', 'stayStopped', parts)).toContain(problem);
  });

  test('a pump that stays stopped where its profile wants the old program resumed', () => {
    expect(problemsOf('visit', 'resumeOld', OTHER_PROFILE)).toContain(
      'an interrupted update did not resume the old program',
    );
  });
});
