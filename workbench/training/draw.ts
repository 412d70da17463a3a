import { digestOf } from '../../shared/index.ts';
import type { Draw, DrawnValue } from './schema.ts';

const MOST_SEED = 2 ** 31 - 1;

/** A seed by chance, another one each time, so that a class cannot copy; the debrief says which it was. */
export const drawnSeed = (chance: { getRandomValues(into: Uint32Array<ArrayBuffer>): Uint32Array }): number =>
  (chance.getRandomValues(new Uint32Array(1))[0] ?? 0) & MOST_SEED;

/** Values by the names they are drawn under. */
export type Drawn = Readonly<Record<string, string | number>>;

/** More than so many steps of a range are none that anybody means. */
export const MOST_STEPS = 1000;

const QUANTITY = /^([+-]?\d+(?:\.(\d+))?)(.*)$/;

/** The names that a draw gives values to: its own, or those of its rows. */
export const namesIn = (name: string, draw: Draw): readonly string[] => {
  const [first] = 'from' in draw ? [] : draw;
  return typeof first === 'object' ? Object.keys(first) : [name];
};

/** Every value a draw can come to, as it is written; undefined where a range has no numbers of one unit, or too many. */
export function valuesOf(draw: Draw): readonly DrawnValue[] | undefined {
  if (!('from' in draw)) return draw;
  const { from, to, step } = draw;
  const ends = [from, to, step].map((text) => QUANTITY.exec(text));
  const [unit, decimals] = [ends[0]?.[3], Math.max(...ends.map((end) => end?.[2]?.length ?? 0))];
  if (ends.some((end) => end === null || end[3] !== unit)) return undefined;
  // Whole numbers: a tenth has no exact value otherwise.
  const [least = 0, most = 0, by = 0] = ends.map((end) => Math.round(Number(end?.[1]) * 10 ** decimals));
  if (by <= 0 || most < least) return undefined;
  const count = Math.floor((most - least) / by) + 1;
  if (!(count <= MOST_STEPS)) return undefined;
  const sign = /^\+/.test(from) ? '+' : '';
  return Array.from({ length: count }, (_, i) => {
    const value = (least + i * by) / 10 ** decimals;
    return `${value > 0 ? sign : ''}${Number(value.toFixed(decimals))}${unit}`;
  });
}

/**
 * What a seed draws for a case. Of seeds that lie side by side, as those of a class do, as many as there are values draw
 * each of them once, in an order that case and name decide: what is drawn beside it changes nothing.
 */
export function drawn(draws: Readonly<Record<string, Draw>>, seed: number, of: string): Drawn {
  const pairs = Object.entries(draws).flatMap(([name, draw]): [string, string | number][] => {
    const values = valuesOf(draw) ?? [];
    const value = values[placeIn(values.length, seed, [of, name])];
    if (value === undefined) return [];
    return typeof value === 'object' ? Object.entries(value) : [[name, value]];
  });
  return Object.fromEntries(pairs);
}

/** Which of so many a seed draws: seeds in blocks of as many, and in each block a shuffle of its own. */
function placeIn(count: number, seed: number, key: readonly string[]): number {
  const block = Math.floor(seed / count);
  const shuffled = Array.from({ length: count }, (_, place) => ({ place, at: digestOf([...key, block, place]) }));
  shuffled.sort((a, b) => (a.at < b.at ? -1 : 1));
  return shuffled[seed % count]?.place ?? 0;
}

const NAME = /\$([a-z][A-Za-z0-9]*)/g;

/** A value with everything that stands for a drawn one filled in; calls `unknown` with each name that was not drawn. */
export function filled(value: unknown, values: Drawn, unknown: (name: string) => void): unknown {
  if (typeof value === 'string') {
    const drawnAs = (name: string): string | number => {
      const drawn = Object.hasOwn(values, name) ? values[name] : undefined;
      if (drawn === undefined) unknown(name);
      return drawn ?? `$${name}`;
    };
    // Alone it is the value itself, a number where it is one.
    if (value.replace(NAME, '') === '' && value.lastIndexOf('$') === 0) return drawnAs(value.slice(1));
    return value.replaceAll(NAME, (_, name: string) => String(drawnAs(name)));
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, values, unknown));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, values, unknown)]));
}
