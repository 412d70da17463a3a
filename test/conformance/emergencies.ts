import type { Pump } from './pump.ts';

const DAY = 86_400_000;

/** What is told of sessions that need no key: each deed once a day at most, and after a sum nothing but sums. */
export class Emergencies {
  readonly #pump: Pump;
  #until = Number.NEGATIVE_INFINITY;
  #told = new Set<string>();
  #counts = NOTHING;

  constructor(pump: Pump) {
    this.#pump = pump;
  }

  /** Whether a deed of a session of a role is told by itself. */
  tells(role: string, deed: keyof typeof NOTHING): boolean {
    if (role !== 'emergency') return true;
    const { now } = this.#pump;
    const isOver = now >= this.#until && this.due() === undefined;
    if (isOver) this.#begin(now);
    const told = now < this.#until && !this.#told.has(deed);
    if (told) this.#told.add(deed);
    else this.#counts = { ...this.#counts, [deed]: this.#counts[deed] + 1 };
    return told;
  }

  #begin(now: number): void {
    [this.#until, this.#told, this.#counts] = [now + DAY, new Set(), NOTHING];
  }

  /** When the sum is told. */
  due(): number | undefined {
    return Object.values(this.#counts).some((count) => count > 0) ? this.#until : undefined;
  }

  expire(): void {
    const [due, counts] = [this.due(), this.#counts];
    if (due === undefined || due > this.#pump.now) return;
    this.#pump.emergenciesCounted(counts);
    this.#begin(this.#pump.now);
    this.#told = new Set(Object.keys(NOTHING));
  }

  reset(): void {
    [this.#until, this.#counts] = [Number.NEGATIVE_INFINITY, NOTHING];
  }
}

const NOTHING = { opened: 0, closed: 0, lost: 0, refused: 0 };
