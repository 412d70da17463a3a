import { z } from 'zod';
import { expectedOne, formatDuration, LAYERS, type ProfileSheet, profileNamed, span } from '../../shared/index.ts';
import {
  isReadableFault,
  loadProfile,
  ProfileError,
  type TracedRun,
  type TraceHeader,
  type TraceRecord,
} from '../index.ts';
import { Unusable } from './exit.ts';
import { readText, shown } from './files.ts';

/** Longest trace that is read, in characters. */
export const MOST_TRACE = 500_000_000;

/** Reads a trace from a file: a run for each header. Throws Unusable, with the line, for anything else. */
export const readTrace = (path: string): TracedRun[] => tracedRuns(readText(path, MOST_TRACE), shown(path));

/** Whether a text says of itself that it is a trace, whatever else may be wrong with it. */
export const isTraceText = (text: string): boolean => /^[^\n]*"trace"\s*:\s*"thecal\.trace\//.test(text);

/** The runs in the text of a file. Throws Unusable, with the line, where it is no trace. */
export function tracedRuns(text: string, file: string): TracedRun[] {
  const runs: { readonly header: TraceHeader; readonly records: TraceRecord[] }[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const where = `${file}:${i + 1}`;
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
  if (runs.length === 0) throw new Unusable(`${file}:1:1: empty: expected a trace written by "thecal run --trace"`);
  return runs;
}

/** The data sheet of a trace's device: its own, or that of a shipped profile. Throws Unusable. */
export function sheetIn({ profile, sheet }: TraceHeader, file: string): ProfileSheet {
  try {
    const found = sheet === undefined ? profileNamed(profile) : loadProfile(JSON.stringify(sheet)).sheet;
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof ProfileError)) throw error;
    throw new Unusable(`${file}: the sheet in its header: ${error.problems[0]?.message}`);
  }
  throw new Unusable(`${file}: no profile "${profile}" is shipped, and its header holds no sheet of one`);
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

const total = z.string(a('a text of digits')).regex(/^\d{1,40}$/, a('a text of digits'));
const ledger = z.object({ reservoir: amount.min(0, a('0 or more')), delivered: total }, a('a ledger'));
/** Kinds of record of the plant that say what truly left the pump. */
const FLUID = ['stroke', 'discharged', 'injected', 'prepared', 'aspirated', 'replaced', 'ranDry'];

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
    .looseObject({ type: code, by: amount.optional() })
    .refine(({ type, by }) => type !== 'flowBias' || by !== undefined, { path: ['by'], ...a('a whole number') })
    .refine(isReadableFault, { path: ['type'], ...a('a fault with what it is of') }),
  'plant flow': z.object({ flow: amount.min(0, a('0 or more')), ledger }),
  ...Object.fromEntries(FLUID.map((kind) => [`plant ${kind}`, z.object({ ledger })])),
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
