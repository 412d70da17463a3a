import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  type Failed,
  keptAs,
  type Read,
  readResult,
  readShardJob,
  readSubmitted,
  type ShardJob,
  type Standing,
  type Submitted,
  shardId,
  shardJobs,
  standing,
  submittedText,
} from '../index.ts';
import { usable } from './campaign-files.ts';
import { queuePackages } from './campaign-redis.ts';

/** What everything of Thecal in a Redis begins with. */
export const PREFIX = 'thecal';
const CAMPAIGNS = `${PREFIX}:campaigns`;
const resultsOf = (plan: string): string => `${PREFIX}:results:${plan}`;
const differingOf = (plan: string): string => `${PREFIX}:differing:${plan}`;

/** The queue of those who live shards by one version of Thecal: no other sees them. */
export const queueName = (version: string): string => `shards-${version}`;

/** What is thrown in a shard's life is thrown again; what befell a thread or a machine may not be: it is tried so often. */
const ATTEMPTS = { attempts: 3, backoff: { type: 'fixed', delay: 1000 } };
/** A shard is lost with its worker so many times before it is given up: machines come and go, but it may be the shard. */
export const MOST_STALLED = 20;
/** So many shards are added at once. */
const AT_ONCE = 1000;

const DIFFERS = 'was lived twice, and came to another result the second time';

/** The campaigns in a Redis: each by the digest of its plan, with one result for each shard. */
export class CampaignStore {
  readonly #redis: Redis;

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  /** Writes a campaign down unless there is one of this plan; the one that is there then. */
  async submit(submitted: Submitted): Promise<Submitted> {
    await this.#redis.hsetnx(CAMPAIGNS, submitted.plan, submittedText(submitted));
    return (await this.find(submitted.plan)) ?? submitted;
  }

  /** Every campaign, by title. */
  async all(): Promise<readonly Submitted[]> {
    const found = Object.entries(await this.#redis.hgetall(CAMPAIGNS));
    return found
      .map(([plan, text]) => usable(() => readSubmitted(text), `campaign ${plan}`))
      .sort((a, b) => (`${a.title} ${a.plan}` < `${b.title} ${b.plan}` ? -1 : 1));
  }

  async find(plan: string): Promise<Submitted | undefined> {
    const text = await this.#redis.hget(CAMPAIGNS, plan);
    return text === null ? undefined : usable(() => readSubmitted(text), `campaign ${plan}`);
  }

  /** Keeps the result of a shard that has none. Where another is kept, that stays, and it is written down who differed. */
  async keep({ plan, number }: ShardJob, text: string, by: string) {
    const isFirst = (await this.#redis.hsetnx(resultsOf(plan), `${number}`, text)) === 1;
    const before = isFirst ? undefined : ((await this.#redis.hget(resultsOf(plan), `${number}`)) ?? undefined);
    const kept = keptAs(text, before);
    if (kept === 'differs') await this.#redis.hsetnx(differingOf(plan), `${number}`, `${DIFFERS}, ${by}`);
    return kept;
  }

  async isKept({ plan, number }: ShardJob): Promise<boolean> {
    return (await this.#redis.hexists(resultsOf(plan), `${number}`)) === 1;
  }

  /** The results that are kept, in the order of their shards. */
  async results({ plan, shards }: Submitted): Promise<readonly Read[]> {
    const reads: Read[] = [];
    for (const { number } of shardJobs({ plan, shards })) {
      const text = await this.#redis.hget(resultsOf(plan), `${number}`);
      const file = `shard ${number} of ${plan}`;
      if (text !== null) reads.push({ file, result: usable(() => readResult(text), file) });
    }
    return reads;
  }

  async standing(submitted: Submitted, queue: Queue): Promise<Standing> {
    const { plan, shards } = submitted;
    const own = (jobs: readonly Job[]) =>
      jobs.flatMap(({ data, failedReason }) => {
        const job = readShardJob(data);
        return job.plan === plan ? [{ shard: job.number, reason: reasonOf(failedReason ?? '') }] : [];
      });
    // In the order in which a shard goes on: what moves meanwhile is found where it went.
    const active = own(await queue.getJobs(['active'])).map(({ shard }) => shard);
    const failed = own(await queue.getJobs(['failed']));
    const differing: Failed[] = Object.entries(await this.#redis.hgetall(differingOf(plan))).map(
      ([number, reason]) => ({
        shard: Number(number),
        reason,
      }),
    );
    const kept = await this.#numbers(plan);
    return standing({ shards, kept, active, failed, differing });
  }

  /** Puts shards into the queue that have no result: what failed is tried anew, what waits or is under way is let be. */
  async enqueue(submitted: Submitted, queue: Queue): Promise<void> {
    const kept = new Set(await this.#numbers(submitted.plan));
    const missing = shardJobs(submitted).filter(({ number }) => !kept.has(number));
    for (let i = 0; i < missing.length; i += AT_ONCE) {
      const some = missing.slice(i, i + AT_ONCE);
      for (const each of some) {
        const job: Job | undefined = await queue.getJob(shardId(each));
        if (job !== undefined && ['failed', 'completed'].includes(await job.getState())) await job.remove();
      }
      await queue.addBulk(
        some.map((each) => ({ name: 'shard', data: each, opts: { ...ATTEMPTS, jobId: shardId(each) } })),
      );
    }
  }

  async #numbers(plan: string): Promise<readonly number[]> {
    return (await this.#redis.hkeys(resultsOf(plan))).map(Number);
  }
}

/** Why a shard failed, in words; the queue has its own for one alone. */
const reasonOf = (reason: string): string =>
  reason === 'job stalled more than allowable limit' ? `lost with its worker more than ${MOST_STALLED} times` : reason;

/** The queue of a version, for whoever looks into it or adds to it. */
export async function withQueue<T>(redis: Redis, version: string, work: (queue: Queue) => Promise<T>): Promise<T> {
  const { Queue } = await queuePackages();
  const queue = new Queue(queueName(version), { connection: redis, prefix: PREFIX, skipMetasUpdate: true });
  // What fails says so where it is waited for.
  queue.on('error', () => undefined);
  try {
    return await work(queue);
  } finally {
    await queue.close();
  }
}
