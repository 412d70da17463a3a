import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/*
 * One process at a time: a file that is there while somebody holds the directory, and says who. A process that died
 * could not take it away; whoever comes next does.
 */

/** The directory is somebody else's. */
export class InUse extends Error {
  override readonly name = 'InUse';
}

const held = new Set<string>();

/** Takes a lock file, also from a process that has died; returns how it is given back. Throws InUse. */
export function takeLock(path: string): () => void {
  // A file that is whole from the moment it is there: written aside, then given its name.
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, `${process.pid}\n`);
  try {
    if (!named(mine, path)) {
      takeAway(path);
      if (!named(mine, path)) throw new InUse(`another process has just taken ${path}`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  held.add(path);
  sweep(path);
  let taken = true;
  return () => {
    if (!taken) return;
    taken = false;
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** Takes away what processes have left that died while they took the lock or gave it back. */
function sweep(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const [, pid] = name.startsWith(`${basename(path)}.`) ? (/\.(\d+)(?:\.old)?$/.exec(name) ?? []) : [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dirname(path), name), { force: true });
  }
}

/** Gives a file a second name; false where somebody has that name already. */
function named(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away the lock of a process that has died. Throws where it lives. */
function takeAway(path: string): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    assertDead(path, readFileSync(path, 'utf8'));
    renameSync(path, aside);
  } catch (error) {
    // Its holder has just given it back.
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    // Between the look and the move somebody else may have been as quick: that lock is given back.
    assertDead(path, readFileSync(aside, 'utf8'));
  } catch (error) {
    named(aside, path);
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

function assertDead(path: string, text: string): void {
  const pid = Number(text.trim());
  // Not written by us, or by a process of our number before us.
  const isOurs = pid === process.pid && held.has(path);
  if (isOurs || (pid !== process.pid && isAlive(pid)))
    throw new InUse(`${path}: in use by process ${pid}; where that is no pump, remove the file`);
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** Whether a process has ended and only its parent has not asked how. It takes no signal, and lets nothing go. */
function isZombie(pid: number): boolean {
  try {
    // Its name may hold anything, a bracket too: the state stands after the last.
    return /^[ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, ''));
  } catch {
    // Where the system has no such files, as macOS, a process it knows is taken for alive.
    return false;
  }
}

export const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
