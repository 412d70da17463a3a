import type { Store } from './firmware/hardware.ts';

/** A store that lasts as long as the process. */
export function memoryStore(): Store {
  let lasting = new Map<string, () => Uint8Array>();
  let cleared = false;
  const written = new Map<string, () => Uint8Array>();
  return {
    read: (cell) => (written.get(cell) ?? (cleared ? undefined : lasting.get(cell)))?.(),
    write: (cell, bytes) => void written.set(cell, bytes),
    clear() {
      written.clear();
      cleared = true;
    },
    commit() {
      if (cleared) lasting = new Map();
      for (const [cell, bytes] of written) lasting.set(cell, bytes);
      written.clear();
      cleared = false;
    },
    open() {
      written.clear();
      cleared = false;
      return 'sound';
    },
  };
}
