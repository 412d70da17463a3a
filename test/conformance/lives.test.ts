import fc from 'fast-check';
import { expect, test } from 'vitest';
import { span } from '../../shared/index.ts';
import { Simulation } from '../../workbench/index.ts';
import { mL, prescribe, profileOf } from '../harness.ts';
import { acts, bolus, solution, times } from '../workbench/lives.ts';
import { Checker, type Mismatch } from './checker.ts';

const PROFILE = 'synchromed-ii-like-20';
const MONDAY = span(1_767_600_000_000);

/**
 * Where what stands against a prescription comes and goes with its own boluses and steps, the rules do not say which
 * of those instants a refusal or an override names.
 */
const isOpen = ({ what, got }: Mismatch): boolean =>
  what === 'log.data.clearsAt' || (what === 'answer.payload' && got.includes('"overLimitForNow"'));

test('whatever is done to a pump, it does what the rules lead to, to the last unit', () => {
  const lives = fc.array(fc.tuple(times, acts), { minLength: 5, maxLength: 30 });
  fc.assert(
    fc.property(lives, (life) => {
      const checker = new Checker();
      checker.line(JSON.stringify({ trace: 'thecal.trace/1', scenario: 'a life', profile: PROFILE }));
      const sim = new Simulation({ profile: profileOf(PROFILE), wallClock: MONDAY, executor: 'table' });
      sim.onTrace((record) => checker.line(JSON.stringify(record)));
      sim.powerOn();
      sim.act({ by: 'hands', act: { type: 'inject', volume: mL('20'), solution } });
      sim.act({ by: 'clinician', act: { type: 'refill', aspirated: null, volume: mL('20') } });
      sim.act({ by: 'clinician', act: { type: 'implant' } });
      const first = {
        drug: 'baclofen',
        concentration: '500 mcg/mL',
        basal: '0.4 mL/day',
        lowReservoir: '2 mL',
      } as const;
      sim.act({ by: 'clinician', act: prescribe({ ...first, bolus, ceiling: '10 mg/day' }) });
      for (const [wait, act] of life) {
        sim.advance(span(wait));
        sim.act(act);
      }
      checker.finish();
      const found = checker.mismatches.filter((mismatch) => !isOpen(mismatch));
      expect(found).toEqual([]);
    }),
    { numRuns: 100, seed: 20_260_105, endOnFailure: true },
  );
});
