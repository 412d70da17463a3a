import type { Problem } from '../index.ts';
import type { SortName } from '../scenario/problem.ts';

/** A place in a file, with the absolute path of the file. Lines and columns count from 1. */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** An error whose stack is one place in a file, in the form in which vitest prints it as a location. */
export function located(name: string, message: string, { path, line, column }: Place, what: string): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = `${name}: ${message}\n    at ${what} (${path}:${line}:${column})`;
  return error;
}

const ERRORS = {
  scenario: 'ScenarioError',
  profile: 'ProfileError',
  'drug library': 'LibraryError',
  case: 'CaseError',
  campaign: 'PlanError',
} as const satisfies Record<SortName, string>;

/** What makes a file unusable, an error for each problem at its line and column. */
export function unusable(path: string, problems: readonly Problem[]): Error[] {
  return problems.map(({ file = path, sort = 'scenario', line, column, message }) =>
    located(ERRORS[sort], message, { path: file, line, column }, sort),
  );
}

/** Throws errors, if there are any, so that vitest lists every one. */
export function throwAll(errors: readonly Error[]): void {
  const [first, second] = errors;
  if (first === undefined) return;
  if (second === undefined) throw first;
  const all = new AggregateError(errors, errors.map(({ message }) => message).join('\n'));
  // For a vitest that does not look inside.
  if (first.stack !== undefined) all.stack = first.stack;
  throw all;
}
