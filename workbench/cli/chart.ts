import type { Command } from 'commander';
import { plainChart } from '../../firmware-sim/index.ts';
import { mermaid } from '../index.ts';
import { out } from './print.ts';

export function chartCommand(program: Command): void {
  program
    .command('chart')
    .description('print the firmware’s statechart as a Mermaid diagram')
    .action(() => out(mermaid(plainChart).trimEnd()));
}
