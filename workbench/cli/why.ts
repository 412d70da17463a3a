import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { formatDuration, LAYERS, parseDuration, span } from '../../shared/index.ts';
import { standingLines, type TraceHeader, type TraceRecord, whyAt } from '../index.ts';
import { Unusable } from './exit.ts';
import { readText, shown } from './files.ts';
import { out } from './print.ts';

/** Longest trace that is read, in characters. */
const MOST_TRACE = 500_000_000;

export function whyCommand(program: Command): void {
  program
    .command('why')
    .description('say why things stood as they did: the chain of causes in a trace')
    .argument('<trace>', 'a trace written by "thecal run --trace"')
    .requiredOption('--at <time>', 'time since the simulation began, such as "45d 3h"', timeOption)
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

function timeOption(value: string): number {
  try {
    return parseDuration(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

interface TracedRun {
  readonly header: TraceHeader;
  readonly records: TraceRecord[];
}

function readTrace(path: string): TracedRun[] {
  const runs: TracedRun[] = [];
  for (const [i, line] of readText(path, MOST_TRACE).split('\n').entries()) {
    if (line === '') continue;
    const value = parseLine(line, `${shown(path)}:${i + 1}`);
    if (isHeader(value)) runs.push({ header: value, records: [] });
    else {
      const run = runs.at(-1);
      if (run === undefined || !isRecord(value)) {
        throw new Unusable(
          `${shown(path)}:${i + 1}:1: expected a record of a thecal.trace/1 that begins with its header`,
        );
      }
      run.records.push(value);
    }
  }
  if (runs.length === 0)
    throw new Unusable(`${shown(path)}:1:1: empty: expected a trace written by "thecal run --trace"`);
  return runs;
}

function parseLine(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Unusable(`${where}:1: not JSON: expected a line of a thecal.trace/1`);
  }
}

const header = z.object({ trace: z.literal('thecal.trace/1'), scenario: z.string() });
const traced = z.object({
  n: z.int().min(1),
  t: z.int().min(0),
  layer: z.enum(LAYERS),
  kind: z.string(),
  because: z.int().min(1).optional(),
  data: z.record(z.string(), z.unknown()),
});

const isHeader = (value: unknown): value is TraceHeader => header.safeParse(value).success;

function isRecord(value: unknown): value is TraceRecord {
  const { success, data } = traced.safeParse(value);
  return success && (data.because === undefined || data.because < data.n);
}

function pick(runs: readonly TracedRun[], id: string | undefined, path: string): TracedRun {
  const ids = runs.map(({ header }) => header.scenario);
  const found = id === undefined ? runs : runs.filter(({ header }) => header.scenario === id);
  const [run, another] = found;
  if (run === undefined) throw new Unusable(`${shown(path)}: no scenario "${id}": expected one of ${ids.join(', ')}`);
  if (another !== undefined)
    throw new Unusable(`${shown(path)} holds several scenarios: add --scenario, one of ${ids.join(', ')}`);
  return run;
}
