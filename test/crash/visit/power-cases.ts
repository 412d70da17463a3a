import { isDeepStrictEqual } from 'node:util';
import { BANKS, type Bank, type BankStorage, bankedStore } from '../../../firmware-sim/index.ts';
import { type CrashPoint, type Operation, TEARS } from '../crashing-storage.ts';
import { type ABORTS, type Case, type Lived, live, type Parts, WHOLE } from './live.ts';
import { Problems } from './problems.ts';
import type { StoryName } from './stories.ts';
import { Tally } from './tally.ts';

/** What was gone through of the losses of power in a story, and what was found wrong. */
export interface PowerReport {
  /** By the quiet run: what was done on the storage. */
  readonly operations: number;
  readonly bytes: number;
  /** Places gone through: before and after an operation, and after the bytes of it that were asked for. */
  readonly points: number;
  /** Each of them, a torn write in each way, with the time and without. */
  readonly cases: number;
  /** Whole stories lived: cases that leave the same memory at the same moment go on as one. */
  readonly lived: number;
  readonly happened: Tally;
  readonly problems: readonly string[];
}

export const powerReportText = (
  name: string,
  { operations, bytes, points, cases, lived, happened }: PowerReport,
): string =>
  `${name}: ${operations} operations of ${bytes} bytes, ${points} crash points, ${cases} cases, ${lived} stories lived; ${happened.text}`;

/** Crash points after which a processor finds the same bytes in both banks, and says the same of them. */
interface Alike {
  readonly first: CrashPoint;
  last: CrashPoint;
  points: number;
}

/**
 * Takes the power at every point of a story, with the time kept and lost, and judges what comes of it. Inside of an
 * operation that is after every byte, or after every so many: `stride`.
 */
export function everyPowerLoss(
  story: StoryName,
  onUpdateAbort: (typeof ABORTS)[number],
  { parts = WHOLE, stride = 1 }: { readonly parts?: Parts; readonly stride?: number } = {},
): PowerReport {
  const problems = new Problems();
  const happened = new Tally();
  const quiet = live({ story, onUpdateAbort, mishap: null }, parts);
  problems.add({ story, onUpdateAbort, mishap: null }, quiet.problems);
  const [from, count] = quiet.operations;
  const operations = quiet.storage.operations.slice(from, from + count);
  const banks = new Map<Bank, Uint8Array>(
    BANKS.map((bank) => [
      bank,
      quiet.storage.operations.findLast((each, i) => i < from && each.bank === bank)?.after ?? NOTHING,
    ]),
  );
  let [points, cases, lived] = [0, 0, 0];
  for (const [number, operation] of operations.entries()) {
    const other = banks.get(operation.bank === 'A' ? 'B' : 'A') ?? NOTHING;
    const classes = classed(number, operation, other, stride);
    banks.set(operation.bank, operation.after);
    points += classes.points;
    for (const { first, last, points: alike } of classes.alike)
      for (const timeLost of [false, true]) {
        const at = (power: CrashPoint): Case => ({ story, onUpdateAbort, mishap: { power, timeLost } });
        const one = live(at(first), parts);
        cases += alike;
        lived += 1;
        problems.add(at(first), one.problems, alike);
        happened.add(one.happened, alike);
        if (first === last) continue;
        const same = live(at(last), parts);
        lived += 1;
        if (!goOnAlike(one, same)) problems.add(at(last), [`goes on otherwise than ${JSON.stringify(at(first))}`]);
      }
  }
  const bytes = operations.reduce((sum, { after }) => sum + after.length, 0);
  return { operations: operations.length, bytes, points, cases, lived, happened, problems: problems.list };
}

const NOTHING = new Uint8Array();

/** Opens the memory that each crash point of an operation leaves, and puts together what is found alike. */
function classed(number: number, { bank, before, after }: Operation, other: Uint8Array, stride: number) {
  const alike = new Map<string, Alike>();
  const places = new Set<number | string>();
  const met = (point: CrashPoint, left: Uint8Array) => {
    places.add('when' in point ? point.when : point.written);
    const key = found(bank, left, other);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { first: point, last: point, points: 1 });
    else [known.last, known.points] = [point, known.points + 1];
  };
  met({ operation: number, when: 'before' }, before);
  for (const tear of TEARS) {
    // One buffer, in which the new bytes move forward.
    const left = new Uint8Array(Math.max(before.length, after.length));
    left.set(before);
    for (let written = 1; written <= after.length; written++) {
      left[written - 1] = after[written - 1] ?? 0;
      if (written % stride !== 0) continue;
      const length = tear === 'cutShort' ? written : Math.max(before.length, written);
      met({ operation: number, written, tear }, left.subarray(0, length));
    }
  }
  met({ operation: number, when: 'after' }, after);
  return { points: places.size, alike: [...alike.values()] };
}

/** What a processor that starts says of its memory, and the bytes both banks hold then. */
function found(bank: Bank, left: Uint8Array, other: Uint8Array): string {
  const mended = new Map<Bank, Uint8Array>();
  const storage: BankStorage = {
    read: (asked) => (asked === bank ? left : other),
    write: (asked, image) => void mended.set(asked, image),
  };
  const said = bankedStore(storage).open();
  const holds = BANKS.map((each) => mended.get(each) ?? (each === bank ? left : other));
  return [said, ...holds.map((bytes) => Buffer.from(bytes).toString('latin1'))].join('\n');
}

/** Two stories that were told in the same words are the same. */
const goOnAlike = (one: Lived, other: Lived): boolean =>
  isDeepStrictEqual(one.problems, other.problems) && isDeepStrictEqual(one.trace, other.trace);
