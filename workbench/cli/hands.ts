import type { Command } from 'commander';
import type { HandsFlags } from './hands-act.ts';
import { url } from './options.ts';

export function handsCommand(program: Command): void {
  program
    .command('hands')
    .description('what hands at the bedside, the world and time do to a pump in another process')
    .argument('<act...>', 'as a line of the console: drain; inject 20 mL; flowBias +15 %; after 3d')
    .requiredOption('--control <url>', "the pump's control channel, such as ws://127.0.0.1:7101", url)
    .option('--json', 'print outcome and what is then physically so as one JSON document')
    .addHelpText(
      'after',
      '\nQuote an act that holds a word beginning with "-".\nExit codes: 0 done, 1 refused, 2 usage or no pump there, 3 internal error.',
    )
    .action(async (words: string[], flags: HandsFlags) => {
      // Sockets are loaded where they are wanted.
      const { handsAct } = await import('./hands-act.ts');
      process.exitCode = await handsAct(words.join(' '), flags);
    });
}
