import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CampaignResult, type Plan, type Shard, shardRun } from '../index.ts';
import { version } from './files.ts';

/** Lives a shard; `onLife` is told as often as a life is over. */
export async function live(plan: Plan, shard: Shard, onLife: () => void = () => undefined): Promise<CampaignResult> {
  const run = shardRun(plan, shard, version());
  for (;;) {
    const next = run.next();
    if (next.done === true) return next.value;
    onLife();
    // A turn of the loop lets an interruption in.
    await nextTurn();
  }
}
