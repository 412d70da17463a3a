import { type Fields, fieldsOf } from '../fields.ts';
import { logOf, requestOf } from './account.ts';
import type { Rule } from './rule.ts';

/** One that runs or waits: what was ordered, and what of it has been delivered. */
interface Running {
  readonly rate: number;
  readonly volume: bigint;
  readonly then: string;
  given: bigint;
}

/** Part of rule 5: a clinician's bolus is the one that was ordered, whole where it is complete, and followed as it says. */
export function clinicianBolus(): Rule {
  let asked: Fields | undefined;
  let running: Running | undefined;
  let since: number | undefined;

  return {
    number: 5,
    name: 'commands take effect whole or not at all',
    take(record, account, complain) {
      const { t } = record;
      asked = requestOf(record, 'clinicianBolus') ?? asked;
      if (record.layer === 'firmware' && record.kind === 'rate') {
        if (running !== undefined && since !== undefined) running.given += BigInt(running.rate) * BigInt(t - since);
        since = fieldsOf(record)['infusion'] === 'clinicianBolus' ? t : undefined;
      }
      const log = logOf(record);
      if (log?.kind === 'clinicianBolusStarted') {
        const [rate, duration] = [Number(asked?.['rate']), Number(asked?.['duration'])];
        const isAsked = rate === log.data['rate'] && duration === Number(log.data['ends']) - log.at;
        if (!isAsked || asked?.['then'] !== log.data['then'])
          complain('a single bolus began that is not the one ordered');
        running = { rate, volume: BigInt(rate) * BigInt(duration), then: String(log.data['then']), given: 0n };
      }
      if (log?.kind !== 'clinicianBolusEnded' || running === undefined) return;
      if (log.data['why'] === 'complete') {
        // The rate that follows is commanded before the log says why.
        const isStopped = account.infusion === 'stopped';
        if (isStopped !== (running.then === 'stopped'))
          complain(`after a single bolus the pump is at ${account.infusion}, and was to be at ${running.then}`);
        if (running.given !== running.volume)
          complain(`a single bolus of ${running.volume} was called complete after ${running.given}`);
      }
      running = undefined;
    },
  };
}
