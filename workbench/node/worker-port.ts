import type { MessagePort } from 'node:worker_threads';
import { MOST_FRAME, type Port } from '../../shared/index.ts';

/** One end of a telemetry link between threads: a frame is one message. What is no frame's bytes is left alone. */
export function workerPort(port: MessagePort): Port {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (take) => {
      port.on('message', (message: unknown) => {
        if (message instanceof Uint8Array && message.length <= MOST_FRAME) take(message);
      });
    },
  };
}
