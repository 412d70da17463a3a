import {
  type Answer,
  after,
  answerBytes,
  bytesToHex,
  type Duration,
  decodeFrame,
  earliest,
  encodeFrame,
  type Frame,
  type FrameError,
  fromJson,
  hexToBytes,
  type Instant,
  type Json,
  MESSAGES,
  MOST_PAYLOAD,
  type RefusalCode,
  type ReplyOf,
  type Request,
  ROLES,
  type Role,
  readRequest,
  type Witness,
} from '../../shared/index.ts';

/** What the radio asks of the firmware behind it. */
export interface Behind {
  opened(role: Role): Omit<ReplyOf<'openSession'>, 'session'>;
  closed(role: Role, lost: boolean): void;
  execute(request: Request, role: Role): Answer;
  rejected(error: FrameError): void;
  /** Notes a command that was refused before it reached the firmware. */
  refused(command: string, code: RefusalCode): void;
}

/** An open session: who, the last frame answered and its answer, and when it was last heard. */
interface Session {
  readonly id: number;
  readonly role: Role;
  /** The sequence number of the frame that opened it. */
  readonly opening: number;
  readonly sequence: number;
  readonly answer: string;
  readonly heard: Instant;
  /** The trace record of the frame last heard. */
  readonly because: number;
}

const refusal = (code: RefusalCode): Answer => ({ refused: { code, also: [], until: null, shortest: null } });

/**
 * The pump's end of the link. Frames in, answers out, nothing thrown: what cannot be read is counted and
 * left unanswered; a request seen before gets the answer it got, and is not carried out again.
 */
export class Radio {
  readonly #behind: Behind;
  readonly #timeout: Duration;
  readonly #witness: Witness;
  #sessions: readonly Session[] = [];
  /** The session last closed by its station: its farewell may have to be said again. */
  #ended: Session | null = null;
  #lastId = 0;

  constructor(behind: Behind, timeout: Duration, witness: Witness) {
    this.#behind = behind;
    this.#timeout = timeout;
    this.#witness = witness;
  }

  /** The bytes that answer a frame, if it gets an answer. */
  take(bytes: Uint8Array, now: Instant): Uint8Array | undefined {
    const frame = decodeFrame(bytes);
    if ('error' in frame) return this.#reject(frame.error);
    return frame.session === 0 ? this.#open(frame, now) : this.#inSession(frame, now);
  }

  /** Forgets every session, as a processor that starts anew does. */
  restart(): void {
    this.#sessions = [];
    this.#ended = null;
  }

  /** When the session that has been silent longest is given up. */
  due(): Instant | undefined {
    return earliest(this.#sessions.map(({ heard }) => after(heard, this.#timeout)));
  }

  /** Gives up the sessions whose time is over. */
  wake(now: Instant): void {
    for (const session of this.#sessions.filter(({ heard }) => after(heard, this.#timeout) <= now)) {
      this.#witness.because(session.because, () => this.#close(session, true));
    }
  }

  #reject(error: FrameError): undefined {
    this.#behind.rejected(error);
    return undefined;
  }

  #open(frame: Frame, now: Instant): Uint8Array | undefined {
    const request = readRequest(frame.type, frame.payload);
    if ('error' in request) return this.#reject(request.error);
    if (request.name !== 'openSession') return this.#answer(frame, refusal('noSession'));
    const { role } = request.payload;
    const open = this.#sessions.find((session) => session.role === role);
    // The station asks again because the answer was lost: it gets the same session.
    const again = open !== undefined && open.opening === frame.sequence && open.sequence === frame.sequence;
    if (again) return hexToBytes(open.answer);
    if (open !== undefined) this.#close(open, true);
    const pump = this.#behind.opened(role);
    this.#lastId += 1;
    const answer = this.#answer(frame, { reply: { name: 'openSession', payload: { session: this.#lastId, ...pump } } });
    const { sequence } = frame;
    const session = {
      id: this.#lastId,
      role,
      opening: sequence,
      sequence,
      answer: bytesToHex(answer),
      heard: now,
      because: this.#witness.cause,
    };
    this.#sessions = ROLES.flatMap((each) =>
      each === role ? [session] : this.#sessions.filter((other) => other.role === each),
    );
    return answer;
  }

  #inSession(frame: Frame, now: Instant): Uint8Array | undefined {
    const session = this.#sessions.find(({ id }) => id === frame.session);
    if (session === undefined && this.#ended?.id === frame.session && this.#ended.sequence === frame.sequence) {
      return hexToBytes(this.#ended.answer);
    }
    if (session === undefined) {
      this.#behind.rejected('session');
      return this.#answer(frame, refusal('noSession'));
    }
    if (frame.sequence < session.sequence) return this.#reject('sequence');
    if (frame.sequence === session.sequence) return hexToBytes(session.answer);
    const read = readRequest(frame.type, frame.payload);
    // A session is opened outside one; inside, the pump knows no such type.
    const request = 'name' in read && read.name === 'openSession' ? ({ error: 'type' } as const) : read;
    if ('error' in request) this.#behind.rejected(request.error);
    const answer = this.#answer(frame, 'error' in request ? refusal('malformed') : this.#execute(request, session));
    const heard = {
      ...session,
      sequence: frame.sequence,
      answer: bytesToHex(answer),
      heard: now,
      because: this.#witness.cause,
    };
    if (!this.#sessions.includes(session)) this.#ended = heard;
    this.#sessions = this.#sessions.map((each) => (each.id === session.id ? heard : each));
    return answer;
  }

  #execute(request: Request, session: Session): Answer {
    if (ROLES.indexOf(session.role) < ROLES.indexOf(MESSAGES[request.name].least)) {
      this.#behind.refused(request.name, 'roleTooLow');
      return refusal('roleTooLow');
    }
    if (request.name === 'closeSession') {
      this.#close(session, false);
      return { reply: { name: 'closeSession', payload: {} } };
    }
    return this.#behind.execute(request, session.role);
  }

  #close(session: Session, lost: boolean): void {
    this.#sessions = this.#sessions.filter(({ id }) => id !== session.id);
    this.#behind.closed(session.role, lost);
  }

  #answer(frame: Frame, answer: Answer): Uint8Array {
    const { type, payload } = answerBytes(answer);
    if (payload.length > MOST_PAYLOAD) return this.#answer(frame, refusal('tooLong'));
    return encodeFrame({ session: frame.session, sequence: frame.sequence, type, payload });
  }

  save(): Json {
    const ended = this.#ended === null ? null : { ...this.#ended };
    return { lastId: this.#lastId, ended, sessions: this.#sessions.map((session) => ({ ...session })) };
  }

  load(state: Json): void {
    const { lastId, ended, sessions } = fromJson<{
      lastId: number;
      ended: Session | null;
      sessions: Session[];
    }>(state);
    this.#ended = ended;
    this.#lastId = lastId;
    this.#sessions = sessions;
  }
}
