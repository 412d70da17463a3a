import type { Command } from 'commander';
import { PROFILES } from '../../shared/index.ts';
import { writtenProfile } from '../index.ts';
import { Unusable } from './exit.ts';
import { out } from './print.ts';
import { comparison, comparisonText, profileList, profileText } from './profile-text.ts';
import { sheetCalled } from './sheets.ts';

interface ProfilesFlags {
  readonly json?: true;
  readonly compare?: readonly string[];
}

export function profilesCommand(program: Command): void {
  program
    .command('profiles')
    .description('list the device profiles, or every parameter of one with its status and source')
    .argument('[profile]', 'a shipped profile, or the file of one')
    .option('--compare <profiles...>', 'what differs between two')
    .option('--json', 'print JSON')
    .action((profile: string | undefined, flags: ProfilesFlags) => out(answer(profile, flags)));
}

function answer(profile: string | undefined, { json, compare }: ProfilesFlags): string {
  const asJson = (value: unknown) => JSON.stringify(value, null, 2);
  if (compare !== undefined) {
    const [a, b, more] = [...(profile === undefined ? [] : [profile]), ...compare];
    if (a === undefined || b === undefined || more !== undefined)
      throw new Unusable('--compare: expected two profiles, such as --compare synchromed-ii-like-40 ./my-pump.yaml');
    const compared = comparison(sheetCalled(a), sheetCalled(b));
    return json ? asJson(compared) : comparisonText(compared);
  }
  if (profile === undefined) return json ? asJson(PROFILES) : profileList(PROFILES);
  const sheet = sheetCalled(profile);
  return json ? asJson(writtenProfile(sheet)) : profileText(sheet);
}
