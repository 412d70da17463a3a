import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeFrame, MOST_FRAME, typeName } from '../../shared/index.ts';
import { ConnectionLost } from '../../workbench/node/connection-lost.ts';
import { newCard } from '../../workbench/node/pump-folder.ts';
import { WebSocketPort } from '../../workbench/node/web-socket-port.ts';
import { mL, prescribe } from '../harness.ts';
import { closing, socketTo } from './control.ts';
import { deskAt, livePump } from './live.ts';

/** What a pump must still do after anything that came. */
async function stillAnswers({ telemetry, failures }: Awaited<ReturnType<typeof livePump>>): Promise<void> {
  const desk = await deskAt(telemetry);
  expect(await desk.clinician({ type: 'interrogate' })).toEqual({ done: true });
  expect(failures).toEqual([]);
}

const sumOf = (counts: object): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

test('a text message is refused: frames are bytes', async () => {
  const live = await livePump();
  const socket = await socketTo(live.telemetry);
  socket.send('interrogate');
  expect(await closing(socket)).toEqual({ code: 1003, reason: 'binary messages only' });
  await stillAnswers(live);
});

test('a message longer than any frame is refused before it is read', async () => {
  const live = await livePump();
  const socket = await socketTo(live.telemetry);
  socket.send(new Uint8Array(MOST_FRAME + 1));
  expect((await closing(socket)).code).toBe(1009);
  await stillAnswers(live);
});

test('garbage of every length is counted by the pump and left unanswered', async () => {
  const live = await livePump();
  const socket = await socketTo(live.telemetry);
  const answers: unknown[] = [];
  socket.on('message', (data) => answers.push(data));
  const lengths = [0, 1, 2, 13, 14, 26, 100, MOST_FRAME];
  for (const length of lengths) socket.send(new Uint8Array(length).fill(0x7e));
  socket.ping();
  await once(socket, 'pong');
  expect(answers).toEqual([]);
  await expect.poll(() => sumOf(live.pump.rejected), { interval: 2 }).toBe(lengths.length);
  await stillAnswers(live);
});

test('a flood closes its own connection and no other, and next to nothing of it reaches the pump', async () => {
  const live = await livePump();
  const desk = await deskAt(live.telemetry);
  const socket = await socketTo(live.telemetry);
  const closed = closing(socket);
  for (let i = 0; i < 20_000; i++) socket.send(new Uint8Array([i & 0xff]));
  expect(await closed).toEqual({ code: 1008, reason: 'too many messages at once' });
  expect(await desk.clinician({ type: 'readLog' })).toEqual({ done: true });
  const rejected = desk.programmer.knows.log.filter(({ kind }) => kind === 'frameRejected');
  expect(rejected.length).toBeLessThan(300);
  await stillAnswers(live);
});

test('more frames a second than anybody sends close their connection, also one after another', async () => {
  const live = await livePump({ burst: 50, perSecond: 10 });
  const desk = await deskAt(live.telemetry);
  const socket = await socketTo(live.telemetry);
  const closed = closing(socket);
  for (let i = 0; i < 100 && socket.readyState === WebSocket.OPEN; i++) {
    socket.send(new Uint8Array([i & 0xff]));
    await setImmediate();
    await setImmediate();
  }
  expect(await closed).toEqual({ code: 1008, reason: 'too many frames' });
  expect(await desk.clinician({ type: 'readLog' })).toEqual({ done: true });
  expect(sumOf(live.pump.rejected)).toBeGreaterThanOrEqual(50);
  expect(sumOf(live.pump.rejected)).toBeLessThan(60);
  // One record tells of the first.
  const told = desk.programmer.knows.log.filter(({ kind }) => kind === 'frameRejected');
  expect(told).toMatchObject([{ data: { error: 'start' } }]);
  await stillAnswers(live);
});

test('the connection after the last that is allowed is turned away, and let in when another has gone', async () => {
  const live = await livePump({ connections: 2 });
  const [first] = [await socketTo(live.telemetry), await socketTo(live.telemetry)];
  const third = WebSocketPort.connect(live.telemetry);
  await expect(third).rejects.toThrow(ConnectionLost);
  await expect(third).rejects.toThrow('has too many connections');
  first.close();
  await once(first, 'close');
  await stillAnswers(live);
});

test('a page of a web site is turned away', async () => {
  const live = await livePump();
  const socket = new WebSocket(live.telemetry, { origin: 'https://example.org' });
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('403');
  await stillAnswers(live);
});

test('what is no WebSocket is told so, and half a request is given up', async () => {
  const live = await livePump({ patience: 50 });
  const response = await fetch(live.telemetry.replace('ws:', 'http:'));
  expect(response.status).toBe(426);
  const raw = connect(Number(new URL(live.telemetry).port), '127.0.0.1');
  onTestFinished(() => void raw.destroy());
  raw.resume().write('GET / HTTP/1.1\r\nHost: x\r\nUpgr');
  await once(raw, 'close');
  await stillAnswers(live);
});

/** A connection whose other end is there no more, as when a cable is pulled: it takes everything and says nothing. */
async function halfOpen(url: string) {
  const raw = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void raw.destroy());
  raw.write(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  const [opened] = await once(raw, 'data');
  expect(String(opened)).toContain('101 Switching Protocols');
  return raw;
}

test('a half-open connection is found out by a ping and dropped', async () => {
  const live = await livePump({ heartbeat: 20, connections: 2 });
  const raw = await halfOpen(live.telemetry);
  raw.on('error', () => undefined);
  await once(raw, 'close');
  await stillAnswers(live);
});

test('who answers pings stays, however long it says nothing', async () => {
  const live = await livePump({ heartbeat: 10 });
  const socket = await socketTo(live.telemetry);
  for (let pings = 0; pings < 5; pings++) await once(socket, 'ping');
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

test('the room clock is said when a connection opens, at the speed it runs', async () => {
  const live = await livePump({}, { speed: 60 });
  const port = await WebSocketPort.connect(live.telemetry);
  onTestFinished(() => port.close());
  expect(port.room?.speed).toBe(60);
});

test('two programmers at once each get their own answers; the later one has the session', async () => {
  const live = await livePump();
  const [one, other] = [await deskAt(live.telemetry), await deskAt(live.telemetry)];
  expect(await one.clinician({ type: 'interrogate' })).toEqual({ done: true });
  expect(await other.clinician({ type: 'interrogate' })).toEqual({ done: true });
  // The first finds its session gone and opens another, which ends that of the second.
  expect(await one.clinician({ type: 'implant' })).toEqual({ done: true });
  expect(await other.clinician({ type: 'readLog' })).toEqual({ done: true });
  const opened = other.programmer.knows.log.filter(({ kind }) => kind === 'sessionOpened');
  expect(opened).toHaveLength(4);
  expect(one.programmer.screen().title).toBe(other.programmer.screen().title);
});

test('a programmer and a handset at once have a session each', async () => {
  const live = await livePump();
  const desk = await deskAt(live.telemetry);
  await desk.clinician({ type: 'interrogate' });
  expect(await desk.press()).toMatchObject({ refused: 'notEnabled', by: 'pump' });
  expect(await desk.clinician({ type: 'implant' })).toEqual({ done: true });
  expect(desk.isOpen).toBe(true);
});

test('a programmer refuses a pump that is not the one on its card', async () => {
  const live = await livePump();
  const desk = await deskAt(live.telemetry, newCard('OTHER-2', 'synchromed-ii-like-20'));
  expect(await desk.clinician({ type: 'implant' })).toEqual({ refused: 'otherPump', by: 'programmer' });
});

test('a connection that is lost inside an update leaves a programmer that says what may be', async () => {
  const live = await livePump();
  const desk = await deskAt(live.telemetry);
  await desk.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  await desk.clinician({ type: 'implant' });
  const take = live.pump.take.bind(live.pump);
  // The last frame of the update never reaches it.
  live.pump.take = (bytes) => {
    const frame = decodeFrame(bytes);
    return !('error' in frame) && typeName(frame.type) === 'commitUpdate' ? undefined : take(bytes);
  };
  const acting = desk.clinician(prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day' }));
  await expect.poll(() => live.pump.belief().infusion, { interval: 2 }).toBe('updating');
  await desk.close();
  expect(await acting).toEqual({ refused: 'updateUncertain', by: 'programmer' });
  expect(desk.programmer.screen().warnings[0]).toMatch(/^THE PUMP MAY BE STOPPED/);
});

test('a connection that is lost in the middle of an act ends the wait for its answer', async () => {
  const live = await livePump();
  const desk = await deskAt(live.telemetry);
  live.pump.take = () => undefined;
  const acting = desk.clinician({ type: 'interrogate' });
  await desk.close();
  expect(await acting).toEqual({ refused: 'noAnswer', by: 'programmer' });
  await expect(desk.clinician({ type: 'interrogate' })).rejects.toThrow(ConnectionLost);
});
