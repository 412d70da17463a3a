import type { DeviceProfile } from '../../shared/index.ts';
import type { PatientBolus } from './prescription.ts';

const DAY = 86_400_000;

/** The start of every grant, and what follows from them for the next one. Times are pump time. */
export class Grants {
  readonly #device: DeviceProfile;
  #starts: number[] = [];
  #last: { readonly start: number; readonly end: number } | undefined;
  lockoutEnd = 0;
  granted = 0;
  denied = 0;

  constructor(device: DeviceProfile) {
    this.#device = device;
  }

  grant(bolus: PatientBolus, now: number): void {
    this.granted += 1;
    this.#starts = [...this.#starts.filter((start) => start > now - 2 * DAY), now];
    this.#last = { start: now, end: now + bolus.duration };
    this.lockoutEnd = this.#lockoutOf(bolus);
  }

  #lockoutOf(bolus: PatientBolus): number {
    const { start, end } = this.#last ?? { start: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
    return (this.#device.lockoutOrigin === 'start' ? start : end) + bolus.lockout;
  }

  /** The end of the lockout if `bolus` were the one in force. */
  lockoutUnder(bolus: PatientBolus): number {
    const anew = this.#lockoutOf(bolus);
    return this.#device.lockoutOnReprogram === 'longer' ? Math.max(this.lockoutEnd, anew) : anew;
  }

  /** How many count now. `midnight` is the last local one as pump time, where the pump has a local time. */
  counted(now: number, midnight: number | null): number {
    const since = this.#device.countWindow === 'calendarDay' && midnight !== null ? midnight : now - DAY + 1;
    return this.#starts.filter((start) => start >= since).length;
  }

  /** The first instant from `now` on at which fewer than `most` count. */
  countFree(most: number, now: number, midnight: number | null): number {
    if (this.counted(now, midnight) < most) return now;
    if (this.#device.countWindow === 'calendarDay' && midnight !== null) return midnight + DAY;
    const counting = this.#starts.filter((start) => start > now - DAY);
    return (counting[counting.length - most] ?? now) + DAY;
  }

  /** Time was lost: a lockout under way and every grant that counts begin again at `now`. */
  restart(bolus: PatientBolus | null, now: number): void {
    this.#starts = this.#starts.map((start) => (start > now - DAY ? now : start));
    if (this.#last === undefined || this.lockoutEnd <= now) return;
    const { start, end } = this.#last;
    const interval = bolus?.lockout ?? this.lockoutEnd - (this.#device.lockoutOrigin === 'start' ? start : end);
    this.lockoutEnd = Math.max(this.lockoutEnd, now + interval);
    this.#last = { start: now, end: now };
  }
}
