import type { Command } from 'commander';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { type Break, runScenario, ScenarioError, Teller } from '../index.ts';
import { addedText } from './added.ts';
import { EXIT, Unusable } from './exit.ts';
import { problemText, readScenarios, version } from './files.ts';
import { breakOption, executorOption, seedOption } from './options.ts';
import { out, styled, word, wrap } from './print.ts';

const COLUMN = 34;

interface TellFlags {
  readonly executor: ExecutorName;
  readonly seed?: number;
  readonly report?: true;
  readonly break: readonly Break[];
}

export function tellCommand(program: Command): void {
  program
    .command('tell')
    .description('tell a scenario as prose: what was believed, what was true, what the clinician saw')
    .argument('<file>', 'a scenario file')
    .addOption(executorOption())
    .addOption(seedOption())
    .addOption(breakOption())
    .option('--report', 'print the dosing report of the last session instead')
    .action((path: string, flags: TellFlags) => {
      const [file, another] = readScenarios([path]);
      if (file === undefined || another !== undefined) throw new Unusable(`${path}: expected one scenario file`);
      process.exitCode = tell(file, flags);
    });
}

function tell({ id, file, loaded }: ReturnType<typeof readScenarios>[number], flags: TellFlags): number {
  const teller = new Teller();
  try {
    const breaks = flags.break;
    const result = runScenario(loaded, {
      id,
      version: version(),
      executor: flags.executor,
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      breaks,
      onRecord: (record, sim) => teller.take(record, sim),
    });
    const { failures, breaches } = result;
    if (flags.report) out(teller.report?.trimEnd() ?? 'No session was opened.');
    else print(`${styled('bold', loaded.scenario.title)}${addedText({ breaks, result })}`, teller);
    if (failures.length + breaches.length > 0)
      out(
        `\n${failures.length} expectations not met, ${breaches.length} always-true rules broken: thecal run ${word(file)}`,
      );
    if (breaches.length > 0) return EXIT.broken;
    return failures.length > 0 ? EXIT.failed : EXIT.met;
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new Unusable(problemText(file, error));
  }
}

function print(title: string, teller: Teller): void {
  out(title);
  out(
    ['believed', 'true', 'clinician saw']
      .map((head) => head.padEnd(COLUMN + 2))
      .join('')
      .trimEnd(),
  );
  for (const { time, happened, believed, true: truth, seen } of teller.moments) {
    out('');
    for (const [i, line] of wrap(happened.join('; '), 3 * COLUMN - 8).entries())
      out(`${styled('cyan', (i === 0 ? time : '').padEnd(14))} ${line}`);
    const columns = [believed, truth, seen].map((text) => wrap(text, COLUMN));
    const height = Math.max(...columns.map((lines) => lines.length));
    for (let row = 0; row < height; row++) {
      out(
        columns
          .map((lines) => (lines[row] ?? '').padEnd(COLUMN + 2))
          .join('')
          .trimEnd(),
      );
    }
  }
}
