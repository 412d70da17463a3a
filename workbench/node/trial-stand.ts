import type { Moment, TrialAnswer } from '../remote/messages.ts';
import type { Trial } from '../remote/trial.ts';

/** Frames that may lie here before it is said when they come. */
const MOST_WAITING = 8;

interface Waiting {
  readonly frame: Uint8Array;
  readonly reply: (bytes: Uint8Array) => void;
}

/**
 * Where a pump on trial meets its frames: they come by telemetry, the instant each is to be taken at comes by
 * the control channel, and nobody knows which of the two is there first.
 */
export class TrialStand {
  readonly trial: Trial;
  readonly #waiting: Waiting[] = [];
  #armed: { readonly moment: Moment; readonly done: (answer: TrialAnswer) => void } | undefined;

  constructor(trial: Trial) {
    this.trial = trial;
  }

  /** A frame by telemetry. False where too many wait already. */
  offer(frame: Uint8Array, reply: (bytes: Uint8Array) => void): boolean {
    if (this.#waiting.length >= MOST_WAITING) return false;
    this.#waiting.push({ frame, reply });
    this.#meet();
    return true;
  }

  /** When the next frame is taken; `done` is told what came of it. False while another is awaited. */
  arm(moment: Moment, done: (answer: TrialAnswer) => void): boolean {
    if (this.#armed !== undefined) return false;
    this.#armed = { moment, done };
    this.#meet();
    return true;
  }

  #meet(): void {
    const armed = this.#armed;
    const next = armed === undefined ? undefined : this.#waiting.shift();
    if (armed === undefined || next === undefined) return;
    this.#armed = undefined;
    const { answer, bytes } = this.trial.take(next.frame, armed.moment);
    if (bytes !== undefined) next.reply(bytes);
    armed.done(answer);
  }
}

/** The pumps on trial, by the name of the station that speaks to each. */
export type Trials = Map<string, TrialStand>;
