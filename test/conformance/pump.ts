import type { DeviceProfile, Json } from '../../shared/index.ts';
import { Account } from './account.ts';
import { Alarms } from './alarms.ts';
import { at, difference, listAt, type Wanted, wantedOf } from './json.ts';
import { nextBolus, withinLimit } from './next-bolus.ts';
import { Grants } from './patient.ts';
import { type Prescription, volumeOfBolus } from './prescription.ts';
import { basalAt, meanBasal, type Program, periodicOf, stepAfter, stepsPassed } from './program.ts';
import { type Service, ServiceLife } from './service-life.ts';

const DAY = 86_400_000;

/** The parts of a prescription, as its history names them. */
const PARTS = ['drugs', 'program', 'patientBolus', 'doseLimit', 'ceiling', 'lowReservoir'];

export type Mode = 'stopped' | 'updating' | 'basal' | 'minimumRate';
export type Level = 'normal' | 'low' | 'empty';

/** A bolus that runs. Times are pump time. */
interface Running {
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
  history(entry: Wanted): void;
}

/**
 * The pump by its rules alone: what it commands, books, grants and logs, from what it is told. `now` is its own time,
 * which runs with simulated time until a reset loses some of it.
 */
export class Pump {
  readonly device: DeviceProfile;
  readonly said: Said;
  readonly account: Account;
  readonly grants: Grants;
  now: number;
  readonly life: ServiceLife;
  readonly alarms: Alarms;
  mode: Mode = 'stopped';
  why = 'notStarted';
  /** Since when nothing has been commanded; null while something is. */
  zeroSince: number | null;
  prescription: Prescription | null = null;
  prescribedAt: number | null = null;
  record = 0;
  /** What `wall` is ahead of `now`; null without a local time. */
  #ahead: number | null = null;
  /** The local time when it was lost. */
  #lastWall: number | null = null;
  bolus: Running | null = null;
  periodic: Running | null = null;
  #deferred = false;
  periodicNext: number | null = null;
  filled: bigint | null = null;
  /** What had been commanded in all when a volume was last entered. */
  #commandedAtFill: bigint | null = null;
  sinceSession: { from: number; commanded: bigint };
  /** The last event, from which the intervals count at whose ends the time is stored, and the last record written. */
  #stored: number;
  #written: number;
  /** How the pump stood when the update under way began. */
  #before: { readonly mode: Mode; readonly why: string } = { mode: 'stopped', why: 'notStarted' };
  #said = { rate: -1, infusion: '' };
  #level: Level = 'empty';
  #stepDue: number | undefined;
  #lockedOut = false;
  #countUsed = false;

  constructor(device: DeviceProfile, now: number, said: Said) {
    [this.device, this.now, this.said] = [device, now, said];
    this.account = new Account(now);
    this.grants = new Grants(device);
    this.life = new ServiceLife(device);
    this.alarms = new Alarms(device, (kind, data) => this.#log(kind, data));
    this.zeroSince = now;
    [this.#stored, this.#written] = [now, now];
    this.sinceSession = { from: now, commanded: 0n };
    this.#log('powerOn', { profile: device.name });
    this.settle();
  }

  #log(kind: string, data: Wanted): void {
    this.said.log({ at: this.now, kind, data });
    // Whatever is written carries the time.
    this.#written = this.now;
  }

  // What follows from the state.

  get wall(): number | null {
    return this.#ahead === null ? null : this.now + this.#ahead;
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
    if (program.type !== 'daily') return basalAt(program, this.#lastWall ?? 0);
    const mean = meanBasal(program);
    return this.device.lostClockPolicy === 'dailyMean' ? mean : Math.min(mean, this.device.minimumRate);
  }

  /** Whether what is prescribed is the minimum rate. */
  get isAtMinimumByProgram(): boolean {
    const program = this.prescription?.program;
    return program?.type === 'flat' && program.minimum;
  }

  get rate(): number {
    // The minimum rate is never more than the program asks for.
    if (this.mode === 'minimumRate') return Math.min(this.device.minimumRate, this.basal);
    if (this.mode !== 'basal') return 0;
    return this.basal + (this.bolus?.rate ?? 0) + (this.periodic?.rate ?? 0);
  }

  get infusion(): string {
    return this.bolus !== null ? 'patientBolus' : this.mode;
  }

  get patientControl(): string {
    const bolus = this.prescription?.patientBolus ?? null;
    if (bolus === null) return 'off';
    if (this.now < this.grants.lockoutEnd) return 'lockedOut';
    return this.grants.countFree(bolus.maxPerDay, this.now, this.midnight) > this.now ? 'countUsed' : 'ready';
  }

  get periodicState(): string {
    if (this.periodicNext === null) return 'off';
    return this.periodic !== null ? 'running' : this.#deferred ? 'deferred' : 'waiting';
  }

  // Time.

  /** Lets pump time go on to `to`, with everything that falls due on the way. */
  advanceTo(to: number): void {
    for (;;) {
      const next = this.#next();
      if (next === undefined || next.at > to) break;
      this.now = Math.max(this.now, next.at);
      next.happens();
      this.settle();
    }
    this.now = to;
  }

  /** When something falls due next. */
  due(): number | undefined {
    return this.#next()?.at;
  }

  /** What falls due first, in the order written in the rules. */
  #next(): { readonly at: number; readonly happens: () => void } | undefined {
    const dues: { readonly at: number | undefined; readonly happens: () => void }[] = [
      { at: this.life.due(), happens: () => this.#serviceTurns() },
      { at: this.bolus?.end, happens: () => this.#bolusEnds() },
      { at: this.periodic?.end, happens: () => this.#periodicEnds() },
      { at: this.#lockedOut ? this.grants.lockoutEnd : undefined, happens: () => {} },
      { at: this.#countUsed ? this.#countReleased() : undefined, happens: () => {} },
      { at: this.#whenLow(), happens: () => this.#falls('low') },
      { at: this.#whenEmpty(), happens: () => this.#falls('empty') },
      { at: this.#stepDue, happens: () => this.#stepBegins() },
      { at: this.periodicNext ?? undefined, happens: () => this.#periodicDue() },
      { at: this.#whenStoppedTooLong(), happens: () => {} },
      { at: this.alarms.due(), happens: () => this.alarms.expire(this.now) },
    ];
    let first: { readonly at: number; readonly happens: () => void } | undefined;
    for (const { at, happens } of dues) {
      if (at !== undefined && (first === undefined || at < first.at)) first = { at, happens };
    }
    return first;
  }

  #countReleased(): number | undefined {
    const bolus = this.prescription?.patientBolus;
    return bolus ? this.grants.countFree(bolus.maxPerDay, this.now, this.midnight) : undefined;
  }

  #whenLow(): number | undefined {
    if (this.#level !== 'normal' || this.prescription === null) return undefined;
    return this.account.whenDown(BigInt(this.prescription.lowReservoir), this.now);
  }

  #whenEmpty(): number | undefined {
    return this.#level === 'empty' ? undefined : this.account.whenDown(BigInt(this.device.emptyAt), this.now);
  }

  #whenStoppedTooLong(): number | undefined {
    if (this.service === 'shelf' || this.ended || this.zeroSince === null || this.alarms.has('stoppedPump')) {
      return undefined;
    }
    return Math.max(this.zeroSince, this.life.implanted) + this.device.stoppedAlarm;
  }

  /** What every event leads to: another rate, alarms raised and cleared, the next step, the time stored. */
  settle(): void {
    const { rate, infusion } = this;
    this.account.command(rate, this.prescription?.drugs ?? NO_DRUGS, this.now);
    if (rate > 0) this.zeroSince = null;
    else this.zeroSince ??= this.now;
    if (rate !== this.#said.rate || infusion !== this.#said.infusion) this.said.rate(rate, infusion);
    this.#said = { rate, infusion };
    this.#level = this.level();
    const wall = this.wall;
    const step = this.prescription === null || wall === null ? undefined : stepAfter(this.prescription.program, wall);
    this.#stepDue = step === undefined || wall === null ? undefined : this.now + step - wall;
    this.#lockedOut = this.patientControl === 'lockedOut';
    this.#countUsed = this.patientControl === 'countUsed';
    this.#judgeAlarms();
    this.#stored = this.now;
  }

  #judgeAlarms(): void {
    const implanted = this.service !== 'shelf';
    // Before anything is prescribed nothing can run out; an empty reservoir is a low one too.
    const empty = this.prescription !== null && this.#level === 'empty';
    const low = this.#level === 'low' || empty;
    const since = Math.max(this.zeroSince ?? 0, this.life.implanted);
    this.#judge('lowReservoir', implanted && low);
    this.#judge('emptyReservoir', implanted && empty);
    const tooLong = this.zeroSince !== null && this.now >= since + this.device.stoppedAlarm;
    // After the end of service the deadline runs no more; an alarm that came before it stays.
    this.#judge('stoppedPump', implanted && tooLong && (!this.ended || this.alarms.has('stoppedPump')));
    this.#judge('eri', this.service === 'eri' || this.service === 'endOfService');
    this.#judge('endOfService', this.service === 'endOfService');
  }

  #judge(code: string, so: boolean): void {
    this.alarms.judge(code, so, this.now);
  }

  /** Elective replacement is indicated, or service ends; where the end stops delivery, that is over for good. */
  #serviceTurns(): void {
    this.life.turn(this.now);
    if (!this.ended) return;
    if (this.mode === 'updating') this.#log('updateInterrupted', {});
    this.#endBoluses('endOfService');
    this.periodicNext = null;
    // A pump that was stopped before is so for another reason now.
    this.#toStopped('endOfService');
  }

  #bolusEnds(): void {
    this.#endBolus('complete');
    if (this.#deferred) {
      this.#deferred = false;
      this.#startPeriodic();
    }
    this.#noteZero();
  }

  #periodicEnds(): void {
    this.#endPeriodic('complete');
    this.#noteZero();
  }

  #endBolus(why: string): void {
    if (this.bolus === null) return;
    this.#log('bolusEnded', { why, ...this.#amounts(this.bolus) });
    this.bolus = null;
  }

  #endPeriodic(why: string): void {
    this.#deferred = false;
    if (this.periodic === null) return;
    this.#log('periodicEnded', { why, ...this.#amounts(this.periodic) });
    this.periodic = null;
  }

  #amounts({ start, end, rate }: Running): { readonly delivered: number; readonly undelivered: number } {
    const until = Math.min(Math.max(this.now, start), end);
    return { delivered: rate * (until - start), undelivered: rate * (end - until) };
  }

  #endBoluses(why: string): void {
    this.#endPeriodic(why);
    this.#endBolus(why);
  }

  /** A step that ends all delivery is logged, and one that begins it again; one like the step before is not. */
  #stepBegins(): void {
    if ((this.mode !== 'basal' && this.mode !== 'minimumRate') || this.bolus !== null) return;
    const before = this.account.rate;
    if (before > 0) this.#noteZero();
    if (before === 0 && this.rate > 0) this.#log('deliveryStarted', {});
  }

  /** A program that asks for nothing is a program: what is zero by it is logged so. */
  #noteZero(): void {
    if ((this.mode === 'basal' || this.mode === 'minimumRate') && this.rate === 0) this.#log('zeroStep', {});
  }

  #startPeriodic(): void {
    const bolus = this.prescription === null ? null : periodicOf(this.prescription.program);
    if (bolus === null) return;
    this.periodic = { start: this.now, end: this.now + bolus.duration, rate: bolus.rate };
    this.#log('periodicStarted', { ends: this.periodic.end, rate: bolus.rate });
  }

  #periodicDue(): void {
    const bolus = this.prescription === null ? null : periodicOf(this.prescription.program);
    if (bolus === null || this.periodicNext === null) return;
    this.periodicNext += bolus.interval;
    const policy = this.device.periodicDuringBolus;
    const enough = this.#holds(bolus);
    const runs = this.mode === 'basal' && enough && !this.#bolusesBarred();
    if (runs && (this.bolus === null || policy === 'add')) this.#startPeriodic();
    else if (runs && policy === 'defer') this.#deferred = true;
    else this.#log('periodicSkipped', {});
  }

  /** Whether a whole bolus is left before the calculated reservoir counts as empty. */
  #holds(bolus: Parameters<typeof volumeOfBolus>[0]): boolean {
    return this.volume - BigInt(this.device.emptyAt) >= volumeOfBolus(bolus);
  }

  /** Whether the policy beside the calculated reservoir allows no bolus. */
  #bolusesBarred(): boolean {
    return this.level() === 'empty' || (this.level() === 'low' && this.device.lowReservoirPolicy !== 'alarm');
  }

  /** The calculated reservoir reaches a threshold, by time or because somebody said so. */
  #falls(level: Level): void {
    // An empty reservoir is a low one too: the most restrictive policy wins.
    const { lowReservoirPolicy: low, emptyPolicy } = this.device;
    const empty = level === 'empty' ? emptyPolicy : 'run';
    const ran = this.periodic !== null || this.bolus !== null;
    if (level === 'empty' || low !== 'alarm') this.#endBoluses(`${level}Reservoir`);
    const toMinimum = empty !== 'stop' && (empty === 'minimumRate' || low === 'minimumRate');
    if (toMinimum && this.mode === 'basal') this.#toMinimum();
    else if (ran && empty !== 'stop') this.#noteZero();
    if (empty === 'stop' && (this.mode === 'basal' || this.mode === 'minimumRate')) this.#toStopped('emptyReservoir');
  }

  #toMinimum(): void {
    this.mode = 'minimumRate';
    this.#log('minimumRateStarted', {});
    this.#noteZero();
  }

  #toStopped(why: string, by: { readonly by?: string } = {}): void {
    [this.mode, this.why] = ['stopped', why];
    this.#log('deliveryStopped', { why, ...by });
  }

  #toRunning(): void {
    if (this.isAtMinimumByProgram) {
      this.#toMinimum();
      return;
    }
    this.mode = 'basal';
    this.#log(this.rate === 0 ? 'zeroStep' : 'deliveryStarted', {});
  }

  // What it is told.

  sessionOpened(role: string, isTold: boolean): void {
    if (isTold) this.#log('sessionOpened', { role });
    this.settle();
  }

  sessionClosed(role: string, lost: boolean, id: number, isTold: boolean): void {
    if (role === 'clinician' && this.mode === 'updating') this.#updateAborted();
    if (isTold) this.#log('sessionClosed', { role, lost });
    this.alarms.sessionEnded(id, this.now);
    if (role === 'clinician') this.#sessionBegins();
    this.settle();
  }

  #sessionBegins(): void {
    this.sinceSession = { from: this.now, commanded: this.account.commandedAt(this.now) };
  }

  /** A reset in an update is told as a reset alone; delivery is what it is after any update that came to nothing. */
  #endUpdate(): void {
    const { mode, why } = this.#before;
    const stays = this.device.onUpdateAbort === 'resumeOld' || (mode === 'stopped' && why === 'clinician');
    [this.mode, this.why] = stays ? [mode, why] : ['stopped', 'updateInterrupted'];
  }

  #updateAborted(): void {
    this.#log('updateInterrupted', {});
    const { mode, why } = this.#before;
    const stays = this.device.onUpdateAbort === 'stayStopped';
    if (mode === 'stopped' && why === 'clinician') this.#toStopped(why);
    else if (stays) this.#toStopped('updateInterrupted');
    else if (mode === 'stopped') this.#toStopped(why);
    else if (this.level() === 'empty' && this.device.emptyPolicy === 'stop') this.#toStopped('emptyReservoir');
    else if (mode === 'minimumRate' || this.atMinimumByPolicy) this.#toMinimum();
    else this.#toRunning();
  }

  refused(command: string, code: string, also: Wanted): void {
    this.#log('commandRefused', { command, code, also });
  }

  /** A command was refused for reasons that `data` looks at, but for its name. */
  refusedFor(command: string, reasons: (got: Json | undefined) => string | undefined): void {
    this.#log('commandRefused', (got) => (at(got, 'command') === command ? reasons(got) : command));
  }

  /** What emergency sessions did again, by how often. */
  emergenciesCounted(more: Wanted): void {
    this.#log('emergencySessions', more);
  }

  frameRejected(error: string): void {
    this.#log('frameRejected', { error });
  }

  /** So many more of a code since the last one that was told. */
  framesRejected(error: string, more: number): void {
    this.#log('frameRejected', { error, more });
  }

  implant(wall: number): void {
    this.life.implant(wall, this.now);
    this.#ahead = wall - this.now;
    // On the shelf nothing was to be delivered: it has stood still since now.
    this.zeroSince = this.now;
    this.#log('implanted', { wall });
    this.#sessionBegins();
    this.settle();
  }

  /** Gives what the answer says. */
  enterReservoir(volume: number): Wanted {
    const expected = Number(this.volume);
    const all = this.account.commandedAt(this.now);
    // A frame carries no more than 2^53 - 1 units.
    const since = all - (this.#commandedAtFill ?? all);
    const commanded = this.#commandedAtFill === null ? null : Number(since < 2n ** 53n ? since : 2n ** 53n - 1n);
    this.#commandedAtFill = all;
    this.account.enter(BigInt(volume), this.now);
    this.filled = BigInt(volume);
    // What ends for it ends with what was believed until now.
    const level = this.level();
    if (level !== 'normal') this.#falls(level);
    this.#log('reservoirEntered', { volume, expected });
    this.settle();
    return { expected, commanded };
  }

  updateBegins(digest: Wanted, over: { readonly clearsAt: number | null } | null): void {
    this.#before = { mode: this.mode, why: this.why };
    this.#endBoluses('update');
    this.mode = 'updating';
    this.#log('updateStarted', { digest });
    if (over !== null) this.#log('limitOverridden', { digest, clearsAt: over.clearsAt });
    this.settle();
  }

  commit(staged: Prescription, run: boolean, digest: Wanted): void {
    const before = this.prescription?.sent;
    const bolus = staged.patientBolus;
    if (bolus !== null) this.grants.lockoutEnd = this.grants.lockoutUnder(bolus);
    if (before !== undefined && primaryOf(before) !== primaryOf(staged.sent)) this.#sessionBegins();
    this.prescription = staged;
    this.prescribedAt = this.now;
    this.record += 1;
    const periodic = periodicOf(staged.program);
    this.periodicNext = periodic === null ? null : this.now + periodic.interval;
    const changed = PARTS.filter((part) => differs(at(before, part), at(staged.sent, part)));
    const prescription = wantedOf(staged.sent);
    this.said.history({ number: this.record, at: this.now, by: 'clinician', prescription, changed });
    this.#log('prescriptionCommitted', { record: this.record, digest });
    const { mode, why } = this.deliveryUnder(staged, run, this.#before);
    if (why !== null) this.#toStopped(why);
    else if (mode === 'minimumRate') this.#toMinimum();
    else this.#toRunning();
    this.settle();
  }

  /** What delivery a prescription leads to now, and why to none, on a pump that had been in another mode. */
  deliveryUnder(
    staged: Prescription,
    run: boolean,
    before: { readonly mode: Mode; readonly why: string },
  ): { readonly mode: Mode; readonly why: string | null } {
    if (before.mode === 'stopped' && before.why === 'clinician' && !run) return { mode: 'stopped', why: 'clinician' };
    if (this.device.afterCommit === 'waitForStart') return { mode: 'stopped', why: 'awaitingStart' };
    const level = this.levelUnder(staged);
    if (level === 'empty' && this.device.emptyPolicy === 'stop') return { mode: 'stopped', why: 'emptyReservoir' };
    const isAtMinimum = this.#isMinimumAt(level) || at(staged.sent, 'program', 'type') === 'minimumRate';
    return { mode: isAtMinimum ? 'minimumRate' : 'basal', why: null };
  }

  /** Whether the policy beside the calculated reservoir is the minimum rate. */
  get atMinimumByPolicy(): boolean {
    return this.#isMinimumAt(this.level());
  }

  #isMinimumAt(level: Level): boolean {
    if (level === 'empty' && this.device.emptyPolicy === 'minimumRate') return true;
    return level !== 'normal' && this.device.lowReservoirPolicy === 'minimumRate';
  }

  stop(role: string): void {
    if (this.mode === 'updating') this.#log('updateInterrupted', {});
    this.#endBoluses('stop');
    this.#toStopped('clinician', role === 'emergency' ? { by: role } : {});
    this.settle();
  }

  resume(): void {
    if (this.atMinimumByPolicy) this.#toMinimum();
    else this.#toRunning();
    this.settle();
  }

  minimumRate(): void {
    this.#endBoluses('minimumRate');
    this.#toMinimum();
    this.settle();
  }

  setClock(wall: number): void {
    const from = this.wall;
    const program = this.prescription?.program;
    const skipped = from === null || program === undefined ? 0 : stepsPassed(program, from, wall);
    this.#ahead = wall - this.now;
    this.#log('clockSet', { from, to: wall, skipped });
    this.#noteZero();
    this.settle();
  }

  /** A reset; with time lost the pump wakes at the time it stored last. */
  reset(timeLost: boolean): void {
    const lost = this.device.writeInterval;
    if (timeLost) {
      const byInterval = this.#stored + Math.floor((this.now - this.#stored) / lost) * lost;
      const stored = Math.max(byInterval, this.#written);
      this.now = stored;
      this.#lastWall = this.wall ?? this.#lastWall;
      this.#ahead = null;
      this.account.rewind(stored, lost);
      this.grants.restart(this.prescription?.patientBolus ?? null, stored);
      if (this.zeroSince !== null) this.zeroSince = Math.min(this.zeroSince, stored);
    }
    this.alarms.restart();
    this.#endPeriodic('reset');
    this.#log('reset', { timeLost, lastWall: timeLost ? this.#lastWall : null });
    this.#endBolus('reset');
    if (this.mode === 'updating') this.#endUpdate();
    this.#noteZero();
    this.settle();
  }

  // Requests.

  /** Judges a request, and grants it where nothing is against it. */
  request(): Denial | undefined {
    const bolus = this.prescription?.patientBolus ?? null;
    const denial = this.#against();
    if (denial !== undefined || bolus === null) {
      this.grants.denied += 1;
      const { code, also, until } = denial ?? { code: 'notEnabled', also: [], until: null };
      this.#log('bolusDenied', { code, also, until });
      if (code === 'doseLimit' && this.device.maxDoseDenied === 'denyAndMinimumRate' && this.mode === 'basal') {
        this.#endPeriodic('minimumRate');
        this.#toMinimum();
      }
      this.settle();
      return { code, also, until };
    }
    this.grants.grant(bolus, this.now);
    this.bolus = { start: this.now, end: this.now + bolus.duration, rate: bolus.rate };
    this.#log('bolusGranted', { ends: this.bolus.end, rate: bolus.rate });
    this.settle();
    return undefined;
  }

  #against(): Denial | undefined {
    const bolus = this.prescription?.patientBolus ?? null;
    const [level, low] = [this.level(), this.device.lowReservoirPolicy];
    const { now, midnight } = this;
    // Those that time alone does not end come first.
    const timeless: (readonly [string, boolean])[] = [
      ['notEnabled', bolus === null],
      ['onShelf', this.service === 'shelf'],
      ['endOfService', this.ended],
      ['stopped', this.mode === 'stopped'],
      ['updating', this.mode === 'updating'],
      ['emptyReservoir', level === 'empty'],
      ['tooLittleLeft', bolus !== null && level !== 'empty' && !this.#holds(bolus)],
      ['lowReservoir', level === 'low' && low !== 'alarm'],
      ['minimumRate', this.mode === 'minimumRate'],
    ];
    const timed: (readonly [string, boolean])[] = [
      ['bolusRunning', this.bolus !== null],
      ['lockedOut', now < this.grants.lockoutEnd],
      ['countUsed', bolus !== null && this.grants.countFree(bolus.maxPerDay, now, midnight) > now],
      ['doseLimit', this.prescription !== null && !withinLimit(this, this.prescription)],
    ];
    const [code, ...also] = [...timeless, ...timed].filter(([, so]) => so).map(([name]) => name);
    if (code === undefined) return undefined;
    const byTime = timeless.every(([, so]) => !so);
    return { code, also, until: byTime ? nextBolus(this, this.prescription) : null };
  }
}

const NO_DRUGS: Prescription['drugs'] = [];

/** The primary drug and its concentration: a mean dose can only be of one. */
const primaryOf = (sent: Json): string => {
  const [primary] = listAt(sent, 'drugs');
  return JSON.stringify(primary ?? null);
};

const differs = (before: Json | undefined, now: Json | undefined): boolean =>
  before === undefined || difference(wantedOf(before), now) !== undefined;
