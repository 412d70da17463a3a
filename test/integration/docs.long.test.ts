import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT, thecal } from './cli.ts';

test('every command of the README’s sessions that only reads does what it says', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const commands = [...readme.matchAll(/^npx thecal (.+?)(?: +#.*)?$/gm)].map(([, words = '']) => words);
  expect(commands.length).toBeGreaterThan(8);
  for (const command of commands) {
    if (/trace\.ndjson|report\.xml|my\.yaml|<</.test(command)) continue;
    // A case is taken by somebody: console-case.test.ts.
    if (/--case|^debrief/.test(command)) continue;
    // A campaign takes its minute, and leaves a folder to show: campaign.long.test.ts, command.test.ts.
    if (/^campaign (run|show)/.test(command)) continue;
    // A session of two processes is one story: readme-session.long.test.ts.
    if (/^pump|ws:/.test(command)) continue;
    expect(thecal(command.split(' ')), command).toMatchObject({ code: 0 });
  }
});
