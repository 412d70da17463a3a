import { after, type Duration, fromJson, type Instant, type Json, type Party, RANK, span } from '../../shared/index.ts';

const [MIN, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** How often it looks, and until when it looks so often: fewer than ten thousand times in seven years. Each parts a day. */
const OFTEN: readonly (readonly [until: number, every: Duration])[] = [
  [10 * DAY, span(15 * MIN)],
  [60 * DAY, span(HOUR)],
  [365 * DAY, span(4 * HOUR)],
  [Number.POSITIVE_INFINITY, span(DAY)],
];

/** Looks again and again, after every whole day since power on too, once all that happens then has. It changes nothing. */
export class Sampler implements Party {
  readonly name = 'sampler';
  readonly rank = RANK.habits + 1;
  readonly #look: (now: Instant) => void;
  readonly #every: Duration | undefined;
  #next: Instant;

  /** `every` is how often it looks where that shall be always the same. */
  constructor(now: Instant, look: (now: Instant) => void, every?: Duration) {
    this.#next = now;
    this.#look = look;
    this.#every = every;
  }

  due(): Instant {
    return this.#next;
  }

  wake(now: Instant): void {
    this.#look(now);
    const [, often = span(DAY)] = OFTEN.find(([until]) => now < until) ?? [];
    this.#next = after(now, this.#every ?? often);
  }

  save(): Json {
    return { next: this.#next };
  }

  load(saved: Json): void {
    this.#next = fromJson<{ next: Instant }>(saved).next;
  }
}
