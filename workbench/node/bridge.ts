import { randomUUID } from 'node:crypto';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FarEnd } from '../remote/far-pump.ts';
import {
  type Asked,
  controlAnswer,
  type Moment,
  type TrialAnswer,
  type TrialPump,
  trialAnswer,
  type WrittenTrialCall,
} from '../remote/messages.ts';
import { ConnectionLost, FarRefusal } from './connection-lost.ts';

/** A request to the control channel as text, and the frame that goes by telemetry with it. */
export interface ToBridge {
  readonly id: number;
  readonly text: string;
  readonly frame: Uint8Array | undefined;
}
/** The answer as text, and the frame that came with it; or why there will be no more. */
export type FromBridge = { readonly text: string; readonly frame: Uint8Array | undefined } | { readonly lost: string };

/** How long the other process may take over one answer, in milliseconds. */
const PATIENCE = 15_000;

/**
 * A synchronous way to a pump in another process: a thread of its own owns the sockets, and this one stands still
 * until it has the answer. Frames travel by telemetry, all else by the control channel.
 */
export class Bridge implements FarEnd {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #signal = new Int32Array(new SharedArrayBuffer(4));
  readonly #station = randomUUID();
  #id = 0;
  #seen = 0;

  /** Connects. Throws ConnectionLost where there is nobody. */
  constructor(telemetry: string, control: string) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    const url = new URL(telemetry);
    url.searchParams.set('station', this.#station);
    this.#worker = new Worker(new URL('./bridge-worker.js', import.meta.url), {
      workerData: { port: port2, signal: this.#signal, telemetry: url.href, control },
      transferList: [port2],
    });
    this.#worker.unref();
    this.#receive();
  }

  begin(pump: TrialPump): void {
    this.#ask({ do: 'trial', ...pump, station: this.#station });
  }

  call(call: WrittenTrialCall, moment: Moment): TrialAnswer {
    return trialAnswer.parse(this.#ask({ do: 'call', ...moment, call }).done);
  }

  exchange(frame: Uint8Array, moment: Moment): { answer: TrialAnswer; bytes: Uint8Array | undefined } {
    const { done, bytes } = this.#ask({ do: 'takeFrame', ...moment }, frame);
    return { answer: trialAnswer.parse(done), bytes };
  }

  close(): void {
    this.#port.close();
  }

  #ask(request: Asked, frame?: Uint8Array): { readonly done: unknown; readonly bytes: Uint8Array | undefined } {
    this.#id += 1;
    const message: ToBridge = { id: this.#id, text: JSON.stringify({ id: this.#id, ...request }), frame };
    this.#port.postMessage(message);
    const received = this.#receive();
    const answer = controlAnswer.parse(JSON.parse(received.text));
    if ('error' in answer) throw new FarRefusal(answer.message);
    return { done: answer.done, bytes: received.frame };
  }

  #receive(): Extract<FromBridge, { text: string }> {
    const until = performance.now() + PATIENCE;
    while (Atomics.load(this.#signal, 0) === this.#seen) {
      const left = until - performance.now();
      if (left <= 0 || Atomics.wait(this.#signal, 0, this.#seen, left) === 'timed-out')
        throw new ConnectionLost(`no answer within ${PATIENCE / 1000} s`);
    }
    this.#seen += 1;
    const received: { readonly message: FromBridge } | undefined = receiveMessageOnPort(this.#port);
    if (received === undefined) throw new Error('a signal without a message');
    if ('lost' in received.message) throw new ConnectionLost(received.message.lost);
    return received.message;
  }
}
