import { PROFILE_NAMES, type ProfileSheet, profileNamed } from '../../shared/index.ts';
import { isFilePath, type OpenFile, readNamed } from '../scenario/named-file.ts';
import { loadProfile, PROFILE } from './document.ts';
import { ProfileError } from './problem.ts';
import { profileExpected } from './reference.ts';

/**
 * The data sheet that is meant by a name or by the path of a file. Throws ProfileError; a problem inside the file
 * names it. What `open` throws goes through.
 */
export function sheetOf(reference: string, open: OpenFile | undefined): ProfileSheet {
  const shipped = profileNamed(reference);
  if (shipped !== undefined) return shipped;
  const none = (expected: string) =>
    new ProfileError([{ line: 1, column: 1, message: `no profile "${reference}": ${expected}` }]);
  if (!isFilePath(reference)) throw none(profileExpected(reference));
  if (open === undefined) throw none(`no file is read here: expected one of ${PROFILE_NAMES.join(', ')}`);
  return readNamed(open(reference), PROFILE, (text) => loadProfile(text).sheet);
}
