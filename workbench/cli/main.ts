#!/usr/bin/env node
import { EXIT } from './exit.ts';
import { thecal } from './thecal.ts';

let unwritable = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no error: the run goes on to its own exit code.
    if (error.code !== 'EPIPE') unwritable = true;
  });
}

await thecal(process.argv.slice(2));

process.on('exit', () => {
  if (unwritable) process.exitCode = EXIT.unusable;
});
