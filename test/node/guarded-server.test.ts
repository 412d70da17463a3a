import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { GuardedServer, type Listener } from '../../workbench/node/guarded-server.ts';
import { closing, socketTo } from './control.ts';

const LIMITS = { connections: 4, message: 100, backlog: 1000, heartbeat: 60_000, patience: 5000 };

/** A server that does with each message what `take` says. */
async function server(take: (send: (message: Uint8Array) => void) => void) {
  const failures: unknown[] = [];
  const closed: unknown[] = [];
  const guarded = await GuardedServer.listen({
    address: { host: '127.0.0.1', port: 0 },
    kind: 'binary',
    limits: LIMITS,
    failed: (error) => void failures.push(error),
    connected: ({ send }): Listener => ({ take: () => take(send), closed: () => void closed.push(null) }),
  });
  onTestFinished(() => guarded.close());
  return { url: guarded.url, failures, closed };
}

test('a client that does not read is dropped once too much waits for it', async () => {
  const { url, closed } = await server((send) => {
    for (let i = 0; i < 50; i++) send(new Uint8Array(1_000_000));
  });
  const socket = await socketTo(url);
  socket.pause();
  socket.send(new Uint8Array(1));
  await expect.poll(() => closed, { interval: 5 }).toHaveLength(1);
});

test('pings are answered, and a flood of them drops who sent it', async () => {
  const { url, closed } = await server(() => undefined);
  const socket = await socketTo(url);
  socket.ping('are you there');
  const [data] = await once(socket, 'pong');
  expect(String(data)).toBe('are you there');
  for (let i = 0; i < 1000; i++) socket.ping();
  expect((await closing(socket)).code).toBe(1006);
  expect(closed).toHaveLength(1);
});

test('an error over one message closes its connection and is told; the server goes on', async () => {
  let fails = true;
  const { url, failures } = await server((send) => {
    if (fails) throw new Error('a fault of the server');
    send(new Uint8Array([7]));
  });
  const socket = await socketTo(url);
  socket.send(new Uint8Array(1));
  expect(await closing(socket)).toEqual({ code: 1011, reason: 'internal error' });
  expect(failures).toEqual([new Error('a fault of the server')]);
  fails = false;
  const other = await socketTo(url);
  other.send(new Uint8Array(1));
  const [answer] = await once(other, 'message');
  expect([...answer]).toEqual([7]);
});

test('an address that is taken is an error of the system, told to whoever wanted to listen', async () => {
  const { url } = await server(() => undefined);
  const port = Number(new URL(url).port);
  const second = GuardedServer.listen({
    address: { host: '127.0.0.1', port },
    kind: 'text',
    limits: LIMITS,
    failed: () => undefined,
    connected: () => ({ take: () => undefined }),
  });
  await expect(second).rejects.toThrow('EADDRINUSE');
});
