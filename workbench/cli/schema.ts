import type { Command } from 'commander';
import { profileJsonSchema, scenarioJsonSchema } from '../index.ts';
import { out } from './print.ts';

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a scenario file, or of a profile file')
    .option('--profile', 'of a profile file')
    .action(({ profile }: { profile?: true }) =>
      out(JSON.stringify(profile ? profileJsonSchema() : scenarioJsonSchema(), null, 2)),
    );
}
