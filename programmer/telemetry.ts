import {
  type Answer,
  type Clock,
  COMMANDS,
  digestOf,
  fromJson,
  hexToBytes,
  type Instant,
  type Json,
  Key,
  type MessageName,
  nonceOf,
  type Port,
  type RefusalCode,
  type ReplyOf,
  type Request,
  type Role,
  readAnswer,
  roleKey,
  sessionKey,
  type Witness,
} from '../shared/index.ts';
import { Exchange } from './exchange.ts';

/** What a station asks for. A session's role and nonce are the station's own. */
export type Asked = Exclude<Request, { name: 'openSession' | 'recall' }> | { readonly name: 'openSession' };

/** A command without an answer, and what became of it: its answer, or that it never arrived, or that nobody knows. */
export interface Recalled {
  readonly request: Request;
  readonly became: ReplyOf<'recall'>['became'];
  readonly answer: Answer | null;
}

export type Unanswered = 'silence' | 'otherPump';

/** What a station is told. */
export interface Listener {
  answered(answer: Answer): void;
  /** There was no answer to what was asked: only silence, or another pump's. */
  unanswered(name: MessageName, why: Unanswered): void;
  /** What became of a command that was never answered; told in the next session, before its opening is. */
  recalled?(recalled: Recalled): void;
}

export interface TelemetryOptions {
  readonly port: Port;
  readonly clock: Clock;
  readonly witness: Witness;
  readonly role: Role;
  /** The pairing key of the pump with a serial number; undefined where the station is not paired with it. */
  readonly pairing: (serial: string) => Key | undefined;
  /** What the station's nonces are derived from: they never repeat as long as this does not. */
  readonly secret: Key;
  readonly listener: Listener;
}

/** A session with a pump: its number, its key, and whose it is. */
interface Session {
  readonly id: number;
  readonly serial: string;
  readonly key: Key | null;
  readonly paired: boolean;
}

/** A request and the frame it went in. */
interface Sent {
  readonly request: Request;
  readonly session: number;
  readonly sequence: number;
}

/**
 * What the answer under way is for: the station itself, or a step of getting back into a session: asking for a new
 * one, answering its challenge, asking what became of the command the old one ended with.
 */
type Step = 'asked' | 'opening' | 'authenticating' | 'recalling';

const refusal = (code: RefusalCode): Answer => ({ refused: { code, also: [], until: null, shortest: null } });
const isCommand = (name: MessageName): boolean => COMMANDS.some((command) => command === name);
/** Outside a session, or about one: never asked again in another. */
const OF_ONE_SESSION: readonly MessageName[] = ['openSession', 'authenticate', 'closeSession'];

/**
 * A station's end of the link: sessions, their keys, and each command carried out exactly once. Where the pump has
 * lost the session, as after a reset, the station opens another one, asks what became of its command, and sends it
 * again only if it never arrived. A command that stays without an answer is asked about in the next session.
 */
export class Telemetry {
  readonly #options: TelemetryOptions;
  readonly #exchange: Exchange;
  #nonces = 0;
  #nonce = '';
  #session: Session | null = null;
  #step: Step = 'asked';
  #sent: Sent | null = null;
  /** Whether what was asked has already been asked in another session. */
  #again = false;
  /** Whose session was lost; the one asked for in its place must be with the same pump. */
  #lost: string | null = null;
  /** A command without an answer, of a session that is over. */
  #unresolved: Sent | null = null;
  /** The answer to hand on once what became of that command is known. */
  #opened: Answer | null = null;

  constructor(options: TelemetryOptions) {
    this.#options = options;
    const { port, clock, witness } = options;
    this.#exchange = new Exchange(port, clock, witness, {
      answered: (answer) => this.#answered(answer),
      unanswered: () => this.#giveUp(),
    });
  }

  get busy(): boolean {
    return this.#exchange.busy;
  }

  /** Sends a request. Throws where one is still unanswered. */
  ask(asked: Asked): void {
    this.#again = false;
    this.#step = 'asked';
    if (asked.name === 'openSession') this.#open();
    else if (asked.name === 'authenticate' && this.#session?.paired === false) this.#tell(refusal('notPaired'));
    else this.#send(asked);
  }

  #open(): void {
    this.#nonces += 1;
    this.#nonce = nonceOf(this.#options.secret, this.#nonces);
    this.#session = null;
    this.#send({ name: 'openSession', payload: { role: this.#options.role, nonce: this.#nonce } });
  }

  #send(request: Request): void {
    const { id = 0, key = null } = this.#session ?? {};
    if (this.#step === 'asked') this.#sent = { request, session: id, sequence: this.#exchange.sequence + 1 };
    this.#exchange.ask(request, id, key);
  }

  #answered(answer: Answer): void {
    switch (this.#step) {
      case 'asked':
        this.#asked(answer);
        break;
      case 'opening':
        this.#reopened(answer);
        break;
      case 'authenticating':
        this.#reauthenticated(answer);
        break;
      case 'recalling':
        this.#recalled(answer);
    }
  }

  #asked(answer: Answer): void {
    const name = this.#sent?.request.name ?? 'openSession';
    if ('refused' in answer && answer.refused.code === 'noSession' && !OF_ONE_SESSION.includes(name)) {
      this.#sessionLost(answer, name);
      return;
    }
    if ('reply' in answer && answer.reply.name === 'openSession') this.#keepSession(answer.reply.payload);
    if (name === 'closeSession') this.#session = null;
    if ('reply' in answer && answer.reply.name === 'authenticate' && this.#unresolved !== null) {
      this.#opened = answer;
      this.#askWhatBecame(this.#unresolved);
    } else this.#tell(answer);
  }

  #tell(answer: Answer): void {
    this.#options.listener.answered(answer);
  }

  #keepSession({ session: id, serial, nonce }: ReplyOf<'openSession'>): void {
    const { role } = this.#options;
    const pairing = role === 'emergency' ? null : this.#options.pairing(serial);
    const own = pairing === null || pairing === undefined ? null : roleKey(pairing, role);
    const key = sessionKey(own, { session: id, station: this.#nonce, pump: nonce });
    this.#session = { id, serial, key, paired: pairing !== undefined };
  }

  /** The pump knows no such session any more: once, another one is opened for what was asked. */
  #sessionLost(answer: Answer, name: MessageName): void {
    if (this.#again) {
      if (isCommand(name)) this.#giveUp();
      else this.#tell(answer);
      return;
    }
    this.#again = true;
    this.#lost = this.#session?.serial ?? null;
    this.#step = 'opening';
    this.#open();
  }

  #reopened(answer: Answer): void {
    if ('reply' in answer && answer.reply.name === 'openSession') this.#keepSession(answer.reply.payload);
    const session = this.#session;
    if (session === null || !session.paired) this.#giveUp();
    else if (session.serial !== this.#lost) this.#giveUp('otherPump');
    else {
      this.#step = 'authenticating';
      this.#send({ name: 'authenticate', payload: {} });
    }
  }

  /** In a session again: what was asked is asked again, a command only if it has not been carried out. */
  #reauthenticated(answer: Answer): void {
    if ('refused' in answer || this.#sent === null) this.#giveUp();
    else if (isCommand(this.#sent.request.name)) this.#askWhatBecame(this.#sent);
    else this.#askAgain(this.#sent);
  }

  #askAgain({ request }: Sent): void {
    this.#step = 'asked';
    this.#send(request);
  }

  #askWhatBecame({ session, sequence }: Sent): void {
    this.#step = 'recalling';
    this.#send({ name: 'recall', payload: { session, sequence } });
  }

  #recalled(given: Answer): void {
    const opened = this.#opened;
    const about = opened === null ? this.#sent : this.#unresolved;
    const recalled = about === null ? undefined : recalledIn(about.request, given);
    if (about === null || recalled === undefined) this.#giveUp();
    else if (opened !== null) {
      [this.#step, this.#opened, this.#unresolved] = ['asked', null, null];
      this.#options.listener.recalled?.(recalled);
      this.#tell(opened);
    } else if (recalled.answer !== null) {
      this.#step = 'asked';
      this.#tell(recalled.answer);
    } else if (recalled.became === 'neverArrived') this.#askAgain(about);
    else this.#giveUp();
  }

  /** What was asked stays without an answer; a command is asked about in the next session. */
  #giveUp(why: Unanswered = 'silence'): void {
    const sent = this.#sent;
    [this.#step, this.#session, this.#opened] = ['asked', null, null];
    if (sent !== null && isCommand(sent.request.name)) this.#unresolved = sent;
    this.#options.listener.unanswered(sent?.request.name ?? 'openSession', why);
  }

  due(): Instant | undefined {
    return this.#exchange.due();
  }

  wake(now: Instant): void {
    this.#exchange.wake(now);
  }

  save(): Json {
    const session = this.#session;
    return {
      exchange: this.#exchange.save(),
      nonces: this.#nonces,
      nonce: this.#nonce,
      session: session === null ? null : { ...session, key: session.key?.hex ?? null },
      step: this.#step,
      sent: this.#sent as Json,
      again: this.#again,
      unresolved: this.#unresolved as Json,
      opened: this.#opened as Json,
      lost: this.#lost,
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      exchange: Json;
      nonces: number;
      nonce: string;
      session: (Omit<Session, 'key'> & { key: string | null }) | null;
      step: Step;
      sent: Sent | null;
      again: boolean;
      unresolved: Sent | null;
      opened: Answer | null;
      lost: string | null;
    }>(json);
    const { session } = saved;
    const key = session === null || session.key === null ? null : Key.parse(session.key);
    this.#session = session === null ? null : { ...session, key };
    this.#exchange.load(saved.exchange, key);
    this.#nonces = saved.nonces;
    this.#nonce = saved.nonce;
    this.#step = saved.step;
    this.#sent = saved.sent;
    this.#again = saved.again;
    this.#unresolved = saved.unresolved;
    this.#opened = saved.opened;
    this.#lost = saved.lost;
  }
}

/** What became of a command by the pump's word; undefined where it gave none. */
function recalledIn(request: Request, given: Answer): Recalled | undefined {
  if ('refused' in given || given.reply.name !== 'recall') return undefined;
  const { became, answer } = given.reply.payload;
  if (answer === null) return { request, became, answer: null };
  const read = readAnswer(request.name, answer.type, hexToBytes(answer.payload));
  return 'error' in read ? undefined : { request, became, answer: read as Answer };
}

/** Whether two requests ask for the same. */
export const isSame = (one: Request, other: Request): boolean => digestOf(one as Json) === digestOf(other as Json);
