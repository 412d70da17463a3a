import {
  type AlarmCode,
  type Branded,
  concentration,
  type Duration,
  doseRate,
  durationAgrees,
  formatDuration,
  formatDurationLike,
  type Kind,
  level,
  mass,
  parseDuration,
  parseWrittenDuration,
  rate,
  span,
  UnitError,
  volume,
  type Written,
} from '../../shared/index.ts';
import type { Path } from './problem.ts';
import { READINGS, type Reading, type ReadingKind, type Value, type View } from './readings.ts';
import type { Step } from './schema.ts';

type Expectation = NonNullable<Step['expect']>;

/** One leaf of an expectation that was held against the simulation. */
export interface Checked {
  /** Path of the leaf within the step. */
  readonly path: Path;
  readonly met: boolean;
  readonly expected: string;
  /** What was there, as exactly as it helps. */
  readonly got: string;
  /** What could stand there instead and be met; undefined where nothing could. */
  readonly instead: string | undefined;
}

/** The unit of each kind of reading that is a quantity. */
export const KINDS: Readonly<Record<string, Kind<Branded<string>>>> = {
  volume,
  total: volume,
  rate,
  doseRate,
  mass,
  concentration,
  level,
};

const BOUNDS: Readonly<Record<string, string>> = { atLeast: 'at least ', atMost: 'at most ' };

/** A leaf that was held against the simulation, in words: "Volume in the reservoir: expected at least 2 mL, found 0 mL". */
export function checkedWords({ path, expected, got }: Checked): string {
  const [group = '', name = '', bound = ''] = path.map(String);
  const tables: Readonly<Record<string, Readonly<Record<string, Reading>>>> = READINGS;
  const about = tables[group]?.[name]?.about ?? path.join('.');
  return `${about}: expected ${BOUNDS[bound] ?? ''}${expected}, found ${got}`;
}

interface Bounds {
  readonly atLeast?: unknown;
  readonly atMost?: unknown;
}

/** Holds every leaf of an expectation against a view of the simulation. */
export function check(expectation: Expectation, view: View): Checked[] {
  const { sim } = view;
  const out: Checked[] = [];
  if (expectation.time !== undefined) out.push(...leaf(['time'], 'duration', expectation.time, sim.now));
  for (const [group, table] of Object.entries(READINGS)) {
    const wanted = expectation[group as keyof typeof READINGS] ?? {};
    for (const [name, value] of Object.entries(wanted)) {
      const reading: Reading | undefined = table[name];
      if (value === undefined || reading === undefined) continue;
      out.push(...leaf([group, name], reading.kind, value, reading.read(view)));
    }
  }
  if (expectation.alarms !== undefined) out.push(alarms(expectation.alarms, view));
  if (expectation.refused !== undefined) out.push(text(['refused'], expectation.refused, refusalOf(view)));
  if (expectation.found !== undefined) out.push(text(['found'], expectation.found, foundOf(view)));
  if (expectation.turned !== undefined) out.push(...leaf(['turned'], 'count', expectation.turned, turnedOf(view)));
  if (expectation.shortest !== undefined)
    out.push(...leaf(['shortest'], 'duration', expectation.shortest, shortestOf(view)));
  if (expectation.retryIn !== undefined) out.push(...leaf(['retryIn'], 'duration', expectation.retryIn, retryIn(view)));
  return out;
}

/** Why this step's act was refused; undefined where it was not. */
export function refusalOf({ outcome }: View): string | undefined {
  return outcome !== undefined && 'refused' in outcome ? outcome.refused : undefined;
}

/** What hands found, as it is expected; undefined where they looked for nothing. */
const foundOf = ({ outcome }: View): string | undefined =>
  outcome !== undefined && 'found' in outcome ? outcome.found?.join(', ') : undefined;
const turnedOf = ({ outcome }: View): number | undefined =>
  outcome !== undefined && 'turned' in outcome ? outcome.turned : undefined;

/** The shortest duration that would have been taken. */
const shortestOf = ({ outcome }: View): number | undefined =>
  outcome !== undefined && 'shortest' in outcome ? (outcome.shortest ?? undefined) : undefined;

/** How long until all reasons have ended; of an answer that took longer to come, nothing. */
function retryIn({ outcome, sim }: View): number | undefined {
  const until = outcome !== undefined && 'until' in outcome ? outcome.until : null;
  return until === null ? undefined : Math.max(0, until - sim.belief().now);
}

function alarms(wanted: readonly AlarmCode[], { sim }: View): Checked {
  const list = (codes: readonly string[]) => `[${[...codes].sort().join(', ')}]`;
  const got = list(sim.belief().alarms.map(({ code }) => code));
  return { path: ['alarms'], met: got === list(wanted), expected: list(wanted), got, instead: got };
}

function text(path: Path, expected: string, got: Value): Checked {
  if (got === undefined) return missing(path, expected);
  const plain = String(got);
  // Where a bare word would be read as something else, it is quoted.
  const instead = /^[\p{L}\d][\p{L}\d ./%-]*$/u.test(plain) ? plain : JSON.stringify(plain);
  return { path, met: got === expected, expected, got: plain, instead };
}

const missing = (path: Path, expected: string): Checked => ({
  path,
  met: false,
  expected,
  got: 'none',
  instead: undefined,
});

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
    if (typeof got !== 'number') return missing(path, String(wanted));
    const met = compare(BigInt(got), BigInt(Number(wanted)), side);
    return { path, met, expected: String(wanted), got: String(got), instead: String(got) };
  }
  const written = wanted as Written<Branded<string>>;
  if (typeof got !== 'number' && typeof got !== 'bigint') return missing(path, written.text);
  return kind === 'duration'
    ? oneTime(path, wanted as Written<Duration>, span(Number(got)), side)
    : oneQuantity(path, kind, written, BigInt(got), side);
}

function oneTime(path: Path, written: Written<Duration>, got: Duration, side?: string): Checked {
  const met = side === undefined ? durationAgrees(got, written) : compare(BigInt(got), BigInt(written.value), side);
  const exact = formatDuration(got);
  const rounded = formatDurationLike(got, written);
  const isRight =
    side === undefined &&
    durationAgrees(got, parseWrittenDuration(rounded)) &&
    isNear(BigInt(parseDuration(rounded)), BigInt(got));
  const instead = isRight ? rounded : exact;
  return { path, met, expected: written.text, got: exact, instead };
}

/** Whether a rounded value is still right: no more than a hundredth off. */
const isNear = (rounded: bigint, exact: bigint): boolean => {
  const off = (rounded - exact) * 100n;
  return (off < 0n ? -off : off) <= (exact < 0n ? -exact : exact);
};

/** Decimals that show any quantity of a pump as exactly as anybody can use. */
export const FINEST = 9;

function oneQuantity(
  path: Path,
  kind: ReadingKind,
  written: Written<Branded<string>>,
  got: bigint,
  side?: string,
): Checked {
  const unit = KINDS[kind];
  if (unit === undefined) throw new Error(`no unit for a reading of kind ${kind}`);
  const met = side === undefined ? unit.agrees(got, written) : compare(got, BigInt(written.value), side);
  const exact = unit.format(got, FINEST, written.unit);
  // As precise as it is written, or more where that would be another value.
  const finer = Array.from({ length: Math.max(1, FINEST - written.decimals) }, (_, i) => written.decimals + i);
  const rounded = finer.map((decimals) => unit.formatLike(got, { unit: written.unit, decimals }));
  const tries = [...rounded, exact].flatMap((each) => readable(unit, each));
  const passes = (each: Written<bigint>) =>
    isNear(each.value, got) && (side === undefined ? unit.agrees(got, each) : compare(got, each.value, side));
  return { path, met, expected: written.text, got: exact, instead: tries.find(passes)?.text };
}

/** A text as it would be read; none where it is finer than can be stored. */
function readable(unit: Kind<Branded<string>>, text: string): Written<bigint>[] {
  try {
    return [unit.parseTotal(text)];
  } catch (error) {
    if (error instanceof UnitError) return [];
    throw error;
  }
}

function compare(got: bigint, wanted: bigint, side: string | undefined): boolean {
  if (side === 'atLeast') return got >= wanted;
  return side === 'atMost' ? got <= wanted : got === wanted;
}
