import { type LogRecord, MS_PER_DAY, type RefusalCode, showDate, type WallClock } from '../shared/index.ts';

/** How often something of the handset's happened. */
export interface UsageCount {
  readonly label: string;
  readonly granted: number;
  readonly denied: number;
  readonly cutShort: number;
}

/** One request, or one bolus that did not run to its end. */
export interface UsageEvent {
  /** null where nobody knows the local time of it. */
  readonly wall: WallClock | null;
  readonly kind: 'granted' | 'denied' | 'cutShort';
  /** Of one that was denied. */
  readonly why?: RefusalCode;
}

/** How the patient has used the handset, as far as the pump's event log goes back. */
export interface Usage {
  /** When the oldest record was written; null where nobody knows the local time of it. */
  readonly since: WallClock | null;
  /** Older records that the log no longer has. */
  readonly dropped: number;
  readonly total: UsageCount;
  /** Denials by their reason. */
  readonly denied: ReadonlyMap<RefusalCode, number>;
  /** By local day, and by hour of the day; only those in which something happened. */
  readonly days: readonly UsageCount[];
  readonly hours: readonly UsageCount[];
  /** Oldest first. */
  readonly each: readonly UsageEvent[];
}

const UNKNOWN = 'unknown';
const none = (label: string): UsageCount => ({ label, granted: 0, denied: 0, cutShort: 0 });

/** The log counted. `wallAt` is the local time of an instant by the clock as it is now. */
export function usageOf(log: readonly LogRecord[], wallAt: (at: number) => number): Usage {
  const days = new Map<string, UsageCount>();
  const hours = new Map<string, UsageCount>();
  const denied = new Map<RefusalCode, number>();
  const each: UsageEvent[] = [];
  let total = none('all');
  const walls = localTimes(log, wallAt);
  for (const [i, record] of log.entries()) {
    const kind = kindOf(record);
    if (kind === undefined) continue;
    const wall = walls[i] ?? null;
    total = more(total, kind);
    addTo(days, wall === null ? UNKNOWN : showDate(wall as WallClock), kind);
    addTo(hours, wall === null ? UNKNOWN : hourOf(wall), kind);
    const event = { wall: wall as WallClock | null, kind };
    if (kind === 'denied') {
      const code = record.data['code'] as RefusalCode;
      denied.set(code, (denied.get(code) ?? 0) + 1);
      each.push({ ...event, why: code });
    } else each.push(event);
  }
  const first = walls[0] ?? null;
  const since = first === null ? null : (first as WallClock);
  return {
    since,
    dropped: (log[0]?.number ?? 1) - 1,
    total,
    denied,
    days: [...days.values()],
    hours: [...hours.values()].toSorted((a, b) => (a.label < b.label ? -1 : 1)),
    each,
  };
}

type Kind = UsageEvent['kind'];

function kindOf({ kind, data }: LogRecord): Kind | undefined {
  if (kind === 'bolusGranted') return 'granted';
  if (kind === 'bolusDenied') return 'denied';
  return kind === 'bolusEnded' && data['why'] !== 'complete' ? 'cutShort' : undefined;
}

const more = (count: UsageCount, kind: Kind): UsageCount => ({ ...count, [kind]: count[kind] + 1 });
const addTo = (counts: Map<string, UsageCount>, label: string, kind: Kind) =>
  counts.set(label, more(counts.get(label) ?? none(label), kind));

function hourOf(wall: number): string {
  const hour = Math.floor((wall % MS_PER_DAY) / 3_600_000);
  return `${String(hour).padStart(2, '0')}:00`;
}

/** The local time of each record as the pump's clock showed it then; null while it had none. */
function localTimes(log: readonly LogRecord[], wallAt: (at: number) => number): (number | null)[] {
  const firstSet = log.find(({ kind }) => kind === 'clockSet');
  const before = firstSet?.data['from'];
  let offset: number | null = firstSet === undefined ? wallAt(0) : null;
  if (firstSet !== undefined && typeof before === 'number') offset = before - firstSet.at;
  return log.map(({ kind, at, data }) => {
    const told = kind === 'implanted' ? data['wall'] : kind === 'clockSet' ? data['to'] : undefined;
    if (typeof told === 'number') offset = told - at;
    if (kind === 'reset' && data['timeLost'] === true) offset = null;
    return offset === null ? null : Math.max(0, at + offset);
  });
}
