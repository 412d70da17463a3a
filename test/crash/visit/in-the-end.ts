import { isDeepStrictEqual } from 'node:util';
import { bankedStore, EventLog, History } from '../../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  delivered,
  fromJson,
  type HistoryEntry,
  type LogRecord,
  rate,
  span,
} from '../../../shared/index.ts';
import type { Simulation } from '../../../workbench/simulation.ts';
import type { TraceRecord } from '../../../workbench/trace.ts';
import type { CrashingStorage } from '../crashing-storage.ts';

type Trace = readonly TraceRecord[];

/** What a pump told of its log. */
export const logIn = (trace: Trace): LogRecord[] =>
  trace.flatMap(({ layer, kind, data }) => (layer === 'firmware' && kind === 'log' ? [fromJson<LogRecord>(data)] : []));

const historyIn = (trace: Trace): HistoryEntry[] =>
  trace.flatMap(({ layer, kind, data }) =>
    layer === 'firmware' && kind === 'history' ? [fromJson<HistoryEntry>(data)] : [],
  );

/** What may be delivered while a volume that is already in the reservoir is still being typed. */
const TYPING = span(300_000);

/**
 * What was put in must be there, have been drawn out or been delivered; and the pump must count what is there, less what
 * it may have delivered unseen where it has lost the time.
 */
export function volumesWrong(sim: Simulation, profile: DeviceProfile, trace: Trace, isTimeLost: boolean): string[] {
  const problems: string[] = [];
  const { injected, aspirated, delivered: out, reservoir } = sim.truth();
  if (injected !== aspirated + out + BigInt(reservoir)) problems.push('what was put in is not all accounted for');
  const rates = trace.flatMap(({ layer, kind, data }) =>
    layer === 'firmware' && kind === 'rate' ? [Number(Object(data).rate)] : [],
  );
  const highest = rate.of(Math.max(...rates));
  const missing = BigInt(reservoir - sim.belief().volume);
  const most = isTimeLost ? delivered(highest, profile.writeInterval) : 0n;
  if (missing < -delivered(highest, TYPING) || missing > most)
    problems.push(`the pump counts ${missing} units less than there are`);
  return problems;
}

/** The memory, read by somebody who has nothing but its bytes, must hold all that was told and nothing else. */
export function keptWrong(storage: CrashingStorage, profile: DeviceProfile, trace: Trace): string[] {
  const store = bankedStore({ read: (bank) => storage.read(bank), write: () => undefined });
  const found = store.open();
  if (found !== 'sound') return [`the memory is found ${found} in the end`];
  const problems: string[] = [];
  const log = EventLog.inStore(store, profile.logCapacity);
  if (!isDeepStrictEqual(log, logIn(trace))) problems.push('the log kept is not the log told');
  if (log.some(({ number }, i) => number !== i + 1)) problems.push('a record is missing in the log');
  // Throws where an entry does not fit the chain of digests; the programmer has read it, too.
  const { entries } = History.inStore(store, profile.historyCapacity);
  if (!isDeepStrictEqual([...entries], historyIn(trace))) problems.push('the history kept is not the history told');
  return problems;
}
