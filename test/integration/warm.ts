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

  constructor(root: string) {
    this.#worker = new Worker(new URL('./warm-thread.mjs', import.meta.url), {
      workerData: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined },
    });
    this.#worker.unref();
  }

  /** Does what a command line says, as if from `cwd`; what it would have written and ended with. */
  do(args: readonly string[], cwd: string, input: string): Ended {
    const { port1: mine, port2: answer } = new MessageChannel();
    const done = new Int32Array(new SharedArrayBuffer(4));
    const before = process.cwd();
    // The folder is that of all threads of this process, and this one waits.
    process.chdir(cwd);
    this.#worker.postMessage({ args, input, answer, done }, [answer]);
    Atomics.wait(done, 0, 0, PATIENCE_MS);
    process.chdir(before);
    const ended: { message: Ended } | undefined = receiveMessageOnPort(mine);
    mine.close();
    if (ended === undefined) throw new Error(`has not ended: thecal ${args.join(' ')}`);
    return ended.message;
  }
}
