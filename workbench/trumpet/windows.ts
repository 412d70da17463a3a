import { type Duration, formatDuration, parseDuration } from '../../shared/index.ts';
import { TrumpetError } from './problem.ts';

/** The lengths of the windows: in stroke cycles at the set rate, or in time. */
export type Windows = { readonly cycles: readonly number[] } | { readonly lengths: readonly Duration[] };

/** Windows of so many stroke cycles unless others are asked for: the numbers that the standard has of minutes. */
const CYCLES: Windows = { cycles: [1, 2, 5, 11, 19, 31] };
const MINUTE = parseDuration('1min');

/** What windows and samples are counted in: parts of a millisecond, and how many of them a stroke takes. */
export interface Parts {
  readonly perMs: bigint;
  readonly stroke: bigint;
}

/** The lengths of the windows in parts, shortest first, each once. Throws TrumpetError where one is nothing. */
export function windowLengths(windows: Windows = CYCLES, { perMs, stroke }: Parts): bigint[] {
  const [counts, unit] = 'cycles' in windows ? [windows.cycles, stroke] : [windows.lengths, perMs];
  const wrong = counts.find((count) => !(Number.isSafeInteger(count) && count > 0));
  if (wrong !== undefined || counts.length === 0)
    throw new TrumpetError(`a window of ${wrong ?? 'no length'}: expected at least one, each above 0`);
  return [...new Set<number>(counts)].sort((a, b) => a - b).map((count) => BigInt(count) * unit);
}

/**
 * The sample interval in parts; unless given a stroke cycle, of windows in time the longest that goes into each of them
 * and into a minute. Throws TrumpetError where it does not go into every window.
 */
export function sampleInterval(sample: Duration | undefined, windows: Windows = CYCLES, parts: Parts): bigint {
  const lengths = windowLengths(windows, parts);
  if (sample === undefined)
    return 'cycles' in windows ? parts.stroke : lengths.reduce(commonDivisor, BigInt(MINUTE) * parts.perMs);
  const interval = BigInt(sample) * parts.perMs;
  if (interval > 0n && lengths.every((length) => length % interval === 0n)) return interval;
  throw new TrumpetError(
    `a sample interval of ${formatDuration(sample)}: expected one that goes into every window a whole number of times`,
  );
}

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : commonDivisor(b, a % b);
}
