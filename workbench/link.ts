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
  type MessageName,
  type Party,
  type Port,
  RANK,
  typeName,
  type Witness,
} from '../shared/index.ts';

export type Station = 'programmer' | 'handset';

/** What can go wrong between the heads. */
export type LinkFault =
  /** Frames are lost from now on, or from a message on: with its request, or only from its answer on. */
  | {
      readonly type: 'disconnect';
      readonly from: { readonly message: MessageName; readonly lose: 'request' | 'answer' } | null;
    }
  /** Frames arrive again. */
  | { readonly type: 'reconnect' };

export const LINK_FAULTS = {
  disconnect: 'the telemetry head slips: frames are lost, from now on or from a message on',
  reconnect: 'the telemetry head is back over the pump',
} as const satisfies Record<LinkFault['type'], string>;

/** Where the link will break. */
type Cut = NonNullable<Extract<LinkFault, { type: 'disconnect' }>['from']>;

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
  /** Whether frames are lost, or from which message on they will be. */
  #broken: boolean | Cut = false;
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
    const [told, bytes] = [describe(frame), bytesToHex(frame)];
    const record = this.#witness.tell('link', 'frame', { from, to, ...told, bytes });
    if (this.#loses(from, String(told['name']))) {
      this.#witness.because(record, () => this.#witness.tell('link', 'lost', { from, to }));
      return;
    }
    const arrives = after(this.#clock.now, this.#latency);
    this.#inFlight = [...this.#inFlight, { from, to, bytes, arrives, record }];
  }

  inflict(fault: LinkFault): void {
    this.#broken = fault.type === 'disconnect' && (fault.from ?? true);
    this.#witness.tell('link', 'fault', { ...fault });
  }

  /** Whether a frame is lost; the first one may be what breaks the link. */
  #loses(from: InFlight['from'], name: string): boolean {
    if (typeof this.#broken === 'object') {
      const { message, lose } = this.#broken;
      if (name === message && (from === 'pump') === (lose === 'answer')) this.#broken = true;
    }
    return this.#broken === true;
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
    return { inFlight: this.#inFlight.map((frame) => ({ ...frame })), asking: this.#asking, broken: this.#broken };
  }

  load(json: Json): void {
    const saved = fromJson<{ inFlight: InFlight[]; asking: Station; broken: boolean | Cut }>(json);
    this.#broken = saved.broken;
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
