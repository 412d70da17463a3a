import { type Clock, type Instant, instant } from '../../shared/index.ts';

/** What counts the pump's time: it may be behind by what was lost in resets. */
export class Oscillator {
  readonly #clock: Clock;
  #behind = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get now(): Instant {
    return instant(this.#clock.now - this.#behind);
  }

  countOnFrom(time: Instant): void {
    this.#behind = this.#clock.now - time;
  }

  whenShows(time: Instant): Instant {
    return instant(time + this.#behind);
  }

  save(): number {
    return this.#behind;
  }

  load(behind: number): void {
    this.#behind = behind;
  }
}
