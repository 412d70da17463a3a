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
  if (whole === undefined) return [null];
  const commands = COMMANDS[act.type] ?? [];
  if (outcome === undefined || ('refused' in outcome && outcome.by === 'programmer')) {
    if (outcome !== undefined && 'refused' in outcome && outcome.refused === 'carriedOutBefore') return [whole];
    const refused = act.type === 'press' ? ['denied'] : commands.map((command) => `refused ${command}`);
    return [null, whole, ...refused];
  }
  if ('done' in outcome) return [whole];
  // What was asked for never reached the pump: there was no session to ask in.
  if (outcome.refused === 'noSession') return [null];
  return act.type === 'press'
    ? [`denied ${outcome.refused}`]
    : commands.map((command) => `refused ${command} ${outcome.refused}`);
}

/** Why acts in their order cannot have left exactly these marks; undefined where they can. */
export function mismatch(acts: readonly Done[], marks: readonly string[]): string | undefined {
  let furthest = 0;
  const fits = (act: number, mark: number): boolean => {
    furthest = Math.max(furthest, mark);
    const done = acts[act];
    if (done === undefined) return mark === marks.length;
    return mayHaveLeft(done).some((left) => {
      if (left === null) return fits(act + 1, mark);
      const there = marks[mark];
      return (there === left || there?.startsWith(`${left} `) === true) && fits(act + 1, mark + 1);
    });
  };
  if (fits(0, 0)) return undefined;
  const told = acts.map((done) =>
    mayHaveLeft(done)
      .map((left) => left ?? 'nothing')
      .join(' or '),
  );
  return `told: ${told.join('; ')}\nin the log: ${marks.join('; ')} (agreeing up to mark ${furthest})`;
}
