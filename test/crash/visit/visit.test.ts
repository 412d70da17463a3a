import { expect, test } from 'vitest';
import { ABORTS, type Case, live } from './live.ts';
import { everyPowerLoss, powerReportText } from './power-cases.ts';
import { STORY_NAMES } from './stories.ts';

const EACH = STORY_NAMES.flatMap((story) => ABORTS.map((onUpdateAbort) => [story, onUpdateAbort] as const));

test.each(EACH)('a %s under onUpdateAbort %s in which nothing goes wrong', (story, onUpdateAbort) => {
  expect(live({ story, onUpdateAbort, mishap: null }).problems).toEqual([]);
});

test('whenever power goes in a press, the bolus is granted once and the handset knows', () => {
  // Before and after every operation, and a few times inside of it; the long run does so after every byte.
  const report = everyPowerLoss('press', 'stayStopped', { stride: 997 });
  process.stdout.write(`${powerReportText('press, stayStopped', report)}\n`);
  expect(report.problems).toEqual([]);
  expect(report.points).toBeGreaterThan(4 * report.operations);
  for (const what of ['bank healed', 'told granted'] as const) expect(report.happened.count(what)).toBeGreaterThan(0);
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
