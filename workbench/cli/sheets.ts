import type { ProfileSheet } from '../../shared/index.ts';
import { ProfileError, problemLines, sheetOf } from '../index.ts';
import { Unusable } from './exit.ts';
import { profilesFrom } from './files.ts';

/** The sheet that is meant by a shipped profile's name or a file's path from the working folder. Throws Unusable. */
export function sheetCalled(reference: string): ProfileSheet {
  try {
    return sheetOf(reference, profilesFrom(process.cwd()));
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new Unusable(
      error.problems
        .map((problem) => (problem.file === undefined ? problem.message : problemLines([problem])))
        .join('\n'),
    );
  }
}
