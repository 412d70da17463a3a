import type { Command } from 'commander';
import {
  chainText,
  type FieldDifference,
  firstDifference,
  headerDifferences,
  recordText,
  type Side,
  type TraceDifference,
  type TracedRun,
  table,
} from '../index.ts';
import { EXIT, Unusable } from './exit.ts';
import { shown } from './files.ts';
import { counted, out, styled } from './print.ts';
import { pick, readTrace } from './traces.ts';

interface DiffFlags {
  readonly scenario?: string;
  readonly headers?: boolean;
}

/** Most differing fields of one record that are listed. */
const MOST_FIELDS = 40;

export function diffCommand(program: Command): void {
  program
    .command('diff')
    .description('find the first difference between two traces, and what led to either side of it')
    .argument('<a>', 'a trace written by "thecal run --trace"')
    .argument('<b>', 'another')
    .option('--scenario <id>', 'compare this scenario alone; otherwise all, each with the one of its name')
    .option('--headers', 'let headers count as well: version, profile, seed, executor, added faults')
    .action((a: string, b: string, flags: DiffFlags) => {
      process.exitCode = diff(a, b, flags);
    });
}

function diff(pathA: string, pathB: string, { scenario, headers = false }: DiffFlags): number {
  const [a, b] = [readTrace(pathA), readTrace(pathB)];
  const pairs = pairsOf([a, pathA], [b, pathB], scenario);
  const noted = new Set<string>();
  let differ = 0;
  let told = false;
  for (const [one, other] of pairs) {
    if (one === undefined || other === undefined) {
      const [run, path] = one === undefined ? [other, pathB] : [one, pathA];
      out(`${run?.header.scenario}: only in ${shown(path)}`);
      differ += 1;
      continue;
    }
    const found = firstDifference(one, other);
    const isCounted = headersText(one, other, headers, noted);
    if (found !== undefined) {
      const counts = `${one.records.length} and ${other.records.length} records`;
      out(`${one.header.scenario}: differs from record #${(found.lastEqual?.n ?? 0) + 1} on (${counts})`);
      // Past the first difference the others are named, not told.
      if (!told) out(differenceText(found));
      told = true;
    }
    if (found !== undefined || isCounted) differ += 1;
  }
  const total = counted(pairs.length, 'scenario');
  out(differ === 0 ? `${total}, no difference` : `\n${total}, ${differ} with a difference`);
  return differ === 0 ? EXIT.met : EXIT.failed;
}

type Pair = readonly [TracedRun | undefined, TracedRun | undefined];

/** The runs to compare: one each whatever their names, else those of one name. */
function pairsOf(
  [a, pathA]: readonly [readonly TracedRun[], string],
  [b, pathB]: readonly [readonly TracedRun[], string],
  scenario: string | undefined,
): Pair[] {
  if (scenario !== undefined || (a.length === 1 && b.length === 1))
    return [[pick(a, scenario, pathA), pick(b, scenario, pathB)]];
  const ids = new Set([...named(a, pathA), ...named(b, pathB)]);
  const of = (runs: readonly TracedRun[], id: string) => runs.find(({ header }) => header.scenario === id);
  return [...ids].map((id) => [of(a, id), of(b, id)]);
}

function named(runs: readonly TracedRun[], path: string): string[] {
  const ids = runs.map(({ header }) => header.scenario);
  const twice = ids.find((id, i) => ids.indexOf(id) < i);
  if (twice !== undefined) throw new Unusable(`${shown(path)}: holds "${twice}" twice: expected each scenario once`);
  return ids;
}

/** Prints what headers say differently, the same only once. Whether it counts as a difference. */
function headersText(a: TracedRun, b: TracedRun, count: boolean, noted: Set<string>): boolean {
  const fields = headerDifferences(a.header, b.header);
  if (fields.length === 0) return false;
  const text = fieldsText(fields);
  if (count) out(`${a.header.scenario}: headers differ`);
  else if (!noted.has(text)) out('headers differ, which does not count');
  if (!noted.has(text)) out(text);
  noted.add(text);
  return count;
}

function differenceText({ lastEqual, a, b, fields }: TraceDifference): string {
  const because = [['A', a] as const, ['B', b] as const].flatMap(([name, { chain }]) =>
    chain.length === 0 ? [] : ['', `${name}, because`, ...chainText(chain)],
  );
  return [
    '',
    'last equal:',
    `  ${lastEqual === undefined ? 'none' : recordText(lastEqual)}`,
    `${styled('red', 'A:')}\n  ${sideText(a)}`,
    `${styled('green', 'B:')}\n  ${sideText(b)}`,
    ...(fields.length === 0 ? [] : ['', 'what differs:', fieldsText(fields)]),
    ...because,
    '',
  ].join('\n');
}

const sideText = ({ record }: Side): string => (record === undefined ? 'has ended' : recordText(record));

function fieldsText(fields: readonly FieldDifference[]): string {
  const rows = fields
    .slice(0, MOST_FIELDS)
    .map(({ path, a = 'not there', b = 'not there' }) => [`  ${path}:`, `${a} → ${b}`]);
  const more = fields.length > MOST_FIELDS ? `\n  and ${fields.length - MOST_FIELDS} more` : '';
  return `${table(rows)}${more}`;
}
