import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { file, folder, thecal } from '../integration/cli.ts';
import { planText } from './plans.ts';
import { haveRedis, portOf, redisServer, WITHOUT_REDIS, worker } from './redis.ts';

/* Campaigns over a real Redis, whose workers are killed, and which is killed itself. */

const small = planText(['pumps: 4', 'pumps: 14'], ['span: 1d', 'span: 60d']);
/** Begins quickly, ends quickly. */
const tiny = planText(['pumps: 4', 'pumps: 2']);

/** A plan in a folder of its own, a Redis, and what `thecal campaign` says there. */
async function campaign(text: string, ...options: readonly string[]) {
  const root = dirname(file(text, 'plan.yaml'));
  const redis = await redisServer(root, ...options);
  const does = (...args: string[]) => thecal(['campaign', ...args], { cwd: root });
  /** The same over the Redis. */
  const over = (...args: string[]) => does(...args, '--redis', redis.url);
  const status = () => JSON.parse(over('status', 'plan.yaml', '--json').out).campaigns[0];
  return { root, redis, does, over, status, read: (name: string) => readFileSync(join(root, name), 'utf8') };
}

/** Reaches into a Redis. */
function inside(url: string): Redis {
  const client = new Redis(url);
  onTestFinished(() => client.disconnect());
  return client;
}

/** "shard 3 of 7" of what a worker said of it. */
const shardIn = (line: string): string => /shard \d+ of \d+/.exec(line)?.[0] ?? line;

if (WITHOUT_REDIS)
  process.stderr.write('\n!!! CAMPAIGNS OVER REDIS ARE NOT TESTED: THECAL_TEST_WITHOUT_REDIS is set\n\n');

describe.skipIf(WITHOUT_REDIS)('a campaign over Redis', () => {
  beforeAll(haveRedis, 300_000);

  test('is the same to the byte as in one thread, in two and in seven shards, though workers and Redis are killed', async () => {
    const { root, redis, does, over, status, read } = await campaign(small);
    const well = (...args: string[]) => expect(does(...args)).toMatchObject({ code: 0 });
    const overWell = (...args: string[]) => expect(over(...args)).toMatchObject({ code: 0 });
    well('run', 'plan.yaml', '--jobs', '1', '--out', 'one');
    const one = read('one/result.json');
    well('run', 'plan.yaml', '--jobs', '2', '--out', 'two');
    expect(read('two/result.json')).toBe(one);
    const shards = Array.from({ length: 7 }, (_, i) => `${i + 1}.json`);
    for (const [i, name] of shards.entries()) well('run', 'plan.yaml', '--shard', `${i + 1}/7`, '--out', name);
    well('merge', ...shards, '--out', 'merged.json');
    expect(read('merged.json')).toBe(one);

    await redis.start();
    const submitted = over('submit', 'plan.yaml', '--shards', '7');
    expect(submitted).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9a-f]{32}\n$/) });
    expect(over('submit', 'plan.yaml', '--shards', '7').out).toBe(submitted.out);
    const name = submitted.out.trim();
    expect(status()).toMatchObject({ name, shards: 7, waiting: 7, underWay: 0, done: 0, failed: [] });

    // Held while it is looked at, then killed: it never comes to a result.
    const first = worker(redis.url, '--jobs', '1', '--lock-seconds', '2');
    const held = shardIn(await first.says(/: begun$/));
    await first.signal('SIGSTOP');
    expect(status()).toMatchObject({ waiting: 6, underWay: 1, done: 0 });
    expect(over('merge', name, '--out', 'early.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('"A small one" is not done: 0 of 7 shards done, 1 under way, 6 waiting, 0 failed'),
    });
    await first.signal('SIGKILL');

    const second = worker(redis.url, '--jobs', '1', '--lock-seconds', '2');
    const lost = shardIn(await second.says(/: begun$/));
    await second.signal('SIGKILL');
    expect(second.err.filter((line) => line.startsWith(lost))).toHaveLength(1);

    const others = [1, 2].map(() => worker(redis.url, '--jobs', '1', '--lock-seconds', '2', '--until-done'));
    await Promise.race(others.map((each) => each.says(/: 4 lives/)));
    await redis.kill();
    await Promise.all(others.map((each) => each.says(/is not there: .*; waiting for it to return$/)));
    const done = others.flatMap(({ err }) => err.filter((line) => /: 4 lives/.test(line)));
    expect([1, 2, 3, 4, 5, 6]).toContain(done.length);
    await redis.start();
    expect(await Promise.all(others.map((each) => each.ended))).toEqual([0, 0]);
    const said = others.map(({ err }) => err.join('\n'));
    for (const text of said) expect(text).toContain(`${redis.url}: is back`);
    for (const shard of [held, lost])
      expect(said.join('\n')).toMatch(new RegExp(`^${shard}, A small one: 4 lives`, 'm'));

    expect(status()).toMatchObject({ waiting: 0, underWay: 0, done: 7, failed: [] });
    overWell('merge', 'plan.yaml', '--out', 'queue.json');
    expect(read('queue.json')).toBe(one);
    overWell('merge', name, '--out', 'named.json');
    expect(read('named.json')).toBe(one);
    expect(existsSync(join(root, 'early.json'))).toBe(false);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('goes back to the queue from a worker that %s stops', async (signal) => {
    const { redis, does, over, status, read } = await campaign(small);
    await redis.start();
    over('submit', 'plan.yaml', '--shards', '2');
    // Only what is given back is begun again before the lock is due.
    const stopped = worker(redis.url, '--jobs', '2', '--lock-seconds', '3600');
    await stopped.says(/: begun$/, 2);
    await stopped.signal(signal);
    expect(await stopped.says(/^stopped/)).toBe('stopped: 2 shards given back to the queue');
    expect(await stopped.ended).toBe(signal);
    expect(status()).toMatchObject({ waiting: 2, underWay: 0, done: 0, failed: [] });

    expect(over('work', '--until-done')).toMatchObject({ code: 0 });
    expect(over('merge', 'plan.yaml', '--out', 'all.json')).toMatchObject({ code: 0 });
    expect(does('run', 'plan.yaml', '--out', 'here')).toMatchObject({ code: 0 });
    expect(read('all.json')).toBe(read('here/result.json'));
  });

  test('keeps the first of two results, and says loudly where the second is another', async () => {
    const { redis, over, status } = await campaign(small);
    await redis.start();
    const name = over('submit', 'plan.yaml', '--shards', '2').out.trim();
    const client = inside(redis.url);
    const one = worker(redis.url, '--jobs', '1', '--until-done');
    await one.says(/shard 1 of 2, A small one: begun/);
    await client.hset(`thecal:results:${name}`, '1', 'another');
    expect(await one.ended).toBe(3);
    expect(one.err.join('\n')).toContain('shard 1 of 2, A small one: ANOTHER RESULT THAN WAS KEPT');
    expect(await client.hget(`thecal:results:${name}`, '1')).toBe('another');
    const failed = [{ shard: 1, reason: expect.stringContaining('was lived twice, and came to another result') }];
    expect(status()).toMatchObject({ waiting: 0, underWay: 0, done: 1, failed });
    expect(over('status')).toMatchObject({ code: 1, out: expect.stringContaining('was lived twice') });
    const merged = over('merge', name, '--out', 'all.json');
    expect(merged).toMatchObject({ code: 2, err: expect.stringContaining('1 failed') });
  });

  test('is left alone by a worker of another version, and refused by one that reads its plan otherwise', async () => {
    const { redis, over, status } = await campaign(tiny);
    await redis.start();
    const name = over('submit', 'plan.yaml', '--shards', '2').out.trim();
    const client = inside(redis.url);
    const record = JSON.parse((await client.hget('thecal:campaigns', name)) ?? '');
    const replace = (by: object) => client.hset('thecal:campaigns', name, JSON.stringify({ ...record, ...by }));

    await replace({ text: record.text.replace('seed: 7', 'seed: 8') });
    const ended = over('work', '--until-done');
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining('0 of 2 shards done') });
    const reason = expect.stringContaining('its plan is read as another than it was submitted as');
    expect(status().failed).toEqual([1, 2].map((shard) => ({ shard, reason })));

    // What failed is tried anew once it is submitted again.
    await replace({});
    expect(over('submit', 'plan.yaml', '--shards', '2').err).toContain('2 waiting, 0 under way, 0 done');

    await replace({ version: '9.9.9' });
    await client.del(`thecal:shards-${record.version}:wait`);
    const other = over('work', '--until-done');
    expect(other).toMatchObject({
      code: 2,
      err: expect.stringMatching(/"A small one" is of Thecal 9\.9\.9, and this is /),
    });
    const again = over('submit', 'plan.yaml', '--shards', '2');
    expect(again).toMatchObject({ code: 2, err: expect.stringContaining('by another version of Thecal, 9.9.9') });
    expect(over('status').out).toMatch(/A small one +[0-9a-f]{32} +9\.9\.9 +2 +2 +0 +0 +0/);
  });

  test('brings along the files its plan names, and is in one number of shards', async () => {
    const own = tiny.replace('profile: synchromed-ii-like-20', 'profile: ./pumps/mine.yaml');
    const { root, redis, does, over, read } = await campaign(own);
    mkdirSync(join(root, 'pumps'));
    writeFileSync(
      join(root, 'pumps/mine.yaml'),
      'thecal: profile/1\nname: mine\ntitle: Mine\nabout: Made up\nlike: synchromed-ii-like-20\nparameters: {}\n',
    );
    await redis.start();
    expect(over('submit', 'plan.yaml')).toMatchObject({ code: 0 });
    const says = expect.stringContaining('in 2 shards, not in 1: expected --shards 2');
    expect(over('submit', 'plan.yaml', '--shards', '1')).toMatchObject({ code: 2, err: says });
    const elsewhere = thecal(['campaign', 'work', '--until-done', '--redis', redis.url], { cwd: folder() });
    expect(elsewhere).toMatchObject({ code: 0, err: expect.stringContaining('shard 2 of 2, A small one: 2 lives') });
    expect(does('run', 'plan.yaml', '--jobs', '1', '--out', 'one').code).toBe(0);
    expect(over('merge', 'plan.yaml', '--out', 'all.json').code).toBe(0);
    expect(read('all.json')).toBe(read('one/result.json'));
  });

  test('needs the password of Redis, and a database that is there', async () => {
    const { redis, does } = await campaign(tiny, '--requirepass', 'sesame');
    await redis.start();
    const at = (user: string, path = '') => redis.url.replace('//', `//${user}`) + path;
    for (const command of [['submit', 'plan.yaml'], ['status'], ['work']]) {
      const refused = (url: string, says: string) => {
        const { code, out, err } = does(...command, '--redis', url);
        expect({ code, out, err }).toEqual({ code: 2, out: '', err: expect.stringContaining(says) });
        expect(err).not.toContain('open');
      };
      refused(redis.url, 'wants a password');
      refused(at(':open@'), 'refuses this user or password');
      refused(at(':sesame@', '/99'), 'DB index is out of range');
    }
    const empty = { code: 0, out: 'no campaign has been submitted\n', err: '' };
    expect(does('status', '--redis', at(':sesame@'))).toEqual(empty);
  });

  test('is nowhere else but where campaigns are', async () => {
    const { redis, over } = await campaign(tiny);
    await redis.start();
    const refused = (says: string, ...args: string[]) =>
      expect(over(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(says) });
    const missing = 'has no campaign of plan.yaml with 2 pumps for 1d: expected one that "thecal campaign submit" put';
    refused(missing, 'status', 'plan.yaml');
    refused('deadbeef: no such file: expected a plan, or the name', 'status', 'deadbeef');
    await inside(redis.url).set('thecal:campaigns', 'of somebody else');
    const other = 'holds something else where campaigns are to be: expected another database';
    for (const args of [['submit', 'plan.yaml'], ['status'], ['work', '--until-done']]) {
      refused(other, ...args);
      expect(over(...args).err).not.toContain('takes shards');
    }
  });

  test('has workers that wait for a Redis that is not there yet, while every other command ends', async () => {
    const { redis, does, over } = await campaign(tiny);
    const early = worker(redis.url, '--until-done');
    await early.says(/is not there: .*ECONNREFUSED.*; waiting for it to return$/);
    const gone = expect.stringContaining('cannot be reached: connect ECONNREFUSED');
    for (const args of [['submit', 'plan.yaml'], ['status'], ['merge', 'plan.yaml', '--out', 'all.json']])
      expect(over(...args)).toMatchObject({ code: 2, out: '', err: gone });
    await redis.start();
    await early.says(/is back$/);
    expect(await early.ended).toBe(0);

    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const mute = does('submit', 'plan.yaml', '--redis', `redis://127.0.0.1:${portOf(silent)}`);
    expect(mute).toMatchObject({ code: 2, err: expect.stringContaining('cannot be reached: did not answer for 10 s') });
  });
});
