import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { GuardedServer, type Listener } from '../../workbench/node/guarded-server.ts';
import { closing, socketTo } from './control.ts';

const LIMITS = { connections: 4, message: 100, waiting: 10, backlog: 1000, heartbeat: 60_000, patience: 5000 };

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

test('however many messages one brings, another waits for one of them only', async () => {
  const order: number[] = [];
  const guarded = await GuardedServer.listen({
    address: { host: '127.0.0.1', port: 0 },
    kind: 'binary',
    limits: { ...LIMITS, waiting: 1000 },
    failed: () => undefined,
    connected: ({ send }): Listener => ({
      take: (message) => {
        order.push(message[0] ?? 0);
        // As long as a pump that writes its memory.
        for (const until = performance.now() + 5; performance.now() < until; );
        send(message);
      },
    }),
  });
  onTestFinished(() => guarded.close());
  const [many, one] = [await socketTo(guarded.url), await socketTo(guarded.url)];
  for (let i = 0; i < 200; i++) many.send(new Uint8Array([1]));
  await once(many, 'message');
  one.send(new Uint8Array([2]));
  await once(one, 'message');
  expect(order.length).toBeLessThan(100);
});

test('more messages at once than may wait close their connection, and are not taken', async () => {
  let taken = 0;
  const { url } = await server(() => {
    taken += 1;
  });
  const socket = await socketTo(url);
  const closed = closing(socket);
  for (let i = 0; i < 5000; i++) socket.send(new Uint8Array(1));
  expect(await closed).toEqual({ code: 1008, reason: 'too many messages at once' });
  expect(taken).toBeLessThan(500);
});

test('what came before the goodbye is taken before it', async () => {
  const taken: string[] = [];
  const guarded = await GuardedServer.listen({
    address: { host: '127.0.0.1', port: 0 },
    kind: 'binary',
    limits: LIMITS,
    failed: () => undefined,
    connected: () => ({ take: () => taken.push('message'), closed: () => taken.push('goodbye') }),
  });
  onTestFinished(() => guarded.close());
  const socket = await socketTo(guarded.url);
  for (let i = 0; i < 3; i++) socket.send(new Uint8Array(1));
  socket.close();
  await expect.poll(() => taken, { interval: 5 }).toEqual(['message', 'message', 'message', 'goodbye']);
});
