import { type ChartObserver, createPump, type ExecutorName, type Store, type Truth } from '../firmware-sim/index.ts';
import {
  byPump,
  type ClinicianAct,
  DONE,
  type DrugLibrary,
  PatientController,
  Programmer,
  type Screen,
} from '../programmer/index.ts';
import {
  after,
  type DeviceProfile,
  type Duration,
  fromJson,
  type Instant,
  type Json,
  RANK,
  type Status,
  simulatedPairing,
  simulatedSecret,
  span,
  Timeline,
  toJson,
  type WallClock,
} from '../shared/index.ts';
import type { Act, Outcome, TypedClinicianAct, WorldAct } from './act.ts';
import { type AddedFault, AddedFaults } from './added-faults.ts';
import { type Habit, Habits } from './habits.ts';
import { type Hazard, Hazards, type Struck } from './hazards.ts';
import type { FrameFault } from './link/faults.ts';
import { Link } from './link/link.ts';
import { LocalTime } from './local-time.ts';
import type { Pump, PumpMaker } from './pump.ts';
import { Sampler } from './report/sampler.ts';
import { Tracer, type TraceSink } from './trace.ts';

export interface SimulationOptions {
  readonly profile: DeviceProfile;
  readonly serial?: string;
  /** The serial number on the patient's record; the pump's own unless given. */
  readonly recordedSerial?: string | null;
  readonly wallClock: WallClock;
  readonly seed?: number;
  readonly executor?: ExecutorName;
  /** One-way delay of every frame. */
  readonly latency?: Duration;
  /** The drug library of its programmer: the one that comes with Thecal unless given; null is none. */
  readonly library?: DrugLibrary | null | undefined;
  /** Faults that come at their own time. */
  readonly faults?: readonly AddedFault[];
  /** Faults that come by chance, drawn from the seed. */
  readonly hazards?: readonly Hazard[] | undefined;
  /** Makes the memory of the pump; one that lasts as long as the process unless given. Each fork has its own. */
  readonly memory?: () => Store;
  /** Told what the firmware's chart decides. */
  readonly observer?: ChartObserver;
  /** Shown what is true again and again, as it changes nothing. */
  readonly sampler?: ((truth: () => Truth, now: Instant) => void) | undefined;
  /** How often, where that shall not become rarer with time. */
  readonly sampleEvery?: Duration | undefined;
  /**
   * Whether all goes over the link in frames; it does unless this is false. Then, where nothing is wrong with the link, what a
   * patient asks for and the short requests of a clinician are handed over as they are, and the pump does the same; the handset
   * is not told of it.
   */
  readonly frames?: boolean | undefined;
  /** Where its pump comes from; one of this process unless given. */
  readonly pump?: PumpMaker | undefined;
}

/** A whole simulation at one instant, as JSON. */
export interface Snapshot {
  readonly thecal: 'snapshot/2';
  readonly last: number;
  readonly timeline: Json;
}

/** Retries are bounded, so every act is answered; one that is not by then is a fault of the simulator. */
const MOST_WAIT = span(86_400_000);

/** Whether the pump has the volume of a refill; until it has, what the syringe showed is not forgotten. */
const isEntered = (outcome: Outcome): boolean => 'done' in outcome || outcome.refused === 'carriedOutBefore';

/**
 * A pump, its programmer, its patient's handset, the link between them and the physics beneath: the only
 * place where all parts are put together. Time stands still unless it is advanced.
 */
export class Simulation {
  /** The device, as its data sheet has it. */
  readonly profile: DeviceProfile;
  readonly #options: SimulationOptions;
  readonly #timeline = new Timeline();
  readonly #tracer = new Tracer(this.#timeline);
  readonly #pump: Pump;
  readonly #link: Link;
  readonly #localTime: LocalTime;
  readonly #programmer: Programmer;
  readonly #handset: PatientController;
  readonly #habits: Habits;
  readonly #hazards: Hazards | undefined;

  constructor(options: SimulationOptions) {
    this.#options = options;
    this.profile = options.profile;
    const { profile, wallClock, serial = 'THECAL-0001', seed = 0, executor = 'xstate', latency = span(0) } = options;
    const recorded = options.recordedSerial === undefined ? serial : options.recordedSerial;
    const clock = this.#timeline;
    const witness = this.#tracer;
    const crash = (timeLost: boolean) => this.#pump.plant.inflict({ type: 'reset', timeLost });
    const link = new Link({ clock, witness, latency, seed, crash, frames: options.frames });
    this.#link = link;
    const localTime = new LocalTime(wallClock, clock);
    this.#localTime = localTime;
    const observing = options.observer === undefined ? {} : { observer: options.observer };
    const stored = options.memory === undefined ? {} : { store: options.memory() };
    const antenna = link.antenna();
    const { pump = createPump } = options;
    this.#pump = pump({ profile, serial, clock, antenna, executor, witness, ...stored, ...observing });
    this.#programmer = new Programmer({
      port: link.station('programmer'),
      clock,
      localTime: () => localTime.now,
      serial: recorded,
      lowReservoirDefault: profile.lowReservoirDefault,
      deadSpace: profile,
      handsetDrugs: profile.handsetDrugs,
      bounds: profile,
      emptying: profile,
      clockTolerance: profile.clockTolerance,
      dayRules: profile,
      hourlyMaximum: profile.hourlyMaximum,
      flowAccuracy: profile.flowAccuracy,
      tones: profile,
      ...(options.library === undefined ? {} : { library: options.library }),
      witness,
      pairing: simulatedPairing,
      secret: simulatedSecret('programmer'),
      executor,
    });
    this.#handset = new PatientController({
      port: link.station('handset'),
      clock,
      witness,
      pairing: simulatedPairing,
      secret: simulatedSecret('handset'),
      rules: profile,
    });
    this.#habits = new Habits(seed, (act) => this.#perform({ by: 'patient', act }));
    const { plant, firmware } = this.#pump;
    for (const party of [plant, localTime, firmware, link, this.#programmer, this.#handset, this.#habits])
      this.#timeline.join(party);
    // Of the plant's rank and joined after it: what ends at an instant by itself has ended when a fault comes.
    const { faults = [], hazards = [] } = options;
    if (faults.length > 0) this.#timeline.join(new AddedFaults(faults, (act) => this.#perform({ by: 'world', act })));
    this.#hazards =
      hazards.length === 0 ? undefined : new Hazards(hazards, seed, (act) => this.#perform({ by: 'world', act }));
    if (this.#hazards !== undefined) this.#timeline.join(this.#hazards);
    const { sampler, sampleEvery } = options;
    const look = (now: Instant) => sampler?.(() => this.truth(), now);
    if (sampler !== undefined) this.#timeline.join(new Sampler(clock.now, look, sampleEvery));
  }

  /** Powers the pump on. The first thing to do, once; a restored simulation has it done. */
  powerOn(): void {
    this.#pump.firmware.powerOn();
  }

  get now(): Instant {
    return this.#timeline.now;
  }

  /** What the clocks of the place show. */
  get localTime(): WallClock {
    return this.#localTime.now;
  }

  /** The state of each region of the firmware's chart; undefined of a pump that is elsewhere. */
  get states(): Readonly<Record<string, string>> | undefined {
    return this.#pump.firmware.states;
  }

  /** Events the chart has handled. */
  get events(): number {
    return this.#pump.firmware.handled;
  }

  /** Faults of one frame that still wait for it: those that were told, the very objects. */
  get pendingFaults(): readonly FrameFault[] {
    return this.#link.pending;
  }

  /** The faults that come by chance, and when each came. */
  get hazards(): readonly Struck[] {
    return this.#hazards?.struck ?? [];
  }

  /** Tells every record of the trace, or those of some kinds. */
  onTrace(sink: TraceSink, kinds?: readonly string[]): void {
    this.#tracer.onRecord(sink, kinds);
  }

  /** Does an act and whatever follows until it has been answered. */
  act(act: Act): Outcome {
    const answering = this.#perform(act);
    this.#timeline.advanceTo(this.now);
    if (!('outcome' in answering)) return answering;
    const limit = after(this.now, MOST_WAIT);
    this.until(() => answering.outcome() !== 'pending', limit);
    const outcome = answering.outcome();
    if (outcome === 'pending') throw new Error(`no answer to ${act.act.type} within ${MOST_WAIT} ms`);
    if (act.by === 'clinician' && act.act.type === 'refill' && isEntered(outcome)) this.#pump.plant.readingTyped();
    return outcome;
  }

  /** Starts something the patient does again and again from now on. */
  habit(habit: Omit<Habit, 'until'> & { readonly for: Duration }): void {
    const { for: span, ...rest } = habit;
    this.#habits.start({ ...rest, until: after(this.now, span) }, this.now);
  }

  advance(by: Duration): void {
    this.#timeline.advanceTo(after(this.now, by));
  }

  advanceTo(to: Instant): void {
    this.#timeline.advanceTo(to);
  }

  /** Goes to an instant for an act: habits that fall at it wait, because commands come before patients. */
  arriveAt(to: Instant): void {
    this.#timeline.advanceTo(to, RANK.habits);
  }

  /** Lets time go on until `reached`, at most to `limit`. Whether it was reached; then it is exactly then. */
  until(reached: () => boolean, limit: Instant): boolean {
    this.#timeline.advanceTo(this.now);
    while (!reached()) {
      const next = this.#timeline.next();
      if (next === undefined || next.at > limit) {
        this.#timeline.advanceTo(limit);
        return reached();
      }
      // Everything due at one instant happens before anybody looks.
      this.#timeline.advanceTo(next.at);
    }
    return true;
  }

  /** One deadline on, at most to `limit`. False where nothing is due by then. */
  step(limit: Instant): boolean {
    return this.#timeline.step(limit);
  }

  belief(): Status {
    return this.#pump.firmware.status();
  }

  truth(): Truth {
    return this.#pump.plant.truth();
  }

  /** The mass of each drug that was truly delivered: what of the truth is known without a look into the body. */
  doses(): Truth['doses'] {
    return this.#pump.plant.doses?.() ?? this.truth().doses;
  }

  screen(): Screen {
    return this.#programmer.screen();
  }

  /** The refill-by date on that screen; undefined where there is none. */
  get refillBy(): string | undefined {
    return this.#programmer.refillBy;
  }

  report(): string | undefined {
    return this.#programmer.report();
  }

  /** The refill card of the pump last read; undefined outside a session. */
  card(): string | undefined {
    return this.#programmer.card();
  }

  /** What the programmer has read. */
  get knows(): Programmer['knows'] {
    return this.#programmer.knows;
  }

  /** When the programmer ends an open session by itself unless an act is begun before; undefined where none lies idle. */
  get endsAt(): Instant | undefined {
    return this.#programmer.endsAt;
  }

  /** What the patient's handset shows. */
  display(): string {
    return this.#handset.display();
  }

  /** When the patient's handset was answered what it shows; null where that is no answer. */
  handsetAnsweredAt(): Instant | null {
    return this.#handset.answeredAt();
  }

  /** The therapy on the patient's handset, as it was told when a bolus started. */
  handsetFields(): ReturnType<PatientController['fields']> {
    return this.#handset.fields();
  }

  snapshot(): Snapshot {
    return { thecal: 'snapshot/2', last: this.#tracer.last, timeline: this.#timeline.save() };
  }

  /** A simulation that goes on from a snapshot of one with the same options. */
  static restore(options: SimulationOptions, { last, timeline }: Snapshot): Simulation {
    const simulation = new Simulation(options);
    simulation.#timeline.load(fromJson<{ now: number; parties: Record<string, Json> }>(timeline));
    simulation.#tracer.resumeAt(last);
    return simulation;
  }

  /** A second simulation that goes its own way from here: whoever is shown what is true of this one is not shown that. */
  fork(): Simulation {
    return Simulation.restore({ ...this.#options, sampler: undefined }, JSON.parse(JSON.stringify(this.snapshot())));
  }

  /** Sets an act going: its outcome, or the station that will know it. */
  #perform(act: Act): Outcome | Programmer | PatientController {
    const record = this.#tracer.tell('act', act.by, this.#tracer.hears(act.by) ? toJson(act.act) : null);
    return this.#tracer.because(record, () => {
      const started = this.#start(act);
      if ('refused' in started) this.#tracer.tell('act', 'refused', toJson(started));
      return started;
    });
  }

  #start(act: Act): Outcome | Programmer | PatientController {
    switch (act.by) {
      case 'world':
        this.#inflict(act.act);
        return { done: true };
      case 'hands': {
        const outcome = this.#pump.plant.act(act.act);
        this.#hazards?.holds(this.truth().solution, this.now);
        if ('refused' in outcome) return { refused: outcome.refused, by: 'hands' };
        const { reading: _, ...found } = outcome;
        if ('found' in found) this.#tracer.tell('act', 'found', toJson(found));
        return found;
      }
      case 'patient':
        if (this.#handset.outcome() === 'pending') return { refused: 'busy', by: 'programmer' };
        if (this.#options.frames === false) {
          const handed = this.#handOver();
          if (handed !== undefined) return handed;
        }
        this.#handset.act(act.act);
        return this.#handset;
      case 'clinician': {
        if (this.#programmer.outcome() === 'pending') return { refused: 'busy', by: 'programmer' };
        const resolved = this.#resolve(act.act);
        if (resolved === undefined) return { refused: 'notMeasured', by: 'programmer' };
        this.#programmer.act(resolved);
        return this.#programmer;
      }
    }
  }

  /** What the pump makes of a press, without a frame; undefined where the link has a say in it, or the handset reads. */
  #handOver(): Outcome | undefined {
    const { firmware } = this.#pump;
    if (!this.#link.isClear || firmware.pressed === undefined || this.profile.lowReservoirBy === 'handset')
      return undefined;
    const refused = firmware.pressed();
    return refused === undefined ? DONE : byPump(refused);
  }

  #inflict(act: WorldAct): void {
    switch (act.type) {
      case 'localTime':
        this.#localTime.move(act.by);
        return;
      case 'applicationCard':
        this.#programmer.useCard(act.card);
        return;
      case 'disconnect':
      case 'reconnect':
      case 'latency':
      case 'noise':
      case 'frameFault':
        this.#link.inflict(act);
        return;
      default:
        this.#pump.plant.inflict(act);
    }
  }

  /** What is typed as "measured" is what the syringes showed; undefined where there were none. */
  #resolve(act: TypedClinicianAct): ClinicianAct | undefined {
    if (act.type !== 'refill') return act;
    const aspirated = act.aspirated === 'measured' ? this.#pump.plant.reading : act.aspirated;
    if (act.aspirated === 'measured' && aspirated === null) return undefined;
    return { ...act, aspirated };
  }
}
