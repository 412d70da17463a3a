import type { Command } from 'commander';
import { PARAMETER_NAMES, PARAMETERS, PROFILE_NAMES, PROFILES, profileNamed } from '../../shared/index.ts';
import { Unusable } from './exit.ts';
import { out, table } from './print.ts';

export function profilesCommand(program: Command): void {
  program
    .command('profiles')
    .description('list the device profiles, or every parameter of one with its status and source')
    .argument('[name]', 'a profile')
    .option('--json', 'print JSON')
    .action((name: string | undefined, { json }: { json?: true }) => {
      if (name === undefined) out(json ? JSON.stringify(PROFILES, null, 2) : list());
      else out(json ? JSON.stringify(sheet(name), null, 2) : text(name));
    });
}

function sheet(name: string) {
  const found = profileNamed(name);
  if (found === undefined) throw new Unusable(`no profile "${name}": expected one of ${PROFILE_NAMES.join(', ')}`);
  return found;
}

const list = (): string => table(PROFILES.map(({ name, title, about }) => [name, title, about]));

function text(name: string): string {
  const { title, about, parameters } = sheet(name);
  const rows = PARAMETER_NAMES.map((parameter) => {
    const { value, unit, status, source } = parameters[parameter];
    const written = unit === 'choice' || unit === 'count' ? `${value}` : `${value} ${unit}`;
    return [parameter, written, status, PARAMETERS[parameter].about, source];
  });
  return `${title}\n${about}\n\n${table([['parameter', 'value', 'status', 'what it is', 'source'], ...rows])}`;
}
