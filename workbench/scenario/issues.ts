import type { z } from 'zod';
import { expectedOne, found } from '../../shared/index.ts';
import type { Path, Problem } from './problem.ts';
import type { Locate } from './yaml-text.ts';

type Issue = z.core.$ZodIssue;

/** What a value is read as, or every problem with it. */
export type ReadBy<T> =
  | { readonly success: true; readonly data: T }
  | { readonly success: false; readonly problems: readonly Problem[] };

/** Where what is not in a file stands. */
export const NOWHERE: Locate = () => ({ line: 1, column: 1 });

/** Reads a value by a schema, whose own messages say what was expected; where it has none, the words below do. */
export function readBy<S extends z.ZodType>(schema: S, value: unknown, locate: Locate = NOWHERE): ReadBy<z.output<S>> {
  const { success, data, error } = schema.safeParse(value, { error: inWords });
  return success ? { success, data } : { success, problems: problemsOf(error.issues, locate) };
}

/** Every issue as a problem; of a union, the branch that came furthest. */
function problemsOf(issues: readonly Issue[], locate: Locate): Problem[] {
  const problems: Problem[] = [];
  const walk = (issue: Issue, above: Path) => {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    if (issue.code === 'invalid_union') {
      const branch = bestBranch(issue.errors);
      // Where no branch has the shape, what the union itself says is the better answer.
      if (branch !== undefined && (!branch.some(wrongShape) || issue.message === NO_BRANCH)) {
        for (const inner of branch) walk(inner, path);
        return;
      }
    }
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    if (issue.code === 'unrecognized_keys') {
      const lines = issue.message.split('\n');
      for (const [i, key] of issue.keys.entries())
        problems.push({ ...locate([...path, key], true), message: `${where}${lines[i] ?? issue.message}` });
    } else problems.push({ ...locate(path), message: `${where}${issue.message}` });
  };
  for (const issue of issues) walk(issue, []);
  return problems;
}

const wrongShape = (issue: Issue): boolean => {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((branch) => branch.some(wrongShape));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
};

/** Whether a value has keys that a branch does not take: it may be meant for another. */
const wrongKeys = (issue: Issue): boolean => issue.path.length === 0 && issue.code === 'unrecognized_keys';

function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const shaped = branches.filter((branch) => !branch.some(wrongShape));
  return shaped.find((branch) => !branch.some(wrongKeys)) ?? shaped[0] ?? longest(branches);
}

/** Where no branch fits the shape, the one that lists most of what was possible. */
function longest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return [...branches].sort((a, b) => (b[0]?.message.length ?? 0) - (a[0]?.message.length ?? 0))[0];
}

/** What a union says that has no words of its own. */
const NO_BRANCH = 'expected another value';

/** Types as people call them. */
const CALLED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys and values',
  record: 'keys and values',
  null: 'null',
};

/** What was expected, where a schema does not say it itself. */
function inWords(issue: z.core.$ZodRawIssue): string {
  const { input } = issue;
  switch (issue.code) {
    case 'invalid_type':
      return input === undefined ? 'is missing' : `${found(input)}expected ${CALLED[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      const words = issue.values.map(String);
      return words.length > 1 ? expectedOne(words, input) : `expected ${JSON.stringify(words[0])}`;
    }
    case 'too_small':
      if (issue.origin === 'array') return 'expected at least one entry';
      if (issue.origin === 'string') return 'empty: expected a text';
      return `${found(input)}expected at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'array') return `expected at most ${issue.maximum} entries`;
      if (issue.origin === 'string') return `${found(input)}expected at most ${issue.maximum} characters`;
      return `${found(input)}expected at most ${issue.maximum}`;
    case 'invalid_union':
      return Array.isArray(issue.options) ? expectedOne(issue.options.map(String)) : NO_BRANCH;
    default:
      return `${found(input)}expected another value`;
  }
}
