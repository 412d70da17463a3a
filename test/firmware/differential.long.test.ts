import { expect, test } from 'vitest';
import { liveAlike } from './alike.ts';
import { allOutcomes, allTransitions } from './coverage.ts';

test('XState and the table run the same chart alike, over every transition and guard outcome', () => {
  const { events, lives, missed, unanswered } = liveAlike(1_000_000);
  process.stdout.write(
    `differential: ${events} events in ${lives} lives, ` +
      `${allTransitions.length - missed.length} of ${allTransitions.length} transitions taken, ` +
      `${allOutcomes.length - unanswered.length} of ${allOutcomes.length} guard outcomes seen\n`,
  );
  expect(missed).toEqual([]);
  expect(unanswered).toEqual([]);
});
