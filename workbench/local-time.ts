import {
  type Clock,
  fromJson,
  type Json,
  type Party,
  RANK,
  span,
  type WallClock,
  wallClockAt,
} from '../shared/index.ts';

/** The clinic's local time: it runs with simulated time and may be moved, by daylight saving or travel. */
export class LocalTime implements Party {
  readonly name = 'localTime';
  readonly rank = RANK.plant;
  readonly #start: WallClock;
  readonly #clock: Clock;
  #moved = 0;

  constructor(start: WallClock, clock: Clock) {
    this.#start = start;
    this.#clock = clock;
  }

  get now(): WallClock {
    return span(Math.max(0, wallClockAt(this.#start, this.#clock.now) + this.#moved));
  }

  move(by: number): void {
    this.#moved += by;
  }

  due(): undefined {
    return undefined;
  }

  wake(): void {}

  save(): Json {
    return { moved: this.#moved };
  }

  load(json: Json): void {
    this.#moved = fromJson<{ moved: number }>(json).moved;
  }
}
