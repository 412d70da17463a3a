import { type Command, Option } from 'commander';
import { caseJsonSchema, libraryJsonSchema, profileJsonSchema, scenarioJsonSchema } from '../index.ts';
import { out } from './print.ts';

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a scenario file, or of a profile file, a drug library or a training case')
    .addOption(new Option('--profile', 'of a profile file').conflicts(['library', 'case']))
    .addOption(new Option('--library', 'of a drug library').conflicts('case'))
    .option('--case', 'of a training case')
    .action((of: { profile?: true; library?: true; case?: true }) => {
      const ofOther = of.library ? libraryJsonSchema : of.case ? caseJsonSchema : undefined;
      const schema = ofOther ?? (of.profile ? profileJsonSchema : scenarioJsonSchema);
      out(JSON.stringify(schema(), null, 2));
    });
}
