import { z } from 'zod';
import type { WallClock } from './calendar.ts';
import { type Duration, MS_PER_DAY, span } from './units/index.ts';
import { wire } from './wire.ts';

/*
 * What a patient may give himself: a fixed rate for a fixed time, so that the volume is their product. Parts of the
 * local day may have another of their own, or none.
 */

const setting = {
  rate: wire.rate.describe('Rate of a bolus, beside the basal rate'),
  duration: wire.duration.describe('How long a bolus takes'),
  lockout: wire.duration.describe('How long after one the next may be asked for'),
};

const part = z.strictObject({
  from: wire.duration.describe('From when on, after midnight'),
  to: wire.duration.describe('Until when, after midnight; where that is not later, of the day after'),
  bolus: z.strictObject(setting).nullable().describe('What holds there; null is nothing'),
});

export const patientBolusSchema = z.strictObject({
  ...setting,
  maxPerDay: wire.count.describe('Most grants in any 24 h, or in a local day: the profile’s `countWindow`'),
  parts: z.array(part).describe('Parts of the local day with a bolus of their own; none overlaps another'),
});
export type PatientBolus = Readonly<z.output<typeof patientBolusSchema>>;
export type DayPart = PatientBolus['parts'][number];
/** How much, how fast, and how long until the next. */
export type BolusSetting = Pick<PatientBolus, 'rate' | 'duration' | 'lockout'>;

/** How long a part of the day lasts: up to, but not including, its end. */
const lengthOf = ({ from, to }: DayPart): number => (to - from + MS_PER_DAY) % MS_PER_DAY || MS_PER_DAY;

/** How long ago a time of day was last, at a local time. */
const since = (wall: WallClock, timeOfDay: Duration): number => (wall - timeOfDay + 2 * MS_PER_DAY) % MS_PER_DAY;

/** Everything a patient may be given, at whatever time of day. */
export const settingsOf = (bolus: PatientBolus): readonly BolusSetting[] => [
  bolus,
  ...bolus.parts.flatMap((part) => part.bolus ?? []),
];

const sizeOf = ({ rate, duration }: BolusSetting): bigint => BigInt(rate) * BigInt(duration);

const extreme = (bolus: PatientBolus, isMore: (a: BolusSetting, b: BolusSetting) => boolean): BolusSetting =>
  settingsOf(bolus).reduce((most, each) => (isMore(each, most) ? each : most));

export const largestBolus = (bolus: PatientBolus): BolusSetting => extreme(bolus, (a, b) => sizeOf(a) > sizeOf(b));
const smallestBolus = (bolus: PatientBolus): BolusSetting => extreme(bolus, (a, b) => sizeOf(a) < sizeOf(b));
/** How long the longest of them takes. */
export const longestBolus = (bolus: PatientBolus): Duration =>
  extreme(bolus, (a, b) => a.duration > b.duration).duration;
export const longestLockout = (bolus: PatientBolus): Duration =>
  extreme(bolus, (a, b) => a.lockout > b.lockout).lockout;
export const shortestLockout = (bolus: PatientBolus): Duration =>
  extreme(bolus, (a, b) => a.lockout < b.lockout).lockout;

/**
 * What the patient may have at a local time; null is nothing. Without a local time it is the most cautious of the day:
 * nothing where a part has nothing, else the smallest bolus and the longest lockout.
 */
export function settingAt(bolus: PatientBolus, wall: WallClock | undefined): BolusSetting | null {
  if (wall === undefined) {
    if (bolus.parts.some((part) => part.bolus === null)) return null;
    return { ...smallestBolus(bolus), lockout: longestLockout(bolus) };
  }
  const part = bolus.parts.find((each) => since(wall, each.from) < lengthOf(each));
  return part === undefined ? bolus : part.bolus;
}

/** The first local time after `wall` at which a part begins or ends; undefined where the day has no parts. */
export function nextEdge({ parts }: PatientBolus, wall: WallClock): WallClock | undefined {
  const waits = parts.flatMap(({ from, to }) => [MS_PER_DAY - since(wall, from), MS_PER_DAY - since(wall, to)]);
  return waits.length === 0 ? undefined : span(wall + Math.min(...waits));
}

/** Whether each part lies within a day and none within another. */
export function isDivided({ parts }: PatientBolus): boolean {
  const isTime = (at: Duration) => at < MS_PER_DAY;
  return parts.every(
    (each, i) =>
      isTime(each.from) &&
      isTime(each.to) &&
      parts.every((other, k) => k === i || since(other.from, each.from) >= lengthOf(each)),
  );
}
