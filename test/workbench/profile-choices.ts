import { expect, test } from 'vitest';
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

/** A profile of one's own that differs from a shipped one in one line. */
function mine(like: string, name: ParameterName, value: Line['value'], unit: string): ProfileSheet {
  const parameters = { [name]: { value, unit, status: 'assumed', source: 'made up' } };
  const head = { thecal: 'profile/1', name: 'mine', title: 'Mine', about: 'Made up' };
  return loadProfile(JSON.stringify({ ...head, like, parameters })).sheet;
}

/** Every choice that a sheet may make and these do not. */
const SCHEMA = JSON.parse(JSON.stringify(profileJsonSchema())).properties.parameters.properties;
export const CHOICES = PROFILES.filter(({ name }) => ['synchromed-ii-like-20', 'generic-pca'].includes(name)).flatMap(
  ({ name: like, parameters }) =>
    PARAMETER_NAMES.flatMap((name) => {
      const choices: readonly string[] = SCHEMA[name].properties.value.enum ?? [];
      return choices.filter((one) => one !== parameters[name].value).map((one) => [like, name, one] as const);
    }),
);

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

/** Tests that a pump whose sheet differs in one choice or at one edge, all of them or one in so many, leads a whole life. */
export function eachLeadsALife(oneIn: number): void {
  const some = <Row>(rows: readonly Row[]) => rows.filter((_, i) => i % oneIn === 0);

  test.each(some(CHOICES))('%s with %s %s leads such a life too', (like, name, value) => {
    const sheet = mine(like, name, value, 'choice');
    const { atEndOfService } = readProfile(sheet);
    const { service, stopped } = life(sheet, 'table').belief;
    expect(service).toBe('endOfService');
    expect(stopped?.why === 'endOfService').toBe(atEndOfService === 'stop');
  });

  test.each(some(EDGES))('a pump with %s %d %s leads such a life too', (name, value, unit) => {
    expect(life(mine('synchromed-ii-like-20', name, value, unit), 'table').belief.service).toBe('endOfService');
  });
}
