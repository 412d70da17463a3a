import { z } from 'zod';
import { type WallClock, weekdayOf } from './calendar.ts';
import { type Duration, MS_PER_DAY, type Rate, rate, span } from './units/index.ts';
import { shape, wire } from './wire.ts';

/*
 * Infusion programs: what basal rate is commanded at which local time, and which boluses come by themselves.
 * Rates change at local times, because people live by them; a periodic bolus counts elapsed time.
 */

const dayStep = z.strictObject({
  at: wire.duration.describe('From when on, after midnight; the first is at 0, the others follow in order'),
  rate: wire.rate.describe('The rate from then on'),
});
const group = z.strictObject({
  days: z.array(z.int().min(0).max(6)).describe('Days of the week, counted from 0, Monday; each is in one group'),
  steps: z.array(dayStep).describe('The steps of such a day'),
});
const datedStep = z.strictObject({
  at: wire.wallClock.describe('From when on; in order'),
  rate: wire.rate.describe('The rate from then on'),
});

export const programSchema = z
  .discriminatedUnion('type', [
    z
      .strictObject({ type: z.literal('minimumRate'), rate: wire.rate.describe('As the status tells it') })
      .describe('The pump’s own minimum rate, by prescription'),
    z.strictObject({ type: z.literal('constant'), rate: wire.rate.describe('The rate') }).describe('One basal rate'),
    z
      .strictObject({ type: z.literal('daily'), groups: z.array(group).describe('Kinds of days') })
      .describe('Basal rates by the time of day and the day of the week'),
    z
      .strictObject({
        type: z.literal('periodic'),
        rate: wire.rate.describe('The basal rate'),
        bolus: z
          .strictObject({
            rate: wire.rate.describe('Rate of a bolus, beside the basal rate'),
            duration: wire.duration.describe('How long it takes'),
          })
          .describe('The bolus'),
        interval: wire.duration.describe('Counted from when the prescription took effect, and again from each bolus'),
      })
      .describe('A basal rate, and a bolus whenever another interval has passed'),
    z
      .strictObject({
        type: z.literal('dated'),
        first: wire.rate.describe('The rate before the first step'),
        steps: z.array(datedStep).describe('Other rates'),
      })
      .describe('A rate, and others from local dates and times on'),
  ])
  .meta(shape('program'));
export type Program = Readonly<z.output<typeof programSchema>>;
export type PeriodicProgram = Extract<Program, { type: 'periodic' }>;
type DailyProgram = Extract<Program, { type: 'daily' }>;

const MS_PER_WEEK = 7 * MS_PER_DAY;

const midnightOf = (wall: WallClock): number => wall - (wall % MS_PER_DAY);

/** The steps of the day that begins at a local midnight, earliest first. */
const stepsOf = ({ groups }: DailyProgram, midnight: number) =>
  groups.find(({ days }) => days.includes(weekdayOf(span(midnight))))?.steps ?? [];

/** The basal rate of a program at a local time. */
export function basalAt(program: Program, wall: WallClock): Rate {
  switch (program.type) {
    case 'daily': {
      const midnight = midnightOf(wall);
      const steps = stepsOf(program, midnight);
      const step = steps.findLast(({ at }) => midnight + at <= wall);
      // A pump takes only days that begin with a step.
      return step?.rate ?? rate.of(0);
    }
    case 'dated':
      return program.steps.findLast(({ at }) => at <= wall)?.rate ?? program.first;
    default:
      return program.rate;
  }
}

/** The first local time after `wall` at which a step begins; undefined where none does any more. */
export function nextStepAfter(program: Program, wall: WallClock): WallClock | undefined {
  if (program.type === 'dated') return program.steps.find(({ at }) => at > wall)?.at;
  if (program.type !== 'daily') return undefined;
  const midnight = midnightOf(wall);
  for (const day of [midnight, midnight + MS_PER_DAY]) {
    const next = stepsOf(program, day).find(({ at }) => day + at > wall);
    if (next !== undefined) return span(day + next.at);
  }
  return undefined;
}

/** Steps that begin after one local time and before another, but for the last, which is in force at that other. */
export const stepsSkipped = (program: Program, from: WallClock, to: WallClock): number =>
  Math.max(0, stepsUpTo(program, to) - stepsUpTo(program, from) - 1);

/** Steps that begin up to a local time: a schedule repeats every week, so that its whole weeks are only multiplied. */
function stepsUpTo(program: Program, wall: WallClock): number {
  if (program.type === 'dated') return program.steps.filter(({ at }) => at <= wall).length;
  if (program.type !== 'daily') return 0;
  const onDays = (from: number, to: number): number => {
    let steps = 0;
    for (let day = from; day < to; day += MS_PER_DAY) steps += stepsOf(program, day).length;
    return steps;
  };
  const midnight = midnightOf(wall);
  const today = stepsOf(program, midnight).filter(({ at }) => midnight + at <= wall).length;
  const weeks = Math.floor(midnight / MS_PER_WEEK);
  return weeks * onDays(0, MS_PER_WEEK) + onDays(weeks * MS_PER_WEEK, midnight) + today;
}

/** Every basal rate a program can command, in no order. */
export function basalRates(program: Program): readonly Rate[] {
  if (program.type === 'daily') return program.groups.flatMap(({ steps }) => steps.map(({ rate }) => rate));
  if (program.type === 'dated') return [program.first, ...program.steps.map(({ rate }) => rate)];
  return [program.rate];
}

export const highestBasal = (program: Program): Rate => rate.of(Math.max(0, ...basalRates(program)));

/** A stretch of one rate, from `from` on to the next. Times are of any one clock. */
export interface Stretch {
  readonly from: number;
  readonly rate: number;
}

/** The basal rates of a program from one local time to another. */
export function basalBetween(program: Program, from: WallClock, to: WallClock): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at: WallClock | undefined = from; at !== undefined && at < to; at = nextStepAfter(program, at))
    stretches.push({ from: at, rate: basalAt(program, at) });
  return stretches;
}

/** The exact volume of stretches up to `end`. */
export const volumeOf = (stretches: readonly Stretch[], end: number): bigint =>
  stretches.reduce((sum, { from, rate }, i) => {
    const length = Math.min(stretches[i + 1]?.from ?? end, end) - from;
    return length > 0 ? sum + BigInt(rate) * BigInt(length) : sum;
  }, 0n);

/** The volume of a program's basal over a span of local time, exact. */
export const basalVolume = (program: Program, from: WallClock, time: Duration): bigint =>
  volumeOf(basalBetween(program, from, span(from + time)), from + time);

/** Local times that stand for all: a week of a schedule, the days about each date of dated steps. */
function startsOf(program: Program, window: Duration): number[] {
  const edges = (starts: readonly number[]) => starts.flatMap((at) => [at, Math.max(0, at - window)]);
  if (program.type === 'dated') return edges([0, ...program.steps.map(({ at }) => at)]);
  if (program.type !== 'daily') return [0];
  const weeks = Math.ceil(window / MS_PER_WEEK) + 1;
  const days = Array.from({ length: 7 }, (_, day) => (weeks * 7 + day) * MS_PER_DAY);
  return edges(days.flatMap((day) => stepsOf(program, day).map(({ at }) => day + at)));
}

/** The most basal volume in any `window`: it lies where one end of the window meets a step. */
export function mostBasal(program: Program, window: Duration): bigint {
  const amounts = startsOf(program, window).map((from) => basalVolume(program, span(from), window));
  return amounts.reduce((most, amount) => (amount > most ? amount : most), 0n);
}

/** The most volume of periodic boluses in any `window`. */
export function mostPeriodic(program: Program, window: Duration): bigint {
  if (program.type !== 'periodic' || program.interval === 0) return 0n;
  const { bolus, interval } = program;
  // A window that begins with a bolus holds the most: whole ones, and the beginning of a last.
  const whole = Math.floor(window / interval);
  const last = Math.min(window - whole * interval, bolus.duration);
  return BigInt(bolus.rate) * (BigInt(whole) * BigInt(bolus.duration) + BigInt(last));
}

/** The mean basal rate of a week of a schedule, to the whole nL/day below. */
export function meanBasal(program: Program): Rate {
  if (program.type !== 'daily') return basalAt(program, span(0));
  return rate.of(Number(basalVolume(program, span(0), span(MS_PER_WEEK)) / BigInt(MS_PER_WEEK)));
}
