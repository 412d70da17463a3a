import { MEASURES, type MeasureName } from '../campaign/measures.ts';
import type { Tally } from '../campaign/summary.ts';

/** How a measure is drawn. */
export interface Scale {
  readonly unit: string;
  /** So much of what is measured is one of that unit. */
  readonly per: number;
  readonly areWhole: boolean;
  /** What lies in a bin from one edge to, but not at, another. */
  readonly bin: (from: number, to: number) => string;
}

/** A figure as people read it: without what binary fractions leave behind. */
const figure = (value: number): string => `${Number(value.toPrecision(10))}`;

const broken = (unit: string, per: number): Scale => ({
  unit,
  per,
  areWhole: false,
  bin: (from, to) => `${figure(from)} to ${figure(to)}`,
});

const WHOLE: Scale = {
  unit: 'times in a life',
  per: 1,
  areWhole: true,
  bin: (from, to) => (to - from === 1 ? `${from}` : `${from} to ${to - 1}`),
};

/** The greatest unit of which the longest span of time is at least two. */
function ofMinutes(most: number): Scale {
  if (most >= 2 * 24 * 60) return broken('days', 24 * 60);
  return most >= 2 * 60 ? broken('hours', 60) : broken('minutes', 1);
}

/** How a measure is drawn that came to this in each arm. */
export function scaleOf(name: MeasureName, tallies: readonly Tally[]): Scale {
  switch (MEASURES[name].unit) {
    case 'count':
      return WHOLE;
    case 'minutes':
      return ofMinutes(Math.max(0, ...tallies.flatMap(({ most }) => most ?? [])));
    case 'ppm':
      return broken('%', 10_000);
    case 'ngPerDay':
      return broken('mcg/day', 1000);
  }
}
