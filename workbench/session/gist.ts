import { type Duration, span } from '../../shared/index.ts';
import { renames } from '../scenario/plausible.ts';
import type { Step } from '../scenario/schema.ts';

/** The gist of a story: a few steps after which another is as plausible as after all of them. */
export class Gist {
  /** The least time that has passed, and the most. */
  #least: Duration = span(0);
  #most: Duration = span(0);
  /** How far local time was moved. */
  #moved: Duration = span(0);
  /** The first step that enters another fluid. */
  #renaming: Step | undefined;

  add(step: Step): void {
    const { at, after = span(0), atMost = span(0), clinician, world } = step;
    this.#least = at ?? span(this.#least + after);
    this.#most = at ?? span(this.#most + after + atMost);
    if (world?.type === 'localTime') this.#moved = span(this.#moved + world.by);
    if (clinician !== undefined && renames(step)) this.#renaming ??= { clinician };
  }

  get steps(): readonly Step[] {
    return [
      { after: this.#least },
      { atMost: span(this.#most - this.#least) },
      { world: { type: 'localTime', by: this.#moved } },
      ...(this.#renaming === undefined ? [] : [this.#renaming]),
    ];
  }
}
