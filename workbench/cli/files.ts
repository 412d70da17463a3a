import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FileError,
  isCaseText,
  isDebriefText,
  isLibraryText,
  isPlanText,
  isProfileText,
  type LoadedScenario,
  loadScenario,
  MOST_TEXT,
  type OpenFile,
  type Problem,
  problemLines,
} from '../index.ts';
import { Unusable } from './exit.ts';

/** The folder of the package: compiled, this file lies three folders below it. */
const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));
export const SHIPPED = join(PACKAGE, 'scenarios');
/** The training cases that come with the package. */
export const CASES = join(PACKAGE, 'cases');
/** The page, as it was built. */
export const PAGE = join(PACKAGE, 'dist/page');
/** The JSON Schema of a scenario file, of a profile file, and of a case file. */
export const SCHEMA = join(PACKAGE, 'docs/scenario.schema.json');
export const PROFILE_SCHEMA = join(PACKAGE, 'docs/profile.schema.json');
export const CASE_SCHEMA = join(PACKAGE, 'docs/case.schema.json');
const ENDINGS = ['.yaml', '.yml', '.json'];

/** The version in package.json. */
export function version(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  return version;
}

export interface ScenarioFile {
  /** The path under the nearest folder called `scenarios`, else the path as printed, without ending. */
  readonly id: string;
  /** As it is printed: relative to the working folder where that is shorter. */
  readonly file: string;
  /** What it says. */
  readonly text: string;
  readonly loaded: LoadedScenario;
}

/**
 * Reads scenarios from files and folders; none means the shipped ones. Profiles and drug libraries in a folder are left
 * out: the scenarios that name them read them. Throws Unusable with every problem.
 */
export function readScenarios(paths: readonly string[]): ScenarioFile[] {
  const given = new Set(paths.map((path) => resolve(path)));
  const read = readEach(paths, (path, file, text): ScenarioFile[] => {
    const other = otherSort(text);
    if (other === undefined) return [scenarioIn(path, file, text)];
    if (given.has(path)) throw new Unusable(`${file}:1:1: ${other}: expected a scenario`);
    return [];
  });
  if (read.length === 0)
    throw new Unusable(
      `${paths.join(', ')}: no scenario in it, only profiles, drug libraries, cases, debriefs or campaigns`,
    );
  // Where two would have the same id, their paths tell them apart.
  const times = (id: string) => read.filter((each) => each.id === id).length;
  return read.map((each) => (times(each.id) > 1 ? { ...each, id: withoutEnding(each.file) } : each));
}

/** What a text says it is, where that is no scenario. */
function otherSort(text: string): string | undefined {
  if (isProfileText(text)) return 'a profile';
  if (isLibraryText(text)) return 'a drug library';
  if (isDebriefText(text)) return 'a debrief';
  if (isPlanText(text)) return 'the plan of a campaign';
  return isCaseText(text) ? 'a training case' : undefined;
}

/** The scenario in a text. Throws ScenarioError. */
export const scenarioIn = (path: string, file: string, text: string): ScenarioFile => ({
  id: idOf(path),
  file,
  text,
  loaded: loadScenario(text, filesFrom(dirname(path))),
});

/**
 * What `read` makes of each file at some paths, folders searched; no path means the shipped scenarios. No text is
 * longer than `most` characters. Throws Unusable with every problem.
 */
export function readEach<T>(
  paths: readonly string[],
  read: (path: string, file: string, text: string) => readonly T[],
  most = MOST_TEXT,
): T[] {
  const problems: string[] = [];
  const orProblem = <U>(file: string, work: () => readonly U[]): readonly U[] => {
    try {
      return work();
    } catch (error) {
      if (error instanceof FileError) problems.push(problemText(file, error));
      else if (error instanceof Unusable) problems.push(error.message);
      else throw error;
      return [];
    }
  };
  const searched = paths.length === 0 ? [SHIPPED] : paths;
  const files = new Set(searched.flatMap((path) => orProblem(path, () => scenarioFiles(path))));
  const found = [...files].flatMap((path) => {
    const file = shown(path);
    return orProblem(file, () => read(path, file, readText(path, most)));
  });
  if (problems.length > 0) throw new Unusable(problems.join('\n'));
  return found;
}

/** Finds files that are named by their paths from a folder. */
export const filesFrom =
  (folder: string): OpenFile =>
  (path) => {
    const full = resolve(folder, path);
    try {
      if (!existsSync(full)) throw new Unusable(`${shown(full)}: no such file`);
      return { file: shown(full), text: readText(full) };
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      throw new FileError([{ line: 1, column: 1, message: error.message }]);
    }
  };

/** Every file below a folder. Links to folders are no folders: some lead in circles. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

/** Every problem of a file, a line each: file:line:column: message. */
export function problemText(file: string, { problems }: { readonly problems: readonly Problem[] }): string {
  return problems.map((problem) => problemLines([{ file, ...problem }])).join('\n');
}

/** A file, or all scenario files below a folder, in an order no locale changes. Links to folders are not followed. */
function scenarioFiles(path: string): string[] {
  const full = resolve(path);
  try {
    const there = path === '' ? undefined : statSync(full, { throwIfNoEntry: false });
    if (there === undefined) throw new Unusable(`${path}: no such file or folder`);
    if (!there.isDirectory()) return [full];
    const found = filesIn(full).filter((name) => ENDINGS.some((ending) => name.endsWith(ending)));
    if (found.length === 0)
      throw new Unusable(`${path}: no scenario in it: expected files ending in ${ENDINGS.join(', ')}`);
    return found.sort();
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(`${path}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

/** The text of a file. Throws Unusable where it cannot be read or is too large to be what is expected. */
export function readText(path: string, most = MOST_TEXT): string {
  try {
    const there = statSync(path);
    if (there.isDirectory()) throw new Unusable(`${shown(path)}: is a folder, expected a file`);
    if (!there.isFile() && path !== '/dev/stdin') throw new Unusable(`${shown(path)}:1:1: no regular file`);
    const { size } = there;
    // No character takes more than four bytes.
    if (size > most * 4) throw new Unusable(`${shown(path)}:1:1: ${size} bytes: expected at most ${most} characters`);
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Unusable) throw error;
    throw new Unusable(`${shown(path)}: cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

export function shown(path: string): string {
  const below = relative(process.cwd(), resolve(path));
  return below === '' || below.startsWith('..') ? resolve(path) : below;
}

/** The path of a file as it is written in another, whose folder is given: it begins with a point. */
export function pathFrom(folder: string, path: string): string {
  const way = relative(folder, resolve(path)).replaceAll(sep, '/');
  return way.startsWith('.') ? way : `./${way}`;
}

const withoutEnding = (path: string): string => path.replaceAll(sep, '/').replace(/\.[^./]+$/, '');

function idOf(path: string): string {
  const parts = resolve(path).split(sep);
  const folder = parts.lastIndexOf('scenarios', parts.length - 2);
  const below = folder === -1 ? shown(path) : parts.slice(folder + 1).join('/');
  return withoutEnding(below);
}

/** Says at once if files could not be written later, or if writing one would lose another: an `input` by what it is. */
export function mustBeWritable(outputs: readonly string[], inputs: readonly string[], input: string): void {
  const taken = new Map(inputs.map((file) => [real(file), input]));
  for (const path of outputs) {
    if (path === '') throw new Unusable('a file without a name: expected where to write it');
    const folder = dirname(resolve(path));
    const there = existsSync(path) ? statSync(path) : undefined;
    if (!existsSync(folder)) throw new Unusable(`${path}: there is no folder ${folder} to write it in`);
    if (there?.isDirectory()) throw new Unusable(`${path}: is a folder, expected a file`);
    const other = taken.get(real(path));
    if (other !== undefined) throw new Unusable(`${path}: is ${other} too: expected a file of its own`);
    taken.set(real(path), 'another output');
    try {
      accessSync(there === undefined ? folder : path, constants.W_OK);
    } catch (error) {
      throw new Unusable(`${path}: cannot be written: ${error instanceof Error ? error.message : error}`);
    }
  }
}

const real = (path: string): string => (existsSync(path) ? realpathSync(path) : join(realFolder(path), basename(path)));
const realFolder = (path: string): string => {
  const folder = dirname(resolve(path));
  return existsSync(folder) ? realpathSync(folder) : folder;
};

/** Writes a file whole or not at all; a device or pipe as it comes. Throws Unusable where it cannot. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const part = `${path}.${process.pid}.part`;
  try {
    if (existsSync(path) && !statSync(path).isFile()) writeFileSync(path, content);
    else {
      writeFileSync(part, content, { flag: 'wx' });
      renameSync(part, existsSync(path) ? realpathSync(path) : path);
    }
  } catch (error) {
    rmSync(part, { force: true });
    throw new Unusable(`${path}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}

const isThere = (path: string) => new Unusable(`${path}: is there already: expected the name of a new file`);

/** Says at once that a file could not be written as a new one later. */
export function mustBeNew(path: string): void {
  if (existsSync(path)) throw isThere(path);
}

/** Writes a file that is not there yet; never over another. Throws Unusable where it cannot. */
export function writeNew(path: string, text: string): void {
  let file: number | undefined;
  try {
    file = openSync(path, 'wx');
    writeFileSync(file, text);
  } catch (error) {
    if (file !== undefined) rmSync(path, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw isThere(path);
    throw new Unusable(`${path}: cannot be written: ${error instanceof Error ? error.message : error}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
