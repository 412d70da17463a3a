import type { DeviceProfile, Json } from '../../shared/index.ts';
import { Account } from './account.ts';
import { Alarms } from './alarms.ts';
import { BASAL, Conditions, DEFAULT, FREE, MINIMUM, NOTHING } from './conditions.ts';
import { allottedAt } from './day-parts.ts';
import { at, difference, listAt, type Wanted, wantedOf } from './json.ts';
import { doseLimitOf, hourlyLimitOf, isWithin, nextBolus } from './next-bolus.ts';
import { type Closed, type Opened, openingEnd, openingLeft } from './opening.ts';
import { Grants } from './patient.ts';
import { type Opening, type Prescription, volumeOfBolus } from './prescription.ts';
import { basalAt, meanBasal, type Program, periodicOf, stepAfter, stepsPassed } from './program.ts';
import { type Service, ServiceLife } from './service-life.ts';
import { type Order, type Ordered, whenHalts } from './single-bolus.ts';

const DAY = 86_400_000;

/** The parts of a prescription, as its history names them. */
const PARTS = ['drugs', 'program', 'patientBolus', 'doseLimit', 'ceiling', 'lowReservoir', 'opening'];

/** `alone` is a clinician's bolus without basal, on a pump that was stopped. */
export type Mode = 'stopped' | 'updating' | 'basal' | 'defaultSchedule' | 'minimumRate' | 'alone';
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
  stroke(rest: bigint): void;
  /** What the fill sensor shows. */
  level(): number;
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
  readonly conditions: Conditions;
  mode: Mode = 'stopped';
  why = 'notStarted';
  /** Whether the battery made the processor start anew, and nobody has prescribed or resumed since. */
  #batteryFaltered = false;
  /** When the test of a processor that started anew is over. */
  testedAt = 0;
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
  /** A clinician's bolus that runs, or waits for the patient's. */
  ordered: Ordered | null = null;
  #haltDue: number | undefined;
  /** What comes before the program, and the last that ended under it. */
  opened: Opened | null = null;
  closed: Closed | null = null;
  #clockMoved = 0;
  periodic: Running | null = null;
  #deferred = false;
  periodicNext: number | null = null;
  filled: bigint | null = null;
  /** When the reservoir was last filled, and what had been commanded by then. */
  #fill: { readonly at: number; readonly commanded: bigint } | null = null;
  #stated: string | null = null;
  /** When the fill sensor was last read, and what it showed. */
  gauge: { readonly at: number; readonly volume: number } | null = null;
  /** Refills at which somebody measured. */
  measured: readonly Wanted[] = [];
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
    this.conditions = new Conditions(device);
    this.zeroSince = now;
    [this.#stored, this.#written] = [now, now];
    this.sinceSession = { from: now, commanded: 0n };
    this.#log('powerOn', { profile: device.name });
    this.settle();
    this.#measure();
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
    // Less than the program is never more than it asks for.
    if (this.mode === 'minimumRate') return Math.min(this.device.minimumRate, this.basal);
    if (this.mode === 'defaultSchedule') return Math.min(this.device.defaultRate, this.basal);
    if (!this.isRunning) return 0;
    const setting = this.opened?.setting;
    if (setting?.type === 'delayed') return Math.min(this.device.minimumRate, this.basal);
    if (setting !== undefined) return setting.rate;
    const waits = this.device.bolusOverBasal === 'replace' && this.#bolusRate > 0;
    return (this.mode === 'alone' || waits ? 0 : this.basal) + this.#bolusRate;
  }

  /** What of the rate is boluses. */
  get #bolusRate(): number {
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
    return this.opened === null ? undefined : openingEnd(this.opened, this.#ahead, this.#clockMoved);
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
      { at: this.conditions.due(), happens: () => this.#declared() },
      { at: this.bolus?.end, happens: () => this.#bolusEnds() },
      { at: this.periodic?.end, happens: () => this.#periodicEnds() },
      { at: this.openingEnd, happens: () => this.#openingEnds() },
      { at: this.bolus === null ? this.ordered?.end : undefined, happens: () => this.#orderEnds('complete') },
      { at: this.#haltDue, happens: () => this.#orderEnds('doseLimit') },
      { at: this.#lockedOut ? this.grants.lockoutEnd : undefined, happens: () => {} },
      { at: this.#countUsed ? this.#countReleased() : undefined, happens: () => {} },
      { at: this.#whenLow(), happens: () => this.#falls('low') },
      { at: this.#whenEmpty(), happens: () => this.#falls('empty') },
      { at: this.#stepDue, happens: () => this.#stepBegins() },
      { at: this.periodicNext ?? undefined, happens: () => this.#periodicDue() },
      { at: this.#whenStoppedTooLong(), happens: () => {} },
      { at: this.alarms.due(), happens: () => this.alarms.expire(this.now) },
      { at: this.#whenRead(), happens: () => this.#readLevel() },
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

  #whenRead(): number | undefined {
    return this.gauge === null ? undefined : this.gauge.at + this.device.gaugeInterval;
  }

  /** Reads the fill sensor, where there is one. */
  #measure(): void {
    if (this.device.reservoirGauge !== 'sensed') return;
    this.#readLevel();
    this.settle();
  }

  /** What the sensor shows is believed, whatever was believed before; what it leads to comes with it. */
  #readLevel(): void {
    this.gauge = { at: this.now, volume: this.said.level() };
    this.account.read(BigInt(this.gauge.volume), this.now);
    const level = this.level();
    const isLow = this.prescription !== null && this.gauge.volume <= this.prescription.lowReservoir;
    if (this.#level === 'normal' && isLow) {
      this.#falls('low');
      this.#judge('lowReservoir', this.service !== 'shelf');
    }
    if (this.#level !== 'empty' && level === 'empty') this.#falls('empty');
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
    this.#look();
    const { rate, infusion } = this;
    this.account.command(rate, this.#bolusRate, this.prescription?.drugs ?? NO_DRUGS, this.now, this.fills);
    if (rate > 0) this.zeroSince = null;
    else this.zeroSince ??= this.now;
    if (rate !== this.#said.rate || infusion !== this.#said.infusion) this.said.rate(rate, infusion);
    this.#said = { rate, infusion };
    this.#level = this.level();
    const wall = this.wall;
    const step =
      this.prescription === null || wall === null || this.fills
        ? undefined
        : stepAfter(this.prescription.program, wall);
    this.#stepDue = step === undefined || wall === null ? undefined : this.now + step - wall;
    this.#lockedOut = this.patientControl === 'lockedOut';
    this.#countUsed = this.patientControl === 'countUsed';
    this.#haltDue = whenHalts(this);
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
    this.#judge('lowBatteryReset', this.#batteryFaltered);
    for (const code of ['stall', 'occlusion', 'overTemperature', 'overFlow', 'underFlow'])
      this.#judge(code, this.conditions.isDeclared(code));
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
    if (this.ordered !== null) {
      this.#log('clinicianBolusResumed', { ends: this.ordered.end });
      return;
    }
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

  /** A clinician's bolus ends of itself: what he said follows, unless the dose limit ended it. */
  #orderEnds(why: 'complete' | 'doseLimit'): void {
    const stops = this.ordered?.then === 'stopped';
    const wasDeferred = this.#deferred;
    if (why === 'doseLimit') this.#endPeriodic(why);
    else if (stops) this.#endPeriodic('stop');
    const alone = this.mode === 'alone';
    this.#endOrder(why);
    if (!stops && why === 'complete' && wasDeferred) {
      this.#deferred = false;
      this.#startPeriodic();
    }
    if (stops) this.#toStopped('clinician');
    else if (why === 'doseLimit') this.#toMinimum();
    else this.#toBasal(alone);
  }

  /** Basal is all that is left of what ran. */
  #toBasal(begins: boolean): void {
    this.mode = 'basal';
    if (this.rate === 0) this.#noteZero();
    else if (begins) this.#log('deliveryStarted', {});
  }

  #endOrder(why: string): void {
    if (this.ordered === null) return;
    const { end, rate, duration } = this.ordered;
    const left = Math.max(0, end - Math.max(this.now, this.bolus?.end ?? this.now));
    this.#log('clinicianBolusEnded', { why, delivered: rate * (duration - left), undelivered: rate * left });
    this.ordered = null;
  }

  #openingEnds(): void {
    this.#endOpening('complete');
    this.#toRunning();
  }

  #endOpening(why: string): void {
    if (this.opened === null) return;
    const { setting, start } = this.opened;
    const left = openingLeft(this.opened, this.now);
    const fills = setting.type !== 'delayed';
    // The mean dose begins anew: what fills dead space is no part of it.
    if (fills) this.#sessionBegins();
    const delivered = fills ? setting.rate * (this.now - start) : null;
    this.#log('openingEnded', { type: setting.type, why, delivered, undelivered: fills ? left : null });
    this.closed = { setting, start, end: this.now, why };
    this.opened = null;
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
    this.#endOpening(why);
    const waits = this.bolus;
    this.#endBolus(why);
    // What was left of a clinician's bolus was left when the patient's suspended it.
    this.bolus = waits;
    this.#endOrder(why);
    this.bolus = null;
  }

  /** A step that ends all delivery is logged, and one that begins it again; one like the step before is not. */
  #stepBegins(): void {
    if ((this.mode !== 'basal' && !this.isReduced) || this.bolus !== null || this.ordered !== null) return;
    const before = this.account.rate;
    if (before > 0) this.#noteZero();
    if (before === 0 && this.rate > 0) this.#log('deliveryStarted', {});
  }

  /** A program that asks for nothing is a program: what is zero by it is logged so. */
  #noteZero(): void {
    if ((this.mode === 'basal' || this.isReduced) && this.rate === 0) this.#log('zeroStep', {});
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
    const runs = this.mode === 'basal' && this.opened === null && enough && !this.#bolusesBarred();
    if (runs && ((this.bolus === null && this.ordered === null) || policy === 'add')) this.#startPeriodic();
    else if (runs && policy === 'defer') this.#deferred = true;
    else this.#log('periodicSkipped', {});
  }

  /** Whether a whole bolus is left before the calculated reservoir counts as empty. */
  #holds(bolus: Parameters<typeof volumeOfBolus>[0]): boolean {
    return this.volume - BigInt(this.device.emptyAt) >= volumeOfBolus(bolus);
  }

  /** Whether the policy beside the calculated reservoir allows no bolus. */
  #bolusesBarred(): boolean {
    return this.#leftAt(this.level()) > FREE;
  }

  /** How much the policies leave beside a level: that of the level, and those of every declared condition. */
  #leftAt(level: Level): number {
    return Math.max(
      this.#leftByLevel(level),
      ...[BASAL, DEFAULT, MINIMUM, NOTHING].filter((most) => this.#isLeftBy(most)),
    );
  }

  #isLeftBy(most: number): boolean {
    return this.conditions.leavingAtMost(most).length > 0;
  }

  #leftByLevel(level: Level): number {
    const { lowReservoirPolicy, emptyPolicy } = this.device;
    if (level === 'normal') return FREE;
    const byLow = { alarm: FREE, basalOnly: BASAL, minimumRate: MINIMUM }[lowReservoirPolicy];
    return level === 'low' ? byLow : Math.max(byLow, { run: BASAL, minimumRate: MINIMUM, stop: NOTHING }[emptyPolicy]);
  }

  /** What leaves no more than so much beside a level: the level, then conditions. */
  againstMoreThan(most: number, level = this.level()): readonly string[] {
    const byLevel = level !== 'normal' && this.#leftByLevel(level) >= most ? [`${level}Reservoir`] : [];
    return [...byLevel, ...this.conditions.leavingAtMost(most)];
  }

  /** Whether what is commanded is not taken off what is believed to be left. */
  get #standsStill(): boolean {
    return this.device.reservoirGauge === 'sensed' || this.conditions.holds;
  }

  /** A condition begins or ends; whether the pump sees it is another matter. */
  conditionIs(code: string, so: boolean): void {
    this.conditions.is(code, so);
    // What it does not see is no event, and stores no time.
    if (this.conditions.sees(this.rate > 0)) this.settle();
  }

  /** Conditions have been seen for their delay. */
  #declared(): void {
    const before = this.volume;
    const declared = this.conditions.declare(this.now);
    this.account.hold(this.#standsStill, before, this.now);
    this.#log('conditionDeclared', { conditions: [...declared] });
    const left = this.#leftAt(this.level());
    const ran = this.periodic !== null || this.bolus !== null;
    const [order, alone, opened] = [this.ordered, this.mode === 'alone', this.opened];
    // A delayed start has no bolus to end: it ends with the mode.
    if (left > (this.isDelayed ? BASAL : FREE))
      this.#endBoluses(declared.find((code) => this.conditions.leaves(code) > FREE) ?? 'stop');
    const ended = order !== null && this.ordered === null;
    const delivers = this.isRunning || this.isReduced;
    if (left === NOTHING && delivers) this.#toStopped(this.againstMoreThan(NOTHING)[0] ?? '');
    else if (ended && order.then === 'stopped') this.#toStopped('clinician');
    else if (left === MINIMUM && delivers && this.mode !== 'minimumRate') this.#toMinimum();
    else if (left === DEFAULT && this.isRunning) this.#toReduced(opened?.setting.type === 'delayed');
    else if (opened !== null && this.opened === null) this.#toRunning();
    else if (ended) this.#toBasal(alone);
    else if (ran && left > FREE) this.#noteZero();
  }

  /** The pump looks at what its sensors see. */
  #look(): void {
    const before = this.volume;
    for (const condition of this.conditions.look(this.now, this.rate > 0)) this.#log('conditionGone', { condition });
    this.account.hold(this.#standsStill, before, this.now);
  }

  clearAlarm(code: string): void {
    const before = this.volume;
    this.conditions.clear(code);
    this.account.hold(this.#standsStill, before, this.now);
    this.settle();
  }

  /** The calculated reservoir reaches a threshold, by time or because somebody said so. */
  #falls(level: Level): void {
    // An empty reservoir is a low one too: the most restrictive policy wins.
    const { lowReservoirPolicy: low, emptyPolicy } = this.device;
    const empty = level === 'empty' ? emptyPolicy : 'run';
    const ran = this.periodic !== null || this.bolus !== null;
    const order = this.ordered;
    const alone = this.mode === 'alone';
    const opened = this.opened;
    const toHeld = empty !== 'run' || low === 'minimumRate';
    // A delayed start has no bolus to end: it ends with the mode.
    if (this.isDelayed && !toHeld) return;
    if (level === 'empty' || low !== 'alarm') this.#endBoluses(`${level}Reservoir`);
    const ended = order !== null && this.ordered === null;
    const toMinimum = empty === 'minimumRate' || low === 'minimumRate';
    const delivers = this.isRunning || this.isReduced;
    if (empty === 'stop') {
      if (delivers) this.#toStopped('emptyReservoir');
    } else if (ended && order.then === 'stopped') this.#toStopped('clinician');
    else if (toMinimum && delivers && this.mode !== 'minimumRate') this.#toMinimum();
    else if (opened !== null && this.opened === null) this.#toRunning();
    else if (ended) this.#toBasal(alone);
    else if (ran) this.#noteZero();
  }

  #toMinimum(): void {
    this.mode = 'minimumRate';
    this.#log('minimumRateStarted', {});
    this.#noteZero();
  }

  /** To the default schedule, or where less flowed already to the minimum rate. */
  #toReduced(toMinimum: boolean): void {
    if (toMinimum) {
      this.#toMinimum();
      return;
    }
    this.mode = 'defaultSchedule';
    this.#log('defaultScheduleStarted', {});
    this.#noteZero();
  }

  #toStopped(why: string, by: { readonly by?: string; readonly stroke?: number } = {}): void {
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
    this.#measure();
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
    else if (this.againstMoreThan(NOTHING).length > 0) this.#toStopped(this.againstMoreThan(NOTHING)[0] ?? '');
    else this.#toMost(mode);
  }

  /** To the most the policies leave, and no more than the mode that was. */
  #toMost(mode: Mode): void {
    const left = this.#leftAt(this.level());
    if (mode === 'minimumRate' || left >= MINIMUM || this.isAtMinimumByProgram) this.#toMinimum();
    else if (mode === 'defaultSchedule' || left === DEFAULT) this.#toReduced(false);
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
  enterReservoir(volume: number, aspirated: number | null): Wanted {
    const expected = Number(this.volume);
    const commanded = this.sinceFill?.commanded ?? null;
    if (aspirated !== null) {
      const measured = { at: this.now, expected, aspirated, commanded, reason: this.#stated };
      this.measured = [...this.measured, measured].slice(-6);
    }
    this.#stated = null;
    this.#fill = { at: this.now, commanded: this.account.commandedAt(this.now) };
    this.account.enter(BigInt(volume), this.now);
    this.filled = BigInt(volume);
    // What ends for it ends with what was believed until now.
    const level = this.level();
    if (level !== 'normal') this.#falls(level);
    this.#log('reservoirEntered', { volume, expected, aspirated });
    this.settle();
    return { expected, commanded };
  }

  /** Since the last fill; null before the first. */
  get sinceFill(): { readonly at: number; readonly commanded: number } | null {
    if (this.#fill === null) return null;
    const { at, commanded } = this.#fill;
    const since = this.account.commandedAt(this.now) - commanded;
    // A frame carries no more than 2^53 - 1 units.
    return { at, commanded: Number(since < 2n ** 53n ? since : 2n ** 53n - 1n) };
  }

  /** A reason is written down, and kept with the volume that is entered next. */
  discrepancyNoted(data: {
    readonly expected: number;
    readonly aspirated: number;
    readonly reason: string;
    readonly note: string;
  }): void {
    this.#stated = data.reason;
    this.#log('discrepancyNoted', data);
    this.settle();
  }

  /** What a programmer asks or refuses for its drug library is no business of the pump's: it is written down. */
  limitNoted(answer: string, data: Wanted): void {
    this.#log(`limit${answer.slice(0, 1).toUpperCase()}${answer.slice(1)}`, data);
  }

  updateBegins(digest: Wanted, over: { readonly clearsAt: number | null } | null): void {
    // Whoever ordered a bolus on a stopped pump had left it stopped.
    this.#before = this.before;
    this.#endBoluses('update');
    this.mode = 'updating';
    this.#log('updateStarted', { digest });
    if (over !== null) this.#log('limitOverridden', { digest, clearsAt: over.clearsAt });
    this.settle();
  }

  /** How the pump stands before a prescription that would take effect now. */
  get before(): { readonly mode: Mode; readonly why: string } {
    if (this.mode === 'alone') return { mode: 'stopped', why: 'clinician' };
    // The program of a delayed start begins no earlier.
    return { mode: this.isDelayed ? 'minimumRate' : this.mode, why: this.why };
  }

  /** How it stood when the update under way began. */
  get beforeUpdate(): { readonly mode: Mode; readonly why: string } {
    return this.#before;
  }

  commit(staged: Prescription, run: boolean, digest: Wanted, library: Json): void {
    const before = this.prescription?.sent;
    const bolus = staged.patientBolus;
    if (bolus !== null) this.grants.lockoutEnd = this.grants.lockoutUnder(bolus, this.#ahead);
    if (before !== undefined && primaryOf(before) !== primaryOf(staged.sent)) this.#sessionBegins();
    this.#batteryFaltered = false;
    this.prescription = staged;
    this.closed = null;
    this.prescribedAt = this.now;
    this.record += 1;
    const periodic = periodicOf(staged.program);
    this.periodicNext = periodic === null ? null : this.now + periodic.interval;
    const changed = PARTS.filter((part) => differs(at(before, part), at(staged.sent, part)));
    const prescription = wantedOf(staged.sent);
    this.said.history({
      number: this.record,
      at: this.now,
      by: 'clinician',
      prescription,
      library: wantedOf(library),
      changed,
    });
    this.#log('prescriptionCommitted', { record: this.record, digest });
    const { mode, why } = this.deliveryUnder(staged, run, this.#before);
    if (why !== null) this.#toStopped(why);
    else if (mode === 'minimumRate') this.#toMinimum();
    else if (mode === 'defaultSchedule') this.#toReduced(false);
    else if (staged.opening !== null) this.#opens(staged.opening);
    else this.#toRunning();
    this.settle();
  }

  #opens(setting: Opening): void {
    this.opened = { setting, start: this.now };
    this.mode = 'basal';
    this.#log('openingStarted', { type: setting.type, ends: this.openingEnd ?? null, rate: this.rate });
    this.#noteZero();
  }

  /** What delivery a prescription leads to now, and why to none, on a pump that had been in another mode. */
  deliveryUnder(
    staged: Prescription,
    run: boolean,
    before: { readonly mode: Mode; readonly why: string },
  ): { readonly mode: Mode; readonly why: string | null } {
    if (before.mode === 'stopped' && before.why === 'clinician' && !run) return { mode: 'stopped', why: 'clinician' };
    if (this.device.afterCommit === 'waitForStart' || this.isTesting || this.isAlarmed)
      return { mode: 'stopped', why: 'awaitingStart' };
    const level = this.levelUnder(staged);
    const [why] = this.againstMoreThan(NOTHING, level);
    if (why !== undefined) return { mode: 'stopped', why };
    const left = this.#leftAt(level);
    const isAtMinimum = left === MINIMUM || at(staged.sent, 'program', 'type') === 'minimumRate';
    return { mode: isAtMinimum ? 'minimumRate' : left === DEFAULT ? 'defaultSchedule' : 'basal', why: null };
  }

  /** The alarm that a stop clears on a stopped pump. */
  clearedByStop(role: string): string | undefined {
    if (this.device.stopWhileStopped === 'refuse' || role === 'emergency' || this.mode !== 'stopped') return undefined;
    return this.conditions.clearable()[0];
  }

  stop(role: string): void {
    const clears = this.clearedByStop(role);
    if (clears !== undefined) {
      this.clearAlarm(clears);
      return;
    }
    if (this.mode === 'updating') this.#log('updateInterrupted', {});
    this.#endBoluses('stop');
    const stroke = this.#completeStroke();
    this.#toStopped('clinician', { ...(role === 'emergency' ? { by: role } : {}), ...stroke });
    this.settle();
  }

  /** A stop that was commanded completes the stroke under way, unless the motor is known to have stalled. */
  #completeStroke(): { readonly stroke?: number } {
    if (this.conditions.isDeclared('stall')) return {};
    const rest = this.account.completeStroke(BigInt(this.device.strokeVolume), this.now);
    if (rest === 0n) return {};
    this.said.stroke(rest);
    return { stroke: Number(rest) };
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

  resume(): void {
    this.#batteryFaltered = false;
    this.#toMost('basal');
    this.settle();
  }

  minimumRate(): void {
    this.#endBoluses('minimumRate');
    this.#toMinimum();
    this.settle();
  }

  order({ rate, duration, then }: Order): void {
    const end = this.now + duration;
    this.ordered = { start: this.now, end, rate, duration, then };
    if (this.mode === 'stopped') this.mode = 'alone';
    this.#log('clinicianBolusStarted', { ends: end, rate, then });
    this.settle();
  }

  setClock(wall: number): void {
    const from = this.wall;
    const program = this.prescription?.program;
    const skipped = from === null || program === undefined ? 0 : stepsPassed(program, from, wall);
    this.#ahead = wall - this.now;
    this.#clockMoved = this.now;
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
      this.#clockMoved = stored;
      this.account.rewind(stored, lost);
      this.grants.restart(this.prescription?.patientBolus ?? null, stored);
      if (this.zeroSince !== null) this.zeroSince = Math.min(this.zeroSince, stored);
    }
    this.alarms.restart();
    this.testedAt = this.now + this.device.selfTest;
    this.conditions.lookAnew();
    this.#endPeriodic('reset');
    this.#log('reset', { timeLost, lastWall: timeLost ? this.#lastWall : null });
    const filled = this.fills;
    if (filled) this.#endOpening('reset');
    const [order, alone, waits] = [this.ordered, this.mode === 'alone', this.bolus];
    this.#endBolus('reset');
    this.bolus = waits;
    this.#endOrder('reset');
    this.bolus = null;
    if (this.mode === 'updating') this.#endUpdate();
    if (order?.then === 'stopped') this.#toStopped('clinician');
    else if (order !== null) this.#toBasal(alone);
    else if (filled) this.#toRunning();
    else this.#noteZero();
    this.settle();
  }

  /** The battery falters, and the pump starts anew, in its safe state or not. */
  batteryResets(safeState: boolean): void {
    if (this.service !== 'shelf' && this.service !== 'endOfService') {
      this.#log('batteryReset', { safeState });
      this.#batteryFaltered = true;
    }
    const delivers = this.mode === 'basal' || this.isReduced;
    const wasDelayed = this.isDelayed;
    const { safeState: state } = this.device;
    // Nothing begins by itself out of a safe state.
    if (safeState) this.#endOpening('reset');
    if (safeState && delivers && state === 'stop') this.#toStopped('safeState');
    else if (safeState && delivers && this.mode !== 'minimumRate' && state === 'minimumRate') this.#toMinimum();
    else if (safeState && this.mode === 'basal') this.#toReduced(wasDelayed);
    this.settle();
  }

  // Requests.

  /** Judges a request, and grants it where nothing is against it. */
  request(): Denial | undefined {
    const allotted = this.prescription?.patientBolus ?? null;
    const bolus = allotted === null ? null : allottedAt(allotted, this.wall);
    const denial = this.#against();
    if (denial !== undefined || bolus === null || allotted === null) {
      this.grants.denied += 1;
      const { code, also, until } = denial ?? { code: 'notEnabled', also: [], until: null };
      this.#log('bolusDenied', { code, also, until });
      if (code === 'doseLimit' && this.device.maxDoseDenied === 'denyAndMinimumRate' && this.mode === 'basal') {
        const stops = this.ordered?.then === 'stopped';
        this.#endPeriodic('minimumRate');
        this.#endOrder('doseLimit');
        if (stops) this.#toStopped('clinician');
        else this.#toMinimum();
      }
      this.settle();
      return { code, also, until };
    }
    if (this.ordered !== null) {
      this.#log('clinicianBolusSuspended', { left: this.ordered.rate * (this.ordered.end - this.now) });
      this.ordered = { ...this.ordered, end: this.ordered.end + bolus.duration };
    }
    this.grants.grant(allotted, bolus.duration, this.now, this.#ahead);
    this.bolus = { start: this.now, end: this.now + bolus.duration, rate: bolus.rate };
    this.#log('bolusGranted', { ends: this.bolus.end, rate: bolus.rate });
    this.settle();
    return undefined;
  }

  #against(): Denial | undefined {
    const bolus = this.prescription?.patientBolus ?? null;
    const allotted = bolus === null ? null : allottedAt(bolus, this.wall);
    const [level, low] = [this.level(), this.device.lowReservoirPolicy];
    const { now, midnight, prescription: under } = this;
    // Those that time alone does not end come first.
    const timeless: (readonly [string, boolean])[] = [
      ['notEnabled', bolus === null],
      ['onShelf', this.service === 'shelf'],
      ['endOfService', this.ended],
      ['stopped', this.mode === 'stopped'],
      ['updating', this.mode === 'updating'],
      ['emptyReservoir', level === 'empty'],
      ['tooLittleLeft', allotted !== null && level !== 'empty' && !this.#holds(allotted)],
      ['lowReservoir', level === 'low' && low !== 'alarm'],
      ...this.conditions.leavingAtMost(BASAL).map((code) => [code, true] as const),
      ['minimumRate', this.mode === 'minimumRate' || this.isDelayed],
      ['defaultSchedule', this.mode === 'defaultSchedule'],
    ];
    const timed: (readonly [string, boolean])[] = [
      ['priming', this.opened?.setting.type === 'prime'],
      ['bridging', this.opened?.setting.type === 'bridge'],
      ['bolusRunning', this.bolus !== null || this.deniesPatient],
      ['notThisPartOfDay', bolus !== null && allotted === null],
      ['lockedOut', now < this.grants.lockoutEnd],
      ['countUsed', bolus !== null && this.grants.countFree(bolus.maxPerDay, now, midnight) > now],
      ['doseLimit', under !== null && !isWithin(this, under, allotted, doseLimitOf(under))],
      ['hourlyMaximum', under !== null && !isWithin(this, under, allotted, hourlyLimitOf(this))],
    ];
    const early = timeless.findIndex(([name]) => name === 'stopped');
    const inOrder = [
      ...timeless.slice(0, early),
      ['selfTest', this.isTesting] as const,
      ...timeless.slice(early),
      ...timed,
    ];
    const [code, ...also] = inOrder.filter(([, so]) => so).map(([name]) => name);
    if (code === undefined) return undefined;
    // What time ends is told with when a press could be granted, unless something else comes first.
    const byTime = code === 'selfTest' || timeless.every(([, so]) => !so);
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
