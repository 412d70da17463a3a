import { keeping, type Plan, type Submitted, submittedOf } from '../index.ts';
import { besidePlan, mindEmpty, planIn, planSource, shardsOf } from './campaign-files.ts';
import type { SubmitFlags } from './campaign-flags.ts';
import { shownAddress, withRedis } from './campaign-redis.ts';
import { CampaignStore, withQueue } from './campaign-store.ts';
import { Unusable } from './exit.ts';
import { version } from './files.ts';
import { counted, note, out } from './print.ts';

/** Puts the shards of a campaign into a queue, and prints its name. */
export async function submitCampaign(path: string, flags: SubmitFlags): Promise<void> {
  const source = planSource(path, flags);
  const { open, files } = keeping(besidePlan(source));
  const plan = planIn(source, true, open);
  const shards = flags.shards ?? shardsOf(plan);
  mindEmpty(plan, shards);
  const asked = submittedOf(plan, { ...source, files }, shards, version());
  await withRedis(flags.redis, async (redis) => {
    const store = new CampaignStore(redis);
    const there = await store.submit(asked);
    assertSame(there, asked, flags);
    const { waiting, underWay, done, failed } = await withQueue(redis, asked.version, async (queue) => {
      await store.enqueue(asked, queue);
      return store.standing(asked, queue);
    });
    const bad = failed.length === 0 ? '' : `, ${failed.length} failed`;
    note(
      `${plan.title}: ${shardsAndLives(plan, asked)} at ${shownAddress(flags.redis)}: ${waiting} waiting, ${underWay} under way, ${done} done${bad}`,
    );
    out(plan.digest);
  });
}

const shardsAndLives = ({ pumps, arms }: Plan, { shards }: Submitted): string =>
  `${counted(shards, 'shard')} of ${pumps * arms.length} lives`;

/** That a campaign is there as it is asked for. Throws Unusable. */
function assertSame(there: Submitted, asked: Submitted, { redis }: SubmitFlags): void {
  const other =
    there.version !== asked.version
      ? `by another version of Thecal, ${there.version}: expected that version, or`
      : there.shards !== asked.shards
        ? `in ${counted(there.shards, 'shard')}, not in ${asked.shards}: expected --shards ${there.shards}, or`
        : undefined;
  if (other === undefined) return;
  throw new Unusable(
    `${shownAddress(redis)}: has the campaign ${there.plan} already, submitted ${other} another database, such as redis://host:6379/1`,
  );
}
