import type { Json } from '../../shared/index.ts';
import { listAt, numberAt, textAt } from './json.ts';

/*
 * Infusion programs by their own plain means. A rate is nL/day, a time ms, their product a volume. Local times count
 * from 1970-01-01 00:00, a Thursday; weekdays from Monday.
 */

const DAY = 86_400_000;
const WEEK = 7 * DAY;

export interface Step {
  readonly at: number;
  readonly rate: number;
}

export interface Periodic {
  readonly rate: number;
  readonly duration: number;
  readonly interval: number;
}

export type Program =
  /** `minimum`: the rate is the pump's minimum rate, by prescription. */
  | { readonly type: 'flat'; readonly rate: number; readonly minimum: boolean; readonly periodic: Periodic | null }
  /** The steps of each weekday, `at` after midnight. */
  | { readonly type: 'daily'; readonly days: readonly (readonly Step[])[] }
  | { readonly type: 'dated'; readonly first: number; readonly steps: readonly Step[] };

const stepOf = (json: Json): Step => ({ at: numberAt(json, 'at'), rate: numberAt(json, 'rate') });

export function readProgram(json: Json | undefined): Program {
  const type = textAt(json, 'type');
  if (type === 'daily') {
    const groups = listAt(json, 'groups');
    const stepsOn = (day: number): readonly Step[] =>
      listAt(groups.find((group) => listAt(group, 'days').includes(day)) ?? { steps: [] }, 'steps').map(stepOf);
    return { type, days: [0, 1, 2, 3, 4, 5, 6].map(stepsOn) };
  }
  if (type === 'dated') return { type, first: numberAt(json, 'first'), steps: listAt(json, 'steps').map(stepOf) };
  const rate = numberAt(json, 'rate');
  const minimum = type === 'minimumRate';
  if (type !== 'periodic') return { type: 'flat', rate, minimum, periodic: null };
  const [bolusRate, duration] = [numberAt(json, 'bolus', 'rate'), numberAt(json, 'bolus', 'duration')];
  return { type: 'flat', rate, minimum, periodic: { rate: bolusRate, duration, interval: numberAt(json, 'interval') } };
}

export const periodicOf = (program: Program): Periodic | null => (program.type === 'flat' ? program.periodic : null);

/** Whether a program follows the local time. */
export const isByClock = (program: Program): boolean => program.type !== 'flat';

/** The steps that begin from one local time on and before another, earliest first. */
function stepsIn(program: Program, from: number, to: number): Step[] {
  if (program.type === 'flat') return [];
  if (program.type === 'dated') return program.steps.filter(({ at }) => from <= at && at < to);
  const found: Step[] = [];
  for (let midnight = Math.floor(from / DAY) * DAY; midnight < to; midnight += DAY) {
    const weekday = (((midnight / DAY + 3) % 7) + 7) % 7;
    for (const { at, rate } of program.days[weekday] ?? []) {
      if (from <= midnight + at && midnight + at < to) found.push({ at: midnight + at, rate });
    }
  }
  return found;
}

/** The basal rate at a local time. Every day of a schedule begins with a step. */
export function basalAt(program: Program, wall: number): number {
  if (program.type === 'flat') return program.rate;
  if (program.type === 'dated') return program.steps.findLast(({ at }) => at <= wall)?.rate ?? program.first;
  return stepsIn(program, Math.floor(wall / DAY) * DAY, wall + 1).at(-1)?.rate ?? 0;
}

/** The first local time after `wall` at which a step begins; undefined where none does any more. */
export function stepAfter(program: Program, wall: number): number | undefined {
  if (program.type === 'dated') return program.steps.find(({ at }) => at > wall)?.at;
  return stepsIn(program, wall + 1, wall + 2 * DAY + 1)[0]?.at;
}

/** How many steps begin after one local time, up to another, and are over by then. */
export function stepsPassed(program: Program, from: number, to: number): number {
  return to <= from ? 0 : Math.max(0, stepsIn(program, from + 1, to + 1).length - 1);
}

/** A stretch of one rate, on any one clock. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

/** The basal of a program between two local times. */
export function basalIn(program: Program, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  let [start, rate] = [from, basalAt(program, from)];
  for (const step of stepsIn(program, from + 1, to)) {
    stretches.push({ from: start, to: step.at, rate });
    [start, rate] = [step.at, step.rate];
  }
  return [...stretches, { from: start, to, rate }];
}

/** The volume of stretches. */
export const volumeOf = (stretches: readonly Stretch[]): bigint =>
  stretches.reduce((sum, { from, to, rate }) => sum + BigInt(rate) * BigInt(Math.max(0, to - from)), 0n);

/** The mean basal rate of a week, whole nL/day rounded down. */
export const meanBasal = (program: Program): number =>
  program.type === 'daily' ? Number(volumeOf(basalIn(program, 0, WEEK)) / BigInt(WEEK)) : basalAt(program, 0);

export function basalRates(program: Program): readonly number[] {
  if (program.type === 'flat') return [program.rate];
  if (program.type === 'dated') return [program.first, ...program.steps.map(({ rate }) => rate)];
  return program.days.flatMap((steps) => steps.map(({ rate }) => rate));
}

/** The program with only so much of its periodic boluses as they bring beyond the basal that waits for them. */
export function beyondBasal(program: Program, replaces: boolean): Program {
  const periodic = periodicOf(program);
  if (!replaces || program.type !== 'flat' || periodic === null) return program;
  return { ...program, periodic: { ...periodic, rate: Math.max(0, periodic.rate - program.rate) } };
}

/** The most a program gives in any span of time, basal and periodic boluses added. */
export function mostIn(program: Program, window: number): bigint {
  const far = 100 * WEEK;
  const edges =
    program.type === 'daily'
      ? stepsIn(program, far, far + WEEK).map(({ at }) => at)
      : program.type === 'dated'
        ? program.steps.map(({ at }) => at)
        : [];
  let most = 0n;
  // No clock shows a time before 0; after the last date its rate goes on.
  for (const edge of [0, far, ...edges]) {
    for (const from of [edge, Math.max(0, edge - window)]) {
      const amount = volumeOf(basalIn(program, from, from + window));
      if (amount > most) most = amount;
    }
  }
  return most + volumeOf(periodicIn(periodicOf(program), 0, 0, window));
}

/** The periodic boluses of a program in a span of time, cut at its end; the first begins at `first`. */
export function periodicIn(periodic: Periodic | null, first: number, from: number, to: number): Stretch[] {
  const stretches: Stretch[] = [];
  if (periodic === null || periodic.interval <= 0) return stretches;
  for (let start = first; start < to; start += periodic.interval) {
    const end = Math.min(start + periodic.duration, to);
    if (end > from) stretches.push({ from: Math.max(start, from), to: end, rate: periodic.rate });
  }
  return stretches;
}
