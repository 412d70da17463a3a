import { formatDuration, span } from '../shared/index.ts';
import { fieldsIn } from './fields.ts';
import { Exchanges } from './link/asked-again.ts';
import { frameWords } from './link/words.ts';
import type { TraceRecord } from './trace.ts';
import type { Standing } from './why.ts';

/** Rows as a table: columns as wide as their longest cell, two spaces between. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Text broken into lines of at most `width`, at spaces. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${line} ${word}`;
  }
  return lines;
}

/** A trace record on one line: in words what happened to a frame, of all else what it says but its bytes and states. */
export const recordText = (record: TraceRecord): string => lineOf(record, '');

function lineOf(record: TraceRecord, again: string): string {
  const { n, t, layer, kind } = record;
  const text = frameWords(record) ?? saidIn(record);
  return `#${n} ${formatDuration(span(t))} ${layer} ${kind} ${again}${text.length > 160 ? `${text.slice(0, 160)}…` : text}`;
}

/** What stands and the chain that led to it. */
export function standingLines({ what, chain }: Standing): string[] {
  return [`${what}, because`, ...chainText(chain)];
}

/** Longest run of links alike that is told whole; of a longer one the first and the last are, the others counted. */
const MOST_ALIKE = 3;

/** Records as a chain of causes, first cause first, a line each. */
export function chainText(chain: readonly TraceRecord[]): string[] {
  const runs: TraceRecord[][] = [];
  for (const record of chain) {
    const run = runs.at(-1);
    if (run?.[0] !== undefined && isAlike(run[0], record)) run.push(record);
    else runs.push([record]);
  }
  const exchanges = new Exchanges();
  const said = new Set(chain.filter((record) => exchanges.take(record) !== undefined));
  const text = (record: TraceRecord) => lineOf(record, said.has(record) ? 'again ' : '');
  const texts = runs.flatMap((run) => {
    if (run.length <= MOST_ALIKE) return run.map(text);
    return [...run.slice(0, 1).map(text), `… ${run.length - 2} times the same …`, ...run.slice(-1).map(text)];
  });
  return texts.map((line, i) => `  ${i === 0 ? '' : '→ '}${line}`);
}

/** Whether two records say the same at different times. */
const isAlike = (a: TraceRecord, b: TraceRecord): boolean =>
  a.layer === b.layer && a.kind === b.kind && saidIn(a) === saidIn(b);

/** What a record says, its bytes and states left out. */
function saidIn({ data }: TraceRecord): string {
  const { bytes: _, states: __, ...rest } = fieldsIn(data);
  return jsonOf(rest);
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested past what can be written.
    return '…';
  }
}
