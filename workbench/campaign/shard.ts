import { Life } from './life.ts';
import type { Measured } from './measures.ts';
import type { Arm, Plan } from './plan.ts';
import type { CampaignResult } from './result.ts';
import { Tally } from './summary.ts';

/** One part of a campaign's pumps: those with neighbouring numbers. Counted from 1. */
export interface Shard {
  readonly number: number;
  readonly of: number;
}

/** The numbers of its pumps, counted from 1: those above the first and up to the last. */
export function pumpsOf({ pumps }: Pick<Plan, 'pumps'>, { number, of }: Shard): readonly number[] {
  const [below, last] = [number - 1, number].map((part) => Math.floor((part * pumps) / of));
  const first = (below ?? 0) + 1;
  return Array.from({ length: Math.max(0, (last ?? 0) - first + 1) }, (_, i) => first + i);
}

/** The row of a life. */
export const rowOf = ({ columns }: Pick<Plan, 'columns'>, pump: number, arm: number, measured: Measured) => [
  pump,
  arm,
  ...columns.map((name) => measured[name] ?? null),
];

/** What is measured of a life; what goes wrong in one names the pump, so that it can be replayed. */
function livedBy(plan: Plan, arm: Arm, pump: number): Measured {
  try {
    return new Life(plan, arm, pump).whole();
  } catch (error) {
    throw new Error(`pump ${pump}, ${arm.name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Lives every pump of a shard in every arm, one life after the other, for whoever has something else to do in between. */
export function* shardRun(plan: Plan, shard: Shard, version: string): Generator<void, CampaignResult> {
  const rows: CampaignResult['rows'] = [];
  const tallies = plan.arms.map(() => plan.columns.map(() => new Tally()));
  for (const pump of pumpsOf(plan, shard)) {
    for (const [i, arm] of plan.arms.entries()) {
      const row = rowOf(plan, pump, i, livedBy(plan, arm, pump));
      rows.push(row);
      for (const [column, value] of row.slice(2).entries()) if (value !== null) tallies[i]?.[column]?.take(value);
      yield;
    }
  }
  return {
    thecal: 'campaign-result/1',
    version,
    plan: plan.digest,
    title: plan.title,
    seed: plan.seed,
    pumps: plan.pumps,
    span: plan.span,
    shard: { number: shard.number, of: shard.of },
    arms: plan.arms.map(({ name }) => name),
    columns: [...plan.columns],
    rows,
    summary: tallies.map((all) => all.map((tally) => tally.save())),
  };
}

/** The same at once. */
export function runShard(plan: Plan, shard: Shard, version: string): CampaignResult {
  const run = shardRun(plan, shard, version);
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value;
  }
}
