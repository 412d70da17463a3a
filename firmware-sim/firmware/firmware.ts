import {
  type FrameError,
  fromJson,
  type Instant,
  type Json,
  type Key,
  type MessageName,
  type Party,
  RANK,
  type Refusal,
  type RefusalCode,
  type Request,
  type Role,
  type Status,
  sooner,
} from '../../shared/index.ts';
import { answerTo, requestBolus } from './answer.ts';
import { plainChart } from './chart/pump.chart.ts';
import { acceptedBy } from './commands.ts';
import { Entries } from './entries.ts';
import type { MemoryFound, Reset, Seen } from './hardware.ts';
import { keepSerial } from './memory/serial.ts';
import { keepTime } from './memory/stored-time.ts';
import { Processor, type ProcessorOptions } from './processor.ts';
import { type Behind, Radio } from './radio.ts';
import { activeAlarms } from './rules/alarms.ts';
import { forget, isLivedIn, restart, type Startable, startNew } from './start.ts';
import { statusOf } from './status.ts';

const accepted = acceptedBy(plainChart);

interface FirmwareOptions extends ProcessorOptions {
  readonly serial: string;
  /** The pairing key a pump of a serial number was made with. */
  readonly pairing: (serial: string) => Key;
}

/**
 * The implanted device: processor, memory and radio on one hardware, woken by its own deadlines. Where something in it
 * has thrown it has failed: whatever is asked of it throws, until its processor starts anew or a snapshot is loaded.
 */
export class Firmware implements Party {
  readonly name = 'pump';
  readonly rank = RANK.pump;
  readonly #options: FirmwareOptions;
  readonly #entries: Entries;
  readonly #processor: Processor;
  readonly #radio: Radio;
  readonly #pump: Startable;
  readonly #behind: Behind;

  constructor(options: FirmwareOptions) {
    this.#options = options;
    const { profile, serial, hardware, witness } = options;
    this.#processor = new Processor(options);
    this.#entries = new Entries(hardware.store, () => this.#processor.keep());
    this.#behind = this.#behindRadio();
    this.#radio = new Radio(this.#behind, profile.sessionTimeout, witness, hardware.store);
    const [processor, radio] = [this.#processor, this.#radio];
    this.#pump = { profile, hardware, witness, processor, radio, identity: { serial } };
    hardware.antenna.onFrame((bytes) => {
      // What is answered has lasted: nobody is told of anything that a loss of power could still undo.
      const answer = this.#entries.enter(() => radio.take(bytes, processor.now));
      if (answer !== undefined) hardware.antenna.send(answer);
    });
    const { handing } = hardware.antenna;
    handing?.onMessage(({ says, ...message }) => {
      if (!('name' in says)) return;
      const answer = this.#entries.enter(() => radio.hear({ ...message, says }, processor.now));
      if (answer !== undefined) handing.send(answer);
    });
    hardware.onReset((reset) => this.#entries.start(() => this.#reset(reset)));
    hardware.onBattery((is) =>
      this.#entries.enter(() =>
        processor.handle({ type: is === 'low' ? 'BATTERY_LOW' : 'BATTERY_EMPTY', at: processor.now }),
      ),
    );
    hardware.onMemoryLocked((locked) =>
      this.#entries.enter(() =>
        processor.handle({ type: locked ? 'MEMORY_LOCKED' : 'MEMORY_UNLOCKED', at: processor.now }),
      ),
    );
    hardware.onSeen((seen) => this.#entries.enter(() => this.#see(seen)));
  }

  /** What a sensor sees goes through the chart. */
  #see({ condition, holds }: Seen): void {
    const type = holds ? 'CONDITION_SENSED' : 'CONDITION_GONE';
    this.#processor.handle({ type, at: this.#processor.now, condition });
  }

  get serial(): string {
    return this.#pump.identity.serial;
  }

  /** The state of each region of the chart. */
  get states(): Readonly<Record<string, string>> {
    return { ...this.#processor.state.value };
  }

  /** Events the chart has handled. */
  get handled(): number {
    return this.#processor.handled;
  }

  /** Telemetry frames rejected since the processor started, by code. */
  get rejected(): Radio['rejected'] {
    return this.#radio.rejected;
  }

  /**
   * Starts on what the store holds: a new pump leaves the factory, one that has lived does what it does at a reset.
   * With the time kept the clock must show the pump's own; one behind the time stored has lost it. `found` is what
   * the store said when it was opened, where somebody has opened it already.
   */
  powerOn(timeLost = true, found: MemoryFound = this.#options.hardware.store.open()): void {
    this.#entries.start(() => {
      if (found !== 'failed' && !isLivedIn(this.#pump)) startNew(this.#pump);
      else restart(this.#pump, found, timeLost, false);
    });
  }

  #reset({ timeLost, battery }: Reset): void {
    const found = this.#options.hardware.store.open();
    if (found !== 'failed' && !isLivedIn(this.#pump)) return;
    restart(this.#pump, found, timeLost, true);
    if (battery === null) return;
    const processor = this.#processor;
    processor.handle({ type: 'BATTERY_RESET', at: processor.now, safeState: battery.safeState });
  }

  /** Another pump of the same kind in this one's place, as it leaves the factory, powered on. */
  becomeAnother(serial: string): void {
    this.#entries.start(() => {
      this.#pump.identity.serial = serial;
      forget(this.#pump);
      startNew(this.#pump);
    });
  }

  /**
   * Stores the time. Who wants a pump to outlive its process calls this once a `writeInterval`: no event, and nothing
   * else changes. Within one process what would have been stored is worked out.
   */
  keepTime(): void {
    this.#entries.enter(() => keepTime(this.#options.hardware.store, this.#processor.now));
  }

  status(): Status {
    this.#entries.check();
    const { state, now } = this.#processor;
    return statusOf(state, this.serial, now, accepted(state, now));
  }

  due(): Instant | undefined {
    this.#entries.check();
    const due = sooner(this.#radio.due(), this.#processor.due());
    return due === undefined ? undefined : this.#options.hardware.clock.whenShows(due);
  }

  wake(): void {
    this.#entries.enter(() => {
      if (!this.#processor.wake()) this.#radio.wake(this.#processor.now);
    });
  }

  /**
   * Answers a patient who asks for a bolus as it would in a session of the handset, handed over without a frame: chart,
   * log and plant see session and request as they do over the link. Only what befalls the plant at that very instant,
   * which over the link comes between two frames, comes after them. What stands against the bolus; undefined where it is
   * granted.
   */
  pressed(): Refusal | undefined {
    return this.#entries.enter(() => {
      this.#radio.lose('patient');
      this.#open('patient');
      const refused = requestBolus(this.#processor, 'patient');
      this.#behind.closed('patient', false);
      return refused;
    });
  }

  #open(role: Role): void {
    const processor = this.#processor;
    for (const seen of this.#options.hardware.interrogated()) this.#see(seen);
    processor.readLevel();
    processor.handle({ type: 'SESSION_OPENED', at: processor.now, role });
  }

  #behindRadio(): Behind {
    const { profile, pairing, hardware } = this.#options;
    const processor = this.#processor;
    return {
      random: () => hardware.random(),
      identity: () => ({ serial: this.serial, profile: profile.name, pairing: pairing(this.serial) }),
      opened: (role: Role) => {
        this.#open(role);
        return { alarms: activeAlarms(processor.state.context).map(({ code }) => code), now: processor.now };
      },
      closed: (role: Role, lost: boolean) => {
        processor.handle({ type: 'SESSION_CLOSED', at: processor.now, role, lost });
        const alarm = role === 'clinician' ? hardware.falseAlarm() : null;
        if (alarm !== null) processor.handle({ type: 'LEVEL_MISREAD', at: processor.now, alarm });
      },
      execute: (request: Request, role: Role) => answerTo(request, role, processor, this),
      refused: (role: Role, command: MessageName, code: RefusalCode) => processor.refused(role, command, code),
      rejected: (error: FrameError, more: number | null) =>
        processor.write(processor.now, 'frameRejected', more === null ? { error } : { error, more }),
    };
  }

  save(): Json {
    this.#entries.check();
    return { processor: this.#processor.save(), radio: this.#radio.save(), serial: this.serial };
  }

  load(saved: Json): void {
    const { processor, radio, serial } = fromJson<{ processor: Json; radio: Json; serial: string }>(saved);
    this.#entries.start(() => {
      const { store } = this.#options.hardware;
      store.open();
      store.clear();
      this.#processor.load(processor);
      this.#radio.load(radio);
      this.#pump.identity.serial = serial;
      keepSerial(store, serial);
    });
  }
}
