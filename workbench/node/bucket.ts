/** Lets so many through at once, and so many a second after that. */
export class Bucket {
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #last: number;

  /** `now` is in milliseconds, here and below. */
  constructor(most: number, perSecond: number, now: number) {
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
    this.#last = now;
  }

  /** Whether one more may pass. */
  passes(now: number): boolean {
    this.#left = Math.min(this.#most, this.#left + ((now - this.#last) * this.#perSecond) / 1000);
    this.#last = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
