import type { ClinicianAct, Outcome } from '../../programmer/index.ts';
import type { LogRecord } from '../../shared/index.ts';

/*
 * What acts leave in the event log, as words: "entered 86400", "committed 7", "refused stop alreadyStopped". Whatever
 * the pump writes of its own accord (sessions, resets, ends of boluses) leaves no mark.
 */

/** Somebody's act, and how it came out; undefined where nobody was told. */
export interface Done {
  readonly act: ClinicianAct | { readonly type: 'press' };
  readonly outcome: Outcome | undefined;
  /** The number in the history that the programmer showed after a prescription. */
  readonly record?: number | undefined;
}

export type Who = 'clinician' | 'patient';

const CLINICIAN: Readonly<Record<string, (record: LogRecord, before: LogRecord | undefined) => string | undefined>> = {
  reservoirEntered: ({ data }) => `entered ${data['volume']}`,
  prescriptionCommitted: ({ data }) => `committed ${data['record']}`,
  deliveryStopped: ({ data }) => (data['why'] === 'clinician' ? 'stopped' : undefined),
  // A prescription that starts delivery is one act, and its mark is already there.
  deliveryStarted: ({ at }, before) =>
    before?.kind === 'prescriptionCommitted' && before.at === at ? undefined : 'resumed',
  minimumRateStarted: () => 'minimumRate',
  commandRefused: ({ data }) => `refused ${data['command']} ${data['code']}`,
};
const PATIENT: typeof CLINICIAN = {
  bolusGranted: () => 'granted',
  bolusDenied: ({ data }) => `denied ${data['code']}`,
};

/** The marks one person's acts have left in records that follow one another. */
export function marksOf(who: Who, records: readonly LogRecord[], before?: LogRecord): string[] {
  const kinds = who === 'clinician' ? CLINICIAN : PATIENT;
  return records.flatMap((record, i) => kinds[record.kind]?.(record, i === 0 ? before : records[i - 1]) ?? []);
}

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  refill: ['enterReservoir'],
  prescribe: ['stagePrescription', 'beginUpdate', 'commitUpdate'],
  stop: ['stop'],
  resume: ['resume'],
  minimumRate: ['minimumRate'],
};

/** The mark of an act that was carried out; undefined for one that only reads. */
function wholeMark({ act, record }: Done): string | undefined {
  switch (act.type) {
    case 'refill':
      return `entered ${act.volume}`;
    case 'prescribe':
      return record === undefined ? 'committed' : `committed ${record}`;
    case 'stop':
      return 'stopped';
    case 'resume':
      return 'resumed';
    case 'minimumRate':
      return 'minimumRate';
    case 'press':
      return 'granted';
    default:
      return undefined;
  }
}

/** What an act may have left, as far as anybody was told: beginnings of marks, or null for nothing. */
export function mayHaveLeft(done: Done): readonly (string | null)[] {
  const { act, outcome } = done;
  const whole = wholeMark(done);
  // What was carried out before is not asked for again: its mark is that of an earlier act.
  if (whole === undefined || isEarlier(done)) return [null];
  const commands = COMMANDS[act.type] ?? [];
  if (isUntold(done)) {
    const refused = act.type === 'press' ? ['denied'] : commands.map((command) => `refused ${command}`);
    return [null, whole, ...refused];
  }
  if (outcome === undefined || 'done' in outcome) return [whole];
  // What was asked for never reached the pump: there was no session to ask in.
  if (outcome.refused === 'noSession') return [null];
  return act.type === 'press'
    ? [`denied ${outcome.refused}`]
    : commands.map((command) => `refused ${command} ${outcome.refused}`);
}

/** Whether the device said that an earlier act had done what this one asks for. */
const isEarlier = ({ outcome }: Done): boolean =>
  outcome !== undefined && 'refused' in outcome && outcome.refused === 'carriedOutBefore';

/** Whether nobody was told what became of it. */
const isUntold = ({ outcome }: Done): boolean =>
  outcome === undefined || ('refused' in outcome && outcome.by === 'programmer');

/** The newest mark of one person's acts, and whether the act that left it was told so; at first there is none. */
export interface Newest {
  readonly mark: string | undefined;
  readonly told: boolean;
}

/**
 * Why acts in their order cannot have left exactly these marks after the newest one before them; undefined where they
 * can. What is said to have been carried out before must be the newest mark then, and not have been told until then.
 */
export function mismatch(
  acts: readonly Done[],
  marks: readonly string[],
  before: Newest = { mark: undefined, told: true },
): string | undefined {
  let furthest = 0;
  const fits = (act: number, mark: number, newest: Newest): boolean => {
    furthest = Math.max(furthest, mark);
    const done = acts[act];
    if (done === undefined) return mark === marks.length;
    if (isEarlier(done)) {
      const whole = wholeMark(done);
      if (newest.told || whole === undefined || newest.mark?.startsWith(whole) !== true) return false;
      return fits(act + 1, mark, { ...newest, told: true });
    }
    return mayHaveLeft(done).some((left) => {
      if (left === null) return fits(act + 1, mark, newest);
      const there = marks[mark];
      if (there !== left && there?.startsWith(`${left} `) !== true) return false;
      return fits(act + 1, mark + 1, { mark: there, told: !isUntold(done) });
    });
  };
  if (fits(0, 0, before)) return undefined;
  const told = acts.map((done) =>
    isEarlier(done)
      ? 'carried out before'
      : mayHaveLeft(done)
          .map((left) => left ?? 'nothing')
          .join(' or '),
  );
  return `told: ${told.join('; ')}\nin the log: ${marks.join('; ')} (agreeing up to mark ${furthest})`;
}
