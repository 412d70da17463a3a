import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { PROFILES } from '../../shared/index.ts';
import { CHOICES, eachLeadsALife } from './profile-choices.ts';
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

test('a sheet has more than twenty other choices to make', () => {
  expect(CHOICES.length).toBeGreaterThan(20);
});

// The long run takes every one.
eachLeadsALife(6);
