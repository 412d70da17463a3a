import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadedScenario, loadScenario, MOST_TEXT, ScenarioError } from '../index.ts';
import { Unusable } from './exit.ts';

/** The folder of the package: compiled, this file lies three folders below it. */
const PACKAGE = fileURLToPath(new URL('../../../', import.meta.url));
export const SHIPPED = join(PACKAGE, 'scenarios');
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
  readonly loaded: LoadedScenario;
}

/** Reads scenarios from files and folders; none means the shipped ones. Throws Unusable with every problem. */
export function readScenarios(paths: readonly string[]): ScenarioFile[] {
  const files = (paths.length === 0 ? [SHIPPED] : paths).flatMap(scenarioFiles);
  const problems: string[] = [];
  const read = files.flatMap((path): ScenarioFile[] => {
    const file = shown(path);
    try {
      return [{ id: idOf(path), file, loaded: loadScenario(readText(path)) }];
    } catch (error) {
      if (error instanceof ScenarioError) problems.push(problemText(file, error));
      else if (error instanceof Unusable) problems.push(error.message);
      else throw error;
      return [];
    }
  });
  if (problems.length > 0) throw new Unusable(problems.join('\n'));
  return read;
}

/** Every problem of a scenario, a line each: file:line:column: message. */
export function problemText(file: string, { problems }: ScenarioError): string {
  return problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n');
}

/** A file, or all scenario files below a folder, in an order no locale changes. */
function scenarioFiles(path: string): string[] {
  const full = resolve(path);
  if (!existsSync(full)) throw new Unusable(`${path}: no such file or folder`);
  if (!statSync(full).isDirectory()) return [full];
  const found = readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => ENDINGS.some((ending) => name.endsWith(ending)))
    .map((name) => join(full, name))
    .filter((name) => statSync(name).isFile());
  if (found.length === 0)
    throw new Unusable(`${path}: no scenario in it: expected files ending in ${ENDINGS.join(', ')}`);
  return found.sort();
}

/** The text of a file. Throws Unusable where it cannot be read or is too large to be what is expected. */
export function readText(path: string, most = MOST_TEXT): string {
  try {
    const { size } = statSync(path);
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

function idOf(path: string): string {
  const parts = resolve(path).split(sep);
  const folder = parts.lastIndexOf('scenarios', parts.length - 2);
  const below = folder === -1 ? shown(path) : parts.slice(folder + 1).join('/');
  return below.replaceAll(sep, '/').replace(/\.[^.]+$/, '');
}

/** Says at once if a file could not be written later. */
export function mustBeWritable(path: string): void {
  const folder = dirname(resolve(path));
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Unusable(`${path}: there is no folder ${folder} to write it in`);
  if (existsSync(path) && statSync(path).isDirectory()) throw new Unusable(`${path}: is a folder, expected a file`);
}

/** Writes a file whole or not at all. Throws Unusable where it cannot. */
export function writeWhole(path: string, text: string): void {
  const part = `${path}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw new Unusable(`${path}: cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}
