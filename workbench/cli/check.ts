import { dirname } from 'node:path';
import type { Command } from 'commander';
import { isCaseText, isLibraryText, isProfileText, loadCase, loadLibrary, loadProfile } from '../index.ts';
import { filesFrom, readEach, scenarioIn } from './files.ts';
import { out } from './print.ts';

export function checkCommand(program: Command): void {
  program
    .command('check')
    .description('check that scenarios, profiles, drug libraries and training cases can be read, without running them')
    .argument('[paths...]', 'files, or folders of them')
    .action((paths: string[]) => {
      const titles = readEach(paths, (path, file, text) => [`${file}: ${titleOf(path, file, text)}`]);
      for (const title of titles) out(title);
    });
}

/** What is in a file. Throws FileError. */
function titleOf(path: string, file: string, text: string): string {
  if (isProfileText(text)) return profileTitle(text);
  if (isCaseText(text)) return caseTitle(path, text);
  return isLibraryText(text) ? libraryTitle(text) : scenarioIn(path, file, text).loaded.scenario.title;
}

/** What a drug library is called, and how many drugs it knows. Throws LibraryError. */
function libraryTitle(text: string): string {
  const { name, version, drugs } = loadLibrary(text);
  const count = Object.keys(drugs).length;
  return `${name} ${version} (a drug library, ${count} ${count === 1 ? 'drug' : 'drugs'})`;
}

/** Seeds with which a case is read: what one draws may fit where what another draws does not. */
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed);

/** What a case is called. Throws CaseError where a seed makes it unusable. */
function caseTitle(path: string, text: string): string {
  const [first] = SEEDS.map((seed) => loadCase(text, seed, filesFrom(dirname(path))));
  return `${first?.lesson.title} (a training case, ${first?.lesson.rubric.length} lines of rubric)`;
}

/** What a profile is called, and what it is like. Throws ProfileError. */
function profileTitle(text: string): string {
  const { sheet, like, own } = loadProfile(text);
  const lines = `${own.length} ${own.length === 1 ? 'line' : 'lines'} of its own`;
  return `${sheet.title} (a profile${like === undefined ? '' : ` like ${like}`}, ${lines})`;
}
