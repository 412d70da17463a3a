import { doseRate, formatDuration, namesOf, span } from '../../shared/index.ts';

/* What is measured of a life: whole numbers, so that sums do not depend on who adds them up. */

const MS_PER_MINUTE = 60_000;

/** How the numbers of a measure are meant, and shown. */
const UNITS = {
  count: (value: number) => `${Math.round(value * 100) / 100}`,
  minutes: (value: number) => formatDuration(span(roughly(value) * MS_PER_MINUTE)),
  ppm: (value: number) => `${(value / 10_000).toFixed(2)} %`,
  ngPerDay: (value: number) => doseRate.format(doseRate.of(Math.round(value)), 1),
} as const;

/** Days and hours, or hours and minutes. */
const roughly = (minutes: number): number => {
  const least = minutes >= 24 * 60 ? 60 : 1;
  return Math.round(minutes / least) * least;
};

interface Measure {
  readonly group: string;
  readonly unit: keyof typeof UNITS;
  readonly about: string;
}

const count = (group: string, about: string): Measure => ({ group, unit: 'count', about });
const minutes = (group: string, about: string): Measure => ({ group, unit: 'minutes', about });

/** The columns of a row, in their order; the unit ends the name where it is none of count. */
export const MEASURES = {
  livedMinutes: minutes('', 'how long it was lived with, up to its end of service'),
  startRefused: count('', 'the pump refused its start, and nothing else is known'),
  lowAlarms: count('alarms', 'low-reservoir alarms'),
  emptyAlarms: count('alarms', 'empty-reservoir alarms'),
  stoppedAlarms: count('alarms', 'stopped-pump alarms'),
  otherAlarms: count('alarms', 'all other alarms'),
  dryUnwarned: count('alarms', 'times it truly ran dry before its low-reservoir alarm'),
  refills: count('refills', 'refills'),
  firstRefillMinutes: minutes('refills', 'from the start to the first refill'),
  longestFillMinutes: minutes('refills', 'the longest time from one refill to the next'),
  missedRefills: count('refills', 'refill-by dates that passed before anybody came'),
  stoppedMinutes: minutes('stopped', 'the pump had stopped delivery; not a stall it only alarms of'),
  dryMinutes: minutes('stopped', 'the reservoir was truly dry, whatever the pump knew'),
  dosePerDay: { group: 'dose', unit: 'ngPerDay', about: 'the primary drug truly delivered, a day' },
  doseErrorPpm: { group: 'dose', unit: 'ppm', about: 'the dose truly delivered, against program and boluses' },
  granted: count('refusals', 'requests granted'),
  refusedLockout: count('refusals', 'requests refused in the lockout'),
  refusedCount: count('refusals', 'requests refused because the count of the day was used up'),
  refusedLimit: count('refusals', 'requests refused for the dose limit'),
  refusedOther: count('refusals', 'requests refused for another reason'),
  littleMinutes: minutes('harm', 'below 70 % of the usual level in the CSF'),
  tooLittleMinutes: minutes('harm', 'below 35 % of the usual level in the CSF'),
  muchMinutes: minutes('harm', 'above 1.5 times the usual level in the CSF'),
  tooMuchMinutes: minutes('harm', 'above 3 times the usual level in the CSF'),
} as const satisfies Record<string, Measure>;

export type MeasureName = keyof typeof MEASURES;
export const MEASURE_NAMES = namesOf(MEASURES);

/** What a plan may ask to have measured. */
export const GROUPS = ['alarms', 'refills', 'stopped', 'dose', 'refusals', 'harm'] as const;
export type Group = (typeof GROUPS)[number];

/** What was measured of a life; null is what there was none of. */
export type Measured = Readonly<Partial<Record<MeasureName, number | null>>>;

/** The columns of those groups: what is always measured comes first. */
export const columnsOf = (groups: readonly Group[]): readonly MeasureName[] =>
  MEASURE_NAMES.filter((name) => {
    const { group } = MEASURES[name];
    return group === '' || groups.some((each) => each === group);
  });

/** A value of a measure, or a mean of such, for people. */
export function formatMeasure(name: MeasureName, value: number): string {
  const format = UNITS[MEASURES[name].unit];
  return format(value);
}
