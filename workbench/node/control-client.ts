import type { WebSocket } from 'ws';
import { type Asked, controlAnswer, MOST_CONTROL } from '../remote/messages.ts';
import { ConnectionLost, FarRefusal } from './connection-lost.ts';
import { closeSocket, openSocket } from './web-socket-port.ts';

/** A way to the control channel of a pump in another process, a request at a time. */
export class ControlClient {
  readonly #socket: WebSocket;
  readonly #url: string;
  #id = 0;

  private constructor(url: string, socket: WebSocket) {
    this.#url = url;
    this.#socket = socket;
  }

  /** Rejects with ConnectionLost where nobody listens. */
  static async connect(url: string): Promise<ControlClient> {
    const { socket } = await openSocket(url, MOST_CONTROL);
    return new ControlClient(url, socket);
  }

  /** What was done. Rejects with FarRefusal where it was not, with ConnectionLost where nobody answers any more. */
  ask(request: Asked): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    return new Promise((done, fail) => {
      const lost = () => fail(new ConnectionLost(`${this.#url}: the connection was lost`));
      const take = (data: unknown) => {
        this.#socket.off('close', lost);
        const read = controlAnswer.safeParse(JSON.parse(String(data)));
        if (!read.success || read.data.id !== id) fail(new ConnectionLost(`${this.#url}: is no control channel`));
        else if ('error' in read.data) fail(new FarRefusal(read.data.message));
        else done(read.data.done);
      };
      if (this.#socket.readyState !== this.#socket.OPEN) lost();
      this.#socket.once('close', lost);
      this.#socket.once('message', take);
      this.#socket.send(JSON.stringify({ id, ...request }));
    });
  }

  close(): Promise<void> {
    return closeSocket(this.#socket);
  }
}
