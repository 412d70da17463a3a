import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPlan, PlanError } from '../../workbench/campaign/plan.ts';
import { campaignJsonSchema } from '../../workbench/campaign/schema.ts';
import { tryStarts } from '../../workbench/campaign/try-starts.ts';
import { ROOT } from '../integration/cli.ts';
import { PLAN, planText } from './plans.ts';

const dose = 'constant: { uniform: [2 mg/day, 8 mg/day] }';

const normal = (mean: string, sd: string, least = '2 mg/day', most = '8 mg/day') =>
  `constant: { normal: { mean: ${mean}, sd: ${sd}, least: ${least}, most: ${most} } }`;

/** What is wrong with a plan, and where it says so. */
const BAD: readonly (readonly [what: string, text: string, says: string])[] = [
  ['no pumps', planText(['pumps: 4', 'pumps: 0']), '4:8: pumps: 0: expected at least 1'],
  ['a misspelt key', planText(['requests:', 'request:']), '13:1: unknown key "request"'],
  [
    'a misspelt key of an arm',
    planText(['longer: { start', 'longer: { strat']),
    '17:13: arms.longer: unknown key "strat"',
  ],
  ['one arm', planText(['  as it is: {}\n', '']), '16:3: arms: expected at least two arms, or none'],
  ['no such measure', planText(['refusals]', 'refusal]']), '14:43: measure.4: "refusal": expected one of alarms, '],
  ['a measure twice', planText(['refusals]', 'dose]']), '14:10: measure: expected each once'],
  ['a scenario', planText(['campaign/1', 'scenario/1']), '1:9: thecal: expected "campaign/1"'],
  [
    'a dose that is none',
    planText([dose, 'constant: much']),
    '11:15: start.prescribe.constant: "much": expected a dose',
  ],
  [
    'ends of two units',
    planText([dose, 'constant: { uniform: [2 mg/day, 8 mL/day] }']),
    '11:26: start.prescribe.constant: uniform: "2 mg/day", "8 mL/day": expected two ends of one unit',
  ],
  [
    'the greater end first',
    planText([dose, 'constant: { uniform: [8 mg/day, 2 mg/day] }']),
    '11:26: start.prescribe.constant: uniform: "8 mg/day", "2 mg/day": expected the lesser end first',
  ],
  [
    'an end that no pump can give',
    planText([dose, 'constant: { uniform: [2 mg/day, 8000 mg/day] }']),
    '11:15: start.prescribe.constant: 320 mL/day is no rate of synchromed-ii-like-20',
  ],
  [
    'one value of a list',
    planText([dose, 'constant: { oneOf: [2 mg/day, 8 mL] }']),
    '11:15: start.prescribe.constant: "8 mL": expected a dose',
  ],
  [
    'a mean outside',
    planText([dose, normal('9 mg/day', '1 mg/day')]),
    '11:33: start.prescribe.constant: normal.mean: "9 mg/day": expected it between least and most, "2 mg/day" to "8 mg/day"',
  ],
  [
    'no deviation',
    planText([dose, normal('5 mg/day', '0 mg/day')]),
    '11:47: start.prescribe.constant: normal.sd: "0 mg/day": expected a standard deviation above 0',
  ],
  [
    'a deviation that says nothing',
    planText([dose, normal('5 mg/day', '7 mg/day')]),
    '11:47: start.prescribe.constant: normal.sd: "7 mg/day": expected no more than from least to most, "2 mg/day" to "8 mg/day"',
  ],
  [
    'a deviation of another unit',
    planText([dose, normal('5 mg/day', '10 %')]),
    '11:47: start.prescribe.constant: normal.sd: "10 %": expected it in the unit of the mean, "5 mg/day"',
  ],
  [
    'a mean that is none',
    planText([dose, normal('much', '1 mg/day')]),
    '11:33: start.prescribe.constant: normal.mean: "much": expected a quantity such as "10 %", or a whole number',
  ],
  [
    'the greater end of a normal distribution first',
    planText([dose, normal('5 mg/day', '1 mg/day', '8 mg/day', '2 mg/day')]),
    '11:80: start.prescribe.constant: normal.most: "2 mg/day": expected at least what least is, "8 mg/day"',
  ],
  [
    'a normal distribution without a deviation',
    planText([dose, 'constant: { normal: { mean: 5 mg/day, least: 2 mg/day, most: 8 mg/day } }']),
    'normal.sd: ',
  ],
  [
    'shares that are not all',
    planText([dose, 'constant: { weighted: [{ share: 50 %, value: 2 mg/day }, { share: 40 %, value: 3 mg/day }] }']),
    '11:27: start.prescribe.constant: weighted: expected shares that come to 100 % together',
  ],
  [
    'two distributions in one',
    planText([dose, 'constant: { oneOf: [2 mg/day, 3 mg/day], uniform: [2 mg/day, 3 mg/day] }']),
    '11:15: start.prescribe.constant: expected exactly one of uniform, normal, oneOf, weighted',
  ],
  [
    'a value that only an arm has',
    planText(['lockout: 8h', 'lockout: { oneOf: [8h, soon] }']),
    '17:60: start.prescribe.patientBolus.lockout: "soon": expected a span of time',
  ],
  [
    'a profile that is none',
    planText(['synchromed-ii-like-20', 'toaster']),
    '6:10: profile: expected one of synchromed-ii-like-20',
  ],
  [
    'too often',
    planText(['every: { uniform: [2h, 6h] }', 'every: 1s']),
    '13:20: requests.every: expected at least "1min"',
  ],
];

describe('a plan that cannot be used says where and why:', () => {
  test.each(BAD)('%s', (_, text, says) => {
    expect(() => loadPlan(text)).toThrow(PlanError);
    expect(() => loadPlan(text)).toThrow(says);
  });
});

test('a start that a pump refuses is found before any pump is lived', () => {
  const refused = loadPlan(
    planText([
      'longer: { start: { prescribe: { patientBolus: { lockout: 8h',
      'longer: { start: { prescribe: { patientBolus: { lockout: 1min',
    ]),
  );
  expect(() => tryStarts(refused)).toThrow(/^17:33: start.prescribe: prescribe is refused as bolusLongerThanLockout$/);
  expect(() => tryStarts(loadPlan(PLAN))).not.toThrow();
});

test('a margin that takes up more than half of what a fill lasts for is told, where it stands and how long it is then', () => {
  // 20 mL of 25 mg/mL at 2 mg/day outlast any margin; at 24 mg/day 18 mL are 18 days and 18 hours, to ten in the morning.
  const told = (written: string, margin: string) =>
    tryStarts(
      loadPlan(planText([dose, `constant: ${written}`], ['measure:', `clinic: { margin: ${margin} }\nmeasure:`])),
    );
  expect(told('2 mg/day', '7d')).toEqual([]);
  const [fast, ...others] = told('{ oneOf: [2 mg/day, 24 mg/day] }', '15d');
  expect(others).toEqual([]);
  expect(fast).toMatchObject({ line: 14, column: 19 });
  expect(fast?.message).toMatch(
    /^clinic\.margin: 15d is more than half of what a fill may last for: appointments lie half way, \d+d.* before the refill-by date$/,
  );
  // What is told is where it begins: a margin as long as that is none to speak of, and one longer is.
  const [, most = ''] = /half way, (.*) before/.exec(fast?.message ?? '') ?? [];
  expect(told('24 mg/day', most)).toEqual([]);
  expect(told('24 mg/day', `${most} 1s`)).toHaveLength(1);
});

test('what is wrong in every arm is said once', () => {
  try {
    loadPlan(planText([dose, 'constant: much']));
  } catch (error) {
    expect(error).toHaveProperty('problems.length', 1);
  }
  expect.assertions(1);
});

test('an arm says what is other key by key, and replaces lists and distributions whole', () => {
  const text = planText(
    ['lockout: 8h }', 'lockout: 8h }, constant: 4 mg/day'],
    ['measure:', 'faults: [{ flowBias: +5 % }, { granuloma: 10 % }]\nmeasure:'],
  ).replace('as it is: {}', 'as it is: { faults: [{ flowBias: -5 % }] }');
  const [as, longer] = loadPlan(text).arms;
  expect(as?.written).toMatchObject({ faults: [{ flowBias: '-5 %' }], start: { fill: { volume: '20 mL' } } });
  expect(longer?.written).toMatchObject({
    faults: [{ flowBias: '+5 %' }, { granuloma: '10 %' }],
    start: { prescribe: { constant: '4 mg/day', patientBolus: { dose: '0.5 mg', lockout: '8h' } } },
  });
});

test('without arms there is one, of all pumps', () => {
  expect(loadPlan(PLAN.slice(0, PLAN.indexOf('arms:'))).arms.map(({ name }) => name)).toEqual(['all']);
});

test('the JSON Schema for editors takes a distribution wherever a pump has a value, and refers to nothing that is not there', () => {
  const schema = JSON.parse(JSON.stringify(campaignJsonSchema()));
  const drawn = { $ref: '#/$defs/drawn' };
  expect(schema.properties.start.anyOf).toContainEqual(drawn);
  expect(schema.properties.arms.additionalProperties.properties.clinic.anyOf).toContainEqual(drawn);
  expect(schema.properties.title).toEqual({ type: 'string', minLength: 1 });
  const refs = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name);
  expect(refs.length).toBeGreaterThan(50);
  expect(Object.keys(schema.$defs)).toEqual(expect.arrayContaining([...new Set(refs)]));
});

test('the plan of docs/campaigns.md can be carried out', () => {
  const [, text = ''] =
    /^```yaml\n(thecal: campaign.*?)^```$/ms.exec(readFileSync(join(ROOT, 'docs/campaigns.md'), 'utf8')) ?? [];
  expect(loadPlan(text).arms.map(({ name }) => name)).toEqual(['lockout 2h', 'lockout 8h']);
});

test('the plan of docs/performance.md can be carried out', () => {
  const plan = loadPlan(readFileSync(join(ROOT, 'test/bench/ten-thousand.yaml'), 'utf8'));
  expect(plan.pumps).toBe(10_000);
  expect(tryStarts(plan)).toEqual([]);
});

test.each(readdirSync(join(ROOT, 'campaigns')))(
  'the shipped %s can be carried out, and names its sources and its schema',
  (name) => {
    const text = readFileSync(join(ROOT, 'campaigns', name), 'utf8');
    expect(loadPlan(text).arms.length).toBeGreaterThan(1);
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\.\/docs\/campaign\.schema\.json\n/);
    expect(text).toMatch(/^source:\n {2}- /m);
  },
);
