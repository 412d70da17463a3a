/** Where in a file something stands, key by key. */
export type Path = readonly (string | number)[];

/** What a file is to be. */
export type SortName = 'scenario' | 'profile' | 'drug library' | 'case' | 'campaign';

/** Something wrong with a file: where, and what was expected. Lines and columns count from 1. */
export interface Problem {
  /** Where it is not the file that was read but one that this names. */
  readonly file?: string;
  /** What that file is to be. */
  readonly sort?: SortName;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Every problem on a line of its own. */
export const problemLines = (problems: readonly Problem[]): string =>
  problems
    .map(({ file, line, column, message }) => `${file === undefined ? '' : `${file}:`}${line}:${column}: ${message}`)
    .join('\n');

/** A file that cannot be used. It says every problem at once. */
export class FileError extends Error {
  override readonly name: string = 'FileError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problemLines(problems));
    this.problems = problems;
  }
}

/** A scenario that cannot be run. */
export class ScenarioError extends FileError {
  override readonly name = 'ScenarioError';
}
