import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of a tick in which the system counts, on every Linux of today. */
const TICK = 10;

/**
 * Milliseconds of a processor that the processes begun by this one have taken so far, as Linux counts them: how busy the
 * machine is with other things hardly changes it, unlike the time on the wall.
 */
export function processorTime(): number {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? statOf(Number(name)) : []));
  const below = (parent: number): number =>
    processes.filter((each) => each.parent === parent).reduce((sum, { pid, took }) => sum + took + below(pid), 0);
  return below(process.pid);
}

function statOf(pid: number): { readonly pid: number; readonly parent: number; readonly took: number }[] {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    // It has just ended.
    return [];
  }
  // After the name, which may hold anything: state, parent, and further on the ticks of its own and of the system for it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [parent, own, system] = [fields[1], fields[11], fields[12]].map(Number);
  return [{ pid, parent: parent ?? 0, took: ((own ?? 0) + (system ?? 0)) * TICK }];
}
