import {
  basalBetween,
  type Drug,
  type Duration,
  type Instant,
  instant,
  MS_PER_DAY,
  mostBasal,
  mostPeriodic,
  type Prescription,
  span,
  strengthOf,
  VOLUME_PER_ML,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { basalOf, wallAt } from './program.ts';

/*
 * The dose limit: a most of the primary drug in any window of time (t − w, t], past and still to come. Basal
 * and all boluses count, at the concentration programmed when they were commanded. A request is judged with
 * everything the program will still command, because a window that begins now ends full of it.
 */

/** A mass flow from an instant on, in nL/day times ng/mL, up to the next. */
interface Flow {
  readonly from: number;
  readonly flow: bigint;
}

type Limited = Prescription & { readonly doseLimit: NonNullable<Prescription['doseLimit']> };
const isLimited = (prescription: Prescription | null): prescription is Limited => prescription?.doseLimit != null;

const limitOf = ({ doseLimit }: Limited): bigint => BigInt(doseLimit.dose) * VOLUME_PER_ML;
const strengthIn = (drugs: readonly Drug[], name: string | undefined): bigint =>
  BigInt(drugs.find((drug) => drug.name === name)?.concentration ?? 0);

/** What was commanded of a drug up to `now`. */
function past(context: PumpContext, drug: string | undefined, now: Instant): Flow[] {
  const flows = context.recent.map(({ from, rate, drugs }) => ({ from, flow: BigInt(rate) * strengthIn(drugs, drug) }));
  return flows.filter(({ from }) => from < now);
}

/** What a prescription commands of a drug from `now` on if nobody asks for anything. */
function toCome(
  context: PumpContext,
  prescription: Prescription,
  drug: string | undefined,
  now: Instant,
  until: number,
): Flow[] {
  const strength = strengthIn(prescription.drugs, drug);
  const wall = wallAt(context, now);
  const basal =
    wall === undefined
      ? [{ from: now, rate: basalOf(context, prescription, now) }]
      : basalBetween(prescription.program, wall, span(wall + Math.max(1, until - now))).map(({ from, rate }) => ({
          from: now + (from - wall),
          rate,
        }));
  const changes = basal.map(({ from, rate }, i) => ({ at: from, by: rate - (basal[i - 1]?.rate ?? 0) }));
  for (const { from, to, rate } of pulses(context, prescription, now, until))
    changes.push({ at: from, by: rate }, { at: to, by: -rate });
  changes.sort((a, b) => a.at - b.at);
  let rate = 0;
  return changes.map(({ at, by }) => {
    rate += by;
    return { from: at, flow: BigInt(rate) * strength };
  });
}

/** Boluses that run, and periodic ones that fall due: one that may be deferred could run at any time in between. */
function pulses(context: PumpContext, prescription: Prescription, now: Instant, until: number) {
  const { program, patientBolus } = prescription;
  const inForce = prescription === context.prescription;
  const running = inForce ? [context.bolus, context.periodic].filter((bolus) => bolus !== null) : [];
  const found = running
    .map(({ ends, rate }) => ({ from: now as number, to: ends as number, rate: rate as number }))
    .filter(({ to }) => to > now);
  if (program.type !== 'periodic') return found;
  const { bolus, interval } = program;
  const slack = context.profile.periodicDuringBolus === 'defer' ? (patientBolus?.duration ?? 0) : 0;
  const first = inForce && context.periodicNext !== null ? context.periodicNext : now + interval;
  const deferred = inForce && context.periodicDeferred ? [now as number] : [];
  const due = Array.from(
    { length: Math.max(0, Math.ceil((until - first) / interval)) },
    (_, k) => first + k * interval,
  );
  for (const from of [...deferred, ...due.filter((at) => at >= now)])
    found.push({ from, to: from + bolus.duration + slack, rate: bolus.rate });
  return found;
}

/** The mass in a window that ends at an instant, from flows in order. */
class Masses {
  readonly #flows: readonly Flow[];
  readonly #sums: readonly bigint[];
  readonly #window: number;
  /** Where either end of a window meets a change of flow: in between, the mass changes evenly. */
  readonly edges: readonly number[];

  constructor(flows: readonly Flow[], window: Duration) {
    this.#flows = flows;
    this.#window = window;
    this.edges = ascending(flows.flatMap(({ from }) => [from, from + window]));
    let sum = 0n;
    this.#sums = flows.map(({ flow, from }, i) => {
      const before = sum;
      sum += flow * BigInt((flows[i + 1]?.from ?? from) - from);
      return before;
    });
  }

  endingAt(end: number): bigint {
    return this.#until(end) - this.#until(end - this.#window);
  }

  #until(t: number): bigint {
    const last = firstAbove(this.#flows.length, (i) => (this.#flows[i]?.from ?? t) > t) - 1;
    const flow = this.#flows[last];
    return flow === undefined ? 0n : (this.#sums[last] ?? 0n) + flow.flow * BigInt(t - flow.from);
  }
}

const ascending = (times: readonly number[]): number[] => [...new Set(times)].sort((a, b) => a - b);

/** The first index of which something holds that, once it holds, holds of all that follow. */
function firstAbove(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The part of ascending times that lies after one and before another. */
function amid(times: readonly number[], from: number, to: number): readonly number[] {
  const begin = firstAbove(times.length, (i) => (times[i] ?? 0) > from);
  return times.slice(
    begin,
    firstAbove(times.length, (i) => (times[i] ?? 0) >= to),
  );
}

/** A week of a schedule and a day of a window. */
const HORIZON = 9 * MS_PER_DAY;

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

/**
 * When a prescription can take effect without any window exceeding its limit, if what is in force goes on until
 * then: `at` itself where nothing stands against it, undefined where it is not in sight. What makes no window
 * worse than the prescription in force is never refused.
 */
export const whenCommitWithinLimit = (
  context: PumpContext,
  prescription: Prescription,
  at: Instant,
): Instant | undefined => whenChangeWithinLimit(context, context, prescription, at);

/** The same for the prescription in force with its local times moved. */
export function whenMovedWithinLimit(context: PumpContext, wallOffset: number, at: Instant): Instant | undefined {
  const { prescription } = context;
  return prescription === null ? at : whenChangeWithinLimit(context, { ...context, wallOffset }, prescription, at);
}

function whenChangeWithinLimit(
  old: PumpContext,
  changed: PumpContext,
  prescription: Prescription,
  at: Instant,
): Instant | undefined {
  if (!isLimited(prescription)) return at;
  const fits = (start: number): boolean => changeFits(old, changed, prescription, at, instant(start));
  if (fits(at)) return at;
  // What was given leaves the window by its end, unless what is in force goes on giving it.
  let no: number = at;
  let step: number = prescription.doseLimit.window;
  while (!fits(no + step)) {
    no += step;
    step *= 2;
    if (no + step > at + HORIZON) return undefined;
  }
  let yes = no + step;
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (fits(middle)) yes = middle;
    else no = middle;
  }
  return instant(yes);
}

/** Whether a change at `start` leaves each window within the limit, or no worse than it would be without. */
function changeFits(
  old: PumpContext,
  changed: PumpContext,
  prescription: Limited,
  at: Instant,
  start: Instant,
): boolean {
  const { window } = prescription.doseLimit;
  const limit = limitOf(prescription);
  const drug = prescription.drugs[0]?.name;
  const until = start + window;
  const inForce = old.prescription;
  // A pump that is held stays so until then; one that runs goes on.
  const held = old.stopped !== null || old.update !== null || old.atMinimum;
  const goesOn = inForce === null ? [] : toCome(old, inForce, drug, held ? start : at, until);
  const unchanged = [...past(old, drug, held ? start : at), ...goesOn];
  const next = new Masses(
    [...unchanged.filter(({ from }) => from < start), ...toCome(changed, prescription, drug, start, until)],
    window,
  );
  const before = new Masses(unchanged, window);
  const allowed = (end: number): bigint => {
    const mass = inForce === null ? limit : before.endingAt(end);
    return mass > limit ? mass : limit;
  };
  const fitsAt = (end: number): boolean => next.endingAt(end) <= allowed(end);
  const ends = [start, ...amid(ascending([...next.edges, ...before.edges]), start, until), until];
  return ends.every((end, i) => {
    if (!fitsAt(end)) return false;
    const following = ends[i + 1];
    if (following === undefined || (next.endingAt(end) <= limit && next.endingAt(following) <= limit)) return true;
    // What was allowed so far may turn where it meets the limit.
    const [here, there] = [before.endingAt(end) - limit, before.endingAt(following) - limit];
    if (here > 0n === there > 0n) return true;
    const meets = end + Number((here * BigInt(following - end)) / (here - there));
    return [meets, Math.min(meets + 1, following)].every(fitsAt);
  });
}
