import { describe, expect, test } from 'vitest';
import {
  type DeviceProfile,
  type Json,
  PROFILES,
  parseDuration,
  rate,
  readProfile,
  sure,
  volume,
} from '../../shared/index.ts';
import { type Act, Simulation } from '../../workbench/index.ts';
import { Random } from '../../workbench/random.ts';
import { loadScenario } from '../../workbench/scenario/document.ts';
import { settingsOf } from '../../workbench/scenario/settings.ts';
import { startActs } from '../../workbench/scenario/story.ts';

/*
 * What is handed over without frames does to a pump what it does over the link: the chart comes to the same state, by as
 * many events, with the same log and history, and the plant to the same truth.
 */

type Saved = Readonly<Record<string, Json>>;

/** What the pump holds, but for the numbers of trace records, which a frame more or less moves. */
function held(sim: Simulation) {
  const { parties } = sim.snapshot().timeline as unknown as { parties: { pump: { processor: Saved } } };
  const { because: _, ...processor } = parties.pump.processor;
  return { ...processor, truth: sim.truth(), belief: sim.belief() };
}

const clinician = (type: 'stop' | 'resume' | 'minimumRate' | 'endSession' | 'interrogate'): Act => ({
  by: 'clinician',
  act: { type },
});
const resume = clinician('resume');
/** What may come between two presses, each from its beginning to its end. */
const visitsOf = ({ reservoirCapacity: full }: DeviceProfile): readonly (readonly Act[])[] => [
  [clinician('stop')],
  [resume],
  [clinician('minimumRate')],
  [clinician('endSession'), clinician('interrogate')],
  [{ by: 'world', act: { type: 'reset', timeLost: false } }],
  [
    { by: 'hands', act: { type: 'drain' } },
    { by: 'hands', act: { type: 'inject', volume: full, solution: null } },
    { by: 'clinician', act: { type: 'refill', aspirated: null, volume: full, reason: 'unknown' } },
    resume,
  ],
];

function lives({ name: profile, basalMinimum, reservoirCapacity }: DeviceProfile, seed: number): readonly Simulation[] {
  const slowest = rate.of(Math.max(basalMinimum, rate.parse('0.4 mL/day')));
  const { scenario } = loadScenario(
    JSON.stringify({
      thecal: 'scenario/1',
      title: 'Presses',
      profile,
      seed,
      clock: '2026-01-05 08:00',
      start: {
        fill: { volume: volume.format(reservoirCapacity, 6), morphine: '1 mg/mL' },
        prescribe: {
          constant: rate.format(slowest, 6),
          patientBolus: { dose: `${slowest / 1e7} mg`, duration: '10min', lockout: '2h', maxPerDay: 4 },
          lowReservoir: '1 mL',
        },
      },
      story: [{ at: '1s' }],
    }),
  );
  return [true, false].map((frames) => {
    const sim = new Simulation({ ...settingsOf(scenario, { executor: 'table' }), frames });
    sim.powerOn();
    for (const { act } of startActs(scenario)) expect(sim.act(act)).toMatchObject({ done: true });
    sim.act(resume);
    return sim;
  });
}

test('a simulation that is restored hands over as the one it was saved from', () => {
  const [, handed] = lives(readProfile(sure(PROFILES[0], 'profile')), 1);
  if (handed === undefined) throw new Error('a life');
  const again = handed.fork();
  const frames: string[] = [];
  again.onTrace(({ kind }) => void frames.push(kind), ['frame']);
  expect(again.act({ by: 'patient', act: { type: 'requestBolus' } })).toEqual({ done: true });
  expect(frames).toEqual([]);
});

test('requests of a clinician that are handed over leave everything as those in frames do, at each event', () => {
  const [sent, handed] = lives(readProfile(sure(PROFILES[0], 'profile')), 2);
  if (sent === undefined || handed === undefined) throw new Error('two lives');
  const seen = [sent, handed].map((sim) => {
    const snapshots: unknown[] = [];
    // What is saved while a message is under way is its frame.
    sim.onTrace(() => void snapshots.push(sim.snapshot()), ['event', 'screen']);
    return snapshots;
  });
  const idle = parseDuration('20min');
  const visits = visitsOf(sent.profile);
  for (const visit of [...visits, [clinician('interrogate')], ...visits]) {
    const [first, second] = [sent, handed].map((sim) => {
      const outcomes = visit.map((act) => sim.act(act));
      sim.advance(idle);
      return outcomes;
    });
    expect(second).toEqual(first);
    expect(handed.snapshot()).toEqual(sent.snapshot());
  }
  const [first, second] = seen;
  expect(first?.length).toBeGreaterThan(50);
  expect(second).toEqual(first);
});

test('whoever hears of frames hears the same of each', () => {
  const [sent, handed] = lives(readProfile(sure(PROFILES[0], 'profile')), 3);
  if (sent === undefined || handed === undefined) throw new Error('two lives');
  const [first, second] = [sent, handed].map((sim) => {
    const frames: unknown[] = [];
    sim.onTrace(({ data }) => void frames.push(data), ['frame']);
    sim.act(clinician('endSession'));
    sim.act(clinician('interrogate'));
    return frames;
  });
  expect(first).toHaveLength(8);
  expect(first?.[0]).toMatchObject({ from: 'programmer', name: 'closeSession' });
  expect(second).toEqual(first);
});

describe.each(PROFILES.map((sheet) => readProfile(sheet)))('of $name', (profile) => {
  test('whatever else is done', () => {
    const seed = 20_261_123;
    const [sent, handed] = lives(profile, seed);
    if (sent === undefined || handed === undefined) throw new Error('two lives');
    const random = new Random(seed);
    const visits = visitsOf(profile);
    const press: Act = { by: 'patient', act: { type: 'requestBolus' } };
    for (let i = 0; i < 40; i++) {
      const wait = parseDuration(`${random.between(0, 200)}min`);
      const visit = random.between(0, 3) > 0 ? [press] : (visits[random.between(0, visits.length - 1)] ?? []);
      const [first, second] = [sent, handed].map((sim) => {
        sim.advance(wait);
        return visit.map((act) => sim.act(act));
      });
      expect(second).toEqual(first);
      expect(held(handed)).toEqual(held(sent));
    }
    const { granted, denied } = handed.belief();
    expect(Math.min(granted, denied)).toBeGreaterThan(2);
  });
});
