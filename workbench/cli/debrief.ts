import type { Command } from 'commander';
import { classText, type Debrief, debriefText, isDebrief } from '../index.ts';
import { Unusable } from './exit.ts';
import { readEach } from './files.ts';
import { out } from './print.ts';

/** Longest debrief that is read, in characters. */
export const MOST_DEBRIEF = 20_000_000;

export function debriefCommand(program: Command): void {
  program
    .command('debrief')
    .description('print the debrief of a training case; of several, or of a folder, a table of the class')
    .argument('<paths...>', 'files that `thecal console --case` or the page exported, or folders of them')
    .action((paths: string[]) => {
      const debriefs = readEach(paths, (_, file, text) => [debriefIn(file, text)], MOST_DEBRIEF);
      const [first, second] = debriefs;
      if (first !== undefined) out((second === undefined ? debriefText(first) : classText(debriefs)).trimEnd());
    });
}

/** The debrief in a text. Throws Unusable where it is none. */
export function debriefIn(file: string, text: string): Debrief {
  const value = parsed(text);
  if (isDebrief(value)) return value;
  throw new Unusable(
    `${file}:1:1: no debrief: expected a file that "thecal console --case CASE --debrief FILE" or the page (Save for the class) wrote`,
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
