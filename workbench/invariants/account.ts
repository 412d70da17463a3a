import {
  addMonths,
  type DeviceProfile,
  fromJson,
  type HistoryEntry,
  type LogRecord,
  type Prescription,
  span,
} from '../../shared/index.ts';
import type { TraceRecord } from '../trace.ts';

/** What a trace record's data is read as; a field that is not there reads as undefined. */
export type Fields = { readonly [key: string]: unknown };

export const fieldsOf = (record: TraceRecord): Fields => record.data as Fields;
export const logOf = ({ layer, kind, data }: TraceRecord): LogRecord | undefined =>
  layer === 'firmware' && kind === 'log' ? fromJson<LogRecord>(data) : undefined;

/** The payload of an answer the pump sent, if the record is one. */
export function answerOf(record: TraceRecord, name: string): Fields | undefined {
  const { from, answer, name: told, payload } = fieldsOf(record);
  const isAnswer = record.layer === 'link' && from === 'pump' && answer === true && told === name;
  return isAnswer ? (payload as Fields) : undefined;
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
  /** Since when nothing has been commanded, in service; undefined while something is. */
  zeroSince: number | undefined = 0;
  #volume = 0n;
  #volumeAt = 0;
  /** Everything ever entered. */
  entered = 0n;
  /** Everything ever commanded. */
  #commanded = 0n;

  /** The programmer's wall clock in the implant command last sent. */
  #wall = 0;
  #batteryLow = false;
  #ageLimit: number | undefined;
  #eri: number | undefined;

  constructor(profile: DeviceProfile) {
    this.profile = profile;
  }

  /** The calculated volume as it must be at an instant. */
  volumeAt(t: number): bigint {
    const left = this.#volume - this.#flow(t);
    return left > 0n ? left : 0n;
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

  /** When service must end, as far as can be told by now: later than anything before the implant. */
  get endOfService(): number {
    if (this.#ageLimit === undefined || this.#eri === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(this.#eri + this.profile.eriToEndOfService, this.#ageLimit);
  }

  take(record: TraceRecord): void {
    const { t, layer, kind } = record;
    this.#takeService(record);
    if (layer !== 'firmware') return;
    const fields = fieldsOf(record);
    if (kind === 'rate') this.#setRate(Number(fields['rate']), String(fields['infusion']), t);
    if (kind === 'history') this.prescription = fromJson<HistoryEntry>(record.data).prescription;
    const log = logOf(record);
    if (log?.kind === 'reservoirEntered') {
      this.#book(t);
      this.#volume = BigInt(Number(log.data['volume']));
      this.entered += this.#volume;
    }
    if (log?.kind === 'implanted') {
      this.inService = true;
      if (this.rate === 0) this.zeroSince = t;
    }
  }

  /** What service life depends on: the wall clock at the implant, and a battery that gives out. */
  #takeService(record: TraceRecord): void {
    const { t, layer, kind } = record;
    const { from, name, payload, type } = fieldsOf(record);
    if (layer === 'link' && from !== 'pump' && name === 'implant') this.#wall = Number((payload as Fields)['wall']);
    if (layer === 'plant' && kind === 'fault' && type === 'batteryLow') {
      this.#batteryLow = true;
      if (this.#eri !== undefined) this.#eri = Math.min(this.#eri, t);
    }
    if (logOf(record)?.kind !== 'implanted') return;
    const { serviceLife, eriBeforeEnd } = this.profile;
    this.#ageLimit = t + addMonths(span(this.#wall), serviceLife) - this.#wall;
    this.#eri = this.#batteryLow ? t : Math.max(t, this.#ageLimit - eriBeforeEnd);
  }

  #setRate(rate: number, infusion: string, t: number): void {
    this.#book(t);
    if (rate > 0) this.zeroSince = undefined;
    else this.zeroSince ??= t;
    this.rate = rate;
    this.infusion = infusion;
    this.rateSince = t;
  }

  #book(t: number): void {
    const volume = this.volumeAt(t);
    this.#commanded = this.commandedAt(t);
    this.#volume = volume;
    this.#volumeAt = t;
  }

  #flow(t: number): bigint {
    return BigInt(this.rate) * BigInt(t - this.#volumeAt);
  }
}
