import fc from 'fast-check';
import { expect } from 'vitest';
import { span } from '../../shared/index.ts';
import { type Act, Simulation } from '../../workbench/index.ts';
import { mL, prescribe, profileOf } from '../harness.ts';
import { acts, bolus, solution, times } from './acts.ts';
import { Checker, type Mismatch } from './checker.ts';

const PROFILE = 'synchromed-ii-like-20';
export const MONDAY = span(1_767_600_000_000);

/** Acts on a pump in service, each after a wait; where what it did is not what the rules lead to, and what was refused. */
export function lived(life: readonly (readonly [wait: number, act: Act])[]): {
  mismatches: readonly Mismatch[];
  refused: unknown[];
} {
  const checker = new Checker();
  checker.line(JSON.stringify({ trace: 'thecal.trace/1', scenario: 'a life', profile: PROFILE }));
  const sim = new Simulation({ profile: profileOf(PROFILE), wallClock: MONDAY, executor: 'table', library: null });
  sim.onTrace((record) => checker.line(JSON.stringify(record)));
  sim.powerOn();
  sim.act({ by: 'hands', act: { type: 'inject', volume: mL('20'), solution } });
  sim.act({ by: 'clinician', act: { type: 'refill', aspirated: null, volume: mL('20') } });
  sim.act({ by: 'clinician', act: { type: 'implant' } });
  const first = { drug: 'baclofen', concentration: '500 mcg/mL', basal: '0.4 mL/day', lowReservoir: '2 mL' } as const;
  sim.act({ by: 'clinician', act: prescribe({ ...first, bolus, ceiling: '10 mg/day' }) });
  const outcomes = life.map(([wait, act]) => {
    sim.advance(span(wait));
    return sim.act(act);
  });
  checker.finish();
  return {
    mismatches: checker.mismatches,
    refused: outcomes.flatMap((each) => ('refused' in each ? [each.refused] : [])),
  };
}

/** Holds random lives to the rules, to the last unit. */
export function allAgree(numRuns: number, seed: number, act: fc.Arbitrary<Act> = acts): void {
  const lives = fc.array(fc.tuple(times, act), { minLength: 5, maxLength: 30 });
  fc.assert(
    fc.property(lives, (life) => {
      expect(lived(life).mismatches).toEqual([]);
    }),
    { numRuns, seed, endOnFailure: true },
  );
}
