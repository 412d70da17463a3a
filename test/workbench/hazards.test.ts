import { describe, expect, test } from 'vitest';
import { concentration, instant, parseDuration, proportion } from '../../shared/index.ts';
import type { WorldAct } from '../../workbench/act.ts';
import { type Hazard, Hazards } from '../../workbench/hazards.ts';
import { loadScenario, runScenario, type TraceRecord } from '../../workbench/index.ts';

const MONTHS_78 = parseDuration('2374d');
/** Failures of SynchroMed II pumps at 78 months: 2.4 % with approved drugs, 7.0 % with others. */
const STALL: Hazard = {
  act: { type: 'begins', condition: 'stall' },
  share: proportion.parse('2.4 %'),
  unapproved: proportion.parse('7 %'),
  within: MONTHS_78,
};
const MORPHINE = [{ name: 'morphine', concentration: concentration.parse('25 mg/mL') }] as const;
const FENTANYL = [{ name: 'fentanyl', concentration: concentration.parse('1 mg/mL') }] as const;

const drawn = (seed: number, hazards: readonly Hazard[] = [STALL]) => {
  const came: WorldAct[] = [];
  const made = new Hazards(hazards, seed, (act) => void came.push(act));
  return { made, came };
};

describe('of many pumps', () => {
  test.each([
    ['an approved drug', MORPHINE, 0.024],
    ['an unapproved one', FENTANYL, 0.07],
    ['a mixture of an approved and another', [...MORPHINE, ...FENTANYL], 0.07],
    ['nothing but saline', [], 0.024],
  ])('with %s, the share on record has failed by then', (_, solution, share) => {
    const seeds = 4000;
    let failed = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const { made } = drawn(seed);
      made.holds(solution, instant(0));
      if ((made.due() ?? Number.POSITIVE_INFINITY) <= MONTHS_78) failed += 1;
    }
    // Three and a half standard deviations of a share drawn so often.
    const spread = 3.5 * Math.sqrt((share * (1 - share)) / seeds);
    expect(Math.abs(failed / seeds - share)).toBeLessThan(spread);
  });
});

test('seeds that lie side by side draw nothing alike, nor do two hazards of one seed', () => {
  const seeds = 200;
  const even = { ...STALL, share: proportion.parse('50 %') };
  const come = Array.from({ length: seeds }, (_, seed) => {
    const { made } = drawn(seed, [even, even]);
    made.wake(instant(MONTHS_78));
    made.wake(instant(MONTHS_78));
    return made.struck.map(({ at }) => at !== null);
  });
  // Of so many even chances; three and a half standard deviations around the half.
  const spread = 3.5 * Math.sqrt(seeds / 4);
  for (const alike of [
    come.filter(([one], seed) => one === come[(seed + 1) % seeds]?.[0]),
    come.filter(([, other], seed) => other === come[(seed + 1) % seeds]?.[1]),
    come.filter(([one, other]) => one === other),
  ])
    expect(Math.abs(alike.length - seeds / 2)).toBeLessThan(spread);
});

test('another drug half way brings it nearer, by the time it has been there', () => {
  const { made } = drawn(3);
  made.holds(MORPHINE, instant(0));
  const slow = made.due() ?? 0;
  const half = instant(Math.floor(slow / 2));
  made.holds(FENTANYL, half);
  expect(Number(made.due()) - half).toBeCloseTo((slow - half) * (2.4 / 7), -1);
});

test('comes once, at its instant, and the same again for the same seed', () => {
  const { made, came } = drawn(7);
  made.holds(MORPHINE, instant(0));
  const due = made.due();
  if (due === undefined) throw new Error('never');
  made.wake(due);
  expect(came).toEqual([STALL.act]);
  expect(made.due()).toBeUndefined();
  const again = drawn(7).made;
  again.holds(MORPHINE, instant(0));
  expect(again.due()).toBe(due);
});

test('a run tells of each whether it struck, and when', () => {
  const loaded = loadScenario(`thecal: scenario/1
title: Two hazards, one of which comes to every pump
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
seed: 7
start: { fill: { volume: 20 mL, morphine: 25 mg/mL }, prescribe: { constant: 5 mg/day } }
hazards:
  - { world: { flowBias: +20 % }, share: 100 %, within: 30d }
  - { world: { begins: occlusion }, share: 0 %, within: 30d }
story:
  - at: 40d
`);
  const faults: TraceRecord[] = [];
  const { hazards } = runScenario(loaded, {
    id: 'hazards',
    version: '0',
    onRecord: (record) => void (record.layer === 'plant' && record.kind === 'fault' && faults.push(record)),
  });
  expect(faults.map(({ data }) => data)).toEqual([{ type: 'flowBias', by: 200_000 }]);
  expect(hazards).toEqual([
    { fault: expect.stringContaining(': 20 %'), at: faults[0]?.t },
    { fault: expect.stringContaining('occluded'), at: null },
  ]);
});

test('two of one kind come at times of their own', () => {
  const { made } = drawn(7, [STALL, STALL]);
  const due = made.due();
  if (due === undefined) throw new Error('never');
  made.wake(due);
  expect(made.due()).toBeGreaterThan(due);
});

test('goes on from what was saved as if nothing had happened', () => {
  const { made } = drawn(11);
  made.holds(FENTANYL, instant(MONTHS_78 / 3));
  const { made: other } = drawn(12);
  other.load(JSON.parse(JSON.stringify(made.save())));
  expect(other.due()).toBe(made.due());
});
