import { BANKS, type Bank, type BankStorage, bankedStore, type Store } from '../../firmware-sim/index.ts';
import type { DeviceProfile, Instant } from '../../shared/index.ts';
import type { BarePump } from '../firmware/bare-pump.ts';
import { type Operation, pointsIn, TEARS, type Tear } from './crashing-storage.ts';
import { holds, type Kept, type Recorded, record } from './recorded.ts';
import { restarted } from './restarts.ts';

/** What was gone through, and what was found wrong. */
export interface CrashReport {
  readonly operations: number;
  readonly bytes: number;
  /** Before and after each operation, and after each byte of it. */
  readonly points: number;
  /** The same with each torn write in both ways: what memories were opened. */
  readonly opened: number;
  /** Starts of a processor on what was left, with the time and without. */
  readonly restarts: number;
  readonly answers: number;
  /** What became of the crash points: how many left the old cells, how many the new. */
  readonly left: { readonly old: number; readonly new: number };
  readonly problems: readonly string[];
}

export const crashReportText = ({ operations, bytes, points, opened, restarts, answers, left }: CrashReport): string =>
  `${operations} operations of ${bytes} bytes, ${points} crash points, ${opened} memories opened: ` +
  `${left.old} hold the old cells, ${left.new} the new; ${restarts} restarts, ${answers} answers sent`;

const MOST_PROBLEMS = 20;

/** Lives a life on a memory and then judges, for each byte its storage was ever given, what a loss of power there leaves. */
export function everyCrashPoint(
  live: (pump: BarePump) => void,
  changes: Partial<DeviceProfile> = {},
  make: (storage: BankStorage) => Store = bankedStore,
): CrashReport {
  return new Crashes(record(live, changes, make), changes).all();
}

class Crashes {
  readonly #life: Recorded;
  readonly #changes: Partial<DeviceProfile>;
  readonly #problems: string[];
  readonly #restarted = new Set<string>();
  readonly #read = new Set<string>();
  readonly #left = { old: 0, new: 0 };

  constructor(life: Recorded, changes: Partial<DeviceProfile>) {
    this.#life = life;
    this.#changes = changes;
    this.#problems = [...life.problems];
  }

  all(): CrashReport {
    const { operations } = this.#life.storage;
    const banks = new Map<Bank, Uint8Array>(BANKS.map((bank) => [bank, new Uint8Array()]));
    for (const [number, operation] of operations.entries()) {
      const other = banks.get(operation.bank === 'A' ? 'B' : 'A') ?? new Uint8Array();
      this.#operation(number, operation, other);
      banks.set(operation.bank, operation.after);
    }
    return {
      operations: operations.length,
      bytes: operations.reduce((sum, { after }) => sum + after.length, 0),
      points: operations.reduce((sum, operation) => sum + pointsIn(operation), 0),
      opened: this.#left.old + this.#left.new,
      restarts: 2 * this.#restarted.size,
      answers: this.#life.answered.length,
      left: this.#left,
      problems: this.#problems,
    };
  }

  #operation(number: number, operation: Operation, other: Uint8Array): void {
    const { before, after } = operation;
    this.#judge(number, operation, before, other, 'before');
    for (const tear of TEARS) {
      // One buffer, in which the new bytes move forward: a million of them are not copied a million times.
      const left = new Uint8Array(Math.max(before.length, after.length));
      left.set(before);
      for (let written = 1; written <= after.length; written++) {
        left[written - 1] = after[written - 1] ?? 0;
        const length = tear === 'cutShort' ? written : Math.max(before.length, written);
        this.#judge(
          number,
          operation,
          left.subarray(0, length),
          other,
          `${tear} ${written}` satisfies `${Tear} ${number}`,
        );
      }
    }
    this.#judge(number, operation, after, other, 'after');
  }

  /** Opens a memory as a crash has left it, and holds what is there against what must be. */
  #judge(number: number, { bank }: Operation, left: Uint8Array, other: Uint8Array, where: string): void {
    const mended: Uint8Array[] = [];
    const storage: BankStorage = {
      read: (asked) => (asked === bank ? left : other),
      write: (_, image) => void mended.push(image),
    };
    const found = bankedStore(storage).open();
    if (found === 'failed') {
      this.#complain(number, where, 'the memory has failed');
      return;
    }
    // What one bank is mended with is what is believed; alike, they are both it.
    const believed = mended[0] ?? left;
    const done = this.#life.kept.filter(({ operations }) => operations <= number).length;
    const [old, young] = [this.#life.kept[done - 1], this.#life.kept[done]];
    if (young !== undefined && Buffer.compare(believed, young.image) === 0) {
      this.#left.new += 1;
      this.#recovered(number, where, young, done, young);
    } else if (old === undefined ? isNothing(believed) : Buffer.compare(believed, old.image) === 0) {
      this.#left.old += 1;
      if (old !== undefined) this.#recovered(number, where, old, done - 1, young ?? old);
    } else this.#complain(number, where, 'neither the old cells nor the new');
  }

  /** What is there again: none of it may have been told and lost, and a pump must start on it. */
  #recovered(number: number, where: string, kept: Kept, index: number, during: Kept): void {
    const told = this.#life.answered.some(({ operations, kept }) => operations <= number && kept > index + 1);
    if (told) this.#complain(number, where, 'what was answered is lost');
    if (!this.#read.has(`${index}`)) {
      this.#read.add(`${index}`);
      if (!holds(kept.image, kept.cells)) this.#complain(number, where, 'a cell is not as it was written');
    }
    // Power went while what is told next was kept: then is when the processor starts.
    const at = pumpTime(kept, during);
    const key = `${index} ${at}`;
    if (this.#restarted.has(key)) return;
    this.#restarted.add(key);
    for (const timeLost of [false, true])
      for (const broken of restarted(kept, at, timeLost, this.#changes))
        this.#complain(number, where, `started ${timeLost ? 'without the time' : 'with the time'}: not so: ${broken}`);
  }

  #complain(number: number, where: string, what: string): void {
    if (this.#problems.length < MOST_PROBLEMS) this.#problems.push(`operation ${number}, ${where}: ${what}`);
  }
}

/** The pump's own time at a crash: that of the entry it interrupts, unless this one sets the time back. */
const pumpTime = (kept: Kept, during: Kept): Instant =>
  during.status.now < kept.status.now || during.status.serial !== kept.status.serial
    ? kept.status.now
    : during.status.now;

/** Whether bytes are none, or what a new memory begins with. */
function isNothing(bytes: Uint8Array): boolean {
  return bytes.length <= 24;
}
