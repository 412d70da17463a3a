import { doseRate, MS_PER_DAY, rate, strengthOf, VOLUME_PER_ML } from '../../shared/index.ts';
import { fieldsOf } from '../fields.ts';
import { logOf } from './account.ts';
import type { Rule } from './rule.ts';
import { Stretches } from './stretches.ts';

/** Rule 1: the commanded rate keeps below the pump's maximum, the dose of any 24 h below its ceiling. */
export function limits(): Rule {
  const stretches = new Stretches();
  /** The rate of the clinician's bolus: no part of what the ceiling bounds, which is the prescription's. */
  let ordered = 0;

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
        if (stretches.last !== undefined) stretches.amend(stretches.last.rate - BigInt(ordered));
      }
      if (log === 'clinicianBolusEnded') ordered = 0;
      if (record.kind === 'history' || log === 'clockSet' || log === 'reset') stretches.forget();
      if (record.kind !== 'rate') return;
      const { infusion } = fieldsOf(record);
      const commanded = Number(fieldsOf(record)['rate']);
      if (commanded > profile.rateMaximum) {
        complain(`${rate.format(rate.of(commanded))} is above the pump's ${rate.format(profile.rateMaximum)}`);
      }
      // What fills dead space is no dose of what is prescribed.
      const dosed = infusion === 'prime' || infusion === 'bridge' ? 0 : commanded;
      const prescribed = dosed - (infusion === 'clinicianBolus' ? ordered : 0);
      stretches.begin(record.t, BigInt(prescribed), record.t - 2 * MS_PER_DAY);
    },
    settle(t, next, { prescription }, complain) {
      if (prescription === null) return;
      // The dose of a sliding day is greatest where one of its ends meets a change of rate.
      for (const end of [t, ...stretches.ends(MS_PER_DAY, t, next), next]) {
        const volume = stretches.between(end - MS_PER_DAY, end);
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
