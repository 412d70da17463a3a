import {
  after,
  asAdded,
  type Instant,
  instant,
  MS_PER_DAY,
  mostBasal,
  mostPeriodic,
  type PatientBolus,
  type Prescription,
  strengthOf,
  VOLUME_PER_ML,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { Gain } from './gain.ts';
import { amid, ascending, firstAmong, firstTime, longestOf, Masses, past, toCome } from './masses.ts';

/*
 * The dose limit: a most of the primary drug in any window of time (t − w, t], past and still to come. A
 * request is judged with everything the program will still command, because a window that begins now ends full of it.
 */

export type Limited = Prescription & { readonly doseLimit: NonNullable<Prescription['doseLimit']> };
export const isLimited = (prescription: Prescription | null): prescription is Limited =>
  prescription?.doseLimit != null;

export const limitOf = ({ doseLimit }: Limited): bigint => BigInt(doseLimit.dose) * VOLUME_PER_ML;

/** A week of a schedule and a day of a window. */
export const HORIZON = 9 * MS_PER_DAY;

/** How long it takes until what a program commands repeats itself: what cannot be granted by then never can. */
function untilRepeated({ program, doseLimit }: Limited, bolus: Amount): number {
  const reach = doseLimit.window + bolus.duration;
  if (program.type === 'periodic') return Math.min(HORIZON, reach + 2 * (program.interval + program.bolus.duration));
  return program.type === 'constant' || program.type === 'minimumRate' ? reach : HORIZON;
}

type Amount = Pick<PatientBolus, 'rate' | 'duration'>;

/**
 * The first instant, from `from` on, at which a bolus, the patient's unless given, keeps every window within the
 * limit, as things stand at `at`; undefined where none does, or none up to `last`. Where there is no limit that is
 * `from` itself.
 */
export function whenWithinLimit(
  context: PumpContext,
  at: Instant,
  from: Instant = at,
  bolus: Amount | null = context.prescription?.patientBolus ?? null,
  last?: number,
): Instant | undefined {
  const { prescription, clinician } = context;
  if (!isLimited(prescription) || bolus === null) return from;
  if (clinician === null || from >= clinician.ends) return whenRoom(context, prescription, at, from, bolus, last);
  // What it suspends ends the later: judged as if that ran on all the while.
  const longer = { ...context, clinician: { ...clinician, ends: after(clinician.ends, bolus.duration) } };
  const amid = whenRoom(longer, prescription, at, from, bolus, Math.min(clinician.ends - 1, last ?? clinician.ends));
  return amid ?? whenRoom(context, prescription, at, clinician.ends, bolus, last);
}

/** The same, not after `last`, whatever a bolus suspends. */
function whenRoom(
  context: PumpContext,
  prescription: Limited,
  at: Instant,
  from: Instant,
  bolus: Amount,
  last: number = from + untilRepeated(prescription, bolus),
): Instant | undefined {
  const { window } = prescription.doseLimit;
  const { duration } = bolus;
  const { masses, gain } = around(context, prescription, at, last + window + duration, bolus);
  const limit = limitOf(prescription);
  /** By how much the window that ends at `end` exceeds the limit with a bolus begun at `start`. */
  const excess = (start: number, end: number): bigint =>
    masses.endingAt(end) - limit + gain.between(Math.max(end - window, start), Math.min(end, start + duration));
  // From one of these to the next, every excess changes evenly with the start.
  const turns = ascending(
    masses.edges.flatMap((edge) => [edge, edge - duration, edge - window, edge - window - duration]),
  );
  for (let start: number = from; start <= last; ) {
    const turn = turns[firstAmong(turns, (time) => time > start)] ?? last + 1;
    let free = start;
    /** When, up to the next turn, what is over now has fallen away, if a millisecond later `next` is over. */
    const gone = (over: bigint, next: bigint): number =>
      over > next ? Math.min(turn, start + Number((over + (over - next) - 1n) / (over - next))) : turn;
    for (const ahead of [0, duration, window]) {
      const over = excess(start, start + ahead);
      if (over > 0n) free = Math.max(free, gone(over, excess(start + 1, start + 1 + ahead)));
    }
    for (const end of amid(masses.edges, start, start + window + duration)) {
      const over = excess(start, end);
      if (over <= 0n) continue;
      const room = limit - masses.endingAt(end);
      // Where all of it is too much for that window, whenever it is given, no bolus before this one leaves it room.
      const next = gain.exceeds(room, duration) ? gain.begins(start, end, room) : gone(over, excess(start + 1, end));
      free = Math.max(free, next);
    }
    if (free === start) return instant(start);
    start = free;
  }
  return undefined;
}

/** For how much of its duration a bolus that begins at `at` keeps every window within the limit, in whole milliseconds. */
export function longestWithinLimit(context: PumpContext, prescription: Limited, at: Instant, bolus: Amount): number {
  const { window } = prescription.doseLimit;
  const until = at + bolus.duration + window;
  const { masses, gain } = around(context, prescription, at, until, bolus);
  const limit = limitOf(prescription);
  const full = at + window;
  const edges = ascending([...amid(masses.edges, at, until), full]);
  // As it runs the window that ends just then holds the whole of it, or is full of it.
  const over = (end: number): boolean => masses.endingAt(end) + gain.between(Math.max(at, end - window), end) > limit;
  const ends = firstTime(edges, at, at + bolus.duration, (t) => over(t + 1));
  // A window that ends after it holds the whole of it, or what it reaches back to.
  return edges.reduce((most, end) => {
    const ahead = Math.max(0, end - full);
    const longest = ahead + gain.lasts(at + ahead, limit - masses.endingAt(end), bolus.duration);
    return longest < end - at ? Math.min(most, longest) : most;
  }, ends - at);
}

/** What is commanded in each window, of what was until now and what is still to come until `until`; what a bolus adds. */
function around(context: PumpContext, prescription: Limited, at: Instant, until: number, bolus: Amount) {
  const drug = prescription.drugs[0]?.name;
  const longest = Math.max(bolus.duration, longestOf(prescription));
  const ahead = toCome(context, prescription, drug, at, until, longest);
  return {
    masses: new Masses([...past(context, drug, at), ...ahead], prescription.doseLimit.window),
    gain: new Gain(BigInt(bolus.rate) * BigInt(strengthOf(prescription)), ahead),
  };
}

/** The most a program can command in a window by itself. */
export function exceedsAlone({ profile }: PumpContext, prescription: Limited): boolean {
  const { doseLimit } = prescription;
  const program = asAdded(prescription.program, profile);
  const bolus = program.type === 'periodic' ? program.bolus : undefined;
  const deferred = profile.periodicDuringBolus === 'defer' && bolus !== undefined;
  const extra = deferred ? BigInt(bolus.rate) * BigInt(bolus.duration) : 0n;
  const most = mostBasal(program, doseLimit.window) + mostPeriodic(program, doseLimit.window) + extra;
  return most * BigInt(strengthOf(prescription)) > limitOf(prescription);
}
