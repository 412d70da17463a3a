import type { Command } from 'commander';
import { isLibraryText, isProfileText, loadLibrary, loadProfile } from '../index.ts';
import { readEach, scenarioIn } from './files.ts';
import { out } from './print.ts';

export function checkCommand(program: Command): void {
  program
    .command('check')
    .description('check that scenarios, profiles and drug libraries can be read, without running them')
    .argument('[paths...]', 'files, or folders of them')
    .action((paths: string[]) => {
      const titles = readEach(paths, (path, file, text) => [`${file}: ${titleOf(path, file, text)}`]);
      for (const title of titles) out(title);
    });
}

/** What is in a file. Throws FileError. */
function titleOf(path: string, file: string, text: string): string {
  if (isProfileText(text)) return profileTitle(text);
  return isLibraryText(text) ? libraryTitle(text) : scenarioIn(path, file, text).loaded.scenario.title;
}

/** What a drug library is called, and how many drugs it knows. Throws LibraryError. */
function libraryTitle(text: string): string {
  const { name, version, drugs } = loadLibrary(text);
  const count = Object.keys(drugs).length;
  return `${name} ${version} (a drug library, ${count} ${count === 1 ? 'drug' : 'drugs'})`;
}

/** What a profile is called, and what it is like. Throws ProfileError. */
function profileTitle(text: string): string {
  const { sheet, like, own } = loadProfile(text);
  const lines = `${own.length} ${own.length === 1 ? 'line' : 'lines'} of its own`;
  return `${sheet.title} (a profile${like === undefined ? '' : ` like ${like}`}, ${lines})`;
}
