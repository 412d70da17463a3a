import { volume } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';
import { Stretches } from './stretches.ts';

const HOUR = 3_600_000;

/** Part of rule 1: no 60 min hold more fluid than the pump's hourly maximum, but for what fills dead space. */
export function hourlyMaximum(): Rule {
  const stretches = new Stretches();

  return {
    number: 1,
    name: 'rate and dose keep their limits',
    take(record) {
      if (record.layer !== 'firmware') return;
      // A pump that has started anew, or has lost its memory, may not know what it gave before.
      if (record.kind === 'memoryFailed' || logOf(record)?.kind === 'reset') stretches.forget();
      if (record.kind !== 'rate') return;
      const { infusion, rate } = fieldsOf(record);
      const counted = infusion === 'prime' || infusion === 'bridge' ? 0 : Number(rate);
      stretches.begin(record.t, BigInt(counted), record.t - HOUR);
    },
    settle(t, next, { profile }, complain) {
      // What flows in an hour is greatest where one of its ends meets a change of rate.
      for (const end of [t, ...stretches.ends(HOUR, t, next), next]) {
        if (stretches.between(end - HOUR, end) <= BigInt(profile.hourlyMaximum)) continue;
        complain(`the hour before ${end} ms holds more than the ${volume.format(profile.hourlyMaximum)} it may`);
        return;
      }
    },
  };
}
