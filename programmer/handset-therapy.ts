import { type DeviceProfile, type Status, settingAt, showDate, span } from '../shared/index.ts';
import { bolusDose } from './calculators.ts';
import { inUnitOf } from './drug-units.ts';
import { type Field, Fields } from './fields.ts';
import { fallsTo } from './forecast.ts';

/** What a handset makes of a bolus it has started: whether it tells the therapy, and at which volume a refill is due. */
export type TherapyRules = Pick<DeviceProfile, 'refillForecast' | 'lowReservoirDefault' | 'bolusOverBasal'>;

/**
 * What a handset shows as a bolus starts: the boluses it may give, and the local date on which, with all that are
 * allotted, the reservoir comes down to `lowReservoirDefault`. No date where the pump has no local time, or none comes.
 */
export function therapyFields(status: Status, rules: TherapyRules): readonly Field[] {
  const fields = new Fields();
  const { prescription, wall, now } = status;
  const patientBolus = prescription?.patientBolus;
  if (prescription === null || patientBolus == null) return [];
  const setting = settingAt(patientBolus, wall ?? undefined);
  if (setting !== null) {
    const each = bolusDose(setting, prescription);
    fields.put('bolusDose', inUnitOf(prescription.drugs[0]?.name).dose(each), each);
    fields.time('bolusDuration', setting.duration);
    fields.time('lockout', setting.lockout);
  }
  fields.count('bolusesPerDay', patientBolus.maxPerDay);
  const at = fallsTo(rules.lowReservoirDefault, status, 'all', rules);
  if (at !== undefined && wall !== null) fields.put('refillBy', showDate(span(wall + at - now)));
  return fields.list;
}
