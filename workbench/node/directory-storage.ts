import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Bank, BankStorage } from '../../firmware-sim/index.ts';
import { codeOf, takeLock } from './directory-lock.ts';

/** A directory that cannot be used as the memory of a pump: which file of it, and why. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
}

const FILES = { A: 'bank-a', B: 'bank-b' } as const satisfies Record<Bank, string>;
const LOCK = 'lock';

/** Banks that are the files of a directory. */
interface DirectoryStorage extends BankStorage {
  /** Lets another process have the directory. Nothing may be written afterwards. */
  close(): void;
}

/**
 * The memory of a pump in a directory, which is made where it is not there: a file a bank, for one process at a time.
 * A bank is written beside its file, made to last, and then takes its name, so that a crash leaves the old file or the
 * new. What a crash leaves beside it is written over. Throws DirectoryError.
 */
export function directoryStorage(directory: string): DirectoryStorage {
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
  naming('make the directory', directory, () => mkdirSync(directory, { recursive: true }));
  // By its real path: another way to the same directory leads to the same lock.
  const release = naming('lock', join(directory, LOCK), () => takeLock(join(realpathSync(directory), LOCK)));
  let open = true;

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
    write: (bank, bytes) =>
      naming('write', pathOf(bank), () => {
        if (!open) throw new Error('the directory has been given back');
        const beside = `${pathOf(bank)}.new`;
        lasting(beside, 'w', (file) => writeFileSync(file, bytes));
        renameSync(beside, pathOf(bank));
        syncDirectory(directory);
      }),
    close() {
      open = false;
      release();
    },
  };
}

/** Opens a file, and closes it once what was done to it has reached the disk. */
function lasting(path: string, flags: string, work: (file: number) => void): void {
  const file = openSync(path, flags);
  try {
    work(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The name of a file lasts once its directory does. Windows knows no such thing, and keeps names by itself. */
function syncDirectory(directory: string): void {
  if (process.platform !== 'win32') lasting(directory, 'r', () => undefined);
}
