import {
  type AlarmCode,
  type Branded,
  concentration,
  type Duration,
  doseRate,
  durationAgrees,
  formatDurationLike,
  type Kind,
  mass,
  rate,
  span,
  volume,
  type Written,
} from '../../shared/index.ts';
import type { Path } from './document.ts';
import {
  BELIEF,
  HISTORY,
  LOG,
  type Reading,
  type ReadingKind,
  SCREEN,
  TRUTH,
  type Value,
  type View,
} from './readings.ts';
import type { Step } from './schema.ts';

type Expectation = NonNullable<Step['expect']>;

/** One leaf of an expectation that was held against the simulation. */
export interface Checked {
  /** Path of the leaf within the step. */
  readonly path: Path;
  readonly met: boolean;
  readonly expected: string;
  readonly got: string;
}

const KINDS: Readonly<Record<string, Kind<Branded<string>>>> = {
  volume,
  total: volume,
  rate,
  doseRate,
  mass,
  concentration,
};

interface Bounds {
  readonly atLeast?: unknown;
  readonly atMost?: unknown;
}

/** Holds every leaf of an expectation against a view of the simulation. */
export function check(expectation: Expectation, view: View): Checked[] {
  const { sim } = view;
  const out: Checked[] = [];
  const groups = { belief: BELIEF, truth: TRUTH, screen: SCREEN, history: HISTORY, log: LOG };
  if (expectation.time !== undefined) out.push(...leaf(['time'], 'duration', expectation.time, sim.now));
  for (const [group, table] of Object.entries(groups)) {
    const wanted = expectation[group as keyof typeof groups] ?? {};
    for (const [name, value] of Object.entries(wanted)) {
      const reading: Reading | undefined = table[name];
      if (value === undefined || reading === undefined) continue;
      out.push(...leaf([group, name], reading.kind, value, reading.read(view)));
    }
  }
  if (expectation.alarms !== undefined) out.push(alarms(expectation.alarms, view));
  if (expectation.refused !== undefined) out.push(text(['refused'], expectation.refused, refusalOf(view)));
  if (expectation.retryIn !== undefined) out.push(...leaf(['retryIn'], 'duration', expectation.retryIn, retryIn(view)));
  return out;
}

/** Why this step's act was refused; undefined where it was not. */
export function refusalOf({ outcome }: View): string | undefined {
  return outcome !== undefined && 'refused' in outcome ? outcome.refused : undefined;
}

function retryIn({ outcome, sim }: View): number | undefined {
  const until = outcome !== undefined && 'until' in outcome ? outcome.until : null;
  return until === null ? undefined : until - sim.now;
}

function alarms(wanted: readonly AlarmCode[], { sim }: View): Checked {
  const list = (codes: readonly string[]) => `[${[...codes].sort().join(', ')}]`;
  const got = list(sim.belief().alarms.map(({ code }) => code));
  return { path: ['alarms'], met: got === list(wanted), expected: list(wanted), got };
}

function text(path: Path, expected: string, got: Value): Checked {
  return { path, met: got === expected, expected, got: got === undefined ? 'none' : String(got) };
}

function leaf(path: Path, kind: ReadingKind, wanted: unknown, got: Value): Checked[] {
  if (typeof wanted === 'object' && wanted !== null && !('decimals' in wanted)) {
    return Object.entries(wanted as Bounds).flatMap(([side, bound]) =>
      bound === undefined ? [] : [one([...path, side], kind, bound, got, side)],
    );
  }
  return [one(path, kind, wanted, got)];
}

/** One equality, at the precision it is written with, or one bound, exact. */
function one(path: Path, kind: ReadingKind, wanted: unknown, got: Value, side?: string): Checked {
  if (kind === 'text') return text(path, String(wanted), got);
  if (kind === 'count') {
    const met = typeof got === 'number' && typeof wanted === 'number' && compare(BigInt(got), BigInt(wanted), side);
    return { path, met, expected: String(wanted), got: got === undefined ? 'none' : String(got) };
  }
  const limit = wanted as Written<Branded<string>>;
  if (typeof got !== 'number' && typeof got !== 'bigint')
    return { path, met: false, expected: limit.text, got: 'none' };
  if (kind === 'duration') {
    const like = limit as Written<Duration>;
    const time = span(Number(got));
    const met = side === undefined ? durationAgrees(time, like) : compare(BigInt(time), BigInt(like.value), side);
    return { path, met, expected: like.text, got: formatDurationLike(time, met ? like : finer(like)) };
  }
  const unit = KINDS[kind];
  if (unit === undefined) throw new Error(`no unit for a reading of kind ${kind}`);
  const exact = typeof got === 'bigint' ? got : unit.of(got);
  const met = side === undefined ? unit.agrees(exact, limit) : compare(BigInt(got), BigInt(limit.value), side);
  return { path, met, expected: limit.text, got: unit.formatLike(exact, limit) };
}

function compare(got: bigint, wanted: bigint, side: string | undefined): boolean {
  if (side === 'atLeast') return got >= wanted;
  return side === 'atMost' ? got <= wanted : got === wanted;
}

/** A failure shows the time as exactly as it helps: to the second, or finer where it was written so. */
function finer(like: Written<Duration>): { unit: string; decimals: number } {
  return like.unit === 's' || like.unit === 'ms' ? like : { unit: 's', decimals: 0 };
}
