import { formatDuration, span } from '../../shared/index.ts';

/** How often the line changes at most. */
const EVERY_MS = 200;

/** How far a campaign is, on one line of a terminal; where standard error is none, nothing is said. */
export class Progress {
  readonly #of: number;
  readonly #before: number;
  readonly #began = performance.now();
  #done: number;
  #shown = 0;

  /** Of so many lives so many were done `before`. */
  constructor(of: number, before = 0) {
    this.#of = of;
    this.#before = before;
    this.#done = before;
  }

  add(lives = 1): void {
    this.#done += lives;
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#shown < EVERY_MS) return;
    this.#shown = now;
    process.stderr.write(
      `\r\u001B[K${progressText(this.#done, this.#of, this.#done - this.#before, now - this.#began)}`,
    );
  }

  /** Takes the line away. */
  end(): void {
    if (process.stderr.isTTY && this.#shown > 0) process.stderr.write('\r\u001B[K');
  }
}

/** "120 of 300 lives, 4.2 a second, 43s left": `own` of them were lived in so many milliseconds. */
export function progressText(done: number, of: number, own: number, ms: number): string {
  const perSecond = (1000 * own) / Math.max(1, ms);
  const left = span(Math.ceil((of - done) / perSecond) * 1000);
  return `${done} of ${of} lives, ${perSecond.toFixed(1)} a second, ${formatDuration(left)} left`;
}
