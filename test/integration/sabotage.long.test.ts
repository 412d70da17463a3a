import { join } from 'node:path';
import { expect, test } from 'vitest';
import { file, ROOT, sabotaged, thecal } from './cli.ts';

/** A low reservoir under the policies of the PCA pump: minimum rate at 1 mL, stop at 0.5 mL. */
const PCA_RUNS_LOW = `
thecal: scenario/1
title: A PCA reservoir runs low
profile: generic-pca
clock: 2026-01-05 08:00
start: { fill: { volume: 7 mL, morphine: 1 mg/mL }, prescribe: { constant: 6 mL/h, lowReservoir: 1 mL } }
story:
  - clinician: resume
  - after: 3h
`;

interface Sabotage {
  readonly rule: number;
  readonly what: string;
  readonly source: string;
  readonly find: string;
  readonly replace: string;
  readonly scenario: string;
}

const rules = 'firmware-sim/firmware/rules';
const SABOTAGES: readonly Sabotage[] = [
  {
    rule: 1,
    what: 'the ceiling is not checked',
    source: `${rules}/prescription.js`,
    find: '!withinDailyDose(highestDay(context, prescription), strengthOf(prescription), ceiling)',
    replace: 'false',
    scenario: 'refused-prescriptions',
  },
  {
    rule: 1,
    what: 'the largest rate is not checked',
    source: `${rules}/prescription.js`,
    find: 'if (bolus.rate <= room)',
    replace: 'if (true)',
    scenario: 'bolus too fast',
  },
  {
    rule: 2,
    what: 'a stop is not logged',
    source: 'firmware-sim/firmware/behaviour.js',
    find: "logStopped: (context, event) => log(event, 'deliveryStopped'",
    replace: "logStopped: (context, event) => void log(event, 'deliveryStopped'",
    scenario: 'left-stopped',
  },
  {
    rule: 2,
    what: 'the stopped-pump deadline never comes',
    source: `${rules}/stopped-pump.js`,
    find: 'return after(context.idleSince, context.profile.stoppedAlarm);',
    replace: 'return undefined;',
    scenario: 'left-stopped',
  },
  {
    rule: 2,
    what: 'a stopped-pump deadline runs on after the end of service',
    source: `${rules}/stopped-pump.js`,
    find: '!context.inService || context.endSince !== null',
    replace: '!context.inService',
    scenario: 'battery-gives-out',
  },
  {
    rule: 3,
    what: 'the lockout is not kept',
    source: `${rules}/lockout.js`,
    find: 'lockedUntil !== null && at < lockedUntil;',
    replace: 'false;',
    scenario: 'patient-boluses',
  },
  {
    rule: 3,
    what: 'the lockout ends a millisecond early',
    source: `${rules}/lockout.js`,
    find: 'lockedUntil !== null && at < lockedUntil;',
    replace: 'lockedUntil !== null && at + 1 < lockedUntil;',
    scenario: 'patient-boluses',
  },
  {
    rule: 3,
    what: 'boluses are not counted',
    source: `${rules}/bolus-count.js`,
    find: 'counting(context, at).length;',
    replace: '0;',
    scenario: 'patient-boluses',
  },
  {
    rule: 4,
    what: 'basal delivery runs at the minimum rate',
    source: `${rules}/program.js`,
    find: '? 0 : basalRate(context, at);',
    replace: '? 0 : minimumRate(context, at);',
    scenario: 'dose-change',
  },
  {
    rule: 4,
    what: 'a low reservoir does not lower the rate',
    source: 'firmware-sim/firmware/behaviour.js',
    find: "lowToMinimum: (context) => modeAtLevel(context, 'low') === 'minimumRate'",
    replace: 'lowToMinimum: () => false',
    scenario: 'PCA runs low',
  },
  {
    rule: 4,
    what: 'the low reservoir is never noticed',
    source: 'firmware-sim/firmware/deadlines.js',
    find: "value['reservoir'] === 'normal' ? whenLow(context) : undefined",
    replace: 'undefined',
    scenario: 'PCA runs low',
  },
  {
    rule: 4,
    what: 'delivery goes on after the end of service',
    source: `${rules}/service-life.js`,
    find: "context.profile.atEndOfService === 'stop'",
    replace: 'false',
    scenario: 'battery-gives-out',
  },
  {
    rule: 4,
    what: 'delivery ends a day before the end of service',
    source: `${rules}/service-life.js`,
    find: 'instant(Math.min(byEri, ageLimit))',
    replace: 'instant(Math.min(byEri, ageLimit) - 86_400_000)',
    scenario: 'battery-gives-out',
  },
  {
    rule: 3,
    what: 'a bolus is granted during the self-test',
    source: `${rules}/self-test.js`,
    find: 'at < selfTestEnds',
    replace: 'false',
    scenario: 'pca-starts-anew',
  },
  {
    rule: 8,
    what: 'a stroke that a stop completes is left out of the books',
    source: `${rules}/strokes.js`,
    find: 'ledger.commanded + BigInt(rest)',
    replace: 'ledger.commanded',
    scenario: 'pca-starts-anew',
  },
  {
    rule: 4,
    what: 'a safe state changes no rate',
    source: `${rules}/battery-reset.js`,
    find: "safeState && profile.safeState === 'minimumRate'",
    replace: 'false',
    scenario: 'low-battery-reset',
  },
  {
    rule: 4,
    what: 'an occluded catheter stops nothing',
    source: `${rules}/allowed.js`,
    find: "basalOnly: 'basal', minimumRate: 'minimumRate', stop: 'nothing'",
    replace: "basalOnly: 'basal', minimumRate: 'minimumRate', stop: 'boluses'",
    scenario: 'pca-occlusion-stops-and-latches',
  },
  {
    rule: 10,
    what: 'a condition is told that the pump cannot sense',
    source: 'firmware-sim/plant/conditions.js',
    find: 'if (!this.#sensors.includes(CONDITIONS[condition].sensor))',
    replace: 'if (false)',
    scenario: 'silent-occlusion',
  },
  {
    rule: 5,
    what: 'a refused command is carried out all the same',
    source: 'firmware-sim/firmware/answer.js',
    find: "if (against === undefined || request.name === 'requestBolus')",
    replace: 'if (against !== undefined) processor.refused(role, request.name, against.code); if (true)',
    scenario: 'refused-prescriptions',
  },
  {
    rule: 5,
    what: 'a prescription takes effect in part',
    source: `${rules}/update.js`,
    find: 'draft.prescription = prescription;',
    replace: 'draft.prescription = { ...prescription, program: draft.prescription?.program ?? prescription.program };',
    scenario: 'dose-change',
  },
  {
    rule: 5,
    what: 'what a patient bolus suspended of a single bolus is lost',
    source: `${rules}/patient-bolus.js`,
    find: 'ends: after(clinician.ends, between(start, ends)) };',
    replace: 'ends: clinician.ends };',
    scenario: 'pca-single-bolus-preempted',
  },
  {
    rule: 5,
    what: 'basal goes on after a single bolus that was to end in a stop',
    source: `${rules}/clinician-bolus.js`,
    find: "clinician?.then === 'stopped'",
    replace: 'false',
    scenario: 'single-bolus-on-a-stopped-pump',
  },
  {
    rule: 6,
    what: 'the log skips a number',
    source: 'firmware-sim/firmware/memory/event-log.js',
    find: 'this.#next += 1;',
    replace: 'this.#next += 2;',
    scenario: 'dose-change',
  },
  {
    rule: 7,
    what: 'a refill leaves no record',
    source: 'firmware-sim/firmware/behaviour.js',
    find: "logEntered: (context, event) => log(event, 'reservoirEntered'",
    replace: "logEntered: (context, event) => void log(event, 'reservoirEntered'",
    scenario: 'low-reservoir-and-refill',
  },
  {
    rule: 8,
    what: 'a unit is lost in the syringe',
    source: 'firmware-sim/plant/reservoir.js',
    find: 'this.#aspirated += BigInt(came);',
    replace: 'this.#aspirated += BigInt(came) - 1n;',
    scenario: 'low-reservoir-and-refill',
  },
  {
    rule: 8,
    what: 'a unit too much is booked as commanded',
    source: `${rules}/delivery.js`,
    find: 'commanded: ledger.commanded + commanded,',
    replace: 'commanded: ledger.commanded + commanded + 1n,',
    scenario: 'low-reservoir-and-refill',
  },
  {
    rule: 8,
    what: 'half of what flows is not booked as delivered',
    source: 'firmware-sim/plant/reservoir.js',
    find: 'return delivered(this.#flow, span(now - this.#since));',
    replace: 'return delivered(this.#flow, span(now - this.#since)) / 2n;',
    scenario: 'low-reservoir-and-refill',
  },
  {
    rule: 9,
    what: 'the programmer shows another dose',
    source: 'programmer/calculators.js',
    find: 'dailyDoseOf(dailyVolume(prescription, from), drug?.concentration ?? concentration.of(0));',
    replace: 'dailyDoseOf(dailyVolume(prescription, from) + 8640000000n, drug.concentration);',
    scenario: 'dose-change',
  },
  {
    rule: 10,
    what: 'the status carries the true volume',
    source: 'firmware-sim/pump.js',
    find: 'return { firmware, plant, memory };',
    replace:
      'const belief = firmware.status.bind(firmware); firmware.status = () => ({ ...belief(), volume: plant.truth().reservoir }); return { firmware, plant, memory };',
    scenario: 'silent-over-infusion',
  },
  {
    rule: 10,
    what: 'the answer to a refill carries another volume than was calculated',
    source: 'firmware-sim/firmware/commands.js',
    find: 'expected: lastEntry?.expected ?? volume.of(0)',
    replace: 'expected: volume.of((lastEntry?.expected ?? 0) + 1)',
    scenario: 'low-reservoir-and-refill',
  },
  {
    rule: 3,
    what: 'the dose limit is not kept',
    source: `${rules}/patient-bolus.js`,
    find: "within !== at && { code: 'doseLimit'",
    replace: "false && { code: 'doseLimit'",
    scenario: 'dose limit',
  },
  {
    rule: 3,
    what: 'the dose limit forgets what was commanded before',
    source: `${rules}/dose-limit.js`,
    find: '...past(context, drug, at), ...toCome(context, prescription, drug, at, until, longest)];\n    const masses = new Masses(flows, window);\n    const flow =',
    replace:
      '...toCome(context, prescription, drug, at, until, longest)];\n    const masses = new Masses(flows, window);\n    const flow =',
    scenario: 'dose limit',
  },
  {
    rule: 4,
    what: 'a periodic bolus is not commanded',
    source: `${rules}/program.js`,
    find: '(periodic?.rate ?? 0)',
    replace: '0',
    scenario: 'periodic boluses',
  },
  {
    rule: 4,
    what: 'a periodic bolus comes a millisecond late',
    source: `${rules}/periodic-bolus.js`,
    find: 'draft.periodicNext = program === undefined ? null : after(at, program.interval);',
    replace: 'draft.periodicNext = program === undefined ? null : after(at, program.interval + 1);',
    scenario: 'periodic boluses',
  },
  {
    rule: 4,
    what: 'a periodic bolus that cannot start leaves no trace',
    source: 'firmware-sim/firmware/behaviour.js',
    find: "logPeriodicSkipped: (_, event) => log(event, 'periodicSkipped')",
    replace: "logPeriodicSkipped: (_, event) => void log(event, 'periodicSkipped')",
    scenario: 'periodic boluses',
  },
  {
    rule: 4,
    what: 'a step begins a millisecond late',
    source: `${rules}/program.js`,
    find: 'instant(wall - wallOffset)',
    replace: 'instant(wall - wallOffset + 1)',
    scenario: 'schedule',
  },
  {
    rule: 4,
    what: 'a step is of the weekday before',
    source: 'shared/calendar.js',
    find: '(Math.floor(clock / MS_PER_DAY) + 3) % 7',
    replace: '(Math.floor(clock / MS_PER_DAY) + 2) % 7',
    scenario: 'schedule',
  },
];

/** A pump of baclofen 500 mcg/mL from a Friday morning on, under a program. */
const programmed = (title: string, program: string, story: string) => `
thecal: scenario/1
title: ${title}
profile: synchromed-ii-like-20
clock: 2026-01-09 08:00
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe: { ${program}, ceiling: 10 mg/day, lowReservoir: 2 mL }
story:
${story}`;

const WRITTEN: Readonly<Record<string, string>> = {
  'dose limit': programmed(
    'Two boluses of 10 mcg beside 40 mcg of basal under 55 mcg in 4 h',
    'constant: 0.48 mL/day, doseLimit: { dose: 55 mcg, window: 4h }, patientBolus: { dose: 10 mcg, duration: 5min, lockout: 1h, maxPerDay: 9 }',
    '  - { at: 5h, patient: requestBolus }\n  - { at: 6h, patient: requestBolus, expect: { refused: doseLimit } }\n  - after: 5h\n',
  ),
  'periodic boluses': programmed(
    'A bolus every two hours, some of them on a stopped pump',
    'periodic: { give: 0.3 mL/day, dose: 0.02 mL, duration: 5min, every: 2h }',
    '  - { at: 5h, clinician: stop }\n  - { at: 7h, clinician: resume }\n  - after: 5h\n',
  ),
  schedule: programmed(
    'A week with a weekend of its own',
    'weekly: [{ days: [mon, tue, wed, thu, fri], steps: [{ at: "00:00", give: 0.2 mL/day }, { at: "12:00", give: 1 mL/day }] }, { days: [sat, sun], steps: [{ at: "00:00", give: 0.3 mL/day }] }]',
    '  - after: 8d\n',
  ),
  'PCA runs low': PCA_RUNS_LOW,
  'bolus too fast': `
thecal: scenario/1
title: A bolus faster than the pump
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe: { constant: 0.4 mL/day, patientBolus: { dose: 0.033 mL, duration: 2min, lockout: 4h, maxPerDay: 1 } }
story:
  - patient: requestBolus
`,
};

const pathOf = (scenario: string): string => {
  const text = WRITTEN[scenario];
  return text === undefined ? join(ROOT, 'scenarios', `${scenario}.yaml`) : file(text);
};

test.each(SABOTAGES)('rule $rule is seen to be broken when $what', ({ rule, source, find, replace, scenario }) => {
  const { code, err } = thecal(['run', pathOf(scenario)], { root: sabotaged(source, find, replace) });
  expect(err).toContain(`always-true rule ${rule} broken`);
  expect(code).toBe(3);
});

test('every rule in force has its sabotage', () => {
  expect([...new Set(SABOTAGES.map(({ rule }) => rule))].sort((a, b) => a - b)).toEqual([
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
  ]);
});

test.each(['dose limit', 'periodic boluses', 'schedule'])(
  'left alone, the story of the %s breaks no rule',
  (scenario) => {
    expect(thecal(['run', pathOf(scenario)])).toMatchObject({ code: 0 });
  },
);

test('the PCA pump runs low without breaking a rule', () => {
  expect(thecal(['run', file(PCA_RUNS_LOW)])).toMatchObject({ code: 0 });
});

test('nor does a volume typed too low and corrected at once', () => {
  const typo = '  - clinician: { refill: { volume: 0.9 mL } }\n  - clinician: { refill: { volume: 6 mL } }\n';
  const corrected = PCA_RUNS_LOW.replace('  - after: 3h\n', typo);
  expect(thecal(['run', file(corrected)])).toMatchObject({ code: 0 });
});
