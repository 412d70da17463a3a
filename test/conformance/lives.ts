import fc from 'fast-check';
import { expect } from 'vitest';
import {
  likeAnother,
  type ParameterName,
  type ProfileSheet,
  profileNamed,
  readProfile,
  span,
} from '../../shared/index.ts';
import { type Act, profileHeader, Simulation } from '../../workbench/index.ts';
import { mL, prescribe } from '../harness.ts';
import { acts, bolus, solution, times } from './acts.ts';
import { Checker, type Mismatch } from './checker.ts';

const shipped = profileNamed('synchromed-ii-like-20');
if (shipped === undefined) throw new Error('no such profile');
const DEVICE: ProfileSheet = shipped;

/** The same device but for some choices. */
export const deviceWith = (choices: { readonly [K in ParameterName]?: string }): ProfileSheet =>
  likeAnother(DEVICE, {
    name: 'drawn',
    title: 'Drawn',
    about: 'Drawn, to live a life',
    parameters: Object.fromEntries(
      Object.entries(choices).map(([name, value]) => [
        name,
        { value, unit: 'choice', status: 'assumed', source: 'drawn' },
      ]),
    ),
  });

export const MONDAY = span(1_767_600_000_000);

/** Acts on a pump in service, each after a wait; where what it did is not what the rules lead to, and what was refused. */
export function lived(
  life: readonly (readonly [wait: number, act: Act])[],
  device: ProfileSheet = DEVICE,
): {
  mismatches: readonly Mismatch[];
  refused: unknown[];
} {
  const checker = new Checker();
  checker.line(JSON.stringify({ trace: 'thecal.trace/1', scenario: 'a life', ...profileHeader(device) }));
  const sim = new Simulation({ profile: readProfile(device), wallClock: MONDAY, executor: 'table', library: null });
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
export function allAgree(
  numRuns: number,
  seed: number,
  act: fc.Arbitrary<Act> = acts,
  devices: fc.Arbitrary<ProfileSheet> = fc.constant(DEVICE),
): void {
  const lives = fc.array(fc.tuple(times, act), { minLength: 5, maxLength: 30 });
  fc.assert(
    fc.property(lives, devices, (life, device) => {
      expect(lived(life, device).mismatches).toEqual([]);
    }),
    { numRuns, seed, endOnFailure: true },
  );
}

/** Devices whose boluses take the place of basal, whatever else they do with boluses. */
export const replacing: fc.Arbitrary<ProfileSheet> = fc
  .record({
    periodicDuringBolus: fc.constantFrom('skip', 'add'),
    patientBolusDuringClinicianBolus: fc.constantFrom('deny', 'preempt'),
    clinicianOverLimit: fc.constantFrom('refuse', 'haltAtLimit'),
    lowReservoirPolicy: fc.constantFrom('alarm', 'basalOnly'),
  })
  .map((choices) => deviceWith({ ...choices, bolusOverBasal: 'replace' }));

/** A rotor, or valves that may need to be reset. */
export const anyMotor: fc.Arbitrary<ProfileSheet> = fc.constantFrom(
  DEVICE,
  deviceWith({ safetyValve: 'flowActivated' }),
  deviceWith({ stallPolicy: 'stopAndLatch', stallAccounting: 'hold' }),
);
