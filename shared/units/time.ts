import { type Branded, whole } from './brand.ts';
import { parseDecimal, roundRatio, showDecimal } from './decimal.ts';
import { LONGEST, UnitError, type Written } from './kind.ts';

/** A point of simulated time: milliseconds since the simulation began. */
export type Instant = Branded<'Instant'>;
/** A span of time in milliseconds, never negative. */
export type Duration = Branded<'Duration'>;

export const MS_PER_DAY = 86_400_000;

const UNITS: readonly (readonly [name: string, ms: bigint])[] = [
  ['d', 86_400_000n],
  ['h', 3_600_000n],
  ['min', 60_000n],
  ['s', 1000n],
  ['ms', 1n],
];
/** Every unit of a span of time. */
export const TIME_UNITS: readonly string[] = UNITS.map(([name]) => name);
const NAMES = TIME_UNITS.join(', ');
const EXPECTED = `expected a span of time such as "62d 4h" (units: ${NAMES})`;
const MOST = 100_000n * 86_400_000n;
const PART = /^([\d.]+)\s*([a-z]+)$/;

/** From milliseconds. Throws RangeError where they are no whole number. */
export const instant = (ms: number): Instant => whole<Instant>(ms, 'an instant');
export const span = (ms: number): Duration => whole<Duration>(ms, 'a span of time');

export const after = (start: Instant, by: Duration): Instant => instant(start + by);
export const between = (start: Instant, end: Instant): Duration => span(end - start);

/** The earlier of two instants, one that is undefined left out. */
export const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

/** The earliest of some instants, those that are undefined left out. */
export function earliest(instants: Iterable<Instant | undefined>): Instant | undefined {
  let first: Instant | undefined;
  for (const each of instants) first = sooner(first, each);
  return first;
}

/** Parses "62d 4h", "90min", "2.5 s". Units come largest first, each once. Throws UnitError. */
export function parseDuration(text: string): Duration {
  return parseWrittenDuration(text).value;
}

/** As {@link parseDuration}; `unit` is the smallest unit written and `decimals` its decimals. */
export function parseWrittenDuration(text: string): Written<Duration> {
  if (text.length > LONGEST) throw new UnitError(`a text of ${text.length} characters: ${EXPECTED}`);
  const parts = text.trim().match(/[\d.]+\s*[a-z]+/g) ?? [];
  if (parts.length === 0 || parts.join('') !== text.replaceAll(/\s+(?=\d)|^\s+|\s+$/g, '')) fail(text);
  let total = 0n;
  let smallest = -1;
  let decimals = 0;
  for (const part of parts) {
    const match = PART.exec(part);
    const amount = parseDecimal(match?.[1] ?? '');
    const index = UNITS.findIndex(([name]) => name === match?.[2]);
    const unit = UNITS[index];
    if (amount === undefined || unit === undefined || index <= smallest || decimals > 0) return fail(text);
    const scaled = amount.digits * unit[1];
    const base = 10n ** BigInt(amount.decimals);
    if (scaled % base !== 0n) throw new UnitError(`"${text}" is finer than a millisecond: ${EXPECTED}`);
    total += scaled / base;
    smallest = index;
    decimals = amount.decimals;
  }
  if (total > MOST) throw new UnitError(`"${text}" is longer than 100000 days: ${EXPECTED}`);
  return { text, value: span(Number(total)), unit: UNITS[smallest]?.[0] ?? 'ms', decimals };
}

function fail(text: string): never {
  throw new UnitError(`"${text.slice(0, 60)}": ${EXPECTED}`);
}

/** "62d 4h", "2min 0.5s", "0 s": exact to the millisecond, units that are zero left out. */
export function formatDuration(ms: Duration): string {
  if (ms === 0) return '0s';
  let rest = BigInt(ms);
  const parts: string[] = [];
  for (const [name, size] of UNITS.slice(0, 3)) {
    if (rest >= size) parts.push(`${rest / size}${name}`);
    rest %= size;
  }
  if (rest > 0n) parts.push(`${showDecimal(rest, 3)}s`);
  return parts.join(' ');
}

/** The span rounded to the smallest unit something was written with. */
export function formatDurationLike(ms: Duration, like: { unit: string; decimals: number }): string {
  const size = UNITS.find(([name]) => name === like.unit)?.[1] ?? 1n;
  const count = roundRatio(BigInt(ms), size, like.decimals);
  const base = 10n ** BigInt(like.decimals);
  const isWholeMs = (count * size) % base === 0n;
  return isWholeMs
    ? formatDuration(span(Number((count * size) / base)))
    : `${showDecimal(count, like.decimals)}${like.unit}`;
}

/** Whether a span, rounded to the precision of what was written, is what was written. A written 0 is exact. */
export function durationAgrees(ms: Duration, written: Written<Duration>): boolean {
  if (written.value === 0) return ms === 0;
  return formatDurationLike(ms, written) === formatDurationLike(written.value, written);
}
