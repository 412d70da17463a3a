import { FileError, LineError, problemLines, WrittenError } from '../../workbench/index.ts';

/** What somebody asked for that cannot be had. */
export class Unanswerable extends Error {}

export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : `${error}`);

/** What is wrong with what was asked, to be read; a fault of the simulator is thrown on. */
export function problemOf(error: unknown): string {
  if (error instanceof FileError) return problemLines(error.problems);
  if (error instanceof LineError || error instanceof WrittenError || error instanceof Unanswerable)
    return error.message;
  throw error;
}
