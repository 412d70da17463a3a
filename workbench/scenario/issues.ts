import type { z } from 'zod';
import type { Path, Problem } from './problem.ts';

/** Line and column of a value; of the key where `key` is asked for; of the nearest parent where it is not there. */
export type Locate = (path: Path, key?: boolean) => { line: number; column: number };

type Issue = z.core.$ZodIssue;

/** Every issue as a problem; of a union, the branch that came furthest. */
export function problemsOf(issues: readonly Issue[], locate: Locate): Problem[] {
  const problems: Problem[] = [];
  const walk = (issue: Issue, above: Path) => {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    if (issue.code === 'invalid_union') {
      const branch = bestBranch(issue.errors);
      // Where no branch has the shape, what the union itself says is the better answer.
      if (branch !== undefined && (!branch.some(wrongShape) || issue.message === 'Invalid input')) {
        for (const inner of branch) walk(inner, path);
        return;
      }
    }
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    if (issue.code === 'unrecognized_keys') {
      const expected = issue.message.replace(/^.*?: /, '');
      for (const key of issue.keys) {
        problems.push({ ...locate([...path, key], true), message: `${where}unknown key "${key}": ${expected}` });
      }
    } else problems.push({ ...locate(path), message: `${where}${plain(issue)}` });
  };
  for (const issue of issues) walk(issue, []);
  return problems;
}

const wrongShape = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return branches.find((branch) => !branch.some(wrongShape)) ?? longest(branches);
}

/** Where no branch fits the shape, the one that lists most of what was possible. */
function longest(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  return [...branches].sort((a, b) => (b[0]?.message.length ?? 0) - (a[0]?.message.length ?? 0))[0];
}

function plain(issue: Issue): string {
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message)) return 'is missing';
  if (issue.code === 'too_small' && issue.origin === 'array') return 'expected at least one entry';
  if (issue.code === 'invalid_value' && issue.values.length > 1) return `expected one of ${issue.values.join(', ')}`;
  return issue.message.replace(/^Invalid (input|option): /, '');
}
