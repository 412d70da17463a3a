import {
  after,
  type Clock,
  type DayRules,
  type DrugName,
  type Duration,
  fromJson,
  type Instant,
  type Json,
  type Key,
  type Party,
  type Port,
  type Proportion,
  RANK,
  type Role,
  showDateTime,
  span,
  toJson,
  type Volume,
  type WallClock,
  type Witness,
} from '../shared/index.ts';
import type { ClinicianAct } from './acts.ts';
import type { ApplicationCard } from './application-card.ts';
import type { Emptying } from './forecast.ts';
import type { Bounds } from './foreseen.ts';
import type { DrugLibrary } from './library/library.ts';
import { SHIPPED_LIBRARY } from './library/shipped.ts';
import type { DeadSpace } from './opening.ts';
import type { Outcome } from './outcome.ts';
import { notedIn, trendRows } from './refill.ts';
import { refillCard, type Tones } from './refill-card.ts';
import { dosingReport } from './report.ts';
import { refillByOf, type Screen, screenOf, usageIn } from './screen.ts';
import { type Asked, type Listener, Telemetry } from './telemetry.ts';
import { VISITS, type Visit, type VisitExecutor, type VisitState } from './visit.ts';
import { localTimeOf } from './visit-context.ts';

/** How long a session may lie idle before the programmer ends it (Generic Infusion Pump requirement 2.2.5). */
const IDLE_AFTER = span(600_000);

export interface ProgrammerOptions {
  readonly port: Port;
  readonly clock: Clock;
  /** The local time by the programmer's own clock. */
  readonly localTime: () => WallClock;
  /** The serial number on the patient's record; null takes the first pump it reads. */
  readonly serial: string | null;
  /** The low-reservoir threshold it offers for a first prescription. */
  readonly lowReservoirDefault: Volume;
  readonly deadSpace: DeadSpace;
  /** The drugs of which its handset may give boluses; without it, all. */
  readonly handsetDrugs?: readonly DrugName[];
  /** The most it holds and delivers; without it nothing it would refuse is foreseen. */
  readonly bounds?: Bounds;
  /** What it does as its reservoir runs down; without it no time to empty is told. */
  readonly emptying?: Emptying;
  /** The difference between its clock and the pump's that it corrects by itself. */
  readonly clockTolerance: Duration;
  /** What the pump lets fall into 24 h: the ceiling of a first prescription covers it. */
  readonly dayRules: DayRules;
  /** The most the pump delivers in any 60 min: a review warns where that lets no patient bolus through. */
  readonly hourlyMaximum?: Volume;
  /** The labelled accuracy of the flow: a larger discrepancy at a refill is spoken of. */
  readonly flowAccuracy: Proportion;
  /** How the pump sounds: without it a refill card has nothing of it. */
  readonly tones?: Tones;
  readonly witness: Witness;
  /** The pairing key of the pump with a serial number, as on its patient's card; undefined where there is none. */
  readonly pairing: (serial: string) => Key | undefined;
  /** What the nonces of its sessions are derived from; never the same in two programmers. */
  readonly secret: Key;
  /** The drug library it judges prescriptions by: the one that comes with Thecal unless given; null is none. */
  readonly library?: DrugLibrary | null;
  /** What it is allowed to do: a clinician's programmer unless given. */
  readonly role?: Exclude<Role, 'patient'>;
  /** What runs its visits: XState unless given. Nothing it does is other by the table. */
  readonly executor?: VisitExecutor;
}

/** The clinician's programmer. All it knows came over the link or was typed. */
export class Programmer implements Party {
  readonly name = 'programmer';
  readonly rank = RANK.programmer;
  readonly #options: ProgrammerOptions;
  readonly #telemetry: Telemetry;
  readonly #visit: Visit;
  #touched: Instant;
  #because = 0;

  constructor(options: ProgrammerOptions) {
    this.#options = options;
    const {
      port,
      clock,
      witness,
      serial,
      pairing,
      secret,
      role = 'clinician',
      library = SHIPPED_LIBRARY,
      executor = 'xstate',
    } = options;
    this.#touched = clock.now;
    const listener: Listener = {
      answered: (answer) =>
        this.#send(() =>
          this.#visit.send(
            'reply' in answer
              ? { type: 'REPLY', reply: answer.reply, wall: options.localTime() }
              : { type: 'REFUSED', answer },
          ),
        ),
      unanswered: (name, why) => this.#send(() => this.#visit.send({ type: 'NO_ANSWER', name, why })),
      recalled: (recalled) => this.#send(() => this.#visit.send({ type: 'RECALLED', recalled })),
    };
    this.#telemetry = new Telemetry({ port, clock, witness, role, pairing, secret, listener });
    this.#visit = new VISITS[executor]((request) => this.#requests.push(request), serial, {
      lowReservoirDefault: options.lowReservoirDefault,
      deadSpace: options.deadSpace,
      handsetDrugs: options.handsetDrugs,
      bounds: options.bounds,
      emptying: options.emptying,
      clockTolerance: options.clockTolerance,
      dayRules: options.dayRules,
      hourlyMaximum: options.hourlyMaximum,
      flowAccuracy: options.flowAccuracy,
      card: {},
      role,
      library,
    });
  }

  /** Requests the visit has asked for; sent once its event has been handled whole. */
  #requests: Asked[] = [];

  /** Begins an act. Throws while the one before is pending. */
  act(act: ClinicianAct): void {
    if (this.outcome() === 'pending') throw new Error('the act before this one has not been answered yet');
    this.#because = this.#options.witness.cause;
    this.#send(() => this.#visit.send({ type: 'ACT', act }));
    // What is done at the desk is answered at once.
    if (this.outcome() !== 'pending') this.#tell();
  }

  /** What became of the act; pending until the visit rests, so that no act meets one that is still on its way. */
  outcome(): Outcome | 'pending' {
    const { value, context } = this.#visit.state;
    return value === 'away' || value === 'ready' ? context.outcome : 'pending';
  }

  screen(): Screen {
    return screenOf(this.#visit.state);
  }

  /** The refill-by date on its screen; undefined where there is none. */
  get refillBy(): string | undefined {
    return refillByOf(this.#visit.state.context);
  }

  /** The dosing report of the pump last read; undefined outside a session. */
  report(): string | undefined {
    const { context } = this.#visit.state;
    if (context.status === null) return undefined;
    const when = (at: Instant) => showDateTime(localTimeOf(context, at));
    const { discrepancies, serial } = context.status;
    const noted = context.noted.filter((each) => each.serial === serial);
    const trend = trendRows(discrepancies, [...noted, ...notedIn(context.log, serial)], when);
    return dosingReport(this.screen(), this.#options.localTime(), { usage: usageIn(context), trend });
  }

  /** The refill card of the pump last read; undefined outside a session. */
  card(): string | undefined {
    const { status } = this.#visit.state.context;
    if (status === null) return undefined;
    return refillCard(this.screen(), status, this.#options.localTime(), this.#options.tones);
  }

  /** All it knows, for those who look over the clinician's shoulder. */
  get knows(): VisitState['context'] {
    return this.#visit.state.context;
  }

  /** Another version of its software, from now on; what has been edited stays. */
  useCard(card: ApplicationCard): void {
    const { value, context } = this.#visit.state;
    const { deadSpace: own } = this.#options;
    const deadSpace = { ...own, tubingVolume: card.tubingVolume ?? own.tubingVolume };
    this.#visit.load({ value, context: { ...context, settings: { ...context.settings, card, deadSpace } } });
  }

  /** The link is gone, and whoever carries it knows: nothing is waited for. */
  linkLost(): void {
    this.#telemetry.linkLost();
  }

  /** When it ends an open session by itself unless an act is begun before; undefined where none lies idle. */
  get endsAt(): Instant | undefined {
    return this.#visit.state.value === 'ready' ? after(this.#touched, IDLE_AFTER) : undefined;
  }

  due(): Instant | undefined {
    return this.#telemetry.due() ?? this.endsAt;
  }

  wake(now: Instant): void {
    if (this.#telemetry.busy) this.#telemetry.wake(now);
    else this.#options.witness.because(this.#because, () => this.#send(() => this.#visit.send({ type: 'IDLE' })));
  }

  #send(handle: () => void): void {
    const before = this.outcome();
    const wasAt = this.#visit.state.value;
    handle();
    this.#touched = this.#options.clock.now;
    const { value } = this.#visit.state;
    const ended = wasAt !== value && value === 'away';
    if (this.outcome() !== 'pending' && (before === 'pending' || ended)) this.#tell();
    const requests = this.#requests;
    this.#requests = [];
    for (const request of requests) this.#telemetry.ask(request);
  }

  #tell(): void {
    const { witness } = this.#options;
    witness.tell('programmer', 'screen', witness.hears('screen') ? this.#shown() : null);
  }

  /** The screen, for the trace. */
  #shown(): Json {
    const { act, outcome } = this.#visit.state.context;
    const { title, fields, warnings, comparison } = this.screen();
    return {
      act: act?.type ?? null,
      outcome: outcome as Json,
      title,
      fields: Object.fromEntries(fields.map(({ name, text }) => [name, text])),
      warnings,
      ...(comparison.length === 0 ? {} : { comparison: comparison.map((row) => ({ ...row })) }),
    };
  }

  save(): Json {
    const { value, context } = this.#visit.state;
    return {
      visit: { value, context: toJson(context) },
      telemetry: this.#telemetry.save(),
      touched: this.#touched,
      because: this.#because,
    };
  }

  load(json: Json): void {
    const saved = fromJson<{ visit: VisitState; telemetry: Json; touched: Instant; because: number }>(json);
    this.#visit.load(saved.visit);
    this.#telemetry.load(saved.telemetry);
    this.#touched = saved.touched;
    this.#because = saved.because;
  }
}
