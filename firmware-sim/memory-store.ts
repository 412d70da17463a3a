import type { Store } from './firmware/hardware.ts';

/** What a cell holds: what lasts, and what has been written since; undefined where there is nothing. */
interface Cell {
  lasting: (() => Uint8Array) | undefined;
  written: (() => Uint8Array) | undefined;
}

/** A store that lasts as long as the process. */
export function memoryStore(): Store {
  const cells = new Map<string, Cell>();
  /** Those that have been written since the last commit. */
  const changed: Cell[] = [];
  let cleared = false;
  const drop = () => {
    for (let cell = changed.pop(); cell !== undefined; cell = changed.pop()) cell.written = undefined;
  };
  return {
    read(name) {
      const cell = cells.get(name);
      return (cell?.written ?? (cleared ? undefined : cell?.lasting))?.();
    },
    write(name, bytes) {
      let cell = cells.get(name);
      if (cell === undefined) {
        cell = { lasting: undefined, written: undefined };
        cells.set(name, cell);
      }
      if (cell.written === undefined) changed.push(cell);
      cell.written = bytes;
    },
    clear() {
      drop();
      cleared = true;
    },
    commit() {
      if (cleared) for (const cell of cells.values()) cell.lasting = undefined;
      for (const cell of changed) cell.lasting = cell.written;
      drop();
      cleared = false;
    },
    open() {
      drop();
      cleared = false;
      return 'sound';
    },
  };
}
