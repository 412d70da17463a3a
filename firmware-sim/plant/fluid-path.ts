import {
  type Clock,
  type ConditionCode,
  type DeviceProfile,
  type DrugName,
  fromJson,
  type Instant,
  type Json,
  type Mass,
  proportion,
  type Rate,
  rate,
  roundMass,
  type Volume,
  volume,
  type Witness,
} from '../../shared/index.ts';
import { Body, type DrugInBody, type Places } from './body.ts';
import { catheterOf, type Tip } from './catheter.ts';
import { Conditions } from './conditions.ts';
import type { Fault, Leak } from './faults.ts';
import { Intermittent } from './intermittent.ts';
import { Motor } from './motor.ts';
import type { Ongoing } from './ongoing.ts';
import { Reservoir, type Solution } from './reservoir.ts';
import { type Sign, signsOf } from './signs.ts';
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

/** What makes fluid flow otherwise, or elsewhere. */
export type FluidFault = Extract<
  Fault,
  { type: 'flowBias' | 'flowDrift' | 'nearlyEmpty' | 'valvesOpen' | 'leak' | 'tip' | 'granuloma' }
>;

const NO_DRUG: Solution = [];

/** The way of the fluid from the reservoir into the patient: what drives it, what gates it, what gets in its way. */
export class FluidPath {
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #turning: (at: Rate) => void;
  readonly reservoir: Reservoir;
  readonly motor: Motor;
  readonly valves: Valves;
  readonly conditions: Conditions;
  readonly body: Body;
  readonly #leaks = new Intermittent();
  /** The leak that comes and goes. */
  #leak: Omit<Leak, 'rhythm'> | null = null;
  /** The trace records that set the present flow, and that began what goes on by itself. */
  readonly #setBy = { flow: 0, leaks: 0, drift: 0 };

  /** What of it happens by itself, in the order in which it does at one instant. */
  readonly ongoing: readonly Ongoing[] = [
    {
      due: () => this.reservoir.whenDry(),
      because: () => this.#setBy.flow,
      happen: () => {
        // By the flow until now, before anything makes it another.
        this.reservoir.book(this.#clock.now);
        this.#flowIntoBody();
        this.tell('ranDry', {});
      },
    },
    {
      due: () => this.#whenFallsOff(),
      because: () => this.#setBy.flow,
      happen: () => {
        this.reservoir.book(this.#clock.now);
        this.flow();
      },
    },
    {
      due: () => this.#leaks.due(),
      because: () => this.#setBy.leaks,
      happen: () => {
        this.#leaks.turn();
        this.body.change({ leak: this.#leaks.on ? this.#leak : null }, this.#clock.now);
        this.tell('catheter', {});
      },
    },
    {
      due: () => this.motor.due(),
      because: () => this.#setBy.drift,
      happen: () => {
        this.motor.wake();
        this.flow();
      },
    },
  ];

  /** Takes what is to be called when the motor turns at another rate. */
  constructor(profile: DeviceProfile, clock: Clock, witness: Witness, turning: (at: Rate) => void) {
    this.#clock = clock;
    this.#witness = witness;
    this.#turning = turning;
    this.reservoir = new Reservoir(clock.now, profile.residualVolume);
    this.motor = new Motor(clock.now);
    this.valves = new Valves(profile);
    this.conditions = new Conditions(profile);
    this.body = new Body(clock.now, profile.tubingVolume, catheterOf(profile));
  }

  #whenFallsOff(): Instant | undefined {
    const below = this.motor.fallsOffAt;
    return below === undefined ? undefined : this.reservoir.whenDownTo(below);
  }

  /** The trace record that set the present flow. */
  get setBy(): number {
    return this.#setBy.flow;
  }

  drive(asked: Rate): void {
    this.motor.ask(asked, this.#clock.now);
    this.flow();
  }

  /** The motor turns as far as a stroke goes, at once. */
  stroke(rest: Volume): void {
    const now = this.#clock.now;
    const moved = this.motor.moves(rest, this.reservoir.volumeAt(now));
    const came = this.reservoir.deliver(volume.of(this.#through(moved)), now);
    this.#push(came);
    this.motor.turnsBy(rest, this.conditions.holding.includes('stall') ? 0 : moved);
    this.tell('stroke', { volume: came });
  }

  /** What a field lets out at once; from then on a valve that has shut lets nothing through. */
  discharge(): void {
    const now = this.#clock.now;
    const volume = this.reservoir.deliver(this.valves.open(this.reservoir.volumeAt(now)), now);
    this.#push(volume);
    this.tell('discharged', { volume });
    this.flow();
  }

  inflict(fault: FluidFault, told: number): void {
    const now = this.#clock.now;
    switch (fault.type) {
      case 'flowBias':
        this.motor.bias = fault.by;
        this.flow();
        return;
      case 'flowDrift':
        this.motor.drift(fault.drift, now);
        this.#setBy.drift = told;
        return;
      case 'nearlyEmpty':
        this.motor.fallOff(fault.below, fault.by);
        this.#witness.because(told, () => this.flow());
        return;
      case 'valvesOpen':
        this.#witness.because(told, () => this.discharge());
        return;
      case 'leak':
        this.#leak = fault.leak;
        this.#leaks.set(fault.leak?.rhythm ?? null, now);
        this.#setBy.leaks = told;
        this.body.change({ leak: this.#leak }, now);
        break;
      case 'tip':
        this.body.change({ tip: fault.lies }, now);
        break;
      case 'granuloma':
        this.body.change({ granuloma: fault.share }, now);
    }
    this.#witness.because(told, () => this.tell('catheter', {}));
  }

  obstruct(condition: ConditionCode, holds: boolean): void {
    this.conditions.set(condition, holds);
    this.flow();
  }

  /** Another catheter: what was wrong with the old one is gone. */
  replaceCatheter(volume: Volume, tip: Tip): void {
    const now = this.#clock.now;
    const sound = { leak: null, granuloma: proportion.of(0) };
    this.body.replaceCatheter({ ...this.body.catheter, ...sound, volume, tip }, now);
    this.#leaks.set(null, now);
    this.conditions.set('occlusion', false);
    this.tell('catheter', { volume, tip });
  }

  /** Another pump on the same catheter. */
  replacePump(): void {
    const now = this.#clock.now;
    this.reservoir.replace(now);
    this.body.replacePump(now);
    this.motor.turns(rate.of(0), now);
    this.motor.replace();
    this.valves.reset();
    this.conditions.replacePump();
  }

  #through(driven: number): number {
    return this.valves.through(this.conditions.through(driven));
  }

  /** What the motor moves with what is in the reservoir now. */
  #moves(): number {
    return this.motor.moves(this.motor.asked, this.reservoir.volumeAt(this.#clock.now));
  }

  /** It flows as motor, valves and conditions now let it. */
  flow(): void {
    const now = this.#clock.now;
    this.#turnMotor();
    const flow = rate.of(this.#through(this.#moves()));
    this.reservoir.setFlow(flow, now);
    this.#flowIntoBody();
    this.#setBy.flow = this.tell('flow', { flow });
  }

  #turnMotor(): void {
    const isStuck = this.conditions.holding.includes('stall');
    const turning = rate.of(isStuck ? 0 : this.#moves());
    this.motor.turns(turning, this.#clock.now);
    this.#turning(turning);
  }

  /** After hands: what flows may be another fluid, or flow otherwise where there is more of it. */
  settle(): void {
    if (this.#through(this.#moves()) !== this.reservoir.flow) {
      this.flow();
      return;
    }
    this.#turnMotor();
    this.#flowIntoBody();
  }

  #flowIntoBody(): void {
    const now = this.#clock.now;
    const { solution, flow } = this.reservoir;
    this.body.flowOf(flow, solution ?? NO_DRUG, this.reservoir.volumeAt(now), now);
  }

  /** What comes out of the reservoir at once. */
  #push(came: Volume): void {
    this.body.push(came, this.reservoir.solution ?? NO_DRUG, 'pump', this.#clock.now);
    this.#flowIntoBody();
  }

  /** Where all fluid is. */
  #ledger(): Pick<Truth, 'reservoir' | 'injected' | 'aspirated' | 'delivered' | 'places'> {
    const now = this.#clock.now;
    const { injected, aspirated } = this.reservoir;
    return {
      reservoir: this.reservoir.volumeAt(now),
      injected,
      aspirated,
      delivered: this.reservoir.deliveredAt(now),
      places: this.body.placesAt(now),
    };
  }

  truth(): Truth {
    const now = this.#clock.now;
    const drugs = this.body.drugsAt(now);
    return {
      ...this.#ledger(),
      flow: this.reservoir.flowAt(now),
      solution: this.reservoir.solution,
      drugs: Object.fromEntries(drugs),
      signs: signsOf(drugs),
      conditions: this.conditions.holding,
      doses: this.doses(),
    };
  }

  /** The mass of each drug ever delivered, by name. */
  doses(): Truth['doses'] {
    const masses = [...this.reservoir.deliveredMassesAt(this.#clock.now)];
    return Object.fromEntries(masses.map(([drug, exact]) => [drug, roundMass(exact)]));
  }

  /** Tells a fluid act with the ledger it leaves. */
  tell(kind: string, data: { readonly [key: string]: Json }): number {
    if (!this.#witness.hears(kind)) return this.#witness.tell('plant', kind, null);
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
      reservoir: this.reservoir.save(),
      motor: this.motor.save(),
      valves: this.valves.save(),
      conditions: this.conditions.save(),
      body: this.body.save(),
      leaks: this.#leaks.save(),
      leak: this.#leak === null ? null : { ...this.#leak },
      setBy: { ...this.#setBy },
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      reservoir: Json;
      motor: Json;
      valves: Json;
      conditions: Json;
      body: Json;
      leaks: Json;
      leak: Omit<Leak, 'rhythm'> | null;
      setBy: Readonly<Record<'flow' | 'leaks' | 'drift', number>>;
    }>(json);
    this.reservoir.load(saved.reservoir);
    this.motor.load(saved.motor);
    this.valves.load(saved.valves);
    this.conditions.load(saved.conditions);
    this.body.load(saved.body);
    this.#leaks.load(saved.leaks);
    this.#leak = saved.leak;
    Object.assign(this.#setBy, saved.setBy);
  }
}
