import {
  type Clock,
  type ConditionCode,
  type DeviceProfile,
  type DrugName,
  earliest,
  type FieldStrength,
  fromJson,
  type Instant,
  type Json,
  type Mass,
  type Party,
  proportion,
  RANK,
  type Rate,
  rate,
  roundMass,
  toJson,
  type Volume,
  volume,
  type Witness,
} from '../../shared/index.ts';
import { Battery } from './battery.ts';
import { Bedside } from './bedside.ts';
import { Body, type DrugInBody, type Places } from './body.ts';
import { catheterOf } from './catheter.ts';
import { Conditions, type Seen } from './conditions.ts';
import type { FalseAlarm, Fault, Leak, MemoryFault, SpoiledBanks } from './faults.ts';
import type { HandsAct, HandsOutcome, Heard } from './hands.ts';
import { Intermittent } from './intermittent.ts';
import { Motor } from './motor.ts';
import { Oscillator } from './oscillator.ts';
import { Reservoir, type Solution } from './reservoir.ts';
import { Rotor } from './rotor.ts';
import { type Sign, signsOf } from './signs.ts';
import { Syringe, withError } from './syringe.ts';
import { Valves } from './valves.ts';

/** What is physically so, known to no one in the clinic. */
export interface Truth {
  readonly reservoir: Volume;
  readonly flow: Rate;
  readonly solution: Solution | null;
  readonly injected: bigint;
  readonly aspirated: bigint;
  readonly delivered: bigint;
  /** Where it went: through the tip of the catheter, less CSF that was drawn; under the skin; out of the body. */
  readonly places: Places;
  /** What gets in the way of the fluid. */
  readonly conditions: readonly ConditionCode[];
  /** The mass of each drug ever delivered, by name. */
  readonly doses: Readonly<Partial<Record<DrugName, Mass>>>;
  /** Every drug that ever left the reservoir or was injected, beyond it; by name. */
  readonly drugs: Readonly<Partial<Record<DrugName, DrugInBody>>>;
  /** What the patient shows, by the teaching model, the gravest first. */
  readonly signs: readonly Sign[];
}

/** What a fill sensor shows beside what is there. */
type Gauge = Pick<Extract<Fault, { type: 'fillSensor' }>, 'gain' | 'offset'>;

/** What goes on by itself once it has begun. */
type Ongoing = 'stalls' | 'recovery' | 'leaks' | 'drift';

const TRUE_GAUGE: Gauge = { gain: proportion.of(0), offset: volume.of(0) };

/** A start of the processor: whether the time was lost, and what a battery that faltered had to do with it. */
interface Reset {
  readonly timeLost: boolean;
  readonly battery: { readonly safeState: boolean } | null;
}

/** The physical pump: a motor that does nearly what it is asked, and the reservoir behind it. */
export class Plant implements Party {
  readonly name = 'plant';
  readonly rank = RANK.plant;
  readonly #profile: DeviceProfile;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly oscillator: Oscillator;
  readonly #reservoir: Reservoir;
  readonly #body: Body;
  readonly #motor: Motor;
  readonly #syringe = new Syringe();
  readonly #conditions: Conditions;
  readonly #valves: Valves;
  readonly #bedside: Bedside;
  readonly #rotor: Rotor;
  readonly #battery: Battery;
  readonly #leaks = new Intermittent();
  /** The leak that comes and goes. */
  #leak: Omit<Leak, 'rhythm'> | null = null;
  #reset: (reset: Reset) => void = () => {};
  #replaced: (serial: string) => void = () => {};
  #gauge: Gauge = TRUE_GAUGE;
  #strokeAt: Instant | null = null;
  #falseAlarm: FalseAlarm | null = null;
  /** How often its source of noise was asked; no reset and no new pump in its place begins anew. */
  #drawn = 0;
  #spoiled: SpoiledBanks | null = null;
  #found: SpoiledBanks | null = null;
  /** Whether an error has locked the memory. */
  #locked = false;
  #reportBattery: (is: 'low' | 'empty') => void = () => undefined;
  #reportLocked: (locked: boolean) => void = () => undefined;
  #reportSeen: (seen: Seen) => void = () => undefined;
  #listen: () => Heard | undefined = () => undefined;
  /** The trace record that set the present flow. */
  #flowSetBy = 0;
  /** The trace records that began what goes on by itself. */
  #begunBy: Readonly<Record<Ongoing, number>> = { stalls: 0, recovery: 0, leaks: 0, drift: 0 };

  constructor(profile: DeviceProfile, clock: Clock, witness: Witness) {
    this.#profile = profile;
    this.#clock = clock;
    this.#witness = witness;
    this.#reservoir = new Reservoir(clock.now, profile.residualVolume);
    this.#body = new Body(clock.now, profile.tubingVolume, catheterOf(profile));
    this.#motor = new Motor(clock.now);
    this.#rotor = new Rotor(profile);
    this.#battery = new Battery(profile, clock.now);
    this.#conditions = new Conditions(profile);
    this.#valves = new Valves(profile);
    this.oscillator = new Oscillator(clock);
    this.#bedside = new Bedside({
      profile,
      clock,
      reservoir: this.#reservoir,
      body: this.#body,
      motor: this.#motor,
      valves: this.#valves,
      conditions: this.#conditions,
      syringe: this.#syringe,
      listen: () => this.#listen(),
      tellFluid: (kind, data) => this.#tellFluid(kind, data),
    });
  }

  onReset(take: (reset: Reset) => void): void {
    this.#reset = take;
  }

  onReplaced(take: (serial: string) => void): void {
    this.#replaced = take;
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
    this.#motor.ask(asked);
    this.#battery.loaded(asked, this.#clock.now);
    this.#flow();
  }

  /** The motor turns as far as a stroke goes, at once. */
  completeStroke(rest: Volume): void {
    const now = this.#clock.now;
    const moved = this.#motor.moves(rest, this.#reservoir.volumeAt(now));
    const came = this.#reservoir.deliver(volume.of(this.#through(moved)), now);
    this.#push(came);
    if (!this.#conditions.holding.includes('stall')) this.#motor.turnsBy(moved);
    this.#strokeAt = this.oscillator.now;
    this.#tellFluid('stroke', { volume: came });
  }

  /** When a stroke was last completed at a stop, by the pump's own time; null where none ever was. */
  get strokeAt(): Instant | null {
    return this.#strokeAt;
  }

  /** What the fill sensor shows: nothing below empty, nor above full. Throws where the pump has none. */
  fillLevel(): Volume {
    if (this.#profile.reservoirGauge !== 'sensed') throw new Error(`${this.#profile.name} has no fill sensor`);
    const there = withError(this.#reservoir.volumeAt(this.#clock.now), this.#gauge.gain) + this.#gauge.offset;
    const level = volume.of(Math.max(0, Math.min(there, this.#profile.reservoirCapacity)));
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

  /** Takes what is to be called when the battery gives out, and when it is empty. */
  onBattery(report: (is: 'low' | 'empty') => void): void {
    this.#reportBattery = report;
  }

  /** Takes what is to be called when an error locks the memory, or a laboratory has mended that. */
  onMemoryLocked(report: (locked: boolean) => void): void {
    this.#reportLocked = report;
  }

  /** Takes what is to be called when a sensor of the profile begins to see a condition, or no longer does. */
  onSeen(report: (seen: Seen) => void): void {
    this.#reportSeen = report;
  }

  inflict(fault: Fault): void {
    const ofBattery = fault.type === 'batteryLow' || fault.type === 'batteryEmpty';
    const told = ofBattery ? 0 : this.#witness.tell('plant', 'fault', toJson(fault));
    switch (fault.type) {
      case 'batteryLow':
        this.#drainBattery('low');
        return;
      case 'batteryEmpty':
        this.#drainBattery('empty');
        return;
      case 'flowBias':
        this.#motor.bias = fault.by;
        this.#flow();
        return;
      case 'flowDrift':
        this.#motor.drift(fault.drift, this.#clock.now);
        this.#isBegun('drift', told);
        return;
      case 'nearlyEmpty':
        this.#motor.fallOff(fault.below, fault.by);
        this.#witness.because(told, () => this.#flow());
        return;
      case 'intermittentStall':
        this.#rotor.comesAndGoes(fault.rhythm, this.#clock.now);
        this.#isBegun('stalls', told);
        this.#witness.because(told, () => this.#turnOrStall());
        return;
      case 'slowRecovery':
        this.#rotor.recoversAfter(fault.by);
        return;
      case 'syringeError':
        this.#syringe.misreadBy(fault.by);
        return;
      case 'fillSensor':
        this.#gauge = { gain: fault.gain, offset: fault.offset };
        return;
      case 'memoryFault':
        this.#witness.because(told, () => this.#faultInMemory(fault.banks));
        return;
      case 'falseAlarm':
        this.#falseAlarm = fault.alarm;
        return;
      case 'reset':
        this.#startAnew(told, { timeLost: fault.timeLost, battery: null });
        return;
      case 'batteryReset':
        this.#startAnew(told, { timeLost: false, battery: { safeState: fault.safeState } });
        return;
      case 'valvesOpen':
        this.#witness.because(told, () => this.#discharge());
        return;
      case 'begins':
      case 'ends':
        this.#witness.because(told, () => this.#beginsOrEnds(fault.condition, fault.type === 'begins'));
        return;
      case 'telemetryLatch':
        this.#rotor.latches = fault.latches;
        return;
      case 'staleRecord':
        this.#rotor.staleRecord = fault.stale;
        return;
      case 'resistiveFilm':
        this.#battery.grows(fault.film, this.#clock.now);
        return;
      case 'pumpFlipped':
        this.#bedside.flipped = fault.flipped;
        return;
      case 'accessPort':
        this.#bedside.port = fault.port;
        return;
      default:
        this.#ofCatheter(fault, told);
    }
  }

  #isBegun(what: Ongoing, by: number): void {
    this.#begunBy = { ...this.#begunBy, [what]: by };
  }

  #ofCatheter(fault: Extract<Fault, { type: 'leak' | 'tip' | 'granuloma' }>, told: number): void {
    const now = this.#clock.now;
    switch (fault.type) {
      case 'leak': {
        this.#leak = fault.leak;
        this.#leaks.set(fault.leak?.rhythm ?? null, now);
        this.#isBegun('leaks', told);
        this.#body.change({ leak: this.#leak }, now);
        break;
      }
      case 'tip':
        this.#body.change({ tip: fault.lies }, now);
        break;
      case 'granuloma':
        this.#body.change({ granuloma: fault.share }, now);
    }
    this.#witness.because(told, () => this.#tellFluid('catheter', {}));
  }

  #beginsOrEnds(condition: ConditionCode, holds: boolean): void {
    if (condition === 'stall') {
      this.#rotor.seized = holds;
      this.#turnOrStall();
    } else this.#condition(condition, holds);
  }

  /** The rotor turns as long as there is no reason why it should not. */
  #turnOrStall(): void {
    this.#condition('stall', this.#rotor.stuck);
  }

  #condition(condition: ConditionCode, holds: boolean): void {
    this.#obstruct(condition, holds);
    this.#tellSeen();
  }

  #obstruct(condition: ConditionCode, holds: boolean): void {
    this.#conditions.set(condition, holds);
    this.#flow();
  }

  /** What a field lets out at once; from then on a valve that has shut lets nothing through. */
  #discharge(): void {
    const now = this.#clock.now;
    const volume = this.#reservoir.deliver(this.#valves.open(this.#reservoir.volumeAt(now)), now);
    this.#push(volume);
    this.#tellFluid('discharged', { volume });
    this.#flow();
  }

  /** What comes out of the reservoir at once. */
  #push(came: Volume): void {
    this.#body.push(came, this.#reservoir.solution ?? NO_DRUG, 'pump', this.#clock.now);
    this.#flowIntoBody();
  }

  /** The processor starts: that mends what was spoiled, or makes it all anew. */
  #startAnew(because: number, reset: Reset): void {
    this.#found = this.#spoiled;
    this.#spoiled = null;
    // Of a memory that is made all anew nothing is locked.
    if (this.#found === 'bothBanks') this.#locked = false;
    this.#conditions.startAnew();
    this.#witness.because(because, () => {
      this.#reset(reset);
      if (this.#found === 'bothBanks') this.#sayBattery();
      this.#tellSeen();
    });
    this.#found = null;
  }

  #faultInMemory(fault: MemoryFault): void {
    if (fault !== 'locked') {
      if (this.#spoiled !== 'bothBanks') this.#spoiled = fault;
    } else if (!this.#locked) {
      this.#locked = true;
      this.#reportLocked(true);
    }
  }

  #resetMemory(): HandsOutcome {
    if (!this.#locked) return { refused: 'alreadySo' };
    this.#locked = false;
    const told = this.#witness.tell('plant', 'memoryReset', {});
    this.#witness.because(told, () => this.#reportLocked(false));
    return { done: true };
  }

  /** What a processor that is starting finds spoiled of its memory. */
  get foundSpoiled(): SpoiledBanks | null {
    return this.#found;
  }

  /** A battery gives out once, and is empty once. */
  #drainBattery(to: 'low' | 'empty'): void {
    const told = this.#witness.tell('plant', 'fault', { type: to === 'low' ? 'batteryLow' : 'batteryEmpty' });
    const wasSo = to === 'low' ? this.#battery.isLow : this.#battery.isEmpty;
    if (wasSo) return;
    this.#battery.isLow = true;
    this.#battery.isEmpty = to === 'empty';
    this.#witness.because(told, () => this.#reportBattery(to));
  }

  /** A processor that has forgotten how its battery is finds it as it is. */
  #sayBattery(): void {
    if (this.#battery.isLow) this.#reportBattery(this.#battery.isEmpty ? 'empty' : 'low');
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
      this.#conditions.tell(seen);
      yield seen;
    }
  }

  #unseen(): Seen | undefined {
    return this.#conditions.next({ isDriven: this.#motor.asked > 0, isStale: this.#rotor.isUnnoticed });
  }

  /** Somebody interrogates the pump by telemetry: what its sensors see of it that it has not been told. */
  interrogated(): readonly Seen[] {
    this.#battery.turns(this.#motor.turning, this.#clock.now);
    this.#battery.interrogated();
    if (!this.#rotor.waitsForTelemetry) return [];
    const told = this.#witness.tell('plant', 'interrogated', {});
    this.#rotor.interrogated();
    this.#witness.because(told, () => this.#obstruct('stall', this.#rotor.stuck));
    return [...this.#takeUnseen()];
  }

  /** Takes who can say what the pump sounds, or will. */
  onHeard(listen: () => Heard | undefined): void {
    this.#listen = listen;
  }

  act(act: HandsAct): HandsOutcome {
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
        // Whatever came and went with the old one.
        if (act.type === 'catheter') this.#leaks.set(null, this.#clock.now);
        this.#settle();
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
      else this.#discharge();
    });
    return { done: true };
  }

  #leaveScanner(): HandsOutcome {
    if (!this.#rotor.inField) return { refused: 'alreadySo' };
    this.#rotor.leaveField(this.#listen() !== undefined, this.#clock.now);
    const told = this.#witness.tell('plant', 'scanner', { field: 0 });
    this.#isBegun('recovery', told);
    if (this.#rotor.recovers() === undefined) this.#witness.because(told, () => this.#turnOrStall());
    return { done: true };
  }

  #replace(serial: string): HandsOutcome {
    const now = this.#clock.now;
    this.#reservoir.replace(now);
    this.#body.replacePump(now);
    this.#motor.turns(rate.of(0), now);
    this.#motor.replace();
    this.#battery.replace(now);
    this.#spoiled = null;
    this.#locked = false;
    this.#falseAlarm = null;
    this.#gauge = TRUE_GAUGE;
    this.#valves.reset();
    this.#rotor.replace(now);
    this.#conditions.replacePump();
    this.#conditions.set('stall', this.#rotor.stuck);
    this.#bedside.flipped = false;
    this.#syringe.forget();
    this.oscillator.load(0);
    this.#strokeAt = null;
    const told = this.#tellFluid('replaced', { serial });
    this.#witness.because(told, () => {
      this.#replaced(serial);
      this.#tellSeen();
    });
    return { done: true };
  }

  /** Where all fluid is, as it is told with everything that happens to it. */
  #ledger(): Pick<Truth, 'reservoir' | 'injected' | 'aspirated' | 'delivered' | 'places'> {
    const now = this.#clock.now;
    const { injected, aspirated } = this.#reservoir;
    return {
      reservoir: this.#reservoir.volumeAt(now),
      injected,
      aspirated,
      delivered: this.#reservoir.deliveredAt(now),
      places: this.#body.placesAt(now),
    };
  }

  truth(): Truth {
    const now = this.#clock.now;
    const drugs = this.#body.drugsAt(now);
    return {
      ...this.#ledger(),
      flow: this.#reservoir.flowAt(now),
      solution: this.#reservoir.solution,
      drugs: Object.fromEntries(drugs),
      signs: signsOf(drugs),
      conditions: this.#conditions.holding,
      doses: Object.fromEntries(
        [...this.#reservoir.deliveredMassesAt(now)].map(([drug, exact]) => [drug, roundMass(exact)]),
      ),
    };
  }

  due(): Instant | undefined {
    if (this.#unseen() !== undefined) return this.#clock.now;
    const [rotor, battery, leaks, motor] = [this.#rotor, this.#battery, this.#leaks, this.#motor];
    const byItself = [battery.due(), battery.givesOut(), rotor.turns(), rotor.recovers(), leaks.due(), motor.due()];
    return earliest([this.#reservoir.whenDry(), this.#whenFallsOff(), ...byItself]);
  }

  #whenFallsOff(): Instant | undefined {
    const below = this.#motor.fallsOffAt;
    return below === undefined ? undefined : this.#reservoir.whenDownTo(below);
  }

  /** What comes and goes by itself, in the order in which it does at one instant. */
  #turns(): readonly {
    /** The trace record it follows from. */
    readonly because: number;
    readonly at: Instant | undefined;
    readonly wake: () => void;
  }[] {
    return [
      { because: this.#flowSetBy, at: this.#battery.due(), wake: () => this.#falter() },
      { because: 0, at: this.#battery.givesOut(), wake: () => this.#drainBattery('low') },
      {
        because: this.#begunBy.stalls,
        at: this.#rotor.turns(),
        wake: () => {
          this.#rotor.turn();
          this.#turnOrStall();
        },
      },
      {
        because: this.#begunBy.recovery,
        at: this.#rotor.recovers(),
        wake: () => {
          this.#rotor.recover();
          this.#turnOrStall();
        },
      },
      {
        because: this.#begunBy.leaks,
        at: this.#leaks.due(),
        wake: () => {
          this.#leaks.turn();
          this.#body.change({ leak: this.#leaks.on ? this.#leak : null }, this.#clock.now);
          this.#tellFluid('catheter', {});
        },
      },
      {
        because: this.#begunBy.drift,
        at: this.#motor.due(),
        wake: () => {
          this.#motor.wake();
          this.#flow();
        },
      },
    ];
  }

  /** What happens by itself: a motor that is driven anew is seen to be stuck; the reservoir runs dry, and no sensor sees it. */
  wake(now: Instant): void {
    if (this.#unseen() !== undefined) {
      this.#witness.because(this.#flowSetBy, () => this.#tellSeen());
      return;
    }
    // By the flow until now, before anything makes it another.
    const isDry = this.#reservoir.whenDry() === now;
    if (isDry || this.#whenFallsOff() === now) {
      this.#reservoir.book(now);
      this.#witness.because(this.#flowSetBy, () => (isDry ? this.#runDry() : this.#flow()));
      return;
    }
    const turn = this.#turns().find(({ at }) => at === now);
    if (turn !== undefined) this.#witness.because(turn.because, turn.wake);
  }

  #runDry(): void {
    this.#flowIntoBody();
    this.#tellFluid('ranDry', {});
  }

  #through(driven: number): number {
    return this.#valves.through(this.#conditions.through(driven));
  }

  #flow(): void {
    const now = this.#clock.now;
    this.#turnMotor();
    const flow = rate.of(this.#through(this.#moves()));
    this.#reservoir.setFlow(flow, now);
    this.#flowIntoBody();
    this.#flowSetBy = this.#tellFluid('flow', { flow });
  }

  #turnMotor(): void {
    const isStuck = this.#conditions.holding.includes('stall');
    const turning = rate.of(isStuck ? 0 : this.#moves());
    this.#motor.turns(turning, this.#clock.now);
    this.#battery.turns(turning, this.#clock.now);
  }

  /** What the motor moves with what is in the reservoir now. */
  #moves(): number {
    return this.#motor.moves(this.#motor.asked, this.#reservoir.volumeAt(this.#clock.now));
  }

  #flowIntoBody(): void {
    const now = this.#clock.now;
    const { solution, flow } = this.#reservoir;
    this.#body.flowOf(flow, solution ?? NO_DRUG, this.#reservoir.volumeAt(now), now);
  }

  /** After hands: what flows may be another fluid, or flow otherwise where there is more of it. */
  #settle(): void {
    if (this.#through(this.#moves()) !== this.#reservoir.flow) {
      this.#flow();
      return;
    }
    this.#turnMotor();
    this.#flowIntoBody();
  }

  /** Tells a fluid act with the ledger it leaves. */
  #tellFluid(kind: string, data: { readonly [key: string]: Json }): number {
    const { reservoir, places, injected, aspirated, delivered } = this.#ledger();
    const ledger = {
      reservoir,
      injected: `${injected}`,
      aspirated: `${aspirated}`,
      delivered: `${delivered}`,
      patient: `${places.patient}`,
      pocket: `${places.pocket}`,
      outside: `${places.outside}`,
    };
    return this.#witness.tell('plant', kind, { ...data, ledger });
  }

  save(): Json {
    return {
      reservoir: this.#reservoir.save(),
      body: this.#body.save(),
      motor: this.#motor.save(),
      syringe: this.#syringe.save(),
      bedside: this.#bedside.save(),
      rotor: this.#rotor.save(),
      battery: this.#battery.save(),
      leaks: this.#leaks.save(),
      leak: this.#leak === null ? null : { ...this.#leak },
      gauge: this.#gauge,
      drawn: this.#drawn,
      spoiled: this.#spoiled,
      locked: this.#locked,
      falseAlarm: this.#falseAlarm,
      conditions: this.#conditions.save(),
      valves: this.#valves.save(),
      flowSetBy: this.#flowSetBy,
      begunBy: { ...this.#begunBy },
      strokeAt: this.#strokeAt,
      behind: this.oscillator.save(),
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      reservoir: Json;
      body: Json;
      motor: Json;
      syringe: Json;
      bedside: Json;
      rotor: Json;
      battery: Json;
      leaks: Json;
      leak: Omit<Leak, 'rhythm'> | null;
      gauge: Gauge;
      drawn: number;
      spoiled: SpoiledBanks | null;
      locked: boolean;
      falseAlarm: FalseAlarm | null;
      conditions: Json;
      valves: Json;
      flowSetBy: number;
      begunBy: Readonly<Record<Ongoing, number>>;
      strokeAt: Instant | null;
      behind: number;
    }>(json);
    this.oscillator.load(saved.behind);
    this.#reservoir.load(saved.reservoir);
    this.#body.load(saved.body);
    this.#motor.load(saved.motor);
    this.#syringe.load(saved.syringe);
    this.#bedside.load(saved.bedside);
    this.#rotor.load(saved.rotor);
    this.#battery.load(saved.battery);
    this.#leaks.load(saved.leaks);
    this.#leak = saved.leak;
    this.#gauge = saved.gauge;
    this.#drawn = saved.drawn;
    this.#spoiled = saved.spoiled;
    this.#locked = saved.locked;
    this.#falseAlarm = saved.falseAlarm;
    this.#conditions.load(saved.conditions);
    this.#valves.load(saved.valves);
    this.#flowSetBy = saved.flowSetBy;
    this.#begunBy = saved.begunBy;
    this.#strokeAt = saved.strokeAt;
  }
}

const NO_DRUG: Solution = [];
