import { type Instant, instant, type Timeline } from '../../shared/index.ts';

/** Longer sleeps than this overflow a timer. */
const LONGEST_SLEEP = 2 ** 31 - 1;

interface RealTimeOptions {
  /** How many simulated milliseconds pass in a real one. */
  readonly speed: number;
  /** Told after anything may have happened. */
  readonly moved?: () => void;
  /** Told of an error that came while nobody was calling. */
  readonly failed: (error: unknown) => void;
}

/** Lets a timeline go on with the real clock, `speed` times as fast: the only place where real time comes in. */
export class RealTime {
  readonly #timeline: Timeline;
  readonly #options: RealTimeOptions;
  /** A real and a simulated instant that fell together. */
  #origin: { readonly real: number; readonly simulated: Instant };
  #timer: NodeJS.Timeout | undefined;
  #held = false;
  #stopped = false;

  constructor(timeline: Timeline, options: RealTimeOptions) {
    this.#timeline = timeline;
    this.#options = options;
    this.#origin = { real: performance.now(), simulated: timeline.now };
  }

  /** Whether time stands still. */
  get held(): boolean {
    return this.#held;
  }

  /** Lets everything due by now happen, does some work at this instant, and whatever follows from it at once. */
  run<T>(work: () => T): T {
    try {
      this.#catchUp();
      const done = work();
      this.#timeline.advanceTo(this.#timeline.now);
      return done;
    } finally {
      this.#sleep();
      this.#options.moved?.();
    }
  }

  /** Time stands still until it is released. */
  hold(): void {
    this.run(() => {
      this.#held = true;
    });
  }

  release(): void {
    this.#held = false;
    this.#origin = { real: performance.now(), simulated: this.#timeline.now };
    this.#sleep();
  }

  /** For good. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #catchUp(): void {
    if (this.#held || this.#stopped) return;
    const { real, simulated } = this.#origin;
    const now = simulated + Math.floor((performance.now() - real) * this.#options.speed);
    this.#timeline.advanceTo(instant(Math.max(now, this.#timeline.now)));
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    const next = this.#held || this.#stopped ? undefined : this.#timeline.next();
    if (next === undefined) return;
    const { real, simulated } = this.#origin;
    const wait = Math.ceil(real + (next.at - simulated) / this.#options.speed - performance.now());
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(wait, 0), LONGEST_SLEEP));
  }

  #wake(): void {
    try {
      this.run(() => undefined);
    } catch (error) {
      this.stop();
      this.#options.failed(error);
    }
  }
}
