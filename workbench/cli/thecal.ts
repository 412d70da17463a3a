import { Command, CommanderError } from 'commander';
import { campaignCommand } from './campaign.ts';
import { chartCommand } from './chart.ts';
import { checkCommand } from './check.ts';
import { consoleCommand } from './console.ts';
import { debriefCommand } from './debrief.ts';
import { diffCommand } from './diff.ts';
import { drugsCommand } from './drugs.ts';
import { EXIT, Unusable } from './exit.ts';
import { faultsCommand } from './faults.ts';
import { version } from './files.ts';
import { handsCommand } from './hands.ts';
import { newCommand } from './new.ts';
import { note } from './print.ts';
import { profilesCommand } from './profiles.ts';
import { programCommand } from './program.ts';
import { pumpCommand } from './pump.ts';
import { runCommand } from './run.ts';
import { schemaCommand } from './schema.ts';
import { tellCommand } from './tell.ts';
import { trumpetCommand } from './trumpet.ts';
import { webCommand } from './web.ts';
import { whyCommand } from './why.ts';

/**
 * Does what a command line says, without the program's own name: `process.exitCode` says what came of it. `main.ts` is
 * this in a process of its own.
 */
export async function thecal(args: readonly string[]): Promise<void> {
  const program = new Command('thecal')
    .description('A virtual intrathecal drug pump. A teaching and engineering model, never a medical device.')
    .version(version())
    .exitOverride()
    .showHelpAfterError('(thecal --help lists every command)');

  for (const add of [
    runCommand,
    consoleCommand,
    debriefCommand,
    pumpCommand,
    programCommand,
    handsCommand,
    campaignCommand,
    checkCommand,
    newCommand,
    schemaCommand,
    profilesCommand,
    drugsCommand,
    faultsCommand,
    chartCommand,
    tellCommand,
    whyCommand,
    diffCommand,
    trumpetCommand,
    webCommand,
  ])
    add(program);
  program.addHelpText(
    'after',
    '\nExit codes: 0 expectations met, 1 an expectation failed, 2 usage or invalid input, 3 an always-true rule broken or internal error, 130 interrupted.',
  );

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.met : EXIT.unusable;
    else if (error instanceof Unusable) {
      note(error.message);
      process.exitCode = EXIT.unusable;
    } else if (error instanceof Error && 'syscall' in error && error.syscall === 'uv_cwd') {
      note('the working folder is gone: expected to be run in one that is there');
      process.exitCode = EXIT.unusable;
    } else {
      note(`internal error: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
      process.exitCode = EXIT.broken;
    }
  }
}
