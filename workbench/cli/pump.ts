import { type Command, InvalidArgumentError } from 'commander';
import { address, executorOption, wallClock } from './options.ts';
import type { PumpFlags } from './pump-live.ts';

export function pumpCommand(program: Command): void {
  program
    .command('pump')
    .description('a pump in a process of its own, in real time: telemetry frames over a WebSocket')
    .option('--profile <profile>', 'what kind of pump: a shipped profile, or a file', 'synchromed-ii-like-20')
    .option('--listen <address>', 'where its telemetry is; port 0 is any that is free', address, address('7100'))
    .option('--control <address>', 'where hands, the world and time reach it; only ever on this machine', address)
    .option('--memory <folder>', 'keeps the pump and its world, so that the next start goes on from there')
    .option('--speed <n>', 'how many times as fast as real time', speed, 1)
    .option('--serial <serial>', 'its serial number; THECAL-0001, or the one in its folder, unless given', serial)
    .option('--clock <time>', "local time of the room at the start; this computer's unless given", wallClock)
    .option('--trace <file>', 'writes the trace of this start to a new file, record by record as things happen')
    .option('--open-to-network', 'allows --listen on an address that other machines can reach')
    .addOption(executorOption())
    .addHelpText('after', '\nSIGINT or SIGTERM end it, with exit code 0.')
    .action(async (flags: PumpFlags) => {
      // Sockets are loaded where they are wanted.
      const { pumpLive } = await import('./pump-live.ts');
      process.exitCode = await pumpLive(flags);
    });
}

function speed(text: string): number {
  const value = Number(text);
  if (/^\d{1,6}(\.\d{1,3})?$/.test(text) && value >= 0.001 && value <= 100_000) return value;
  throw new InvalidArgumentError('expected a number from 0.001 to 100000.');
}

function serial(text: string): string {
  if (/^[^\p{Cc}]{1,40}$/u.test(text)) return text;
  throw new InvalidArgumentError('expected 1 to 40 characters.');
}
