import { z } from 'zod';
import type { HandsOutcome, Truth } from '../../firmware-sim/index.ts';
import { HANDS_REFUSALS, type HandsRefusal } from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  type Instant,
  type Json,
  RANK,
  type Status,
  statusSchema,
  type Volume,
  volume,
} from '../../shared/index.ts';
import type { Pump, PumpMaker, PumpSetting } from '../pump.ts';
import { faultToWire, handsToWire } from './acts.ts';
import { type Moment, profileDigest, type TrialAnswer, type TrialPump, type WrittenTrialCall } from './messages.ts';
import { truthOnWire } from './truth.ts';

/** The way to a pump in another process. Every call waits for its answer; throws where there is none. */
export interface FarEnd {
  /** Puts a factory-new pump on trial there, in place of the one before. */
  begin(pump: TrialPump): void;
  call(call: WrittenTrialCall, moment: Moment): TrialAnswer;
  /** Sends a frame by telemetry; what the pump told, and the frame that answered it, if one did. */
  exchange(frame: Uint8Array, moment: Moment): { readonly answer: TrialAnswer; readonly bytes: Uint8Array | undefined };
}

/** Makes pumps that run at the far end and are ordinary parties here. */
export const farPumps =
  (end: FarEnd): PumpMaker =>
  (setting) =>
    new FarPump(end, setting);

/** Asks for a pump of a profile there, and makes no use of it. Throws where the far end runs pumps of another. */
export function assertProfile(end: FarEnd, profile: DeviceProfile): void {
  end.begin({ profile: profileDigest(profile), name: profile.name, serial: 'asked-for', executor: 'table' });
}

const REFUSALS = Object.keys(HANDS_REFUSALS) as [HandsRefusal, ...HandsRefusal[]];
const handsOutcome = z.union([
  z.strictObject({
    done: z.literal(true),
    reading: z
      .int()
      .min(0)
      .transform((n) => volume.of(n))
      .exactOptional(),
  }),
  z.strictObject({ refused: z.enum(REFUSALS) }),
]);

interface Read {
  readonly at: Instant | undefined;
  status?: Status;
  truth?: Truth;
}

/** A pump at the far end: what it tells is told here, in its order and with its causes, as if it had run here. */
class FarPump implements Pump {
  readonly #end: FarEnd;
  readonly #setting: PumpSetting;
  #stands: Pick<TrialAnswer, 'due' | 'handled' | 'reading'> = {
    due: { firmware: null, plant: null },
    handled: 0,
    reading: null,
  };
  /** What was read at this instant; any other call may change it. */
  #read: Read = { at: undefined };
  readonly firmware: Pump['firmware'];
  readonly plant: Pump['plant'];

  constructor(end: FarEnd, setting: PumpSetting) {
    this.#end = end;
    this.#setting = setting;
    const { profile, serial, executor, antenna } = setting;
    end.begin({ profile: profileDigest(profile), name: profile.name, serial, executor });
    antenna.onFrame((frame) => this.#takeFrame(frame));
    const far = this;
    this.firmware = {
      ...party(
        'pump',
        RANK.pump,
        () => this.#stands.due.firmware,
        () => this.#do({ type: 'wake', party: 'firmware' }),
      ),
      powerOn: () => void this.#do({ type: 'powerOn' }),
      status: () => this.#status(),
      get handled() {
        return far.#stands.handled;
      },
    };
    this.plant = {
      ...party(
        'plant',
        RANK.plant,
        () => this.#stands.due.plant,
        () => this.#do({ type: 'wake', party: 'plant' }),
      ),
      act: (act): HandsOutcome => handsOutcome.parse(this.#do({ type: 'hands', act: handsToWire(act) })),
      inflict: (fault) => void this.#do({ type: 'inflict', fault: faultToWire(fault) }),
      truth: () => this.#truth(),
      readingTyped: () => void this.#do({ type: 'readingTyped' }),
      get reading(): Volume | null {
        return far.#stands.reading === null ? null : volume.of(far.#stands.reading);
      },
    };
  }

  get #moment(): Moment {
    const { clock, witness } = this.#setting;
    return { now: clock.now, last: witness.last, cause: witness.cause };
  }

  #do(call: WrittenTrialCall): Json {
    this.#read = { at: this.#setting.clock.now };
    return this.#retell(this.#end.call(call, this.#moment));
  }

  #takeFrame(frame: Uint8Array): void {
    this.#read = { at: this.#setting.clock.now };
    const { answer, bytes } = this.#end.exchange(frame, this.#moment);
    this.#retell(answer);
    if (bytes !== undefined) this.#setting.antenna.send(bytes);
  }

  #retell({ value, records, ...stands }: TrialAnswer): Json {
    const { witness } = this.#setting;
    this.#stands = stands;
    for (const { n, layer, kind, because, data } of records) {
      const told = witness.because(because, () => witness.tell(layer, kind, data));
      if (told !== n) throw new Error(`record ${n} of the pump would be ${told} here`);
    }
    return value;
  }

  /** Reading tells nothing and changes nothing: once an instant is enough. */
  #fresh(): Read {
    const { now } = this.#setting.clock;
    if (this.#read.at !== now) this.#read = { at: now };
    return this.#read;
  }

  #status(): Status {
    const read = this.#fresh();
    read.status ??= statusSchema.parse(this.#end.call({ type: 'status' }, this.#moment).value);
    return read.status;
  }

  #truth(): Truth {
    const read = this.#fresh();
    read.truth ??= truthOnWire.parse(this.#end.call({ type: 'truth' }, this.#moment).value);
    return read.truth;
  }
}

function party<N extends string>(name: N, rank: number, due: () => Instant | null, wake: () => void) {
  const stays = (): never => {
    throw new Error('the state of a pump in another process stays there');
  };
  return { name, rank, due: () => due() ?? undefined, wake: () => wake(), save: stays, load: stays };
}
