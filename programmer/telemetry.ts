import {
  type Answer,
  after,
  bytesToHex,
  type Clock,
  decodeFrame,
  encodeFrame,
  fromJson,
  hexToBytes,
  type Instant,
  type Json,
  type MessageName,
  MOST_PAYLOAD,
  type Port,
  type Request,
  readAnswer,
  requestBytes,
  span,
  type Witness,
} from '../shared/index.ts';

/** How long a station waits for an answer before it asks again. A setting of the programmer, assumed. */
export const RETRY_AFTER = span(2000);
/** How often it asks before it gives up. Assumed. */
export const TRIES = 3;

interface Pending {
  readonly name: MessageName;
  readonly bytes: string;
  readonly sent: Instant;
  readonly tries: number;
  readonly because: number;
}

/** What a station is told: an answer to what it asked, or that there was none. */
export interface Listener {
  answered(answer: Answer): void;
  unanswered(name: MessageName): void;
}

/**
 * A station's end of the link: one request at a time, asked again with the same sequence number, so that
 * the pump carries it out once however often it arrives.
 */
export class Telemetry {
  readonly #port: Port;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #listener: Listener;
  #session = 0;
  #sequence = 0;
  #pending: Pending | null = null;

  constructor(port: Port, clock: Clock, witness: Witness, listener: Listener) {
    this.#port = port;
    this.#clock = clock;
    this.#witness = witness;
    this.#listener = listener;
    port.onFrame((bytes) => this.#take(bytes));
  }

  get busy(): boolean {
    return this.#pending !== null;
  }

  /** Sends a request; one that no frame can carry is refused here. Throws where one is still unanswered. */
  ask(request: Request): void {
    if (this.#pending !== null) throw new Error(`${this.#pending.name} is still unanswered`);
    const { type, payload } = requestBytes(request);
    if (payload.length > MOST_PAYLOAD) {
      this.#listener.answered({ refused: { code: 'tooLong', also: [], until: null, shortest: null } });
      return;
    }
    if (request.name === 'openSession') this.#session = 0;
    this.#sequence += 1;
    const bytes = encodeFrame({ session: this.#session, sequence: this.#sequence, type, payload });
    const { cause } = this.#witness;
    this.#pending = { name: request.name, bytes: bytesToHex(bytes), sent: this.#clock.now, tries: 1, because: cause };
    this.#port.send(bytes);
  }

  due(): Instant | undefined {
    return this.#pending === null ? undefined : after(this.#pending.sent, RETRY_AFTER);
  }

  /** Asks again, or gives up. */
  wake(now: Instant): void {
    const pending = this.#pending;
    if (pending === null) return;
    this.#witness.because(pending.because, () => {
      if (pending.tries >= TRIES) {
        this.#pending = null;
        this.#session = 0;
        this.#listener.unanswered(pending.name);
        return;
      }
      this.#pending = { ...pending, sent: now, tries: pending.tries + 1 };
      this.#port.send(hexToBytes(pending.bytes));
    });
  }

  /** What is not the answer to what was asked is left alone; the next try will tell. */
  #take(bytes: Uint8Array): void {
    const pending = this.#pending;
    const frame = decodeFrame(bytes);
    if (pending === null || 'error' in frame) return;
    if (frame.session !== this.#session || frame.sequence !== this.#sequence) return;
    const answer = readAnswer(pending.name, frame.type, frame.payload);
    if ('error' in answer) return;
    this.#pending = null;
    if ('reply' in answer && answer.reply.name === 'openSession') this.#session = sessionOf(answer.reply.payload);
    if (pending.name === 'closeSession') this.#session = 0;
    this.#listener.answered(answer as Answer);
  }

  save(): Json {
    return {
      session: this.#session,
      sequence: this.#sequence,
      pending: this.#pending === null ? null : { ...this.#pending },
    };
  }

  load(json: Json): void {
    const saved = fromJson<{ session: number; sequence: number; pending: Pending | null }>(json);
    this.#session = saved.session;
    this.#sequence = saved.sequence;
    this.#pending = saved.pending;
  }
}

function sessionOf(payload: unknown): number {
  return (payload as { session: number }).session;
}
