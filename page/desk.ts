import type { Asked, AskName, Posted, Said, Shown, Told, Tone } from './worker/protocol.ts';

interface Waiting {
  got(answer: unknown): void;
  failed(error: Error): void;
}

/** The way to the simulation: a worker of this page, or that of a page beside which this window stands. */
export interface Way {
  post(question: Posted): void;
  /** Has it said what is told, and what went wrong with the simulation itself. */
  listen(told: (told: Told) => void, failed: (message: string) => void): void;
}

export const wayTo = (worker: Worker): Way => ({
  post: (question) => worker.postMessage(question),
  listen: (told, failed) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => told(data));
    worker.addEventListener('error', ({ message }) => failed(message));
  },
});

/** What is to be read where nothing was done, as on the way to another point of this life. */
export const notDone = ({ message }: Error): Said => ({ text: message, problem: message });

/** What the page has of the simulation: asks the worker that runs it, and is told how things stand. */
export class Desk {
  readonly #way: Way;
  readonly #waiting = new Map<number, Waiting>();
  readonly #unanswered = new Set<Promise<unknown>>();
  #last = 0;

  /** How things stood when the worker last said so. */
  shown: Shown | undefined;
  /** Called when the pump sounds. */
  onTones: (tones: readonly Tone[]) => void = () => {};

  constructor(way: Way, onShown: (shown: Shown) => void) {
    this.#way = way;
    const take = (told: Told) => {
      if ('shown' in told) {
        this.shown = told.shown;
        onShown(told.shown);
      } else if ('tones' in told) this.onTones(told.tones);
      else this.#answered(told);
    };
    // A fault of the simulator: whoever waits would wait for ever.
    way.listen(take, (message) => {
      for (const { failed } of this.#waiting.values()) failed(new Error(message));
      this.#waiting.clear();
    });
  }

  /** Asks the worker. Rejects, in words to be read, where what was given cannot be used. */
  ask<A extends AskName>(ask: A, give: Asked[A]['gives']): Promise<Asked[A]['gets']> {
    this.#last += 1;
    const id = this.#last;
    const answer = new Promise<Asked[A]['gets']>((got, failed) => this.#waiting.set(id, { got, failed }));
    this.#unanswered.add(answer);
    const answered = () => void this.#unanswered.delete(answer);
    answer.then(answered, answered);
    this.#way.post({ id, ask, give });
    return answer;
  }

  /** When everything asked so far has been answered, and what came of it is shown. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#unanswered);
  }

  #answered(told: Extract<Told, { readonly id: number }>): void {
    const waiting = this.#waiting.get(told.id);
    this.#waiting.delete(told.id);
    if ('problem' in told) waiting?.failed(new Error(told.problem));
    else waiting?.got(told.got);
  }
}
