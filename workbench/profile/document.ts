import {
  impossible,
  likeAnother,
  PARAMETER_NAMES,
  type ParameterName,
  type ProfileSheet,
  profileNamed,
  profileSheet,
  readProfile,
} from '../../shared/index.ts';
import { readBy } from '../scenario/issues.ts';
import { isOfSort, type Locate, readYamlText, type Sort } from '../scenario/yaml-text.ts';
import { ProfileError } from './problem.ts';
import { profileFile } from './schema.ts';

export const PROFILE: Sort = { name: 'profile', plural: 'profiles', head: 'profile', error: ProfileError };

/** A profile that has been read. */
export interface LoadedProfile {
  /** The whole data sheet, what it takes over included. */
  readonly sheet: ProfileSheet;
  /** The shipped profile that it is like; undefined where every line is its own. */
  readonly like: string | undefined;
  /** The lines that are its own, in the order of all parameters. */
  readonly own: readonly ParameterName[];
}

/** Whether a text says of itself that it is a profile, whatever else may be wrong with it. */
export const isProfileText = (text: string): boolean => isOfSort(text, PROFILE);

/** Reads a profile file from its text. Throws ProfileError with every problem found. */
export function loadProfile(text: string): LoadedProfile {
  const { value, locate } = readYamlText(text, PROFILE);
  const parsed = readBy(profileFile, value, locate);
  if (!parsed.success) throw new ProfileError(parsed.problems);
  const { thecal: _, like, parameters, ...named } = parsed.data;
  const own = PARAMETER_NAMES.filter((name) => parameters[name] !== undefined);
  const other = like === undefined ? undefined : profileNamed(like);
  const sheet =
    other === undefined ? wholeSheet({ ...named, parameters }, locate) : likeAnother(other, { ...named, parameters });
  const problems = impossible(readProfile(sheet)).map(({ parameters, expected }) => {
    // Of two that do not go together, the one that was written here is to be mended.
    const at = parameters.find((name) => own.includes(name)) ?? parameters.join(', ');
    const given = parameters.map((name) => `${name} ${sheet.parameters[name].value} ${sheet.parameters[name].unit}`);
    const message = `parameters.${at}: ${given.join(' and ')}: expected ${expected}`;
    return { ...locate(['parameters', at]), message };
  });
  if (problems.length > 0) throw new ProfileError(problems);
  return { sheet, like, own };
}

/** A sheet that takes nothing over, its lines in the order of all parameters. */
function wholeSheet({ parameters, ...named }: { readonly parameters: object }, locate: Locate): ProfileSheet {
  const given = new Map(Object.entries(parameters));
  const missing = PARAMETER_NAMES.filter((name) => !given.has(name));
  const lines = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, given.get(name)]));
  const read = profileSheet.safeParse({ ...named, parameters: lines });
  if (read.success) return read.data;
  const message = `no ${missing.join(', ')}: expected every parameter, or "like" with a profile to take them from`;
  throw new ProfileError([{ ...locate(['parameters'], true), message: `parameters: ${message}` }]);
}
