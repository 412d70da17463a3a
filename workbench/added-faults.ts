import { fromJson, type Instant, type Json, type Party, RANK } from '../shared/index.ts';
import type { WorldAct } from './act.ts';

/** A fault that comes at an instant, whatever else is going on then. */
export interface AddedFault {
  readonly at: Instant;
  readonly act: WorldAct;
}

/**
 * Faults that come at their own time, in the middle of a wait, an act or a habit alike. At one instant they come
 * before the pump, the link and people do anything, in the order given.
 */
export class AddedFaults implements Party {
  readonly name = 'addedFaults';
  readonly rank = RANK.plant;
  readonly #faults: readonly AddedFault[];
  readonly #perform: (act: WorldAct) => void;
  #done = 0;

  constructor(faults: readonly AddedFault[], perform: (act: WorldAct) => void) {
    this.#faults = [...faults].sort((a, b) => a.at - b.at);
    this.#perform = perform;
  }

  due(): Instant | undefined {
    return this.#faults[this.#done]?.at;
  }

  wake(): void {
    const fault = this.#faults[this.#done];
    if (fault === undefined) return;
    this.#done += 1;
    this.#perform(fault.act);
  }

  save(): Json {
    return { done: this.#done };
  }

  load(json: Json): void {
    this.#done = fromJson<{ done: number }>(json).done;
  }
}
