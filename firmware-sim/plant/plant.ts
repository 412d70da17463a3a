import {
  type Clock,
  type ConditionCode,
  type DeviceProfile,
  type FieldStrength,
  fromJson,
  type Instant,
  type Json,
  type Party,
  RANK,
  type Rate,
  sooner,
  toJson,
  type Volume,
  type Witness,
} from '../../shared/index.ts';
import { Battery } from './battery.ts';
import { Bedside } from './bedside.ts';
import type { Seen } from './conditions.ts';
import type { FalseAlarm, Fault, SpoiledBanks } from './faults.ts';
import { FillSensor } from './fill-sensor.ts';
import { FluidPath, type Truth } from './fluid-path.ts';
import type { HandsAct, HandsOutcome, Heard } from './hands.ts';
import type { Ongoing } from './ongoing.ts';
import { Oscillator } from './oscillator.ts';
import { Rotor } from './rotor.ts';
import { SpoiltMemory } from './spoilt-memory.ts';
import { Syringe } from './syringe.ts';

/** A start of the processor: whether the time was lost, and what a battery that faltered had to do with it. */
interface Reset {
  readonly timeLost: boolean;
  readonly battery: { readonly safeState: boolean } | null;
}

/** The physical pump, and all that hands and time may do to it. */
export class Plant implements Party {
  readonly name = 'plant';
  readonly rank = RANK.plant;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly oscillator: Oscillator;
  readonly #path: FluidPath;
  readonly #rotor: Rotor;
  readonly #battery: Battery;
  readonly #memory = new SpoiltMemory();
  readonly #fillSensor: FillSensor;
  readonly #syringe = new Syringe();
  readonly #bedside: Bedside;
  /** What happens by itself, in the order in which it does at one instant. */
  readonly #ongoing: readonly Ongoing[];
  #strokeAt: Instant | null = null;
  /** When it is next due, as long as nothing happens to it. */
  #foreseen: { readonly due: Instant | undefined } | undefined;
  #falseAlarm: FalseAlarm | null = null;
  /** How often its source of noise was asked; no reset and no new pump in its place begins anew. */
  #drawn = 0;
  #reset: (reset: Reset) => void = () => {};
  #replaced: (serial: string) => void = () => {};
  #reportSeen: (seen: Seen) => void = () => undefined;
  #listen: () => Heard | undefined = () => undefined;

  constructor(profile: DeviceProfile, clock: Clock, witness: Witness) {
    this.#clock = clock;
    this.#witness = witness;
    this.oscillator = new Oscillator(clock);
    this.#battery = new Battery(profile, clock, witness);
    this.#path = new FluidPath(profile, clock, witness, (at) => this.#battery.turns(at));
    this.#rotor = new Rotor(profile, clock, witness, () => this.#turnOrStall());
    this.#fillSensor = new FillSensor(profile);
    this.#bedside = new Bedside({
      profile,
      clock,
      path: this.#path,
      syringe: this.#syringe,
      listen: () => this.#listen(),
    });
    this.#ongoing = [
      ...this.#path.ongoing,
      { due: () => this.#battery.falters(), because: () => this.#path.setBy, happen: () => this.#falter() },
      { due: () => this.#battery.givesOut(), because: () => 0, happen: () => this.#battery.drain('low') },
      ...this.#rotor.ongoing,
    ];
  }

  onReset(take: (reset: Reset) => void): void {
    this.#reset = take;
  }

  onReplaced(take: (serial: string) => void): void {
    this.#replaced = take;
  }

  /** Takes what is to be called when the battery gives out, and when it is empty. */
  onBattery(report: (is: 'low' | 'empty') => void): void {
    this.#battery.onDrained(report);
  }

  /** Takes what is to be called when an error locks the memory, or a laboratory has mended that. */
  onMemoryLocked(report: (locked: boolean) => void): void {
    this.#memory.onLocked(report);
  }

  /** Takes what is to be called when a sensor of the profile begins to see a condition, or no longer does. */
  onSeen(report: (seen: Seen) => void): void {
    this.#reportSeen = report;
  }

  /** Takes who can say what the pump sounds, or will. */
  onHeard(listen: () => Heard | undefined): void {
    this.#listen = listen;
  }

  /** What the syringes have shown since the last volume was typed, together; null where there were none. */
  get reading(): Volume | null {
    return this.#syringe.shown;
  }

  /** Says that what the syringes showed has been typed. */
  readingTyped(): void {
    this.#syringe.forget();
  }

  drive(asked: Rate): void {
    this.#foreseen = undefined;
    this.#battery.loaded(asked);
    this.#path.drive(asked);
  }

  /** The motor turns as far as a stroke goes, at once. */
  completeStroke(rest: Volume): void {
    this.#foreseen = undefined;
    this.#strokeAt = this.oscillator.now;
    this.#path.stroke(rest);
  }

  /** When a stroke was last completed at a stop, by the pump's own time; null where none ever was. */
  get strokeAt(): Instant | null {
    return this.#strokeAt;
  }

  /** What the fill sensor shows. Throws where the pump has none. */
  fillLevel(): Volume {
    const level = this.#fillSensor.level(this.#path.reservoir.volumeAt(this.#clock.now));
    this.#witness.tell('plant', 'gauge', { level });
    return level;
  }

  /** The alarm that comes by mistake as a session ends. */
  falseAlarm(): FalseAlarm | null {
    return this.#falseAlarm;
  }

  /** What a source of noise gives: here, something new each time. */
  random(): string {
    this.#drawn += 1;
    return `${this.#drawn}`;
  }

  /** What a processor that is starting finds spoiled of its memory. */
  get foundSpoiled(): SpoiledBanks | null {
    return this.#memory.found;
  }

  truth(): Truth {
    return this.#path.truth();
  }

  /** What of the truth needs no look into the body. */
  doses(): Truth['doses'] {
    return this.#path.doses();
  }

  inflict(fault: Fault): void {
    this.#foreseen = undefined;
    if (fault.type === 'batteryLow' || fault.type === 'batteryEmpty') {
      this.#battery.drain(fault.type === 'batteryLow' ? 'low' : 'empty');
      return;
    }
    const told = this.#witness.tell('plant', 'fault', toJson(fault));
    switch (fault.type) {
      case 'flowBias':
      case 'flowDrift':
      case 'nearlyEmpty':
      case 'valvesOpen':
      case 'leak':
      case 'tip':
      case 'granuloma':
        this.#path.inflict(fault, told);
        return;
      case 'intermittentStall':
      case 'slowRecovery':
      case 'telemetryLatch':
      case 'staleRecord':
        this.#rotor.inflict(fault, told);
        return;
      case 'begins':
      case 'ends':
        this.#witness.because(told, () => this.#beginsOrEnds(fault.condition, fault.type === 'begins'));
        return;
      case 'reset':
        this.#startAnew(told, { timeLost: fault.timeLost, battery: null });
        return;
      case 'batteryReset':
        this.#startAnew(told, { timeLost: false, battery: { safeState: fault.safeState } });
        return;
      case 'resistiveFilm':
        this.#battery.grows(fault.film);
        return;
      case 'memoryFault':
        this.#witness.because(told, () => this.#memory.spoil(fault.banks));
        return;
      case 'falseAlarm':
        this.#falseAlarm = fault.alarm;
        return;
      case 'fillSensor':
        this.#fillSensor.misreadBy(fault);
        return;
      case 'syringeError':
        this.#syringe.misreadBy(fault.by);
        return;
      case 'pumpFlipped':
        this.#bedside.flipped = fault.flipped;
        return;
      case 'accessPort':
        this.#bedside.port = fault.port;
    }
  }

  #beginsOrEnds(condition: ConditionCode, holds: boolean): void {
    if (condition === 'stall') {
      this.#rotor.seized = holds;
      this.#turnOrStall();
    } else {
      this.#path.obstruct(condition, holds);
      this.#tellSeen();
    }
  }

  /** The rotor turns as long as there is no reason why it should not. */
  #turnOrStall(): void {
    this.#path.obstruct('stall', this.#rotor.stuck);
    this.#tellSeen();
  }

  /** The processor starts. */
  #startAnew(because: number, reset: Reset): void {
    this.#path.conditions.startAnew();
    this.#memory.during(() =>
      this.#witness.because(because, () => {
        this.#reset(reset);
        if (this.#memory.found === 'bothBanks') this.#battery.sayAgain();
        this.#tellSeen();
      }),
    );
  }

  /** Under too much load the battery falters, and the processor starts anew. */
  #falter(): void {
    const { safeState } = this.#battery.falter();
    const told = this.#witness.tell('plant', 'fault', { type: 'batteryReset', safeState });
    this.#startAnew(told, { timeLost: false, battery: { safeState } });
  }

  /** Tells the pump what its sensors see and it has not been told. */
  #tellSeen(): void {
    for (const seen of this.#takeUnseen()) this.#reportSeen(seen);
  }

  *#takeUnseen(): Iterable<Seen> {
    for (let seen = this.#unseen(); seen !== undefined; seen = this.#unseen()) {
      this.#path.conditions.tell(seen);
      yield seen;
    }
  }

  #unseen(): Seen | undefined {
    const { conditions, motor } = this.#path;
    return conditions.next({ isDriven: motor.asked > 0, isStale: this.#rotor.isUnnoticed });
  }

  /** Somebody interrogates the pump by telemetry: what its sensors see of it that it has not been told. */
  interrogated(): readonly Seen[] {
    this.#foreseen = undefined;
    this.#battery.interrogated();
    if (!this.#rotor.waitsForTelemetry) return [];
    const told = this.#witness.tell('plant', 'interrogated', {});
    this.#rotor.interrogated();
    this.#witness.because(told, () => this.#path.obstruct('stall', this.#rotor.stuck));
    return [...this.#takeUnseen()];
  }

  act(act: HandsAct): HandsOutcome {
    this.#foreseen = undefined;
    switch (act.type) {
      case 'replace':
        return this.#replace(act.serial);
      case 'enterScanner':
        return this.#enterScanner(act.field);
      case 'leaveScanner':
        return this.#leaveScanner();
      case 'resetMemory':
        return this.#resetMemory();
      default: {
        const outcome = this.#bedside.act(act);
        this.#path.settle();
        return outcome;
      }
    }
  }

  #enterScanner(field: FieldStrength): HandsOutcome {
    if (this.#rotor.inField) return { refused: 'alreadySo' };
    this.#rotor.enterField();
    const told = this.#witness.tell('plant', 'scanner', { field });
    this.#witness.because(told, () => {
      if (this.#rotor.isThere) this.#turnOrStall();
      else this.#path.discharge();
    });
    return { done: true };
  }

  #leaveScanner(): HandsOutcome {
    if (!this.#rotor.inField) return { refused: 'alreadySo' };
    const isAlarming = this.#listen() !== undefined;
    this.#rotor.leaveField(isAlarming, this.#witness.tell('plant', 'scanner', { field: 0 }));
    return { done: true };
  }

  #resetMemory(): HandsOutcome {
    if (!this.#memory.isLocked) return { refused: 'alreadySo' };
    const told = this.#witness.tell('plant', 'memoryReset', {});
    this.#witness.because(told, () => this.#memory.unlock());
    return { done: true };
  }

  #replace(serial: string): HandsOutcome {
    this.#path.replacePump();
    this.#battery.replace();
    this.#memory.replace();
    this.#falseAlarm = null;
    this.#fillSensor.replace();
    this.#rotor.replace();
    this.#path.conditions.set('stall', this.#rotor.stuck);
    this.#bedside.flipped = false;
    this.#syringe.forget();
    this.oscillator.load(0);
    this.#strokeAt = null;
    this.#witness.because(this.#path.tell('replaced', { serial }), () => {
      this.#replaced(serial);
      this.#tellSeen();
    });
    return { done: true };
  }

  due(): Instant | undefined {
    if (this.#foreseen === undefined) {
      if (this.#unseen() !== undefined) return this.#clock.now;
      let first: Instant | undefined;
      for (const { due } of this.#ongoing) first = sooner(first, due());
      this.#foreseen = { due: first };
    }
    return this.#foreseen.due;
  }

  /** A motor that is driven anew is seen to be stuck; or something happens by itself, and no sensor sees it. */
  wake(now: Instant): void {
    this.#foreseen = undefined;
    if (this.#unseen() !== undefined) {
      this.#witness.because(this.#path.setBy, () => this.#tellSeen());
      return;
    }
    const next = this.#ongoing.find(({ due }) => due() === now);
    if (next !== undefined) this.#witness.because(next.because(), next.happen);
  }

  save(): Json {
    return {
      path: this.#path.save(),
      rotor: this.#rotor.save(),
      battery: this.#battery.save(),
      memory: this.#memory.save(),
      fillSensor: this.#fillSensor.save(),
      syringe: this.#syringe.save(),
      bedside: this.#bedside.save(),
      falseAlarm: this.#falseAlarm,
      drawn: this.#drawn,
      strokeAt: this.#strokeAt,
      behind: this.oscillator.save(),
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      path: Json;
      rotor: Json;
      battery: Json;
      memory: Json;
      fillSensor: Json;
      syringe: Json;
      bedside: Json;
      falseAlarm: FalseAlarm | null;
      drawn: number;
      strokeAt: Instant | null;
      behind: number;
    }>(json);
    this.#foreseen = undefined;
    this.oscillator.load(saved.behind);
    this.#path.load(saved.path);
    this.#rotor.load(saved.rotor);
    this.#battery.load(saved.battery);
    this.#memory.load(saved.memory);
    this.#fillSensor.load(saved.fillSensor);
    this.#syringe.load(saved.syringe);
    this.#bedside.load(saved.bedside);
    this.#falseAlarm = saved.falseAlarm;
    this.#drawn = saved.drawn;
    this.#strokeAt = saved.strokeAt;
  }
}
