import { existsSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { formatDuration, type Read, type Standing, type Submitted } from '../index.ts';
import { planIn, planSource } from './campaign-files.ts';
import type { StatusFlags } from './campaign-flags.ts';
import { shownAddress, withRedis } from './campaign-redis.ts';
import { CampaignStore, withQueue } from './campaign-store.ts';
import { EXIT, Unusable } from './exit.ts';
import { counted, out, table } from './print.ts';

type Asked = Pick<StatusFlags, 'redis' | 'pumps' | 'span'>;

interface Stands extends Standing {
  readonly submitted: Submitted;
}

/** Prints how far campaigns in a queue are. Where a shard failed, it is not well. */
export async function campaignStatus(of: string | undefined, flags: StatusFlags): Promise<void> {
  const all = await withRedis(flags.redis, async (redis) => {
    const store = new CampaignStore(redis);
    const asked = of === undefined ? await store.all() : [await found(store, of, flags)];
    return standings(store, redis, asked);
  });
  if (flags.json) out(JSON.stringify({ campaigns: all.map(asJson) }));
  else out(all.length === 0 ? 'no campaign has been submitted' : statusText(all));
  if (all.some(({ failed }) => failed.length > 0)) process.exitCode = EXIT.failed;
}

/** The results of one campaign. Throws Unusable, also where a shard came to two of them. */
export function resultsInQueue(of: string, flags: Asked): Promise<readonly Read[]> {
  return withRedis(flags.redis, async (redis) => {
    const store = new CampaignStore(redis);
    const submitted = await found(store, of, flags);
    const [{ waiting, underWay, done, failed } = none] = await standings(store, redis, [submitted]);
    if (done === submitted.shards) return store.results(submitted);
    throw new Unusable(
      [
        `"${submitted.title}" is not done: ${done} of ${counted(submitted.shards, 'shard')} done, ${underWay} under way, ${waiting} waiting, ${failed.length} failed`,
        ...failedLines(submitted, failed),
      ].join('\n'),
    );
  });
}

const none: Standing = { waiting: 0, underWay: 0, done: 0, failed: [] };

/** The campaign of a plan, or of a name. Throws Unusable where there is none. */
async function found(store: CampaignStore, of: string, { redis, pumps, span }: Asked): Promise<Submitted> {
  const isName = /^[0-9a-f]{32}$/.test(of) && !existsSync(of);
  if (!isName && !existsSync(of))
    throw new Unusable(
      `${of}: no such file: expected a plan, or the name of 32 digits that "thecal campaign submit" gave it`,
    );
  const plan = isName ? undefined : planIn(planSource(of, { ...(pumps && { pumps }), ...(span && { span }) }));
  const submitted = await store.find(plan?.digest ?? of);
  if (submitted !== undefined) return submitted;
  const which = plan === undefined ? of : `of ${of} with ${plan.pumps} pumps for ${formatDuration(plan.span)}`;
  const expected = plan === undefined ? '' : ', with the same --pumps and --span';
  throw new Unusable(
    `${shownAddress(redis)}: has no campaign ${which}: expected one that "thecal campaign submit" put there${expected}`,
  );
}

/** How far campaigns are, each in the queue of its version. */
export async function standings(
  store: CampaignStore,
  redis: Redis,
  campaigns: readonly Submitted[],
): Promise<readonly Stands[]> {
  const all: Stands[] = [];
  for (const submitted of campaigns) {
    const stands = await withQueue(redis, submitted.version, (queue) => store.standing(submitted, queue));
    all.push({ submitted, ...stands });
  }
  return all;
}

const asJson = ({ submitted: { plan, title, version, shards }, waiting, underWay, done, failed }: Stands) => ({
  name: plan,
  title,
  version,
  shards,
  waiting,
  underWay,
  done,
  failed,
});

function statusText(all: readonly Stands[]): string {
  const head = ['campaign', 'name', 'Thecal', 'shards', 'waiting', 'under way', 'done', 'failed'];
  const rows = all.map(({ submitted: { plan, title, version, shards }, waiting, underWay, done, failed }) => [
    title,
    plan,
    version,
    ...[shards, waiting, underWay, done, failed.length].map(String),
  ]);
  return [table([head, ...rows]), ...all.flatMap(({ submitted, failed }) => failedLines(submitted, failed))].join('\n');
}

/** Why shards failed, a line each. */
export const failedLines = ({ title, shards }: Submitted, failed: Standing['failed']): readonly string[] =>
  failed.map(({ shard, reason }) => `shard ${shard} of ${shards}, ${title}: ${reason}`);
