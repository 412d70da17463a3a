import { type Command, InvalidArgumentError } from 'commander';
import { servePage } from '../node/page-server.ts';
import { asUnusable } from './elsewhere.ts';
import { Unusable } from './exit.ts';
import { PAGE } from './files.ts';
import { out } from './print.ts';

/** Where the page is unless another port is asked for: beside those of the pump. */
const PORT = 7180;

export function webCommand(program: Command): void {
  program
    .command('web')
    .description('serve the page of a programmer and its simulated pump, for a browser on this machine')
    .option('--port <n>', 'where to listen; 0 is any that is free', port, PORT)
    .addHelpText('after', '\nThe pump runs in the browser: nothing leaves it. Ctrl-C ends it.')
    .action(async ({ port }: { readonly port: number }) => {
      try {
        const { url } = await servePage(PAGE, port);
        out(`page ${url}`);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOENT') throw new Unusable(`${PAGE} is not there: build the page by npm run build`);
        throw asUnusable(error);
      }
    });
}

function port(value: string): number {
  const number = Number(value);
  if (/^\d{1,5}$/.test(value) && number <= 65_535) return number;
  throw new InvalidArgumentError('expected a whole number from 0 to 65535.');
}
