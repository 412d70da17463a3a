import { Random } from '../random.ts';
import type { Draw } from './schema.ts';

/** Values by the names they are drawn under. */
export type Drawn = Readonly<Record<string, string | number>>;

const QUANTITY = /^([+-]?\d+(?:\.(\d+))?)(.*)$/;

/** The stream of a case's seed that draws its values: the simulation has streams of its own. */
const STREAM = 9;

/** Every value a draw can come to, as it is written; undefined where a range has no numbers of one unit. */
export function valuesOf(draw: Draw): readonly (string | number)[] | undefined {
  if (Array.isArray(draw)) return draw;
  const { from, to, step } = draw as Exclude<Draw, readonly unknown[]>;
  const ends = [from, to, step].map((text) => QUANTITY.exec(text));
  const [unit, decimals] = [ends[0]?.[3], Math.max(...ends.map((end) => end?.[2]?.length ?? 0))];
  if (ends.some((end) => end === null || end[3] !== unit)) return undefined;
  // Whole numbers: a tenth has no exact value otherwise.
  const [least = 0, most = 0, by = 0] = ends.map((end) => Math.round(Number(end?.[1]) * 10 ** decimals));
  if (by <= 0 || most < least) return undefined;
  const count = Math.floor((most - least) / by) + 1;
  const sign = /^\+/.test(from) ? '+' : '';
  return Array.from({ length: count }, (_, i) => {
    const value = (least + i * by) / 10 ** decimals;
    return `${value > 0 ? sign : ''}${Number(value.toFixed(decimals))}${unit}`;
  });
}

/**
 * Where a seed lies once it is scattered (the last step of MurmurHash3): a class has seeds side by side, and the first
 * draws of such are too much alike.
 */
function scattered(seed: number): number {
  let bits = seed;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}

/** What a seed draws: the same names draw the same values, whatever else is drawn after them. */
export function drawn(draws: Readonly<Record<string, Draw>>, seed: number): Drawn {
  const random = new Random(scattered(seed), STREAM);
  return Object.fromEntries(
    Object.entries(draws).map(([name, draw]) => {
      const values = valuesOf(draw) ?? [];
      return [name, values[random.between(0, values.length - 1)] ?? ''];
    }),
  );
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
