import { FileError } from './problem.ts';
import type { Sort } from './yaml-text.ts';

/*
 * Files that a scenario or a command names: profiles and drug libraries of one's own.
 */

/** The path of such a file: nothing that is shipped has such a name. */
export const FILE_PATH = /\.(yaml|yml|json)$/;

/** Whether what names something is the path of a file. */
export const isFilePath = (reference: string): boolean => FILE_PATH.test(reference);

/** A file that has been found: what it is called to people, and its text. */
export interface NamedFile {
  readonly file: string;
  readonly text: string;
}

/** Finds a file by its path as it was written. Throws FileError where there is none. */
export type OpenFile = (path: string) => NamedFile;

/** What `read` makes of a named file. Throws the error of its sort; a problem inside the file names it. */
export function readNamed<T>(
  { file, text }: NamedFile,
  { name: sort, error: Wrong }: Sort,
  read: (text: string) => T,
): T {
  try {
    return read(text);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new Wrong(error.problems.map((problem) => ({ file, sort, ...problem })));
  }
}
