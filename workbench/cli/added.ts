import type { Break } from '../index.ts';
import type { Ran } from './ran.ts';

/** Whether a fault came before the story ended. */
const came = ({ at }: Break, { simulatedMs }: Ran['result']): boolean => at <= simulatedMs;

/** The faults added to a run, in a line each that goes under its own; empty where there were none. */
export function addedText({ breaks, result }: Pick<Ran, 'breaks' | 'result'>): string {
  return breaks
    .map((fault) => `\n    added: ${fault.text}${came(fault, result) ? '' : ', but the story ended before it'}`)
    .join('');
}

export function addedJson({ breaks, result }: Pick<Ran, 'breaks' | 'result'>) {
  const added = breaks.map((fault) => ({ fault: fault.text, atMs: fault.at, came: came(fault, result) }));
  return added.length === 0 ? {} : { added };
}
