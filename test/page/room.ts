import { expect, vi } from 'vitest';
import { type Asker, Bench } from '../../page/worker/bench.ts';
import type { Asked, AskName, Shown, Told, Tone } from '../../page/worker/protocol.ts';

/** A bench whose room is the test's: its clock goes on when it is told to, its later when it is asked for. */
export class Room {
  now = 0;
  /** How long each look at the clock takes. */
  perLook = 0;
  shown: Shown | undefined;
  readonly tones: Tone[] = [];
  #last = 0;
  readonly #told: Told[] = [];
  readonly #later: { readonly call: () => void; readonly ms: number }[] = [];
  readonly #bench = new Bench({
    version: '0',
    clock: () => {
      this.now += this.perLook;
      return this.now;
    },
    later: (call, ms) => void this.#later.push({ call, ms }),
    tell: (told) => {
      // Whatever is posted has to be data.
      const copy: Told = structuredClone(told);
      if ('shown' in copy) this.shown = copy.shown;
      else if ('tones' in copy) this.tones.push(...copy.tones);
      else this.#told.push(copy);
    },
  });

  /** Asks, and has the answer at once. */
  ask<A extends AskName>(ask: A, give: Asked[A]['gives'], asker?: Asker): Asked[A]['gets'] {
    const id = this.#post(ask, give, asker);
    const answer = this.#answerTo(id);
    if (answer === undefined) throw new Error('no answer yet');
    return answer() as Asked[A]['gets'];
  }

  /** Asks what is answered later, once it has been fetched. */
  async later<A extends AskName>(ask: A, give: Asked[A]['gives'], asker?: Asker): Promise<Asked[A]['gets']> {
    const id = this.#post(ask, give, asker);
    await vi.waitFor(() => expect(this.#answerTo(id)).toBeDefined());
    return this.#answerTo(id)?.() as Asked[A]['gets'];
  }

  /** Somebody at an instructor's window, who is told how things stand from now on. */
  instructor(): Asker & { readonly shown: () => Shown | undefined } {
    let shown: Shown | undefined;
    const tell = (told: Told) => {
      const copy: Told = structuredClone(told);
      if ('shown' in copy) shown = copy.shown;
      else if ('id' in copy) this.#told.push(copy);
    };
    const asker = { isInstructor: true, tell, shown: () => shown };
    this.#bench.join(asker);
    return asker;
  }

  get isAssessing(): boolean {
    return this.#bench.isAssessing;
  }

  #post(ask: AskName, give: unknown, asker?: Asker): number {
    this.#last += 1;
    this.#bench.take({ id: this.#last, ask, give } as Parameters<Bench['take']>[0], asker);
    return this.#last;
  }

  /** What was answered to a question, or thrown; undefined where nothing has been yet. */
  #answerTo(id: number): (() => unknown) | undefined {
    const told = this.#told.find((each) => 'id' in each && each.id === id);
    if (told === undefined) return undefined;
    return () => {
      if ('problem' in told) throw new Error(told.problem);
      return 'got' in told ? told.got : undefined;
    };
  }

  /** What was answered last. */
  get got(): unknown {
    const told = this.#told.at(-1);
    return told !== undefined && 'got' in told ? told.got : undefined;
  }

  /** Lets one slice run; false where none waits. */
  slice(): boolean {
    const next = this.#later.shift();
    if (next === undefined) return false;
    this.now += next.ms;
    next.call();
    return true;
  }

  settle(): number {
    let slices = 0;
    while (this.slice()) slices += 1;
    return slices;
  }
}
