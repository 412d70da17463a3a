import {
  addMonths,
  CONDITION_CODES,
  type ConditionCode,
  type DeviceProfile,
  fromJson,
  type HistoryEntry,
  type LogRecord,
  type Prescription,
  span,
} from '../../shared/index.ts';
import { type Fields, fieldsIn, fieldsOf } from '../fields.ts';
import type { TraceRecord } from '../trace.ts';
import { programRate, weekMean } from './program.ts';

export const logOf = ({ layer, kind, data }: TraceRecord): LogRecord | undefined =>
  layer === 'firmware' && kind === 'log' ? fromJson<LogRecord>(data) : undefined;

/** Whether a frame was sent: what became of it on the link concerns nobody here. */
export const isFrame = ({ layer, kind }: TraceRecord): boolean => layer === 'link' && kind === 'frame';

/** The payload of an answer the pump sent, if the record is one. */
export function answerOf(record: TraceRecord, name: string): Fields | undefined {
  if (!isFrame(record)) return undefined;
  const { from, answer, name: told, payload } = fieldsOf(record);
  const isAnswer = from === 'pump' && answer === true && told === name;
  // What cannot be read says nothing.
  return isAnswer ? fieldsIn(payload) : undefined;
}

/** The payload of a request that a station sent, if the record is one. */
export function requestOf(record: TraceRecord, name: string): Fields | undefined {
  if (!isFrame(record)) return undefined;
  const { from, name: told, payload } = fieldsOf(record);
  return from !== 'pump' && told === name ? fieldsIn(payload) : undefined;
}

/** Whether the pump crashed over a command that it had carried out or refused, and whose answer never left. */
export function isCarriedOutUnanswered(record: TraceRecord, name: string): boolean {
  if (record.layer !== 'link' || record.kind !== 'crash') return false;
  const { name: told, when } = fieldsOf(record);
  return told === name && when === 'after';
}

/**
 * What an onlooker works out from a trace alone: what is commanded, what that leaves in the reservoir as
 * the pump must calculate it, and which prescription is in force. It shares nothing with the firmware.
 */
export class Account {
  readonly profile: DeviceProfile;
  prescription: Prescription | null = null;
  /** The commanded rate since `rateSince`, and the mode it was commanded in. */
  rate = 0;
  infusion = 'stopped';
  rateSince = 0;
  inService = false;
  /** Whether the pump has said that nothing of its memory is left. */
  memoryFailed = false;
  /** Since when nothing has been commanded, in service; undefined while something is. */
  zeroSince: number | undefined = 0;
  /** Local time less trace time, by the pump's clock; null while it has none. */
  wallOffset: number | null = null;
  /** The last local time the pump knew. */
  #lastWall = 0;
  /** Trace time less the pump's own time: what it lost in resets. */
  lag = 0;
  /** The running periodic bolus, and when the prescription in force began to count its interval, in pump time. */
  periodicRate = 0;
  periodicFrom: number | undefined;
  /** The rate of the patient bolus granted last. */
  grantedRate = 0;
  /** The rate of the clinician's bolus that runs or waits, and whether it was begun on a stopped pump. */
  clinicianRate = 0;
  clinicianAlone = false;
  /** Conditions the pump has declared and whose alarms are still there. */
  readonly declared = new Set<ConditionCode>();
  /** The rate of the prime or the bridge that runs, and whether the program waits for its delayed start. */
  fillingRate = 0;
  isDelayed = false;
  #volume = 0n;
  #volumeAt = 0;
  /** Everything ever entered. */
  entered = 0n;
  /** Everything ever commanded. */
  #commanded = 0n;

  /** The books as they stood before the last entry in them. */
  #before = { volume: 0n, at: 0, rate: 0, commanded: 0n };

  /** The programmer's wall clock in the implant command last sent. */
  #wall = 0;
  #batteryLow = false;
  #batteryEmpty: number | undefined;
  #ageLimit: number | undefined;
  #eri: number | undefined;

  constructor(profile: DeviceProfile) {
    this.profile = profile;
  }

  /** The calculated volume as it must be at an instant. */
  volumeAt(t: number): bigint {
    if (this.#isHeld) return this.#volume;
    const left = this.#volume - this.#flow(t);
    return left > 0n ? left : 0n;
  }

  /** What its fill sensor shows is what the pump is to believe. */
  #readLevel(level: number, t: number): void {
    this.#book(t);
    this.#volume = BigInt(level);
  }

  get #isMeasured(): boolean {
    return this.profile.reservoirGauge === 'sensed';
  }

  /** Whether what is commanded is not believed to leave the reservoir: it is measured, or the motor has stalled. */
  get #isHeld(): boolean {
    if (this.#isMeasured) return true;
    return this.profile.stallAccounting === 'hold' && this.declared.has('stall');
  }

  commandedAt(t: number): bigint {
    return this.#commanded + this.#flow(t);
  }

  /** The level of the reservoir at an instant: at or below a threshold counts as reached. */
  levelAt(t: number): 'normal' | 'low' | 'empty' {
    const volume = this.volumeAt(t);
    if (volume <= BigInt(this.profile.emptyAt)) return 'empty';
    return this.prescription !== null && volume <= BigInt(this.prescription.lowReservoir) ? 'low' : 'normal';
  }

  /** The basal rate the program asks for at an instant; 0 without a prescription. */
  basalAt(t: number): number {
    const program = this.prescription?.program;
    if (program === undefined) return 0;
    if (this.wallOffset !== null) return programRate(program, t + this.wallOffset);
    if (program.type !== 'daily') return programRate(program, this.#lastWall);
    const mean = weekMean(program);
    return this.profile.lostClockPolicy === 'dailyMean' ? mean : Math.min(mean, this.profile.minimumRate);
  }

  /** When service must end, as far as can be told by now: later than anything before the implant. */
  get endOfService(): number {
    if (this.#eri === undefined) return Number.POSITIVE_INFINITY;
    // A pump that has forgotten its implant still has a battery that gives out.
    const ends = [this.#eri + this.profile.eriToEndOfService, this.#ageLimit, this.#batteryEmpty];
    return Math.min(...ends.filter((end) => end !== undefined));
  }

  take(record: TraceRecord): void {
    const { t, layer, kind } = record;
    this.#takeService(record);
    if (layer === 'plant' && kind === 'gauge') this.#readLevel(Number(fieldsOf(record)['level']), t);
    if (layer !== 'firmware') return;
    const fields = fieldsOf(record);
    if (kind === 'rate') this.#setRate(Number(fields['rate']), String(fields['infusion']), t);
    if (kind === 'stroke') this.#completeStroke(BigInt(Number(fields['volume'])), t);
    if (kind === 'memoryFailed') this.#loseMemory(t, fields['timeLost'] === true);
    if (kind === 'history') {
      this.prescription = fromJson<HistoryEntry>(record.data).prescription;
      this.periodicFrom = t - this.lag;
    }
    const log = logOf(record);
    if (log !== undefined) this.#takeLog(log, t);
  }

  #takeLog({ kind, data, at }: LogRecord, t: number): void {
    switch (kind) {
      case 'reservoirEntered':
        this.#book(t);
        this.#volume = BigInt(Number(data['volume']));
        this.entered += this.#volume;
        return;
      case 'implanted':
        this.inService = true;
        this.wallOffset = Number(data['wall']) - t;
        if (this.rate === 0) this.zeroSince = t;
        return;
      case 'periodicStarted':
        this.periodicRate = Number(data['rate']);
        return;
      case 'periodicEnded':
        this.periodicRate = 0;
        return;
      case 'bolusGranted':
        this.grantedRate = Number(data['rate']);
        return;
      case 'clinicianBolusStarted':
        this.clinicianRate = Number(data['rate']);
        return;
      case 'clinicianBolusEnded':
        this.clinicianRate = 0;
        return;
      case 'conditionDeclared':
        this.#book(t);
        for (const code of CONDITION_CODES) if ([data['conditions']].flat().includes(code)) this.declared.add(code);
        return;
      case 'alarmCleared':
        this.#book(t);
        for (const code of CONDITION_CODES) if (code === data['code']) this.declared.delete(code);
        return;
      case 'openingStarted':
        this.isDelayed = data['type'] === 'delayed';
        this.fillingRate = this.isDelayed ? 0 : Number(data['rate']);
        return;
      case 'openingEnded':
        this.isDelayed = false;
        this.fillingRate = 0;
        return;
      case 'clockSet':
        this.wallOffset = Number(data['to']) - t;
        return;
      case 'reset':
        if (data['timeLost'] === true) this.#loseTime(t, at);
        return;
      default:
        return;
    }
  }

  /**
   * The pump goes on from an earlier time of its own: what it commanded since is unknown to it, and up to one
   * interval of writing is taken off a volume that is calculated instead.
   */
  #loseTime(t: number, pumpTime: number): void {
    const stored = pumpTime + this.lag;
    const gap = t - stored;
    const { volume, at, rate, commanded } = this.#before;
    const known = BigInt(rate) * BigInt(stored - at);
    const believed = this.#isHeld ? 0n : known;
    const left = volume > believed ? volume - believed : 0n;
    const unseen = this.#isMeasured ? 0n : BigInt(rate) * BigInt(this.profile.writeInterval);
    this.#commanded = commanded + known;
    this.#volume = left > unseen ? left - unseen : 0n;
    this.#volumeAt = t;
    if (this.wallOffset !== null) this.#lastWall = stored + this.wallOffset;
    this.wallOffset = null;
    if (this.zeroSince !== undefined) this.zeroSince += gap;
    // A life is counted in the pump's own time, too.
    if (this.#ageLimit !== undefined) this.#ageLimit += gap;
    if (this.#eri !== undefined) this.#eri += gap;
    if (this.#batteryEmpty !== undefined) this.#batteryEmpty += gap;
    this.lag += gap;
  }

  /**
   * The pump knows nothing any more, and counts everything anew: what it had delivered, too. Its own time goes on, or
   * begins at 0. What it does from here on it does as one in service.
   */
  #loseMemory(t: number, timeLost: boolean): void {
    this.#book(t);
    this.memoryFailed = true;
    this.prescription = null;
    this.inService = true;
    if (this.rate === 0) this.zeroSince = t;
    this.wallOffset = null;
    this.#lastWall = 0;
    if (timeLost) this.lag = t;
    this.periodicRate = 0;
    this.clinicianRate = 0;
    this.fillingRate = 0;
    this.isDelayed = false;
    this.periodicFrom = undefined;
    this.#volume = 0n;
    this.entered = 0n;
    this.#commanded = 0n;
    this.#ageLimit = undefined;
    // What it forgets of its battery the battery says again.
    this.#eri = this.#batteryLow ? t : undefined;
    if (this.#batteryEmpty !== undefined) this.#batteryEmpty = t;
    this.declared.clear();
  }

  /** What service life depends on: the wall clock at the implant, and a battery that gives out. */
  #takeService(record: TraceRecord): void {
    const { t, layer, kind } = record;
    const implant = requestOf(record, 'implant');
    if (implant !== undefined) this.#wall = Number(implant['wall']);
    const fault = layer === 'plant' && kind === 'fault' ? fieldsOf(record)['type'] : undefined;
    // Service ends with a battery that is empty; on the shelf that is kept until there is an implant.
    if (fault === 'batteryEmpty') this.#batteryEmpty ??= t;
    if (fault === 'batteryLow' || fault === 'batteryEmpty') {
      this.#batteryLow = true;
      if (this.#eri !== undefined) this.#eri = Math.min(this.#eri, t);
      else if (this.memoryFailed) this.#eri = t;
    }
    if (logOf(record)?.kind !== 'implanted') return;
    const { serviceLife, eriBeforeEnd } = this.profile;
    this.#ageLimit = t + addMonths(span(this.#wall), serviceLife) - this.#wall;
    if (this.#batteryEmpty !== undefined) this.#batteryEmpty = t;
    this.#eri = this.#batteryLow ? t : Math.max(t, this.#ageLimit - eriBeforeEnd);
  }

  #setRate(rate: number, infusion: string, t: number): void {
    this.#book(t);
    if (rate > 0) this.zeroSince = undefined;
    else this.zeroSince ??= t;
    if (infusion === 'clinicianBolus' && this.infusion !== infusion) this.clinicianAlone = this.infusion === 'stopped';
    this.rate = rate;
    this.infusion = infusion;
    this.rateSince = t;
  }

  /** A stop lets the motor turn as far as its stroke goes. */
  #completeStroke(rest: bigint, t: number): void {
    this.#book(t);
    this.#commanded += rest;
    if (!this.#isHeld) this.#volume = this.#volume > rest ? this.#volume - rest : 0n;
  }

  #book(t: number): void {
    this.#before = { volume: this.#volume, at: this.#volumeAt, rate: this.rate, commanded: this.#commanded };
    const volume = this.volumeAt(t);
    this.#commanded = this.commandedAt(t);
    this.#volume = volume;
    this.#volumeAt = t;
  }

  #flow(t: number): bigint {
    return BigInt(this.rate) * BigInt(t - this.#volumeAt);
  }
}
