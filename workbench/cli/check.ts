import type { Command } from 'commander';
import { readScenarios } from './files.ts';
import { out } from './print.ts';

export function checkCommand(program: Command): void {
  program
    .command('check')
    .description('check that scenarios can be read, without running them')
    .argument('[paths...]', 'scenario files, or folders of them')
    .action((paths: string[]) => {
      for (const { file, loaded } of readScenarios(paths)) out(`${file}: ${loaded.scenario.title}`);
    });
}
