import type { Json } from '../../shared/index.ts';
import { decoded } from './cbor.ts';
import { Commands } from './commands.ts';
import { Emergencies } from './emergencies.ts';
import { ANY, difference, numberAt, textAt, type Wanted } from './json.ts';
import type { Memory } from './memory.ts';
import type { Pump } from './pump.ts';
import { Rejected } from './rejected.ts';
import { type Answer, type Frame, refusal, type Said } from './said.ts';

/** A command that was carried out or refused, and what was answered. */
interface Commanded {
  readonly session: number;
  readonly sequence: number;
  readonly said: Said;
}

interface Session {
  readonly role: string;
  heard: number;
  /** The sequence number of the last frame taken, and the answer to it. */
  sequence: number;
  answer: Answer | undefined;
}

/** A station that has asked for a session, and not yet proved who it is. */
interface Greeting {
  readonly role: string;
  readonly nonce: string;
  readonly answer: Answer;
  /** What its session will be called. */
  session: number | undefined;
}

/** So many questions of one role are kept. */
const MOST_GREETINGS = 4;

/** What anyone may say, and what the roles below the clinician's may say besides. */
const BY_ANYONE = ['openSession', 'authenticate', 'closeSession', 'interrogate'];
const BY_OTHERS: Readonly<Record<string, ReadonlySet<string>>> = {
  patient: new Set([...BY_ANYONE, 'recall', 'requestBolus']),
  refill: new Set([...BY_ANYONE, 'recall', 'enterReservoir', 'noteDiscrepancy']),
  emergency: new Set([...BY_ANYONE, 'stop']),
};
/** What is read or said about the session itself: nothing to come back for. */
const NO_COMMANDS = new Set([...BY_ANYONE, 'recall', 'readHistory', 'readLog']);

/** The pump's end of the link: sessions, and each command taken once. */
export class Radio {
  readonly #pump: Pump;
  readonly #commands: Commands;
  readonly #rejected: Rejected;
  readonly #emergencies: Emergencies;
  readonly #sessions = new Map<number, Session>();
  #greetings: readonly Greeting[] = [];
  /** The last command of each role; a reset does not forget it. */
  readonly #commanded = new Map<string, Commanded>();
  /** The session closed last, whose farewell may be asked for again. */
  #ended: { readonly id: number; readonly sequence: number; readonly answer: Answer } | undefined;
  serial: string | undefined;
  /** What else a session that opens does. */
  opens: () => void = () => {};

  constructor(pump: Pump, memory: Memory, serial: string | undefined) {
    [this.#pump, this.serial] = [pump, serial];
    this.#rejected = new Rejected(pump);
    this.#emergencies = new Emergencies(pump);
    this.#commands = new Commands(pump, memory, this.#emergencies, () => this.serial);
  }

  /** When the first session has been silent too long, or something counted is told, as pump time. */
  due(): number | undefined {
    const silent = [...this.#sessions.values()].map(({ heard }) => heard + this.#pump.device.sessionTimeout);
    const sums = [this.#emergencies.due()].filter((due) => due !== undefined);
    const dues = [...silent, ...this.#rejected.dues(), ...sums];
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  /**
   * Tells what emergency sessions did, closes the sessions that have been silent too long, of two at one instant the
   * patient's first, and tells how many frames were rejected.
   */
  expire(): void {
    this.#emergencies.expire();
    const patientsFirst = [...this.#sessions].sort(([, a], [, b]) => (a.role < b.role ? 1 : a.role > b.role ? -1 : 0));
    for (const [id, { role, heard }] of patientsFirst) {
      if (heard + this.#pump.device.sessionTimeout > this.#pump.now) continue;
      this.#close(id, role, true);
    }
    this.#rejected.expire();
  }

  reject(error: string): undefined {
    this.#rejected.add(error);
    return undefined;
  }

  #close(id: number, role: string, lost: boolean): void {
    this.#sessions.delete(id);
    this.#pump.sessionClosed(role, lost, id, this.#emergencies.tells(role, lost ? 'lost' : 'closed'));
  }

  /** A reset ends every session without a word, and forgets what was counted or sent but is not in force. */
  reset(): void {
    this.#sessions.clear();
    this.#greetings = [];
    this.#ended = undefined;
    this.#rejected.reset();
    this.#emergencies.reset();
    this.#commands.reset();
  }

  /** What the pump answers; undefined where it answers nothing. */
  take(frame: Frame): Answer | undefined {
    const to = frame.from;
    if (frame.name === 'openSession') return this.#greet(frame);
    const greeting = this.#greetings.find((each) => each.session === frame.session);
    if (greeting !== undefined && frame.name === 'authenticate') return this.#open(frame, greeting.role);
    const session = this.#sessions.get(frame.session);
    const ended = this.#ended;
    if (session === undefined && ended?.id === frame.session && ended.sequence === frame.sequence) return ended.answer;
    if (session === undefined) {
      if (frame.session !== 0) this.reject('session');
      return { to, ...refusal('noSession') };
    }
    // What was overtaken by a later request is asked too late; the same again is answered as it was.
    if (frame.sequence < session.sequence) return this.reject('sequence');
    if (frame.sequence === session.sequence && session.answer !== undefined) return session.answer;
    session.heard = this.#pump.now;
    const said = this.#inSession(frame, session);
    const { session: id, sequence, name } = frame;
    if (!NO_COMMANDS.has(name)) this.#commanded.set(session.role, { session: id, sequence, said });
    const answer = { to, ...said };
    [session.sequence, session.answer] = [frame.sequence, answer];
    if (!this.#sessions.has(frame.session)) this.#ended = { id: frame.session, sequence: frame.sequence, answer };
    return answer;
  }

  #inSession(frame: Frame, session: Session): Said {
    const { name } = frame;
    if (name === 'recall') return this.#recall(frame.payload, session.role);
    if (BY_OTHERS[session.role]?.has(name) === false) {
      if (this.#emergencies.tells(session.role, 'refused')) this.#pump.refused(name, 'roleTooLow', []);
      return refusal('roleTooLow');
    }
    if (name !== 'closeSession') return this.#commands.take(frame, session.role);
    this.#close(frame.session, session.role, false);
    return { name, payload: {} };
  }

  /** A challenge: nothing is open yet. The same question again gets the same one. */
  #greet({ from, payload: asked }: Frame): Answer {
    const [role, nonce] = [textAt(asked, 'role'), textAt(asked, 'nonce')];
    const again = this.#greetings.find((each) => each.role === role && each.nonce === nonce);
    if (again !== undefined) return again.answer;
    const answer: Answer = {
      to: from,
      name: 'openSession',
      payload: { serial: this.serial ?? ANY, profile: this.#pump.device.name, session: ANY, nonce: ANY },
      learn: (payload) => {
        greeting.session = numberAt(payload, 'session');
        this.serial = textAt(payload, 'serial');
      },
    };
    const greeting: Greeting = { role, nonce, answer, session: undefined };
    const same = this.#greetings.filter((each) => each.role === role).slice(1 - MOST_GREETINGS);
    this.#greetings = [...this.#greetings.filter((each) => each.role !== role), ...same, greeting];
    return answer;
  }

  #recall(asked: Json, role: string): Said {
    const last = this.#commanded.get(role);
    const [session, sequence] = [numberAt(asked, 'session'), numberAt(asked, 'sequence')];
    if (last?.session === session && last.sequence === sequence)
      return {
        name: 'recall',
        payload: { became: 'answered', answer: { payload: saying(last.said.payload) } },
        recalled: last.said,
      };
    const isPast =
      last !== undefined && (isLater(last.session, session) || (last.session === session && last.sequence > sequence));
    return { name: 'recall', payload: { became: isPast ? 'unknown' : 'neverArrived', answer: null } };
  }

  #open({ from, sequence, session: number }: Frame, role: string): Answer {
    // Nobody speaks from two heads at once: who opens a session has lost the one before.
    for (const [id, open] of this.#sessions) {
      if (open.role !== role) continue;
      this.#close(id, role, true);
    }
    this.opens();
    this.#pump.sessionOpened(role, this.#emergencies.tells(role, 'opened'));
    this.#greetings = this.#greetings.filter((each) => each.role !== role);
    const alarms = this.#pump.alarms.told.map(({ code }) => code);
    const answer: Answer = { to: from, name: 'authenticate', payload: { alarms, now: this.#pump.now } };
    this.#sessions.set(number, { role, heard: this.#pump.now, sequence, answer });
    return answer;
  }
}

/** Numbers of sessions go around, 1 after 2^32 - 1: the later one is less than half of them ahead. */
const isLater = (session: number, than: number): boolean => {
  const [all, ahead] = [2 ** 32 - 1, session - than];
  return ahead > 0 ? 2 * ahead < all : 2 * -ahead > all;
};

/** Bytes that say what was answered. */
const saying =
  (payload: Wanted) =>
  (got: Json | undefined): string | undefined => {
    const found = difference(payload, typeof got === 'string' ? decoded(got) : undefined, 'answered');
    return found === undefined ? undefined : `${found.where}: ${found.expected}, not ${found.got}`;
  };
