import type { DeviceProfile } from '../../shared/index.ts';
import { longestWait, waitAfter } from './day-parts.ts';
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

  /** `ahead` is how far local time is ahead of pump time; null without one. */
  grant(bolus: PatientBolus, duration: number, now: number, ahead: number | null): void {
    this.granted += 1;
    this.#starts = [...this.#starts.filter((start) => start > now - 2 * DAY), now];
    this.#last = { start: now, end: now + duration };
    this.lockoutEnd = this.#lockoutOf(bolus, ahead);
  }

  #lockoutOf(bolus: PatientBolus, ahead: number | null): number {
    const { start, end } = this.#last ?? { start: Number.NEGATIVE_INFINITY, end: Number.NEGATIVE_INFINITY };
    const wait = waitAfter(bolus, ahead === null || this.#last === undefined ? null : start + ahead);
    return (this.#device.lockoutOrigin === 'start' ? start : end) + wait;
  }

  /** The end of the lockout if `bolus` were the one in force. */
  lockoutUnder(bolus: PatientBolus, ahead: number | null): number {
    const anew = this.#lockoutOf(bolus, ahead);
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
    const before = this.lockoutEnd - (this.#device.lockoutOrigin === 'start' ? start : end);
    const interval = bolus === null ? before : longestWait(bolus);
    this.lockoutEnd = Math.max(this.lockoutEnd, now + interval);
    this.#last = { start: now, end: now };
  }
}
