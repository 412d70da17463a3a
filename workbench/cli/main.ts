#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { chartCommand } from './chart.ts';
import { checkCommand } from './check.ts';
import { consoleCommand } from './console.ts';
import { diffCommand } from './diff.ts';
import { drugsCommand } from './drugs.ts';
import { EXIT, Unusable } from './exit.ts';
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
import { whyCommand } from './why.ts';

let unwritable = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no error: the run goes on to its own exit code.
    if (error.code !== 'EPIPE') unwritable = true;
  });
}

const program = new Command('thecal')
  .description('A virtual intrathecal drug pump. A teaching and engineering model, never a medical device.')
  .version(version())
  .exitOverride()
  .showHelpAfterError('(thecal --help lists every command)');

for (const add of [
  runCommand,
  consoleCommand,
  pumpCommand,
  programCommand,
  handsCommand,
  checkCommand,
  newCommand,
  schemaCommand,
  profilesCommand,
  drugsCommand,
  chartCommand,
  tellCommand,
  whyCommand,
  diffCommand,
])
  add(program);
program.addHelpText(
  'after',
  '\nExit codes: 0 expectations met, 1 an expectation failed, 2 usage or invalid input, 3 an always-true rule broken or internal error, 130 interrupted.',
);

try {
  await program.parseAsync();
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

process.on('exit', () => {
  if (unwritable) process.exitCode = EXIT.unusable;
});
