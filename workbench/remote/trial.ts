import { createPump } from '../../firmware-sim/index.ts';
import {
  type Clock,
  type DeviceProfile,
  type Instant,
  instant,
  type Json,
  toJson,
  type Witness,
} from '../../shared/index.ts';
import { type TraceRecord, Tracer } from '../trace.ts';
import type { Moment, TrialAnswer, TrialCall, TrialPump } from './messages.ts';
import { truthToWire } from './truth.ts';

/** A clock that is told the time. */
class ToldClock implements Clock {
  now: Instant = instant(0);
}

/**
 * A factory-new pump that somebody else's run makes use of: it has no time of its own, is told the instant of
 * everything that happens to it, and hands its trace records over with every answer.
 */
export class Trial {
  readonly #clock = new ToldClock();
  readonly #tracer: Tracer = new Tracer(this.#clock);
  readonly #pump: ReturnType<typeof createPump>;
  #records: TraceRecord[] = [];
  #take: (frame: Uint8Array) => void = () => undefined;
  #answer: Uint8Array | undefined;

  constructor(profile: DeviceProfile, { serial, executor }: TrialPump) {
    this.#tracer.onRecord((record) => void this.#records.push(record));
    const witness: Witness = this.#tracer;
    const antenna = {
      send: (frame: Uint8Array) => {
        this.#answer = frame;
      },
      onFrame: (take: (frame: Uint8Array) => void) => {
        this.#take = take;
      },
    };
    this.#pump = createPump({ profile, serial, clock: this.#clock, antenna, executor, witness });
  }

  /** Whether an instant has passed already. */
  isPast(now: Instant): boolean {
    return now < this.#clock.now;
  }

  do(call: TrialCall, moment: Moment): TrialAnswer {
    return this.#at(moment, () => this.#call(call, moment.now));
  }

  /** Hands over a frame; the bytes that answer it, if it gets an answer. */
  take(frame: Uint8Array, moment: Moment): { readonly answer: TrialAnswer; readonly bytes: Uint8Array | undefined } {
    this.#answer = undefined;
    const answer = this.#at(moment, () => {
      this.#take(frame);
      return this.#answer !== undefined;
    });
    return { answer, bytes: this.#answer };
  }

  #at({ now, last, cause }: Moment, work: () => Json): TrialAnswer {
    this.#clock.now = now;
    this.#tracer.resumeAt(last);
    this.#records = [];
    const value = this.#tracer.because(cause, work);
    const { firmware, plant } = this.#pump;
    const records = this.#records.map(({ n, layer, kind, because = 0, data }) => ({ n, layer, kind, because, data }));
    const due = { firmware: firmware.due() ?? null, plant: plant.due() ?? null };
    return { value, records, due, handled: firmware.handled, reading: plant.reading };
  }

  #call(call: TrialCall, now: Instant): Json {
    const { firmware, plant } = this.#pump;
    switch (call.type) {
      case 'powerOn':
        firmware.powerOn();
        return null;
      case 'wake': {
        const party = this.#pump[call.party];
        const due = party.due();
        if (due !== undefined && due <= now) party.wake(now);
        return null;
      }
      case 'hands':
        return toJson(plant.act(call.act));
      case 'inflict':
        plant.inflict(call.fault);
        return null;
      case 'readingTyped':
        plant.readingTyped();
        return null;
      case 'status':
        return toJson(firmware.status());
      case 'truth':
        return truthToWire(plant.truth());
    }
  }
}
