import { z } from 'zod';
import { expectedOne, formatDuration, LAYERS, span } from '../../shared/index.ts';
import type { TracedRun, TraceHeader, TraceRecord } from '../index.ts';
import { Unusable } from './exit.ts';
import { readText, shown } from './files.ts';

/** Longest trace that is read, in characters. */
const MOST_TRACE = 500_000_000;

/** Reads a trace from a file: a run for each header. Throws Unusable, with the line, for anything else. */
export function readTrace(path: string): TracedRun[] {
  const runs: { readonly header: TraceHeader; readonly records: TraceRecord[] }[] = [];
  for (const [i, line] of readText(path, MOST_TRACE).split('\n').entries()) {
    if (line === '') continue;
    const where = `${shown(path)}:${i + 1}`;
    const value = parseLine(line, where);
    if (isHeader(value)) runs.push({ header: value, records: [] });
    else {
      const run = runs.at(-1);
      if (run === undefined || !isRecord(value))
        throw new Unusable(`${where}:1: expected a record of a thecal.trace/1 that begins with its header`);
      const problem = orderProblem(value, run.records.at(-1)) ?? dataProblem(value);
      if (problem !== undefined) throw new Unusable(`${where}:1: ${problem}`);
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

/** Records are numbered one after another, and time never goes back. */
function orderProblem({ n, t }: TraceRecord, before: TraceRecord | undefined): string | undefined {
  const [next, earliest] = [(before?.n ?? 0) + 1, before?.t ?? 0];
  if (n !== next) return `record #${n}: expected #${next} here`;
  if (t >= earliest) return undefined;
  return `record #${n} at ${formatDuration(span(t))}: expected ${formatDuration(span(earliest))} or later`;
}

const a = (what: string) => ({ error: () => `expected ${what}` });
const code = z.string(a('a text'));
const amount = z.int(a('a whole number'));
const answer = z.object({ outcome: z.object({ refused: code.optional() }, a('an outcome')) });
/** Kinds of log record that say which alarm or refusal they are of. */
const CODED = ['alarmRaised', 'alarmCleared', 'bolusDenied', 'commandRefused'];

/** What is read in the data of records, by their layer and kind. */
const READ: Readonly<Record<string, z.ZodType>> = {
  'firmware rate': z.object({ rate: amount.min(0, a('0 or more')), infusion: code }),
  'firmware log': z
    .object({ kind: code, data: z.object({ code: code.optional() }, a('the data of a log record')) })
    .refine(({ kind, data }) => !CODED.includes(kind) || data.code !== undefined, {
      path: ['data', 'code'],
      ...a('a text'),
    }),
  'plant fault': z
    .object({ type: code, by: amount.optional() })
    .refine(({ type, by }) => type !== 'flowBias' || by !== undefined, { path: ['by'], ...a('a whole number') }),
  'act refused': z.object({ refused: code }),
  'programmer screen': answer,
  'programmer handset': answer,
};

function dataProblem({ n, layer, kind, data }: TraceRecord): string | undefined {
  const [issue] = READ[`${layer} ${kind}`]?.safeParse(data).error?.issues ?? [];
  return issue && `record #${n}, ${layer} ${kind}: data.${issue.path.join('.')}: ${issue.message}`;
}

/** The run of a scenario, or the only one. Throws Unusable, naming those there are. */
export function pick(runs: readonly TracedRun[], id: string | undefined, path: string): TracedRun {
  const ids = runs.map(({ header }) => header.scenario);
  const found = id === undefined ? runs : runs.filter(({ header }) => header.scenario === id);
  const [run, another] = found;
  if (run === undefined) throw new Unusable(`${shown(path)}: no scenario "${id}": ${expectedOne(ids, id)}`);
  if (another !== undefined)
    throw new Unusable(`${shown(path)} holds several scenarios: add --scenario, one of ${ids.join(', ')}`);
  return run;
}
