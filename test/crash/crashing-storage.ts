import { type Bank, type BankStorage, memoryStorage } from '../../firmware-sim/index.ts';

/** One write to a bank: what it held, and what it was given. */
export interface Operation {
  readonly bank: Bank;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** What a torn write leaves behind the new bytes: the rest of the old ones, or nothing. */
export const TEARS = ['overOld', 'cutShort'] as const;
export type Tear = (typeof TEARS)[number];

/** Where in an operation power goes: before it, after it, or so many bytes into it. */
export type CrashPoint =
  | { readonly operation: number; readonly when: 'before' | 'after' }
  | { readonly operation: number; readonly written: number; readonly tear: Tear };

/** What a bank holds once power has gone in an operation on it. */
export function leftBy({ before, after }: Operation, point: CrashPoint): Uint8Array {
  if ('when' in point) return point.when === 'before' ? before : after;
  const begun = after.subarray(0, point.written);
  if (point.tear === 'cutShort') return begun;
  const left = new Uint8Array(Math.max(before.length, begun.length));
  left.set(before);
  left.set(begun);
  return left;
}

/** How many ways a power loss can meet an operation: before, after, and after each byte of it. */
export const pointsIn = ({ after }: Operation): number => 2 + after.length;

/** The power has gone: nothing after this happens. */
export class PowerLost extends Error {
  override readonly name = 'PowerLost';
}

/** A storage that keeps each operation, and can lose its power in one of them; nothing can be written until it is back. */
export class CrashingStorage implements BankStorage {
  readonly operations: Operation[] = [];
  #point: CrashPoint | undefined;
  readonly #banks = memoryStorage();

  constructor(point?: CrashPoint) {
    this.#point = point;
  }

  /** Says where power goes next, counted from the operation that comes next. */
  powerGoes(point: CrashPoint): void {
    this.#point = { ...point, operation: this.operations.length + point.operation };
  }

  /** From here on what is written lasts, beside what the loss has left. */
  powerReturns(): void {
    this.#point = undefined;
  }

  read(bank: Bank): Uint8Array | undefined {
    return this.#banks.read(bank);
  }

  write(bank: Bank, after: Uint8Array): void {
    const operation = { bank, before: this.read(bank) ?? new Uint8Array(), after: after.slice() };
    const number = this.operations.length;
    if (this.#point !== undefined && number > this.#point.operation) throw new PowerLost(`operation ${number}`);
    this.operations.push(operation);
    if (this.#point?.operation !== number) {
      this.#banks.write(bank, after);
      return;
    }
    this.#banks.write(bank, leftBy(operation, this.#point));
    throw new PowerLost(`operation ${number}`);
  }
}
