import {
  type Answer,
  type Clock,
  fromJson,
  type Instant,
  isCommand,
  type Json,
  Key,
  type MessageName,
  mayAsk,
  nonceOf,
  type Port,
  type ReplyOf,
  type Request,
  type Role,
  refusal,
  roleKey,
  sessionKey,
  toJson,
  type Witness,
} from '../shared/index.ts';
import { Exchange } from './exchange.ts';
import { type Recalled, recalledOf, type Sent, Unresolved } from './recall.ts';

/** What a station asks for. A session's role and nonce are the station's own. */
export type Asked = Exclude<Request, { name: 'openSession' | 'recall' }> | { readonly name: 'openSession' };

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

/**
 * What the answer under way is for: the station itself, or a step of getting back into a session: asking for a new
 * one, answering its challenge, asking what became of the command the old one ended with.
 */
type Step = 'asked' | 'opening' | 'authenticating' | 'recalling';

/** Outside a session, or at its end: never asked again in another. */
const OF_ONE_SESSION: readonly MessageName[] = ['openSession', 'closeSession'];

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
  readonly #unresolved = new Unresolved();
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
    const { id = 0, key = null, serial = '' } = this.#session ?? {};
    const at = this.#options.clock.now;
    if (this.#step === 'asked')
      this.#sent = { request, serial, session: id, sequence: this.#exchange.sequence + 1, at };
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
    const unresolved = this.#unresolvedHere;
    if ('reply' in answer && answer.reply.name === 'authenticate' && unresolved !== undefined) {
      this.#opened = answer;
      this.#askWhatBecame(unresolved);
    } else this.#tell(answer);
  }

  /** The command that the pump of this session may never have got. */
  get #unresolvedHere(): Sent | undefined {
    return this.#unresolved.of(this.#session?.serial);
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

  /**
   * In a session again: what was asked is asked again, a command only if it has not been carried out. Where it was the
   * opening itself that failed, it is done.
   */
  #reauthenticated(answer: Answer): void {
    if ('refused' in answer || this.#sent === null) this.#giveUp();
    else if (this.#sent.request.name === 'authenticate') {
      this.#step = 'asked';
      this.#asked(answer);
    } else if (isCommand(this.#sent.request.name) && this.#mayRecall) this.#askWhatBecame(this.#sent);
    else this.#askAgain(this.#sent);
  }

  /** Whoever needs no key is told nothing of before: what he may do is sent again, and harms nobody. */
  get #mayRecall(): boolean {
    return mayAsk(this.#options.role, 'recall');
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
    const about = opened === null ? this.#sent : this.#unresolvedHere;
    if (about == null) {
      this.#giveUp();
      return;
    }
    const recalled = recalledOf(about, given, this.#options.clock.now);
    if (opened !== null) {
      [this.#step, this.#opened] = ['asked', null];
      this.#unresolved.settle(about);
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
    if (sent !== null && isCommand(sent.request.name) && this.#mayRecall) this.#unresolved.add(sent);
    this.#options.listener.unanswered(sent?.request.name ?? 'openSession', why);
  }

  /** The link is gone, and whoever carries it knows: what is asked stays without an answer. */
  linkLost(): void {
    this.#exchange.giveUp();
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
      sent: this.#sent === null ? null : toJson(this.#sent),
      again: this.#again,
      unresolved: this.#unresolved.save(),
      opened: this.#opened === null ? null : toJson(this.#opened),
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
      unresolved: Json;
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
    this.#unresolved.load(saved.unresolved);
    this.#opened = saved.opened;
    this.#lost = saved.lost;
  }
}
