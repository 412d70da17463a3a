import type { Problem } from '../scenario/problem.ts';
import { type Failure, runScenario } from '../scenario/run.ts';
import type { LoadedCase } from './document.ts';

/** What of the beginning of a case does not go as it says, in the words of a scenario that is run. */
export function beginningProblems(
  { opening, seed, locate }: LoadedCase,
  options: { readonly id: string; readonly version: string },
): readonly Problem[] {
  const { scenario } = opening;
  const begins = { scenario, locate: (path, key) => locate(['begins', ...path], key) } satisfies Parameters<
    typeof runScenario
  >[0];
  return runScenario(begins, { ...options, seed, executor: 'table' }).failures.map(problemOf);
}

function problemOf({ line, column, step, time, what, expected, got, wouldPass }: Failure): Problem {
  const where = step === 0 ? 'begins' : `begins, step ${step} of its story`;
  const instead = wouldPass === undefined ? '' : `; would pass: ${wouldPass}`;
  return { line, column, message: `${where}, at ${time}: ${what}: expected ${expected}, got ${got}${instead}` };
}
