import {
  type Clock,
  type ConditionCode,
  type DeviceProfile,
  type DrugName,
  fromJson,
  type Instant,
  type Json,
  type Mass,
  type Party,
  type Proportion,
  proportion,
  RANK,
  type Rate,
  rate,
  roundMass,
  type Volume,
  volume,
  type Witness,
} from '../../shared/index.ts';
import { Conditions, type Seen } from './conditions.ts';
import type { Fault, SpoiledBanks } from './faults.ts';
import { Oscillator } from './oscillator.ts';
import { Reservoir, type Solution } from './reservoir.ts';
import { Valves } from './valves.ts';

/** What hands at the bedside can do to the pump. They never touch what the firmware believes. */
export type HandsAct =
  | { readonly type: 'drain' }
  | { readonly type: 'aspirate'; readonly volume: Volume }
  | { readonly type: 'inject'; readonly volume: Volume; readonly solution: Solution | null }
  /** Before a new pump is first filled: the water in its residual is washed out with what it will hold. */
  | { readonly type: 'prepare'; readonly solution: Solution }
  /** An empty reservoir filled and emptied again, `times` over. */
  | { readonly type: 'rinse'; readonly volume: Volume; readonly times: number; readonly solution: Solution }
  /** The valve that shut where too much flowed is opened again. */
  | { readonly type: 'resetValve' }
  /** Another pump of the same kind in this one's place, new and empty. */
  | { readonly type: 'replace'; readonly serial: string };

export const HANDS_REFUSALS = {
  overfull: 'the reservoir has no room for this volume',
  unknownSolution: 'the first injection must say which drug at which concentration',
  notEmpty: 'the reservoir must be drained before it is rinsed',
  notShut: 'there is no valve that has shut',
  notNew: 'only a pump that was never filled is prepared: rinse it',
} as const;
export type HandsRefusal = keyof typeof HANDS_REFUSALS;

export type HandsOutcome = { readonly done: true; readonly reading?: Volume } | { readonly refused: HandsRefusal };

/** What is physically so, known to no one in the clinic. */
export interface Truth {
  readonly reservoir: Volume;
  readonly flow: Rate;
  readonly solution: Solution | null;
  readonly injected: bigint;
  readonly aspirated: bigint;
  readonly delivered: bigint;
  /** What gets in the way of the fluid. */
  readonly conditions: readonly ConditionCode[];
  /** The mass of each drug ever delivered, by name. */
  readonly doses: Readonly<Partial<Record<DrugName, Mass>>>;
}

/** What a fill sensor shows beside what is there. */
type Gauge = Pick<Extract<Fault, { type: 'fillSensor' }>, 'gain' | 'offset'>;

const MILLION = 1_000_000n;
const NONE = proportion.of(0);
const TRUE_GAUGE: Gauge = { gain: NONE, offset: volume.of(0) };
/** No syringe shows more than can be stored. */
const MOST_READ = volume.parse('104 mL');

/** `amount` with an error of so many parts per million, rounded down; never below 0. */
const withError = (amount: number, by: Proportion): number => {
  const exact = (BigInt(amount) * (MILLION + BigInt(by))) / MILLION;
  return exact > 0n ? Number(exact) : 0;
};

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
  #reservoir: Reservoir;
  readonly #conditions: Conditions;
  #valves: Valves;
  #reset: (reset: Reset) => void = () => {};
  #replaced: (serial: string) => void = () => {};
  #asked: Rate = rate.of(0);
  #bias: Proportion = NONE;
  #syringe: Proportion = NONE;
  #gauge: Gauge = TRUE_GAUGE;
  #reading: Volume | null = null;
  #batteryLow = false;
  #strokeAt: Instant | null = null;
  /** How often its source of noise was asked; no reset and no new pump in its place begins anew. */
  #drawn = 0;
  #spoiled: SpoiledBanks | null = null;
  #found: SpoiledBanks | null = null;
  #reportBattery: () => void = () => undefined;
  #reportSeen: (seen: Seen) => void = () => undefined;
  /** The trace record that set the present flow. */
  #flowSetBy = 0;

  constructor(profile: DeviceProfile, clock: Clock, witness: Witness) {
    this.#profile = profile;
    this.#clock = clock;
    this.#witness = witness;
    this.#reservoir = new Reservoir(clock.now, profile.residualVolume);
    this.#conditions = new Conditions(profile);
    this.#valves = new Valves(profile);
    this.oscillator = new Oscillator(clock);
  }

  onReset(take: (reset: Reset) => void): void {
    this.#reset = take;
  }

  onReplaced(take: (serial: string) => void): void {
    this.#replaced = take;
  }

  /** What the syringes have shown since the last volume was typed, together; null where there were none. */
  get reading(): Volume | null {
    return this.#reading;
  }

  /** Says that what the syringes showed has been typed. */
  readingTyped(): void {
    this.#reading = null;
  }

  drive(asked: Rate): void {
    this.#asked = asked;
    this.#flow();
  }

  /** The motor turns as far as a stroke goes, at once. */
  completeStroke(rest: Volume): void {
    const flowed = volume.of(this.#through(withError(rest, this.#bias)));
    const came = this.#reservoir.deliver(flowed, this.#clock.now);
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

  /** What a source of noise gives: here, something new each time. */
  random(): string {
    this.#drawn += 1;
    return `${this.#drawn}`;
  }

  /** Takes what is to be called when the battery gives out. */
  onBatteryLow(report: () => void): void {
    this.#reportBattery = report;
  }

  /** Takes what is to be called when a sensor of the profile begins to see a condition, or no longer does. */
  onSeen(report: (seen: Seen) => void): void {
    this.#reportSeen = report;
  }

  inflict(fault: Fault): void {
    const told = fault.type === 'batteryLow' ? 0 : this.#witness.tell('plant', 'fault', { ...fault });
    switch (fault.type) {
      case 'batteryLow':
        this.#drainBattery();
        return;
      case 'flowBias':
        this.#bias = fault.by;
        this.#flow();
        return;
      case 'syringeError':
        this.#syringe = fault.by;
        return;
      case 'fillSensor':
        this.#gauge = { gain: fault.gain, offset: fault.offset };
        return;
      case 'memoryFault':
        if (this.#spoiled !== 'bothBanks') this.#spoiled = fault.banks;
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
        this.#conditions.set(fault.condition, fault.type === 'begins');
        this.#witness.because(told, () => {
          this.#flow();
          this.#tellSeen();
        });
    }
  }

  /** What a field lets out at once; from then on a valve that has shut lets nothing through. */
  #discharge(): void {
    const now = this.#clock.now;
    const volume = this.#reservoir.deliver(this.#valves.open(this.#reservoir.volumeAt(now)), now);
    this.#tellFluid('discharged', { volume });
    this.#flow();
  }

  #resetValve(): HandsOutcome {
    if (!this.#valves.reset()) return { refused: 'notShut' };
    this.#flow();
    return { done: true };
  }

  /** The processor starts: that mends what was spoiled, or makes it all anew. */
  #startAnew(because: number, reset: Reset): void {
    this.#found = this.#spoiled;
    this.#spoiled = null;
    this.#conditions.startAnew();
    this.#witness.because(because, () => {
      this.#reset(reset);
      this.#tellSeen();
    });
    this.#found = null;
  }

  /** What a processor that is starting finds spoiled of its memory. */
  get foundSpoiled(): SpoiledBanks | null {
    return this.#found;
  }

  /** A battery gives out once. */
  #drainBattery(): void {
    const told = this.#witness.tell('plant', 'fault', { type: 'batteryLow' });
    if (this.#batteryLow) return;
    this.#batteryLow = true;
    this.#witness.because(told, this.#reportBattery);
  }

  /** Tells the pump what its sensors see and it has not been told. */
  #tellSeen(): void {
    for (let seen = this.#unseen(); seen !== undefined; seen = this.#unseen()) {
      this.#conditions.tell(seen);
      this.#reportSeen(seen);
    }
  }

  #unseen(): Seen | undefined {
    return this.#conditions.next(this.#asked > 0);
  }

  act(act: HandsAct): HandsOutcome {
    switch (act.type) {
      case 'inject':
        return this.#inject(act.volume, act.solution);
      case 'prepare':
        return this.#prepare(act.solution);
      case 'rinse':
        return this.#rinse(act);
      case 'resetValve':
        return this.#resetValve();
      case 'replace':
        return this.#replace(act.serial);
      default: {
        const reading = this.#aspirate(act.type === 'drain' ? this.#profile.reservoirCapacity : act.volume);
        this.#reading = volume.of(Math.min((this.#reading ?? 0) + reading, MOST_READ));
        return { done: true, reading };
      }
    }
  }

  #inject(amount: Volume, given: Solution | null): HandsOutcome {
    const there = this.#reservoir.volumeAt(this.#clock.now);
    const solution = given ?? this.#reservoir.last;
    if (solution === null) return { refused: 'unknownSolution' };
    if (there + amount > this.#profile.reservoirCapacity) return { refused: 'overfull' };
    this.#fill(amount, solution, this.#reservoir.mixedWith(amount, solution, this.#clock.now));
    return { done: true };
  }

  #fill(amount: Volume, solution: Solution, holds: Solution): void {
    this.#reservoir.inject(amount, solution, holds, this.#clock.now);
    this.#tellFluid('injected', { volume: amount, solution, holds });
  }

  #prepare(solution: Solution): HandsOutcome {
    if (this.#reservoir.solution !== null) return { refused: 'notNew' };
    this.#reservoir.prepare(solution);
    this.#tellFluid('prepared', { solution });
    return { done: true };
  }

  /** What the syringe shows of what came. */
  #aspirate(wanted: Volume): Volume {
    const came = this.#reservoir.aspirate(wanted, this.#clock.now);
    const reading = volume.of(Math.min(withError(came, this.#syringe), MOST_READ));
    this.#tellFluid('aspirated', { volume: came, reading });
    return reading;
  }

  /** What comes out of a rinse is thrown away: nobody takes it for what was left. */
  #rinse({ volume: amount, times, solution }: Extract<HandsAct, { type: 'rinse' }>): HandsOutcome {
    if (this.#reservoir.volumeAt(this.#clock.now) > 0) return { refused: 'notEmpty' };
    if (amount > this.#profile.reservoirCapacity) return { refused: 'overfull' };
    for (const holds of this.#reservoir.rinsedWith(amount, solution, times)) {
      this.#fill(amount, solution, holds);
      this.#aspirate(amount);
    }
    return { done: true };
  }

  #replace(serial: string): HandsOutcome {
    this.#reservoir = new Reservoir(this.#clock.now, this.#profile.residualVolume);
    this.#batteryLow = false;
    this.#spoiled = null;
    this.#bias = NONE;
    this.#gauge = TRUE_GAUGE;
    this.#valves = new Valves(this.#profile);
    this.#conditions.replacePump();
    this.#reading = null;
    this.oscillator.load(0);
    this.#strokeAt = null;
    this.#asked = rate.of(0);
    const told = this.#tellFluid('replaced', { serial });
    this.#witness.because(told, () => {
      this.#replaced(serial);
      this.#tellSeen();
    });
    return { done: true };
  }

  truth(): Truth {
    const now = this.#clock.now;
    const { solution, injected, aspirated } = this.#reservoir;
    return {
      reservoir: this.#reservoir.volumeAt(now),
      flow: this.#reservoir.flowAt(now),
      solution,
      injected,
      aspirated,
      delivered: this.#reservoir.deliveredAt(now),
      conditions: this.#conditions.holding,
      doses: Object.fromEntries(
        [...this.#reservoir.deliveredMassesAt(now)].map(([drug, exact]) => [drug, roundMass(exact)]),
      ),
    };
  }

  due(): Instant | undefined {
    return this.#unseen() === undefined ? this.#reservoir.whenDry() : this.#clock.now;
  }

  /** What happens by itself: a motor that is driven anew is seen to be stuck; the reservoir runs dry, and no sensor sees it. */
  wake(now: Instant): void {
    if (this.#unseen() !== undefined) {
      this.#witness.because(this.#flowSetBy, () => this.#tellSeen());
      return;
    }
    this.#reservoir.book(now);
    this.#witness.because(this.#flowSetBy, () => this.#tellFluid('ranDry', {}));
  }

  #through(driven: number): number {
    return this.#valves.through(this.#conditions.through(driven));
  }

  #flow(): void {
    const flow = rate.of(this.#through(withError(this.#asked, this.#bias)));
    this.#reservoir.setFlow(flow, this.#clock.now);
    this.#flowSetBy = this.#tellFluid('flow', { flow });
  }

  /** Tells a fluid act with the ledger it leaves. */
  #tellFluid(kind: string, data: { readonly [key: string]: Json }): number {
    const now = this.#clock.now;
    const { injected, aspirated } = this.#reservoir;
    const [reservoir, delivered] = [this.#reservoir.volumeAt(now), this.#reservoir.deliveredAt(now)];
    const ledger = { reservoir, injected: `${injected}`, aspirated: `${aspirated}`, delivered: `${delivered}` };
    return this.#witness.tell('plant', kind, { ...data, ledger });
  }

  save(): Json {
    return {
      reservoir: this.#reservoir.save(),
      asked: this.#asked,
      bias: this.#bias,
      syringe: this.#syringe,
      gauge: this.#gauge,
      reading: this.#reading,
      batteryLow: this.#batteryLow,
      drawn: this.#drawn,
      spoiled: this.#spoiled,
      conditions: this.#conditions.save(),
      valves: this.#valves.save(),
      flowSetBy: this.#flowSetBy,
      strokeAt: this.#strokeAt,
      behind: this.oscillator.save(),
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      reservoir: Json;
      asked: Rate;
      bias: Proportion;
      syringe: Proportion;
      gauge: Gauge;
      reading: Volume | null;
      batteryLow: boolean;
      drawn: number;
      spoiled: SpoiledBanks | null;
      conditions: Json;
      valves: Json;
      flowSetBy: number;
      strokeAt: Instant | null;
      behind: number;
    }>(json);
    this.oscillator.load(saved.behind);
    this.#reservoir.load(saved.reservoir);
    this.#asked = saved.asked;
    this.#bias = saved.bias;
    this.#syringe = saved.syringe;
    this.#gauge = saved.gauge;
    this.#reading = saved.reading;
    this.#batteryLow = saved.batteryLow;
    this.#drawn = saved.drawn;
    this.#spoiled = saved.spoiled;
    this.#conditions.load(saved.conditions);
    this.#valves.load(saved.valves);
    this.#flowSetBy = saved.flowSetBy;
    this.#strokeAt = saved.strokeAt;
  }
}
