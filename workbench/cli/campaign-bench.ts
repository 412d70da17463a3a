import { hostname } from 'node:os';
import type { Piscina } from 'piscina';
import { ResultError, readShardJob, type Shard, type ShardJob, type Submitted, shardName } from '../index.ts';
import type { ShardAnswer, ShardTask } from './campaign-shard-worker.ts';
import type { CampaignStore } from './campaign-store.ts';
import { counted, note } from './print.ts';
import { YOUNG_MB } from './side-by-side.ts';

/** A shard that nobody could live, or that came to something else before: to try it again is in vain. */
export class Hopeless extends Error {}

/** Where shards from a queue are lived, in threads of their own: that of the queue is free to renew their locks. */
export class Bench {
  readonly #store: CampaignStore;
  readonly #threads: Piscina<ShardTask, ShardAnswer>;
  #isBroken = false;

  private constructor(store: CampaignStore, threads: Piscina<ShardTask, ShardAnswer>) {
    this.#store = store;
    this.#threads = threads;
  }

  static async of(store: CampaignStore, count: number): Promise<Bench> {
    const { Piscina } = await import('piscina');
    const threads = new Piscina<ShardTask, ShardAnswer>({
      filename: new URL('./campaign-shard-worker.js', import.meta.url).href,
      minThreads: count,
      maxThreads: count,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    return new Bench(store, threads);
  }

  /** Whether a life broke an always-true rule, or a shard came to two results. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Lives what waited in the queue, and keeps its result. Throws Hopeless. */
  async live(data: unknown): Promise<void> {
    const { job, submitted } = await this.#meant(data);
    const shard: Shard = { number: job.number, of: job.of };
    const name = shardName(shard, submitted.title);
    if (await this.#store.isKept(job)) return note(`${name}: was done already`);
    note(`${name}: begun`);
    const answer = await this.#threads.run({ submitted, shard });
    if ('failed' in answer) {
      note(`${name}: ${answer.failed}`);
      throw new Hopeless(answer.failed);
    }
    for (const breach of answer.breaches) note(breach);
    this.#isBroken ||= answer.breaches.length > 0;
    const kept = await this.#store.keep(job, answer.text, `by ${hostname()}`);
    if (kept !== 'differs')
      return note(`${name}: ${answer.lives} lives${kept === 'same' ? ', as another had them' : ''}`);
    this.#isBroken = true;
    note(`${name}: ANOTHER RESULT THAN WAS KEPT: the same lives must come to the same: one of two machines is wrong`);
    throw new Hopeless('came to another result than was kept');
  }

  async #meant(data: unknown): Promise<{ readonly job: ShardJob; readonly submitted: Submitted }> {
    const job = orHopeless(() => readShardJob(data));
    const submitted = await this.#store.find(job.plan);
    if (submitted?.shards === job.of) return { job, submitted };
    throw new Hopeless(`there is no campaign ${job.plan} of ${counted(job.of, 'shard')}`);
  }

  close(): Promise<void> {
    return this.#threads.destroy();
  }
}

function orHopeless<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof ResultError ? new Hopeless(error.message) : error;
  }
}
