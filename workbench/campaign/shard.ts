import { breachText, Invariants } from '../invariants/index.ts';
import type { TraceSink } from '../trace.ts';
import { Life } from './life.ts';
import type { Measured } from './measures.ts';
import type { Arm, Plan } from './plan.ts';
import { drawPump } from './population.ts';
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

/** One pump in so many is held against the always-true rules, the first among them: it takes as long again and more. */
const WATCHED = 50;
const isWatched = (pump: number): boolean => pump % WATCHED === 1;

/** A life and the always-true rules it broke, in words, as far as it was held against them. */
interface Lived {
  readonly measured: Measured;
  readonly breaches: readonly string[];
}

/** A life with every always-true rule held against it; `watch` is told everything that happens. */
export function watchedLife(plan: Plan, arm: Arm, pump: number, watch?: TraceSink): Lived {
  const invariants = new Invariants(drawPump(plan, arm, pump).device);
  const life = new Life(plan, arm, pump, (record) => {
    watch?.(record);
    invariants.take(record);
  });
  const measured = life.whole();
  invariants.finish(life.now);
  return { measured, breaches: invariants.breaches.map((breach) => `${nameOf(arm, pump)}: ${breachText(breach)}`) };
}

export const nameOf = (arm: Arm, pump: number): string => `pump ${pump}, ${arm.name}`;

/** What became of a pump; what goes wrong in its life names it, so that it can be replayed. */
function lived(plan: Plan, arm: Arm, pump: number): Lived {
  try {
    if (isWatched(pump)) return watchedLife(plan, arm, pump);
    return { measured: new Life(plan, arm, pump).whole(), breaches: [] };
  } catch (error) {
    throw new Error(`${nameOf(arm, pump)}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}

/** Lives every pump of a shard in every arm, one life after the other, for whoever has something else to do in between. */
export function* shardRun(plan: Plan, shard: Shard, version: string): Generator<void, CampaignResult> {
  const rows: CampaignResult['rows'] = [];
  const breaches: string[] = [];
  const pumps = pumpsOf(plan, shard);
  const tallies = plan.arms.map(() => plan.columns.map(() => new Tally()));
  for (const pump of pumps) {
    for (const [i, arm] of plan.arms.entries()) {
      const { measured, breaches: broken } = lived(plan, arm, pump);
      breaches.push(...broken);
      const row = rowOf(plan, pump, i, measured);
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
    watched: pumps.filter(isWatched).length * plan.arms.length,
    breaches,
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
