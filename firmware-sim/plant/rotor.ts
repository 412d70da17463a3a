import {
  after,
  type Clock,
  type DeviceProfile,
  type Duration,
  fromJson,
  type Instant,
  type Json,
  span,
  type Witness,
} from '../../shared/index.ts';
import type { Fault } from './faults.ts';
import { Intermittent } from './intermittent.ts';
import type { Ongoing } from './ongoing.ts';

/** How many sessions it takes until a pump notices that its rotor turns again, where its record of a stall is stale. */
const SESSIONS_TO_NOTICE = 2;

/** What lets a rotor stand still, or the pump not notice that it turns. */
export type RotorFault = Extract<
  Fault,
  { type: 'intermittentStall' | 'slowRecovery' | 'telemetryLatch' | 'staleRecord' }
>;

/**
 * Why the rotor stands still, for as many reasons as there are: it turns once the last is gone. A field holds it, and may leave the
 * pump in telemetry mode, where nothing turns until somebody interrogates it.
 */
export class Rotor {
  /** Whether there is one; valves have none that a field could hold. */
  readonly isThere: boolean;
  readonly #clock: Clock;
  readonly #witness: Witness;
  readonly #turnOrStall: () => void;
  /** Something has seized it. */
  seized = false;
  readonly #stalls = new Intermittent();
  #inField = false;
  /** How long it stands still once out of a field, and until when it does. */
  #recovery: Duration = span(0);
  #recovers: Instant | null = null;
  /** Whether a field in which an alarm sounds leaves the pump in telemetry mode, and whether one has. */
  #latches = false;
  #latched = false;
  /** Whether a field leaves the record of the stall stale, and how many sessions still have to come. */
  #staleRecord = false;
  #unnoticedFor = 0;
  /** The trace records that began what goes on by itself. */
  #begunBy: Readonly<Record<'stalls' | 'recovery', number>> = { stalls: 0, recovery: 0 };

  /** What of it happens by itself, in the order in which it does at one instant. */
  readonly ongoing: readonly Ongoing[] = [
    {
      due: () => this.#stalls.due(),
      because: () => this.#begunBy.stalls,
      happen: () => {
        this.#stalls.turn();
        this.#turnOrStall();
      },
    },
    {
      due: () => this.#recovers ?? undefined,
      because: () => this.#begunBy.recovery,
      happen: () => {
        this.#recovers = null;
        this.#turnOrStall();
      },
    },
  ];

  /** Takes what is to be called when it turns again, or no longer. */
  constructor(
    { safetyValve }: Pick<DeviceProfile, 'safetyValve'>,
    clock: Clock,
    witness: Witness,
    turnOrStall: () => void,
  ) {
    this.isThere = safetyValve === 'notNeeded';
    this.#clock = clock;
    this.#witness = witness;
    this.#turnOrStall = turnOrStall;
  }

  get stuck(): boolean {
    return (
      this.seized || this.#stalls.on || (this.#inField && this.isThere) || this.#recovers !== null || this.#latched
    );
  }

  get inField(): boolean {
    return this.#inField;
  }

  /** Whether the pump has yet to notice that it turns again. */
  get isUnnoticed(): boolean {
    return !this.stuck && this.#unnoticedFor > 0;
  }

  inflict(fault: RotorFault, told: number): void {
    switch (fault.type) {
      case 'intermittentStall':
        this.#stalls.set(fault.rhythm, this.#clock.now);
        this.#begunBy = { ...this.#begunBy, stalls: told };
        this.#witness.because(told, this.#turnOrStall);
        return;
      case 'slowRecovery':
        this.#recovery = fault.by;
        return;
      case 'telemetryLatch':
        this.#latches = fault.latches;
        return;
      case 'staleRecord':
        this.#staleRecord = fault.stale;
    }
  }

  enterField(): void {
    this.#inField = true;
  }

  /** It turns again at once, unless it takes its time. */
  leaveField(isAlarming: boolean, told: number): void {
    this.#inField = false;
    this.#begunBy = { ...this.#begunBy, recovery: told };
    if (this.isThere) {
      if (this.#recovery > 0) this.#recovers = after(this.#clock.now, this.#recovery);
      this.#latched = this.#latches && isAlarming;
      if (this.#staleRecord) this.#unnoticedFor = SESSIONS_TO_NOTICE;
    }
    if (this.#recovers === null) this.#witness.because(told, this.#turnOrStall);
  }

  /** Whether an interrogation changes anything. */
  get waitsForTelemetry(): boolean {
    return this.#latched || this.#unnoticedFor > 0;
  }

  /** Somebody interrogates the pump. */
  interrogated(): void {
    this.#latched = false;
    if (this.#unnoticedFor > 0) this.#unnoticedFor -= 1;
  }

  /** Another pump's in its place; a field is where it is. */
  replace(): void {
    this.seized = false;
    this.#stalls.set(null, this.#clock.now);
    this.#recovery = span(0);
    this.#recovers = null;
    this.#latches = false;
    this.#latched = false;
    this.#staleRecord = false;
    this.#unnoticedFor = 0;
  }

  save(): Json {
    return {
      seized: this.seized,
      stalls: this.#stalls.save(),
      inField: this.#inField,
      recovery: this.#recovery,
      recovers: this.#recovers,
      latches: this.#latches,
      latched: this.#latched,
      staleRecord: this.#staleRecord,
      unnoticedFor: this.#unnoticedFor,
      begunBy: { ...this.#begunBy },
    };
  }

  load(json: Json): void {
    const saved = fromJson<{
      seized: boolean;
      stalls: Json;
      inField: boolean;
      recovery: Duration;
      recovers: Instant | null;
      latches: boolean;
      latched: boolean;
      staleRecord: boolean;
      unnoticedFor: number;
      begunBy: Readonly<Record<'stalls' | 'recovery', number>>;
    }>(json);
    this.seized = saved.seized;
    this.#stalls.load(saved.stalls);
    this.#inField = saved.inField;
    this.#recovery = saved.recovery;
    this.#recovers = saved.recovers;
    this.#latches = saved.latches;
    this.#latched = saved.latched;
    this.#staleRecord = saved.staleRecord;
    this.#unnoticedFor = saved.unnoticedFor;
    this.#begunBy = saved.begunBy;
  }
}
