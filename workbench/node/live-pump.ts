import { randomBytes } from 'node:crypto';
import {
  createPump,
  EventLog,
  type ExecutorName,
  type Firmware,
  lastTime,
  type Store,
  type Truth,
} from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  earliest,
  type Instant,
  instant,
  type Json,
  type Key,
  type Status,
  Timeline,
  type Volume,
  volume,
  type WallClock,
} from '../../shared/index.ts';
import { type Act, isBesidePump, type Outcome } from '../act.ts';
import { LocalTime } from '../local-time.ts';
import { Tracer, type TraceSink } from '../trace.ts';
import { RealTime } from './real-time.ts';
import { TimeKeeper } from './time-keeper.ts';

/** What outlives a pump's process beside its memory: the physical world around it, and its time. */
export interface World {
  readonly now: number;
  /** What the clocks of the place showed when the world began. */
  readonly clock: number;
  readonly localTime: Json;
  readonly plant: Json;
  /** Number of the last trace record. */
  readonly last: number;
}

/** A world that was kept and cannot be gone on from. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
}

export interface LivePumpOptions {
  readonly profile: DeviceProfile;
  readonly serial: string;
  /** The key that stations pair with it by. */
  readonly pairing: Key;
  readonly executor: ExecutorName;
  readonly wallClock: WallClock;
  readonly speed: number;
  readonly store: Store;
  /** The world as it was left; a new one unless given. */
  readonly world?: World | undefined;
  /**
   * Told the world each time the memory has been made to last, also where nothing in it was new: before any frame is
   * answered, and after all that happens by itself. A world kept then is never behind what the pump has said.
   */
  readonly keepWorld?: (world: World) => void;
  /** Told everything that happens, from its start on. */
  readonly sink?: TraceSink;
  /** Told of an error in what happened by itself. */
  readonly failed: (error: unknown) => void;
}

/** What became of an act on a live pump; undefined where the act is not of the pump. */
type LiveOutcome = Outcome | { readonly done: true; readonly reading?: number } | undefined;

/** A store, and what is done whenever it has made all that was written last. */
const keeping = (store: Store, kept: () => void): Store => ({
  read: (cell) => store.read(cell),
  write: (cell, bytes) => store.write(cell, bytes),
  clear: () => store.clear(),
  open: () => store.open(),
  commit: () => {
    store.commit();
    kept();
  },
});

/** What stops have completed of strokes since one did last, by a memory's log; all, where none ever did. */
function strokesSince(memory: Store, { logCapacity }: DeviceProfile, last: Instant | null): readonly Volume[] {
  const records = EventLog.inStore(memory, logCapacity).filter(({ at }) => last === null || at > last);
  return records.flatMap(({ data: { stroke } }) => (typeof stroke === 'number' ? [volume.of(stroke)] : []));
}

/** A pump with its physics that lives in real time, or in so many times that. */
export class LivePump {
  readonly #options: LivePumpOptions;
  readonly #timeline: Timeline;
  readonly #tracer: Tracer;
  readonly #localTime: LocalTime;
  readonly #pump: ReturnType<typeof createPump>;
  readonly #time: RealTime;
  #take: (frame: Uint8Array) => void = () => undefined;
  #answer: Uint8Array | undefined;

  constructor(options: LivePumpOptions) {
    this.#options = options;
    const { profile, serial, executor, world, wallClock, speed, failed } = options;
    const timeline = new Timeline(instant(world?.now ?? 0));
    this.#timeline = timeline;
    this.#tracer = new Tracer(timeline);
    this.#localTime = new LocalTime(wallClock, timeline);
    const antenna = {
      send: (frame: Uint8Array) => {
        this.#answer = frame;
      },
      onFrame: (take: (frame: Uint8Array) => void) => {
        this.#take = take;
      },
    };
    const pairing = () => options.pairing;
    const store = keeping(options.store, () => options.keepWorld?.(this.world()));
    const random = () => randomBytes(16).toString('hex');
    const made = { profile, serial, pairing, random, clock: timeline, antenna, executor, witness: this.#tracer, store };
    this.#pump = createPump(made);
    const { plant, firmware, memory } = this.#pump;
    if (world !== undefined) this.#goOnFrom(world);
    if (options.sink !== undefined) this.#tracer.onRecord(options.sink);
    for (const party of [plant, this.#localTime]) timeline.join(party);
    // The world may have been kept a moment before the pump's memory was: what flowed since then has flowed.
    const found = memory.open();
    const stored = plant.oscillator.whenShows(lastTime(memory, profile));
    if (world !== undefined && found !== 'failed') {
      timeline.advanceTo(instant(Math.max(timeline.now, stored)));
      // And what a stop has completed of a stroke since then has been completed.
      for (const rest of strokesSince(memory, profile, plant.strokeAt)) plant.completeStroke(rest);
    }
    timeline.join(firmware);
    timeline.join(new TimeKeeper(firmware, profile.writeInterval, timeline.now));
    // A memory must never be found without its world: its clock would be taken for lost.
    options.keepWorld?.(this.world());
    // Started at the very instant it was left at: time that went by first would pass over its deadlines.
    firmware.powerOn(world === undefined, found);
    this.#time = new RealTime(timeline, { speed, failed });
    this.#time.run(() => undefined);
  }

  #goOnFrom({ plant, localTime, last }: World): void {
    try {
      this.#pump.plant.load(plant);
      this.#localTime.load(localTime);
    } catch (error) {
      throw new WorldError(`no world to go on from: ${error instanceof Error ? error.message : error}`);
    }
    this.#tracer.resumeAt(last);
  }

  get profile(): DeviceProfile {
    return this.#options.profile;
  }
  get speed(): number {
    return this.#options.speed;
  }
  get held(): boolean {
    return this.#time.held;
  }

  /** Simulated time, everything due by it done. */
  get now(): Instant {
    return this.#time.run(() => this.#timeline.now);
  }

  /** What the clocks of the place show. */
  get localTime(): WallClock {
    return this.#time.run(() => this.#localTime.now);
  }

  /** Hands a frame to the radio; the bytes that answer it, if it gets an answer. */
  take(frame: Uint8Array): Uint8Array | undefined {
    this.#answer = undefined;
    this.#time.run(() => this.#take(frame));
    return this.#answer;
  }

  /** What hands and the world do to it. */
  act(act: Act): LiveOutcome {
    return this.#time.run(() => {
      const { plant } = this.#pump;
      if (act.by === 'hands') {
        const outcome = plant.act(act.act);
        return 'refused' in outcome ? { refused: outcome.refused, by: 'hands' } : outcome;
      }
      if (act.by !== 'world' || isBesidePump(act.act)) return undefined;
      if (act.act.type === 'localTime') this.#localTime.move(act.act.by);
      else plant.inflict(act.act);
      return { done: true };
    });
  }

  /** Sets the clocks of the place. */
  setLocalTime(to: WallClock): void {
    this.#time.run(() => this.#localTime.move(to - this.#localTime.now));
  }

  belief(): Status {
    return this.#time.run(() => this.#pump.firmware.status());
  }

  truth(): Truth {
    return this.#time.run(() => this.#pump.plant.truth());
  }

  /** Telemetry frames rejected since the start, by code. */
  get rejected(): Firmware['rejected'] {
    return this.#pump.firmware.rejected;
  }

  /** When something will next happen by itself. */
  due(): Instant | undefined {
    const { plant, firmware } = this.#pump;
    return this.#time.run(() => earliest([plant.due(), firmware.due()]));
  }

  hold(): void {
    this.#time.hold();
  }

  release(): void {
    this.#time.release();
  }

  /** Lets held time go on to an instant. Throws RangeError where it has passed. */
  advanceTo(to: Instant): void {
    this.#time.run(() => this.#timeline.advanceTo(to));
  }

  stop(): void {
    this.#time.stop();
  }

  /** The world as it is at the last instant anything happened. */
  world(): World {
    const { wallClock } = this.#options;
    return {
      now: this.#timeline.now,
      clock: wallClock,
      localTime: this.#localTime.save(),
      plant: this.#pump.plant.save(),
      last: this.#tracer.last,
    };
  }
}
