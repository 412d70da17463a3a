import type { Json } from '../../shared/index.ts';
import { numberAt } from './json.ts';

/** What a station asked last, and what the pump's answer to it will tell it once that arrives. */
export class Asked {
  #sequence = -1;
  #isAnswered = false;
  #told: { readonly sequence: number; readonly learn: () => void } | undefined;

  /** The station sends a request; whether it is a new one, and not the last again. */
  sends(frame: Json): boolean {
    const sequence = numberAt(frame, 'sequence');
    if (sequence === this.#sequence) return false;
    [this.#sequence, this.#isAnswered] = [sequence, false];
    return true;
  }

  /**
   * The pump answers: it tells what is so as it does; said again, it is what was so the first time; nobody
   * waits for an answer to what was asked before.
   */
  answered(frame: Json, learn: () => void): void {
    const sequence = numberAt(frame, 'sequence');
    if (sequence === this.#sequence && this.#told?.sequence !== sequence) this.#told = { sequence, learn };
  }

  /** A whole answer arrives; only the first one to what was asked last is listened to. */
  hears(frame: Json): void {
    const sequence = numberAt(frame, 'sequence');
    if (this.#isAnswered || sequence !== this.#sequence) return;
    this.#isAnswered = true;
    if (this.#told?.sequence === sequence) this.#told.learn();
  }
}
