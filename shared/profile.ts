import { z } from 'zod';
import { SENSORS, type Sensor } from './codes.ts';
import { DRUGS, type DrugName } from './drugs.ts';
import { found } from './exact-keys.ts';
import { namesOf } from './names.ts';
import { didYouMean, expectedOne } from './nearest.ts';
import {
  type Branded,
  type Duration,
  type Kind,
  parseDuration,
  proportion,
  rate,
  TIME_UNITS,
  UnitError,
  volume,
  volumePerLength,
} from './units/index.ts';

/** How well a number is known. Only `verified` may be presented as what a manufacturer says. */
export const STATUSES = ['verified', 'secondary', 'unverified', 'assumed'] as const;
export type Status = (typeof STATUSES)[number];

/** One line of a device's data sheet. */
export const profileLine = z.strictObject({
  value: z.union([z.number(), z.string()]).describe('The number, or one of the choices'),
  unit: z.string().describe('Unit of the number; "choice" or "count" where it has none'),
  status: z.enum(STATUSES),
  source: z.string().min(1).describe('Where the number comes from'),
});
export type Line = z.infer<typeof profileLine>;

/** One thing that devices differ in. */
export interface Parameter<T> {
  readonly about: string;
  /** The units it may be written in; of a choice, a count or a number of months the only one. */
  readonly units: readonly string[];
  /** The shape of its value as it is written; `read` says more. */
  readonly value: z.ZodType<Line['value']>;
  /** Throws UnitError where the line does not fit. */
  readonly read: (line: Line) => T;
}

const numeral = z.number({ error: () => 'expected a number' });

const quantity = <T extends Branded<string>>(kind: Kind<T>, about: string): Parameter<T> => ({
  about,
  units: kind.units,
  value: numeral,
  read: ({ value, unit }) => kind.parse(`${value} ${unit}`),
});

const duration = (about: string): Parameter<Duration> => ({
  about,
  units: TIME_UNITS,
  value: numeral,
  read: ({ value, unit }) => parseDuration(`${value}${unit}`),
});

const choice = <const T extends readonly [string, ...string[]]>(choices: T, about: string): Parameter<T[number]> => ({
  about: `${about} (${choices.join(' | ')})`,
  units: ['choice'],
  value: z.enum(choices),
  read: ({ value }) => {
    const choice = choices.find((option) => option === value);
    if (choice === undefined) throw new UnitError(`"${value}": ${expectedOne(choices, value)}`);
    return choice;
  },
});

const count = (about: string, most: number): Parameter<number> => ({
  about,
  units: ['count'],
  value: numeral,
  read: ({ value }) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= most) return value;
    throw new UnitError(`"${value}": expected a whole number from 1 to ${most}`);
  },
});

/** Some of a few names, with commas between; one word stands for none or all of them. */
const some = <const T extends string>(
  { what, names, word, means }: { what: string; names: readonly T[]; word: string; means: readonly T[] },
  about: string,
): Parameter<readonly T[]> => ({
  about: `${about} (${names.join(', ')}; ${word})`,
  units: [what],
  value: z.string({
    error: ({ input }) => `${found(input)}expected ${what} such as "${names.slice(0, 2).join(', ')}", or ${word}`,
  }),
  read: ({ value }) => {
    if (value === word) return means;
    const written = `${value}`.split(',').map((each) => each.trim());
    return written.map((each, i) => {
      const name = names.find((known) => known === each);
      if (name === undefined)
        throw new UnitError(
          `"${each}": expected some of ${names.join(', ')}, or ${word}${didYouMean([...names, word], each)}`,
        );
      if (written.indexOf(each) < i) throw new UnitError(`"${value}": expected ${each} once`);
      return name;
    });
  },
});

const sensors = (about: string): Parameter<readonly Sensor[]> =>
  some({ what: 'sensors', names: SENSORS, word: 'none', means: [] }, about);
const drugs = (about: string): Parameter<readonly DrugName[]> =>
  some({ what: 'drugs', names: DRUGS, word: 'any', means: DRUGS }, about);

const POLICIES = ['none', 'basalOnly', 'defaultSchedule', 'minimumRate', 'stop'] as const;
const policy = (about: string) => choice(POLICIES, `What ${about} does to delivery`);

const interval = (about: string): Parameter<Duration> => ({
  ...duration(about),
  read: (line) => {
    const length = duration(about).read(line);
    if (length > 0) return length;
    throw new UnitError(`"${line.value}${line.unit}": expected a time above 0`);
  },
});

const months = (about: string): Parameter<number> => ({
  about,
  units: ['months'],
  value: numeral,
  read: ({ value, unit }) => {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 1200 && unit === 'months')
      return value;
    throw new UnitError(`"${value} ${unit}": expected a whole number of months from 1 to 1200`);
  },
});

/** Everything a device can differ in. A room that is not built yet has no parameter here. */
export const PARAMETERS = {
  reservoirCapacity: quantity(volume, 'What the reservoir holds, residual excluded'),
  residualVolume: quantity(volume, 'What cannot be aspirated from the reservoir, beside its capacity'),
  rateMaximum: quantity(rate, 'Largest commanded rate, basal and boluses together'),
  basalMinimum: quantity(rate, 'Smallest basal rate a prescription may ask for'),
  basalMaximum: quantity(rate, 'Largest basal rate a prescription may ask for'),
  minimumRate: quantity(rate, 'Rate that keeps the tubing open without therapy'),
  strokeVolume: quantity(volume, 'One stroke of the pump: the smallest bolus, and what a commanded stop completes'),
  reservoirGauge: choice(['calculated', 'sensed'], 'How the pump knows what its reservoir holds'),
  gaugeInterval: interval('How often a pump with a fill sensor reads it, beside each session'),
  safetyValve: choice(
    ['notNeeded', 'none', 'flowActivated'],
    'What a field that opens the valves of a valve-gated pump meets; one that turns a rotor has no such valves',
  ),
  flowAccuracy: quantity(proportion, 'Labelled accuracy of the flow'),
  lowReservoirDefault: quantity(volume, 'Low-reservoir threshold offered by the programmer'),
  lowReservoirBy: choice(
    ['pump', 'handset'],
    'Who alarms of a low and an empty reservoir: the pump, or the handset, whenever it talks with the pump',
  ),
  lowReservoirPolicy: choice(['alarm', 'basalOnly', 'minimumRate'], 'What a low reservoir does to delivery'),
  emptyAt: quantity(volume, 'Calculated volume at which the reservoir counts as empty'),
  emptyPolicy: choice(['run', 'minimumRate', 'stop'], 'What a calculated empty reservoir does to delivery'),
  lockoutOrigin: choice(['start', 'end'], 'From which end of a granted bolus the lockout runs'),
  lockoutOnReprogram: choice(['longer', 'new'], 'Which lockout runs on after a new prescription'),
  bolusOverBasal: choice(
    ['add', 'replace'],
    'What becomes of basal while a bolus runs; one that replaces it may not be slower',
  ),
  bolusRateBelowBasal: choice(['allow', 'refuse'], 'Whether a bolus may be slower than the basal rate'),
  afterCommit: choice(['resume', 'waitForStart'], 'What delivery does once a prescription is committed'),
  onUpdateAbort: choice(['stayStopped', 'resumeOld'], 'What delivery does when an update is interrupted'),
  stoppedAlarm: interval('How long delivery may be zero before the pump alarms'),
  sessionTimeout: interval('How long a silent telemetry session stays open in the pump'),
  logCapacity: count('How many records the event log keeps', 100_000),

  stepsPerDay: count('Most steps in one day of a schedule', 48),
  // No more of either than a pump can tell in one frame, whatever else its prescription holds.
  scheduleSteps: count('Most steps of a schedule, all its kinds of days together', 168),
  datedSteps: count('Most dated steps of a program', 168),
  periodicDuringBolus: choice(['skip', 'defer', 'add'], 'What becomes of a periodic bolus due during a patient bolus'),
  hourlyMaximum: quantity(volume, 'Most delivered in any 60 min, basal and boluses together, whatever is prescribed'),
  bolusParts: count('Most parts of a day with a patient bolus of their own, the rest of the day included', 8),
  handsetDrugs: drugs('The drugs of which a patient may be given boluses by the handset'),
  refillForecast: choice(
    ['lowReservoir', 'allAllottedBoluses'],
    'Who tells the next refill: the programmer alone, or also the handset as a bolus starts, with all that are allotted, at `lowReservoirDefault`',
  ),
  bolusDurationStep: interval('Step in which a bolus duration is programmed'),
  countWindow: choice(['rolling24h', 'calendarDay'], 'What boluses per day are counted over'),
  maxDoseDenied: choice(['deny', 'denyAndMinimumRate'], 'What a request over the dose limit leads to'),
  clockTolerance: duration('Difference of clocks that the programmer corrects by itself'),
  lostClockPolicy: choice(['dailyMean', 'minimumRate'], 'What a schedule delivers until a lost clock is set'),
  writeInterval: interval('How often the pump stores the time'),
  safeState: choice(
    ['minimumRate', 'defaultSchedule', 'stop'],
    'What a pump delivers whose memory has failed, or whose battery dropped it into its safe state',
  ),
  defaultRate: quantity(rate, 'The default schedule: one rate, kept where no memory error reaches it'),
  batteryLife: interval('How long a battery lasts, until elective replacement, that moves nothing and is never asked'),
  batteryPerMillilitre: duration('How much of that life the motor takes to move 1 mL'),
  batteryPerSession: duration('How much of that life a session takes by telemetry'),
  serviceLife: months('Age limit: calendar months from the implant, in its local time'),
  eriBeforeEnd: duration('How long before the age limit elective replacement is indicated at the latest'),
  eriToEndOfService: duration('From the elective replacement indicator to the end of service'),
  atEndOfService: choice(['stop', 'alarmOnly'], 'What the end of service does to delivery'),
  criticalToneInterval: interval('From one tone of a critical alarm to the next'),
  criticalTonePattern: choice(
    ['twoTone', 'fourThenDouble'],
    'How a critical alarm sounds: always a two-tone, or four tones for 10 min, four double tones for the next 10, and again',
  ),
  criticalToneLength: duration('How long a critical tone sounds'),
  toneInterval: interval('From one tone of a non-critical alarm to the next'),
  toneLength: duration('How long a non-critical single tone sounds'),
  silenceLimit: duration('How long a silenced alarm stays quiet at most'),
  clinicianBolusShortest: interval('Shortest bolus that a clinician may order'),
  clinicianBolusLongest: interval('Longest bolus that a clinician may order'),
  clinicianBolusWhenStopped: choice(['allow', 'refuse'], 'Whether a clinician may order a bolus on a stopped pump'),
  patientBolusDuringClinicianBolus: choice(
    ['deny', 'preempt'],
    'What a patient’s request meets while a clinician’s bolus runs; preempted, it goes on afterwards',
  ),
  clinicianOverLimit: choice(
    ['refuse', 'haltAtLimit'],
    'What becomes of a clinician’s bolus that would exceed the dose limit',
  ),
  stopWhileStopped: choice(
    ['refuse', 'clearAlarm'],
    'What a clinician’s stop does on a stopped pump with an alarm that can be cleared',
  ),
  startWithAlarm: choice(['allow', 'refuse'], 'Whether delivery may start while a critical condition is declared'),
  selfTest: duration('How long a processor that has started anew grants no bolus and starts no delivery'),
  sensors: sensors('What the pump can sense of the way of the fluid'),
  stallDetectionDelay: duration('How long the motor must stand still before a stall is declared'),
  stallPolicy: choice(['keepDriving', 'stopAndLatch'], 'What a declared stall does to delivery'),
  stallAccounting: choice(['believe', 'hold'], 'Whether the calculated volume runs on during a declared stall'),
  conditionDelay: duration('How long any other condition must be sensed before it is declared'),
  conditionLatch: choice(['untilGone', 'untilCleared'], 'What ends the alarm of such a condition'),
  occlusionPolicy: policy('an occluded catheter'),
  overTemperaturePolicy: policy('a pump too warm'),
  overFlowPolicy: policy('a flow too high'),
  underFlowPolicy: policy('a flow too low'),
  tubingVolume: quantity(volume, 'What the tubing of the pump holds between reservoir and catheter'),
  catheterVolumePerLength: quantity(volumePerLength, 'What a catheter holds along its length'),
  primeRate: quantity(rate, 'Rate of a priming bolus'),
  historyCapacity: count('How many prescriptions the history keeps', 10_000),
} as const;

export type ParameterName = keyof typeof PARAMETERS;
export const PARAMETER_NAMES = namesOf(PARAMETERS);

/** Something for each parameter, in their order. */
export const forParameters = <T>(make: (name: ParameterName) => T): Record<ParameterName, T> =>
  Object.fromEntries(PARAMETER_NAMES.map((name) => [name, make(name)])) as Record<ParameterName, T>;

/** A device's data sheet: what is written, with its sources. */
export const profileSheet = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected a name of lower-case words and hyphens'),
  title: z.string().min(1),
  about: z.string().min(1),
  parameters: z.strictObject(forParameters((name) => profileLine.describe(PARAMETERS[name].about))),
});
export type ProfileSheet = z.infer<typeof profileSheet>;

/** A device's values, in the units firmware and plant compute with. */
export type DeviceProfile = { readonly name: string } & {
  readonly [K in ParameterName]: ReturnType<(typeof PARAMETERS)[K]['read']>;
};

/** Reads a data sheet. Throws UnitError, naming the parameter, where a value does not fit. */
export function readProfile(sheet: ProfileSheet): DeviceProfile {
  const values = PARAMETER_NAMES.map((name) => {
    try {
      return [name, PARAMETERS[name].read(sheet.parameters[name])];
    } catch (error) {
      throw new UnitError(`profile ${sheet.name}, ${name}: ${error instanceof Error ? error.message : error}`);
    }
  });
  return { name: sheet.name, ...Object.fromEntries(values) };
}
