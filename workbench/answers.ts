import type { Outcome } from './act.ts';
import type { TraceRecord } from './trace.ts';

/** Follows a trace and finds the records that answer an act: the programmer tells its screen at other times too. */
export class Answers {
  #isAwaited = false;

  /** What became of the act that a record answers; undefined where it answers none. */
  take({ layer, kind, data }: TraceRecord): Outcome | undefined {
    if (layer === 'act' && kind === 'clinician') this.#isAwaited = true;
    if (layer !== 'programmer') return undefined;
    const isAnswer = kind === 'handset' || this.#isAwaited;
    if (kind === 'screen') this.#isAwaited = false;
    return isAnswer ? (data as { readonly outcome: Outcome }).outcome : undefined;
  }
}
