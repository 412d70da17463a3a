import fc from 'fast-check';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { ALARM_CODES, formatDuration, INFUSION_STATES, span } from '../../shared/index.ts';
import { acts } from './acts.ts';
import { Bed, type Draw, type Written } from './bed.ts';
import { type Device, devices } from './device.ts';
import { CLOCK, first, fluids } from './prescriptions.ts';

/** A life of a pump: a scenario as it would stand in a file, and what runs it. */
export interface Life {
  readonly scenario: Written;
  readonly device: Device;
  readonly executor: ExecutorName;
}

/** What a scenario calls the profile file beside it. */
export const PROFILE_FILE = './counterexample-profile.yaml';

/** Edges of lockouts, boluses, windows and deadlines, and a millisecond to either side. */
const EDGES = ['1h', '5min', '20min', '4h', '24h', '15min', '30min', '48h', '2min'];
const edges = fc
  .tuple(fc.constantFrom(...EDGES), fc.constantFrom('', 'less', 'more'))
  .map(([edge, by]) => (by === 'less' ? before(edge) : by === 'more' ? `${edge} 1ms` : edge));
const before = (edge: string): string => {
  const [, number = '', unit = ''] = /^(\d+)(\D+)$/.exec(edge) ?? [];
  const ms = { h: 3_600_000, min: 60_000 }[unit] ?? 0;
  return formatDuration(span(Number(number) * ms - 1));
};
const upTo = (ms: number) => fc.integer({ min: 1, max: ms }).map((time) => formatDuration(span(time)));

/** Time before a step; the simplest is none. */
const waits: fc.Arbitrary<string | undefined> = fc.oneof(
  { withCrossShrink: true },
  { weight: 18, arbitrary: fc.constant(undefined) },
  { weight: 15, arbitrary: edges },
  { weight: 12, arbitrary: upTo(3_600_000) },
  { weight: 6, arbitrary: upTo(6 * 3_600_000) },
  { weight: 6, arbitrary: upTo(4 * 86_400_000) },
  // The end of a service life that lasts a month.
  { weight: 1, arbitrary: upTo(40 * 86_400_000) },
);

const conditions: fc.Arbitrary<{ readonly [key: string]: Written }> = fc.oneof(
  fc.constantFrom(...ALARM_CODES).map((alarm) => ({ alarm })),
  fc.constantFrom(...INFUSION_STATES).map((infusion) => ({ infusion })),
);

/** A step: mostly an act after a time, now and then a habit, or a wait for a time or for something. */
const steps: Draw = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.tuple(waits, acts).map(([after, act]) => (bed: Bed) => ({ after, ...act(bed) })),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('1h', '20min', '7h'),
        fc.constantFrom(undefined, '10min'),
        fc.constantFrom('5h', '2h', '1d'),
      )
      .map(([every, jitter, lasting]) => () => ({ every, jitter, for: lasting, patient: 'requestBolus' })),
  },
  { weight: 1, arbitrary: edges.map((after) => () => ({ after })) },
  {
    weight: 1,
    arbitrary: fc.tuple(conditions, fc.constantFrom('1h', '3d', '40d')).map(([until, atMost]) => () => ({
      until,
      atMost,
    })),
  },
);

const starts: Draw<Written | undefined> = fc.oneof(
  {
    weight: 14,
    arbitrary: fc.tuple(first, fc.constantFrom(1, 0.3, 0.12)).map(([prescribe, share]) => (bed: Bed) => ({
      fill: { volume: bed.volume(share), ...bed.fluid.written },
      prescribe: prescribe(bed),
    })),
  },
  { weight: 1, arbitrary: fc.constant((bed: Bed) => ({ fill: { volume: bed.volume(1), ...bed.fluid.written } })) },
  { weight: 1, arbitrary: fc.constant(() => undefined) },
);

/** Lives of pumps of every device, under prescriptions of every kind, whatever is done to them. */
export const lives: fc.Arbitrary<Life> = fc
  .record({
    device: devices,
    fluid: fluids,
    start: starts,
    // Few doses that are drawn are within the limits of the library that is shipped.
    library: fc.oneof(
      { withCrossShrink: true },
      { weight: 3, arbitrary: fc.constant('none') },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    seed: fc.option(fc.nat(0x7fffffff), { nil: undefined }),
    // The executors do the same; the table is faster.
    executor: fc.oneof(
      { withCrossShrink: true },
      { weight: 1, arbitrary: fc.constant<ExecutorName>('xstate') },
      { weight: 9, arbitrary: fc.constant<ExecutorName>('table') },
    ),
    // Over some links every frame takes its time from the beginning.
    slow: fc.oneof(
      { withCrossShrink: true },
      { weight: 10, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constantFrom('400ms', '1.5s') },
    ),
    story: fc.array(steps, { minLength: 1, maxLength: 16, size: 'max' }),
  })
  .map(({ device, fluid, start, library, seed, executor, slow, story }) => {
    const bed = new Bed(device, fluid);
    const scenario = {
      thecal: 'scenario/1',
      title: 'A life',
      profile: device.text === undefined ? device.profile.name : PROFILE_FILE,
      library,
      clock: CLOCK,
      seed,
      start: start(bed),
      story: [...(slow === undefined ? [] : [{ world: { latency: slow } }]), ...story.map((step) => step(bed))],
    };
    return { scenario, device, executor };
  });
