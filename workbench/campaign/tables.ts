import { formatDuration, span } from '../../shared/index.ts';
import { table } from '../lines.ts';
import { formatMeasure, MEASURES, type MeasureName } from './measures.ts';
import type { CampaignResult } from './result.ts';
import { merged, type Tally } from './summary.ts';

/** What is told of a measure in an arm, in this order. */
export const STATISTICS = ['pumps', 'not 0', 'mean', '5th', 'median', '95th', 'most'] as const;
export type Statistic = (typeof STATISTICS)[number];
const QUANTILES = { '5th': 0.05, median: 0.5, '95th': 0.95 } as const;

/** A measure, and what it came to in each arm. */
export interface Summarized {
  readonly name: MeasureName;
  readonly arms: readonly {
    readonly arm: string;
    readonly tally: Tally;
    /** In words; nothing where no pump has a value. */
    readonly told: Readonly<Record<Statistic, string>>;
  }[];
}

/** What every measure came to; that pumps refused their start is told where one did. */
export function summarized({
  arms,
  columns,
  summary,
}: Pick<CampaignResult, 'arms' | 'columns' | 'summary'>): readonly Summarized[] {
  return columns.flatMap((name, column) => {
    const tallies = arms.map((arm, i) => {
      const tally = merged([summary[i]?.[column] ?? []].flat());
      return { arm, tally, told: told(name, tally) };
    });
    return name === 'startRefused' && tallies.every(({ tally }) => tally.some === 0) ? [] : [{ name, arms: tallies }];
  });
}

function told(name: MeasureName, tally: Tally): Record<Statistic, string> {
  const shown = (value: number | undefined) => (value === undefined ? '' : formatMeasure(name, value));
  const at = (quantile: keyof typeof QUANTILES) => shown(tally.quantile(QUANTILES[quantile]));
  return {
    pumps: `${tally.count}`,
    'not 0': tally.count === 0 ? '' : `${((100 * tally.some) / tally.count).toFixed(1)} %`,
    mean: shown(tally.mean),
    '5th': at('5th'),
    median: at('median'),
    '95th': at('95th'),
    most: shown(tally.most),
  };
}

/** What a campaign came to, for people: of each measure a line for each arm. */
export function resultTable(result: Pick<CampaignResult, 'arms' | 'columns' | 'summary'>): string {
  const rows = summarized(result).flatMap(({ name, arms }) =>
    arms.map(({ arm, told }, i) => [i === 0 ? MEASURES[name].about : '', arm, ...STATISTICS.map((each) => told[each])]),
  );
  return table([['measure', 'arm', ...STATISTICS], ...rows]);
}

/** Of how many pumps a result is, how long they were lived with, and by what. */
export function resultHead({
  pumps,
  span: lasting,
  seed,
  arms,
  rows,
  shard,
  version,
  watched,
}: CampaignResult): string {
  const lives = new Set(rows.map(([pump]) => pump)).size;
  const part = shard.of > 1 ? `, shard ${shard.number} of ${shard.of}` : '';
  const of = lives === pumps ? `${pumps}` : `${lives} of ${pumps}`;
  const each = arms.length === 1 ? '' : `, each in ${arms.length} arms`;
  return `${of} pumps${part}${each}, ${formatDuration(span(lasting))}, seed ${seed}, Thecal ${version}; ${watched} lives held against the always-true rules`;
}
