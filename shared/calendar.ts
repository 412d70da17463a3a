import { type Duration, type Instant, MS_PER_DAY, span } from './units/index.ts';

/**
 * A wall clock: local civil time in milliseconds since 1970-01-01 00:00, of no time zone. The pump never
 * needs one to dose; people do, to read dates.
 */
export type WallClock = Duration;

const SHAPE = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2})(?::(\d{2}))?$/;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** Parses "2026-01-05 08:00". Undefined where it is no such date and time (years 1970 to 9999). */
export function parseWallClock(text: string): WallClock | undefined {
  const parts = SHAPE.exec(text)
    ?.slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  if (parts === undefined) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const days = daysFromCivil(year, month, day);
  const back = civilFromDays(days);
  const isDate = back.year === year && back.month === month && back.day === day;
  if (!isDate || year < 1970 || hour > 23 || minute > 59 || second > 59) return undefined;
  return span(days * MS_PER_DAY + hour * 3_600_000 + minute * 60_000 + second * 1000);
}

const daysInMonth = (year: number, month: number): number =>
  (month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1)) - daysFromCivil(year, month, 1);

/**
 * The same time of day so many calendar months later, on the same day of the month; on the last day of a month
 * that has no such day: 31 January and one month is the end of February.
 */
export function addMonths(clock: WallClock, months: number): WallClock {
  const { year, month, day } = civilFromDays(Math.floor(clock / MS_PER_DAY));
  const counted = year * 12 + month - 1 + months;
  const [laterYear, laterMonth] = [Math.floor(counted / 12), (counted % 12) + 1];
  const days = daysFromCivil(laterYear, laterMonth, 1) + Math.min(day, daysInMonth(laterYear, laterMonth)) - 1;
  return span(days * MS_PER_DAY + (clock % MS_PER_DAY));
}

const two = (n: number): string => n.toString().padStart(2, '0');

/** "2026-02-19". */
export function showDate(clock: WallClock): string {
  const { year, month, day } = civilFromDays(Math.floor(clock / MS_PER_DAY));
  return `${year.toString().padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/** "2026-02-19 08:00". */
export function showDateTime(clock: WallClock): string {
  const ofDay = clock % MS_PER_DAY;
  return `${showDate(clock)} ${two(Math.floor(ofDay / 3_600_000))}:${two(Math.floor(ofDay / 60_000) % 60)}`;
}

/** The day of the week of a local time: 0 is Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (clock: WallClock): number => (Math.floor(clock / MS_PER_DAY) + 3) % 7;

/** The wall clock at an instant, given what it showed when simulated time began. */
export const wallClockAt = (start: WallClock, now: Instant): WallClock => span(start + now);
