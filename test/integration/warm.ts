import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Ended } from './cli.ts';

/** Longer than any command takes, on a machine that does much else. */
const PATIENCE_MS = 300_000;

/**
 * The compiled program below a root, loaded once: most of what a process of its own takes is to load it, and to run
 * code that has never run before.
 */
export class Warm {
  readonly #worker: Worker;
  readonly #answers;

  constructor(root: string) {
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    this.#worker = new Worker(new URL('./warm-thread.mjs', import.meta.url), {
      workerData: { root, answers: port2 },
      transferList: [port2],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    this.#worker.unref();
    port1.unref();
  }

  /** Does what a command line says, as if from `cwd`; what it would have written and ended with. */
  do(args: readonly string[], cwd: string, input: string): Ended {
    const before = process.cwd();
    const done = new Int32Array(new SharedArrayBuffer(4));
    // The folder is that of all threads of this process, and this one waits.
    process.chdir(cwd);
    try {
      this.#worker.postMessage({ args, input, done });
      Atomics.wait(done, 0, 0, PATIENCE_MS);
    } finally {
      process.chdir(before);
    }
    const answer: { message: Ended } | undefined = receiveMessageOnPort(this.#answers);
    if (answer === undefined) throw new Error(`no end of: thecal ${args.join(' ')}`);
    return answer.message;
  }
}
