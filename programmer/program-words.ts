import {
  type Duration,
  dailyDoseOf,
  formatDuration,
  MS_PER_DAY,
  massOf,
  type PatientBolus,
  type Prescription,
  type Rate,
  rate,
  showDateTime,
  span,
  strengthOf,
} from '../shared/index.ts';
import { inUnitOf } from './drug-units.ts';

export const DAY_NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** How a prescription's rates and boluses are said: as doses of the primary drug, or volumes where there is none. */
function amountsOf(prescription: Prescription) {
  const { daily, dose } = inUnitOf(prescription.drugs[0]?.name);
  const strength = strengthOf(prescription);
  const isDiluent = prescription.drugs.length === 0;
  return {
    flow: (value: Rate): string =>
      isDiluent ? rate.format(value, 6) : daily(dailyDoseOf(BigInt(value) * BigInt(MS_PER_DAY), strength)),
    bolus: (value: Rate, time: Duration): string =>
      `${isDiluent ? rate.format(value, 6) : dose(massOf(BigInt(value) * BigInt(time), strength))} in ${formatDuration(time)}`,
  };
}

/** "08:00". */
export const timeOfDay = (at: number): string => showDateTime(span(at)).slice(-5);

/** Parts of the day in words: "22:00 to 06:00 none; 06:00 to 09:00 20 mcg in 10min, lockout 2h". */
export function partsWords(prescription: Prescription, { parts }: PatientBolus): string {
  const { bolus: amount } = amountsOf(prescription);
  return parts
    .map(({ from, to, bolus }) => {
      const has =
        bolus === null ? 'none' : `${amount(bolus.rate, bolus.duration)}, lockout ${formatDuration(bolus.lockout)}`;
      return `${timeOfDay(from)} to ${timeOfDay(to)} ${has}`;
    })
    .join('; ');
}

/** A program in words, rate by rate: "Mon Tue 00:00 100 mcg/day, 08:00 200 mcg/day; Sat …". */
export function programWords(prescription: Prescription): string {
  const { program } = prescription;
  const { flow, bolus } = amountsOf(prescription);
  switch (program.type) {
    case 'minimumRate':
      return `minimum rate, ${flow(program.rate)}`;
    case 'constant':
      return `constant, ${flow(program.rate)}`;
    case 'daily':
      return program.groups
        .map(({ days, steps }) => {
          const named = days.length === DAY_NAMES.length ? 'every day' : days.map((day) => DAY_NAMES[day]).join(' ');
          return `${named} ${steps.map((step) => `${timeOfDay(step.at)} ${flow(step.rate)}`).join(', ')}`;
        })
        .join('; ');
    case 'periodic': {
      const { interval } = program;
      const each = bolus(program.bolus.rate, program.bolus.duration);
      return `${flow(program.rate)}, and every ${formatDuration(interval)} ${each}`;
    }
    case 'dated':
      return [
        flow(program.first),
        ...program.steps.map((step) => `from ${showDateTime(step.at)} ${flow(step.rate)}`),
      ].join(', ');
  }
}
