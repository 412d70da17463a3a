import type { Asked, AskName, Shown, Told, Tone } from './worker/protocol.ts';

interface Waiting {
  got(answer: unknown): void;
  failed(error: Error): void;
}

/** What the page has of the simulation: asks the worker that runs it, and is told how things stand. */
export class Desk {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #unanswered = new Set<Promise<unknown>>();
  #last = 0;

  /** How things stood when the worker last said so. */
  shown: Shown | undefined;
  /** Called when the pump sounds. */
  onTones: (tones: readonly Tone[]) => void = () => {};

  constructor(worker: Worker, onShown: (shown: Shown) => void) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if ('shown' in data) {
        this.shown = data.shown;
        onShown(data.shown);
      } else if ('tones' in data) this.onTones(data.tones);
      else this.#answered(data);
    });
    // A fault of the simulator: whoever waits would wait for ever.
    worker.addEventListener('error', ({ message }) => {
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
    this.#worker.postMessage({ id, ask, give });
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
