import { type CampaignResult, type Plan, planOf, resultText, type Shard, type Submitted } from '../index.ts';
import { live } from './campaign-lives.ts';

/* A thread that lives shards of campaigns that were submitted, one after the other. */

export interface ShardTask {
  readonly submitted: Submitted;
  readonly shard: Shard;
}

/** The result of a shard as a text, or why it cannot be lived: it would not be by anybody. */
export type ShardAnswer =
  | { readonly text: string; readonly lives: number; readonly breaches: CampaignResult['breaches'] }
  | { readonly failed: string };

/** The plan of the last shard: most are followed by another of the same. */
let last: { readonly name: string; readonly plan: Plan } | undefined;

export default async function liveShard({ submitted, shard }: ShardTask): Promise<ShardAnswer> {
  try {
    if (last?.name !== submitted.plan) last = { name: submitted.plan, plan: planOf(submitted) };
    const result = await live(last.plan, shard);
    return { text: resultText(result), lives: result.rows.length, breaches: result.breaches };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : `${error}` };
  }
}
