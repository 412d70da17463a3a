import { type Command, Option } from 'commander';
import {
  campaignJsonSchema,
  caseJsonSchema,
  libraryJsonSchema,
  profileJsonSchema,
  scenarioJsonSchema,
} from '../index.ts';
import { out } from './print.ts';

const SCHEMAS = {
  profile: profileJsonSchema,
  library: libraryJsonSchema,
  case: caseJsonSchema,
  campaign: campaignJsonSchema,
} as const;

export function schemaCommand(program: Command): void {
  program
    .command('schema')
    .description(
      'print the JSON Schema of a scenario file, or of a profile file, a drug library, a training case or a campaign',
    )
    .addOption(new Option('--profile', 'of a profile file').conflicts(['library', 'case', 'campaign']))
    .addOption(new Option('--library', 'of a drug library').conflicts(['case', 'campaign']))
    .addOption(new Option('--case', 'of a training case').conflicts('campaign'))
    .option('--campaign', 'of the plan of a campaign')
    .action((of: Partial<Record<keyof typeof SCHEMAS, true>>) => {
      const [name] = Object.keys(of) as (keyof typeof SCHEMAS)[];
      const schema = name === undefined ? scenarioJsonSchema : SCHEMAS[name];
      out(JSON.stringify(schema(), null, 2));
    });
}
