import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, ROOT } from './cli.ts';

test('an interrupted run ends at once, which a shell calls 130, and leaves no half-written file', async () => {
  const root = folder();
  const trace = join(root, 'trace.ndjson');
  const child = spawn(process.execPath, [join(ROOT, 'dist/workbench/cli/main.js'), 'run', '--trace', trace]);
  // The first line of output says that scenarios are being run.
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [code, signal] = await once(child, 'exit');
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGINT' });
  expect(existsSync(trace)).toBe(false);
  expect(readdirSync(root).filter((name) => name.includes('.part'))).toEqual([]);
});
