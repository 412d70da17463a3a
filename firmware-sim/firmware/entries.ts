import type { Store } from './hardware.ts';

/**
 * The entries into the firmware from outside: a frame, a deadline, a start. What one has written lasts together, once
 * it is done. One that throws is left half done: nothing of it is ever kept, and nothing goes on from it. Only a start
 * does, which takes what lasts in the store, as it was before.
 */
export class Entries {
  readonly #store: Store;
  readonly #keep: () => void;
  #broken: { readonly by: unknown } | undefined;

  /** `keep` writes what is only kept once an entry is done. */
  constructor(store: Store, keep: () => void) {
    this.#store = store;
    this.#keep = keep;
  }

  /** Does what an entry calls for, and lets all it has written last. Throws what it throws, or that one before has. */
  enter<T>(entry: () => T): T {
    this.check();
    try {
      const done = entry();
      this.#keep();
      this.#store.commit();
      return done;
    } catch (error) {
      this.#broken = { by: error };
      throw error;
    }
  }

  /** An entry that goes on from nothing but what lasts. */
  start(entry: () => void): void {
    this.#broken = undefined;
    this.enter(entry);
  }

  /** Throws where an entry has failed since the last start: whatever can be read is half done. */
  check(): void {
    if (this.#broken === undefined) return;
    throw new Error('the firmware has failed and was not started anew', { cause: this.#broken.by });
  }
}
