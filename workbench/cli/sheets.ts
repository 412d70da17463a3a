import type { DrugLibrary } from '../../programmer/index.ts';
import type { ProfileSheet } from '../../shared/index.ts';
import { FileError, libraryNamed, type Problem, problemLines, sheetOf } from '../index.ts';
import { Unusable } from './exit.ts';
import { filesFrom } from './files.ts';

/** The sheet that is meant by a shipped profile's name or a file's path from the working folder. Throws Unusable. */
export const sheetCalled = (reference: string): ProfileSheet =>
  usable(() => sheetOf(reference, filesFrom(process.cwd())));

/** The drug library in a file by its path from the working folder; null for `none`. Throws Unusable. */
export const libraryCalled = (reference: string): DrugLibrary | null =>
  usable(() => libraryNamed(reference, filesFrom(process.cwd())));

function usable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const text = (problem: Problem) => (problem.file === undefined ? problem.message : problemLines([problem]));
    throw new Unusable(error.problems.map(text).join('\n'));
  }
}
