import type { CaseFile } from './schema.ts';

/** The hints of a case, each given once. */
export class Hints {
  readonly #hints: NonNullable<CaseFile['hints']>;
  readonly #given: string[] = [];

  constructor({ hints = [] }: Pick<CaseFile, 'hints'>) {
    this.#hints = hints;
  }

  /** Those that were given, in order. */
  get given(): readonly string[] {
    return this.#given;
  }

  /** What might help so long after the learner came in, of what is not met yet; undefined where nothing would. */
  next(since: number, isMet: (id: string) => boolean): string | undefined {
    const open = this.#hints.filter(({ unless }) => unless === undefined || !isMet(unless));
    const now = open.find(({ after, say }) => after <= since && !this.#given.includes(say));
    if (now !== undefined) this.#given.push(now.say);
    return now?.say;
  }
}
