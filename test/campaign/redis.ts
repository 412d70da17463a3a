import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { MAIN, ROOT } from '../integration/cli.ts';

/** Set by whoever cannot have a Redis, and knows that campaigns over one are not tested then. */
export const WITHOUT_REDIS = process.env['THECAL_TEST_WITHOUT_REDIS'] !== undefined;

const isThere = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** Installs Debian's redis-server where it is missing. Throws where that cannot be: no Redis is no success. */
export function haveRedis(): void {
  if (isThere()) return;
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'inherit' });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'redis-server');
  if (isThere()) return;
  throw new Error(
    'CAMPAIGNS OVER REDIS ARE NOT TESTED: there is no redis-server, and it could not be installed. Install it ("apt-get install redis-server"), or set THECAL_TEST_WITHOUT_REDIS=1 to go without these tests.',
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

/** Where a server listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('listens on no port');
  return address.port;
}

const ended = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (ended(child)) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  /** Ends it at once, as a loss of power would. */
  kill(): Promise<void>;
}

/** A Redis of a test's own on this machine, which loses nothing that it has confirmed; it ends with the test. */
export async function redisServer(root: string, ...more: readonly string[]): Promise<RedisServer> {
  const dir = join(root, 'redis');
  mkdirSync(dir);
  const port = await freePort();
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child !== undefined) await end(child, 'SIGKILL');
  };
  onTestFinished(kill);
  const start = async () => {
    const args = ['--bind', '127.0.0.1', '--port', `${port}`, '--dir', dir, ...durable, ...more];
    const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child = server;
    await new Promise<void>((ready, fail) => {
      createInterface({ input: server.stdout }).on('line', (line) => {
        if (line.includes('Ready to accept connections')) ready();
      });
      server.once('exit', (code) => fail(new Error(`redis-server ended with ${code}`)));
    });
  };
  return { url: `redis://127.0.0.1:${port}`, port, start, kill };
}

export interface WorkerProcess {
  readonly err: readonly string[];
  /** Waits until it has said so many lines that match; the last of them. Throws where it ends before. */
  says(pattern: RegExp, times?: number): Promise<string>;
  /** Its exit code, or the signal that ended it, once it has ended. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  signal(signal: NodeJS.Signals): Promise<void>;
}

/** Starts `thecal campaign work`, and ends it with the test that started it unless it has ended. */
export function worker(url: string, ...args: readonly string[]): WorkerProcess {
  const child = spawn(process.execPath, [join(ROOT, MAIN), 'campaign', 'work', '--redis', url, ...args], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => end(child, 'SIGKILL'));
  const err: string[] = [];
  const lines = createInterface({ input: child.stderr });
  lines.on('line', (line) => err.push(line));
  const exit = once(child, 'close').then(() => child.exitCode ?? child.signalCode);
  return {
    err,
    says: (pattern, times = 1) =>
      new Promise((said, fail) => {
        const look = () => {
          const line = err.filter((each) => pattern.test(each))[times - 1];
          if (line !== undefined) said(line);
        };
        lines.on('line', look);
        look();
        exit.then((code) => fail(new Error(`the worker ended with ${code}: ${err.join('\n')}`)));
      }),
    ended: exit,
    signal: async (signal) => {
      if (signal === 'SIGKILL') await end(child, signal);
      else child.kill(signal);
    },
  };
}
