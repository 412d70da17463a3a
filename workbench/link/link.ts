import {
  bytesToHex,
  type Clock,
  type Duration,
  fromJson,
  type Handing,
  type Instant,
  type Json,
  type Message,
  type Party,
  type Port,
  RANK,
  toJson,
  type Witness,
} from '../../shared/index.ts';
import { Random } from '../random.ts';
import { type Awaited, awaited, strikes } from './awaited.ts';
import { damaged } from './damage.ts';
import { described } from './described.ts';
import type { End, Station } from './ends.ts';
import type { FrameFault, LinkFault } from './faults.ts';
import { Flights, type InFlight, inBytes } from './in-flight.ts';
import { type Chance, chanceFrom, isQuiet, type NoiseRates, QUIET, struckBy } from './noise.ts';

/** From which message on the link will be broken. */
type Cut = NonNullable<Extract<LinkFault, { type: 'disconnect' }>['from']>;

interface LinkOptions {
  readonly clock: Clock;
  readonly witness: Witness;
  /** One-way delay of every frame until a fault says otherwise. */
  readonly latency: Duration;
  readonly seed: number;
  /** Makes the processor of the pump start anew, with or without the time. */
  readonly crash: (timeLost: boolean) => void;
  /** Whether everything goes in frames; it does unless this is false. */
  readonly frames?: boolean | undefined;
}

/** Which of its streams the link draws from: the patient's habits have the first of a seed. */
const STREAM = 1;

/**
 * What lies between the antenna and the telemetry heads: frames arrive in the order sent, after its latency, unless a
 * fault says otherwise. What happens to a frame is told right after it, caused by it.
 */
export class Link implements Party {
  readonly name = 'link';
  readonly rank = RANK.link;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #crash: (timeLost: boolean) => void;
  readonly #takers = new Map<End, (frame: Uint8Array) => void>();
  readonly #hearers = new Map<End, (message: Message) => void>();
  readonly #frames: boolean;
  readonly #random: Random;
  readonly #flights = new Flights();
  #latency: Duration;
  #rates: NoiseRates = QUIET;
  /** Faults whose frame has not been sent yet. */
  #awaited: readonly Awaited[] = [];
  /** Frames ever sent. */
  #sent = 0;
  /** Whether frames are lost, or from which message on they will be. */
  #broken: boolean | Cut = false;
  /** Whose frame the pump is answering. */
  #asking: Station = 'programmer';
  /** Whether what the pump says now never leaves it. */
  #muted = false;

  constructor({ clock, witness, latency, seed, crash, frames = true }: LinkOptions) {
    this.#clock = clock;
    this.#witness = witness;
    this.#latency = latency;
    this.#random = new Random(seed, STREAM);
    this.#crash = crash;
    this.#frames = frames;
  }

  /** The pump's antenna: what it sends goes to the station that asked. */
  antenna(): Port {
    return {
      send: (frame) => {
        if (!this.#muted) this.#send('pump', this.#asking, frame);
      },
      onFrame: (take) => void this.#takers.set('pump', take),
      handing: this.#handing('pump', () => this.#asking),
    };
  }

  station(name: Station): Port {
    return {
      send: (frame) => this.#send(name, 'pump', frame),
      onFrame: (take) => void this.#takers.set(name, take),
      handing: this.#handing(name, () => 'pump'),
    };
  }

  #handing(from: End, to: () => End): Handing {
    // Whoever hears of frames is told what is in them.
    const isOpen = () => !this.#frames && this.isClear && !this.#witness.hears('frame');
    return {
      get isOpen() {
        return isOpen();
      },
      send: (message) => {
        if (!this.#muted) this.#pass(from, to(), message);
      },
      onMessage: (take) => void this.#hearers.set(from, take),
    };
  }

  /** Sends on what nothing can happen to, and nobody hears of. */
  #pass(from: End, to: End, frame: InFlight['frame']): void {
    this.#sent += 1;
    chanceFrom(this.#random);
    const because = this.#witness.tell('link', 'frame', null);
    const flight = { from, to, frame, because, held: false, crash: null, noted: false };
    this.#flights.add(flight, this.#clock.now, this.#latency);
  }

  inflict(fault: LinkFault): void {
    this.#witness.tell('link', 'fault', { ...fault });
    switch (fault.type) {
      case 'disconnect':
        // One that is down stays so, whatever message would break it.
        if (this.#broken !== true) this.#broken = fault.from ?? true;
        return;
      case 'reconnect':
        this.#broken = false;
        return;
      case 'latency':
        this.#latency = fault.oneWay;
        return;
      case 'noise':
        this.#rates = fault.rates;
        return;
      case 'frameFault':
        this.#awaited = [...this.#awaited, awaited(fault.on, fault.fault, this.#sent)];
    }
  }

  /** Whether every frame arrives, as it was sent and at once. */
  get isClear(): boolean {
    return this.#latency === 0 && this.#broken === false && this.#awaited.length === 0 && isQuiet(this.#rates);
  }

  /** The faults whose frame has not been sent yet, as they were told, but for a link that was restored. */
  get pending(): readonly FrameFault[] {
    return this.#awaited.map(({ fault }) => fault);
  }

  #send(from: End, to: End, frame: Uint8Array): void {
    if (this.isClear && !this.#witness.hears('frame')) {
      this.#pass(from, to, frame);
      return;
    }
    this.#sent += 1;
    const chance = chanceFrom(this.#random);
    const told = described(frame);
    const name = String(told['name']);
    const record = this.#witness.tell('link', 'frame', { from, to, ...told, bytes: bytesToHex(frame) });
    const faults = [...this.#awaitedBy(from, name), ...byChance(this.#rates, chance)];
    const isLost = this.#loses(from, name);
    const which = { from, to, name, answer: from === 'pump' };
    this.#witness.because(record, () => {
      if (isLost) this.#witness.tell('link', 'lost', which);
      else if (has(faults, 'drop')) this.#witness.tell('link', 'lost', { ...which, is: 'drop' });
      else this.#carry(frame, which, faults, chance);
    });
  }

  /** Puts a frame that is not lost on its way, as what happens to it leaves it. */
  #carry(frame: Uint8Array, which: Which, faults: readonly FrameFault[], chance: Chance): void {
    const { from, to } = which;
    let because = this.#witness.cause;
    const sentBy = because;
    const tell = (kind: string, data: { readonly [key: string]: Json } = {}) => {
      because = this.#witness.tell('link', kind, { ...which, ...data });
    };
    let bytes = frame;
    for (const { kind, ...damage } of damaged(frame, faults, chance)) {
      if ('bytes' in damage) bytes = damage.bytes;
      tell(kind, 'bytes' in damage ? { ...damage, bytes: bytesToHex(bytes) } : damage);
    }
    const copies = has(faults, 'duplicate') ? 2 : 1;
    if (copies > 1) tell('duplicated');
    const held = has(faults, 'reorder');
    if (held) tell('heldBack');
    const noted = because !== sentBy || this.#latency > 0;
    for (let copy = 0; copy < copies; copy++) {
      const crash = copy === 0 ? crashIn(faults) : null;
      const flight = { from, to, frame: bytes, held, crash, because, noted };
      this.#flights.add(flight, this.#clock.now, this.#latency);
    }
  }

  /** The faults that have waited for this frame; they wait no more. */
  #awaitedBy(from: End, name: string): readonly FrameFault[] {
    const sent = { number: this.#sent, from, name };
    const struck = this.#awaited.filter((each) => strikes(each, sent));
    if (struck.length > 0) this.#awaited = this.#awaited.filter((each) => !struck.includes(each));
    return struck.map(({ fault }) => fault);
  }

  /** Whether a frame is lost; the first one may be what breaks the link. */
  #loses(from: End, name: string): boolean {
    if (typeof this.#broken === 'object') {
      const { message, lose } = this.#broken;
      if (name === message && (from === 'pump') === (lose === 'answer')) this.#broken = true;
    }
    return this.#broken === true;
  }

  due(): Instant | undefined {
    return this.#flights.due();
  }

  wake(): void {
    const flight = this.#flights.take();
    if (flight === undefined) return;
    const { from, to, frame, because, noted } = flight;
    if (from !== 'pump') this.#asking = from;
    const arrived = () => {
      const bytes = inBytes(frame);
      return this.#witness.tell('link', 'arrived', { from, to, ...described(bytes), bytes: bytesToHex(bytes) });
    };
    const cause = noted ? this.#witness.because(because, arrived) : because;
    this.#witness.because(cause, () => this.#deliver(flight));
  }

  /** Hands a frame over; the pump may crash before, or when it has carried it out and has not yet answered. */
  #deliver({ from, to, frame, crash }: InFlight): void {
    if (crash?.when !== 'before') {
      this.#muted = crash !== null;
      if (frame instanceof Uint8Array) this.#takers.get(to)?.(frame);
      else this.#hearers.get(to)?.(frame);
      this.#muted = false;
    }
    if (crash === null) return;
    const told = this.#witness.tell('link', 'crash', { from, to, ...named(described(inBytes(frame))), ...crash });
    this.#witness.because(told, () => this.#crash(crash.timeLost));
  }

  save(): Json {
    return toJson({
      flights: this.#flights.save(),
      asking: this.#asking,
      broken: this.#broken,
      latency: this.#latency,
      rates: this.#rates,
      random: this.#random.save(),
      sent: this.#sent,
      awaited: this.#awaited,
    });
  }

  load(json: Json): void {
    const saved = fromJson<{
      flights: ReturnType<Flights['save']>;
      asking: Station;
      broken: boolean | Cut;
      latency: Duration;
      rates: NoiseRates;
      random: Json;
      sent: number;
      awaited: readonly Awaited[];
    }>(json);
    this.#flights.load(saved.flights);
    this.#asking = saved.asking;
    this.#broken = saved.broken;
    this.#latency = saved.latency;
    this.#rates = saved.rates;
    this.#random.load(saved.random);
    this.#sent = saved.sent;
    this.#awaited = saved.awaited;
  }
}

/** A frame as the trace names it. */
interface Which {
  readonly from: End;
  readonly to: End;
  readonly name: string;
  readonly answer: boolean;
}

const named = ({ name, answer }: ReturnType<typeof described>) =>
  name === undefined ? {} : { name, answer: answer === true };

const has = (faults: readonly FrameFault[], kind: FrameFault['is']): boolean => faults.some(({ is }) => is === kind);

/** What chance does to a frame, as faults. */
function byChance(rates: NoiseRates, chance: Chance): FrameFault[] {
  return struckBy(rates, chance).map((is): FrameFault => {
    if (is === 'corrupt') return { is, bit: null };
    return is === 'truncate' ? { is, to: null } : { is };
  });
}

/** The first crash among faults. */
function crashIn(faults: readonly FrameFault[]): InFlight['crash'] {
  for (const fault of faults) {
    if (fault.is === 'crashBefore') return { when: 'before', timeLost: fault.timeLost };
    if (fault.is === 'crashAfter') return { when: 'after', timeLost: fault.timeLost };
  }
  return null;
}
