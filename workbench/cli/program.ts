import type { Command } from 'commander';
import { cardOption, libraryOption, roleOption, url, wallClock } from './options.ts';
import type { ProgramFlags } from './program-act.ts';

export function programCommand(program: Command): void {
  program
    .command('program')
    .description('do one act at a programmer whose pump is in another process, and print its screen')
    .argument('<act...>', 'as a line of the console: interrogate; refill volume: 20 mL; press')
    .requiredOption('--connect <url>', "the pump's telemetry, such as ws://127.0.0.1:7100", url)
    .addOption(cardOption())
    .addOption(roleOption())
    .addOption(libraryOption())
    .option(
      '--profile <profile>',
      'the kind of pump, where no card says so: a shipped profile, or a file',
      'synchromed-ii-like-20',
    )
    .option('--clock <time>', "what the programmer's clock shows; that of the pump's room unless given", wallClock)
    .option('--json', 'print screen and outcome as one JSON document')
    .addHelpText('after', '\nExit codes: 0 done, 1 refused, 2 usage or no pump there, 3 internal error.')
    .action(async (words: string[], flags: ProgramFlags) => {
      // Sockets are loaded where they are wanted.
      const { programAct } = await import('./program-act.ts');
      process.exitCode = await programAct(words.join(' '), flags);
    });
}
