import { describe, expect, test } from 'vitest';
import {
  impossible,
  PARAMETER_NAMES,
  type ParameterName,
  PROFILE_NAMES,
  PROFILES,
  type ProfileSheet,
  profileNamed,
  profileSheet,
  rate,
  readProfile,
  STATUSES,
  UnitError,
  volume,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';

/** Lines of the SynchroMed-II-like sheet that sources on the SynchroMed II bear out. */
const SYNCHROMED_II = (millilitres: number): readonly (readonly [ParameterName, number | string, string])[] => [
  ['reservoirCapacity', millilitres, 'mL'],
  ['reservoirGauge', 'calculated', 'choice'],
  ['flowAccuracy', 14.5, '%'],
  ['afterCommit', 'resume', 'choice'],
  ['onUpdateAbort', 'stayStopped', 'choice'],
  ['stoppedAlarm', 48, 'h'],
  ['stepsPerDay', 13, 'count'],
  ['serviceLife', 84, 'months'],
  ['eriToEndOfService', 90, 'd'],
  ['atEndOfService', 'stop', 'choice'],
  ['criticalTonePattern', 'twoTone', 'choice'],
  ['criticalToneLength', 3, 's'],
  ['toneInterval', 1, 'h'],
  ['toneLength', 1, 's'],
  ['sensors', 'rotation', 'sensors'],
  ['stallPolicy', 'keepDriving', 'choice'],
  ['tubingVolume', 0.14, 'mL'],
];

test('eleven profiles are shipped, each under its own name', () => {
  expect(PROFILE_NAMES).toEqual([
    'synchromed-ii-like-20',
    'synchromed-ii-like-40',
    'synchromed-iii-like-40',
    'synchromed-el-like-10',
    'synchromed-el-like-18',
    'valve-gated-like-20',
    'valve-gated-like-40',
    'valve-gated-first-like-20',
    'sensor-reservoir-like',
    'minimed-2007-like',
    'generic-pca',
  ]);
  for (const name of PROFILE_NAMES) expect(profileNamed(name)?.name).toBe(name);
  expect(profileNamed('synchromed')).toBeUndefined();
});

describe.each(PROFILES.map((sheet) => [sheet.name, sheet] as const))('%s', (_, sheet) => {
  test('is a data sheet whose every parameter has value, unit, status and source', () => {
    expect(profileSheet.parse(sheet)).toEqual(sheet);
    expect(Object.keys(sheet.parameters).toSorted()).toEqual(PARAMETER_NAMES.toSorted());
    for (const line of Object.values(sheet.parameters)) {
      expect(`${line.value}`).not.toBe('');
      expect(line.unit).not.toBe('');
      expect(STATUSES).toContain(line.status);
      expect(line.source.trim()).not.toBe('');
    }
  });

  test('calls nothing verified whose source says that none was found', () => {
    for (const [name, { status, source }] of Object.entries(sheet.parameters)) {
      if (/not read|no figure|no source|not part of/.test(source)) expect(status, name).not.toBe('verified');
    }
  });

  test('never passes for the product itself', () => {
    expect(`${sheet.name} ${sheet.title}`).toMatch(/like|generic/i);
  });

  test('is a device that could exist', () => {
    expect(impossible(readProfile(sheet))).toEqual([]);
    expect(readProfile(sheet).minimumRate).toBeGreaterThan(0);
  });
});

/* What sources that speak of the device itself say of it; whatever else is in its sheet is less well known. */
const KNOWN: Readonly<Record<string, readonly (readonly [ParameterName, number | string, string])[]>> = {
  'synchromed-ii-like-20': SYNCHROMED_II(20),
  'synchromed-ii-like-40': SYNCHROMED_II(40),
  'synchromed-iii-like-40': [],
  'synchromed-el-like-10': [
    ['reservoirCapacity', 10, 'mL'],
    ['sensors', 'none', 'sensors'],
  ],
  'synchromed-el-like-18': [
    ['reservoirCapacity', 18, 'mL'],
    ['sensors', 'none', 'sensors'],
  ],
  'valve-gated-like-20': [
    ['handsetDrugs', 'morphine', 'drugs'],
    ['refillForecast', 'allAllottedBoluses', 'choice'],
    ['safetyValve', 'flowActivated', 'choice'],
    ['reservoirCapacity', 20, 'mL'],
    ['flowAccuracy', 15, '%'],
  ],
  'valve-gated-like-40': [
    ['handsetDrugs', 'morphine', 'drugs'],
    ['refillForecast', 'allAllottedBoluses', 'choice'],
    ['safetyValve', 'flowActivated', 'choice'],
    ['reservoirCapacity', 40, 'mL'],
    ['flowAccuracy', 15, '%'],
  ],
  'valve-gated-first-like-20': [
    ['reservoirCapacity', 20, 'mL'],
    ['safetyValve', 'none', 'choice'],
  ],
  'sensor-reservoir-like': [
    ['reservoirCapacity', 20, 'mL'],
    ['reservoirGauge', 'sensed', 'choice'],
    ['lowReservoirDefault', 3, 'mL'],
  ],
  'minimed-2007-like': [
    ['minimumRate', 0.5, 'mcL/h'],
    ['lowReservoirDefault', 2, 'mL'],
    ['lowReservoirBy', 'handset', 'choice'],
    ['emptyAt', 1, 'mL'],
    ['stepsPerDay', 48, 'count'],
    ['criticalToneInterval', 1, 'min'],
    ['criticalTonePattern', 'fourThenDouble', 'choice'],
  ],
};

describe.each(Object.entries(KNOWN))('of %s', (name, known) => {
  const parameters = profileNamed(name)?.parameters;

  test.each(known)('%s is known to be %s %s', (parameter, value, unit) => {
    expect(parameters?.[parameter]).toMatchObject({ value, unit, status: 'verified' });
  });

  test('nothing else is', () => {
    const verified = PARAMETER_NAMES.filter((parameter) => parameters?.[parameter].status === 'verified');
    expect(verified.toSorted()).toEqual(known.map(([parameter]) => parameter).toSorted());
  });
});

describe('the rules each profile stands for', () => {
  test('the implant alarms and delivers on, counts the lockout from the start, stays stopped after an abort', () => {
    expect(profileOf('synchromed-ii-like-20')).toMatchObject({
      reservoirCapacity: volume.parse('20 mL'),
      lowReservoirPolicy: 'alarm',
      emptyAt: 0,
      emptyPolicy: 'run',
      lockoutOrigin: 'start',
      lockoutOnReprogram: 'longer',
      bolusRateBelowBasal: 'allow',
      afterCommit: 'resume',
      onUpdateAbort: 'stayStopped',
      stoppedAlarm: 48 * 3_600_000,
    });
  });

  test('the larger implant differs in its reservoir alone', () => {
    const { name: _, ...larger } = profileOf('synchromed-ii-like-40');
    const { name: __, ...smaller } = profileOf('synchromed-ii-like-20');
    expect(larger).toEqual({ ...smaller, reservoirCapacity: volume.parse('40 mL') });
  });

  test('the PCA pump follows its requirements', () => {
    const pca = profileOf('generic-pca');
    expect(pca).toMatchObject({
      basalMinimum: rate.parse('1 mL/h'),
      basalMaximum: rate.parse('10 mL/h'),
      lowReservoirPolicy: 'minimumRate',
      emptyAt: volume.parse('0.5 mL'),
      emptyPolicy: 'stop',
      lockoutOrigin: 'end',
      bolusRateBelowBasal: 'refuse',
      afterCommit: 'waitForStart',
    });
    expect(pca.emptyAt % pca.strokeVolume).toBe(0);
  });
});

const HALF_HOURS = 'minimed-2007-like';

describe.each(PROFILES.filter(({ name }) => name !== HALF_HOURS).map((sheet) => [sheet.name, sheet] as const))(
  '%s takes',
  (_, { parameters }) => {
    test('13 steps on each of seven days', () => {
      expect(parameters.stepsPerDay).toMatchObject({ value: 13, unit: 'count' });
      expect(parameters.scheduleSteps).toMatchObject({ value: 91, unit: 'count' });
    });
  },
);

describe.each(PROFILES.map((sheet) => [sheet.name, sheet] as const))('%s keeps and takes', (_, { parameters }) => {
  test.each([
    ['logCapacity', 512, 'count'],
    ['historyCapacity', 64, 'count'],
    ['datedSteps', 13, 'count'],
    ['clockTolerance', 5, 'min'],
    ['writeInterval', 1, 'h'],
    ['sessionTimeout', 15, 'min'],
  ] as const)('%s: %d %s', (name, value, unit) => {
    expect(parameters[name]).toMatchObject({ value, unit });
  });
});

describe('a data sheet that does not fit is refused', () => {
  const sheet = (changes: Partial<Record<keyof ProfileSheet['parameters'], object>>): ProfileSheet => {
    const [first] = PROFILES;
    if (first === undefined) throw new Error('no profile is shipped');
    const lines = Object.entries(first.parameters).map(([name, line]) => [
      name,
      { ...line, ...Object.entries(changes).find(([changed]) => changed === name)?.[1] },
    ]);
    return { ...first, parameters: Object.fromEntries(lines) as ProfileSheet['parameters'] };
  };

  test.each([
    ['reservoirCapacity', { unit: 'mg' }, '"20 mg": expected a volume'],
    ['reservoirCapacity', { value: -20 }, '"-20 mL" is negative'],
    ['rateMaximum', { value: 'fast' }, '"fast mL/day": expected a rate'],
    ['basalMinimum', { value: 1e-7 }, 'expected a rate'],
    ['flowAccuracy', { unit: 'mL' }, 'expected a proportion'],
    ['stoppedAlarm', { unit: 'fortnights' }, 'expected a span of time'],
    ['lowReservoirPolicy', { value: 'hope' }, '"hope": expected one of alarm, basalOnly, minimumRate'],
    ['emptyPolicy', { value: 1 }, '"1": expected one of run, minimumRate, stop'],
    ['logCapacity', { value: 0 }, '"0": expected a whole number from 1 to 100000'],
    ['logCapacity', { value: 2.5 }, '"2.5": expected a whole number from 1 to 100000'],
    ['stepsPerDay', { value: 49 }, '"49": expected a whole number from 1 to 48'],
    ['scheduleSteps', { value: 169 }, '"169": expected a whole number from 1 to 168'],
    ['writeInterval', { value: 0 }, '"0h": expected a time above 0'],
    ['bolusDurationStep', { value: 0 }, '"0min": expected a time above 0'],
    ['datedSteps', { value: 0 }, '"0": expected a whole number from 1 to 168'],
    ['logCapacity', { value: '512' }, '"512": expected a whole number from 1 to 100000'],
  ])('%s %o, by the name of the parameter', (name, change, reason) => {
    const read = () => readProfile(sheet({ [name]: change }));
    expect(read).toThrow(UnitError);
    expect(read).toThrow(`profile synchromed-ii-like-20, ${name}: `);
    expect(read).toThrow(reason);
  });

  test.each([
    ['without a source', { source: '' }],
    ['of a status nobody knows', { status: 'certain' }],
    ['with a remark', { remark: 'hm' }],
    ['without a value', { value: null }],
  ])('a line %s', (_, change) => {
    expect(profileSheet.safeParse(sheet({})).success).toBe(true);
    expect(profileSheet.safeParse(sheet({ emptyAt: change })).success).toBe(false);
  });

  test('a line missing, a line too many, a name that is no file name', () => {
    const whole = sheet({});
    const { emptyAt: _, ...fewer } = whole.parameters;
    expect(profileSheet.safeParse({ ...whole, parameters: fewer }).success).toBe(false);
    const more = { ...whole.parameters, colour: whole.parameters.emptyAt };
    expect(profileSheet.safeParse({ ...whole, parameters: more }).success).toBe(false);
    expect(profileSheet.safeParse({ ...whole, name: 'Synchromed II' }).success).toBe(false);
  });
});

describe('a line of a profile that says what is not there is refused by its name', () => {
  const [shipped] = PROFILES;
  const reading = (name: ParameterName, value: number | string, unit: string) => () => {
    if (shipped === undefined) throw new Error('no profile is shipped');
    const parameters = { ...shipped.parameters, [name]: { ...shipped.parameters[name], value, unit } };
    return readProfile({ ...shipped, parameters });
  };

  test.each([
    ['rotation, smell', /sensors: "smell": expected some of/],
    ['', /sensors: "": expected some of/],
    ['rotaton', /, or none \(did you mean rotation\?\)$/],
    ['flow, rotation, flow', /"flow, rotation, flow": expected flow once$/],
  ])('the sensors "%s"', (written, message) => {
    expect(reading('sensors', written, 'sensors')).toThrow(message);
  });

  test('the drugs of a handset', () => {
    const message = /handsetDrugs: "aspirin": expected some of baclofen, .*, or any$/;
    expect(reading('handsetDrugs', 'morphine, aspirin', 'drugs')).toThrow(message);
  });

  test.each([0, 1.5, 1201])('a service life of %d months', (months) => {
    expect(reading('serviceLife', months, 'months')).toThrow(/serviceLife: .* from 1 to 1200/);
  });

  test.each([1, 1200])('but not one of %d months', (months) => {
    expect(reading('serviceLife', months, 'months')()).toMatchObject({ serviceLife: months });
  });
});
