import { after, type Duration, fromJson, type Instant, type Json, span } from '../../shared/index.ts';

/** How long something lasts each time, and from one beginning to the next. */
export interface Rhythm {
  readonly lasts: Duration;
  readonly every: Duration;
}

/** Something that comes and goes. */
export class Intermittent {
  #rhythm: Rhythm | null = null;
  #on = false;
  #until: Instant | null = null;

  get on(): boolean {
    return this.#on;
  }

  /** It is there from now on, and comes again; null ends it for good. */
  set(rhythm: Rhythm | null, now: Instant): void {
    this.#rhythm = rhythm;
    this.#on = rhythm !== null;
    this.#until = rhythm === null ? null : after(now, rhythm.lasts);
  }

  due(): Instant | undefined {
    return this.#until ?? undefined;
  }

  /** It comes, or it goes. */
  turn(): void {
    if (this.#rhythm === null || this.#until === null) return;
    const { lasts, every } = this.#rhythm;
    this.#on = !this.#on;
    this.#until = after(this.#until, this.#on ? lasts : span(every - lasts));
  }

  save(): Json {
    return { rhythm: this.#rhythm === null ? null : { ...this.#rhythm }, on: this.#on, until: this.#until };
  }

  load(saved: Json): void {
    const { rhythm, on, until } = fromJson<{ rhythm: Rhythm | null; on: boolean; until: Instant | null }>(saved);
    this.#rhythm = rhythm;
    this.#on = on;
    this.#until = until;
  }
}
