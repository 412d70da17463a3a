import { type Problem, problemLines } from '../scenario/problem.ts';

/** A profile that cannot be used. It says every problem at once. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problemLines(problems));
    this.problems = problems;
  }
}
