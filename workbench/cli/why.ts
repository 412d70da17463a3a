import type { Command } from 'commander';
import { formatDuration, span } from '../../shared/index.ts';
import { standingLines, whyAt } from '../index.ts';
import { time } from './options.ts';
import { out } from './print.ts';
import { pick, readTrace } from './traces.ts';

export function whyCommand(program: Command): void {
  program
    .command('why')
    .description('say why things stood as they did: the chain of causes in a trace')
    .argument('<trace>', 'a trace written by "thecal run --trace", or "thecal pump --trace"')
    .requiredOption('--at <time>', 'time since the simulation began, such as "45d 3h"', time)
    .option('--scenario <id>', 'which scenario, where the trace holds several')
    .action((path: string, { at, scenario }: { at: number; scenario?: string }) => {
      const run = pick(readTrace(path), scenario, path);
      const end = run.records.at(-1)?.t ?? 0;
      out(`${run.header.scenario} at ${formatDuration(span(at))}`);
      if (at > end) out(`  (the trace ends at ${formatDuration(span(end))})`);
      const standing = whyAt(run.records, at);
      if (standing.length === 0) out('  nothing had happened yet');
      for (const each of standing) out(`\n${standingLines(each).join('\n')}`);
    });
}
