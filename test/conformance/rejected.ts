import type { Pump } from './pump.ts';

/** The checks of a frame, one after the other; sums of the same instant are told in that order. */
const IN_ORDER = ['start', 'version', 'length', 'crc', 'tag', 'session', 'sequence', 'type', 'payload'];

const DAY = 86_400_000;

/** Rejected frames: the first of a code is told, those of the day after it as one number. */
export class Rejected {
  readonly #pump: Pump;
  /** Codes that are only counted for now: how many, and until when. */
  readonly #counted = new Map<string, { more: number; until: number }>();

  constructor(pump: Pump) {
    this.#pump = pump;
  }

  add(error: string): void {
    const { now } = this.#pump;
    const counted = this.#counted.get(error);
    if (counted !== undefined && now < counted.until) {
      counted.more += 1;
      return;
    }
    this.#pump.frameRejected(error);
    this.#counted.set(error, { more: 0, until: now + DAY });
  }

  /** When counts are told next. */
  dues(): readonly number[] {
    return [...this.#counted.values()].filter(({ more }) => more > 0).map(({ until }) => until);
  }

  expire(): void {
    const { now } = this.#pump;
    for (const error of IN_ORDER) {
      const counted = this.#counted.get(error);
      if (counted === undefined || counted.more === 0 || counted.until > now) continue;
      this.#pump.framesRejected(error, counted.more);
      this.#counted.set(error, { more: 0, until: now + DAY });
    }
  }

  reset(): void {
    this.#counted.clear();
  }
}
