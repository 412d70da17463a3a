import type { DeviceProfile } from '../../shared/index.ts';

export type Service = 'shelf' | 'inService' | 'eri' | 'endOfService';

/** Where a pump is in its life, and when that turns. Times are pump time: no clock that is set later moves them. */
export class ServiceLife {
  readonly #device: DeviceProfile;
  state: Service = 'shelf';
  implanted = 0;
  #ageLimit = 0;
  #batteryOut = false;
  /** When it was seen to be empty; null before. */
  #emptied: number | null = null;
  /** Since when elective replacement is indicated. */
  #eri: number | null = null;

  constructor(device: DeviceProfile) {
    this.#device = device;
  }

  /** The pump is put in service when a clock on the wall shows `wall`. */
  implant(wall: number, now: number): void {
    [this.state, this.implanted] = ['inService', now];
    this.#ageLimit = now + monthsAfter(wall, this.#device.serviceLife) - wall;
  }

  /** The battery gives out. On the shelf that shows once the pump is in service. */
  batteryGivesOut(): void {
    this.#batteryOut = true;
  }

  /** The battery is empty: that it gives out goes with it, and nothing is left to wait for. */
  batteryIsEmpty(now: number): void {
    this.#batteryOut = true;
    this.#emptied ??= now;
  }

  /** When the next turn comes; undefined on the shelf and after the last. */
  due(): number | undefined {
    if (this.state === 'inService') return this.#batteryOut ? this.implanted : this.#eriByAge;
    return this.state === 'eri' ? this.#end : undefined;
  }

  turn(now: number): void {
    if (this.state === 'inService') [this.state, this.#eri] = ['eri', now];
    else if (this.state === 'eri') this.state = 'endOfService';
  }

  /** The end of service as far as it is known; null on the shelf. */
  get replaceBy(): number | null {
    return this.state === 'shelf' ? null : this.#end;
  }

  get #eriByAge(): number {
    return Math.max(this.implanted, this.#ageLimit - this.#device.eriBeforeEnd);
  }

  get #end(): number {
    const planned = Math.min((this.#eri ?? this.#eriByAge) + this.#device.eriToEndOfService, this.#ageLimit);
    // Nobody lives on an empty battery; on the shelf nobody asks for one.
    return this.#emptied === null ? planned : Math.min(planned, Math.max(this.#emptied, this.implanted));
  }
}

/** The same day and time so many calendar months later, or the last day of a month that has no such day. */
function monthsAfter(wall: number, months: number): number {
  const date = new Date(wall);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}
