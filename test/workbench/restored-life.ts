import { describe, expect, test } from 'vitest';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import {
  concentration,
  type Duration,
  type Instant,
  instant,
  parseDuration,
  proportion,
  span,
  volume,
} from '../../shared/index.ts';
import type { Act } from '../../workbench/act.ts';
import { Simulation, type SimulationOptions, type Snapshot } from '../../workbench/simulation.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { prescribe, profileOf } from '../harness.ts';

const solution = [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }] as const;
const baclofen = { drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day' } as const;
const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 3 };
const hands = (act: Extract<Act, { by: 'hands' }>['act']): Act => ({ by: 'hands', act });
const clinician = (act: Extract<Act, { by: 'clinician' }>['act']): Act => ({ by: 'clinician', act });
const press: Act = { by: 'patient', act: { type: 'requestBolus' } };

/** A life in acts: filled, implanted, prescribed, pressed, run low, refilled, read, stopped too long, resumed. */
const LIFE: readonly (readonly [at: string, act: Act])[] = [
  ['0s', hands({ type: 'inject', volume: volume.parse('4 mL'), solution })],
  ['1s', clinician({ type: 'refill', aspirated: null, volume: volume.parse('4 mL') })],
  ['10s', clinician({ type: 'implant' })],
  ['20s', clinician(prescribe({ ...baclofen, bolus, lowReservoir: '2 mL' }))],
  ['1min', press],
  ['1min 30s', clinician(prescribe({ basal: '190 mcg/day' }))],
  ['1h 0.001s', press],
  ['2h', { by: 'world', act: { type: 'flowBias', by: proportion.parse('+15 %') } }],
  ['6d', hands({ type: 'drain' })],
  ['6d 1min', hands({ type: 'inject', volume: volume.parse('4 mL'), solution: null })],
  ['6d 2min', clinician({ type: 'refill', aspirated: 'measured', volume: volume.parse('4 mL') })],
  ['6d 3min', clinician({ type: 'readLog' })],
  ['6d 4min', clinician({ type: 'endSession' })],
  ['7d', clinician({ type: 'stop' })],
  ['10d', clinician({ type: 'resume' })],
];
const END = instant(parseDuration('25d'));

/** A simulation that is photographed at every event: before each look, and between any two deadlines. */
class Photographed extends Simulation {
  readonly photographs: { readonly snapshot: Snapshot; readonly done: number }[] = [];
  #done = 0;

  override act(act: Act) {
    this.#done += 1;
    return super.act(act);
  }

  override until(reached: () => boolean, limit: Instant): boolean {
    return super.until(() => {
      this.#photograph();
      return reached();
    }, limit);
  }

  override advanceTo(to: Instant): void {
    while (this.step(to)) this.#photograph();
    super.advanceTo(to);
  }

  #photograph(): void {
    this.photographs.push({ snapshot: JSON.parse(JSON.stringify(this.snapshot())), done: this.#done });
  }
}

function live(sim: Simulation, done: number): void {
  for (const [at, act] of LIFE.slice(done)) {
    sim.advanceTo(instant(parseDuration(at)));
    sim.act(act);
  }
  sim.advanceTo(END);
}

function tracing(sim: Simulation): TraceRecord[] {
  const records: TraceRecord[] = [];
  sim.onTrace((record) => records.push(record));
  return records;
}

/** What everybody sees, believes and holds at the end. */
const outlook = (sim: Simulation) => ({
  belief: sim.belief(),
  truth: sim.truth(),
  screen: sim.screen(),
  display: sim.display(),
  events: sim.events,
  snapshot: sim.snapshot(),
});

const latencies: [string, Duration][] = [
  ['without delay', span(0)],
  ['with 150 ms each way', span(150)],
];

/** Tests that a snapshot of every event of a life, or of one in so many, can be gone on from. */
export function goesOnFromSnapshots(oneIn: number): void {
  describe.each(EXECUTOR_NAMES)('on the %s executor', (executor) => {
    test.each(latencies)('a snapshot restored at any event of a life, %s, changes nothing after', (_, latency) => {
      const profile = profileOf('synchromed-ii-like-20');
      const options: SimulationOptions = { profile, wallClock: span(0), seed: 3, executor, latency, library: null };
      const original = new Photographed(options);
      const records = tracing(original);
      original.powerOn();
      original.habit({
        act: { type: 'requestBolus' },
        every: parseDuration('8h'),
        jitter: parseDuration('1h'),
        for: parseDuration('20h'),
      });
      live(original, 0);
      const kinds = records.map(({ kind, data }) => `${kind} ${Object(data).kind ?? Object(data).type ?? ''}`);
      expect(kinds).toEqual(
        expect.arrayContaining([
          'log bolusGranted',
          'log bolusDenied',
          'event RESERVOIR_LOW',
          'event STOPPED_TOO_LONG',
          'log alarmCleared',
        ]),
      );

      expect(original.photographs.length).toBeGreaterThan(original.events);
      for (const { snapshot, done } of original.photographs.filter((_, i) => i % oneIn === 0)) {
        const restored = Simulation.restore(options, snapshot);
        expect(restored.snapshot()).toEqual(snapshot);
        const after = tracing(restored);
        live(restored, done);
        expect(after).toEqual(records.slice(snapshot.last));
        expect(outlook(restored)).toEqual(outlook(original));
      }
    });
  });
}
