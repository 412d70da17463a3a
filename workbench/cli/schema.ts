import type { Command } from 'commander';
import { scenarioJsonSchema } from '../index.ts';
import { out } from './print.ts';

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a scenario file')
    .action(() => out(JSON.stringify(scenarioJsonSchema(), null, 2)));
}
