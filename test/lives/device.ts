import fc from 'fast-check';
import { stringify } from 'yaml';
import { z } from 'zod';
import {
  type DeviceProfile,
  impossible,
  type Line,
  likeAnother,
  PARAMETER_NAMES,
  PARAMETERS,
  type ParameterName,
  PROFILE_NAMES,
  PROFILES,
  type ProfileSheet,
  readProfile,
  SENSORS,
} from '../../shared/index.ts';

/** The device of a life: a shipped one, or one like it but for a few lines. */
export interface Device {
  readonly sheet: ProfileSheet;
  readonly profile: DeviceProfile;
  /** The text of its profile file; undefined of a shipped one. */
  readonly text: string | undefined;
}

type Change = readonly [name: ParameterName, value: Line['value'], unit: string];

/** Every choice a device can make. */
const CHOICES = PARAMETER_NAMES.flatMap((name): Change[] => {
  const { units, value } = PARAMETERS[name];
  const { enum: choices = [] } = units.includes('choice') ? z.toJSONSchema(value) : {};
  return choices.flatMap((choice) => (typeof choice === 'string' ? [[name, choice, 'choice'] as const] : []));
});

/** What a device may sense: nothing, a rotor that stands still, everything. */
const SENSES: readonly Change[] = ['none', 'rotation', SENSORS.join(', ')].map((all) => ['sensors', all, 'sensors']);

/** Numbers that lie at an edge, or let a life of weeks meet what else takes years. */
const NUMBERS: readonly Change[] = [
  ['eriToEndOfService', 5, 'd'],
  ['eriToEndOfService', 0, 'd'],
  ['serviceLife', 1, 'months'],
  ['eriBeforeEnd', 1, 'd'],
  ['eriBeforeEnd', 0, 'd'],
  ['historyCapacity', 2, 'count'],
  ['logCapacity', 3, 'count'],
  // Shorter than an exchange over a slow link, so that sessions are given up in the middle of an update.
  ['sessionTimeout', 700, 'ms'],
  ['stoppedAlarm', 30, 'min'],
  ['stoppedAlarm', 1, 'ms'],
  ['writeInterval', 1, 'ms'],
  ['clockTolerance', 0, 's'],
  ['silenceLimit', 0, 's'],
  ['toneInterval', 10, 'min'],
  ['strokeVolume', 1, 'nL'],
  ['bolusDurationStep', 1, 'ms'],
  ['minimumRate', 0, 'mL/day'],
  ['defaultRate', 0.006, 'mL/day'],
  ['defaultRate', 0.5, 'mL/day'],
  ['emptyAt', 1, 'mL'],
  ['lowReservoirDefault', 0, 'mL'],
  ['stepsPerDay', 3, 'count'],
  ['datedSteps', 2, 'count'],
  ['scheduleSteps', 5, 'count'],
  ['bolusParts', 1, 'count'],
  ['bolusParts', 8, 'count'],
  // Less than a bolus beside the basal rate of an hour, and hardly more than the basal rate alone.
  ['hourlyMaximum', 0.03, 'mL'],
  ['hourlyMaximum', 0.3, 'mL'],
  ['residualVolume', 0, 'mL'],
  ['residualVolume', 3, 'mL'],
  ['selfTest', 1, 'min'],
  ['stallDetectionDelay', 0, 's'],
  ['conditionDelay', 0, 's'],
  ['conditionDelay', 10, 'min'],
  ['clinicianBolusShortest', 30, 'min'],
  ['clinicianBolusLongest', 1, 'h'],
  ['tubingVolume', 0, 'mL'],
  ['primeRate', 1, 'mL/day'],
];

const CHANGES: readonly Change[] = [...CHOICES, ...NUMBERS];
const SHIPPED = new Map(PROFILES.map((sheet) => [sheet.name, sheet]));

function deviceLike(name: string, changes: readonly Change[]): Device {
  const other = SHIPPED.get(name);
  if (other === undefined) throw new Error(`no profile ${name}`);
  const lines = changes.flatMap(([parameter, value, unit]) => {
    const { value: before, unit: beforeIn } = other.parameters[parameter];
    const line: Line = { value, unit, status: 'assumed', source: 'drawn' };
    return before === value && beforeIn === unit ? [] : [[parameter, line] as const];
  });
  const named = { name: 'drawn', title: 'Drawn', about: 'Drawn, to live a life' };
  const parameters = Object.fromEntries(lines);
  const sheet = likeAnother(other, { ...named, parameters });
  // Of two lines that do not go together no device is made.
  if (lines.length === 0 || impossible(readProfile(sheet)).length > 0)
    return { sheet: other, profile: readProfile(other), text: undefined };
  return {
    sheet,
    profile: readProfile(sheet),
    text: stringify({ thecal: 'profile/1', ...named, like: name, parameters }),
  };
}

/** Any device; the simplest is the first that is shipped. */
export const devices: fc.Arbitrary<Device> = fc
  .tuple(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant(PROFILE_NAMES[0]) },
      { weight: 3, arbitrary: fc.constantFrom(...PROFILE_NAMES) },
    ),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      {
        weight: 3,
        arbitrary: fc.uniqueArray(fc.constantFrom(...CHANGES), { selector: ([name]) => name, maxLength: 6 }),
      },
    ),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.constantFrom(...SENSES).map((senses) => [senses]) },
    ),
  )
  .map(([name, changes, senses]) => deviceLike(name, [...changes, ...senses]));
