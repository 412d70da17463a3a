import type { Json } from '../../shared/index.ts';
import { BASAL, DEFAULT, MINIMUM, NOTHING } from './conditions.ts';
import { allottedAt } from './day-parts.ts';
import { at, difference, listAt, type Wanted, wantedOf } from './json.ts';
import { doseLimitOf, hourlyLimitOf, isWithin, nextBolus } from './next-bolus.ts';
import type { Opening, Prescription } from './prescription.ts';
import { periodicOf, stepsPassed } from './program.ts';
import { PumpInTime } from './pump-in-time.ts';
import type { Denial, Mode } from './pump-state.ts';
import type { Order } from './single-bolus.ts';

/** The parts of a prescription, as its history names them. */
const PARTS = ['drugs', 'program', 'patientBolus', 'doseLimit', 'ceiling', 'lowReservoir', 'opening'];

/**
 * The pump by its rules alone: what it commands, books, grants and logs, from what it is told. `now` is its own time,
 * which runs with simulated time until a reset loses some of it.
 */
export class Pump extends PumpInTime {
  sessionOpened(role: string, isTold: boolean): void {
    this.measure();
    if (isTold) this.note('sessionOpened', { role });
    this.settle();
  }

  sessionClosed(role: string, lost: boolean, id: number, isTold: boolean): void {
    if (role === 'clinician' && this.mode === 'updating') this.#updateAborted();
    if (isTold) this.note('sessionClosed', { role, lost });
    this.alarms.sessionEnded(id, this.now);
    if (role === 'clinician') this.sessionBegins();
    this.settle();
    if (role === 'clinician' && this.mistake !== null) this.#mistakes(this.mistake);
  }

  /** An alarm of the reservoir, where the pump itself has one and it is not there already. */
  #mistakes(code: string): void {
    const watches = this.service !== 'shelf' && this.prescription !== null && this.device.lowReservoirBy === 'pump';
    if (watches && !this.alarms.has(code)) this.mistaken.add(code);
    this.settle();
  }

  /** A reset in an update is told as a reset alone; delivery is what it is after any update that came to nothing. */
  #endUpdate(): void {
    const { mode, why } = this.stoodAs;
    const stays = this.device.onUpdateAbort === 'resumeOld' || (mode === 'stopped' && why === 'clinician');
    [this.mode, this.why] = stays ? [mode, why] : ['stopped', 'updateInterrupted'];
  }

  #updateAborted(): void {
    this.note('updateInterrupted', {});
    const { mode, why } = this.stoodAs;
    const stays = this.device.onUpdateAbort === 'stayStopped';
    if (mode === 'stopped' && why === 'clinician') this.toStopped(why);
    else if (stays) this.toStopped('updateInterrupted');
    else if (mode === 'stopped') this.toStopped(why);
    else if (this.againstMoreThan(NOTHING).length > 0) this.toStopped(this.againstMoreThan(NOTHING)[0] ?? '');
    else this.#toMost(mode);
  }

  /** To the most the policies leave, and no more than the mode that was. */
  #toMost(mode: Mode): void {
    const left = this.leftAt(this.level());
    if (mode === 'minimumRate' || left >= MINIMUM || this.isAtMinimumByProgram) this.toMinimum();
    else if (mode === 'defaultSchedule' || left === DEFAULT) this.toReduced(false);
    else this.toRunning();
  }

  refused(command: string, code: string, also: Wanted): void {
    this.note('commandRefused', { command, code, also });
  }

  /** A command was refused for reasons that `data` looks at, but for its name. */
  refusedFor(command: string, reasons: (got: Json | undefined) => string | undefined): void {
    this.note('commandRefused', (got) => (at(got, 'command') === command ? reasons(got) : command));
  }

  /** What emergency sessions did again, by how often. */
  emergenciesCounted(more: Wanted): void {
    this.note('emergencySessions', more);
  }

  frameRejected(error: string): void {
    this.note('frameRejected', { error });
  }

  /** So many more of a code since the last one that was told. */
  framesRejected(error: string, more: number): void {
    this.note('frameRejected', { error, more });
  }

  implant(wall: number): void {
    this.life.implant(wall, this.now);
    this.ahead = wall - this.now;
    // On the shelf nothing was to be delivered: it has stood still since now.
    this.zeroSince = this.now;
    this.note('implanted', { wall });
    this.sessionBegins();
    this.settle();
  }

  /** Gives what the answer says. */
  enterReservoir(volume: number, aspirated: number | null): Wanted {
    const expected = Number(this.volume);
    const commanded = this.sinceFill?.commanded ?? null;
    if (aspirated !== null) {
      const reason = this.stated?.of === aspirated ? this.stated.reason : null;
      const measured = { at: this.now, expected, aspirated, commanded, reason };
      this.measured = [...this.measured, measured].slice(-6);
    }
    this.stated = null;
    this.fill = { at: this.now, commanded: this.account.commandedAt(this.now) };
    this.account.enter(BigInt(volume), this.now);
    this.filled = BigInt(volume);
    this.mistaken.clear();
    // What ends for it ends with what was believed until now.
    const level = this.level();
    if (level !== 'normal') this.falls(level);
    this.note('reservoirEntered', { volume, expected, aspirated });
    this.settle();
    return { expected, commanded };
  }

  /** Since the last fill; null before the first. */
  get sinceFill(): { readonly at: number; readonly commanded: number } | null {
    if (this.fill === null) return null;
    const { at, commanded } = this.fill;
    const since = this.account.commandedAt(this.now) - commanded;
    // A frame carries no more than 2^53 - 1 units.
    return { at, commanded: Number(since < 2n ** 53n ? since : 2n ** 53n - 1n) };
  }

  /** A reason is written down, and kept with the volume entered next where that is of the same reading. */
  discrepancyNoted(data: {
    readonly expected: number;
    readonly aspirated: number;
    readonly reason: string;
    readonly note: string;
  }): void {
    this.stated = { reason: data.reason, of: data.aspirated };
    this.note('discrepancyNoted', data);
    this.settle();
  }

  /** What a programmer asks or refuses for its drug library is no business of the pump's: it is written down. */
  limitNoted(answer: string, data: Wanted): void {
    this.note(`limit${answer.slice(0, 1).toUpperCase()}${answer.slice(1)}`, data);
  }

  updateBegins(digest: Wanted, over: { readonly clearsAt: number | null } | null): void {
    // Whoever ordered a bolus on a stopped pump had left it stopped.
    this.stoodAs = this.before;
    this.endBoluses('update');
    this.mode = 'updating';
    this.note('updateStarted', { digest });
    if (over !== null) this.note('limitOverridden', { digest, clearsAt: over.clearsAt });
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
    return this.stoodAs;
  }

  commit(staged: Prescription, run: boolean, digest: Wanted, library: Json): void {
    const before = this.prescription?.sent;
    const bolus = staged.patientBolus;
    if (bolus !== null) this.grants.lockoutEnd = this.grants.lockoutUnder(bolus, this.ahead);
    if (before !== undefined && primaryOf(before) !== primaryOf(staged.sent)) this.sessionBegins();
    this.batteryFaltered = false;
    this.mistaken.clear();
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
    this.note('prescriptionCommitted', { record: this.record, digest });
    const { mode, why } = this.deliveryUnder(staged, run, this.stoodAs);
    if (why !== null) this.toStopped(why);
    else if (mode === 'minimumRate') this.toMinimum();
    else if (mode === 'defaultSchedule') this.toReduced(false);
    else if (staged.opening !== null) this.#opens(staged.opening);
    else this.toRunning();
    this.settle();
  }

  #opens(setting: Opening): void {
    this.opened = { setting, start: this.now };
    this.mode = 'basal';
    this.note('openingStarted', { type: setting.type, ends: this.openingEnd ?? null, rate: this.rate });
    this.noteZero();
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
    const left = this.leftAt(level);
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
    if (this.mode === 'updating') this.note('updateInterrupted', {});
    this.endBoluses('stop');
    const stroke = this.#completeStroke();
    this.toStopped('clinician', { ...(role === 'emergency' ? { by: role } : {}), ...stroke });
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

  resume(): void {
    this.batteryFaltered = false;
    this.#toMost('basal');
    this.settle();
  }

  minimumRate(): void {
    this.endBoluses('minimumRate');
    this.toMinimum();
    this.settle();
  }

  order({ rate, duration, then }: Order): void {
    const end = this.now + duration;
    this.ordered = { start: this.now, end, rate, duration, then };
    if (this.mode === 'stopped') this.mode = 'alone';
    this.note('clinicianBolusStarted', { ends: end, rate, then });
    this.settle();
  }

  setClock(wall: number): void {
    const from = this.wall;
    const program = this.prescription?.program;
    const skipped = from === null || program === undefined ? 0 : stepsPassed(program, from, wall);
    this.ahead = wall - this.now;
    this.clockMoved = this.now;
    this.note('clockSet', { from, to: wall, skipped });
    this.noteZero();
    this.settle();
  }

  /** A reset; with time lost the pump wakes at the time it stored last. */
  reset(timeLost: boolean): void {
    const lost = this.device.writeInterval;
    if (timeLost) {
      const byInterval = this.stored + Math.floor((this.now - this.stored) / lost) * lost;
      const stored = Math.max(byInterval, this.written);
      this.now = stored;
      this.lastWall = this.wall ?? this.lastWall;
      this.ahead = null;
      this.clockMoved = stored;
      // What a sensor has shown stays what it has shown.
      this.account.rewind(stored, this.device.reservoirGauge === 'sensed' ? 0 : lost);
      this.grants.restart(this.prescription?.patientBolus ?? null, stored);
      if (this.zeroSince !== null) this.zeroSince = Math.min(this.zeroSince, stored);
    }
    this.alarms.restart();
    this.testedAt = this.now + this.device.selfTest;
    this.conditions.lookAnew();
    this.endPeriodic('reset');
    this.note('reset', { timeLost, lastWall: timeLost ? this.lastWall : null });
    const filled = this.fills;
    if (filled) this.endOpening('reset');
    const [order, alone, waits] = [this.ordered, this.mode === 'alone', this.bolus];
    this.endBolus('reset');
    this.bolus = waits;
    this.endOrder('reset');
    this.bolus = null;
    if (this.mode === 'updating') this.#endUpdate();
    if (order?.then === 'stopped') this.toStopped('clinician');
    else if (order !== null) this.toBasal(alone);
    else if (filled) this.toRunning();
    else this.noteZero();
    this.settle();
  }

  /** The battery falters, and the pump starts anew, in its safe state or not. */
  batteryResets(safeState: boolean): void {
    if (this.service !== 'shelf' && this.service !== 'endOfService') {
      this.note('batteryReset', { safeState });
      this.batteryFaltered = true;
    }
    const delivers = this.mode === 'basal' || this.isReduced;
    const wasDelayed = this.isDelayed;
    const { safeState: state } = this.device;
    // Nothing begins by itself out of a safe state.
    if (safeState) this.endOpening('reset');
    if (safeState && delivers && state === 'stop') this.toStopped('safeState');
    else if (safeState && delivers && this.mode !== 'minimumRate' && state === 'minimumRate') this.toMinimum();
    else if (safeState && this.mode === 'basal') this.toReduced(wasDelayed);
    this.settle();
  }

  /** An error locks the memory, or a laboratory has reset it. */
  memoryIsLocked(so: boolean): void {
    if (so === this.memoryLocked) return;
    this.memoryLocked = so;
    this.note(so ? 'memoryLocked' : 'memoryUnlocked', {});
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
      this.note('bolusDenied', { code, also, until });
      if (code === 'doseLimit' && this.device.maxDoseDenied === 'denyAndMinimumRate' && this.mode === 'basal') {
        const stops = this.ordered?.then === 'stopped';
        this.endPeriodic('doseLimit');
        this.endOrder('doseLimit');
        if (stops) this.toStopped('clinician');
        else this.toMinimum();
      }
      this.settle();
      return { code, also, until };
    }
    if (this.ordered !== null) {
      this.note('clinicianBolusSuspended', { left: this.ordered.rate * (this.ordered.end - this.now) });
      this.ordered = { ...this.ordered, end: this.ordered.end + bolus.duration };
    }
    this.grants.grant(allotted, bolus.duration, this.now, this.ahead);
    this.bolus = { start: this.now, end: this.now + bolus.duration, rate: bolus.rate };
    this.note('bolusGranted', { ends: this.bolus.end, rate: bolus.rate });
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
      ['tooLittleLeft', allotted !== null && level !== 'empty' && !this.holds(allotted)],
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

/** The primary drug and its concentration: a mean dose can only be of one. */
const primaryOf = (sent: Json): string => {
  const [primary] = listAt(sent, 'drugs');
  return JSON.stringify(primary ?? null);
};

const differs = (before: Json | undefined, now: Json | undefined): boolean =>
  before === undefined || difference(wantedOf(before), now) !== undefined;
