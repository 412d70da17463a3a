import {
  after,
  bytesToHex,
  type Clock,
  type Duration,
  decodeFrame,
  fromBytes,
  fromJson,
  hexToBytes,
  type Instant,
  type Json,
  type Party,
  type Port,
  RANK,
  typeName,
  type Witness,
} from '../shared/index.ts';

export type Station = 'programmer' | 'handset';

interface InFlight {
  readonly from: Station | 'pump';
  readonly to: Station | 'pump';
  readonly bytes: string;
  readonly arrives: Instant;
  /** The trace record of its sending. */
  readonly record: number;
}

/** What lies between the antenna and the telemetry heads: frames arrive in the order sent, `latency` later. */
export class Link implements Party {
  readonly name = 'link';
  readonly rank = RANK.link;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #latency: Duration;
  readonly #takers = new Map<Station | 'pump', (frame: Uint8Array) => void>();
  #inFlight: readonly InFlight[] = [];
  /** Whose frame the pump is answering. */
  #asking: Station = 'programmer';

  constructor(clock: Clock, witness: Witness, latency: Duration) {
    this.#clock = clock;
    this.#witness = witness;
    this.#latency = latency;
  }

  /** The pump's antenna: what it sends goes to the station that asked. */
  antenna(): Port {
    return {
      send: (frame) => this.#send('pump', this.#asking, frame),
      onFrame: (take) => void this.#takers.set('pump', take),
    };
  }

  station(name: Station): Port {
    return {
      send: (frame) => this.#send(name, 'pump', frame),
      onFrame: (take) => void this.#takers.set(name, take),
    };
  }

  #send(from: InFlight['from'], to: InFlight['to'], frame: Uint8Array): void {
    const record = this.#witness.tell('link', 'frame', { from, to, ...describe(frame), bytes: bytesToHex(frame) });
    const arrives = after(this.#clock.now, this.#latency);
    this.#inFlight = [...this.#inFlight, { from, to, bytes: bytesToHex(frame), arrives, record }];
  }

  due(): Instant | undefined {
    return this.#inFlight[0]?.arrives;
  }

  wake(): void {
    const [frame, ...others] = this.#inFlight;
    if (frame === undefined) return;
    this.#inFlight = others;
    if (frame.from !== 'pump') this.#asking = frame.from;
    this.#witness.because(frame.record, () => this.#takers.get(frame.to)?.(hexToBytes(frame.bytes)));
  }

  save(): Json {
    return { inFlight: this.#inFlight.map((frame) => ({ ...frame })), asking: this.#asking };
  }

  load(json: Json): void {
    const saved = fromJson<{ inFlight: InFlight[]; asking: Station }>(json);
    this.#inFlight = saved.inFlight;
    this.#asking = saved.asking;
  }
}

/** A frame in words, for the trace. */
function describe(bytes: Uint8Array): { readonly [key: string]: Json } {
  const frame = decodeFrame(bytes);
  if ('error' in frame) return { unreadable: frame.error };
  const { session, sequence, type, payload } = frame;
  return { name: typeName(type), answer: type >= 0x80, session, sequence, payload: payloadOf(payload) };
}

function payloadOf(payload: Uint8Array): Json {
  try {
    return fromBytes(payload) as Json;
  } catch {
    return null;
  }
}
