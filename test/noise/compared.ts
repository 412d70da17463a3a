import { formatDuration, rate, span } from '../../shared/index.ts';
import type { Decision, Done } from './life.ts';
import { type Account, account, RETRY_BUDGET } from './turns.ts';
import type { NoisyRun } from './under-noise.ts';

/** The longest time for which a pump remembers a grant: its count's window, and its dose limit's. */
const REMEMBERED = 86_400_000;
/** More than any pump delivers within the retry budget, in units of volume. */
const A_LITTLE = rate.parse('1000 mL/day') * RETRY_BUDGET;

/** How a run under noise differs from the same one without. */
export interface Compared {
  /** Acts that came out otherwise, within the retry budget of a boundary. */
  readonly atBoundary: readonly string[];
  /** Acts that came out otherwise because a grant at a boundary, or the lack of it, was remembered. */
  readonly following: readonly string[];
  /** Updates in which nobody answered until the programmer gave up. */
  readonly ranOut: readonly string[];
  /** Acts that came out otherwise for no such reason: there must be none. */
  readonly unexplained: readonly string[];
  /** Most that an act began or ended later than without noise, or earlier, in ms. */
  readonly shift: number;
  /** How far a change of rate may lie from the same one without noise: a halt at a limit adds up what was late before it. */
  readonly reach: number;
  readonly commanded: Account;
  readonly delivered: Account;
}

export function compared(quiet: NoisyRun, noisy: NoisyRun): Compared {
  const [before, after] = [quiet.life, noisy.life];
  const boundary = { before: near(before.boundaries), after: near(after.boundaries) };
  const atBoundary: string[] = [];
  const following: string[] = [];
  const ranOut: string[] = [];
  const unexplained: string[] = [];
  const other = new Set<Done>();
  let [remembered, shift, reach] = [Number.NEGATIVE_INFINITY, 0, 0];
  for (let i = 0; i < Math.max(before.acts.length, after.acts.length); i++) {
    const [one, two] = [before.acts[i], after.acts[i]];
    if (one === undefined || two === undefined || one.what !== two.what) {
      unexplained.push(`act ${i + 1}: ${one?.what} without noise, ${two?.what} with it`);
      break;
    }
    shift = Math.max(shift, Math.abs(two.t - one.t), Math.abs(two.ended - one.ended));
    reach += Math.max(two.ended - one.t, one.ended - two.t);
    if (gistOf(one) === gistOf(two)) continue;
    for (const each of [one, two]) other.add(each);
    const text = `${formatDuration(span(two.t))} ${two.what}: ${wordsOf(one)} without noise, ${wordsOf(two)} with it`;
    const isNear = one.decided.some(boundary.before) || two.decided.some(boundary.after) || isFull(one, two);
    if (isNear) atBoundary.push(text);
    else if (two.refused === 'updateUncertain') ranOut.push(text);
    else if (asksOfGrants(one, two) && two.t - remembered < REMEMBERED + RETRY_BUDGET) following.push(text);
    else unexplained.push(text);
    if (one.what === 'requestBolus') remembered = two.t;
  }
  return { atBoundary, following, ranOut, unexplained, shift, reach, ...accounts(quiet, noisy, other) };
}

function accounts(
  quiet: NoisyRun,
  noisy: NoisyRun,
  other: ReadonlySet<Done>,
): Pick<Compared, 'commanded' | 'delivered'> {
  const commanded = ({ life, ended: end }: NoisyRun) => ({
    turns: life.rates,
    total: life.commandedAt(end) + life.forgotten,
    strokes: life.strokes.commanded,
    end,
  });
  const delivered = ({ life, ended: end }: NoisyRun) => ({
    turns: life.flows,
    total: life.deliveredAt(end),
    strokes: life.strokes.delivered,
    end,
  });
  return {
    commanded: account(commanded(quiet), commanded(noisy), other),
    delivered: account(delivered(quiet), delivered(noisy), other),
  };
}

const near =
  (boundaries: readonly number[]) =>
  ({ t }: Decision): boolean =>
    boundaries.some((at) => Math.abs(at - t) <= RETRY_BUDGET);

/** Whether an injection fitted in one of the runs, and in the other only because a little had not left yet. */
const isFull = (one: Done, two: Done): boolean =>
  one.filledTo !== undefined && two.filledTo !== undefined && Math.abs(two.filledTo - one.filledTo) < A_LITTLE;

const OF_GRANTS: readonly (string | undefined)[] = ['overLimitForNow', 'hourlyMaximum'];
/** Whether what came out depends on the boluses of the last hours. */
const asksOfGrants = (...both: readonly Done[]): boolean =>
  both.some(({ what, refused }) => what === 'requestBolus' || OF_GRANTS.includes(refused));

/** What was decided, but for what moves with what happened before: instants, and numbers of records. */
const MOVING = new Set(['ends', 'until', 'clearsAt', 'record']);
const gistOf = ({ decided, refused }: Done): string =>
  JSON.stringify([
    refused ?? 'done',
    decided.map(({ kind, data }) => [kind, Object.entries(data).filter(([key]) => !MOVING.has(key))]),
  ]);

const wordsOf = ({ decided, refused }: Done): string => {
  const told = decided.map(({ kind, data }) => ('code' in data ? `${kind} ${data.code}` : kind)).join(' and ');
  return told === '' ? (refused ?? 'done') : told;
};
