import type { Shown } from './worker/protocol.ts';

/** How long after something was done it is kept: what follows at once is kept with it, in milliseconds. */
const AFTER = 1000;

/** As much of what is shown as tells whether something was done. */
type Seen = Pick<Shown, 'visit' | 'done' | 'lesson'>;
/** As much of the page's desk as is asked. */
interface Source {
  readonly shown: Seen | undefined;
  ask(ask: 'recorded', give: null): Promise<string>;
}

/** Has the visit kept soon after something was done in it. */
export class Keeper {
  readonly #desk: Source;
  readonly #keep: (scenario: string) => Promise<void>;
  #seen = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isHeld = false;

  constructor(desk: Source, keep: (scenario: string) => Promise<void>) {
    this.#desk = desk;
    this.#keep = keep;
  }

  /** To be called with all that is shown: time alone that passes is kept with what is done next. */
  see({ visit, done, lesson }: Seen): void {
    const now = `${visit} ${done}`;
    // What a case hides would stand in it; and a case is not gone on with.
    if (this.#isHeld || done === 0 || now === this.#seen || lesson !== null) return;
    this.#seen = now;
    this.#timer ??= setTimeout(() => void this.#keepNow(), AFTER);
  }

  /** Keeps nothing while something is done: half of a visit would take the place of the whole. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    this.#isHeld = true;
    try {
      return await work();
    } finally {
      this.#isHeld = false;
      if (this.#desk.shown !== undefined) this.see(this.#desk.shown);
    }
  }

  async #keepNow(): Promise<void> {
    this.#timer = undefined;
    if (this.#isHeld) return;
    if (this.#desk.shown?.lesson !== null) {
      // Back in its visit, what was done is kept then.
      this.#seen = '';
      return;
    }
    try {
      await this.#keep(await this.#desk.ask('recorded', null));
    } catch {
      // It is then kept by nothing but the page.
    }
  }
}
