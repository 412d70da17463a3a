import type { Bank, BankStorage } from '../../firmware-sim/index.ts';

/** What is asked of a FileSystemSyncAccessHandle, which a browser's worker gets from its private file system. */
export interface SyncFile {
  getSize(): number;
  /** How many bytes were read. */
  read(into: Uint8Array, options: { readonly at: number }): number;
  /** How many bytes were written. */
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
}

/**
 * The memory of a pump in two files of a browser's private file system, already opened: they are the page's alone while
 * they are. A new file is empty. A crash in a write may leave some of the new bytes over the old ones: that is what
 * there are two banks for.
 */
export function opfsStorage(files: Readonly<Record<Bank, SyncFile>>): BankStorage {
  return {
    read(bank) {
      const file = files[bank];
      const bytes = new Uint8Array(file.getSize());
      const read = bytes.length === 0 ? 0 : file.read(bytes, { at: 0 });
      if (read !== bytes.length) throw new Error(`bank ${bank}: ${read} of ${bytes.length} bytes read`);
      return bytes;
    },
    write(bank, bytes) {
      const file = files[bank];
      const written = file.write(bytes, { at: 0 });
      if (written !== bytes.length) throw new Error(`bank ${bank}: ${written} of ${bytes.length} bytes written`);
      file.truncate(bytes.length);
      file.flush();
    },
  };
}
