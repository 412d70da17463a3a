import {
  type DeviceProfile,
  fromJson,
  type Instant,
  instant,
  type Json,
  type LogData,
  type LogKind,
  type MessageName,
  type RefusalCode,
  type ReplyOf,
  type Role,
  sooner,
  sure,
  type Witness,
} from '../../shared/index.ts';
import { type Alarming, alarmEdges, alarmingIn } from './alarm-edges.ts';
import { names } from './chart/names.ts';
import { plainChart } from './chart/pump.chart.ts';
import { factoryValue } from './chart/spec.ts';
import { factoryContext, type PumpContext } from './context.ts';
import { DEADLINES } from './deadlines.ts';
import type { Effect } from './effects.ts';
import { EmergencyRecords } from './emergency-records.ts';
import type { PumpEvent } from './events.ts';
import type { Executor, ExecutorName, PumpState } from './executor/executor.ts';
import { type ChartObserver, observed } from './executor/observed.ts';
import { tableExecutor } from './executor/table.ts';
import { xstateExecutor } from './executor/xstate.ts';
import type { Hardware } from './hardware.ts';
import { EventLog } from './memory/event-log.ts';
import { History } from './memory/history.ts';
import { keepImage, stateFromJson, stateToJson } from './memory/image.ts';
import { isRead, whenRead } from './rules/gauge.ts';

const EXECUTORS = { xstate: xstateExecutor, table: tableExecutor };
const BEHAVIOUR = { chart: plainChart, names };

export interface ProcessorOptions {
  readonly profile: DeviceProfile;
  readonly hardware: Hardware;
  readonly executor: ExecutorName;
  readonly witness: Witness;
  /** Told what the chart decides. */
  readonly observer?: ChartObserver;
}

/**
 * The chart at work on the hardware: handles events one by one, carries out what they lead to, writes log, history and
 * image, and knows when the next deadline is due.
 */
export class Processor {
  readonly #options: ProcessorOptions;
  readonly #executor: Executor;
  readonly #eventLog: EventLog;
  readonly #history: History;
  readonly #emergencies: EmergencyRecords;
  /** When each of DEADLINES is due, and the trace record that made it so. */
  readonly #due: (Instant | undefined)[] = DEADLINES.map(() => undefined);
  readonly #because: number[] = DEADLINES.map(() => 0);
  /** The first of them. */
  #nextDeadline: Instant | undefined;
  /** The alarms as the last event left them. */
  #alarming: Alarming | undefined;
  #handled = 0;
  /** Of when the image is that is kept, and whether it is yet. */
  #keptAt: Instant = instant(0);
  #isKept = true;

  constructor(options: ProcessorOptions) {
    this.#options = options;
    const { profile, hardware, executor, observer } = options;
    this.#executor = EXECUTORS[executor](
      observer === undefined ? BEHAVIOUR : observed(BEHAVIOUR, observer),
      factoryContext(profile),
    );
    this.#eventLog = new EventLog(hardware.store, profile.logCapacity);
    this.#history = new History(hardware.store, profile.historyCapacity);
    this.#emergencies = new EmergencyRecords(options.witness, (at, kind, data) => this.write(at, kind, data));
  }

  /** Works out when each deadline is due as things stand; what `because` says made those so that were not due then. */
  #await(because: number): void {
    const { state } = this;
    let next: Instant | undefined;
    for (let i = 0; i < DEADLINES.length; i++) {
      const due = DEADLINES[i]?.due(state);
      if (due !== this.#due[i]) {
        this.#due[i] = due;
        this.#because[i] = because;
      }
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    this.#nextDeadline = next;
  }

  /** By the pump's own clock. */
  get now(): Instant {
    return this.#options.hardware.clock.now;
  }

  /** Read at once, never kept. */
  get state(): PumpState {
    return this.#executor.state();
  }

  /** Events the chart has handled. */
  get handled(): number {
    return this.#handled;
  }

  /** Takes a state that was kept, and the log and history that the store holds. */
  takeUp(state: PumpState): void {
    this.#executor.load(state);
    this.#alarming = undefined;
    this.#eventLog.restart();
    this.#history.restart();
    this.#emergencies.restart();
  }

  /** Takes the state a pump leaves the factory in, beside what the store holds. */
  takeUpNothing(): void {
    this.takeUp({ value: factoryValue(plainChart), context: factoryContext(this.#options.profile) });
  }

  /** One event through the chart: its effects done, alarm edges logged, deadlines worked out, image kept. */
  handle(event: PumpEvent): void {
    const { witness } = this.#options;
    const { context } = this.state;
    const before = this.#alarming ?? alarmingIn(context);
    const ledgerBefore = context.ledger;
    const done = this.#executor.send(event);
    const after = this.state;
    const what = witness.hears('event') ? { type: event.type, states: { ...after.value } } : null;
    const told = witness.tell('firmware', 'event', what);
    this.#handled += 1;
    witness.because(told, () => {
      for (const effect of done) this.#carryOut(effect, sure(after.value['infusion'], 'state of delivery'));
      const alarming = alarmingIn(after.context);
      for (const { kind, data } of alarmEdges(before, alarming)) this.write(event.at, kind, data);
      this.#alarming = alarming;
      if (after.context.ledger !== ledgerBefore) {
        witness.tell('firmware', 'ledger', witness.hears('ledger') ? ledgerOf(after.context) : null);
      }
    });
    this.#await(told);
    this.#keptAt = event.at;
    this.#isKept = false;
  }

  /** Keeps the image of what the last event left. */
  keep(): void {
    if (this.#isKept) return;
    keepImage(this.#options.hardware.store, this.state, this.#keptAt);
    this.#isKept = true;
  }

  #carryOut(effect: Effect, infusion: string): void {
    const { hardware, witness } = this.#options;
    switch (effect.type) {
      case 'drive': {
        const told = witness.tell('firmware', 'rate', { rate: effect.rate, infusion });
        witness.because(told, () => hardware.drive(effect.rate));
        return;
      }
      case 'stroke': {
        const told = witness.tell('firmware', 'stroke', { volume: effect.volume });
        witness.because(told, () => hardware.completeStroke(effect.volume));
        return;
      }
      case 'log':
        this.#log(effect);
        return;
      case 'record': {
        const entry = this.#history.append(effect.at, effect.by, effect.prescription, effect.library);
        witness.tell('firmware', 'history', entry);
        return;
      }
    }
  }

  #log({ at, kind, data }: Extract<Effect, { type: 'log' }>): void {
    const isOfSession = kind === 'sessionOpened' || kind === 'sessionClosed';
    if (isOfSession && data['role'] === 'emergency') this.#emergencies.take(at, kind, data);
    else this.write(at, kind, data);
  }

  /** Notes that a command of a role was refused without the chart. */
  refused(role: Role, command: MessageName, code: RefusalCode, also: readonly RefusalCode[] = []): void {
    const data = { command, code, also: [...also] };
    if (role === 'emergency') this.#emergencies.take(this.now, 'commandRefused', data);
    else this.write(this.now, 'commandRefused', data);
  }

  /** Writes a record into the event log. */
  write(at: Instant, kind: LogKind, data: LogData): void {
    const record = this.#eventLog.add(at, kind, data);
    this.#options.witness.tell('firmware', 'log', record);
  }

  logFrom(number: number): ReplyOf<'readLog'> {
    return this.#eventLog.page(number);
  }

  historyFrom(number: number): ReplyOf<'readHistory'> {
    return this.#history.page(number);
  }

  /** When a deadline is due next, the fill sensor is read or emergency sessions are summed up, by the pump's own clock. */
  due(): Instant | undefined {
    return sooner(sooner(this.#nextDeadline, whenRead(this.state.context)), this.#emergencies.due());
  }

  /** Handles the first of what is due, and whether there was anything: deadlines in their order, a reading, the sum. */
  wake(): boolean {
    const { now } = this;
    if (!this.#isDue(now)) return this.#wakeOtherwise(now);
    const index = this.#due.findIndex((due) => due !== undefined && due <= now);
    const { type } = sure(DEADLINES[index], 'deadline that is due');
    this.#options.witness.because(this.#because[index] ?? 0, () => this.handle({ type, at: now }));
    return true;
  }

  #isDue(now: Instant): boolean {
    return this.#nextDeadline !== undefined && this.#nextDeadline <= now;
  }

  #wakeOtherwise(now: Instant): boolean {
    const reads = whenRead(this.state.context);
    if (reads === undefined || reads > now) return this.#emergencies.wake(now);
    this.readLevel();
    return true;
  }

  /** Reads the fill sensor, where there is one; what that makes of the level falls due at once. */
  readLevel(): void {
    if (!isRead(this.state.context)) return;
    this.handle({ type: 'LEVEL_READ', at: this.now, volume: this.#options.hardware.fillLevel() });
    while (this.#isDue(this.now)) this.wake();
  }

  save(): Json {
    return {
      state: stateToJson(this.state),
      log: this.#eventLog.save(),
      history: this.#history.save(),
      emergencies: this.#emergencies.save(),
      handled: this.#handled,
      keptAt: this.#keptAt,
      because: [...this.#because],
    };
  }

  /** Takes what was saved, and writes all of it into the store. */
  load(saved: Json): void {
    const { state, log, history, emergencies, handled, keptAt, because } = fromJson<{
      state: Json;
      log: Json;
      history: Json;
      emergencies: Json;
      handled: number;
      keptAt: Instant;
      because: readonly number[];
    }>(saved);
    const { profile } = this.#options;
    this.#executor.load(stateFromJson(state, profile));
    this.#alarming = undefined;
    this.#eventLog.load(log);
    this.#history.load(history);
    this.#emergencies.load(emergencies);
    this.#handled = handled;
    this.#keptAt = keptAt;
    this.#isKept = false;
    this.#await(0);
    for (const i of DEADLINES.keys()) this.#because[i] = because[i] ?? 0;
  }
}

/** The account of what is believed, as the trace has it. */
function ledgerOf({ ledger, volume }: PumpContext): Json {
  const { entered, commanded, adjusted } = ledger;
  return { entered: `${entered}`, commanded: `${commanded}`, adjusted: `${adjusted}`, volume };
}
