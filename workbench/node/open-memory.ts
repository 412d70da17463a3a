import { join } from 'node:path';
import { BANKS, bankedStore, memoryStore, type Store } from '../../firmware-sim/index.ts';
import { directoryStorage } from './directory-storage.ts';

/** The memory of a pump. */
interface OpenMemory {
  readonly store: Store;
  /** Whether there is nothing of it yet. */
  readonly isNew: boolean;
}

/** The memory of a pump in its folder or, without one, for as long as its process lives. Throws DirectoryError. */
export function openMemory(folder: string | undefined): OpenMemory {
  if (folder === undefined) return { store: memoryStore(), isNew: true };
  const storage = directoryStorage(join(folder, 'memory'));
  const isNew = BANKS.every((bank) => storage.read(bank) === undefined);
  return { store: bankedStore(storage), isNew };
}
