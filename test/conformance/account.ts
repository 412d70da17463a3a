import type { Drug, Given } from './dose-limit.ts';

/** How long what flowed is remembered: the longest window of a dose limit, twice. */
const REMEMBERED = 2 * 86_400_000;

/**
 * What the pump believes of its reservoir: entered − commanded + adjusted, never below 0. Times are pump time, volumes
 * exact.
 */
export class Account {
  entered = 0n;
  adjusted = 0n;
  rate = 0;
  #boluses = 0;
  #drugs: readonly Drug[] = [];
  /** Whether what flows fills dead space: then it is no dose. */
  #fills = false;
  #commanded = 0n;
  #since: number;
  #flowed: Given[] = [];

  /** What is believed to be left while it stands still; null where it runs. */
  #held: bigint | null = null;

  constructor(now: number) {
    this.#since = now;
  }

  commandedAt(now: number): bigint {
    return this.#commanded + BigInt(this.rate) * BigInt(now - this.#since);
  }

  volumeAt(now: number): bigint {
    if (this.#held !== null) return this.#held;
    const left = this.entered - this.commandedAt(now) + this.adjusted;
    return left > 0n ? left : 0n;
  }

  /** From `now` on another rate is commanded, so much of it boluses, of this fluid; or it fills dead space. */
  command(rate: number, boluses: number, drugs: readonly Drug[], now: number, fills = false): void {
    const same = rate === this.rate && boluses === this.#boluses && drugs === this.#drugs;
    if (same && fills === this.#fills) return;
    this.#book(now);
    [this.rate, this.#boluses, this.#drugs, this.#fills] = [rate, boluses, drugs, fills];
  }

  /** From `now` on the volume stands still, or runs again from what it is believed to be. */
  hold(held: boolean, volume: bigint, now: number): void {
    if (held === (this.#held !== null)) return;
    this.adjusted = volume - this.entered + this.commandedAt(now);
    this.#held = held ? volume : null;
  }

  /** A stop lets the motor turn as far as its stroke goes; how much that was. */
  completeStroke(stroke: bigint, now: number): bigint {
    const begun = this.commandedAt(now) % stroke;
    if (begun === 0n || this.rate === 0) return 0n;
    const left = this.volumeAt(now);
    this.#book(now);
    const rest = stroke - begun;
    this.#commanded += rest;
    // What stands still is not lowered by what a stop commands either.
    const stays = this.#held ?? (left > rest ? left - rest : 0n);
    this.adjusted = stays - this.entered + this.#commanded;
    return rest;
  }

  #book(now: number): void {
    this.#flowed.push(this.#flowing(now));
    this.#flowed = this.#flowed.filter(({ to, from }) => to > now - REMEMBERED && to > from);
    this.#commanded = this.commandedAt(now);
    this.#since = now;
  }

  /** A sensor shows how much there is. */
  read(volume: bigint, now: number): void {
    this.adjusted = volume - this.entered + this.commandedAt(now);
    this.#held = volume;
  }

  /** Somebody says how much there is. */
  enter(volume: bigint, now: number): void {
    this.entered += volume;
    this.adjusted = volume - this.entered + this.commandedAt(now);
    if (this.#held !== null) this.#held = volume;
  }

  /** What flowed, up to now. */
  flowed(now: number): readonly Given[] {
    return [...this.#flowed, this.#flowing(now)];
  }

  #flowing(now: number): Given {
    const dosed = this.#fills ? 0 : this.rate;
    return { from: this.#since, to: now, rate: dosed, boluses: this.#boluses, drugs: this.#drugs };
  }

  /**
   * The pump wakes at `stored` and knows no more of the time since. `lost` is the longest that may have been: so much
   * of the delivery under way is taken off.
   */
  rewind(stored: number, lost: number): void {
    this.#book(stored);
    const most = BigInt(this.rate) * BigInt(lost);
    const left = this.volumeAt(stored);
    const unseen = most < left ? most : left;
    this.adjusted -= unseen;
    if (this.#held !== null) this.#held -= unseen;
  }

  /** The first whole millisecond at which no more than `threshold` is left; undefined where that never comes. */
  whenDown(threshold: bigint, now: number): number | undefined {
    const over = this.volumeAt(now) - threshold;
    if (over <= 0n) return now;
    if (this.#held !== null) return undefined;
    return this.rate === 0 ? undefined : now + Number((over + BigInt(this.rate) - 1n) / BigInt(this.rate));
  }
}
