import { table } from '../lines.ts';
import { formatMeasure, MEASURES } from './measures.ts';
import type { CampaignResult } from './result.ts';
import { merged } from './summary.ts';

const QUANTILES = [0.05, 0.5, 0.95];

/** What a campaign came to, for people: of each measure a line for each arm. */
export function resultTable({ arms, columns, summary }: Pick<CampaignResult, 'arms' | 'columns' | 'summary'>): string {
  const head = ['measure', 'arm', 'pumps', 'not 0', 'mean', '5th', 'median', '95th', 'most'];
  const tallies = columns.map((_, column) => arms.map((__, arm) => merged([summary[arm]?.[column] ?? []].flat())));
  const rows = columns.flatMap((name, column) =>
    arms.flatMap((arm, i) => {
      const tally = tallies[column]?.[i];
      const isOfNote = name !== 'startRefused' || tallies[column]?.some(({ some }) => some > 0);
      if (tally === undefined || !isOfNote) return [];
      const shown = (value: number | undefined) => (value === undefined ? '' : formatMeasure(name, value));
      const cells = [
        i === 0 ? MEASURES[name].about : '',
        arm,
        `${tally.count}`,
        tally.count === 0 ? '' : `${((100 * tally.some) / tally.count).toFixed(1)} %`,
        shown(tally.mean),
        ...QUANTILES.map((share) => shown(tally.quantile(share))),
        shown(tally.most),
      ];
      return [cells];
    }),
  );
  return table([head, ...rows]);
}
