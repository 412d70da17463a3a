import { type Asker, Bench } from './bench.ts';
import { inTurn } from './in-turn.ts';
import type { Question, Told } from './protocol.ts';
import { letWatch } from './windows.ts';
import { fetchYaml } from './yaml.ts';

/** The version in package.json, put there when the page is built. */
declare const THECAL_VERSION: string;

const tell = (told: Told) => postMessage(told);
const bench = new Bench({
  version: THECAL_VERSION,
  clock: () => performance.now(),
  later: (call, ms) => void setTimeout(call, ms),
  tell,
});
const takerOf = (asker?: Asker) => inTurn((question) => bench.take(question, asker), fetchYaml, asker?.tell ?? tell);
const take = takerOf();
addEventListener('message', ({ data }: MessageEvent<Question>) => take(data));
// The page has called its worker as its channel is called.
letWatch(bench, new BroadcastChannel(name), takerOf);
