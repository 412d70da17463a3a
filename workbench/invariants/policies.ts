import type { DeviceProfile } from '../../shared/index.ts';
import { fieldsOf, logOf } from './account.ts';
import type { Rule } from './rule.ts';

/** Rule 4: the commanded rate is the one the profile's policies prescribe, the most restrictive winning. */
export function policies(): Rule {
  let suspect: number | undefined;
  return {
    number: 4,
    name: 'the rate is the one the policies prescribe',
    take(record, account, complain) {
      const log = logOf(record);
      const stopsForGood = log?.kind === 'deliveryStopped' && log.data['why'] === 'endOfService';
      if (stopsForGood && record.t < account.endOfService) complain('delivery ended before the end of service');
      const calledFor = allowedAt(account.levelAt(record.t), account.profile) === 'minimum';
      if (calledFor && suspect === record.t) suspect = undefined;
      if (record.layer !== 'firmware' || record.kind !== 'rate' || calledFor) return;
      const { infusion } = fieldsOf(record);
      // A volume typed at this instant is told only after the rate it leads to: judged once it has been.
      if (infusion === 'minimumRate' && ['basal', 'patientBolus'].includes(account.infusion)) suspect = record.t;
    },
    settle(t, next, account, complain) {
      const { infusion, rate, prescription, profile } = account;
      const basal = prescription?.basal ?? 0;
      const bolus = prescription?.patientBolus?.rate ?? 0;
      const minimum = Math.min(profile.minimumRate, basal);
      const due: Readonly<Record<string, number>> = {
        stopped: 0,
        updating: 0,
        basal,
        patientBolus: basal + bolus,
        minimumRate: minimum,
      };
      if (rate !== due[infusion]) complain(`mode ${infusion} commands ${rate} nL/day, not ${due[infusion]}`);
      if (suspect === t && infusion === 'minimumRate' && allowedAt(account.levelAt(t), profile) !== 'minimum') {
        complain('the minimum rate began beside a reservoir that does not call for it');
      }
      // Up to the next record the level only falls: what holds at both ends holds between.
      for (const at of [t, Math.max(t, next - 1)]) {
        if (at >= account.endOfService && profile.atEndOfService === 'stop' && rate > 0) {
          complain(`${rate} nL/day after the end of service`);
          return;
        }
        const level = account.levelAt(at);
        const most = { any: Number.POSITIVE_INFINITY, basal, minimum, nothing: 0 }[allowedAt(level, profile)];
        if (rate > most) {
          complain(`${rate} nL/day beside a reservoir calculated ${level}, which allows ${most}`);
          return;
        }
      }
    },
  };
}

/** What the policies allow beside a level of the reservoir. */
function allowedAt(level: string, profile: DeviceProfile): 'any' | 'basal' | 'minimum' | 'nothing' {
  const { lowReservoirPolicy, emptyPolicy } = profile;
  if (level === 'normal') return 'any';
  if (level === 'empty' && emptyPolicy === 'stop') return 'nothing';
  if (lowReservoirPolicy === 'minimumRate' || (level === 'empty' && emptyPolicy === 'minimumRate')) return 'minimum';
  return level === 'empty' || lowReservoirPolicy === 'basalOnly' ? 'basal' : 'any';
}
