/** The compiled program in a thread that has loaded it: does one command line after the other, as `main.js` would. */
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';

/** Keeps what is written to a stream; gives it away once. */
function kept(stream) {
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

const [out, err] = [kept(process.stdout), kept(process.stderr)];
const { thecal } = await import(join(workerData, 'dist/workbench/cli/thecal.js'));

parentPort.on('message', async ({ args, input, answer, done }) => {
  process.exitCode = undefined;
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true });
  const failed = await thecal(args).then(
    () => undefined,
    (error) => `${error.stack}`,
  );
  const code = failed === undefined ? (process.exitCode ?? 0) : null;
  answer.postMessage({ code, out: out(), err: err() + (failed ?? '') });
  process.exitCode = undefined;
  Atomics.store(done, 0, 1);
  Atomics.notify(done, 0);
});
