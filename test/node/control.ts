import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

/** A connection that is closed with the test. */
export async function socketTo(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  socket.on('error', () => undefined);
  await once(socket, 'open');
  return socket;
}

/** Why and with which code the other end closes a connection. */
export async function closing(socket: WebSocket): Promise<{ readonly code: number; readonly reason: string }> {
  const [code, reason] = await once(socket, 'close');
  return { code, reason: String(reason) };
}

/** Asks over a control channel; each answer goes to its question. */
export async function controlOf(url: string) {
  const socket = await socketTo(url);
  let last = 1000;
  const answerTo = (id: unknown) =>
    new Promise<Record<string, unknown>>((done) => {
      const take = (data: unknown) => {
        const answer: Record<string, unknown> = JSON.parse(String(data));
        if (answer['id'] !== id) return;
        socket.off('message', take);
        done(answer);
      };
      socket.on('message', take);
    });
  return {
    socket,
    /** Sends any text; the answer under that number, or under none. */
    say: (message: string, id: number | null) => {
      const answer = answerTo(id);
      socket.send(message);
      return answer;
    },
    ask: (request: object) => {
      last += 1;
      const answer = answerTo(last);
      socket.send(JSON.stringify({ id: last, ...request }));
      return answer;
    },
  };
}
