import type { Json } from '../../shared/index.ts';
import { listAt, numberAt, textAt } from './json.ts';

const MILLION = 1_000_000n;

/** A value that is off by so many parts per million, rounded down; never below 0. */
export function off(value: bigint, by: number): bigint {
  const exact = (value * (MILLION + BigInt(by))) / MILLION;
  return exact > 0n ? exact : 0n;
}

/** A drug in a fluid, and its ng/mL. */
export type Fluid = readonly [name: string, strength: number];

export const drugsIn = (list: Json): Fluid[] =>
  listAt({ list }, 'list').map((drug) => [textAt(drug, 'name'), numberAt(drug, 'concentration')]);

export const said = (drugs: readonly Fluid[]): string =>
  drugs
    .map(([name, strength]) => `${name} ${strength}`)
    .sort()
    .join();

const strengthOf = (drugs: readonly Fluid[], wanted: string): bigint =>
  BigInt(drugs.find(([name]) => name === wanted)?.[1] ?? 0);

/** A ratio to the nearest whole number, halves up. */
const nearest = (over: bigint, under: bigint): number => Number((2n * over + under) / (2n * under));

/** Every drug of two fluids by its mass in both, the first named first; what comes to nothing is not there. */
export function mixture(one: readonly Fluid[], volume: bigint, other: readonly Fluid[], there: bigint): Fluid[] {
  return rinse(other, there, one, volume, 1, one);
}

/** What is left of `was` in the residual, and how much of `comes`, after so many fills that were emptied again. */
export function rinse(
  was: readonly Fluid[],
  residual: bigint,
  comes: readonly Fluid[],
  volume: bigint,
  times: number,
  first: readonly Fluid[] = was,
): Fluid[] {
  const all = residual + volume;
  if (all === 0n) return [];
  const names = [...new Set([...first, ...was, ...comes].map(([name]) => name))];
  const stays = residual ** BigInt(times);
  const of = all ** BigInt(times);
  return names.flatMap((name): Fluid[] => {
    const mass = strengthOf(was, name) * stays + strengthOf(comes, name) * (of - stays);
    const strength = nearest(mass, of);
    return strength === 0 ? [] : [[name, strength]];
  });
}

/** A fluid as it is told. */
export const told = (drugs: readonly Fluid[]): readonly { readonly name: string; readonly concentration: number }[] =>
  drugs.map(([name, strength]) => ({ name, concentration: strength }));
