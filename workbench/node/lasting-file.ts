import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './directory-lock.ts';

/* Files that are there whole, and stay: what a pump has answered must outlast its process and the power. */

/**
 * Writes a file whole or not at all: beside it, made to last, and then under its name, so that a crash leaves the old
 * file or the new. What a crash leaves beside it is written over. Throws what the system says.
 */
export function writeLasting(path: string, content: string | Uint8Array, mode = 0o666): void {
  const beside = `${path}.new`;
  lasting(beside, 'w', mode, (file) => writeFileSync(file, content));
  renameSync(beside, path);
  // The name of a file lasts once its directory does. Windows knows no such thing, and keeps names by itself.
  if (process.platform !== 'win32') lasting(dirname(path), 'r', undefined, () => undefined);
}

/**
 * Makes a directory, and those it lies in, where they are not there. Step by step: asked for all at once, Node goes on
 * for ever where a directory is there and nothing can be made in it, as in /proc. Throws what the system says.
 */
export function makeDirectory(path: string, mode?: number): void {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') mkdirSync(path, { recursive: true });
    else if (codeOf(error) === 'ENOENT' && dirname(path) !== path) {
      makeDirectory(dirname(path), mode);
      mkdirSync(path, { mode });
    } else throw error;
  }
}

/** Opens a file, and closes it once what was done to it has reached the disk. */
function lasting(path: string, flags: string, mode: number | undefined, work: (file: number) => void): void {
  const file = openSync(path, flags, mode);
  try {
    work(file);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
