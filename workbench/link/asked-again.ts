import { isCommand, MESSAGE_NAMES } from '../../shared/index.ts';
import { type Fields, fieldsIn, fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';

/** A request, and what is known of it. */
interface Asked {
  readonly name: string;
  /** The last record of the link about it: its sending, its loss, the loss of its answer. */
  last: TraceRecord;
  /** The same of the first time it was asked; undefined until it is asked again. */
  first: TraceRecord | undefined;
  isAnswered: boolean;
}

/** A frame that says again what was said: the request it repeats, or answers again, as it was asked before. */
export interface Again {
  readonly is: 'request' | 'answer';
  readonly name: string;
  readonly before: Readonly<Asked>;
}

/** As many requests as may still be asked again, or asked about. */
const MOST = 64;

/**
 * Follows the exchanges on the link: which request is one asked before, by its session and sequence number, and which
 * answer one given before. A request goes with its station, an answer with the station it goes to.
 */
export class Exchanges {
  readonly #asked = new Map<string, Asked>();
  /** The request that a record of the link is about, by the number of the record. */
  readonly #about = new Map<number, Asked>();

  /** What a record says again; undefined where it says nothing twice. */
  take(record: TraceRecord): Again | undefined {
    if (record.layer !== 'link') return undefined;
    if (record.kind !== 'frame') {
      this.#follow(record, this.#about.get(record.because ?? 0));
      return undefined;
    }
    const { from, to, name, session, sequence } = fieldsOf(record);
    if (name === undefined) return undefined;
    const isAnswer = from === 'pump';
    const key = keyOf(isAnswer ? to : from, session, sequence);
    const before = this.#asked.get(key);
    if (before === undefined) {
      if (isAnswer) return undefined;
      const asked = { name: String(name), last: record, first: undefined, isAnswered: false };
      this.#keep(key, asked);
      this.#follow(record, asked);
      return undefined;
    }
    if (!isAnswer) before.first ??= before.last;
    const again = { name: before.name, before: { ...before } };
    const isAgain = !isAnswer || before.isAnswered;
    if (isAnswer) before.isAnswered = true;
    this.#follow(record, before);
    return isAgain ? { is: isAnswer ? 'answer' : 'request', ...again } : undefined;
  }

  /** The message that a station's frame of a session and sequence number was; undefined where it is not remembered. */
  nameOf(station: unknown, session: unknown, sequence: unknown): string | undefined {
    return this.#asked.get(keyOf(station, session, sequence))?.name;
  }

  #follow(record: TraceRecord, asked: Asked | undefined): void {
    if (asked === undefined) return;
    asked.last = record;
    this.#about.set(record.n, asked);
    const [oldest] = this.#about.keys();
    if (this.#about.size > MOST * 8 && oldest !== undefined) this.#about.delete(oldest);
  }

  #keep(key: string, asked: Asked): void {
    this.#asked.set(key, asked);
    const [oldest] = this.#asked.keys();
    if (this.#asked.size > MOST && oldest !== undefined) this.#asked.delete(oldest);
  }
}

const keyOf = (station: unknown, session: unknown, sequence: unknown): string => `${station} ${session} ${sequence}`;

/** Tells in words that a station asks again, that the pump answers as before, and what became of a lost command. */
export class AskedAgain {
  readonly #exchanges = new Exchanges();
  /** What the last recall asked about, by station. */
  readonly #recalled = new Map<unknown, string>();

  /** What a record says of that; undefined where it says nothing of it. */
  take(record: TraceRecord): string | undefined {
    const again = this.#exchanges.take(record);
    const { from, to, name, payload } = fieldsOf(record);
    if (record.layer !== 'link' || record.kind !== 'frame') return undefined;
    if (again !== undefined) return againWords(again, fieldsOf(record));
    if (name !== 'recall') return undefined;
    const { session, sequence, became } = fieldsIn(payload);
    if (from === 'pump') return becameWords(became, this.#recalled.get(to) ?? 'the command');
    const about = this.#exchanges.nameOf(from, session, sequence) ?? 'its last command';
    this.#recalled.set(from, about);
    return `the ${from}, in a new session, asks what became of ${about}`;
  }
}

function againWords({ is, name, before }: Again, { from, name: said }: Fields): string | undefined {
  if (is === 'request') return isSlipped(before.last) ? undefined : `the ${from} asks again: ${name}`;
  // Reading twice is nobody's concern.
  if (!MESSAGE_NAMES.some((each) => each === name && isCommand(each))) return undefined;
  return said === 'refusal'
    ? `the pump gives ${name} the same refusal again`
    : `the pump gives ${name} the same answer again: it is carried out once`;
}

function becameWords(became: unknown, name: string): string {
  if (became === 'answered') return `the pump had taken ${name}, and gives the answer it gave: it is carried out once`;
  return became === 'neverArrived' ? `${name} had never arrived` : `the pump does not know what became of ${name}`;
}

/** Whether a head that has slipped lost it: of that all frames are, and one word says it. */
const isSlipped = ({ kind, data }: TraceRecord): boolean => kind === 'lost' && fieldsOf({ data })['is'] === undefined;
