import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Json } from '../shared/index.ts';

/** A stream of random whole numbers from a seed; its state is JSON. */
export class Random {
  #generator;

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  save(): Json {
    return [...this.#generator.getState()];
  }

  load(json: Json): void {
    this.#generator = xoroshiro128plusFromState(json as readonly number[]);
  }
}
