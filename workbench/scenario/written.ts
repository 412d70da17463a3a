import type { z } from 'zod';
import { problemsOf } from './document.ts';

/** Something written in the vocabulary of scenarios that cannot be used: what, where in it, what was expected. */
export class WrittenError extends Error {
  override readonly name = 'WrittenError';
}

/** Reads what stands in code as it would stand in a scenario file. `what` begins every line of the message. */
export function readWritten<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // In code there is no line to point at: the stack does.
  const problems = problemsOf(parsed.error.issues, () => ({ line: 1, column: 1 }));
  throw new WrittenError(problems.map(({ message }) => `${what}: ${message}`).join('\n'));
}
