/** Where in a file something stands, key by key. */
export type Path = readonly (string | number)[];

/** Something wrong with a file: where, and what was expected. Lines and columns count from 1. */
export interface Problem {
  /** Where it is not the file that was read but one that this names. */
  readonly file?: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Every problem on a line of its own. */
export const problemLines = (problems: readonly Problem[]): string =>
  problems
    .map(({ file, line, column, message }) => `${file === undefined ? '' : `${file}:`}${line}:${column}: ${message}`)
    .join('\n');

/** A scenario that cannot be run. It says every problem at once. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problemLines(problems));
    this.problems = problems;
  }
}
