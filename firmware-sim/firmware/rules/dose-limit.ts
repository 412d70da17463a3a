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

  constructor(flows: readonly Flow[], window: Duration) {
    this.#flows = flows;
    this.#window = window;
    let sum = 0n;
    this.#sums = flows.map(({ flow, from }, i) => {
      const before = sum;
      sum += flow * BigInt((flows[i + 1]?.from ?? from) - from);
      return before;
    });
  }

  /** Ends of windows at which the mass may be greatest or least: where either end meets a change of flow. */
  ends(from: number, to: number): number[] {
    const edges = this.#flows.flatMap((flow) => [flow.from, flow.from + this.#window]);
    return [from, ...edges.filter((end) => end > from && end < to), to];
  }

  endingAt(end: number): bigint {
    return this.#until(end) - this.#until(end - this.#window);
  }

  /**
   * How much later than `end` a window may end at the earliest to hold less by `mass`: exact as far as no flow
   * changes at either end, and up to where one does.
   */
  whenLessBy(end: number, mass: bigint): number {
    const ends = [this.#at(end), this.#at(end - this.#window)] as const;
    const slope = (this.#flows[ends[0]]?.flow ?? 0n) - (this.#flows[ends[1]]?.flow ?? 0n);
    const changes = [
      (this.#flows[ends[0] + 1]?.from ?? Infinity) - end,
      (this.#flows[ends[1] + 1]?.from ?? Infinity) - end + this.#window,
    ];
    const constant = Math.max(1, Math.min(...changes));
    return slope < 0n ? Math.min(constant, Number((mass - slope - 1n) / -slope)) : constant;
  }

  #until(t: number): bigint {
    const index = this.#at(t);
    const last = this.#flows[index];
    return last === undefined ? 0n : (this.#sums[index] ?? 0n) + last.flow * BigInt(t - last.from);
  }

  /** The index of the flow at a time; -1 before the first. */
  #at(t: number): number {
    let [low, high] = [0, this.#flows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#flows[middle]?.from ?? t) <= t) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

/** The masses of a prescription's windows if it takes effect, or goes on, at `now`. */
function massesOf(context: PumpContext, prescription: Limited, inForce: Prescription, now: Instant, until: number) {
  const flows = [...past(context, prescription, now), ...toCome(context, inForce, now, until)];
  return new Masses(flows, prescription.doseLimit.window);
}

/** A week of a schedule and a day of a window: what cannot be granted by then never can. */
const HORIZON = 9 * MS_PER_DAY;

/**
 * The first instant, from `at` on, at which a bolus keeps every window within the limit, as it stands `now`;
 * undefined where none does. Where there is no limit that is `at` itself.
 */
export function whenWithinLimit(context: PumpContext, now: Instant, at: Instant = now): Instant | undefined {
  const { prescription } = context;
  const bolus = prescription?.patientBolus ?? null;
  if (!isLimited(prescription) || bolus === null) return at;
  const { window } = prescription.doseLimit;
  const masses = massesOf(context, prescription, prescription, now, at + HORIZON + window + bolus.duration);
  const flow = BigInt(bolus.rate) * BigInt(strengthOf(prescription));
  /** What a bolus begun at `start` adds to the window that ends at `end`. */
  const added = (start: number, end: number): bigint => {
    const length = Math.min(end, start + bolus.duration) - Math.max(end - window, start);
    return length > 0 ? flow * BigInt(length) : 0n;
  };
  const limit = limitOf(prescription);
  const corners = [0, bolus.duration, window, window + bolus.duration];
  for (let start: number = at; start <= at + HORIZON; ) {
    const excess = (end: number): bigint => masses.endingAt(end) + added(start, end) - limit;
    const corner = corners.find((offset) => excess(start + offset) > 0n);
    if (corner !== undefined) {
      start += masses.whenLessBy(start + corner, excess(start + corner));
      continue;
    }
    const over = masses.ends(start, start + window + bolus.duration).find((end) => excess(end) > 0n);
    if (over === undefined) return instant(start);
    // No bolus before this one leaves that window within its limit.
    const room = limit - masses.endingAt(over);
    start = over - Number(room > 0n && flow > 0n ? room / flow : 0n);
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
