import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { Job, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { Bench, Hopeless } from './campaign-bench.ts';
import type { WorkFlags } from './campaign-flags.ts';
import { asUnusable, lastingRedis, queuePackages, shownAddress } from './campaign-redis.ts';
import { failedLines, standings } from './campaign-status.ts';
import { CampaignStore, MOST_STALLED, PREFIX, queueName, withQueue } from './campaign-store.ts';
import { EXIT, Unusable } from './exit.ts';
import { version } from './files.ts';
import { counted, note } from './print.ts';

/** How often it is looked what there is in the queue, in ms. */
const LOOK_MS = 500;
/** How long whoever stops a worker waits for Redis to take back what is under way, in ms. */
const GIVE_BACK_MS = 2000;

/** What a worker has under way, each with the token it holds it by. */
type Held = Map<Job, string | undefined>;

/** Lives shards from a queue. Throws Unusable where Redis refuses to be used, or where all that is left is for others. */
export async function work({ redis: url, jobs, untilDone, lockSeconds }: WorkFlags): Promise<void> {
  const { redis, refused, end } = await lastingRedis(url);
  const threads = jobs ?? availableParallelism();
  const store = new CampaignStore(redis);
  const bench = await Bench.of(store, threads);
  const held: Held = new Map();
  const done = new AbortController();
  let worker: Worker | undefined;
  let signal: NodeJS.Signals | undefined;
  try {
    // Where what is there is of no campaign, nothing is begun.
    await Promise.race([refused, store.all()]);
    worker = await queueWorker(redis, bench, held, { threads, lockSeconds });
    note(`${shownAddress(url)}: takes shards, in ${counted(threads, 'thread')}`);
    signal = await Promise.race([
      refused,
      stopSignal(done.signal),
      withQueue(redis, version(), (queue) => untilNothingIsLeft(store, queue, untilDone ?? false)).then(
        () => undefined,
      ),
    ]);
    if (signal === undefined) await tellEnd(store, redis, bench);
    else note(`stopped: ${await giveBack(worker, held, lockSeconds)}`);
  } catch (error) {
    throw asUnusable(url, error);
  } finally {
    // Nothing is under way here, or there is nobody to tell what it comes to.
    await worker?.close(true);
    await bench.close();
    end();
    done.abort();
  }
  if (signal !== undefined) process.kill(process.pid, signal);
}

/** The first signal to stop, unless whoever waits for it is done before. A second of the same ends a process at once. */
async function stopSignal(done: AbortSignal): Promise<NodeJS.Signals> {
  const [given] = await Promise.race(['SIGINT', 'SIGTERM'].map((each) => once(process, each, { signal: done })));
  return given;
}

/** Puts what is under way back into the queue, for another to begin at once; what came of that, in words. */
async function giveBack(worker: Worker, held: Held, lockSeconds: number): Promise<string> {
  await worker.pause(true);
  let back = 0;
  const all = [...held].map(async ([job, token]) => {
    await job.moveToWait(token);
    back += 1;
  });
  await Promise.race([Promise.allSettled(all), wait(GIVE_BACK_MS, undefined, { ref: false })]);
  const left = all.length - back;
  return left === 0
    ? `${counted(back, 'shard')} given back to the queue`
    : `${counted(left, 'shard')} still under way, for another to begin within ${2 * lockSeconds} s`;
}

async function queueWorker(
  redis: Redis,
  bench: Bench,
  held: Held,
  { threads, lockSeconds }: { readonly threads: number; readonly lockSeconds: number },
): Promise<Worker> {
  const { UnrecoverableError, Worker } = await queuePackages();
  const live = async (job: Job, token?: string) => {
    held.set(job, token);
    try {
      await bench.live(job.data);
    } catch (error) {
      throw error instanceof Hopeless ? new UnrecoverableError(error.message) : error;
    } finally {
      held.delete(job);
    }
  };
  const worker = new Worker(queueName(version()), live, {
    connection: redis,
    prefix: PREFIX,
    concurrency: threads,
    lockDuration: lockSeconds * 1000,
    // What is lost with its worker is noticed within twice the time of a lock.
    stalledInterval: lockSeconds * 500,
    maxStalledCount: MOST_STALLED,
    runRetryDelay: LOOK_MS,
  });
  worker.on('error', (error) => {
    if (!isExpected(error)) note(error.message);
  });
  return worker;
}

/** Of a connection that is gone the connection tells; of a lock that is lost the result does, which is kept once. */
const isExpected = (error: Error): boolean =>
  'code' in error || /lock|not in the active state|connection is closed/i.test(error.message);

/** Looks into the queue time and again. Ends, where that is asked for, once nothing waits there or is under way. */
async function untilNothingIsLeft(store: CampaignStore, queue: Queue, isToEnd: boolean): Promise<void> {
  const told = new Set<string>();
  for (;;) {
    for (const { plan, title, version: other } of await store.all()) {
      if (other === version() || told.has(plan)) continue;
      told.add(plan);
      note(`"${title}" is of Thecal ${other}, and this is ${version()}: left to workers of that version`);
    }
    if (isToEnd && (await isEmpty(queue))) return;
    await wait(LOOK_MS);
  }
}

const isEmpty = async (queue: Queue): Promise<boolean> =>
  (await queue.getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized')) === 0;

/** Tells what is not done though nothing waits. Throws Unusable where that is for workers of another version alone. */
async function tellEnd(store: CampaignStore, redis: Redis, bench: Bench): Promise<void> {
  const all = await standings(store, redis, await store.all());
  const open = all.filter(({ submitted, done }) => done < submitted.shards);
  const own = open.filter(({ submitted }) => submitted.version === version());
  for (const { submitted, done, failed } of own) {
    note(
      `${submitted.title}: ${done} of ${counted(submitted.shards, 'shard')} done: submit it again to have the others lived`,
    );
    for (const line of failedLines(submitted, failed)) note(line);
  }
  if (bench.isBroken) process.exitCode = EXIT.broken;
  else if (own.length > 0) process.exitCode = EXIT.failed;
  else if (open.length > 0)
    throw new Unusable('what is left is of another version of Thecal: expected a worker of that');
}
