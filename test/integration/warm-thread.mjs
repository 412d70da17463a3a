/** The compiled program in a thread that has loaded it: does one command line after the other, as `main.js` would. */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';

/** What a command has written to a stream since it was last asked. */
function written(stream) {
  let text = '';
  stream.write = (chunk) => {
    text += chunk;
    return true;
  };
  return () => {
    const all = text;
    text = '';
    return all;
  };
}

const [out, err] = [written(process.stdout), written(process.stderr)];
const { thecal } = await import(join(workerData.root, 'dist/workbench/cli/thecal.js'));

parentPort.on('message', async ({ args, input, done }) => {
  process.exitCode = undefined;
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
  try {
    await thecal(args);
    workerData.answers.postMessage({ code: process.exitCode ?? 0, out: out(), err: err() });
  } catch (error) {
    workerData.answers.postMessage({ code: null, out: out(), err: `${err()}${error.stack}` });
  }
  process.exitCode = undefined;
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});
