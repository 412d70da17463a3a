import {
  type Answer,
  type DeviceProfile,
  earliest,
  type FrameError,
  type Instant,
  instant,
  type Json,
  type Key,
  type LogData,
  type LogKind,
  type Party,
  RANK,
  type RefusalCode,
  type Request,
  type RequestOf,
  type Role,
  refusal,
  type Status,
  type Witness,
} from '../../shared/index.ts';
import { alarmEdges, alarmingIn } from './alarm-edges.ts';
import { names, plainChart } from './chart/pump.chart.ts';
import { factoryValue } from './chart/spec.ts';
import { accepted, prepare } from './commands.ts';
import { factoryContext } from './context.ts';
import { DEADLINES } from './deadlines.ts';
import type { Effect } from './effects.ts';
import type { PumpEvent } from './events.ts';
import type { Executor, ExecutorName } from './executor/executor.ts';
import { type ChartObserver, observed } from './executor/observed.ts';
import { tableExecutor } from './executor/table.ts';
import { xstateExecutor } from './executor/xstate.ts';
import type { Hardware, MemoryFound } from './hardware.ts';
import { LIMIT_LOGS, limitRecords } from './limit-notes.ts';
import { EventLog } from './memory/event-log.ts';
import { History } from './memory/history.ts';
import { keepImage, readImage, stateFromJson, stateToJson } from './memory/image.ts';
import { keepSerial, readSerial } from './memory/serial.ts';
import { keepTime, lastTime } from './memory/stored-time.ts';
import { Radio } from './radio.ts';
import { activeAlarms } from './rules/alarms.ts';
import { statusOf } from './status.ts';

const EXECUTORS = { xstate: xstateExecutor, table: tableExecutor };

export interface FirmwareOptions {
  readonly profile: DeviceProfile;
  readonly serial: string;
  /** The pairing key a pump of a serial number was made with. */
  readonly pairing: (serial: string) => Key;
  readonly hardware: Hardware;
  readonly executor: ExecutorName;
  readonly witness: Witness;
  /** Told what the chart decides. */
  readonly observer?: ChartObserver;
}

/** The implanted device: chart, memory and radio on one hardware, woken by its own deadlines. */
export class Firmware implements Party {
  readonly name = 'pump';
  readonly rank = RANK.pump;
  readonly #options: FirmwareOptions;
  readonly #executor: Executor;
  readonly #radio: Radio;
  readonly #log: EventLog;
  readonly #history: History;
  /** When each of DEADLINES is due, and the trace record that made it so. */
  #deadlines: readonly { readonly due: Instant | undefined; readonly because: number }[];
  #handled = 0;
  /** When the image was last kept. */
  #keptAt: Instant = instant(0);

  #serial: string;

  constructor(options: FirmwareOptions) {
    this.#options = options;
    this.#serial = options.serial;
    const { profile, hardware, executor, observer } = options;
    const behaviour = { chart: plainChart, names };
    this.#executor = EXECUTORS[executor](
      observer === undefined ? behaviour : observed(behaviour, observer),
      factoryContext(profile),
    );
    this.#log = new EventLog(hardware.store, profile.logCapacity);
    this.#history = new History(hardware.store, profile.historyCapacity);
    this.#deadlines = DEADLINES.map(() => ({ due: undefined, because: 0 }));
    this.#radio = new Radio(this.#behindRadio(), profile.sessionTimeout, options.witness, hardware.store);
    hardware.antenna.onFrame((bytes) => {
      // What is answered has lasted: nobody is told of anything that a loss of power could still undo.
      const answer = this.#lasting(() => this.#radio.take(bytes, this.#now));
      if (answer !== undefined) hardware.antenna.send(answer);
    });
    hardware.onReset((timeLost) => this.#lasting(() => this.#reset(timeLost)));
    hardware.onBatteryLow(() => this.#lasting(() => this.#handle({ type: 'BATTERY_LOW', at: this.#now })));
  }

  get #now(): Instant {
    return this.#options.hardware.clock.now;
  }

  /** Events the chart has handled. */
  get handled(): number {
    return this.#handled;
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
    this.#lasting(() => {
      const { store } = this.#options.hardware;
      if (found !== 'failed' && readImage(store, this.#options.profile) === undefined) this.#leaveFactory();
      else this.#restart(found, timeLost, false);
    });
  }

  /**
   * Stores the time. Who wants a pump to outlive its process calls this once a `writeInterval`: no event, and nothing
   * else changes. Within one process what would have been stored is worked out.
   */
  keepTime(): void {
    this.#lasting(() => keepTime(this.#options.hardware.store, this.#now));
  }

  status(): Status {
    const state = this.#executor.state();
    return statusOf(state, this.#serial, this.#now, accepted(plainChart, state, this.#now));
  }

  /** Another pump of the same kind in this one's place, as it leaves the factory, powered on. */
  becomeAnother(serial: string): void {
    this.#lasting(() => {
      this.#serial = serial;
      this.#forget();
      this.#leaveFactory();
    });
  }

  /** Does what an entry from outside calls for, and lets all it has written last, together. */
  #lasting<T>(entry: () => T): T {
    const done = entry();
    this.#options.hardware.store.commit();
    return done;
  }

  #leaveFactory(): void {
    keepSerial(this.#options.hardware.store, this.#serial);
    this.#handle({ type: 'POWER_ON', at: this.#now });
  }

  /** Nothing of what was stored, and nothing of what was known. */
  #forget(): void {
    const { profile, hardware } = this.#options;
    hardware.store.clear();
    this.#executor.load({ value: factoryValue(plainChart), context: factoryContext(profile) });
    for (const part of [this.#radio, this.#log, this.#history]) part.restart();
  }

  #reset(timeLost: boolean): void {
    const { store } = this.#options.hardware;
    const found = store.open();
    // One that was never powered on has nothing to start from.
    if (found === 'failed' || readImage(store, this.#options.profile) !== undefined)
      this.#restart(found, timeLost, true);
  }

  /** What a processor does when it starts: it takes what the store holds, and then the time. */
  #restart(found: MemoryFound, timeLost: boolean, wasRunning: boolean): void {
    const { profile, hardware } = this.#options;
    const image = found === 'failed' ? undefined : readImage(hardware.store, profile);
    if (image === undefined) {
      this.#fail(timeLost);
      return;
    }
    const { at: kept, ...state } = image;
    this.#serial = readSerial(hardware.store) ?? this.#serial;
    this.#executor.load(state);
    for (const part of [this.#radio, this.#log, this.#history]) part.restart();
    // The time is stored at every event, with every record of the log, and once an interval.
    const stored = Math.max(kept, lastTime(hardware.store, profile));
    const lost = timeLost || this.#now < stored;
    if (lost) {
      const intervals = wasRunning ? Math.floor((this.#now - kept) / profile.writeInterval) : 0;
      hardware.clock.countOnFrom(instant(Math.max(stored, kept + intervals * profile.writeInterval)));
    }
    this.#handle({ type: 'RESET', at: this.#now, timeLost: lost });
    if (found === 'healedA' || found === 'healedB')
      this.#handle({ type: 'MEMORY_HEALED', at: this.#now, bank: found === 'healedA' ? 'A' : 'B' });
  }

  /** No bank of the memory is whole. The serial number is engraved in the hardware, too. */
  #fail(timeLost: boolean): void {
    const { witness, hardware } = this.#options;
    const told = witness.tell('firmware', 'memoryFailed', { timeLost });
    witness.because(told, () => {
      this.#forget();
      this.#radio.forgetCommands();
      keepSerial(hardware.store, this.#serial);
      if (timeLost) hardware.clock.countOnFrom(instant(0));
      this.#handle({ type: 'MEMORY_FAILED', at: this.#now, timeLost });
    });
  }

  due(): Instant | undefined {
    const due = earliest([this.#radio.due(), ...this.#deadlines.map(({ due }) => due)]);
    return due === undefined ? undefined : this.#options.hardware.clock.whenShows(due);
  }

  wake(): void {
    this.#lasting(() => this.#wake());
  }

  #wake(): void {
    const now = this.#now;
    const index = this.#deadlines.findIndex(({ due }) => due !== undefined && due <= now);
    const type = DEADLINES[index]?.type;
    if (type === undefined) this.#radio.wake(now);
    else this.#options.witness.because(this.#deadlines[index]?.because ?? 0, () => this.#handle({ type, at: now }));
  }

  /** One event through the chart: its effects done, alarm edges logged, deadlines worked out, image kept. */
  #handle(event: PumpEvent): void {
    const { witness, hardware } = this.#options;
    const before = this.#executor.state();
    const alarming = alarmingIn(before.context);
    const ledgerBefore = before.context.ledger;
    const done = this.#executor.send(event);
    const after = this.#executor.state();
    const told = witness.tell('firmware', 'event', { type: event.type, states: after.value });
    this.#handled += 1;
    witness.because(told, () => {
      for (const effect of done) this.#carryOut(effect, after.value['infusion'] ?? '');
      for (const { kind, data } of alarmEdges(alarming, alarmingIn(after.context))) this.#write(event.at, kind, data);
      if (after.context.ledger !== ledgerBefore) {
        const { entered, commanded, adjusted } = after.context.ledger;
        const { volume } = after.context;
        witness.tell('firmware', 'ledger', {
          entered: `${entered}`,
          commanded: `${commanded}`,
          adjusted: `${adjusted}`,
          volume,
        });
      }
    });
    this.#deadlines = DEADLINES.map(({ due }, i) => {
      const at = due(after);
      const old = this.#deadlines[i];
      return { due: at, because: old !== undefined && old.due === at ? old.because : told };
    });
    keepImage(hardware.store, after, event.at);
    this.#keptAt = event.at;
  }

  #carryOut(effect: Effect, infusion: string): void {
    const { hardware, witness } = this.#options;
    switch (effect.type) {
      case 'drive': {
        const told = witness.tell('firmware', 'rate', { rate: effect.rate, infusion });
        witness.because(told, () => hardware.drive(effect.rate));
        return;
      }
      case 'log':
        this.#write(effect.at, effect.kind, effect.data);
        return;
      case 'record': {
        const entry = this.#history.append(effect.at, effect.by, effect.prescription, effect.library);
        witness.tell('firmware', 'history', entry);
        return;
      }
    }
  }

  #write(at: Instant, kind: LogKind, data: LogData): void {
    const record = this.#log.add(at, kind, data);
    this.#options.witness.tell('firmware', 'log', record);
  }

  #behindRadio() {
    const { profile, pairing, hardware } = this.#options;
    return {
      random: () => hardware.random(),
      identity: () => ({ serial: this.#serial, profile: profile.name, pairing: pairing(this.#serial) }),
      opened: (role: Role) => {
        this.#handle({ type: 'SESSION_OPENED', at: this.#now, role });
        return { alarms: activeAlarms(this.#executor.state().context).map(({ code }) => code), now: this.#now };
      },
      closed: (role: Role, lost: boolean) => this.#handle({ type: 'SESSION_CLOSED', at: this.#now, role, lost }),
      execute: (request: Request, role: Role) => this.#execute(request, role),
      refused: (command: string, code: RefusalCode) =>
        this.#write(this.#now, 'commandRefused', { command, code, also: [] }),
      rejected: (error: FrameError, more: number | null) =>
        this.#write(this.#now, 'frameRejected', more === null ? { error } : { error, more }),
    };
  }

  #execute(request: Request, role: Role): Answer {
    switch (request.name) {
      case 'openSession':
      case 'authenticate':
      case 'recall':
      case 'closeSession':
        throw new Error(`${request.name} is the radio's own`);
      case 'interrogate':
        return { reply: { name: 'interrogate', payload: this.status() } };
      case 'readHistory':
        return { reply: { name: 'readHistory', payload: this.#history.page(request.payload.from) } };
      case 'readLog':
        return { reply: { name: 'readLog', payload: this.#log.page(request.payload.from) } };
      case 'noteLimit':
        return this.#noteLimits(request.payload);
      default: {
        const wrongPump = 'serial' in request.payload && request.payload.serial !== this.#serial;
        const { event, refused, reply } = prepare(this.#executor.state().context, request, this.#now, role);
        const others = refused === undefined ? [] : [refused.code, ...refused.also];
        const refusal = wrongPump
          ? ({ code: 'wrongSerial', also: others, until: null, shortest: null } as const)
          : refused;
        // The chart sees a refused request for a bolus too: it counts and logs the denial itself.
        if (refusal === undefined || request.name === 'requestBolus') this.#handle(event);
        else
          this.#write(this.#now, 'commandRefused', {
            command: request.name,
            code: refusal.code,
            also: [...refusal.also],
          });
        return refusal === undefined
          ? { reply: reply(this.#executor.state().context) }
          : { refused: { ...refusal, also: [...refusal.also] } };
      }
    }
  }

  /** Writes down what was asked about the limits of the programmer's drug library, or refused for them. */
  #noteLimits({ serial, ...note }: RequestOf<'noteLimit'>): Answer {
    const isOther = serial !== this.#serial;
    if (isOther) this.#write(this.#now, 'commandRefused', { command: 'noteLimit', code: 'wrongSerial', also: [] });
    else for (const data of limitRecords(note)) this.#write(this.#now, LIMIT_LOGS[note.answer], data);
    return isOther ? refusal('wrongSerial') : { reply: { name: 'noteLimit', payload: {} } };
  }

  save(): Json {
    return {
      state: stateToJson(this.#executor.state()),
      radio: this.#radio.save(),
      log: this.#log.save(),
      history: this.#history.save(),
      handled: this.#handled,
      serial: this.#serial,
      keptAt: this.#keptAt,
      because: this.#deadlines.map(({ because }) => because),
    };
  }

  load(saved: Json): void {
    const { state, radio, log, history, handled, serial, keptAt, because } = saved as {
      state: Json;
      radio: Json;
      log: Json;
      history: Json;
      handled: number;
      serial: string;
      keptAt: Instant;
      because: readonly number[];
    };
    const { store } = this.#options.hardware;
    store.open();
    store.clear();
    this.#executor.load(stateFromJson(state, this.#options.profile));
    this.#radio.load(radio);
    this.#log.load(log);
    this.#history.load(history);
    this.#handled = handled;
    this.#serial = serial;
    this.#keptAt = keptAt;
    const restored = this.#executor.state();
    keepSerial(store, serial);
    keepImage(store, restored, keptAt);
    store.commit();
    this.#deadlines = DEADLINES.map(({ due }, i) => ({ due: due(restored), because: because[i] ?? 0 }));
  }
}
