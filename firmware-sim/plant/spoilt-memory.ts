import { fromJson, type Json } from '../../shared/index.ts';
import type { MemoryFault, SpoiledBanks } from './faults.ts';

/** What is wrong with the memory: banks that are spoiled, seen when the processor starts; an error that locks it, seen at once. */
export class SpoiltMemory {
  #spoiled: SpoiledBanks | null = null;
  #found: SpoiledBanks | null = null;
  #locked = false;
  #report: (locked: boolean) => void = () => undefined;

  /** Takes what is to be called when an error locks the memory, or a laboratory has mended that. */
  onLocked(report: (locked: boolean) => void): void {
    this.#report = report;
  }

  spoil(fault: MemoryFault): void {
    if (fault !== 'locked') {
      if (this.#spoiled !== 'bothBanks') this.#spoiled = fault;
    } else if (!this.#locked) {
      this.#locked = true;
      this.#report(true);
    }
  }

  get isLocked(): boolean {
    return this.#locked;
  }

  unlock(): void {
    this.#locked = false;
    this.#report(false);
  }

  /** What a processor that is starting finds spoiled of it. */
  get found(): SpoiledBanks | null {
    return this.#found;
  }

  /** The processor starts: that mends what was spoiled, or makes it all anew. */
  during(start: () => void): void {
    this.#found = this.#spoiled;
    this.#spoiled = null;
    // Of a memory that is made all anew nothing is locked.
    if (this.#found === 'bothBanks') this.#locked = false;
    start();
    this.#found = null;
  }

  /** Another pump's in its place. */
  replace(): void {
    this.#spoiled = null;
    this.#locked = false;
  }

  save(): Json {
    return { spoiled: this.#spoiled, locked: this.#locked };
  }

  load(saved: Json): void {
    const { spoiled, locked } = fromJson<{ spoiled: SpoiledBanks | null; locked: boolean }>(saved);
    this.#spoiled = spoiled;
    this.#locked = locked;
  }
}
