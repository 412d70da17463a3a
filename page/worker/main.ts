import { Bench } from './bench.ts';
import type { Question, Told } from './protocol.ts';

/** The version in package.json, put there when the page is built. */
declare const THECAL_VERSION: string;

const bench = new Bench({
  version: THECAL_VERSION,
  clock: () => performance.now(),
  later: (call, ms) => void setTimeout(call, ms),
  tell: (told: Told) => postMessage(told),
});
addEventListener('message', ({ data }: MessageEvent<Question>) => bench.take(data));
