import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bank, BankStorage } from '../../firmware-sim/index.ts';
import { codeOf } from './directory-lock.ts';
import { makeDirectory, writeLasting } from './lasting-file.ts';

/** A directory that cannot be used as the memory of a pump: which file of it, and why. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
}

const FILES = { A: 'bank-a', B: 'bank-b' } as const satisfies Record<Bank, string>;

/**
 * The memory of a pump in a directory, which is made where it is not there: a file a bank, each written whole or not at
 * all. Whose it is, is settled by the lock of the folder it lies in. Throws DirectoryError.
 */
export function directoryStorage(directory: string): BankStorage {
  const naming = <T>(doing: string, path: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new DirectoryError(`cannot ${doing} ${path}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  };
  const pathOf = (bank: Bank) => join(directory, FILES[bank]);
  naming('make the directory', directory, () => makeDirectory(directory));

  return {
    read: (bank) =>
      naming('read', pathOf(bank), () => {
        try {
          return new Uint8Array(readFileSync(pathOf(bank)));
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return undefined;
          throw error;
        }
      }),
    write: (bank, bytes) => naming('write', pathOf(bank), () => writeLasting(pathOf(bank), bytes)),
  };
}
