import type { TraceRecord } from '../../../workbench/trace.ts';
import type { Unfinished } from './power.ts';

/**
 * A trace as if what a processor told and never kept had not been told: it has not happened to anybody. What the plant
 * told stays: the motor did run as it was asked, for no time at all. Numbers close up, and what such a record caused is
 * caused by what had caused it.
 */
export function takenBack(records: readonly TraceRecord[], undone: Unfinished | undefined): TraceRecord[] {
  if (undone === undefined) return [...records];
  const isUndone = ({ n, layer }: TraceRecord) => layer === 'firmware' && n >= undone.from && n <= undone.to;
  /** The number each record has now; that of its cause for one taken back, 0 where it has none. */
  const numbers = new Map<number, number>();
  const left: TraceRecord[] = [];
  for (const record of records) {
    const cause = numbers.get(record.because ?? 0) ?? 0;
    if (isUndone(record)) {
      numbers.set(record.n, cause);
      continue;
    }
    const { because: _, ...rest } = record;
    const n = left.length + 1;
    numbers.set(record.n, n);
    left.push(cause === 0 ? { ...rest, n } : { ...rest, n, because: cause });
  }
  return left;
}
