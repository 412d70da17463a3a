import { describe, expect, test } from 'vitest';
import { commandedSince } from '../../firmware-sim/firmware/rules/delivery.ts';
import { instant, MOST_COMMANDED } from '../../shared/index.ts';
import { DAY, daily, HOUR, runs } from './commanded.ts';

describe('what was commanded, as far as a dose limit looks back', () => {
  const stepping = () => runs({ program: daily({ '00:00': '1 mL/day', '10:00': '2 mL/day' }), patientBolus: null });
  const begun = (pump: ReturnType<typeof stepping>) => pump.context.recent.map(({ from }) => from);

  test('is kept for a day, and what ended a day ago is not', () => {
    const pump = stepping();
    pump.passTo(2 * HOUR + 5 * DAY);
    // The step of a day ago still ran in the last 24 h; the one before it ended just then.
    expect(begun(pump)).toEqual([2 * HOUR + 4 * DAY, 16 * HOUR + 4 * DAY, 2 * HOUR + 5 * DAY]);
  });

  test('is kept once of an instant at which several things were commanded', () => {
    const pump = stepping();
    pump.pass('1h');
    for (const what of ['stop', 'resume', 'stop', 'resume'] as const) expect(pump.do(what)).toBeUndefined();
    expect(begun(pump)).toEqual([0, HOUR]);
  });
});

test('more than can be told was commanded is told as the most that can be', () => {
  const { context } = runs();
  const many = (commanded: bigint) => ({ ...context, ledger: { ...context.ledger, commanded } });
  const most = BigInt(MOST_COMMANDED);
  expect(commandedSince(many(most - 1n), instant(0), 0n)).toBe(MOST_COMMANDED - 1);
  for (const beyond of [0n, 1n, 2n ** 70n])
    expect(commandedSince(many(most + beyond), instant(0), 0n)).toBe(MOST_COMMANDED);
});
