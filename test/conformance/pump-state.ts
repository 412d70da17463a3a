import type { DeviceProfile } from '../../shared/index.ts';
import { Account } from './account.ts';
import { Alarms } from './alarms.ts';
import { Conditions } from './conditions.ts';
import { allottedAt } from './day-parts.ts';
import type { Wanted } from './json.ts';
import { type Closed, type Opened, openingEnd } from './opening.ts';
import { Grants } from './patient.ts';
import type { Prescription } from './prescription.ts';
import { basalAt, meanBasal, type Program } from './program.ts';
import { type Service, ServiceLife } from './service-life.ts';
import type { Ordered } from './single-bolus.ts';

const DAY = 86_400_000;

/** `alone` is a clinician's bolus without basal, on a pump that was stopped. */
export type Mode = 'stopped' | 'updating' | 'basal' | 'defaultSchedule' | 'minimumRate' | 'alone';
export type Level = 'normal' | 'low' | 'empty';

/** A bolus that runs. Times are pump time. */
export interface Running {
  readonly start: number;
  readonly end: number;
  readonly rate: number;
}

/** Why a request is not granted, in the order they are given, and when time alone ends it. */
export interface Denial {
  readonly code: string;
  readonly also: readonly string[];
  readonly until: number | null;
}

/** Where the pump says what it does. */
export interface Said {
  log(record: Wanted): void;
  rate(rate: number, infusion: string): void;
  stroke(rest: bigint): void;
  /** What the fill sensor shows. */
  level(): number;
  history(entry: Wanted): void;
}

/** How the pump stands, and what follows from it. `now` is its own time, which runs with simulated time until a reset loses some. */
export class PumpState {
  readonly device: DeviceProfile;
  readonly said: Said;
  readonly account: Account;
  readonly grants: Grants;
  now: number;
  readonly life: ServiceLife;
  readonly alarms: Alarms;
  readonly conditions: Conditions;
  mode: Mode = 'stopped';
  why = 'notStarted';
  /** Whether the battery made the processor start anew, and nobody has prescribed or resumed since. */
  protected batteryFaltered = false;
  /** The alarm that comes by mistake when a clinician has done, and those that have come. */
  mistake: string | null = null;
  protected readonly mistaken = new Set<string>();
  /** Whether an error has locked the memory: nothing is programmed any more. */
  memoryLocked = false;
  /** When the test of a processor that started anew is over. */
  testedAt = 0;
  /** Since when nothing has been commanded; null while something is. */
  zeroSince: number | null;
  prescription: Prescription | null = null;
  prescribedAt: number | null = null;
  record = 0;
  /** What `wall` is ahead of `now`; null without a local time. */
  protected ahead: number | null = null;
  /** The local time when it was lost. */
  protected lastWall: number | null = null;
  bolus: Running | null = null;
  /** A clinician's bolus that runs, or waits for the patient's. */
  ordered: Ordered | null = null;
  protected haltDue: number | undefined;
  /** What comes before the program, and the last that ended under it. */
  opened: Opened | null = null;
  closed: Closed | null = null;
  protected clockMoved = 0;
  periodic: Running | null = null;
  protected deferred = false;
  periodicNext: number | null = null;
  filled: bigint | null = null;
  /** When the reservoir was last filled, and what had been commanded by then. */
  protected fill: { readonly at: number; readonly commanded: bigint } | null = null;
  protected stated: { readonly reason: string; readonly of: number } | null = null;
  /** When the fill sensor was last read, and what it showed. */
  gauge: { readonly at: number; readonly volume: number } | null = null;
  /** Refills at which somebody measured. */
  measured: readonly Wanted[] = [];
  sinceSession: { from: number; commanded: bigint };
  /** The last event, from which the intervals count at whose ends the time is stored, and the last record written. */
  protected stored: number;
  protected written: number;
  /** How the pump stood when the update under way began. */
  protected stoodAs: { readonly mode: Mode; readonly why: string } = { mode: 'stopped', why: 'notStarted' };
  protected lastSaid = { rate: -1, infusion: '' };
  protected lastLevel: Level = 'empty';
  protected stepDue: number | undefined;
  protected lockedOut = false;
  protected countUsed = false;

  constructor(device: DeviceProfile, now: number, said: Said) {
    [this.device, this.now, this.said] = [device, now, said];
    this.account = new Account(now);
    this.grants = new Grants(device);
    this.life = new ServiceLife(device);
    this.alarms = new Alarms(device, (kind, data) => this.note(kind, data));
    this.conditions = new Conditions(device);
    this.zeroSince = now;
    [this.stored, this.written] = [now, now];
    this.sinceSession = { from: now, commanded: 0n };
  }

  protected note(kind: string, data: Wanted): void {
    this.said.log({ at: this.now, kind, data });
    // Whatever is written carries the time.
    this.written = this.now;
  }

  // What follows from the state.

  get wall(): number | null {
    return this.ahead === null ? null : this.now + this.ahead;
  }

  /** The last local midnight, as pump time. */
  get midnight(): number | null {
    return this.wall === null ? null : this.now - (this.wall % DAY);
  }

  get service(): Service {
    return this.life.state;
  }

  /** Whether service has ended, and delivery with it, for good. */
  get ended(): boolean {
    return this.service === 'endOfService' && this.device.atEndOfService === 'stop';
  }

  get volume(): bigint {
    return this.account.volumeAt(this.now);
  }

  level(): Level {
    return this.levelUnder(this.prescription);
  }

  /** The level if a prescription were the one in force. */
  levelUnder(prescription: Prescription | null): Level {
    if (this.volume <= BigInt(this.device.emptyAt)) return 'empty';
    return prescription !== null && this.volume <= BigInt(prescription.lowReservoir) ? 'low' : 'normal';
  }

  /** The basal rate the program asks for. */
  get basal(): number {
    return this.prescription === null ? 0 : this.basalUnder(this.prescription.program);
  }

  /** The basal rate another program would ask for now. */
  basalUnder(program: Program): number {
    if (this.wall !== null) return basalAt(program, this.wall);
    // Dates stand still while nobody knows the time; a schedule gives way to what the profile says.
    if (program.type !== 'daily') return basalAt(program, this.lastWall ?? 0);
    const mean = meanBasal(program);
    return this.device.lostClockPolicy === 'dailyMean' ? mean : Math.min(mean, this.device.minimumRate);
  }

  /** Whether what is prescribed is the minimum rate. */
  get isAtMinimumByProgram(): boolean {
    const program = this.prescription?.program;
    return program?.type === 'flat' && program.minimum;
  }

  get rate(): number {
    // Less than the program is never more than it asks for.
    if (this.mode === 'minimumRate') return Math.min(this.device.minimumRate, this.basal);
    if (this.mode === 'defaultSchedule') return Math.min(this.device.defaultRate, this.basal);
    if (!this.isRunning) return 0;
    const setting = this.opened?.setting;
    if (setting?.type === 'delayed') return Math.min(this.device.minimumRate, this.basal);
    if (setting !== undefined) return setting.rate;
    const waits = this.device.bolusOverBasal === 'replace' && this.bolusRate > 0;
    return (this.mode === 'alone' || waits ? 0 : this.basal) + this.bolusRate;
  }

  /** What of the rate is boluses. */
  protected get bolusRate(): number {
    return this.isRunning ? ((this.bolus ?? this.ordered)?.rate ?? 0) + (this.periodic?.rate ?? 0) : 0;
  }

  /** Whether a prime or a bridge runs: in place of all that is dosed. */
  get fills(): boolean {
    return this.opened !== null && this.opened.setting.type !== 'delayed';
  }

  get isDelayed(): boolean {
    return this.opened?.setting.type === 'delayed';
  }

  /** When what comes before the program is over; undefined where there is none, or nobody knows. */
  get openingEnd(): number | undefined {
    return this.opened === null ? undefined : openingEnd(this.opened, this.ahead, this.clockMoved);
  }

  /** Whether it delivers, of its own, less than the program. */
  get isReduced(): boolean {
    return this.mode === 'minimumRate' || this.mode === 'defaultSchedule';
  }

  get isRunning(): boolean {
    return this.mode === 'basal' || this.mode === 'alone';
  }

  /** Whether a patient must wait for the end of a clinician's bolus. */
  get deniesPatient(): boolean {
    return this.ordered !== null && (this.mode === 'alone' || this.device.patientBolusDuringClinicianBolus === 'deny');
  }

  get infusion(): string {
    if (this.bolus !== null) return 'patientBolus';
    if (this.opened !== null) return this.opened.setting.type;
    return this.ordered !== null ? 'clinicianBolus' : this.mode;
  }

  get patientControl(): string {
    const bolus = this.prescription?.patientBolus ?? null;
    if (bolus === null) return 'off';
    if (this.now < this.grants.lockoutEnd) return 'lockedOut';
    if (this.grants.countFree(bolus.maxPerDay, this.now, this.midnight) > this.now) return 'countUsed';
    return allottedAt(bolus, this.wall) === null ? 'notThisPartOfDay' : 'ready';
  }

  get periodicState(): string {
    if (this.periodicNext === null) return 'off';
    return this.periodic !== null ? 'running' : this.deferred ? 'deferred' : 'waiting';
  }

  /** Whether the processor that started anew still tests itself. */
  get isTesting(): boolean {
    return this.now < this.testedAt;
  }

  /** Why delivery may not be started, beside what the policies leave. */
  get isAlarmed(): boolean {
    const critical = ['stall', 'occlusion', 'overTemperature', 'overFlow'];
    return this.device.startWithAlarm === 'refuse' && critical.some((code) => this.conditions.isDeclared(code));
  }
}
