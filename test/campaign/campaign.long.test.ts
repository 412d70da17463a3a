import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
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

test.each(readdirSync(join(ROOT, 'campaigns')))('the shipped %s keeps to the always-true rules', (name) => {
  const cwd = folder();
  const { code, err } = thecalProcess(
    ['campaign', 'replay', join(ROOT, 'campaigns', name), '--pump', '1', '--span', '90d'],
    { cwd },
  );
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
