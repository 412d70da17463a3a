import fc from 'fast-check';
import { parseDuration, VOLUME_PER_ML } from '../../shared/index.ts';
import type { Prescribe } from './fixture.ts';
import { chartOf, ordersOf } from './on-bench.ts';

/*
 * An onlooker's reckoning of a dose limit: what any window of time holds, from the rates commanded alone.
 */

/** Waits between presses, in minutes: of somebody who presses and presses. */
export const agitatedLife = fc.array(fc.integer({ min: 0, max: 90 * 60_000 }), { minLength: 4, maxLength: 12 });

/**
 * The most of the drug in any window, in ng rounded up, of a pump whose patient presses after each of these waits; a
 * clinician resumes what a denial brought to the minimum rate. Boluses and basal still to come count: the last window ends with them.
 */
export function largestWindow(
  profile: string,
  waits: readonly number[],
  limit: { readonly dose: string; readonly window: string },
  changes: Prescribe = {},
): { readonly largest: number; readonly granted: number } {
  const order = { ...changes, doseLimit: limit };
  const pump = chartOf(profile, order);
  const window = parseDuration(limit.window);
  for (const wait of waits) {
    pump.pass(wait);
    pump.fill();
    pump.press();
    if (pump.context.reduced === 'minimumRate') pump.do('resume');
  }
  pump.pass(window);
  const { rates, now } = pump;
  const given = (from: number, to: number): bigint =>
    rates.reduce((sum, { at, rate }, i) => {
      const length = Math.min(to, rates[i + 1]?.at ?? now) - Math.max(from, at);
      return length > 0 ? sum + BigInt(rate) * BigInt(length) : sum;
    }, 0n);
  // What a window holds is greatest where one of its ends meets a change of rate.
  const ends = rates.flatMap(({ at }) => [at, at + window]).filter((end) => end <= now);
  const most = [...ends, now].map((end) => given(end - window, end)).reduce((a, b) => (a > b ? a : b), 0n);
  const [drug] = ordersOf(profile, order).drugs;
  const exact = most * BigInt(drug?.concentration ?? 0);
  return { largest: Number((exact + VOLUME_PER_ML - 1n) / VOLUME_PER_ML), granted: pump.context.granted };
}
