import { PROFILE_NAMES, type ProfileSheet, profileNamed } from '../../shared/index.ts';
import { loadProfile } from './document.ts';
import { ProfileError } from './problem.ts';
import { isProfilePath, PROFILE_EXPECTED } from './reference.ts';

/** A profile file that has been found: what it is called to people, and its text. */
export interface ProfileText {
  readonly file: string;
  readonly text: string;
}

/** Finds a profile file by its path as it was written. Throws ProfileError where there is none. */
export type OpenProfile = (path: string) => ProfileText;

/**
 * The data sheet that is meant by a name or by the path of a file. Throws ProfileError; a problem inside the file
 * names it.
 */
export function sheetOf(reference: string, open: OpenProfile | undefined): ProfileSheet {
  const shipped = profileNamed(reference);
  if (shipped !== undefined) return shipped;
  const none = (expected: string) =>
    new ProfileError([{ line: 1, column: 1, message: `no profile "${reference}": ${expected}` }]);
  if (!isProfilePath(reference)) throw none(PROFILE_EXPECTED);
  if (open === undefined) throw none(`no file is read here: expected one of ${PROFILE_NAMES.join(', ')}`);
  const { file, text } = open(reference);
  try {
    return loadProfile(text).sheet;
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new ProfileError(error.problems.map((problem) => ({ file, ...problem })));
  }
}
