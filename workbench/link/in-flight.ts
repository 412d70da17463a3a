import { after, type Duration, type Instant, span } from '../../shared/index.ts';
import type { End } from './ends.ts';
import type { CRASHES } from './fates.ts';

/** A frame held back that nothing overtakes arrives so much later than it would have. */
const HELD_AT_MOST: Duration = span(5000);

/** A frame on its way. */
export interface InFlight {
  readonly from: End;
  readonly to: End;
  readonly bytes: string;
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
    const { held, from, to } = frame;
    this.#frames.push({ ...frame, arrives: held ? after(arrives, HELD_AT_MOST) : arrives, order: this.#next() });
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

  save(): { readonly last: number; readonly frames: readonly InFlight[] } {
    return { last: this.#last, frames: this.#frames.map((frame) => ({ ...frame })) };
  }

  load({ last, frames }: ReturnType<Flights['save']>): void {
    [this.#last, this.#frames] = [last, [...frames]];
  }
}

const isBefore = (a: InFlight, b: InFlight): boolean =>
  a.arrives < b.arrives || (a.arrives === b.arrives && a.order < b.order);
