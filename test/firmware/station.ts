import {
  type Answer,
  decodeFrame,
  encodeFrame,
  type Key,
  type MessageName,
  nonceOf,
  type Request,
  type Role,
  readAnswer,
  requestBytes,
  roleKey,
  sessionKey,
  simulatedPairing,
} from '../../shared/index.ts';

/** A station by hand: proves who it is, then sends frames one by one, and never asks twice. */
export class HandStation {
  readonly #give: (bytes: Uint8Array) => Uint8Array | undefined;
  readonly #role: Role;
  readonly pairing: Key;
  key: Key | null = null;
  session = 0;
  sequence = 0;

  constructor(give: (bytes: Uint8Array) => Uint8Array | undefined, role: Role, serial: string) {
    this.#give = give;
    this.#role = role;
    this.pairing = simulatedPairing(serial);
  }

  /** Asks for a session and answers the challenge. */
  open(): Answer {
    this.greet();
    return this.ask({ name: 'authenticate', payload: {} });
  }

  /** Asks for a session, and works out its key from the challenge. */
  greet(): void {
    [this.session, this.key] = [0, null];
    const nonce = nonceOf(this.pairing, 1_000_000 + this.sequence);
    const answer = this.ask({ name: 'openSession', payload: { role: this.#role, nonce } });
    if ('refused' in answer || answer.reply.name !== 'openSession') throw new Error('no challenge was put');
    const { session, nonce: pump } = answer.reply.payload;
    this.key = sessionKey(roleKey(this.pairing, this.#role), { session, station: nonce, pump });
    this.session = session;
  }

  /** The next frame for a request, its sequence number used up. */
  frame(request: Request): Uint8Array {
    this.sequence += 1;
    const { session, sequence, key } = this;
    return encodeFrame({ session, sequence, ...requestBytes(request) }, key);
  }

  ask(request: Request): Answer {
    const answer = answerIn(request.name, this.#give(this.frame(request)));
    if (answer === undefined) throw new Error(`${request.name} was not answered`);
    return answer;
  }
}

/** The answer to a request in the bytes that came back. */
export function answerIn(name: MessageName, bytes: Uint8Array | undefined): Answer | undefined {
  if (bytes === undefined) return undefined;
  const frame = decodeFrame(bytes);
  if ('error' in frame) throw new Error(`the answer is no frame: ${frame.error}`);
  const answer = readAnswer(name, frame.type, frame.payload);
  if ('error' in answer) throw new Error(`the answer cannot be read: ${answer.error}`);
  // The registry ties name and payload together; TypeScript cannot follow it through the look-up.
  return answer as Answer;
}
