import { BANKS, type BankStorage, judgeBank, type Store } from '../../firmware-sim/index.ts';
import {
  after,
  type DeviceProfile,
  earliest,
  type Instant,
  instant,
  type Party,
  type Status,
} from '../../shared/index.ts';
import { BarePump } from '../firmware/bare-pump.ts';
import { CrashingStorage } from './crashing-storage.ts';

export type Cells = ReadonlyMap<string, Uint8Array>;

/** What lasts once an entry into the firmware is over: every cell, and what the pump said of itself. */
export interface Kept {
  /** How many operations had been done on the storage by then. */
  readonly operations: number;
  readonly cells: Cells;
  readonly status: Status;
  /** The bytes of a bank. */
  readonly image: Uint8Array;
}

/** A life of a pump, as its storage saw it. */
export interface Recorded {
  readonly storage: CrashingStorage;
  readonly kept: readonly Kept[];
  /** For each answer that was sent, how many of `kept` lasted then. */
  readonly answered: readonly { readonly operations: number; readonly kept: number }[];
  /** What was found wrong already while it was recorded. */
  readonly problems: readonly string[];
}

/** Stores the time of a pump once an interval, as whoever runs it beyond one process does. */
class TimeKeeper implements Party {
  readonly name = 'timekeeper';
  readonly rank = 6;
  readonly #pump: BarePump;
  #last: Instant = instant(0);

  constructor(pump: BarePump) {
    this.#pump = pump;
  }
  due() {
    return earliest([after(this.#last, this.#pump.profile.writeInterval)]);
  }
  wake(now: Instant) {
    this.#last = now;
    this.#pump.firmware.keepTime();
  }
  save() {
    return this.#last;
  }
  load() {
    throw new Error('a recorded life is not restored');
  }
}

/** Lives a life on a banked store and keeps all that its storage went through. */
export function record(
  live: (pump: BarePump) => void,
  changes: Partial<DeviceProfile>,
  make: (storage: BankStorage) => Store,
): Recorded {
  const storage = new CrashingStorage();
  const banked = make(storage);
  /** What the firmware has asked to be kept, whenever. */
  const asked = new Map<string, () => Uint8Array>();
  let open = 0;
  let pump: BarePump | undefined;
  const kept: (Omit<Kept, 'status'> & { status: Status | undefined })[] = [];
  const answered: Recorded['answered'][number][] = [];
  const problems: string[] = [];

  const store: Store = {
    read: (cell) => banked.read(cell),
    write(cell, bytes) {
      open += 1;
      asked.set(cell, bytes);
      banked.write(cell, bytes);
    },
    clear() {
      open += 1;
      asked.clear();
      banked.clear();
    },
    open: () => banked.open(),
    commit() {
      const before = storage.operations.length;
      banked.commit();
      open = 0;
      const operations = storage.operations.length;
      if (operations === before) return;
      const cells = evaluated(asked);
      const image = storage.read('A') ?? new Uint8Array();
      kept.push({ operations, cells, image, status: pump?.firmware.status() });
    },
  };

  const living = new BarePump(changes, 'table', store);
  pump = living;
  for (const each of kept) each.status ??= living.firmware.status();
  living.timeline.join(new TimeKeeper(living));
  living.onAnswer = () => {
    const lasting = BANKS.every((bank) => holds(storage.read(bank), evaluated(asked)));
    if (open > 0 || !lasting) problems.push('an answer was sent for what was not kept');
    answered.push({ operations: storage.operations.length, kept: kept.length });
  };
  live(living);
  return {
    storage,
    kept: kept.map(({ status, ...rest }) => ({ ...rest, status: status ?? living.status() })),
    answered,
    problems,
  };
}

const evaluated = (asked: ReadonlyMap<string, () => Uint8Array>): Cells =>
  new Map([...asked].map(([cell, bytes]) => [cell, bytes()]));

/** Whether a bank with these bytes holds exactly these cells. */
export function holds(image: Uint8Array | undefined, cells: Cells): boolean {
  const judged = judgeBank(image);
  if (judged.state !== 'whole' || judged.cells.size !== cells.size) return false;
  return [...cells].every(([name, bytes]) => Buffer.compare(judged.cells.get(name) ?? new Uint8Array(), bytes) === 0);
}
