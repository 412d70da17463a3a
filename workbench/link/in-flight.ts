import {
  after,
  bytesToHex,
  type Duration,
  hexToBytes,
  type Instant,
  type Message,
  messageBytes,
  span,
} from '../../shared/index.ts';
import type { End } from './ends.ts';
import type { CRASHES } from './fates.ts';

/** A frame held back that nothing overtakes arrives so much later than it would have. */
const HELD_AT_MOST: Duration = span(5000);

/** A frame on its way. */
export interface InFlight {
  readonly from: End;
  readonly to: End;
  /** As it was sent: nobody writes in it. One that is handed over is no bytes until it is saved. */
  readonly frame: Uint8Array | Message;
  readonly arrives: Instant;
  /** Of two that arrive at one instant the lower goes first. */
  readonly order: number;
  /** Whether it waits to be overtaken. */
  readonly held: boolean;
  /** What happens to the processor of the pump over it. */
  readonly crash: { readonly when: (typeof CRASHES)[number]; readonly timeLost: boolean } | null;
  /** The trace record of its sending, or of the last that happened to it. */
  readonly because: number;
  /** Whether its arrival is told: it is not where it arrives as it was sent, at once. */
  readonly noted: boolean;
}

/** One as it is saved. */
type Saved = Omit<InFlight, 'frame'> & { readonly bytes: string };

/**
 * What is on its way: frames arrive by the time of arrival, then in the order sent. Everything that is sent comes by
 * here, and is mostly alone: nothing is copied for it.
 */
export class Flights {
  #frames: InFlight[] = [];
  #last = 0;

  /** Sends a frame that takes `latency`; a held one waits, any other is followed by those held that it overtakes. */
  add(frame: Omit<InFlight, 'arrives' | 'order'>, now: Instant, latency: Duration): void {
    const arrives = after(now, latency);
    const { from, to, frame: sent, held, crash, because, noted } = frame;
    const own = held ? after(arrives, HELD_AT_MOST) : arrives;
    this.#frames.push({ from, to, frame: sent, arrives: own, order: this.#next(), held, crash, because, noted });
    if (held) return;
    for (const [i, other] of this.#frames.entries()) {
      if (other.held && other.from === from && other.to === to && other.arrives >= arrives)
        this.#frames[i] = { ...other, held: false, arrives, order: this.#next() };
    }
  }

  #next(): number {
    this.#last += 1;
    return this.#last;
  }

  due(): Instant | undefined {
    return this.#first()?.arrives;
  }

  /** The frame that arrives first, which is no longer on its way then. */
  take(): InFlight | undefined {
    const first = this.#first();
    if (first !== undefined) this.#frames.splice(this.#frames.indexOf(first), 1);
    return first;
  }

  #first(): InFlight | undefined {
    let first: InFlight | undefined;
    for (const frame of this.#frames) if (first === undefined || isBefore(frame, first)) first = frame;
    return first;
  }

  save(): { readonly last: number; readonly frames: readonly Saved[] } {
    const frames = this.#frames.map(({ frame, ...rest }) => ({ ...rest, bytes: bytesToHex(inBytes(frame)) }));
    return { last: this.#last, frames };
  }

  load({ last, frames }: ReturnType<Flights['save']>): void {
    this.#last = last;
    this.#frames = frames.map(({ bytes, ...rest }) => ({ ...rest, frame: hexToBytes(bytes) }));
  }
}

/** The bytes of a frame, those of one that is handed over too. */
export const inBytes = (frame: InFlight['frame']): Uint8Array =>
  frame instanceof Uint8Array ? frame : messageBytes(frame);

const isBefore = (a: InFlight, b: InFlight): boolean =>
  a.arrives < b.arrives || (a.arrives === b.arrives && a.order < b.order);
