import {
  after,
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

/** What was commanded up to `now`, of a prescription's primary drug. */
function past(context: PumpContext, prescription: Prescription, now: Instant): Flow[] {
  const name = prescription.drugs[0]?.name;
  const flows = context.recent.map(({ from, rate, drugs }) => ({ from, flow: BigInt(rate) * strengthIn(drugs, name) }));
  return flows.filter(({ from }) => from < now);
}

/** What a prescription commands from `now` on if nobody asks for anything. */
function toCome(context: PumpContext, prescription: Prescription, now: Instant, until: number): Flow[] {
  const strength = BigInt(strengthOf(prescription));
  const wall = wallAt(context, now);
  const basal =
    wall === undefined
      ? [{ from: now, rate: basalOf(context, prescription, now) }]
      : basalBetween(prescription.program, wall, span(wall + until - now)).map(({ from, rate }) => ({
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
  const found = running.map(({ ends, rate }) => ({ from: now as number, to: ends as number, rate: rate as number }));
  if (program.type !== 'periodic') return found;
  const { bolus, interval } = program;
  const slack = context.profile.periodicDuringBolus === 'defer' ? (patientBolus?.duration ?? 0) : 0;
  const first = inForce && context.periodicNext !== null ? context.periodicNext : now + interval;
  const early = inForce && context.periodicDeferred ? [now] : [];
  const due = [
    ...early,
    ...Array.from({ length: Math.ceil((until - first) / interval) }, (_, k) => first + k * interval),
  ];
  for (const from of due)
    found.push({ from: Math.max(from, now), to: from + bolus.duration + slack, rate: bolus.rate });
  return found;
}

/** The mass in a window that ends at an instant, from flows in order. */
class Masses {
  readonly #flows: readonly Flow[];
  readonly #sums: readonly bigint[];
  readonly #window: number;
  /** Where either end of the window meets a change of flow, in order. */
  readonly #edges: readonly number[];

  constructor(flows: readonly Flow[], window: Duration) {
    this.#flows = flows;
    this.#window = window;
    this.#edges = flows.flatMap(({ from }) => [from, from + window]).sort((a, b) => a - b);
    let sum = 0n;
    this.#sums = flows.map(({ flow, from }, i) => {
      const before = sum;
      sum += flow * BigInt((flows[i + 1]?.from ?? from) - from);
      return before;
    });
  }

  /** Ends of windows at which the mass may be greatest or least: where either end meets a change of flow. */
  ends(from: number, to: number): number[] {
    return [from, ...this.#edges.slice(countUpTo(this.#edges, from), countUpTo(this.#edges, to - 1)), to];
  }

  /** The first instant, from one on, at which the mass is at most as much; undefined where it stays above. */
  whenAtMost(most: bigint, from: number): number | undefined {
    if (this.endingAt(from) <= most) return from;
    let above = from;
    for (let i = countUpTo(this.#edges, from); i < this.#edges.length; i++) {
      const edge = this.#edges[i] ?? above;
      if (this.endingAt(edge) <= most) return this.#crossing(most, above, edge);
      above = edge;
    }
    return undefined;
  }

  /** Between two edges the mass changes evenly. */
  #crossing(most: bigint, above: number, below: number): number {
    let [no, yes] = [above, below];
    while (yes - no > 1) {
      const middle = Math.floor((no + yes) / 2);
      if (this.endingAt(middle) <= most) yes = middle;
      else no = middle;
    }
    return yes;
  }

  endingAt(end: number): bigint {
    return this.#until(end) - this.#until(end - this.#window);
  }

  #until(t: number): bigint {
    let [low, high] = [0, this.#flows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#flows[middle]?.from ?? t) <= t) low = middle + 1;
      else high = middle;
    }
    const last = this.#flows[low - 1];
    return last === undefined ? 0n : (this.#sums[low - 1] ?? 0n) + last.flow * BigInt(t - last.from);
  }
}

/** How many of some times in order are not after `t`. */
function countUpTo(times: readonly number[], t: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? t) <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The masses of a prescription's windows if it takes effect, or goes on, at `now`. */
function massesOf(context: PumpContext, prescription: Limited, inForce: Prescription, now: Instant, until: number) {
  const flows = [...past(context, prescription, now), ...toCome(context, inForce, now, until)];
  return new Masses(flows, prescription.doseLimit.window);
}

/** A week of a schedule and a day of a window: what cannot be granted by then never can. */
const HORIZON = 9 * MS_PER_DAY;

/**
 * The first instant, from `at` on, at which a bolus keeps every window within the limit; undefined where none
 * does. Where there is no limit that is `at` itself.
 */
export function whenWithinLimit(context: PumpContext, at: Instant): Instant | undefined {
  const { prescription } = context;
  const bolus = prescription?.patientBolus ?? null;
  if (!isLimited(prescription) || bolus === null) return at;
  const { window } = prescription.doseLimit;
  const masses = massesOf(context, prescription, prescription, at, at + HORIZON + window + bolus.duration);
  const flow = BigInt(bolus.rate) * BigInt(strengthOf(prescription));
  /** What a bolus begun at `start` adds to the window that ends at `end`. */
  const added = (start: number, end: number): bigint => {
    const length = Math.min(end, start + bolus.duration) - Math.max(end - window, start);
    return length > 0 ? flow * BigInt(length) : 0n;
  };
  const limit = limitOf(prescription);
  const room = limit - flow * BigInt(bolus.duration);
  for (let start: number | undefined = at; start !== undefined && start <= at + HORIZON; ) {
    const begun: number = start;
    const over = masses
      .ends(begun, begun + window + bolus.duration)
      .find((end) => masses.endingAt(end) + added(begun, end) > limit);
    // These ends of windows move with the bolus: the first is before it, the others hold all of it.
    const corner = [bolus.duration, window].find((offset) => masses.endingAt(begun + offset) > room);
    if (masses.endingAt(begun) > limit) start = masses.whenAtMost(limit, begun);
    else if (corner !== undefined) start = later(masses.whenAtMost(room, begun + corner), -corner);
    else if (over !== undefined) start = nextAfter(limit - masses.endingAt(over), flow, over);
    else return instant(begun);
  }
  return undefined;
}

const later = (time: number | undefined, by: number): number | undefined =>
  time === undefined ? undefined : time + by;

/** No bolus that begins before this leaves the window that ends at `over` within its limit. */
const nextAfter = (room: bigint, flow: bigint, over: number): number => over - (room > 0n ? Number(room / flow) : 0);

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
 * When a prescription can take effect without any window exceeding its limit; `at` itself where nothing stands
 * against it. What makes no window worse than the prescription in force is never refused.
 */
export const whenCommitWithinLimit = (context: PumpContext, prescription: Prescription, at: Instant): Instant =>
  whenChangeWithinLimit(context, context, prescription, at);

/** The same for the prescription in force with its local times moved. */
export function whenMovedWithinLimit(context: PumpContext, wallOffset: number, at: Instant): Instant {
  const { prescription } = context;
  return prescription === null ? at : whenChangeWithinLimit(context, { ...context, wallOffset }, prescription, at);
}

function whenChangeWithinLimit(
  old: PumpContext,
  changed: PumpContext,
  prescription: Prescription,
  at: Instant,
): Instant {
  if (!isLimited(prescription)) return at;
  const { window } = prescription.doseLimit;
  const limit = limitOf(prescription);
  const fits = (start: number): boolean => {
    const now = instant(start);
    const until = start + window;
    const next = massesOf(changed, prescription, prescription, now, until);
    const before = massesOf(old, prescription, old.prescription ?? prescription, now, until);
    return next.ends(start, until).every((end) => {
      const mass = next.endingAt(end);
      return mass <= limit || (old.prescription !== null && mass <= before.endingAt(end));
    });
  };
  if (fits(at)) return at;
  // What was given leaves the window by its end: the first instant that fits lies before it.
  let [no, yes] = [at as number, after(at, window) as number];
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2);
    if (fits(middle)) yes = middle;
    else no = middle;
  }
  return instant(yes);
}
