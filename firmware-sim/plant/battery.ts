import { after, fromJson, type Instant, type Json, type Rate, span } from '../../shared/index.ts';

/** A battery that has faltered carries a load again after so long: no figure found; assumed. */
const RESTS = span(3_600_000);

/** A film that has grown in the battery: it falters once the motor is asked for more than a rate. */
export interface Film {
  readonly above: Rate;
  /** Whether the processor then starts in its safe state. */
  readonly safeState: boolean;
}

/** What the pump lives on. */
export class Battery {
  #film: Film | null = null;
  #load: Rate | null = null;
  #restsUntil: Instant | null = null;
  #falters: Instant | null = null;
  isLow = false;
  isEmpty = false;

  set film(film: Film | null) {
    this.#film = film;
  }

  /** The motor is asked for a rate: where that is too much, the battery falters at once. */
  loaded(rate: Rate, now: Instant): void {
    const isRise = this.#load === null || rate > this.#load;
    this.#load = rate;
    const isResting = this.#restsUntil !== null && now < this.#restsUntil;
    if (this.#film === null || !isRise || rate <= this.#film.above || isResting) return;
    this.#falters = now;
    this.#restsUntil = after(now, RESTS);
  }

  due(): Instant | undefined {
    return this.#falters ?? undefined;
  }

  /** It falters: in which state the processor starts. */
  falter(): Pick<Film, 'safeState'> {
    this.#falters = null;
    return { safeState: this.#film?.safeState ?? false };
  }

  replace(): void {
    this.#film = null;
    this.#load = null;
    this.#restsUntil = null;
    this.#falters = null;
    this.isLow = false;
    this.isEmpty = false;
  }

  save(): Json {
    return {
      film: this.#film === null ? null : { ...this.#film },
      load: this.#load,
      restsUntil: this.#restsUntil,
      falters: this.#falters,
      isLow: this.isLow,
      isEmpty: this.isEmpty,
    };
  }

  load(saved: Json): void {
    const { film, load, restsUntil, falters, isLow, isEmpty } = fromJson<{
      film: Film | null;
      load: Rate | null;
      restsUntil: Instant | null;
      falters: Instant | null;
      isLow: boolean;
      isEmpty: boolean;
    }>(saved);
    this.#film = film;
    this.#load = load;
    this.#restsUntil = restsUntil;
    this.#falters = falters;
    this.isLow = isLow;
    this.isEmpty = isEmpty;
  }
}
