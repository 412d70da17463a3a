import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { folder, MAIN, ROOT } from './cli.ts';
import { cleanEnv } from './inner-vitest.ts';

/** The shell blocks of the README's session of two processes: the pump's, and the programmers'. */
function session(): readonly string[] {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [, section = ''] = /^## Two processes.*?\n(.*?)^## /ms.exec(readme) ?? [];
  return [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block.trimEnd());
}

/** A folder that has what a clone of the project has beside its sources, and nothing else: the package, its scenarios. */
function clone(): string {
  const cwd = folder();
  mkdirSync(join(cwd, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(ROOT, MAIN), join(cwd, 'node_modules/.bin/thecal'));
  symlinkSync(join(ROOT, 'scenarios'), join(cwd, 'scenarios'));
  return cwd;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? `${address.port}` : '';
}

const env = { ...cleanEnv(), npm_config_offline: 'true' };

/** The pump of the first block, from the moment it listens; `interrupt` is Ctrl-C in its terminal. */
async function pumpOf(block: string, cwd: string) {
  const shell = spawn('bash', ['-c', block], { cwd, env, detached: true });
  const { pid = 0 } = shell;
  // Its own group, as in a terminal: the shell, npx and the pump all get what is typed there.
  const send = (signal: NodeJS.Signals) => void process.kill(-pid, signal);
  onTestFinished(() => {
    if (shell.exitCode === null && shell.signalCode === null) send('SIGKILL');
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: shell.stdout })) {
    lines.push(line);
    if (line.startsWith('control ')) break;
  }
  const interrupt = async () => {
    send('SIGINT');
    await once(shell, 'exit');
  };
  return { lines, interrupt };
}

/** Runs lines in one shell, one after another; the code each ended with, and what it printed. */
function typed(block: string, cwd: string) {
  const script = block.split('\n').map((line) => `${line}\necho "== $?"`);
  const { stdout, stderr } = spawnSync('bash', ['-c', script.join('\n')], { cwd, env, encoding: 'utf8', input: '' });
  const ended = [...stdout.matchAll(/(.*?)^== (\d+)$\n/gms)].map(([, out = '', code]) => ({ out, code: Number(code) }));
  return { ended, stderr };
}

test('the README’s session of two processes works as shown', async () => {
  const [first = '', second = '', ...more] = session();
  expect(more).toEqual([]);
  const cwd = clone();
  const ports = { 7100: await freePort(), 7101: await freePort() };
  const at = (block: string) => block.replaceAll('7100', ports[7100]).replaceAll('7101', ports[7101]);
  const pump = await pumpOf(at(first), cwd);
  expect(pump.lines).toEqual([
    'pump THECAL-0001, synchromed-ii-like-20, 60 times as fast',
    `telemetry ws://127.0.0.1:${ports[7100]}`,
    `control ws://127.0.0.1:${ports[7101]}`,
  ]);

  const { ended, stderr } = typed(at(second), cwd);
  expect(stderr).not.toContain('rror');
  const expected = [
    ['export', /^$/],
    ['implant', /Clock of the pump/],
    ['inject volume', /true: 20 mL in the reservoir/],
    ['refill', /20 mL/],
    ['prescribe', /200 mcg\/day/],
    ['after', /40d have gone by/],
    ['drain', /the syringe shows (3\.9\d*|4) mL\n.*the reservoir is empty/],
    ['inject', /true: (19\.9\d*|20) mL in the reservoir/],
    ['refill', /Aspirated +4 mL/],
    ['--json', /"outcome":\{"done":true\}/],
    ['emergency', /stop/i],
    ['console', /^$/],
    ['run', /✓/],
  ] as const;
  expect(ended.map(({ code }) => code)).toEqual(expected.map(() => 0));
  const lines = second.split('\n');
  for (const [i, [word, out]] of expected.entries()) {
    expect(lines[i]).toContain(word);
    expect(ended[i]?.out, lines[i]).toMatch(out);
  }

  // "ended with Ctrl-C and started again, it goes on from there"
  await pump.interrupt();
  const again = await pumpOf(at(first), cwd);
  const [card = ''] = at(second).split('\n');
  const interrogate =
    at(second)
      .split('\n')
      .find((line) => line.includes('--json')) ?? '';
  const read = typed(`${card}\n${interrogate}`, cwd).ended[1];
  expect(read?.code).toBe(0);
  expect(JSON.parse(read?.out ?? '')).toMatchObject({ outcome: { done: true } });
  expect(read?.out).toMatch(/"(19\.9\d*|20) mL"/);
  expect(read?.out).toContain('stopped by a clinician');
  await again.interrupt();
}, 120_000);
