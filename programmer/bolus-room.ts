import {
  basalRates,
  type Duration,
  massOf,
  type OverBasal,
  type Prescription,
  settingsOf,
  span,
  strengthOf,
  type Volume,
} from '../shared/index.ts';

/*
 * What would let no patient bolus through, ever: one bolus and the lowest basal already fill the window of the dose
 * limit, or the hour of the pump's hourly maximum.
 */

/** What a kind of pump makes of boluses. Without an hourly maximum none is spoken of. */
export interface BolusRules {
  readonly dayRules: OverBasal;
  readonly hourlyMaximum?: Volume | undefined;
}

const HOUR = span(3_600_000);

/** What deserves a second look of the patient bolus of a prescription. */
export function roomWarnings(prescription: Prescription, { dayRules, hourlyMaximum }: BolusRules): string[] {
  const { doseLimit } = prescription;
  const inLimit = doseLimit === null ? undefined : leastBeside(prescription, doseLimit.window, dayRules);
  const inHour = leastBeside(prescription, HOUR, dayRules);
  const warnings: string[] = [];
  if (doseLimit !== null && inLimit !== undefined && massOf(inLimit, strengthOf(prescription)) > doseLimit.dose)
    warnings.push('Check: the dose limit lets no patient bolus through');
  if (hourlyMaximum !== undefined && inHour !== undefined && inHour > BigInt(hourlyMaximum))
    warnings.push('Check: the hourly maximum of the pump lets no patient bolus through');
  return warnings;
}

/** The least that a window holds with a bolus in it, or as much of one as fits; undefined without a patient bolus. */
function leastBeside({ patientBolus, program }: Prescription, window: Duration, rules: OverBasal): bigint | undefined {
  if (patientBolus === null) return undefined;
  const basal = Math.min(...basalRates(program));
  const held = settingsOf(patientBolus).map(({ rate, duration }) => {
    const within = Math.min(duration, window);
    const steady = rules.bolusOverBasal === 'replace' ? window - within : window;
    return BigInt(rate) * BigInt(within) + BigInt(basal) * BigInt(steady);
  });
  return held.reduce((least, each) => (each < least ? each : least));
}
