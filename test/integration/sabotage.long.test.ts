import { join } from 'node:path';
import { expect, test } from 'vitest';
import { file, ROOT, sabotaged, thecal } from './cli.ts';
import { SABOTAGES } from './sabotages.ts';

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
