import type { MemoryFound, Store } from '../hardware.ts';
import { BANKS, type Bank, type Cells, FIRST, judgeBank, packBank } from './bank.ts';

/** Where the two banks of a memory lie. Both calls are synchronous, because a pump answers only what has lasted. */
export interface BankStorage {
  /** The bytes last written, or what a loss of power has left of them; undefined, or none, where nothing ever was. */
  read(bank: Bank): Uint8Array | undefined;
  /** Puts bytes in the place of those before. They last once it returns; while it runs they may be anything. */
  write(bank: Bank, bytes: Uint8Array): void;
}

/**
 * A memory that loses nothing: each commit is written whole to one bank and then to the other, so that at every
 * instant one of them is whole and holds the old cells or the new. Opened, it takes the newest whole one and makes the
 * other like it. With none whole it has failed and holds nothing, until something is committed.
 */
export function bankedStore(storage: BankStorage): Store {
  let lasting: Cells | undefined;
  let sequence = 0;
  /** Whether anything was ever written to the banks. */
  let begun = false;
  const written = new Map<string, () => Uint8Array>();
  let cleared = false;

  /** The cells that last. Throws where nobody has looked at the banks yet. */
  const opened = (): Cells => {
    if (lasting === undefined) throw new Error('the memory has not been opened');
    return lasting;
  };

  const mirror = (bytes: Uint8Array): void => {
    for (const bank of BANKS) storage.write(bank, bytes);
  };

  return {
    read: (cell) => written.get(cell)?.() ?? (cleared ? undefined : opened().get(cell)),
    write: (cell, bytes) => void written.set(cell, bytes),
    clear() {
      written.clear();
      cleared = true;
    },

    commit() {
      const before = opened();
      if (written.size === 0 && !cleared) return;
      const cells = new Map(cleared ? [] : before);
      for (const [cell, bytes] of written) cells.set(cell, bytes());
      if (!alike(cells, before)) {
        // A first image half written could not be told from a failed one: a new memory begins with a known one.
        if (!begun) mirror(FIRST);
        begun = true;
        mirror(packBank(sequence + 1, cells));
        sequence += 1;
        lasting = cells;
      }
      written.clear();
      cleared = false;
    },

    open(): MemoryFound {
      written.clear();
      cleared = false;
      const banks = BANKS.map((bank) => {
        const bytes = storage.read(bank);
        return { bank, bytes, judged: judgeBank(bytes) };
      });
      begun = banks.some(({ judged }) => judged.state !== 'unwritten');
      let newest: { readonly sequence: number; readonly cells: Cells; readonly bytes: Uint8Array } | undefined;
      for (const { bytes, judged } of banks) {
        if (judged.state !== 'whole' || bytes === undefined) continue;
        if (newest === undefined || judged.sequence > newest.sequence) newest = { ...judged, bytes };
      }
      lasting = newest?.cells ?? new Map();
      sequence = newest?.sequence ?? 0;
      if (newest === undefined) return begun ? 'failed' : 'sound';
      const { bytes: whole } = newest;
      const other = banks.find(({ bytes }) => bytes === undefined || !sameBytes(bytes, whole));
      if (other === undefined) return 'sound';
      storage.write(other.bank, whole);
      return `healed${other.bank}`;
    },
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function alike(a: Cells, b: Cells): boolean {
  if (a.size !== b.size) return false;
  for (const [name, bytes] of a) {
    const other = b.get(name);
    if (other === undefined || !sameBytes(bytes, other)) return false;
  }
  return true;
}
