import {
  basalBetween,
  type Drug,
  type Duration,
  type Instant,
  instant,
  longestBolus,
  type Prescription,
  span,
  sure,
} from '../../../shared/index.ts';
import type { PumpContext } from '../context.ts';
import { fillingOf, whenOpeningEnds } from './opening.ts';
import { basalOf, wallAt } from './program.ts';

/*
 * What is given of a drug, before and after an instant, and how much of it any window of time holds. Basal and all
 * boluses count, at the concentration programmed when they were commanded.
 */

/** A mass flow from an instant on, in nL/day times ng/mL, up to the next. */
interface Flow {
  readonly from: number;
  readonly flow: bigint;
}

/** One to come, and what of it is basal that another bolus would replace. */
export interface ToCome extends Flow {
  readonly basal: bigint;
}

const strengthIn = (drugs: readonly Drug[], name: string | undefined): bigint =>
  BigInt(drugs.find((drug) => drug.name === name)?.concentration ?? 0);

/** What was commanded of a drug up to `now`. */
export function past(context: PumpContext, drug: string | undefined, now: Instant): Flow[] {
  const flows = context.recent.map(({ from, rate, drugs }) => ({ from, flow: BigInt(rate) * strengthIn(drugs, drug) }));
  return flows.filter(({ from }) => from < now);
}

/** What was commanded of a drug by boluses, and goes on. */
export const pastBoluses = (context: PumpContext, drug: string | undefined): Flow[] =>
  context.recent.map(({ from, boluses, drugs }) => ({ from, flow: BigInt(boluses) * strengthIn(drugs, drug) }));

/** How long a patient bolus takes at most. */
export const longestOf = ({ patientBolus }: Prescription): number =>
  patientBolus === null ? 0 : longestBolus(patientBolus);

/** The same from `now` on if nobody asks for anything; a bolus as long as `longest` may defer a periodic one. */
export function toCome(
  context: PumpContext,
  prescription: Prescription,
  drug: string | undefined,
  now: Instant,
  until: number,
  longest: number = longestOf(prescription),
): ToCome[] {
  const strength = strengthIn(prescription.drugs, drug);
  const wall = wallAt(context, now);
  const basal =
    wall === undefined
      ? [{ from: now, rate: basalOf(context, prescription, now) }]
      : basalBetween(prescription.program, wall, span(wall + Math.max(1, until - now))).map(({ from, rate }) => ({
          from: now + (from - wall),
          rate,
        }));
  // A prime or a bridge that runs is delivered in place of it.
  const fills = prescription === context.prescription && fillingOf(context) !== undefined;
  const begins = (fills ? whenOpeningEnds(context) : undefined) ?? now;
  const changes = basal.map(({ from, rate }, i) => ({
    at: Math.max(from, begins),
    basal: rate - (basal[i - 1]?.rate ?? 0),
    boluses: 0,
  }));
  // Until then nothing of it flows, whatever flowed before.
  if (begins > now) changes.push({ at: now, basal: 0, boluses: 0 });
  for (const { from, to, rate } of pulses(context, prescription, now, until, longest))
    changes.push({ at: from, basal: 0, boluses: rate }, { at: to, basal: 0, boluses: -rate });
  changes.sort((a, b) => a.at - b.at);
  const replaces = context.profile.bolusOverBasal === 'replace';
  let [steady, boluses] = [0, 0];
  return changes.map((change) => {
    steady += change.basal;
    boluses += change.boluses;
    const beside = replaces && boluses > 0 ? 0 : steady;
    const flow = BigInt(beside + boluses) * strength;
    return { from: change.at, flow, basal: replaces ? BigInt(beside) * strength : 0n };
  });
}

/** Boluses that run, and periodic ones that fall due: one that may be deferred could run at any time in between. */
function pulses(context: PumpContext, prescription: Prescription, now: Instant, until: number, longest: number) {
  const { program } = prescription;
  const { clinician, profile } = context;
  const inForce = prescription === context.prescription;
  const running = inForce ? [context.bolus, context.periodic].filter((bolus) => bolus !== null) : [];
  const found = running
    .map(({ ends, rate }) => ({ from: now as number, to: ends as number, rate: rate as number }))
    .filter(({ to }) => to > now);
  // One that is suspended goes on when the patient's ends.
  if (inForce && clinician !== null && clinician.ends > now)
    found.push({ from: Math.max(now, context.bolus?.ends ?? now), to: clinician.ends, rate: clinician.rate });
  if (program.type !== 'periodic') return found;
  const { bolus, interval } = program;
  const lasts = inForce ? (clinician?.ends ?? 0) : 0;
  const slack = (from: number) => (profile.periodicDuringBolus === 'defer' ? Math.max(0, lasts - from) + longest : 0);
  const first = inForce && context.periodicNext !== null ? context.periodicNext : now + interval;
  const deferred = inForce && context.periodicDeferred ? [now as number] : [];
  const due = Array.from(
    { length: Math.max(0, Math.ceil((until - first) / interval)) },
    (_, k) => first + k * interval,
  );
  // What fell due now was started, or skipped, before anything was asked.
  for (const from of [...deferred, ...due.filter((at) => at > now)])
    found.push({ from, to: from + bolus.duration + slack(from), rate: bolus.rate });
  return found;
}

/** The mass in a window that ends at an instant, from flows in order. */
export class Masses {
  readonly #flows: readonly Flow[];
  readonly #sums: readonly bigint[];
  readonly #window: Duration;
  /** Where either end of a window meets a change of flow: in between, the mass changes evenly. */
  readonly edges: readonly number[];

  constructor(flows: readonly Flow[], window: Duration = span(0)) {
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
    return this.between(end - this.#window, end);
  }

  between(from: number, to: number): bigint {
    return this.#until(to) - this.#until(from);
  }

  #until(t: number): bigint {
    const last = firstAmong(this.#flows, ({ from }) => from > t) - 1;
    const flow = this.#flows[last];
    return flow === undefined ? 0n : sure(this.#sums[last], 'sum of flows') + flow.flow * BigInt(t - flow.from);
  }
}

export const ascending = (times: readonly number[]): number[] => [...new Set(times)].sort((a, b) => a - b);

/** The first index of which something holds that, once it holds, holds of all that follow. */
export function firstAbove(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The same of a list. */
export const firstAmong = <T>(those: readonly T[], holds: (one: T) => boolean): number =>
  firstAbove(those.length, (i) => holds(sure(those[i], 'one of so many')));

/** The part of ascending times that lies after one and before another. */
export function amid(times: readonly number[], from: number, to: number): readonly number[] {
  const begin = firstAmong(times, (time) => time > from);
  return times.slice(
    begin,
    firstAmong(times, (time) => time >= to),
  );
}

/** The first instant of a span at which something holds that changes at most once between two edges; else its end. */
export function firstTime(edges: readonly number[], from: number, to: number, holds: (t: number) => boolean): Instant {
  let begin = from;
  for (const edge of [...amid(edges, from, to), to]) {
    // Where it ceases to hold in between, it held at the beginning.
    if (holds(begin)) return instant(begin);
    if (holds(edge - 1)) return instant(begin + firstAbove(edge - begin, (by) => holds(begin + by)));
    begin = edge;
  }
  return instant(to);
}
