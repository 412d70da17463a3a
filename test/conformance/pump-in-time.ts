import type { DeviceProfile } from '../../shared/index.ts';
import { BASAL, DEFAULT, FREE, MINIMUM, NOTHING } from './conditions.ts';
import { openingLeft } from './opening.ts';
import { type Prescription, volumeOfBolus } from './prescription.ts';
import { periodicOf, stepAfter } from './program.ts';
import { type Level, PumpState, type Running, type Said } from './pump-state.ts';
import { whenHalts } from './single-bolus.ts';

const NO_DRUGS: Prescription['drugs'] = [];

/** What becomes of the pump by itself as time passes. */
export class PumpInTime extends PumpState {
  constructor(device: DeviceProfile, now: number, said: Said) {
    super(device, now, said);
    this.note('powerOn', { profile: device.name });
    this.settle();
    this.measure();
  }

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
      { at: this.haltDue, happens: () => this.#orderEnds('doseLimit') },
      { at: this.lockedOut ? this.grants.lockoutEnd : undefined, happens: () => {} },
      { at: this.countUsed ? this.#countReleased() : undefined, happens: () => {} },
      { at: this.#whenLow(), happens: () => this.falls('low') },
      { at: this.#whenEmpty(), happens: () => this.falls('empty') },
      { at: this.stepDue, happens: () => this.#stepBegins() },
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
  protected measure(): void {
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
    if (this.lastLevel === 'normal' && isLow) {
      this.falls('low');
      this.#judge('lowReservoir', this.service !== 'shelf');
    }
    if (this.lastLevel !== 'empty' && level === 'empty') this.falls('empty');
  }

  #whenLow(): number | undefined {
    if (this.lastLevel !== 'normal' || this.prescription === null) return undefined;
    return this.account.whenDown(BigInt(this.prescription.lowReservoir), this.now);
  }

  #whenEmpty(): number | undefined {
    return this.lastLevel === 'empty' ? undefined : this.account.whenDown(BigInt(this.device.emptyAt), this.now);
  }

  #whenStoppedTooLong(): number | undefined {
    const counts = this.service !== 'shelf' && this.service !== 'endOfService';
    if (!counts || this.zeroSince === null || this.alarms.has('stoppedPump')) {
      return undefined;
    }
    return Math.max(this.zeroSince, this.life.implanted) + this.device.stoppedAlarm;
  }

  /** What every event leads to: another rate, alarms raised and cleared, the next step, the time stored. */
  settle(): void {
    this.#look();
    const { rate, infusion } = this;
    this.account.command(rate, this.bolusRate, this.prescription?.drugs ?? NO_DRUGS, this.now, this.fills);
    if (rate > 0) this.zeroSince = null;
    else this.zeroSince ??= this.now;
    if (rate !== this.lastSaid.rate || infusion !== this.lastSaid.infusion) this.said.rate(rate, infusion);
    this.lastSaid = { rate, infusion };
    this.lastLevel = this.level();
    const wall = this.wall;
    // The steps of a schedule are nothing to a pump that stands still.
    const stands = this.mode === 'stopped' || this.mode === 'updating' || this.fills;
    const step =
      this.prescription === null || wall === null || stands ? undefined : stepAfter(this.prescription.program, wall);
    this.stepDue = step === undefined || wall === null ? undefined : this.now + step - wall;
    this.lockedOut = this.patientControl === 'lockedOut';
    this.countUsed = this.patientControl === 'countUsed';
    this.haltDue = whenHalts(this);
    this.#judgeAlarms();
    this.stored = this.now;
  }

  #judgeAlarms(): void {
    const implanted = this.service !== 'shelf';
    // Before anything is prescribed nothing can run out; an empty reservoir is a low one too.
    const empty = this.prescription !== null && this.lastLevel === 'empty';
    const low = this.lastLevel === 'low' || empty;
    const since = Math.max(this.zeroSince ?? 0, this.life.implanted);
    // What has come true is no mistake any more.
    if (low) this.mistaken.delete('lowReservoir');
    if (empty) this.mistaken.delete('emptyReservoir');
    this.#judge('lowReservoir', implanted && (low || this.mistaken.has('lowReservoir')));
    this.#judge('emptyReservoir', implanted && (empty || this.mistaken.has('emptyReservoir')));
    const tooLong = this.zeroSince !== null && this.now >= since + this.device.stoppedAlarm;
    // After the end of service the deadline runs no more; an alarm that came before it stays.
    this.#judge(
      'stoppedPump',
      implanted && tooLong && (this.service !== 'endOfService' || this.alarms.has('stoppedPump')),
    );
    this.#judge('memoryLocked', this.memoryLocked);
    this.#judge('lowBatteryReset', this.batteryFaltered);
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
    if (this.mode === 'updating') this.note('updateInterrupted', {});
    this.endBoluses('endOfService');
    this.periodicNext = null;
    // A pump that was stopped before is so for another reason now.
    this.toStopped('endOfService');
  }

  #bolusEnds(): void {
    this.endBolus('complete');
    if (this.ordered !== null) {
      this.note('clinicianBolusResumed', { ends: this.ordered.end });
      return;
    }
    if (this.deferred) {
      this.deferred = false;
      this.#startPeriodic();
    }
    this.noteZero();
  }

  #periodicEnds(): void {
    this.endPeriodic('complete');
    this.noteZero();
  }

  protected endBolus(why: string): void {
    if (this.bolus === null) return;
    this.note('bolusEnded', { why, ...this.#amounts(this.bolus) });
    this.bolus = null;
  }

  /** A clinician's bolus ends of itself: what he said follows, unless the dose limit ended it. */
  #orderEnds(why: 'complete' | 'doseLimit'): void {
    const stops = this.ordered?.then === 'stopped';
    const wasDeferred = this.deferred;
    if (why === 'doseLimit') this.endPeriodic(why);
    else if (stops) this.endPeriodic('stop');
    const alone = this.mode === 'alone';
    this.endOrder(why);
    if (!stops && why === 'complete' && wasDeferred) {
      this.deferred = false;
      this.#startPeriodic();
    }
    if (stops) this.toStopped('clinician');
    else if (why === 'doseLimit') this.toMinimum();
    else this.toBasal(alone);
  }

  /** Basal is all that is left of what ran. */
  protected toBasal(begins: boolean): void {
    this.mode = 'basal';
    if (this.rate === 0) this.noteZero();
    else if (begins) this.note('deliveryStarted', {});
  }

  protected endOrder(why: string): void {
    if (this.ordered === null) return;
    const { end, rate, duration } = this.ordered;
    const left = Math.max(0, end - Math.max(this.now, this.bolus?.end ?? this.now));
    this.note('clinicianBolusEnded', { why, delivered: rate * (duration - left), undelivered: rate * left });
    this.ordered = null;
  }

  #openingEnds(): void {
    this.endOpening('complete');
    this.toRunning();
  }

  protected sessionBegins(): void {
    this.sinceSession = { from: this.now, commanded: this.account.commandedAt(this.now) };
  }

  protected endOpening(why: string): void {
    if (this.opened === null) return;
    const { setting, start } = this.opened;
    const left = openingLeft(this.opened, this.now);
    const fills = setting.type !== 'delayed';
    // The mean dose begins anew: what fills dead space is no part of it.
    if (fills) this.sessionBegins();
    const delivered = fills ? setting.rate * (this.now - start) : null;
    this.note('openingEnded', { type: setting.type, why, delivered, undelivered: fills ? left : null });
    this.closed = { setting, start, end: this.now, why };
    this.opened = null;
  }

  protected endPeriodic(why: string): void {
    this.deferred = false;
    if (this.periodic === null) return;
    this.note('periodicEnded', { why, ...this.#amounts(this.periodic) });
    this.periodic = null;
  }

  #amounts({ start, end, rate }: Running): { readonly delivered: number; readonly undelivered: number } {
    const until = Math.min(Math.max(this.now, start), end);
    return { delivered: rate * (until - start), undelivered: rate * (end - until) };
  }

  protected endBoluses(why: string): void {
    this.endPeriodic(why);
    this.endOpening(why);
    const waits = this.bolus;
    this.endBolus(why);
    // What was left of a clinician's bolus was left when the patient's suspended it.
    this.bolus = waits;
    this.endOrder(why);
    this.bolus = null;
  }

  /** A step that ends all delivery is logged, and one that begins it again; one like the step before is not. */
  #stepBegins(): void {
    if ((this.mode !== 'basal' && !this.isReduced) || this.bolus !== null || this.ordered !== null) return;
    const before = this.account.rate;
    if (before > 0) this.noteZero();
    if (before === 0 && this.rate > 0) this.note('deliveryStarted', {});
  }

  /** A program that asks for nothing is a program: what is zero by it is logged so. */
  protected noteZero(): void {
    if ((this.mode === 'basal' || this.isReduced) && this.rate === 0) this.note('zeroStep', {});
  }

  #startPeriodic(): void {
    const bolus = this.prescription === null ? null : periodicOf(this.prescription.program);
    if (bolus === null) return;
    this.periodic = { start: this.now, end: this.now + bolus.duration, rate: bolus.rate };
    this.note('periodicStarted', { ends: this.periodic.end, rate: bolus.rate });
  }

  #periodicDue(): void {
    const bolus = this.prescription === null ? null : periodicOf(this.prescription.program);
    if (bolus === null || this.periodicNext === null) return;
    this.periodicNext += bolus.interval;
    const policy = this.device.periodicDuringBolus;
    const enough = this.holds(bolus);
    const runs = this.mode === 'basal' && this.opened === null && enough && !this.#bolusesBarred();
    if (runs && ((this.bolus === null && this.ordered === null) || policy === 'add')) this.#startPeriodic();
    else if (runs && policy === 'defer') this.deferred = true;
    else this.note('periodicSkipped', {});
  }

  /** Whether a whole bolus is left before the calculated reservoir counts as empty. */
  protected holds(bolus: Parameters<typeof volumeOfBolus>[0]): boolean {
    return this.volume - BigInt(this.device.emptyAt) >= volumeOfBolus(bolus);
  }

  /** Whether the policy beside the calculated reservoir allows no bolus. */
  #bolusesBarred(): boolean {
    return this.leftAt(this.level()) > FREE;
  }

  /** How much the policies leave beside a level: that of the level, and those of every declared condition. */
  protected leftAt(level: Level): number {
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
    this.note('conditionDeclared', { conditions: [...declared] });
    const left = this.leftAt(this.level());
    const ran = this.periodic !== null || this.bolus !== null;
    const [order, alone, opened] = [this.ordered, this.mode === 'alone', this.opened];
    // A delayed start has no bolus to end: it ends with the mode.
    if (left > (this.isDelayed ? BASAL : FREE))
      this.endBoluses(declared.find((code) => this.conditions.leaves(code) > FREE) ?? 'stop');
    const ended = order !== null && this.ordered === null;
    const delivers = this.isRunning || this.isReduced;
    if (left === NOTHING && delivers) this.toStopped(this.againstMoreThan(NOTHING)[0] ?? '');
    else if (ended && order.then === 'stopped') this.toStopped('clinician');
    else if (left === MINIMUM && delivers && this.mode !== 'minimumRate') this.toMinimum();
    else if (left === DEFAULT && this.isRunning) this.toReduced(opened?.setting.type === 'delayed');
    else if (opened !== null && this.opened === null) this.toRunning();
    else if (ended) this.toBasal(alone);
    else if (ran && left > FREE) this.noteZero();
  }

  /** The pump looks at what its sensors see. */
  #look(): void {
    const before = this.volume;
    for (const condition of this.conditions.look(this.now, this.rate > 0)) this.note('conditionGone', { condition });
    this.account.hold(this.#standsStill, before, this.now);
  }

  /** Whether an alarm has come by mistake. */
  isMistaken(code: string): boolean {
    return this.mistaken.has(code);
  }

  clearAlarm(code: string): void {
    if (this.mistaken.delete(code)) {
      this.settle();
      return;
    }
    const before = this.volume;
    this.conditions.clear(code);
    this.account.hold(this.#standsStill, before, this.now);
    this.settle();
  }

  /** The calculated reservoir reaches a threshold, by time or because somebody said so. */
  protected falls(level: Level): void {
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
    if (level === 'empty' || low !== 'alarm') this.endBoluses(`${level}Reservoir`);
    const ended = order !== null && this.ordered === null;
    const toMinimum = empty === 'minimumRate' || low === 'minimumRate';
    const delivers = this.isRunning || this.isReduced;
    if (empty === 'stop') {
      if (delivers) this.toStopped('emptyReservoir');
    } else if (ended && order.then === 'stopped') this.toStopped('clinician');
    else if (toMinimum && delivers && this.mode !== 'minimumRate') this.toMinimum();
    else if (opened !== null && this.opened === null) this.toRunning();
    else if (ended) this.toBasal(alone);
    else if (ran) this.noteZero();
  }

  protected toMinimum(): void {
    this.mode = 'minimumRate';
    this.note('minimumRateStarted', {});
    this.noteZero();
  }

  /** To the default schedule, or where less flowed already to the minimum rate. */
  protected toReduced(toMinimum: boolean): void {
    if (toMinimum) {
      this.toMinimum();
      return;
    }
    this.mode = 'defaultSchedule';
    this.note('defaultScheduleStarted', {});
    this.noteZero();
  }

  protected toStopped(why: string, by: { readonly by?: string; readonly stroke?: number } = {}): void {
    [this.mode, this.why] = ['stopped', why];
    this.note('deliveryStopped', { why, ...by });
  }

  protected toRunning(): void {
    if (this.isAtMinimumByProgram) {
      this.toMinimum();
      return;
    }
    this.mode = 'basal';
    this.note(this.rate === 0 ? 'zeroStep' : 'deliveryStarted', {});
  }
}
