import type { TraceRecord } from '../trace.ts';
import { fieldsOf, isFrame } from './account.ts';

/**
 * Follows a trace and finds the answers with which the pump only says again what it said: to the same sequence
 * number of a session, the same bytes. It remembers the last to each station, and the last farewell to it, which may be
 * asked for again when a new session has begun.
 */
export class Repeats {
  readonly #last = new Map<unknown, string>();
  readonly #farewell = new Map<unknown, string>();

  /** Whether a record is an answer given before. */
  take(record: TraceRecord): boolean {
    const { from, to, name, session, sequence, bytes } = fieldsOf(record);
    if (!isFrame(record) || from !== 'pump') return false;
    const key = `${session} ${sequence} ${bytes}`;
    if (this.#farewell.get(to) === key) return true;
    const repeated = this.#last.get(to) === key;
    this.#last.set(to, key);
    if (name === 'closeSession') this.#farewell.set(to, key);
    return repeated;
  }
}
