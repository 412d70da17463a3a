import type { Json } from '../../shared/index.ts';
import { at, flagAt, isFields, numberAt } from './json.ts';

const HOUR = 3_600_000;

/** A film in the battery, under which it falters once more is asked for than it carries. Times are simulated time. */
export class Film {
  #film: { readonly above: number; readonly safe: boolean } | null = null;
  #asked = 0;
  #rested = 0;
  /** Whether the processor starts in its safe state, where it is to start anew now. */
  falters: boolean | null = null;

  /** As a fault says it; without one it carries everything. */
  grows(data: Json, now: number): void {
    const film = at(data, 'film');
    this.#film = isFields(film) ? { above: numberAt(film, 'above'), safe: flagAt(film, 'safeState') } : null;
    this.#judge(now);
  }

  asked(rate: number, now: number): void {
    const more = rate > this.#asked;
    this.#asked = rate;
    if (more) this.#judge(now);
  }

  #judge(now: number): void {
    if (this.#film === null || this.#asked <= this.#film.above || now < this.#rested) return;
    this.falters = this.#film.safe;
    this.#rested = now + HOUR;
  }
}
