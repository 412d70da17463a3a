import type { TraceRecord } from './trace.ts';

/** The records that say something about delivery or an alarm, among which a question is answered. */
function matters({ layer, kind }: TraceRecord): boolean {
  return (layer === 'firmware' && (kind === 'log' || kind === 'rate')) || (layer === 'plant' && kind === 'ranDry');
}

/**
 * Why things stand as they do at an instant: the last record up to then that matters, and the chain of
 * causes that led to it, first cause first. Empty where nothing had happened yet.
 */
export function whyAt(records: readonly TraceRecord[], at: number): TraceRecord[] {
  const byNumber = new Map(records.map((record) => [record.n, record]));
  const chain: TraceRecord[] = [];
  let record = records.findLast((each) => each.t <= at && matters(each));
  while (record !== undefined) {
    chain.unshift(record);
    record = record.because === undefined ? undefined : byNumber.get(record.because);
  }
  return chain;
}
