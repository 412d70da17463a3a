import { z } from 'zod';
import { readBy } from '../scenario/issues.ts';
import { ResultError } from './result.ts';
import type { Shard } from './shard.ts';
import { DIGEST, type Submitted, shardNumber } from './submitted.ts';

/*
 * The shards of a campaign in a queue.
 */

/** What waits in the queue for one shard. */
const shardJobSchema = z.strictObject({ plan: z.string().regex(DIGEST), number: shardNumber, of: shardNumber });
export type ShardJob = Readonly<z.output<typeof shardJobSchema>>;

/** Reads what waited for a shard. Throws ResultError. */
export function readShardJob(data: unknown): ShardJob {
  const parsed = readBy(shardJobSchema, data);
  if (parsed.success) return parsed.data;
  throw new ResultError(`no shard as "thecal campaign submit" leaves it: ${parsed.problems[0]?.message ?? ''}`);
}

/** By what a shard is known in the queue: the same shard of the same plan is there once. */
export const shardId = ({ plan, number, of }: ShardJob): string => `${plan}-${number}-of-${of}`;

/** Every shard of a campaign. */
export const shardJobs = ({ plan, shards: of }: Pick<Submitted, 'plan' | 'shards'>): readonly ShardJob[] =>
  Array.from({ length: of }, (_, i) => ({ plan, number: i + 1, of }));

/** Whether a shard's result was kept first, or had been there: the very same, or another. */
export type Kept = 'first' | 'same' | 'differs';

/** What becomes of a result, with what was there before it: the first is kept, and lives come out alike. */
export const keptAs = (text: string, before: string | undefined): Kept =>
  before === undefined ? 'first' : before === text ? 'same' : 'differs';

/** How far the shards of a campaign are. */
export interface Standing {
  readonly waiting: number;
  readonly underWay: number;
  readonly done: number;
  readonly failed: readonly Failed[];
}

export interface Failed {
  readonly shard: number;
  readonly reason: string;
}

/** What is known of the shards of a campaign: by number, but for how many there are. */
export interface Known {
  readonly shards: number;
  /** Whose result is kept. */
  readonly kept: readonly number[];
  readonly active: readonly number[];
  /** Why some failed, and of which another result came than was kept. */
  readonly failed: readonly Failed[];
  readonly differing: readonly Failed[];
}

/** Each shard counts once: one whose result is kept is done, wherever it stands in the queue, unless another came too. */
export function standing({ shards, kept, active, failed, differing }: Known): Standing {
  const spoilt = new Set(differing.map(({ shard }) => shard));
  const done = new Set(kept.filter((number) => !spoilt.has(number)));
  const bad = [...differing, ...failed.filter(({ shard }) => !done.has(shard) && !spoilt.has(shard))];
  const isSettled = (number: number) => done.has(number) || bad.some(({ shard }) => shard === number);
  const underWay = new Set(active.filter((number) => !isSettled(number))).size;
  return {
    done: done.size,
    underWay,
    waiting: shards - done.size - underWay - bad.length,
    failed: bad.toSorted((a, b) => a.shard - b.shard),
  };
}

/** "shard 3 of 7, A small one". */
export const shardName = ({ number, of }: Shard, title: string): string => `shard ${number} of ${of}, ${title}`;
