import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Address, urlOf } from './address.ts';
import { Bucket } from './bucket.ts';
import { Turns } from './turns.ts';

/** Close codes of RFC 6455 and its registry that are said here. */
export const CLOSE = { goingAway: 1001, wrongKind: 1003, unwanted: 1008, failed: 1011 } as const;

/** What a server bears. */
export interface Limits {
  /** Connections at one time; more are turned away with 503. */
  readonly connections: number;
  /** Bytes of one message. */
  readonly message: number;
  /** Messages of one connection that may wait for their turn. */
  readonly waiting: number;
  /** Bytes waiting to be sent to a client that does not read; then it is dropped. */
  readonly backlog: number;
  /** Milliseconds between two pings; who has not answered one by the next is gone. */
  readonly heartbeat: number;
  /** Milliseconds that opening a connection may take, and saying goodbye. */
  readonly patience: number;
}

interface Connection {
  send(message: Uint8Array | string): void;
  /** Says why and listens no more. */
  close(code: number, reason: string): void;
}

export interface Listener {
  take(message: Uint8Array): void;
  closed?(): void;
}

interface GuardedServerOptions {
  readonly address: Address;
  readonly kind: 'binary' | 'text';
  readonly limits: Limits;
  /** Headers of the answer that opens a connection. */
  readonly headers?: () => readonly string[];
  /** Told of each connection, and the query of its address. */
  readonly connected: (connection: Connection, query: URLSearchParams) => Listener;
  /** Told of an error while a message was handled: its connection is closed, the server goes on. */
  readonly failed: (error: unknown) => void;
}

/** Pings of one client that are answered at once, and a second after that. */
const PINGS = { burst: 20, perSecond: 5 };

/**
 * A WebSocket server that nobody's bytes can end or stall: messages of one kind and a bounded size, taken in turn with
 * those of others, a bounded number of connections, none that is silent to pings or does not read. Pages of web sites
 * are turned away.
 */
export class GuardedServer {
  readonly #options: GuardedServerOptions;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #answering = new WeakSet<WebSocket>();
  readonly #turns = new Turns();

  private constructor(options: GuardedServerOptions) {
    this.#options = options;
    const { limits } = options;
    const patience = limits.patience;
    const http = createServer(
      { headersTimeout: patience, requestTimeout: patience, connectionsCheckingInterval: Math.ceil(patience / 5) },
      (_, response) => void response.writeHead(426).end('a WebSocket is expected\n'),
    );
    http.maxConnections = limits.connections * 2;
    this.#http = http;
    const server = new WebSocketServer({
      server: http,
      maxPayload: limits.message,
      perMessageDeflate: false,
      autoPong: false,
      verifyClient: ({ origin }, decide) => {
        // A browser always says which page is asking; no page has any business here.
        if (origin !== undefined) decide(false, 403, 'no web pages');
        else if (server.clients.size >= limits.connections) decide(false, 503, 'too many connections');
        else decide(true);
      },
    });
    this.#sockets = server;
    // What the HTTP server has to say is said by listening; afterwards no single socket may end it.
    server.on('error', () => undefined);
    server.on('headers', (headers) => {
      try {
        headers.push(...(options.headers?.() ?? []));
      } catch (error) {
        options.failed(error);
      }
    });
    server.on('connection', (socket, { url }) => this.#connected(socket, url ?? '/'));
    this.#heartbeat = setInterval(() => this.#ping(), limits.heartbeat);
    this.#heartbeat.unref();
  }

  /** Listens. Rejects with the error of the system where it cannot. */
  static async listen(options: GuardedServerOptions): Promise<GuardedServer> {
    const server = new GuardedServer(options);
    const { host, port } = options.address;
    try {
      server.#http.listen({ host, port });
      await once(server.#http, 'listening');
    } catch (error) {
      clearInterval(server.#heartbeat);
      throw error;
    }
    return server;
  }

  /** Where it listens. */
  get url(): string {
    const address = this.#http.address();
    const port = typeof address === 'object' && address !== null ? portOf(address) : 0;
    return urlOf({ ...this.#options.address, port });
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    this.#turns.stop();
    for (const socket of this.#sockets.clients) leave(socket, CLOSE.goingAway, 'the pump is switched off', 500);
    this.#sockets.close();
    const closed = once(this.#http, 'close');
    this.#http.close();
    this.#http.closeAllConnections();
    await closed;
  }

  #connected(socket: WebSocket, url: string): void {
    const { limits, kind, connected, failed } = this.#options;
    let over = false;
    const line = this.#turns.line();
    const close = (code: number, reason: string) => {
      over = true;
      line.clear();
      leave(socket, code, reason, limits.patience);
    };
    const send = (message: Uint8Array | string) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > limits.backlog) socket.terminate();
      else socket.send(message);
    };
    this.#answering.add(socket);
    socket.on('pong', () => void this.#answering.add(socket));
    const pings = new Bucket(PINGS.burst, PINGS.perSecond, performance.now());
    socket.on('ping', (data) => {
      if (pings.passes(performance.now())) socket.pong(data);
      else socket.terminate();
    });
    // Whatever was wrong with what came, ws says so to the other end and closes.
    socket.on('error', () => socket.terminate());
    const listener = connected({ send, close }, queryOf(url));
    const take = (message: Uint8Array) => {
      try {
        listener.take(message);
      } catch (error) {
        close(CLOSE.failed, 'internal error');
        failed(error);
      }
    };
    const goodbye = () => {
      try {
        listener.closed?.();
      } catch (error) {
        failed(error);
      }
    };
    socket.on('message', (data, isBinary) => {
      if (over) return;
      if (isBinary !== (kind === 'binary')) close(CLOSE.wrongKind, `${kind} messages only`);
      else if (line.length >= limits.waiting) close(CLOSE.unwanted, 'too many messages at once');
      // One buffer a message: ws is told nothing else.
      else if (data instanceof Buffer) line.add(() => take(new Uint8Array(data)));
    });
    // What came before the goodbye is taken before it.
    socket.on('close', () => line.add(goodbye));
  }

  #ping(): void {
    for (const socket of this.#sockets.clients) {
      if (!this.#answering.delete(socket)) socket.terminate();
      else socket.ping();
    }
  }
}

const portOf = ({ port }: AddressInfo): number => port;

/** Says goodbye, and does not wait long for the other end to do so. */
function leave(socket: WebSocket, code: number, reason: string, patience: number): void {
  socket.close(code, reason);
  const giveUp = setTimeout(() => socket.terminate(), patience);
  socket.once('close', () => clearTimeout(giveUp));
}

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at === -1 ? '' : url.slice(at + 1));
}
