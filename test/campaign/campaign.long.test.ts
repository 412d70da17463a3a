import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readResult } from '../../workbench/campaign/result.ts';
import { file, folder, MAIN, ROOT, thecalProcess } from '../integration/cli.ts';
import { planText } from './plans.ts';

const text = planText(['pumps: 4', 'pumps: 24'], ['span: 1d', 'span: 4d']);

/** Every file of a folder, by its name. */
const filesOf = (path: string) =>
  Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name)).toString('base64')]));

/** Begins a campaign, and kills its process as soon as so many shards are done. */
async function killed(plan: string, out: string, shards: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'campaign', 'run', plan, '--jobs', '2', '--out', out]);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const folder = join(out, 'shards');
  const done = () => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []);
  while (child.exitCode === null && done().length < shards) await wait(1);
  child.kill('SIGKILL');
  await ended;
  return done();
}

test('a campaign is the same to the byte in one thread, in two, in seven shards, and killed again and again', async () => {
  const plan = file(text, 'plan.yaml');
  const root = dirname(plan);
  const does = (...args: string[]) =>
    expect(thecalProcess(['campaign', ...args], { cwd: root })).toMatchObject({ code: 0 });
  does('run', 'plan.yaml', '--jobs', '1', '--out', 'one');
  does('run', 'plan.yaml', '--jobs', '2', '--out', 'two');
  const one = filesOf(join(root, 'one'));
  expect(Object.keys(one)).toHaveLength(3);
  expect(filesOf(join(root, 'two'))).toEqual(one);

  const shards = Array.from({ length: 7 }, (_, i) => `${i + 1}.json`);
  for (const [i, name] of shards.entries()) does('run', 'plan.yaml', '--shard', `${i + 1}/7`, '--out', name);
  does('merge', ...shards, '--out', 'merged.json');
  expect(readFileSync(join(root, 'merged.json'), 'utf8')).toBe(readFileSync(join(root, 'one/result.json'), 'utf8'));

  const killedIn = join(root, 'killed');
  for (const count of [1, 5, 12]) {
    const done = await killed(plan, killedIn, count);
    expect(done.length).toBeGreaterThanOrEqual(count);
    for (const name of done)
      expect(() => readResult(readFileSync(join(killedIn, 'shards', name), 'utf8'))).not.toThrow();
  }
  does('run', 'plan.yaml', '--jobs', '2', '--out', 'killed');
  expect(filesOf(killedIn)).toEqual(one);
});

/** A run of a campaign, and what it printed once it has ended. */
function began(plan: string, out: string) {
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'campaign', 'run', plan, '--jobs', '1', '--out', out]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let printed = '';
  child.stdout.on('data', (piece) => {
    printed += piece;
  });
  const ended = new Promise<{ code: number | null; printed: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, printed })),
  );
  return { child, ended };
}

test('of two runs in one folder each tells the same result, and none is lost: side by side, and where one is long done before the other goes on', async () => {
  const plan = file(text, 'plan.yaml');
  const root = dirname(plan);
  const alone = await began(plan, join(root, 'alone')).ended;
  expect(alone.code).toBe(0);

  const both = join(root, 'both');
  const beside = await Promise.all([began(plan, both).ended, began(plan, both).ended]);
  expect(beside).toEqual([alone, alone]);
  expect(filesOf(both)).toEqual(filesOf(join(root, 'alone')));

  // One falls asleep over its first shards; the other lives all that are missing, and puts them away.
  const folder = join(root, 'asleep');
  const asleep = began(plan, folder);
  const done = () => (existsSync(join(folder, 'shards')) ? readdirSync(join(folder, 'shards')) : []);
  while (asleep.child.exitCode === null && done().length === 0) await wait(1);
  asleep.child.kill('SIGSTOP');
  expect(existsSync(join(folder, 'result.json'))).toBe(false);
  expect((await began(plan, folder).ended).code).toBe(0);
  asleep.child.kill('SIGCONT');
  expect(await asleep.ended).toEqual(alone);
  expect(filesOf(folder)).toEqual(filesOf(join(root, 'alone')));
});

test.each(readdirSync(join(ROOT, 'campaigns')))('the shipped %s keeps to the always-true rules', (name) => {
  const cwd = folder();
  const { code, err } = thecalProcess(
    ['campaign', 'replay', join(ROOT, 'campaigns', name), '--pump', '1', '--span', '90d'],
    { cwd },
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
