import { MessagePort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { MOST_FRAME } from '../../shared/index.ts';
import { controlAnswer, MOST_CONTROL } from '../remote/messages.ts';
import type { FromBridge, ToBridge } from './bridge.ts';
import { ConnectionLost } from './connection-lost.ts';
import { closeSocket, openSocket } from './web-socket-port.ts';

/* The far side of a bridge: owns both sockets, so that the thread that asks may wait for the answer standing still. */

const { port, signal, telemetry, control } = z
  .strictObject({
    port: z.instanceof(MessagePort),
    signal: z.instanceof(Int32Array),
    telemetry: z.string(),
    control: z.string(),
  })
  .parse(workerData);

function answer(message: FromBridge): void {
  port.postMessage(message);
  Atomics.add(signal, 0, 1);
  Atomics.notify(signal, 0);
}

async function serve(): Promise<void> {
  const pump = await openSocket(telemetry, MOST_FRAME);
  const desk = await openSocket(control, MOST_CONTROL);
  /** What is waited for: the answer under a number, and after it perhaps a frame. */
  let asked: number | undefined;
  let answered: string | undefined;
  let wantsFrame = false;
  const frames: Uint8Array[] = [];
  const settle = () => {
    if (asked === undefined || answered === undefined) return;
    const frame = wantsFrame ? frames.shift() : undefined;
    if (wantsFrame && frame === undefined) return;
    const text = answered;
    [asked, answered, wantsFrame] = [undefined, undefined, false];
    answer({ text, frame });
  };
  const lost = (what: string) => (code: number, reason: Buffer) =>
    answer({ lost: `${what}: ${reason.length === 0 ? 'the connection was lost' : reason} (${code})` });
  pump.socket.on('close', lost(telemetry));
  desk.socket.on('close', lost(control));
  pump.socket.on('message', (data, isBinary) => {
    if (!isBinary || !(data instanceof Buffer)) return;
    frames.push(new Uint8Array(data));
    settle();
  });
  let exchanging = false;
  desk.socket.on('message', (data) => {
    const text = String(data);
    const parsed = controlAnswer.safeParse(readJson(text));
    // An answer without a number is to something that could not be read at all.
    if (!parsed.success || (parsed.data.id !== asked && parsed.data.id !== null)) return;
    answered = text;
    wantsFrame = exchanging && 'done' in parsed.data && hasFrame(parsed.data.done);
    settle();
  });
  port.on('message', ({ id, text, frame }: ToBridge) => {
    asked = id;
    exchanging = frame !== undefined;
    desk.socket.send(text);
    if (frame !== undefined) pump.socket.send(frame);
  });
  port.once('close', () => void Promise.all([closeSocket(pump.socket), closeSocket(desk.socket)]));
  answer({ text: '', frame: undefined });
}

/** Whether an answer says that a frame comes too. */
const hasFrame = (done: unknown): boolean => z.object({ value: z.literal(true) }).safeParse(done).success;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

serve().catch((error: unknown) => {
  answer({ lost: error instanceof ConnectionLost ? error.message : `internal error: ${error}` });
  port.close();
});
