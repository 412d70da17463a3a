import type { Case } from './live.ts';

const MOST = 20;

/** What was found wrong, each with the case it was found in, as JSON to live it again alone. */
export class Problems {
  readonly #list: string[] = [];

  get list(): readonly string[] {
    return this.#list;
  }

  /** `cases` go on as this one does. */
  add(each: Case, problems: readonly string[], cases = 1): void {
    for (const problem of problems) {
      if (this.#list.length >= MOST) return;
      this.#list.push(`${JSON.stringify(each)}${cases <= 1 ? '' : ` and ${cases - 1} more`}: ${problem}`);
    }
  }
}
