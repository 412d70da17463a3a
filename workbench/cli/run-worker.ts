import { parentPort } from 'node:worker_threads';
import { Unusable } from './exit.ts';
import { runOne, type Task } from './run-one.ts';
import type { Answer } from './side-by-side.ts';

/* A thread that runs scenarios, one after the other, as they are handed to it. */

parentPort?.on('message', (task: Task) => parentPort?.postMessage(answerTo(task)));

function answerTo(task: Task): Answer {
  try {
    return { done: runOne(task) };
  } catch (error) {
    return error instanceof Unusable ? { unusable: error.message } : { error };
  }
}
