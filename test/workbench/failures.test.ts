import { describe, expect, test } from 'vitest';
import { type Failure, loadScenario, recordText, runScenario } from '../../workbench/index.ts';

/** The failures of a story on a pump with baclofen 200 mcg/day, which has no patient bolus. */
function failures(story: string): readonly Failure[] {
  const text = `thecal: scenario/1
title: One that fails
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start: { fill: { volume: 20 mL, baclofen: 500 mcg/mL }, prescribe: { constant: 200 mcg/day, lowReservoir: 2 mL } }
${story}`;
  return runScenario(loadScenario(text), { id: 'failing', version: '' }).failures;
}

describe('what is forbidden and happened', () => {
  test('is told with the time at which it first did, and the records that led to it', () => {
    const [failure] = failures(`story:
  - at: 50d
    clinician: interrogate
  - at: 51d
    clinician: stop
never: [{ alarm: lowReservoir }]
`);
    expect(failure).toMatchObject({ time: '45d', got: 'alarm lowReservoir at 45d' });
    const told = failure?.before.map(recordText) ?? [];
    expect(told).toHaveLength(5);
    expect(told.at(-1)).toMatch(/^#\d+ 45d firmware log .*"alarmRaised".*"lowReservoir"/);
  });

  test('is told so too where it was so when the story began', () => {
    const [failure] = failures(`story:
  - at: 3d
    clinician: stop
never: [{ infusion: basal }]
`);
    expect(failure).toMatchObject({ time: '0s', got: 'infusion basal at 0s' });
    expect(failure?.before.every(({ t }) => t === 0)).toBe(true);
  });
});

describe('what would pass', () => {
  test.each([
    ['belief: { rate: 0.02 mL/h }', undefined],
    ['belief: { rate: 0.03 mL/h }', 'rate: 0.0167 mL/h'],
    ['belief: { dailyDose: 8.33 mcg/h }', undefined],
    ['time: 7.0min', 'time: 3d'],
    ['truth: { delivered: 1200 mcL }', undefined],
  ])('after 3 days of 0.4 mL/day, for %s: %s', (expected, wouldPass) => {
    const told = failures(`story:\n  - at: 3d\n    expect: { ${expected} }\n`);
    expect(told.map((failure) => failure.wouldPass)).toEqual(wouldPass === undefined ? [] : [wouldPass]);
  });

  test('of a time is itself tried', () => {
    const told = failures('story:\n  - at: 1min 3s\n    expect: { time: 7.0min }\n');
    expect(told).toMatchObject([{ wouldPass: 'time: 1min 3s' }]);
  });
});

describe('an act that is refused and was not expected to be', () => {
  test.each([
    ['brings an expectation where it has none', '', 'expect: { refused: notEnabled }'],
    ['adds to those it has', 'expect: { belief: { denied: 1 } }', 'refused: notEnabled (in its expect)'],
  ])('%s', (_, expected, wouldPass) => {
    const step = `story:\n  - at: 3d\n    patient: requestBolus\n    ${expected}\n`;
    expect(failures(step)).toMatchObject([{ what: 'requestBolus refused', got: 'notEnabled', wouldPass }]);
  });
});
