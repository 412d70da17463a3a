import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { MOST_FRAME, type Port } from '../../shared/index.ts';
import { ConnectionLost } from './connection-lost.ts';
import { type Room, roomOf } from './room.ts';

/** How long a connection may take to open, and to close, in milliseconds. */
const PATIENCE = 5000;

/** Opens a WebSocket. Rejects with ConnectionLost where nobody listens, or not to us. */
export function openSocket(
  url: string,
  message: number,
): Promise<{ socket: WebSocket; headers: IncomingMessage['headers'] }> {
  return new Promise((done, fail) => {
    let headers: IncomingMessage['headers'] = {};
    const lost = (why: string) => fail(new ConnectionLost(`${url}: ${why}`));
    let socket: WebSocket;
    try {
      socket = new WebSocket(url, { maxPayload: message, perMessageDeflate: false, handshakeTimeout: PATIENCE });
    } catch {
      lost('is no address of a pump: expected one such as ws://127.0.0.1:7100');
      return;
    }
    socket.once('upgrade', (response) => {
      headers = response.headers;
    });
    socket.once('unexpected-response', (_, { statusCode }) => {
      lost(statusCode === 503 ? 'has too many connections' : `does not open a connection (${statusCode})`);
      socket.terminate();
    });
    socket.on('error', (error: NodeJS.ErrnoException) =>
      lost(error.code === 'ECONNREFUSED' ? 'nobody listens there' : error.message || `${error.code}`),
    );
    socket.once('open', () => done({ socket, headers }));
  });
}

/** Says goodbye and waits until the other end has, or has had the time to. */
export function closeSocket(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((done) => {
    const giveUp = setTimeout(() => socket.terminate(), PATIENCE);
    socket.once('close', () => {
      clearTimeout(giveUp);
      done();
    });
    socket.close(1000);
  });
}

/** A station's end of a telemetry link over a WebSocket: a frame is one binary message. */
export class WebSocketPort implements Port {
  readonly #socket: WebSocket;
  readonly #url: string;
  /** The room the pump is in, where it says so. */
  readonly room: Room | undefined;
  #take: (frame: Uint8Array) => void = () => undefined;
  #lost: (why: ConnectionLost) => void = () => undefined;
  #gone: ConnectionLost | undefined;

  private constructor(url: string, socket: WebSocket, room: Room | undefined) {
    this.#url = url;
    this.#socket = socket;
    this.room = room;
    socket.on('message', (data, isBinary) => {
      if (isBinary && data instanceof Buffer) this.#take(new Uint8Array(data));
    });
    socket.once('close', (code, reason) => {
      const why = reason.length === 0 ? `the connection was lost (${code})` : `${reason} (${code})`;
      this.#gone = new ConnectionLost(`${this.#url}: ${why}`);
      this.#lost(this.#gone);
    });
  }

  /** Rejects with ConnectionLost. */
  static async connect(url: string): Promise<WebSocketPort> {
    const { socket, headers } = await openSocket(url, MOST_FRAME);
    return new WebSocketPort(url, socket, roomOf(headers));
  }

  send(frame: Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(frame);
  }

  onFrame(take: (frame: Uint8Array) => void): void {
    this.#take = take;
  }

  /** Why the connection is gone; undefined while it is there. */
  get gone(): ConnectionLost | undefined {
    return this.#gone;
  }

  onLost(lost: (why: ConnectionLost) => void): void {
    this.#lost = lost;
  }

  close(): Promise<void> {
    return closeSocket(this.#socket);
  }
}
