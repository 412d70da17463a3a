import { doseRate, MS_PER_DAY, rate, strengthOf, VOLUME_PER_ML, type Volume } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';

interface Stretch {
  readonly from: number;
  readonly rate: number;
}

/** Rule 1: the commanded rate keeps below the pump's maximum, the dose of any 24 h below its ceiling. */
export function limits(): Rule {
  let stretches: Stretch[] = [];
  /** The rate of the clinician's bolus: no part of what the ceiling bounds, which is the prescription's. */
  let ordered = 0;

  /** What was commanded in the 24 h that end at `end`, since the prescription came into force. */
  const inDayBefore = (end: number): bigint => {
    const start = end - MS_PER_DAY;
    return stretches.reduce((sum, { from, rate }, i) => {
      const until = Math.min(stretches[i + 1]?.from ?? end, end);
      const length = until - Math.max(from, start);
      return length > 0 ? sum + BigInt(rate) * BigInt(length) : sum;
    }, 0n);
  };

  return {
    number: 1,
    name: 'rate and dose keep their limits',
    take(record, { profile }, complain) {
      if (record.layer !== 'firmware') return;
      // What counts is the day under one prescription and one clock; its own rate was commanded just before.
      const log = logOf(record)?.kind;
      if (log === 'clinicianBolusStarted') {
        // Its rate is commanded before the log tells of it.
        ordered = Number(logOf(record)?.data['rate']);
        const last = stretches.at(-1);
        if (last !== undefined) stretches[stretches.length - 1] = { ...last, rate: last.rate - ordered };
      }
      if (log === 'clinicianBolusEnded') ordered = 0;
      if (record.kind === 'history' || log === 'clockSet' || log === 'reset') stretches = stretches.slice(-1);
      if (record.kind !== 'rate') return;
      const { infusion } = fieldsOf(record);
      const commanded = Number(fieldsOf(record)['rate']);
      if (commanded > profile.rateMaximum) {
        complain(`${rate.format(rate.of(commanded))} is above the pump's ${rate.format(profile.rateMaximum)}`);
      }
      stretches = stretches.filter((_, i) => (stretches[i + 1]?.from ?? record.t) > record.t - 2 * MS_PER_DAY);
      // What fills dead space is no dose of what is prescribed.
      const dosed = infusion === 'prime' || infusion === 'bridge' ? 0 : commanded;
      stretches.push({ from: record.t, rate: dosed - (infusion === 'clinicianBolus' ? ordered : 0) });
    },
    settle(t, next, { prescription }, complain) {
      if (prescription === null) return;
      // The dose of a sliding day is greatest where one of its ends meets a change of rate.
      const ends = stretches.map(({ from }) => from + MS_PER_DAY).filter((end) => end > t && end <= next);
      for (const end of [t, ...ends, next]) {
        const volume: Volume | bigint = inDayBefore(end);
        if (volume * BigInt(strengthOf(prescription)) > BigInt(prescription.ceiling) * VOLUME_PER_ML) {
          complain(
            `the commanded dose of the day before ${end} ms exceeds the ceiling of ${doseRate.format(prescription.ceiling)}`,
          );
          return;
        }
      }
    },
  };
}
