import type { Random } from '../random.ts';

/*
 * Normally distributed numbers by comparisons alone, after C. F. F. Karney, "Sampling exactly from the normal
 * distribution", ACM Trans. Math. Softw. 42 (2016): no logarithm that another engine would round otherwise.
 */

const WORDS = 2 ** 32;

const part = (random: Random): number => random.word() / WORDS;

/** Whether something comes to be whose chance is exp(-x), x from 0 to 1: von Neumann's falling runs. */
function withChance(random: Random, x: number): boolean {
  let [last, falls] = [x, 0];
  for (;;) {
    const next = part(random);
    if (next >= last) return falls % 2 === 0;
    [last, falls] = [next, falls + 1];
  }
}

const times = (count: number, come: () => boolean): boolean => count <= 0 || (come() && times(count - 1, come));

/** A number of mean 0 and standard deviation 1. */
export function normal(random: Random): number {
  for (;;) {
    let whole = 0;
    while (withChance(random, 0.5)) whole += 1;
    if (!times(whole * (whole - 1), () => withChance(random, 0.5))) continue;
    const rest = part(random);
    const chance = (rest * (2 * whole + rest)) / (2 * whole + 2);
    if (times(whole + 1, () => withChance(random, chance)))
      return random.word() % 2 === 0 ? whole + rest : -whole - rest;
  }
}
