import type { Command } from 'commander';
import { isProfileText, loadProfile } from '../index.ts';
import { readEach, scenarioIn } from './files.ts';
import { out } from './print.ts';

export function checkCommand(program: Command): void {
  program
    .command('check')
    .description('check that scenarios and profiles can be read, without running them')
    .argument('[paths...]', 'scenario or profile files, or folders of them')
    .action((paths: string[]) => {
      const titles = readEach(paths, (path, file, text) => [
        `${file}: ${isProfileText(text) ? profileTitle(text) : scenarioIn(path, file, text).loaded.scenario.title}`,
      ]);
      for (const title of titles) out(title);
    });
}

/** What a profile is called, and what it is like. Throws ProfileError. */
function profileTitle(text: string): string {
  const { sheet, like, own } = loadProfile(text);
  const lines = `${own.length} ${own.length === 1 ? 'line' : 'lines'} of its own`;
  return `${sheet.title} (a profile${like === undefined ? '' : ` like ${like}`}, ${lines})`;
}
