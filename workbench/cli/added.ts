import { formatDuration, span } from '../../shared/index.ts';
import type { Break } from '../index.ts';
import type { Ran } from './ran.ts';

/** Whether a fault came before the story ended. */
const came = ({ at }: Break, { simulatedMs }: Ran['result']): boolean => at <= simulatedMs;

/** The faults added to a run, in a line each that goes under its own; empty where there were none. */
export function addedText({ breaks, result }: Pick<Ran, 'breaks' | 'result'>): string {
  return breaks.map((fault) => `\n    added: ${fault.text}${butNot(fault, result)}`).join('');
}

function butNot(fault: Break, result: Ran['result']): string {
  if (!came(fault, result)) return ', but the story ended before it';
  return result.unstruck.includes(fault) ? ', but no such frame came after it' : '';
}

/** Of a fault that waits for one frame, whether that came. */
const struck = (fault: Break, result: Ran['result']) =>
  fault.act.type === 'frameFault' ? { struck: came(fault, result) && !result.unstruck.includes(fault) } : {};

export function addedJson({ breaks, result }: Pick<Ran, 'breaks' | 'result'>) {
  const added = breaks.map((fault) => ({
    fault: fault.text,
    atMs: fault.at,
    came: came(fault, result),
    ...struck(fault, result),
  }));
  return added.length === 0 ? {} : { added };
}

/** Whether each hazard of a scenario struck, in a line each that goes under its own; empty where it has none. */
export const hazardsText = ({ hazards }: Ran['result']): string =>
  hazards
    .map(
      ({ fault, at }) =>
        `\n    hazard ${at === null ? 'did not strike' : `struck at ${formatDuration(span(at))}`}: ${fault}`,
    )
    .join('');

export const hazardsJson = ({ hazards }: Ran['result']) =>
  hazards.length === 0 ? {} : { hazards: hazards.map(({ fault, at }) => ({ fault, struckMs: at })) };
