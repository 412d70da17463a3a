import { formatDuration, span } from '../shared/index.ts';
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

/** A trace record on one line, its bytes and states left out. */
export function recordText({ n, t, layer, kind, data }: TraceRecord): string {
  const { bytes: _, states: __, ...rest } = data as Record<string, unknown>;
  const text = jsonOf(rest);
  return `#${n} ${formatDuration(span(t))} ${layer} ${kind} ${text.length > 160 ? `${text.slice(0, 160)}…` : text}`;
}

/** What stands and the chain that led to it, each record a step further in. */
export function standingLines({ what, chain }: Standing): string[] {
  return [`${what}, because`, ...chainText(chain)];
}

/** Records as a chain of causes, first cause first, each a step further in. */
export const chainText = (chain: readonly TraceRecord[]): string[] =>
  chain.map((record, i) => `${'  '.repeat(i + 1)}${i === 0 ? '' : '→ '}${recordText(record)}`);

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Nested past what can be written.
    return '…';
  }
}
