import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPlan } from '../../workbench/campaign/plan.ts';
import { keptAs, readShardJob, shardId, shardJobs, standing } from '../../workbench/campaign/standing.ts';
import { keeping, planOf, readSubmitted, submittedOf, submittedText } from '../../workbench/campaign/submitted.ts';
import { shownAddress } from '../../workbench/cli/campaign-redis.ts';
import { file, thecal } from '../integration/cli.ts';
import { PLAN, plan, planText } from './plans.ts';

/* What can be said of a campaign over Redis where there is none: queue.long.test.ts has one. */

const text = planText(['profile: synchromed-ii-like-20', 'profile: ./mine.yaml']);
const MINE =
  'thecal: profile/1\nname: mine\ntitle: Mine\nabout: Made up\nlike: synchromed-ii-like-20\nparameters: {}\n';

describe('a campaign that is submitted', () => {
  const { open, files } = keeping((path) => ({ file: `/home/me/${path}`, text: MINE }));
  const instead = { pumps: 3 };
  const own = loadPlan(text, open, instead);
  const submitted = submittedOf(own, { text, files, instead }, 3, '1.2.3');

  test('is the very same plan where it is read again, with nothing but what was submitted', () => {
    const read = readSubmitted(submittedText(submitted));
    expect(read).toEqual(submitted);
    expect(planOf(read).digest).toBe(own.digest);
    expect(planOf(read).pumps).toBe(3);
    expect(submittedText(submitted)).not.toContain('/home/me');
  });

  test.each([
    ['other pumps', { instead: { pumps: 4 } }, 'its plan is read as another than it was submitted as'],
    [
      'another seed',
      { text: text.replace('seed: 7', 'seed: 8') },
      'its plan is read as another than it was submitted as',
    ],
    ['a file left out', { files: {} }, './mine.yaml: was not submitted with it'],
  ])('is refused with %s', (_, other, says) => {
    expect(() => planOf({ ...submitted, ...other })).toThrow(says);
  });

  test.each([
    ['half of it', submittedText(submitted).slice(0, -20)],
    ['no number of shards', JSON.stringify({ ...submitted, shards: 0 })],
    ['another format', JSON.stringify({ ...submitted, thecal: 'campaign-queue/2' })],
  ])('is no campaign where there is %s', (_, stored) => {
    expect(() => readSubmitted(stored)).toThrow('no campaign as "thecal campaign submit" leaves it: ');
  });
});

describe('the shards of a campaign in a queue', () => {
  const jobs = shardJobs({ plan: plan().digest, shards: 7 });

  test('have names that no other plan, shard or number of shards has, and that a queue takes', () => {
    const others = [shardJobs({ plan: plan().digest, shards: 8 }), shardJobs({ plan: 'a'.repeat(32), shards: 7 })];
    const names = [jobs, ...others].flat().map(shardId);
    expect(new Set(names).size).toBe(22);
    expect(shardJobs({ plan: plan().digest, shards: 7 }).map(shardId)).toEqual(jobs.map(shardId));
    // A colon parts the keys of a queue.
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}-\d-of-\d$/);
  });

  test('are read as they were put there, and nothing else is', () => {
    for (const job of jobs) expect(readShardJob({ ...job })).toEqual(job);
    for (const data of [undefined, {}, { ...jobs[0], number: 0 }, { ...jobs[0], plan: '../x' }])
      expect(() => readShardJob(data)).toThrow('no shard as "thecal campaign submit" leaves it: ');
  });

  test('have one result each: the first, which a second is or is not', () => {
    expect([keptAs('a', undefined), keptAs('a', 'a'), keptAs('a', 'b')]).toEqual(['first', 'same', 'differs']);
  });

  test('count once each, wherever they stand', () => {
    const none = { shards: 7, kept: [], active: [], failed: [], differing: [] };
    expect(standing(none)).toEqual({ waiting: 7, underWay: 0, done: 0, failed: [] });
    // One whose worker was lost after its result was kept is done; one that failed before another had it, too.
    const some = { ...none, kept: [1, 2, 3], active: [2, 4], failed: [{ shard: 3, reason: 'x' }] };
    expect(standing(some)).toEqual({ waiting: 3, underWay: 1, done: 3, failed: [] });
    const worse = {
      ...some,
      failed: [
        { shard: 6, reason: 'lost' },
        { shard: 1, reason: 'other' },
      ],
      differing: [{ shard: 1, reason: 'twice' }],
    };
    const failed = [
      { shard: 1, reason: 'twice' },
      { shard: 6, reason: 'lost' },
    ];
    expect(standing(worse)).toEqual({ waiting: 2, underWay: 1, done: 2, failed });
  });
});

describe('without a Redis', () => {
  const nowhere = 'redis://127.0.0.1:1';
  const does = (...args: string[]) => {
    const cwd = dirname(file(PLAN, 'plan.yaml'));
    return { ...thecal(['campaign', ...args], { cwd }), left: readdirSync(cwd) };
  };

  test.each([
    [['submit', 'plan.yaml', '--redis', nowhere], 'redis://127.0.0.1:1: cannot be reached: connect ECONNREFUSED'],
    [['status', '--redis', nowhere], 'cannot be reached: connect ECONNREFUSED'],
    [['merge', 'plan.yaml', '--redis', nowhere, '--out', 'all.json'], 'cannot be reached: connect ECONNREFUSED'],
    [['submit', 'plan.yaml'], "required option '--redis <url>' not specified"],
    [['work', '--redis', 'http://127.0.0.1'], 'expected an address such as redis://127.0.0.1:6379'],
    [['status', '--redis', '127.0.0.1:6379'], 'expected an address such as redis://127.0.0.1:6379'],
    [['status', '--redis', 'redis://host/one'], 'expected an address such as redis://127.0.0.1:6379'],
    [['submit', 'no.yaml', '--redis', nowhere], 'no.yaml: cannot be read'],
    [['submit', 'plan.yaml', '--redis', nowhere, '--shards', '0'], 'expected a whole number from 1'],
    [['work', '--redis', nowhere, '--lock-seconds', '0'], 'expected a whole number from 1 to 3600'],
    [['merge', 'plan.yaml', 'b', '--redis', nowhere, '--out', 'all.json'], 'expected one campaign'],
    [['merge', 'plan.yaml', '--redis', nowhere, '--out', 'plan.yaml'], 'is the plan too: expected a file of its own'],
    [['merge', '1.json', '--pumps', '3', '--out', 'all.json'], 'expected --redis with them'],
  ])('%j ends with 2 and writes nothing', (args, says) => {
    const { code, out, err, left } = does(...args);
    expect({ code, out, err, left }).toEqual({
      code: 2,
      out: '',
      err: expect.stringContaining(says),
      left: ['plan.yaml'],
    });
  });

  test('a plan that cannot be used is told before anything is asked for', () => {
    const cwd = dirname(file(planText(['2 mg/day', '2 mL']), 'plan.yaml'));
    const { code, err } = thecal(['campaign', 'submit', 'plan.yaml', '--redis', nowhere], { cwd });
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(/^plan\.yaml:11:26: start\.prescribe\.constant/),
    });
  });

  test('an address is shown without its password', () => {
    expect(shownAddress('redis://me:sesame@host:6380/2')).toBe('redis://host:6380/2');
    expect(shownAddress('rediss://:sesame@host/')).toBe('rediss://host');
  });
});
