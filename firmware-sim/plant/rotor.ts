import {
  after,
  type DeviceProfile,
  type Duration,
  fromJson,
  type Instant,
  type Json,
  span,
} from '../../shared/index.ts';
import { Intermittent, type Rhythm } from './intermittent.ts';

/** How many sessions it takes until a pump notices that its rotor turns again, where its record of a stall is stale. */
const SESSIONS_TO_NOTICE = 2;

/**
 * Why the rotor stands still, for as many reasons as there are: it turns once the last is gone. A field holds it, and may leave the
 * pump in telemetry mode, where nothing turns until somebody interrogates it.
 */
export class Rotor {
  /** Whether there is one; valves have none that a field could hold. */
  readonly isThere: boolean;
  /** Something has seized it. */
  seized = false;
  readonly #stalls = new Intermittent();
  #inField = false;
  /** How long it stands still once out of a field, and until when it does. */
  #recovery: Duration = span(0);
  #recovers: Instant | null = null;
  /** Whether a field in which an alarm sounds leaves the pump in telemetry mode, and whether one has. */
  latches = false;
  #latched = false;
  /** Whether a field leaves the record of the stall stale, and how many sessions still have to come. */
  staleRecord = false;
  #unnoticedFor = 0;

  constructor({ safetyValve }: Pick<DeviceProfile, 'safetyValve'>) {
    this.isThere = safetyValve === 'notNeeded';
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

  comesAndGoes(rhythm: Rhythm | null, now: Instant): void {
    this.#stalls.set(rhythm, now);
  }

  recoversAfter(recovery: Duration): void {
    this.#recovery = recovery;
  }

  enterField(): void {
    this.#inField = true;
  }

  leaveField(isAlarming: boolean, now: Instant): void {
    this.#inField = false;
    if (!this.isThere) return;
    if (this.#recovery > 0) this.#recovers = after(now, this.#recovery);
    this.#latched = this.latches && isAlarming;
    if (this.staleRecord) this.#unnoticedFor = SESSIONS_TO_NOTICE;
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

  /** When a stall that comes and goes next does either. */
  turns(): Instant | undefined {
    return this.#stalls.due();
  }

  turn(): void {
    this.#stalls.turn();
  }

  /** When it has recovered from a field. */
  recovers(): Instant | undefined {
    return this.#recovers ?? undefined;
  }

  recover(): void {
    this.#recovers = null;
  }

  /** Another pump's in its place; a field is where it is. */
  replace(now: Instant): void {
    this.seized = false;
    this.#stalls.set(null, now);
    this.#recovery = span(0);
    this.#recovers = null;
    this.latches = false;
    this.#latched = false;
    this.staleRecord = false;
    this.#unnoticedFor = 0;
  }

  save(): Json {
    return {
      seized: this.seized,
      stalls: this.#stalls.save(),
      inField: this.#inField,
      recovery: this.#recovery,
      recovers: this.#recovers,
      latches: this.latches,
      latched: this.#latched,
      staleRecord: this.staleRecord,
      unnoticedFor: this.#unnoticedFor,
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
    }>(json);
    this.seized = saved.seized;
    this.#stalls.load(saved.stalls);
    this.#inField = saved.inField;
    this.#recovery = saved.recovery;
    this.#recovers = saved.recovers;
    this.latches = saved.latches;
    this.#latched = saved.latched;
    this.staleRecord = saved.staleRecord;
    this.#unnoticedFor = saved.unnoticedFor;
  }
}
