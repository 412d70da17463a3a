import { volume } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';

const HOUR = 3_600_000;

/** Part of rule 1: no 60 min hold more fluid than the pump's hourly maximum, but for what fills dead space. */
export function hourlyMaximum(): Rule {
  let stretches: { readonly from: number; readonly rate: number }[] = [];

  const inHourBefore = (end: number): bigint =>
    stretches.reduce((sum, { from, rate }, i) => {
      const length = Math.min(stretches[i + 1]?.from ?? end, end) - Math.max(from, end - HOUR);
      return length > 0 ? sum + BigInt(rate) * BigInt(length) : sum;
    }, 0n);

  return {
    number: 1,
    name: 'rate and dose keep their limits',
    take(record) {
      if (record.layer !== 'firmware') return;
      // A pump that has started anew, or has lost its memory, may not know what it gave before.
      if (record.kind === 'memoryFailed' || logOf(record)?.kind === 'reset') stretches = stretches.slice(-1);
      if (record.kind !== 'rate') return;
      const { infusion, rate } = fieldsOf(record);
      stretches = stretches.filter((_, i) => (stretches[i + 1]?.from ?? record.t) > record.t - HOUR);
      stretches.push({ from: record.t, rate: infusion === 'prime' || infusion === 'bridge' ? 0 : Number(rate) });
    },
    settle(t, next, { profile }, complain) {
      // What flows in an hour is greatest where one of its ends meets a change of rate.
      const ends = stretches.map(({ from }) => from + HOUR).filter((end) => end > t && end < next);
      for (const end of [t, ...ends, next]) {
        if (inHourBefore(end) <= BigInt(profile.hourlyMaximum)) continue;
        complain(`the hour before ${end} ms holds more than the ${volume.format(profile.hourlyMaximum)} it may`);
        return;
      }
    },
  };
}
