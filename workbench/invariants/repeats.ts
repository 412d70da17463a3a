import { fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';
import { isFrame } from './account.ts';

/** As many sessions, and openings, as frames may still be under way in. */
const MOST = 16;

/**
 * Follows a trace and finds the answers with which the pump only says again what it said: to the same sequence
 * number of a session, the same bytes. It remembers the last in each session, also while a station is opening the next
 * one and when that has begun: the session before stays open until the station has proved who it is, and a farewell may
 * be asked for after it.
 */
export class Repeats {
  readonly #last = new Map<string, string>();

  /** Whether a record is an answer given before. */
  take(record: TraceRecord): boolean {
    if (!isFrame(record)) return false;
    const { from, to, name, session, sequence, bytes, payload } = fieldsOf(record);
    if (from !== 'pump') return false;
    // What it says of a session that it does not know it does not remember.
    if (name === 'refusal' && Object(payload).code === 'noSession') return false;
    const [place, answer] = [`${to} ${session}`, `${sequence} ${bytes}`];
    const repeated = this.#last.get(place) === answer;
    this.#last.delete(place);
    this.#last.set(place, answer);
    const [oldest] = this.#last.keys();
    if (this.#last.size > MOST && oldest !== undefined) this.#last.delete(oldest);
    return repeated;
  }
}
