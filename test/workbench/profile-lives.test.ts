import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import {
  type Line,
  PARAMETER_NAMES,
  type ParameterName,
  PROFILES,
  type ProfileSheet,
  readProfile,
} from '../../shared/index.ts';
import { loadProfile, profileJsonSchema } from '../../workbench/index.ts';
import { life } from './profile-life.ts';

describe.each(PROFILES.map((sheet) => [sheet.name, sheet] as const))('%s', (_, sheet) => {
  test('leads a whole life under every always-true rule, the same on both executors', () => {
    const [first, second] = EXECUTOR_NAMES.map((executor) => life(sheet, executor));
    expect(second?.trace).toEqual(first?.trace);
    const stopped = { service: 'endOfService', infusion: 'stopped', rate: 0 };
    if (sheet.parameters.atEndOfService.value === 'stop') expect(first?.belief).toMatchObject(stopped);
    else expect(first?.belief).toMatchObject({ service: 'endOfService', infusion: 'basal' });
  });
});

/** A profile of one's own that differs from a shipped one in one line. */
function mine(like: string, name: ParameterName, value: Line['value'], unit: string): ProfileSheet {
  const parameters = { [name]: { value, unit, status: 'assumed', source: 'made up' } };
  const head = { thecal: 'profile/1', name: 'mine', title: 'Mine', about: 'Made up' };
  return loadProfile(JSON.stringify({ ...head, like, parameters })).sheet;
}

/** Every choice that a sheet may make and these do not. */
const SCHEMA = JSON.parse(JSON.stringify(profileJsonSchema())).properties.parameters.properties;
const CHOICES = PROFILES.filter(({ name }) => ['synchromed-ii-like-20', 'generic-pca'].includes(name)).flatMap(
  ({ name: like, parameters }) =>
    PARAMETER_NAMES.flatMap((name) => {
      const choices: readonly string[] = SCHEMA[name].properties.value.enum ?? [];
      return choices.filter((one) => one !== parameters[name].value).map((one) => [like, name, one] as const);
    }),
);

test('a sheet has more than twenty other choices to make', () => {
  expect(CHOICES.length).toBeGreaterThan(20);
});

test.each(CHOICES)('%s with %s %s leads such a life too', (like, name, value) => {
  const sheet = mine(like, name, value, 'choice');
  const { atEndOfService } = readProfile(sheet);
  const { service, stopped } = life(sheet, 'table').belief;
  expect(service).toBe('endOfService');
  expect(stopped?.why === 'endOfService').toBe(atEndOfService === 'stop');
});

const EDGES = [
  ['minimumRate', 0, 'mL/day'],
  ['basalMinimum', 0.006, 'mL/day'],
  ['strokeVolume', 1, 'nL'],
  ['flowAccuracy', 0, '%'],
  ['emptyAt', 2, 'mL'],
  ['lowReservoirDefault', 0, 'mL'],
  ['lowReservoirDefault', 19, 'mL'],
  ['reservoirCapacity', 100, 'mL'],
  ['stoppedAlarm', 1, 'ms'],
  ['logCapacity', 1, 'count'],
  ['historyCapacity', 1, 'count'],
  ['stepsPerDay', 1, 'count'],
  ['datedSteps', 1, 'count'],
  ['bolusDurationStep', 1, 'ms'],
  ['clockTolerance', 0, 's'],
  ['writeInterval', 1, 'ms'],
  ['serviceLife', 60, 'months'],
  ['eriBeforeEnd', 0, 'd'],
  ['eriToEndOfService', 0, 'd'],
  ['criticalToneLength', 0, 's'],
  ['toneLength', 0, 's'],
  ['silenceLimit', 0, 's'],
] as const;

test.each(EDGES)('a pump with %s %d %s leads such a life too', (name, value, unit) => {
  expect(life(mine('synchromed-ii-like-20', name, value, unit), 'table').belief.service).toBe('endOfService');
});
