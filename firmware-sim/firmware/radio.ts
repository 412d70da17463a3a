import {
  type Answer,
  after,
  bodyOf,
  bytesToHex,
  type Duration,
  decodeFrame,
  earliest,
  type FrameError,
  fromJson,
  hexToBytes,
  type Instant,
  isCommand,
  isTagged,
  type Json,
  Key,
  MESSAGES,
  type Message,
  type MessageName,
  mayAsk,
  messageBytes,
  type RefusalCode,
  type ReplyOf,
  type Request,
  ROLES,
  type Role,
  readRequest,
  refusal,
  sameKey,
  type Witness,
} from '../../shared/index.ts';
import type { Store } from './hardware.ts';
import { type Greeting, Greetings } from './memory/greetings.ts';
import { LastCommands } from './memory/last-commands.ts';
import { RejectedFrames } from './rejected-frames.ts';

/** What the radio asks of the firmware behind it. */
export interface Behind {
  /** Who the pump is; its pairing key is never sent. */
  identity(): { readonly serial: string; readonly profile: string; readonly pairing: Key };
  /** Noise that never comes twice. */
  random(): string;
  opened(role: Role): ReplyOf<'authenticate'>;
  closed(role: Role, lost: boolean): void;
  execute(request: Request, role: Role): Answer;
  /** Notes a frame that was rejected, or how many more of a code since the last such note. */
  rejected(error: FrameError, more: number | null): void;
  /** Notes a command that was refused before it reached the firmware. */
  refused(role: Role, command: MessageName, code: RefusalCode): void;
}

/** An open session: who, its key, the last frame answered and its answer, and when it was last heard. */
interface Session {
  readonly id: number;
  readonly role: Role;
  readonly key: Key | null;
  readonly sequence: number;
  readonly answer: Answered;
  readonly heard: Instant;
  /** The trace record of the frame last heard. */
  readonly because: number;
}

/** What was answered: as it was said, or, once it has been saved, its bytes. */
type Answered = Message<Answer> | Uint8Array;
const inBytes = (answer: Answered): Uint8Array => (answer instanceof Uint8Array ? answer : messageBytes(answer));

/** A request that has come in, in a frame or handed over; nothing of it is believed before its key is tried. */
interface Received {
  readonly session: number;
  readonly sequence: number;
  readonly type: number;
  isTagged(key: Key | null): boolean;
  read(): Request | { readonly error: FrameError };
}

/**
 * The pump's end of the link. Frames in, answers out, nothing thrown: what cannot be read, or bears a wrong tag, is
 * counted and left unanswered; a request seen before gets the answer it got, and is not carried out again.
 */
export class Radio {
  readonly #behind: Behind;
  readonly #timeout: Duration;
  readonly #witness: Witness;
  readonly #greetings: Greetings;
  readonly #commands: LastCommands;
  readonly #rejected: RejectedFrames;
  #sessions: readonly Session[] = [];
  /** The session last closed by its station: its farewell may have to be said again. */
  #ended: Session | null = null;

  constructor(behind: Behind, timeout: Duration, witness: Witness, store: Store) {
    this.#behind = behind;
    this.#timeout = timeout;
    this.#witness = witness;
    this.#greetings = new Greetings(store);
    this.#commands = new LastCommands(store);
    this.#rejected = new RejectedFrames(witness, (error, more) => behind.rejected(error, more));
  }

  /** How many frames of each code were rejected since the radio started. */
  get rejected(): RejectedFrames['counts'] {
    return this.#rejected.counts;
  }

  /** The bytes that answer a frame, if it gets an answer. */
  take(bytes: Uint8Array, now: Instant): Uint8Array | undefined {
    const frame = decodeFrame(bytes);
    if ('error' in frame) return this.#reject(frame.error, now);
    const { session, sequence, type, payload } = frame;
    const answer = this.#receive(
      {
        ...{ session, sequence, type },
        isTagged: (key) => isTagged(bytes, key),
        read: () => readRequest(type, payload),
      },
      now,
    );
    return answer === undefined ? undefined : inBytes(answer);
  }

  /** The same of a request that was handed over. */
  hear({ session, sequence, says, key }: Message<Request>, now: Instant): Message<Answer> | undefined {
    const { opcode: type } = MESSAGES[says.name];
    const isOurs = (own: Key | null) => sameKey(own, key);
    const answer = this.#receive({ session, sequence, type, isTagged: isOurs, read: () => says }, now);
    return answer instanceof Uint8Array ? undefined : answer;
  }

  #receive(frame: Received, now: Instant): Answered | undefined {
    if (frame.session === 0) return frame.isTagged(null) ? this.#greet(frame, now) : this.#reject('tag', now);
    const session = this.#sessions.find(({ id }) => id === frame.session) ?? this.#farewell(frame);
    const greeting = this.#greetings.find(frame.session);
    const known = session ?? greeting;
    if (known === undefined) {
      this.#rejected.add('session', now);
      return this.#answer(frame, refusal('noSession'), null);
    }
    if (!frame.isTagged(known.key)) return this.#wrongTag(frame, session === undefined, now);
    return session === undefined ? this.#authenticate(frame, greeting, now) : this.#inSession(frame, session, now);
  }

  /** A station of a role begins another session: the one it has not closed is lost. */
  lose(role: Role): void {
    const open = this.#sessions.find((session) => session.role === role);
    if (open !== undefined) this.#close(open, true);
  }

  /** Forgets every session, as a processor that starts anew does, and takes what the store holds. */
  restart(): void {
    this.#sessions = [];
    this.#ended = null;
    this.#greetings.restart();
    this.#commands.restart();
    this.#rejected.restart();
  }

  /** The memory has failed: what commands of before became is not known any more. */
  forgetCommands(): void {
    this.#commands.forget();
  }

  /** When the session that has been silent longest is given up, or rejected frames are summed up. */
  due(): Instant | undefined {
    if (this.#sessions.length === 0) return this.#rejected.due();
    return earliest([...this.#sessions.map(({ heard }) => after(heard, this.#timeout)), this.#rejected.due()]);
  }

  /** Gives up the sessions whose time is over, and sums up the rejected frames of a day. */
  wake(now: Instant): void {
    for (const session of this.#sessions.filter(({ heard }) => after(heard, this.#timeout) <= now)) {
      this.#witness.because(session.because, () => this.#close(session, true));
    }
    this.#rejected.wake(now);
  }

  /** The session whose farewell is said again. */
  #farewell({ session, sequence }: Received): Session | undefined {
    const ended = this.#ended;
    return ended?.id === session && ended.sequence === sequence ? ended : undefined;
  }

  #reject(error: FrameError, now: Instant): undefined {
    this.#rejected.add(error, now);
    return undefined;
  }

  /** Who answers the challenge with a wrong tag is told so; inside a session a wrong tag gets no answer. */
  #wrongTag(frame: Received, isGreeting: boolean, now: Instant): Answered | undefined {
    this.#rejected.add('tag', now);
    const isProof = isGreeting && frame.type === MESSAGES.authenticate.opcode;
    return isProof ? this.#answer(frame, refusal('notPaired'), null) : undefined;
  }

  #greet(frame: Received, now: Instant): Answered | undefined {
    const request = frame.read();
    if ('error' in request) return this.#reject(request.error, now);
    if (request.name !== 'openSession') return this.#answer(frame, refusal('noSession'), null);
    const { serial, profile, pairing } = this.#behind.identity();
    const { session, nonce } = this.#greetings.greet(
      request.payload,
      pairing,
      () => this.#behind.random(),
      (number) => this.#sessions.some(({ id }) => id === number),
    );
    return this.#answer(frame, { reply: { name: 'openSession', payload: { session, serial, profile, nonce } } }, null);
  }

  #authenticate(frame: Received, greeting: Greeting | undefined, now: Instant): Answered | undefined {
    const request = frame.read();
    if ('error' in request) return this.#reject(request.error, now);
    if (greeting === undefined || request.name !== 'authenticate')
      return this.#answer(frame, refusal('noSession'), null);
    const { session: id, role, key } = greeting;
    this.lose(role);
    this.#greetings.settle(role);
    const answer = this.#answer(frame, { reply: { name: 'authenticate', payload: this.#behind.opened(role) } }, key);
    const { sequence } = frame;
    const because = this.#witness.cause;
    const session: Session = { id, role, key, sequence, answer, heard: now, because };
    this.#sessions = ROLES.flatMap((each) =>
      each === role ? [session] : this.#sessions.filter((other) => other.role === each),
    );
    return answer;
  }

  #inSession(frame: Received, session: Session, now: Instant): Answered | undefined {
    if (frame.sequence === session.sequence) return session.answer;
    if (frame.sequence < session.sequence) return this.#reject('sequence', now);
    const read = frame.read();
    // A session is opened outside one; inside, the pump knows no such type.
    const isOpening = 'name' in read && (read.name === 'openSession' || read.name === 'authenticate');
    const request = isOpening ? ({ error: 'type' } as const) : read;
    if ('error' in request) this.#rejected.add(request.error, now);
    const done = 'error' in request ? refusal('malformed') : this.#execute(request, session);
    const { sequence } = frame;
    if ('name' in request && isCommand(request.name)) {
      const { type, payload } = bodyOf(done);
      const answered = { type, payload: bytesToHex(payload) };
      this.#commands.keep(session.role, { session: session.id, sequence, answer: answered });
    }
    const answer = this.#answer(frame, done, session.key);
    const heard = {
      ...session,
      sequence,
      answer,
      heard: now,
      because: this.#witness.cause,
    };
    if (!this.#sessions.includes(session)) this.#ended = heard;
    this.#sessions = this.#sessions.map((each) => (each.id === session.id ? heard : each));
    return answer;
  }

  #execute(request: Request, session: Session): Answer {
    const { name } = request;
    if (!mayAsk(session.role, name)) {
      this.#behind.refused(session.role, name, 'roleTooLow');
      return refusal('roleTooLow');
    }
    if (request.name === 'closeSession') {
      this.#close(session, false);
      return { reply: { name: 'closeSession', payload: {} } };
    }
    if (request.name === 'recall')
      return { reply: { name: 'recall', payload: this.#commands.recall(session.role, request.payload) } };
    return this.#behind.execute(request, session.role);
  }

  #close(session: Session, lost: boolean): void {
    this.#sessions = this.#sessions.filter(({ id }) => id !== session.id);
    this.#behind.closed(session.role, lost);
  }

  #answer({ session, sequence }: Received, says: Answer, key: Key | null): Message<Answer> {
    return { session, sequence, says, key };
  }

  save(): Json {
    return {
      greetings: this.#greetings.save(),
      commands: this.#commands.save(),
      rejected: this.#rejected.save(),
      ended: this.#ended === null ? null : saved(this.#ended),
      sessions: this.#sessions.map(saved),
    };
  }

  load(state: Json): void {
    const { greetings, commands, rejected, ended, sessions } = fromJson<{
      greetings: Json;
      commands: Json;
      rejected: Json;
      ended: Saved | null;
      sessions: Saved[];
    }>(state);
    this.#greetings.load(greetings);
    this.#commands.load(commands);
    this.#rejected.load(rejected);
    this.#ended = ended === null ? null : restored(ended);
    this.#sessions = sessions.map(restored);
  }
}

type Saved = Omit<Session, 'key' | 'answer'> & { readonly key: string | null; readonly answer: string };
const saved = (session: Session): Saved => ({
  ...session,
  key: session.key?.hex ?? null,
  answer: bytesToHex(inBytes(session.answer)),
});
const restored = (session: Saved): Session => ({
  ...session,
  key: session.key === null ? null : Key.parse(session.key),
  answer: hexToBytes(session.answer),
});
