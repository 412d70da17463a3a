import {
  type Answer,
  after,
  bytesToHex,
  type Clock,
  decodeFrame,
  fromJson,
  hexToBytes,
  type Instant,
  isShort,
  isTagged,
  type Json,
  type Key,
  type Message,
  type MessageName,
  MOST_NUMBER,
  MOST_PAYLOAD,
  messageBytes,
  type Port,
  type RefusalCode,
  type Request,
  readAnswer,
  refusal,
  requestBytes,
  sameKey,
  span,
  type Witness,
} from '../shared/index.ts';

/** How long a station waits for an answer before it asks again. A setting of the programmer, assumed. */
export const RETRY_AFTER = span(500);
/**
 * How often it asks before it gives up. Assumed: 10 s in all, about as long as the telemetry tone of a Prometra-like
 * handset sounds before it reports a failed transaction (Prometra Patient Therapy Controller manual).
 */
export const TRIES = 20;

/** From here on a station that asks for a session counts its requests from 1 again, long before numbers run out. */
export const RENEWED_FROM = 2 ** 31;

/** What a pump may say without a key: that it knows no such session, or no such station. */
const UNTAGGED: readonly RefusalCode[] = ['noSession', 'notPaired'];

interface Pending {
  readonly name: MessageName;
  readonly session: number;
  readonly sequence: number;
  /** As it was sent; of one that was handed over, its frame is made where it is needed after all. */
  readonly sends: Uint8Array | Message<Request>;
  readonly sent: Instant;
  readonly tries: number;
  readonly because: number;
}

const bytesOf = ({ sends }: Pending): Uint8Array => (sends instanceof Uint8Array ? sends : messageBytes(sends));

export interface Answered {
  answered(answer: Answer): void;
  /** Nothing came, however often it was asked. */
  unanswered(): void;
}

/**
 * One request at a time over the link: asked again with the same sequence number, so that the pump carries it out
 * once however often it arrives. What is not the answer to it, or not tagged by the pump, is left alone.
 */
export class Exchange {
  readonly #port: Port;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #listener: Answered;
  #sequence = 0;
  #pending: Pending | null = null;
  #key: Key | null = null;

  constructor(port: Port, clock: Clock, witness: Witness, listener: Answered) {
    this.#port = port;
    this.#clock = clock;
    this.#witness = witness;
    this.#listener = listener;
    port.onFrame((bytes) => this.#take(bytes));
    port.handing?.onMessage((message) => this.#hear(message));
  }

  get busy(): boolean {
    return this.#pending !== null;
  }

  /** The number of the request sent last. */
  get sequence(): number {
    return this.#sequence;
  }

  /**
   * Sends a request, tagged with the key of its session; one that no frame can carry is refused here, and one that no
   * number is left for as if the session were lost: it needs another. Throws where one is still unanswered.
   */
  ask(request: Request, session: number, key: Key | null): void {
    if (this.#pending !== null) throw new Error(`${this.#pending.name} is still unanswered`);
    if (!isShort(request) && requestBytes(request).payload.length > MOST_PAYLOAD) {
      this.#listener.answered(refusal('tooLong'));
      return;
    }
    if (session === 0 && this.#sequence >= RENEWED_FROM) this.#sequence = 0;
    if (this.#sequence === MOST_NUMBER) {
      this.#listener.answered(refusal('noSession'));
      return;
    }
    this.#sequence += 1;
    const [sequence, { name }, because] = [this.#sequence, request, this.#witness.cause];
    const message: Message<Request> = { session, sequence, says: request, key };
    const { handing } = this.#port;
    const isHanded = handing?.isOpen === true && isShort(request);
    const sends = isHanded ? message : messageBytes(message);
    this.#pending = { name, session, sequence, sends, sent: this.#clock.now, tries: 1, because };
    this.#key = key;
    if (sends instanceof Uint8Array) this.#port.send(sends);
    else handing?.send(sends);
  }

  /** Nothing can come any more: what is asked stays without an answer. */
  giveUp(): void {
    if (this.#pending === null) return;
    this.#pending = null;
    this.#listener.unanswered();
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
        this.giveUp();
        return;
      }
      this.#pending = { ...pending, sent: now, tries: pending.tries + 1 };
      this.#port.send(bytesOf(pending));
    });
  }

  #take(bytes: Uint8Array): void {
    const pending = this.#pending;
    const frame = decodeFrame(bytes);
    if (pending === null || 'error' in frame) return;
    if (frame.session !== pending.session || frame.sequence !== pending.sequence) return;
    const answer = readAnswer(pending.name, frame.type, frame.payload);
    if ('error' in answer) return;
    const needsNoKey = 'refused' in answer && UNTAGGED.includes(answer.refused.code) && isTagged(bytes, null);
    if (!needsNoKey && !isTagged(bytes, this.#key)) return;
    this.#pending = null;
    this.#listener.answered(answer as Answer);
  }

  /** The same of an answer that was handed over. */
  #hear({ session, sequence, says, key }: Message): void {
    const pending = this.#pending;
    if (pending === null || 'name' in says || session !== pending.session || sequence !== pending.sequence) return;
    const needsNoKey = 'refused' in says && UNTAGGED.includes(says.refused.code) && key === null;
    if (!needsNoKey && !sameKey(key, this.#key)) return;
    this.#pending = null;
    this.#listener.answered(says);
  }

  save(): Json {
    const pending = this.#pending;
    return {
      sequence: this.#sequence,
      pending: pending === null ? null : saved(pending),
    };
  }

  /** `key` is that of the session the pending request belongs to. */
  load(json: Json, key: Key | null): void {
    const { sequence, pending } = fromJson<{
      sequence: number;
      pending: ReturnType<typeof saved> | null;
    }>(json);
    this.#sequence = sequence;
    this.#pending = pending === null ? null : restored(pending);
    this.#key = pending?.session === 0 ? null : key;
  }
}

function saved(pending: Pending) {
  const { sends: _, ...rest } = pending;
  return { ...rest, bytes: bytesToHex(bytesOf(pending)) };
}

const restored = ({ bytes, ...rest }: ReturnType<typeof saved>): Pending => ({ ...rest, sends: hexToBytes(bytes) });
