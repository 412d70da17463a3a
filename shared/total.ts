import type { Duration, Rate } from './units/index.ts';

/**
 * An exact total that is added to again and again. What fits a number is added up as one; only what outgrows it is
 * taken into a bigint.
 */
export class Total {
  #taken: bigint;
  #loose = 0;

  constructor(begin = 0n) {
    this.#taken = begin;
  }

  get value(): bigint {
    return this.#taken + BigInt(this.#loose);
  }

  /** The same to the nearest number. */
  get rounded(): number {
    return Number(this.#taken) + this.#loose;
  }

  /** Adds a whole number. */
  add(amount: number): void {
    const sum = this.#loose + amount;
    if (Number.isSafeInteger(sum)) this.#loose = sum;
    else this.#take(BigInt(amount));
  }

  /** Adds what flows at a rate in a time. */
  flows(rate: Rate, time: Duration): void {
    const amount = rate * time;
    // A product that is rounded is no safe integer.
    if (Number.isSafeInteger(amount)) this.add(amount);
    else this.#take(BigInt(rate) * BigInt(time));
  }

  #take(amount: bigint): void {
    this.#taken += BigInt(this.#loose) + amount;
    this.#loose = 0;
  }
}
