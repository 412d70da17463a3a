import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test, vi } from 'vitest';
import { planText } from '../campaign/plans.ts';
import { file, folder, MAIN, ROOT, thecal } from './cli.ts';

test('an interrupted run ends at once, which a shell calls 130, and leaves no half-written file', async () => {
  const root = folder();
  const trace = join(root, 'trace.ndjson');
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'run', '--trace', trace]);
  // The first line of output says that scenarios are being run.
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [code, signal] = await once(child, 'exit');
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
  expect(existsSync(trace)).toBe(false);
  expect(readdirSync(root).filter((name) => name.includes('.part'))).toEqual([]);
});

test.each(['1', '2'])('an interrupted campaign on %s threads says what is done, and how to go on', async (jobs) => {
  const plan = file(planText(['pumps: 4', 'pumps: 400'], ['span: 1d', 'span: 90d']), 'plan.yaml');
  const out = join(folder(), 'out');
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'campaign', 'run', plan, '--jobs', jobs, '--out', out]);
  const said = text(child.stderr);
  const done = () => readdirSync(join(out, 'shards')).filter((name) => name.endsWith('.json'));
  await vi.waitUntil(() => existsSync(join(out, 'shards')) && done().length > 1, { timeout: 60_000 });
  child.kill('SIGINT');
  expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  expect(await said).toMatch(/^stopped: \d+ of 200 parts are done, in .*: the same command goes on from there\n$/);
  const { code, err } = thecal(['campaign', 'show', out]);
  expect({ code, err }).toEqual({ code: 0, err: `${done().length} of 200 shards done: begin it again to go on\n` });
});
