import {
  type Duration,
  formatDuration,
  type Instant,
  instant,
  type Proportion,
  parseDuration,
  proportion,
  type Rate,
  rate,
  roundRatio,
  span,
  type Volume,
} from '../../shared/index.ts';
import type { TraceRecord } from '../trace.ts';
import { extremes } from './extremes.ts';
import { TrueFlow } from './flow.ts';
import { TrumpetError } from './problem.ts';
import { CommandedRate, longest, type Stretch } from './stretch.ts';
import { sampleInterval, type Windows, windowLengths } from './windows.ts';

/*
 * Start-up curve and trumpet curve as in IEC 60601-2-24, which is for external pumps: a borrowed yardstick. Flow is
 * continuous in the plant; the k-th stroke falls when what has been delivered reaches k strokes. Time is counted in
 * parts of a millisecond, as many as the set rate has nL/day: then a stroke at that rate takes `strokeVolume` parts, a
 * window holds as many units of volume at that rate as it has parts, and every error is a ratio of whole numbers.
 */

export interface TrumpetOptions {
  /** One stroke of the pump, `strokeVolume` of its profile. */
  readonly strokeVolume: Volume;
  /** Looks at nothing before this instant of the run; its beginning unless given. */
  readonly from?: Instant;
  /** Looks at nothing after this instant, by which the run was not over; the last record unless given. */
  readonly to?: Instant;
  /** What the start-up curve covers and the trumpet curve leaves out; 2 h unless given. */
  readonly stabilisation?: Duration;
  /** 1, 2, 5, 11, 19 and 31 stroke cycles unless given. */
  readonly windows?: Windows;
  /**
   * Sample interval, which must go into every window. Unless given a stroke cycle, of windows in time the longest that
   * goes into each of them and into a minute.
   */
  readonly sample?: Duration;
}

/** The extremes of the flow over all windows of one length, as errors in parts per million of the set rate. */
export interface TrumpetWindow {
  /** To the nearest ms. */
  readonly length: Duration;
  /** Its length in stroke cycles at the set rate, to three decimals. */
  readonly cycles: number;
  /** Ep(max). */
  readonly max: Proportion;
  /** Ep(min). */
  readonly min: Proportion;
}

/** The mean flow over one sample interval, which ends so long after the start; to the nearest ms and nL/day. */
export interface FlowSample {
  readonly at: Duration;
  readonly flow: Rate;
}

export interface Trumpet {
  /** The set rate: what the pump commanded all along. */
  readonly rate: Rate;
  readonly strokeVolume: Volume;
  /** What a stroke takes at the set rate, to the nearest ms. */
  readonly cycle: Duration;
  /** Where the start-up curve begins: when that rate began to be commanded, or was first looked at. */
  readonly start: Instant;
  /** The analysis period of the trumpet curve, a whole number of sample intervals, to the nearest ms. */
  readonly from: Instant;
  readonly to: Instant;
  /** The sample interval, to the nearest ms. */
  readonly sample: Duration;
  /** How many stretches of one commanded rate there were; this is the longest. */
  readonly stretches: number;
  /** A: of the volume that truly left the pump in the analysis period, a stroke under way included. */
  readonly meanError: Proportion;
  /** Shortest window first. */
  readonly windows: readonly TrumpetWindow[];
  readonly startUp: readonly FlowSample[];
}

const STABILISATION = parseDuration('2h');
const MOST_SAMPLES = 5_000_000n;
const PPM = 1_000_000n;

/**
 * Start-up curve and trumpet curve of the longest stretch in which a run commanded one rate: the flow that truly left
 * the pump beside the one that was set. Throws TrumpetError where there is nothing to draw them of.
 */
export function trumpet(records: Iterable<TraceRecord>, options: TrumpetOptions): Trumpet {
  const [flow, commanded] = [new TrueFlow(), new CommandedRate()];
  let last = 0;
  for (const record of records) {
    flow.take(record);
    commanded.take(record);
    last = record.t;
  }
  const { from = instant(0), to = instant(last) } = options;
  const stretches = commanded.between(from, to);
  const stretch = longest(stretches);
  if (stretch === undefined)
    throw new TrumpetError(
      `no delivery was commanded between ${words(from)} and ${words(to)}: expected a pump that runs`,
    );
  return { ...curves(flow, stretch, options), stretches: stretches.length };
}

function curves(flow: TrueFlow, stretch: Stretch, options: TrumpetOptions): Omit<Trumpet, 'stretches'> {
  const { strokeVolume, stabilisation = STABILISATION, windows, sample } = options;
  const parts = { perMs: BigInt(stretch.rate), stroke: BigInt(strokeVolume) };
  const { perMs, stroke } = parts;
  const lengths = windowLengths(windows, parts);
  const step = sampleInterval(sample, windows, parts);
  const start = BigInt(stretch.from) * perMs;
  const first = start + BigInt(stabilisation) * perMs;
  const steps = (BigInt(stretch.to) * perMs - first) / step;
  const early = (first - start) / step;
  const ms = (count: bigint) => Number(roundRatio(count, perMs, 0));
  mustFit(stretch, stabilisation, ms(lengths.at(-1) ?? 0n), steps * step >= (lengths.at(-1) ?? 0n));
  if (steps + early > MOST_SAMPLES)
    throw new TrumpetError(`${steps + early} samples of ${words(ms(step))}: expected at most ${MOST_SAMPLES}`);

  const atStart = flow.deliveredAt({ perMs, first: start, step, steps: Number(early) }, stretch.to);
  const delivered = flow.deliveredAt({ perMs, first, step, steps: Number(steps) }, stretch.to);
  mustFlow(stretch, gain([...atStart.slice(0, 1), ...delivered.slice(-1)]));
  const strokes = (volumes: readonly bigint[]) => volumes.map((each) => Number(each / (stroke * perMs)));
  const counts = strokes(delivered);
  return {
    rate: stretch.rate,
    strokeVolume,
    cycle: span(ms(stroke)),
    start: stretch.from,
    from: instant(ms(first)),
    to: instant(ms(first + steps * step)),
    sample: span(ms(step)),
    meanError: errorOf(gain(delivered), steps * step * perMs),
    windows: lengths.map((length) => {
      const { most, fewest } = extremes(counts, Number(length / step));
      return {
        length: span(ms(length)),
        cycles: Number(roundRatio(length, stroke, 3)) / 1000,
        max: errorOf(BigInt(most) * stroke, length),
        min: errorOf(BigInt(fewest) * stroke, length),
      };
    }),
    startUp: strokes(atStart).flatMap((count, i, all) => {
      const came = BigInt(count - (all[i - 1] ?? count)) * stroke * perMs;
      const sampled = { at: span(ms(step * BigInt(i))), flow: rate.of(Number(roundRatio(came, step, 0))) };
      return i === 0 ? [] : [sampled];
    }),
  };
}

/** 100 (Q − r) / r, of what came and what the set rate would have brought. */
const errorOf = (came: bigint, set: bigint): Proportion =>
  proportion.of(Number(roundRatio((came - set) * PPM, set, 0)));

const gain = (volumes: readonly bigint[]): bigint => (volumes.at(-1) ?? 0n) - (volumes[0] ?? 0n);

function mustFit({ rate: set, from, to }: Stretch, stabilisation: Duration, window: number, fits: boolean): void {
  if (fits) return;
  const found = `the longest stretch at one commanded rate, ${rate.format(set)}, is from ${words(from)} to ${words(to)}`;
  throw new TrumpetError(
    `${found}: expected ${words(stabilisation)} to settle in and after that the longest window, ${words(window)}`,
  );
}

function mustFlow({ rate: set, from, to }: Stretch, came: bigint): void {
  if (came > 0n) return;
  throw new TrumpetError(
    `nothing flowed from ${words(from)} to ${words(to)}, though ${rate.format(set)} was commanded: expected some delivery`,
  );
}

const words = (ms: number): string => formatDuration(span(ms));
