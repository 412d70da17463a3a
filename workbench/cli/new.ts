import { existsSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { type Command, Option } from 'commander';
import { expectedOne, PROFILE_NAMES, readProfile } from '../../shared/index.ts';
import { isFilePath, newCase, newScenario, scenarioFrom } from '../index.ts';
import { Unusable } from './exit.ts';
import { CASE_SCHEMA, pathFrom, readScenarios, readText, SCHEMA, shown, writeNew } from './files.ts';
import { note, word } from './print.ts';
import { sheetCalled } from './sheets.ts';

interface NewFlags {
  readonly profile?: string;
  readonly from?: string;
  readonly case?: true;
}

export function newCommand(program: Command): void {
  program
    .command('new')
    .description('write a scenario, or a training case, to begin with: it passes as it stands and explains every key')
    .argument('[file]', 'a file that is not there yet; without one, standard output')
    .addOption(
      new Option('--profile <profile>', `a device: a shipped profile, or a file (default: "${PROFILE_NAMES[0]}")`),
    )
    .addOption(new Option('--from <id>', 'a copy of a shipped scenario instead').conflicts('profile'))
    .addOption(new Option('--case', 'a training case instead').conflicts(['profile', 'from']))
    .action((file: string | undefined, flags: NewFlags) => {
      const text = textFor(file, flags);
      if (file === undefined) {
        process.stdout.write(text);
        return;
      }
      writeNew(file, text);
      note(`${shown(file)}: written. Next: thecal ${flags.case ? 'check' : 'run'} ${word(shown(file))}`);
    });
}

function textFor(file: string | undefined, { profile = PROFILE_NAMES[0] ?? '', from, case: isCase }: NewFlags): string {
  const folder = file === undefined ? process.cwd() : dirname(resolve(file));
  if (isCase) return newCase(schemaFrom(folder, CASE_SCHEMA));
  const schema = schemaFrom(folder, SCHEMA);
  if (from !== undefined) {
    const shipped = readScenarios([]);
    const found = shipped.find(({ id }) => id === from);
    const ids = shipped.map(({ id }) => id);
    if (found === undefined) throw new Unusable(`no shipped scenario "${from}": ${expectedOne(ids, from)}`);
    return scenarioFrom(readText(found.file), from, schema);
  }
  const reference = isFilePath(profile) ? pathFrom(folder, profile) : profile;
  return newScenario(readProfile(sheetCalled(profile)), schema, reference);
}

/**
 * Where a schema that came with Thecal lies, as seen from a folder: in a project that installs Thecal,
 * `node_modules/thecal/docs/scenario.schema.json`. Undefined where it is not there, or its path no word of a comment.
 */
function schemaFrom(folder: string, schema: string): string | undefined {
  if (!existsSync(schema) || !existsSync(folder)) return undefined;
  const path = relative(realpathSync(folder), realpathSync(schema)).replaceAll(sep, '/');
  return /\s/.test(path) ? undefined : path;
}
