import { formatMeasure, MEASURES, type MeasureName } from './measures.ts';
import type { CampaignResult } from './result.ts';
import { Tally } from './summary.ts';

/** How the pumps of an arm fared against the very same pumps in the first one. */
export interface Paired {
  readonly name: MeasureName;
  readonly arm: string;
  /** How many pumps had a value in both arms, and of how many it was less, the same or more. */
  readonly pumps: number;
  readonly less: number;
  readonly same: number;
  readonly more: number;
  /** Of the differences, what is more being above 0. */
  readonly differences: Tally;
}

/** Every arm but the first against it, pump by pump: measure by measure, and arm by arm. */
export function paired({ arms, columns, rows }: Pick<CampaignResult, 'arms' | 'columns' | 'rows'>): readonly Paired[] {
  const first = new Map(rows.filter(([, arm]) => arm === 0).map((row) => [row[0], row]));
  const others = arms.slice(1).map((arm, i) => ({ arm, rows: rows.filter((row) => row[1] === i + 1) }));
  return columns.flatMap((name, column) =>
    others.map(({ arm, rows }): Paired => {
      const differences = new Tally();
      const count = { less: 0, same: 0, more: 0 };
      for (const row of rows) {
        const [value, before] = [row[column + 2], first.get(row[0])?.[column + 2]];
        if (value == null || before == null) continue;
        differences.take(value - before);
        count[value < before ? 'less' : value > before ? 'more' : 'same'] += 1;
      }
      return { name, arm, pumps: differences.count, ...count, differences };
    }),
  );
}

/** A difference of two values of a measure, for people, with its sign; of two percentages in points. */
export function formatDifference(name: MeasureName, value: number): string {
  const size = formatMeasure(name, Math.abs(value));
  const sign = size === formatMeasure(name, 0) ? '' : value < 0 ? '-' : '+';
  return `${sign}${MEASURES[name].unit === 'ppm' ? size.replace('%', 'points') : size}`;
}
