import {
  type Clock,
  type DeviceProfile,
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
import type { Fault } from './faults.ts';
import { Reservoir, type Solution } from './reservoir.ts';

/** What hands at the bedside can do to the pump. They never touch what the firmware believes. */
export type HandsAct =
  | { readonly type: 'drain' }
  | { readonly type: 'aspirate'; readonly volume: Volume }
  | { readonly type: 'inject'; readonly volume: Volume; readonly solution: Solution | null };

export const HANDS_REFUSALS = {
  overfull: 'the reservoir has no room for this volume',
  unknownSolution: 'the first injection must say which drug at which concentration',
  wouldMix: 'the reservoir still holds another solution; mixing is not simulated, drain it first',
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
  /** The mass of `solution`'s drug ever delivered. */
  readonly dose: Mass;
}

const MILLION = 1_000_000n;
const NONE = proportion.of(0);
/** No syringe shows more than can be stored. */
const MOST_READ = volume.parse('104 mL');

/** `amount` with an error of so many parts per million, rounded down; never below 0. */
const withError = (amount: number, by: Proportion): number => {
  const exact = (BigInt(amount) * (MILLION + BigInt(by))) / MILLION;
  return exact > 0n ? Number(exact) : 0;
};

/** The physical pump: a motor that does nearly what it is asked, and the reservoir behind it. */
export class Plant implements Party {
  readonly name = 'plant';
  readonly rank = RANK.plant;
  readonly #profile: DeviceProfile;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #reservoir: Reservoir;
  #asked: Rate = rate.of(0);
  #bias: Proportion = NONE;
  #syringe: Proportion = NONE;
  #reading: Volume | null = null;
  #batteryLow = false;
  #reportBattery: () => void = () => undefined;
  /** The trace record that set the present flow. */
  #flowSetBy = 0;

  constructor(profile: DeviceProfile, clock: Clock, witness: Witness) {
    this.#profile = profile;
    this.#clock = clock;
    this.#witness = witness;
    this.#reservoir = new Reservoir(clock.now);
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

  /** Takes what is to be called when the battery gives out. */
  onBatteryLow(report: () => void): void {
    this.#reportBattery = report;
  }

  inflict(fault: Fault): void {
    if (fault.type === 'batteryLow') {
      this.#drainBattery();
      return;
    }
    if (fault.type === 'flowBias') this.#bias = fault.by;
    else this.#syringe = fault.by;
    this.#witness.tell('plant', 'fault', { type: fault.type, by: fault.by });
    if (fault.type === 'flowBias') this.#flow();
  }

  /** A battery gives out once. */
  #drainBattery(): void {
    const told = this.#witness.tell('plant', 'fault', { type: 'batteryLow' });
    if (this.#batteryLow) return;
    this.#batteryLow = true;
    this.#witness.because(told, this.#reportBattery);
  }

  act(act: HandsAct): HandsOutcome {
    const now = this.#clock.now;
    if (act.type === 'inject') {
      const there = this.#reservoir.volumeAt(now);
      const solution = act.solution ?? this.#reservoir.solution;
      if (solution === null) return { refused: 'unknownSolution' };
      if (there > 0 && !sameSolution(solution, this.#reservoir.solution)) return { refused: 'wouldMix' };
      if (there + act.volume > this.#profile.reservoirCapacity) return { refused: 'overfull' };
      this.#reservoir.inject(act.volume, solution, now);
      this.#tellFluid('injected', { volume: act.volume, drug: solution.drug, concentration: solution.concentration });
      return { done: true };
    }
    const wanted = act.type === 'drain' ? this.#profile.reservoirCapacity : act.volume;
    const came = this.#reservoir.aspirate(wanted, now);
    const reading = volume.of(Math.min(withError(came, this.#syringe), MOST_READ));
    this.#reading = volume.of(Math.min((this.#reading ?? 0) + reading, MOST_READ));
    this.#tellFluid('aspirated', { volume: came, reading });
    return { done: true, reading };
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
      dose: roundMass(this.#reservoir.deliveredMassAt(now)),
    };
  }

  due(): Instant | undefined {
    return this.#reservoir.whenDry();
  }

  /** The one thing that happens by itself: the reservoir runs dry. No sensor sees it. */
  wake(now: Instant): void {
    this.#reservoir.book(now);
    this.#witness.because(this.#flowSetBy, () => this.#tellFluid('ranDry', {}));
  }

  #flow(): void {
    const flow = rate.of(withError(this.#asked, this.#bias));
    this.#reservoir.setFlow(flow, this.#clock.now);
    this.#flowSetBy = this.#tellFluid('flow', { flow });
  }

  /** Tells a fluid act with the ledger it leaves. */
  #tellFluid(kind: string, data: { readonly [key: string]: Json }): number {
    const { reservoir, injected, aspirated, delivered } = this.truth();
    const ledger = { reservoir, injected: `${injected}`, aspirated: `${aspirated}`, delivered: `${delivered}` };
    return this.#witness.tell('plant', kind, { ...data, ledger });
  }

  save(): Json {
    return {
      reservoir: this.#reservoir.save(),
      asked: this.#asked,
      bias: this.#bias,
      syringe: this.#syringe,
      reading: this.#reading,
      batteryLow: this.#batteryLow,
      flowSetBy: this.#flowSetBy,
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      reservoir: Json;
      asked: Rate;
      bias: Proportion;
      syringe: Proportion;
      reading: Volume | null;
      batteryLow: boolean;
      flowSetBy: number;
    }>(json);
    this.#reservoir.load(saved.reservoir);
    this.#asked = saved.asked;
    this.#bias = saved.bias;
    this.#syringe = saved.syringe;
    this.#reading = saved.reading;
    this.#batteryLow = saved.batteryLow;
    this.#flowSetBy = saved.flowSetBy;
  }
}

function sameSolution(a: Solution, b: Solution | null): boolean {
  return b !== null && a.drug === b.drug && a.concentration === b.concentration;
}
