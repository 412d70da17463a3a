import { isDeepStrictEqual } from 'node:util';
import { TRIES } from '../../../programmer/exchange.ts';
import { decodeFrame } from '../../../shared/index.ts';
import type { FrameFault } from '../../../workbench/link/faults.ts';
import type { TraceRecord } from '../../../workbench/trace.ts';
import { type ABORTS, type Case, type Lived, live, type Parts, WHOLE } from './live.ts';
import { Problems } from './problems.ts';
import type { StoryName } from './stories.ts';
import { Tally } from './tally.ts';

type Faulty = Extract<Case['mishap'], { readonly frame: number }>;

const once =
  (fault: (bytes: Uint8Array) => FrameFault) =>
  (frame: number, bytes: Uint8Array): Faulty => ({ frame, fault: fault(bytes) });
const lowestBit = (byte: number): FrameFault => ({ is: 'corrupt', bit: 8 * byte + 7 });

/** Every kind of thing that can happen to one frame. */
export const KINDS: Readonly<Record<string, (frame: number, bytes: Uint8Array) => Faulty>> = {
  dropped: once(() => ({ is: 'drop' })),
  doubled: once(() => ({ is: 'duplicate' })),
  corrupted: once(({ length }) => lowestBit(length >> 1)),
  truncated: once(({ length }) => ({ is: 'truncate', to: length >> 1 })),
  heldBack: once(() => ({ is: 'reorder' })),
  crashBeforeTimeKept: once(() => ({ is: 'crashBefore', timeLost: false })),
  crashBeforeTimeLost: once(() => ({ is: 'crashBefore', timeLost: true })),
  crashAfterTimeKept: once(() => ({ is: 'crashAfter', timeLost: false })),
  crashAfterTimeLost: once(() => ({ is: 'crashAfter', timeLost: true })),
  /** The head slips with this frame, and is back when the station has just given up. */
  headSlips: (frame) => ({ frame, count: TRIES, fault: { is: 'drop' } }),
};
const KIND_NAMES = Object.keys(KINDS);

/** What was gone through of the faults of frames in a story, and what was found wrong. */
export interface FrameReport {
  readonly frames: number;
  readonly kinds: number;
  /** Each frame with each kind of fault. */
  readonly cases: number;
  /** Beyond those, the lowest bit of every byte flipped, and every frame cut after each byte. */
  readonly damages: number;
  readonly lived: number;
  readonly happened: Tally;
  readonly problems: readonly string[];
}

export const frameReportText = (
  name: string,
  { frames, kinds, cases, damages, lived, happened }: FrameReport,
): string =>
  `${name}: ${frames} frames × ${kinds} kinds, ${cases} cases; ${damages} frames damaged; ${lived} stories lived; ${happened.text}`;

/** Does to every frame of a story every kind of thing that can happen to it, and judges what comes of it. */
export function everyFrameFault(
  story: StoryName,
  onUpdateAbort: (typeof ABORTS)[number],
  parts: Parts = WHOLE,
): FrameReport {
  const problems = new Problems();
  const happened = new Tally();
  const { frames } = live({ story, onUpdateAbort, mishap: null }, parts);
  let [cases, damages, lived] = [0, 0, 0];
  const judged = (mishap: Faulty, alike = 1): Lived => {
    const each = { story, onUpdateAbort, mishap };
    const one = live(each, parts);
    lived += 1;
    problems.add(each, one.problems, alike);
    happened.add(one.happened, alike);
    return one;
  };
  for (const [i, bytes] of frames.entries()) {
    for (const kind of Object.values(KINDS)) {
      judged(kind(i + 1, bytes));
      cases += 1;
    }
    for (const { first, last, damaged } of damagesOf(bytes)) {
      damages += damaged;
      const one = judged({ frame: i + 1, fault: first }, damaged);
      if (first === last) continue;
      const other = judged({ frame: i + 1, fault: last }, 0);
      if (!isDeepStrictEqual(atTheEnds(one), atTheEnds(other)))
        problems.add({ story, onUpdateAbort, mishap: { frame: i + 1, fault: last } }, [
          `goes on otherwise than ${JSON.stringify(first)}`,
        ]);
    }
  }
  return { frames: frames.length, kinds: KIND_NAMES.length, cases, damages, lived, happened, problems: problems.list };
}

interface Alike {
  readonly first: FrameFault;
  last: FrameFault;
  damaged: number;
}

/** Every damage to a frame, together with those that whoever takes it cannot tell from it: what he sees is why he cannot read it. */
function damagesOf(bytes: Uint8Array): Iterable<Alike> {
  const alike = new Map<string, Alike>();
  const met = (fault: FrameFault, left: Uint8Array) => {
    const read = decodeFrame(left);
    const key = 'error' in read ? read.error : JSON.stringify(fault);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { first: fault, last: fault, damaged: 1 });
    else [known.last, known.damaged] = [fault, known.damaged + 1];
  };
  for (let byte = 0; byte < bytes.length; byte++) {
    const flipped = bytes.slice();
    flipped[byte] = (bytes[byte] ?? 0) ^ 1;
    met(lowestBit(byte), flipped);
    met({ is: 'truncate', to: byte }, bytes.subarray(0, byte));
  }
  return alike.values();
}

/** What pump and stations told, without what was done on the way between them. */
const atTheEnds = ({ trace }: Lived) =>
  trace
    .filter(({ layer }: TraceRecord) => layer === 'firmware' || layer === 'plant' || layer === 'programmer')
    .map(({ t, layer, kind, data }) => ({ t, layer, kind, data }));
