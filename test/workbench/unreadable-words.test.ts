import { describe, expect, test } from 'vitest';
import { loadScenario, ScenarioError } from '../../workbench/index.ts';

/** What is said of a step that cannot be read, at line 6. */
function problems(step: string): string[] {
  const text = `thecal: scenario/1
title: One that cannot be read
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
story:
  - { ${step} }
`;
  try {
    loadScenario(text);
    return [];
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

describe('a misspelt word of a list is found before anything is run', () => {
  test.each([
    ['expect: { patient: { signs: "weaknes" } }', 'patient.signs: "weaknes": expected some of', 'weakness'],
    [
      'expect: { patient: { signs: "pain, opiodWithdrawal" } }',
      '"opiodWithdrawal": expected some of',
      'opioidWithdrawal',
    ],
    ['expect: { belief: { conditions: stal } }', 'belief.conditions: "stal": expected some of', 'stall'],
    ['expect: { truth: { conditions: oclusion } }', 'truth.conditions: "oclusion": expected some of', 'occlusion'],
    ['expect: { belief: { infusion: bridg } }', 'belief.infusion: expected one of', 'bridge'],
    ['hands: film, expect: { found: rotorTurnt }', 'expect.found: "rotorTurnt": expected some of', 'rotorTurned'],
  ])('%s', (step, said, meant) => {
    const [problem, ...others] = problems(step);
    expect(problem).toMatch(/^6:\d+ story\.0\./);
    expect(problem).toContain(said);
    expect(problem).toContain(`(did you mean ${meant}?)`);
    expect(others).toEqual([]);
  });

  test.each(['none', 'opioidWithdrawal, pain'])('and one that is right is none: %s', (signs) => {
    expect(problems(`expect: { patient: { signs: "${signs}" } }`)).toEqual([]);
  });
});

describe('hands that would move nothing', () => {
  test.each([
    ['aspirate: 0 mL', 'aspirate'],
    ['inject: 0 mL', 'inject'],
    ['inject: { volume: 0 mL, saline: true }', 'inject.volume'],
    ['rinse: { volume: 0 mL, times: 2, saline: true }', 'rinse.volume'],
    ['aspiratePocket: 0 mL', 'aspiratePocket'],
    ['aspiratePort: 0 mL', 'aspiratePort'],
    ['injectPort: { volume: 0 mL, saline: true }', 'injectPort.volume'],
    ['dyeStudy: 0 mL', 'dyeStudy'],
    ['withdrawCsf: 0 mL', 'withdrawCsf'],
  ])('with %s are told what is expected, and where', (act, path) => {
    expect(problems(`hands: { ${act} }`)).toEqual([
      expect.stringMatching(new RegExp(`^6:\\d+ story\\.0\\.hands\\.${path}: expected more than "0 mL"$`)),
    ]);
  });

  test.each([
    ['listen: 0s', 'expected more than "0s"'],
    ['enterScanner: 0 T', 'expected more than "0 T"'],
  ])('nor is %s anything that can be done', (act, expected) => {
    expect(problems(`hands: { ${act} }`).join()).toContain(expected);
  });
});
