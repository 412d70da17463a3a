import type { Bank } from './firmware/memory/bank.ts';
import type { BankStorage } from './firmware/memory/banked-store.ts';

/** Banks that last as long as the process. What was written and what is read are copies. */
export function memoryStorage(): BankStorage {
  const banks = new Map<Bank, Uint8Array>();
  return {
    read: (bank) => banks.get(bank)?.slice(),
    write: (bank, bytes) => void banks.set(bank, bytes.slice()),
  };
}
