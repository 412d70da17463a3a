import {
  type Instant,
  instant,
  MS_PER_DAY,
  mostBasal,
  mostPeriodic,
  type Prescription,
  strengthOf,
  VOLUME_PER_ML,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { amid, ascending, firstAbove, Masses, past, toCome } from './masses.ts';

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
function untilRepeated({ program, patientBolus, doseLimit }: Limited): number {
  const reach = doseLimit.window + (patientBolus?.duration ?? 0);
  if (program.type === 'periodic') return Math.min(HORIZON, reach + 2 * (program.interval + program.bolus.duration));
  return program.type === 'constant' || program.type === 'minimumRate' ? reach : HORIZON;
}

/**
 * The first instant, from `from` on, at which a bolus keeps every window within the limit, as things stand at
 * `at`; undefined where none does. Where there is no limit that is `from` itself.
 */
export function whenWithinLimit(context: PumpContext, at: Instant, from: Instant = at): Instant | undefined {
  const { prescription } = context;
  const bolus = prescription?.patientBolus ?? null;
  if (!isLimited(prescription) || bolus === null) return from;
  const { window } = prescription.doseLimit;
  const { duration } = bolus;
  const drug = prescription.drugs[0]?.name;
  const last = from + untilRepeated(prescription);
  const flows = [...past(context, drug, at), ...toCome(context, prescription, drug, at, last + window + duration)];
  const masses = new Masses(flows, window);
  const flow = BigInt(bolus.rate) * BigInt(strengthOf(prescription));
  const limit = limitOf(prescription);
  /** By how much the window that ends at `end` exceeds the limit with a bolus begun at `start`. */
  const excess = (start: number, end: number): bigint => {
    const length = Math.min(end, start + duration) - Math.max(end - window, start);
    return masses.endingAt(end) - limit + (length > 0 ? flow * BigInt(length) : 0n);
  };
  // From one of these to the next, every excess changes evenly with the start.
  const turns = ascending(
    masses.edges.flatMap((edge) => [edge, edge - duration, edge - window, edge - window - duration]),
  );
  for (let start: number = from; start <= last; ) {
    const turn = turns[firstAbove(turns.length, (i) => (turns[i] ?? 0) > start)] ?? last + 1;
    let free = start;
    for (const ahead of [0, duration, window]) {
      const over = excess(start, start + ahead);
      if (over <= 0n) continue;
      const fall = over - excess(start + 1, start + 1 + ahead);
      const gone = fall > 0n ? start + Number((over + fall - 1n) / fall) : turn;
      free = Math.max(free, Math.min(gone, turn));
    }
    for (const end of amid(masses.edges, start, start + window + duration)) {
      if (excess(start, end) <= 0n) continue;
      // No bolus before this one leaves that window within its limit.
      const room = limit - masses.endingAt(end);
      free = Math.max(free, end - (room > 0n && flow > 0n ? Number(room / flow) : 0));
    }
    if (free === start) return instant(start);
    start = free;
  }
  return undefined;
}

/** The most a program can command in a window by itself. */
export function exceedsAlone({ profile }: PumpContext, prescription: Prescription): boolean {
  if (!isLimited(prescription)) return false;
  const { program, doseLimit } = prescription;
  const bolus = program.type === 'periodic' ? program.bolus : undefined;
  const deferred = profile.periodicDuringBolus === 'defer' && bolus !== undefined;
  const extra = deferred ? BigInt(bolus.rate) * BigInt(bolus.duration) : 0n;
  const most = mostBasal(program, doseLimit.window) + mostPeriodic(program, doseLimit.window) + extra;
  return most * BigInt(strengthOf(prescription)) > limitOf(prescription);
}
