import { formatDuration, span } from '../../shared/index.ts';
import type { Done, Turn } from './life.ts';

/** How long a station asks for one answer before it gives up. */
export const RETRY_BUDGET = 10_000;
/** So many changes of rate are looked at for the next one that both runs have. */
const MOST = 4;

/** What an account tells more than the same one without noise, and what that is made of. In units of volume. */
export interface Account {
  /** How far a change of rate lies from the same one without noise, at most, in ms. */
  readonly shift: number;
  /** Changes that came in another order, or only in one of the runs, because an act and a boundary changed places. */
  readonly swapped: readonly string[];
  /** The first change that has no counterpart otherwise; there must be none. */
  readonly unpaired: string | undefined;
  /** By the accounts as told. */
  readonly difference: bigint;
  /** Each rate times what its span of time is longer, summed. */
  readonly byShift: bigint;
  /** What swapped changes, and requests decided otherwise, gave more. */
  readonly byListed: bigint;
  /** What stops had to complete more of the strokes under way, and a field drove out more. */
  readonly byStrokes: bigint;
}

/** The rates of a run, up to its end, and what its account tells then. */
export interface Series {
  readonly turns: readonly Turn[];
  readonly total: bigint;
  /** What of it came at no rate: what completed strokes, or was driven out. */
  readonly strokes: bigint;
  readonly end: number;
}

/** A stretch of both runs in which the same happens: from a change that both have to the next one, or the end. */
interface Stretch {
  readonly one: readonly Turn[];
  readonly two: readonly Turn[];
}

/** Holds two accounts against each other: the same rates in the same order, but for what `other` acts led to. */
export function account(before: Series, after: Series, other: ReadonlySet<Done>): Account {
  const [one, two] = [kept(before.turns, other), kept(after.turns, other)];
  const { stretches, unpaired } = paired(one, two, before.end, after.end);
  let [shift, byShift] = [0, 0n];
  let byListed = extra(after, two) - extra(before, one);
  const swapped: string[] = [];
  for (const [i, { one: a, two: b }] of stretches.entries()) {
    const next = stretches[i + 1];
    const more = under(b, next?.two[0]?.t ?? after.end) - under(a, next?.one[0]?.t ?? before.end);
    shift = Math.max(shift, Math.abs((b[0]?.t ?? 0) - (a[0]?.t ?? 0)));
    if (a.length === 1 && b.length === 1) byShift += more;
    else {
      byListed += more;
      swapped.push(`${textOf(a.slice(1))} without noise, ${textOf(b.slice(1))} with it`);
    }
  }
  const [difference, byStrokes] = [after.total - before.total, after.strokes - before.strokes];
  return { shift, swapped, unpaired, difference, byShift, byListed, byStrokes };
}

function paired(
  one: readonly Turn[],
  two: readonly Turn[],
  oneEnd: number,
  twoEnd: number,
): { readonly stretches: readonly Stretch[]; readonly unpaired: string | undefined } {
  const stretches: Stretch[] = [];
  if (!isSame(one[0], two[0]))
    return { stretches, unpaired: `${textOf(one.slice(0, 1))} without noise, ${textOf(two.slice(0, 1))} with it` };
  let [i, j] = [0, 0];
  while (i < one.length && j < two.length) {
    const skip = nextShared(one, two, i + 1, j + 1);
    const [a, b] = [one.slice(i, i + 1 + skip.one), two.slice(j, j + 1 + skip.two)];
    // What the end of one story comes before, is missing in it.
    const isEnd = i + a.length >= one.length && j + b.length >= two.length;
    const times = [...a.slice(1), ...b.slice(1)].map(({ t }) => t);
    if (isEnd) times.push(...(a.length > 1 ? [oneEnd] : []), ...(b.length > 1 ? [twoEnd] : []));
    if (Math.max(...times) - Math.min(...times) > RETRY_BUDGET)
      return { stretches, unpaired: `${textOf(a.slice(1))} without noise, ${textOf(b.slice(1))} with it` };
    stretches.push({ one: a, two: b });
    [i, j] = [i + a.length, j + b.length];
  }
  return { stretches, unpaired: undefined };
}

/** How many changes lie before the next one that both runs have; all that are left, where they have none more. */
function nextShared(one: readonly Turn[], two: readonly Turn[], i: number, j: number): { one: number; two: number } {
  for (let both = 0; both <= 2 * MOST; both++) {
    for (let skipped = Math.max(0, both - MOST); skipped <= Math.min(both, MOST); skipped++) {
      if (isSame(one[i + skipped], two[j + both - skipped])) return { one: skipped, two: both - skipped };
    }
  }
  return { one: one.length - i, two: two.length - j };
}

const isSame = (a: Turn | undefined, b: Turn | undefined): boolean =>
  a !== undefined && b !== undefined && a.rate === b.rate && a.mode === b.mode;

/** The changes of rate without those that acts decided otherwise led to. */
function kept(turns: readonly Turn[], other: ReadonlySet<Done>): readonly Turn[] {
  const left: Turn[] = [];
  for (const turn of turns) {
    const isOther = turn.act !== undefined && other.has(turn.act);
    if (!isOther && !isSame(left.at(-1), turn)) left.push(turn);
  }
  return left;
}

const extra = ({ turns, end }: Series, left: readonly Turn[]): bigint => under(turns, end) - under(left, end);

/** What rates give up to a time. */
const under = (turns: readonly Turn[], end: number): bigint =>
  turns.reduce((sum, { t, rate }, i) => sum + BigInt(rate) * BigInt((turns[i + 1]?.t ?? end) - t), 0n);

const textOf = (turns: readonly Turn[]): string =>
  turns.length === 0
    ? 'nothing'
    : turns.map(({ t, mode, rate }) => `${mode || rate} at ${formatDuration(span(t))}`).join(', ');
