import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../shared/index.ts';
import { standingLines } from '../../workbench/lines.ts';
import { parseBreak } from '../../workbench/scenario/break.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { runScenario } from '../../workbench/scenario/run.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { whyAt } from '../../workbench/why.ts';

const CONSTANT = 'constant: 1000 mcg/day';
const DAILY = 'daily: [{ at: "00:00", give: 900 mcg/day }, { at: "12:00", give: 1100 mcg/day }]';

/** What stands at a time of a story, and why, of a pump with 20 mL of baclofen 500 mcg/mL. */
function why(at: string, program: string, steps: readonly string[], breaks: readonly string[] = []): string[][] {
  const records: TraceRecord[] = [];
  const text = `thecal: scenario/1
title: A story
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe: { ${program}, ceiling: 2 mg/day }
story:
${steps.map((step) => `  - { ${step} }\n`).join('')}`;
  runScenario(loadScenario(text), {
    id: 'why',
    version: '0',
    breaks: breaks.map((each) => parseBreak(each)),
    onRecord: (record) => void records.push(record),
  });
  return whyAt(records, parseDuration(at)).map(standingLines);
}

const heads = (standing: readonly string[][]) => standing.map(([head]) => head);

describe('a reservoir that ran dry', () => {
  const DOUBLE = ['flowBias=+100%'];

  test('is dry until something is injected, whatever is commanded', () => {
    const story = [
      'at: 6d, clinician: { prescribe: { constant: 900 mcg/day } }',
      'at: 7d, hands: drain',
      'at: 8d, hands: { inject: 20 mL }',
      'at: 9d',
    ];
    const isDry = (at: string) => heads(why(at, CONSTANT, story, DOUBLE)).includes('the reservoir is dry, because');
    expect(['4d', '5d 23h', '6d', '7d', '8d'].map(isDry)).toEqual([false, true, true, true, false]);
  });

  test('is so by the fault that made the flow another, also steps of a schedule later', () => {
    const standing = why('8d', DAILY, ['at: 8d'], ['flowBias=+60%@3d']);
    expect(heads(standing)).toEqual([
      expect.stringMatching(/^the pump commands /),
      'the reservoir is dry, because',
      'the flow was off by +60 % when it ran dry, because',
    ]);
    expect(standing[2]?.[1]).toMatch(/^ {2}#\d+ 3d act world \{"type":"flowBias"/);
  });

  test('names that fault once where it set the flow, and none that was mended', () => {
    expect(heads(why('7d', CONSTANT, ['at: 7d'], ['flowBias=+100%@3d'])).slice(1)).toEqual([
      'the reservoir is dry, because',
    ]);
    const mended = why('20d', DAILY, [
      'at: 1d, world: { flowBias: +60 % }',
      'at: 2d, world: { flowBias: 0 % }',
      'at: 20d',
    ]);
    expect(heads(mended)).toContain('the reservoir is dry, because');
    expect(heads(mended)).not.toContainEqual(expect.stringContaining('the flow was off'));
  });
});

describe('a patient whom not all that leaves the pump reaches', () => {
  const story = [
    'at: 1d, world: { leak: { share: 50 %, at: connector } }',
    'at: 2d, world: { tip: subdural }',
    'at: 3d, hands: disconnectCatheter',
    'at: 4d, hands: connectCatheter',
    'at: 5d, hands: { catheter: { size: 60 cm, tip: epidural } }',
    'at: 6d, world: { tip: intrathecal }',
    'at: 7d',
  ];
  const leak = '50 % of the flow leaks out at the connector, because';
  const tip = 'the tip of the catheter lies under the dura, because';

  test.each([
    ['12h', []],
    ['1d', [leak]],
    ['2d', [leak, tip]],
    ['3d', [leak, tip, 'the pump is on no catheter, because']],
    ['4d', [leak, tip]],
    ['5d', ['the tip of the catheter lies outside the dura, because']],
    ['6d', []],
  ])('has at %s the faults of the catheter told as why', (at, expected) => {
    const ofCatheter = heads(why(at, CONSTANT, story)).slice(1);
    expect(ofCatheter.filter((head) => !head?.startsWith('basal is by'))).toEqual(expected);
  });

  test('has each followed back to the act it began with', () => {
    expect(why('1d', CONSTANT, story).find(([head]) => head === leak)?.[1]).toMatch(/1d act world \{"type":"leak"/);
  });
});

test.each([
  ['at the bedside', 'at: 1d, hands: { inject: 19 mL }, expect: { refused: overfull }', '1d', 'overfull'],
  ['by the programmer', 'at: 1d, clinician: confirm, expect: { refused: notReviewed }', '1d', 'notReviewed'],
  ['by the pump', 'at: 1d, clinician: resume, expect: { refused: alreadyRunning }', '1d', 'alreadyRunning'],
  ['of a press', 'at: 1d, patient: requestBolus, expect: { refused: notEnabled }', '1d', 'notEnabled'],
])('a refusal %s is told at its instant', (_, step, at, code) => {
  const refusals = (time: string) =>
    heads(why(time, CONSTANT, [step, 'at: 2d'])).filter((head) => head?.startsWith('refused'));
  expect(refusals(at)).toEqual([`refused: ${code}, because`]);
  expect(refusals('1d 1s')).toEqual([]);
});

test('a pump that did not answer is told when the programmer gave up', () => {
  const standing = why('1d 10s', CONSTANT, [
    'at: 1d, world: disconnect',
    'clinician: stop, expect: { refused: noAnswer }',
  ]);
  expect(heads(standing)).toContain('refused: noAnswer, because');
});

test('the steps of a schedule are one line of a chain, no deeper than the others', () => {
  const lines = why('5d', DAILY, ['at: 5d'])[0] ?? [];
  expect(lines.slice(-4).map((line) => line.replace(/#\d+ /, ''))).toEqual([
    expect.stringMatching(/^ {2}→ 4h firmware event \{"type":"SCHEDULE_STEP"\}/),
    '  → … 8 times the same …',
    expect.stringMatching(/^ {2}→ 4d 16h firmware event \{"type":"SCHEDULE_STEP"\}/),
    expect.stringMatching(/^ {2}→ 4d 16h firmware rate /),
  ]);
});

describe('a basal rate is by a prescription and the local time, whatever it was that led back to it', () => {
  const story = [
    'at: 1d, clinician: { bolus: { dose: 10 mcg, duration: 30min, then: basal } }',
    'at: 2d, clinician: stop',
    'at: 2d 1h, clinician: resume',
    'at: 3d, world: { localTime: +2h }',
    'clinician: interrogate',
    'clinician: { setClock: now }',
    'at: 4d, world: { reset: { clock: lost } }',
    'at: 5d, clinician: stop',
    'at: 5d 1h, clinician: resume',
    'at: 6d',
  ];
  const PRESCRIPTION = 'basal is by prescription 1, because';

  test.each([
    ['the end of a bolus', '1d 1h'],
    ['a resumed pump', '2d 2h'],
  ])('after %s', (_, at) => {
    expect(heads(why(at, CONSTANT, story)).slice(1)).toEqual([PRESCRIPTION]);
    expect(why(at, CONSTANT, story)[1]?.join()).toContain('act clinician {"type":"prescribe"');
    const [, prescribed, step] = why(at, DAILY, story);
    expect([prescribed?.[0], step?.[0]]).toEqual([PRESCRIPTION, 'basal is by the step of that local time, because']);
    expect(step?.at(-1)).toContain('SCHEDULE_STEP');
  });

  test('a rate that says the same again is by what it was by before', () => {
    // Set from 08:00 to 10:00, the clock stays within its step, which began at midnight.
    const [rate, prescribed, clock] = why('3d 1h', DAILY, story);
    expect(prescribed?.[0]).toBe(PRESCRIPTION);
    expect(rate?.at(-2)).toMatch(/ 2d 16h firmware event \{"type":"SCHEDULE_STEP"\}$/);
    expect(clock?.[0]).toBe('basal is by the step of that local time, because');
    expect(clock?.[1]).toContain('act clinician {"type":"setClock"');
  });

  test('without the local time it is what is held', () => {
    const [, ...behind] = why('4d 1h', DAILY, story);
    expect(heads(behind)).toEqual([PRESCRIPTION]);
    expect(heads(why('5d 2h', DAILY, story)).slice(1)).toEqual([
      PRESCRIPTION,
      'basal is what is held without the local time, because',
    ]);
  });

  test('and of a pump that is stopped, nothing is said of basal', () => {
    expect(heads(why('2d 30min', DAILY, story))).toEqual(['the pump commands 0 mL/day (stopped), because']);
  });
});
