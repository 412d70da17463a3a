import type { CampaignResult } from '../campaign/result.ts';
import type { Summarized } from '../campaign/tables.ts';
import { type Scale, scaleOf } from './campaign-scale.ts';
import type { Sample } from './histogram.ts';

/** A measure with what each life of each arm had of it, in the unit it is drawn in. */
export interface Sampled extends Summarized {
  readonly scale: Scale;
  readonly samples: readonly Sample[];
}

/** A measure with its values, taken from the rows of a result. */
export function sampled(measure: Summarized, { columns, rows }: CampaignResult): Sampled {
  const { name, arms } = measure;
  const scale = scaleOf(
    name,
    arms.map(({ tally }) => tally),
  );
  const column = columns.indexOf(name) + 2;
  const samples = arms.map(({ arm, tally }, i): Sample => {
    const values = rows.flatMap((row) => (row[1] === i ? (row[column] ?? []) : []));
    const [low, median, high] = [0.05, 0.5, 0.95].map((share) => tally.quantile(share));
    const isThere = low !== undefined && median !== undefined && high !== undefined;
    const range = isThere ? ([low / scale.per, median / scale.per, high / scale.per] as const) : undefined;
    return { name: arm, values: values.map((value) => value / scale.per), range };
  });
  return { ...measure, scale, samples };
}
