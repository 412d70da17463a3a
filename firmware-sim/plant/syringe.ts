import { fromJson, type Json, type Proportion, proportion, type Volume, volume } from '../../shared/index.ts';

/** No syringe shows more than can be stored. */
const MOST_READ = volume.parse('104 mL');
const MILLION = 1_000_000n;

/** `amount` with an error of so many parts per million, rounded down; never below 0. */
export const withError = (amount: number, by: Proportion): number => {
  if (by === 0) return amount;
  const exact = (BigInt(amount) * (MILLION + BigInt(by))) / MILLION;
  return exact > 0n ? Number(exact) : 0;
};

/** What is read off syringes, with their error, until it has been typed. */
export class Syringe {
  #error: Proportion = proportion.of(0);
  #shown: Volume | null = null;

  /** What they have shown since the last volume was typed, together; null where there were none. */
  get shown(): Volume | null {
    return this.#shown;
  }

  misreadBy(error: Proportion): void {
    this.#error = error;
  }

  /** What one shows of so much. */
  read(amount: Volume): Volume {
    return volume.of(Math.min(withError(amount, this.#error), MOST_READ));
  }

  noted(reading: Volume): void {
    this.#shown = volume.of(Math.min((this.#shown ?? 0) + reading, MOST_READ));
  }

  forget(): void {
    this.#shown = null;
  }

  save(): Json {
    return { error: this.#error, shown: this.#shown };
  }

  load(saved: Json): void {
    const { error, shown } = fromJson<{ error: Proportion; shown: Volume | null }>(saved);
    this.#error = error;
    this.#shown = shown;
  }
}
