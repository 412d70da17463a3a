import type { DayStep } from './draft.ts';

/** Minutes of a day. */
export const DAY = 1440;
/** What a boundary that is dragged, or moved by a key, keeps to. */
export const GRID = 15;

export const minuteOf = (at: string): number => {
  const [, hour = '0', minute = '0'] = /^(\d{1,2}):(\d{2})$/.exec(at) ?? [];
  return Math.min(DAY - 1, Number(hour) * 60 + Number(minute));
};
export const timeAt = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** A step with the minutes it lasts. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly step: DayStep;
}

/** The steps of a day in their order, each up to the next. */
export function pieces(steps: readonly DayStep[]): readonly Piece[] {
  const sorted = [...steps].sort((a, b) => minuteOf(a.at) - minuteOf(b.at));
  return sorted.map((step, i) => {
    const next = sorted[i + 1];
    return { from: minuteOf(step.at), to: next === undefined ? DAY : minuteOf(next.at), step };
  });
}

const perDay = ({ number, unit }: DayStep['give']): number => {
  const value = Number(number.replace(',', '.'));
  return unit.endsWith('/h') ? value * 24 : value;
};

/** What a day of the steps brings, in the unit they have; undefined where one is no number, or units differ. */
export function dayTotal(steps: readonly DayStep[]): string | undefined {
  const [first] = steps;
  if (first === undefined || steps.some(({ give }) => give.unit !== first.give.unit)) return undefined;
  const total = pieces(steps).reduce((sum, { from, to, step }) => sum + perDay(step.give) * (to - from), 0) / DAY;
  if (!Number.isFinite(total)) return undefined;
  return `${Math.round(total * 1000) / 1000} ${first.give.unit.replace(/\/(h|day)$/, '')}`;
}

/** Moves the beginning of a step, no further than its neighbours let it; the first stays at midnight. */
export function moved(steps: readonly DayStep[], index: number, minute: number): readonly DayStep[] {
  const before = steps[index - 1];
  if (before === undefined) return steps;
  const after = steps[index + 1];
  const [least, most] = [minuteOf(before.at) + 1, (after === undefined ? DAY : minuteOf(after.at)) - 1];
  const at = timeAt(Math.min(most, Math.max(least, Math.round(minute))));
  return steps.map((step, i) => (i === index ? { ...step, at } : step));
}

/** Splits the longest step in half: a new step begins there, with the same rate. */
export function split(steps: readonly DayStep[]): readonly DayStep[] {
  const longest = [...pieces(steps)].sort((a, b) => b.to - b.from - (a.to - a.from))[0];
  if (longest === undefined || longest.to - longest.from < 2) return steps;
  const half = Math.round((longest.from + longest.to) / 2 / GRID) * GRID;
  const at = half > longest.from && half < longest.to ? half : longest.from + 1;
  return pieces([...steps, { ...longest.step, at: timeAt(at) }]).map(({ step }) => step);
}
