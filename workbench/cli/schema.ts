import { type Command, Option } from 'commander';
import { libraryJsonSchema, profileJsonSchema, scenarioJsonSchema } from '../index.ts';
import { out } from './print.ts';

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a scenario file, or of a profile file or a drug library')
    .addOption(new Option('--profile', 'of a profile file').conflicts('library'))
    .option('--library', 'of a drug library')
    .action(({ profile, library }: { profile?: true; library?: true }) => {
      const schema = library ? libraryJsonSchema : profile ? profileJsonSchema : scenarioJsonSchema;
      out(JSON.stringify(schema(), null, 2));
    });
}
