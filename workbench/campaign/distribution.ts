import { z } from 'zod';
import { found, proportion } from '../../shared/index.ts';
import type { Random } from '../random.ts';
import type { Path } from '../scenario/problem.ts';
import { keys, share } from '../scenario/text.ts';
import { normal } from './normal.ts';

/*
 * A value of a plan that is another for each pump. What is drawn is written as people write it, so that whatever reads a
 * scenario reads it too.
 */

const end = z.union([z.string().min(1), z.int()], {
  error: () => 'expected a quantity such as "10 %", or a whole number',
});

const uniform = z
  .tuple([end, end], { error: () => 'expected two ends, such as [2h, 6h]' })
  .superRefine((ends, context) => {
    const [first, second] = ends.map((each) => JSON.stringify(each));
    if (scaled(ends) === undefined)
      context.addIssue({ code: 'custom', message: `${first}, ${second}: expected two ends of one unit` });
    else if (rangeOf(ends) === undefined)
      context.addIssue({ code: 'custom', message: `${first}, ${second}: expected the lesser end first` });
  })
  .describe('Every value between two ends, both included, is as likely');
const normalKeys = keys({
  mean: end,
  sd: end.describe('Standard deviation, above 0 and no wider than from least to most'),
  least: end,
  most: end.describe('What falls outside is drawn again'),
}).superRefine((given, context) => {
  for (const [key, message] of wrongInNormal(given)) context.addIssue({ code: 'custom', path: [key], message });
});
const oneOf = z
  .array(z.unknown())
  .min(2, { error: () => 'expected at least two values, of which one is drawn' })
  .describe('Each value is as likely');
const weighted = z
  .array(keys({ share: share('pumps'), value: z.unknown() }))
  .min(2, { error: () => 'expected at least two of { share: 70 %, value: … }' })
  .refine(
    (all) => all.reduce((sum, each) => sum + each.share, 0) === 1_000_000,
    'expected shares that come to 100 % together',
  )
  .describe('Each value as often as its share says');

const kinds = {
  uniform: uniform.exactOptional(),
  normal: normalKeys.exactOptional(),
  oneOf: oneOf.exactOptional(),
  weighted: weighted.exactOptional(),
};
const KINDS = Object.keys(kinds);

export const distributionSchema = keys(kinds)
  .refine((value) => Object.keys(value).length === 1, `expected exactly one of ${KINDS.join(', ')}`)
  .describe('Drawn anew for every pump');
export type Distribution = z.output<typeof distributionSchema>;

/** Whether a value stands for many: no key of a scenario is called as a distribution is. */
export const isDistribution = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && KINDS.some((kind) => Object.hasOwn(value, kind));

const QUANTITY = /^([+-]?)(\d+)(?:\.(\d+))?\s*(\D*)$/;
/** Decimals a drawn quantity has at least; its ends may be written with more. */
const DECIMALS = 3;
/** Units of which nothing has a part. */
const WHOLE = ['ms', 'ng', 'ng/day', 'ng/mL', 'nL/day', 'pg/mL'];

interface Scale {
  readonly decimals: number;
  /** What follows each number, with its space; undefined where the values are numbers themselves. */
  readonly unit: string | undefined;
  readonly signed: boolean;
}

/** Quantities as counts of their last decimal; undefined where they have no unit in common. */
function scaled(ends: readonly (string | number)[]): { counts: readonly number[]; scale: Scale } | undefined {
  if (ends.every((each) => typeof each === 'number'))
    return { counts: ends, scale: { decimals: 0, unit: undefined, signed: false } };
  const read = ends.map((each) => QUANTITY.exec(String(each)));
  const unit = read[0]?.[4];
  if (!unit || read.some((each) => each === null || each[4] !== unit)) return undefined;
  const decimals = Math.max(WHOLE.includes(unit) ? 0 : DECIMALS, ...read.map((each) => each?.[3]?.length ?? 0));
  // Whole numbers: a tenth has no exact value otherwise.
  const counts = read.map((each) => Number(`${each?.[1]}${each?.[2]}${(each?.[3] ?? '').padEnd(decimals, '0')}`));
  if (!counts.every(Number.isSafeInteger)) return undefined;
  const signed = read.some((each) => each?.[1] === '+');
  return { counts, scale: { decimals, unit: /\s/.test(String(ends[0])) ? ` ${unit}` : unit, signed } };
}

/** The same, where each is at least the one before. */
function rangeOf(ends: readonly (string | number)[]): ReturnType<typeof scaled> {
  const range = scaled(ends);
  return range?.counts.every((each, i) => each >= (range.counts[i - 1] ?? each)) ? range : undefined;
}

type Normal = Readonly<Record<'mean' | 'sd' | 'least' | 'most', string | number>>;

/** What is wrong with the numbers of a normal distribution, and under which key. */
function wrongInNormal(given: Normal): readonly (readonly [key: keyof Normal, message: string])[] {
  const { mean, sd, least, most } = given;
  if (scaled([mean]) === undefined)
    return [['mean', `${found(mean)}expected a quantity such as "10 %", or a whole number`]];
  const other = (['sd', 'least', 'most'] as const).filter((key) => scaled([mean, given[key]]) === undefined);
  if (other.length > 0)
    return other.map((key) => [
      key,
      `${found(given[key])}expected it in the unit of the mean, ${JSON.stringify(mean)}`,
    ]);
  const [low = 0, middle = 0, high = 0, deviation = 0] = scaled([least, mean, most, sd])?.counts ?? [];
  const between = `${JSON.stringify(least)} to ${JSON.stringify(most)}`;
  if (low > high) return [['most', `${found(most)}expected at least what least is, ${JSON.stringify(least)}`]];
  return [
    ...(middle < low || middle > high
      ? [['mean', `${found(mean)}expected it between least and most, ${between}`] as const]
      : []),
    ...(deviation <= 0 ? [['sd', `${found(sd)}expected a standard deviation above 0`] as const] : []),
    ...(deviation > high - low
      ? [['sd', `${found(sd)}expected no more than from least to most, ${between}`] as const]
      : []),
  ];
}

function shown(count: number, { decimals, unit, signed }: Scale): string | number {
  if (unit === undefined) return count;
  return `${signed && count >= 0 ? '+' : ''}${(count / 10 ** decimals).toFixed(decimals)}${unit}`;
}

const numbered = (distribution: Distribution): ReturnType<typeof scaled> => {
  const { uniform, normal } = distribution;
  if (uniform !== undefined) return scaled(uniform);
  return normal === undefined ? undefined : scaled([normal.least, normal.most, normal.mean, normal.sd]);
};

const listed = ({ oneOf, weighted }: Distribution): readonly unknown[] =>
  oneOf ?? weighted?.map(({ value }) => value) ?? [];

/** Where the values of a list stand. */
const pathTo = ({ oneOf }: Distribution, i: number): Path =>
  oneOf === undefined ? ['weighted', i, 'value'] : ['oneOf', i];

/** One of what a distribution can come to, and where that stands in it. */
export interface Choice {
  readonly value: unknown;
  readonly path: Path;
}

/** Values that stand for all: of a list each, of a range its ends and one that no end has the decimals of. */
export function examplesOf(distribution: Distribution): readonly Choice[] {
  const range = numbered(distribution);
  if (range === undefined) return listed(distribution).map((value, i) => ({ value, path: pathTo(distribution, i) }));
  const { counts, scale } = range;
  const [least = 0, most = least] = counts;
  return [least, Math.min(most, least + 1), most].map((count) => ({ value: shown(count, scale), path: [] }));
}

/** What a stream of random numbers makes of a distribution. */
export function drawnFrom(distribution: Distribution, random: Random): Choice {
  const range = numbered(distribution);
  if (range !== undefined) {
    const [least = 0, most = least, mean = least, sd = 0] = range.counts;
    let count = distribution.normal === undefined ? random.between(least, most) : Number.NaN;
    while (!(count >= least && count <= most)) count = Math.round(mean + sd * normal(random));
    return { value: shown(count, range.scale), path: [] };
  }
  const values = listed(distribution);
  const i =
    distribution.weighted === undefined ? random.between(0, values.length - 1) : placeIn(distribution.weighted, random);
  return { value: values[i], path: pathTo(distribution, i) };
}

function placeIn(shares: NonNullable<Distribution['weighted']>, random: Random): number {
  let left = random.between(0, proportion.parse('100 %') - 1);
  return shares.findIndex(({ share }) => {
    left -= share;
    return left < 0;
  });
}

/** What was read of each value that stands for many: nobody changes a plan, and of some one is drawn at every visit. */
const distributions = new WeakMap<object, Distribution>();

function readOnce(value: object): Distribution {
  const before = distributions.get(value);
  const distribution = before ?? distributionSchema.parse(value);
  if (before === undefined) distributions.set(value, distribution);
  return distribution;
}

/** A value with one of its possible values wherever it has many; `choose` says which, and is told where it stands. */
export function settled(
  value: unknown,
  choose: (distribution: Distribution, path: Path) => Choice,
  path: Path = [],
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each, i) => settled(each, choose, [...path, i]));
  if (isDistribution(value)) {
    const chosen = choose(readOnce(value), path);
    return settled(chosen.value, choose, [...path, ...chosen.path]);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, settled(each, choose, [...path, key])]));
}
