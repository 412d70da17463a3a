import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Json } from '../shared/index.ts';

/** A stream of random whole numbers from a seed; its state is JSON. */
export class Random {
  #generator;

  /** Streams of one seed and different numbers never meet: each begins 2^64 draws after the one before. */
  constructor(seed: number, stream = 0) {
    this.#generator = xoroshiro128plus(seed);
    for (let i = 0; i < stream; i++) this.#generator.jump();
  }

  /** A whole number from `least` to `most`, both included; it may take more than one draw. */
  between(least: number, most: number): number {
    return uniformInt(this.#generator, least, most);
  }

  /** A whole number from 0 to 2^32 - 1, of exactly one draw. */
  word(): number {
    return this.#generator.next() >>> 0;
  }

  save(): Json {
    return [...this.#generator.getState()];
  }

  load(json: Json): void {
    this.#generator = xoroshiro128plusFromState(json as readonly number[]);
  }
}
