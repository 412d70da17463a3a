import { allottedAt, changeAfter } from './day-parts.ts';
import {
  besideBoluses,
  dosesOf,
  exceedsMore,
  FLUID,
  firstThat,
  firstWithin,
  type Given,
  mostIn,
} from './dose-limit.ts';
import { openingEnd } from './opening.ts';
import { type PatientBolus, PER_ML, type Prescription } from './prescription.ts';
import { basalIn, isByClock, periodicIn, periodicOf } from './program.ts';
import type { PumpState } from './pump-state.ts';

/* What is still to come: when a bolus may be had, when a prescription may take effect, as things stand now. */

const DAY = 86_400_000;
const HOUR = 3_600_000;

type Amount = Pick<PatientBolus, 'rate' | 'duration'>;

/** A week of a schedule, and two days of windows: what cannot be by then never can. */
const WEEK_AND_WINDOWS = 9 * DAY;
const horizonOf = (under: Prescription): number => (isByClock(under.program) ? WEEK_AND_WINDOWS : 3 * DAY);

/** When a request could be granted under a prescription, as far as time alone decides; null without a patient bolus. */
export function nextBolus(pump: PumpState, under: Prescription | null): number | null {
  const bolus = under?.patientBolus ?? null;
  if (under === null || bolus === null) return null;
  const { grants, now, midnight } = pump;
  const inForce = under === pump.prescription;
  const lockoutEnd = inForce ? grants.lockoutEnd : grants.lockoutUnder(bolus, aheadOf(pump));
  const opening = inForce ? pump.opened : under.opening === null ? null : { setting: under.opening, start: now };
  const opens = opening === null ? now : inForce ? pump.openingEnd : openingEnd(opening, aheadOf(pump), 0);
  if (opens === undefined) return null;
  const running = inForce
    ? Math.max(pump.bolus?.end ?? now, pump.deniesPatient ? (pump.ordered?.end ?? now) : now)
    : now;
  const from = Math.max(opens, running, pump.testedAt, lockoutEnd, grants.countFree(bolus.maxPerDay, now, midnight));
  // A prime or a bridge that the prescription will begin with gives nothing of what is dosed.
  const fills = opening !== null && opening.setting.type !== 'delayed';
  return firstAllotted(pump, under, bolus, from, fills ? opens : now);
}

/** The first instant from `from` on at which the time of day has a bolus and the dose limit leaves room for it. */
function firstAllotted(
  pump: PumpState,
  under: Prescription,
  bolus: PatientBolus,
  from: number,
  begins: number,
): number | null {
  const ahead = aheadOf(pump);
  if (ahead === null || bolus.parts.length === 0) {
    const allotted = allottedAt(bolus, ahead);
    return allotted === null ? null : firstFit(pump, under, allotted, from, begins);
  }
  for (let at = from; at <= from + WEEK_AND_WINDOWS; ) {
    const allotted = allottedAt(bolus, at + ahead);
    const change = (changeAfter(bolus, at + ahead) ?? Number.POSITIVE_INFINITY) - ahead;
    const fits = allotted === null ? null : firstFit(pump, under, allotted, at, begins, change);
    if (fits !== null && fits < change) return fits;
    at = change;
  }
  return null;
}

/** A most in any window: of the primary drug, or of all fluid. */
interface Limit {
  readonly drug: string | undefined;
  readonly window: number;
  /** In volume units times ng/mL. */
  readonly most: bigint;
}

export const doseLimitOf = ({ doseLimit, drugs }: Prescription): Limit | null =>
  doseLimit === null ? null : { drug: drugs[0]?.name, window: doseLimit.window, most: BigInt(doseLimit.dose) * PER_ML };

/** What a device delivers at most in an hour, where that is less than its largest rate would. */
export const hourlyLimitOf = ({ device }: PumpState): Limit | null =>
  device.hourlyMaximum < device.rateMaximum * HOUR
    ? { drug: FLUID, window: HOUR, most: BigInt(device.hourlyMaximum) * 1_000_000n }
    : null;

/** The first instant from `from` on at which a bolus keeps all limits; null where none is in sight, or up to `last`. */
export function firstFit(
  pump: PumpState,
  under: Prescription,
  bolus: Amount,
  from: number,
  begins = beginsAt(pump, under, pump.now),
  last = Number.POSITIVE_INFINITY,
): number | null {
  const limits = [doseLimitOf(under), hourlyLimitOf(pump)].filter((limit) => limit !== null);
  for (let at = from; ; ) {
    const begun = at;
    for (const limit of limits) {
      const next = firstFitOf(pump, under, bolus, at, limit, begins, last);
      if (next === null) return null;
      at = next;
    }
    if (at === begun) return at;
  }
}

/** The same for one limit. */
export function firstFitOf(
  pump: PumpState,
  under: Prescription,
  bolus: Amount,
  from: number,
  limit: Limit,
  begins = beginsAt(pump, under, pump.now),
  last = Number.POSITIVE_INFINITY,
): number | null {
  const { ordered } = pump;
  const firstFrom = (start: number, longer: number) =>
    fitFrom(pump, under, bolus, start, limit, { longer, begins }, last);
  if (under !== pump.prescription || ordered === null || from >= ordered.end) return firstFrom(from, 0);
  // What it interrupts ends the later: it is taken to run on all the while.
  const amid = firstFrom(from, bolus.duration);
  return amid !== null && amid < ordered.end ? amid : firstFrom(ordered.end, 0);
}

function fitFrom(
  pump: PumpState,
  under: Prescription,
  bolus: Amount,
  from: number,
  limit: Limit,
  how: ToCome,
  until: number,
): number | null {
  const { window } = limit;
  const { now } = pump;
  const last = Math.min(until, from + horizonOf(under));
  const beyond = last + bolus.duration + window;
  const given = [...pump.account.flowed(now), ...toCome(pump, under, now, beyond, how)];
  const edges = [from + window, ...edgesOf(given, window, bolus.duration), last].filter((edge) => edge <= last);
  return firstWithin((at) => mostBeside(given, under, bolus, at, limit), limit.most, from, edges);
}

/** Instants at which what a window holds, with a bolus moved along, may change its slope. */
function edgesOf(given: readonly Given[], window: number, duration: number): number[] {
  const moves = [0, window, -window].flatMap((by) => [by, by + duration, by - duration]);
  return given.flatMap(({ from: a, to: b }) => moves.flatMap((by) => [a + by, b + by]));
}

/** Whether a bolus granted now keeps every window within a limit, with the basal still to come. */
export function isWithin(pump: PumpState, under: Prescription, bolus: Amount | null, limit: Limit | null): boolean {
  if (limit === null || bolus === null) return true;
  const { now, ordered } = pump;
  const longer = ordered === null ? 0 : bolus.duration;
  const beyond = now + bolus.duration + limit.window;
  const given = [...pump.account.flowed(now), ...toCome(pump, under, now, beyond, { longer })];
  return fitsBeside(given, under, bolus, now, limit);
}

/** Whether a bolus at `at` keeps every window within the limit beside all that is given. */
const fitsBeside = (given: readonly Given[], under: Prescription, bolus: Amount, at: number, limit: Limit): boolean =>
  mostBeside(given, under, bolus, at, limit) <= limit.most;

/** What the fullest window holds that a bolus at `at` lies in, beside all that is given. */
function mostBeside(
  given: readonly Given[],
  { drugs }: Prescription,
  bolus: Amount,
  at: number,
  { drug, window }: Limit,
): bigint {
  const added = { from: at, to: at + bolus.duration, rate: bolus.rate, boluses: bolus.rate, drugs };
  const near = given.filter((each) => each.to > at - window && each.from < added.to + window);
  const all = [...besideBoluses(near, [added]), added];
  return mostIn(dosesOf(all, drug), window, at, at + bolus.duration + window);
}

/** When the program of a prescription begins that is in force: once a prime or a bridge that runs is over. */
const beginsAt = (pump: PumpState, under: Prescription, from: number): number =>
  under === pump.prescription && pump.fills ? (pump.openingEnd ?? from) : from;

interface ToCome {
  readonly ahead?: number | null;
  readonly longer?: number;
  readonly withOrder?: boolean;
  readonly begins?: number;
}

/** What a prescription will give from one instant to another, with the boluses that run. */
export function toCome(
  pump: PumpState,
  under: Prescription,
  from: number,
  to: number,
  { ahead = aheadOf(pump), longer = 0, withOrder = true, begins = beginsAt(pump, under, from) }: ToCome = {},
): Given[] {
  const { program, drugs } = under;
  const basal =
    ahead === null && isByClock(program)
      ? [{ from, to, rate: pump.basalUnder(program) }]
      : basalIn(program, from + (ahead ?? 0), to + (ahead ?? 0)).map((each) => ({
          from: each.from - (ahead ?? 0),
          to: each.to - (ahead ?? 0),
          rate: each.rate,
        }));
  const inForce = under === pump.prescription;
  const dosed = basal
    .map((each) => ({ ...each, from: Math.max(each.from, begins) }))
    .filter((each) => each.to > each.from)
    .map((each) => ({ ...each, boluses: 0, drugs, givesWay: pump.device.bolusOverBasal === 'replace' }));
  const rests = (inForce ? [pump.bolus, pump.periodic] : [])
    .filter((each) => each !== null)
    .map((each) => ({ from, to: Math.min(each.end, to), rate: each.rate }));
  const { ordered } = pump;
  if (inForce && withOrder && ordered !== null) {
    // One that waits goes on when the patient's has ended.
    const resumes = Math.max(from, pump.bolus?.end ?? from);
    rests.push({ from: resumes, to: Math.max(resumes, Math.min(ordered.end + longer, to)), rate: ordered.rate });
  }
  const periodic = periodicOf(program);
  const first = inForce ? pump.periodicNext : from + (periodic?.interval ?? 0);
  const due = first === null ? [] : periodicIn(periodic, first, from, to);
  const boluses = [...rests, ...due].filter((each) => each.to > each.from);
  return [...besideBoluses(dosed, boluses), ...boluses.map((each) => ({ ...each, boluses: 0, drugs }))];
}

/** How far local time is ahead of pump time; null without one. */
const aheadOf = (pump: PumpState): number | null => (pump.wall === null ? null : pump.wall - pump.now);

/** When nothing stands against a change any more; null where that is not in sight. */
export interface Over {
  readonly clearsAt: number | null;
}

/**
 * When a prescription could take effect without exceeding a limit through what was already given, delivery going on as
 * it is until then. Null where nothing is against it now.
 */
export const overLimit = (
  pump: PumpState,
  staged: Prescription,
  limit: Limit | null = doseLimitOf(staged),
): Over | null => overBy(pump, limit, (at, last) => toCome(pump, staged, at, last));

/** The same for the prescription in force, with the clock set to another local time now. */
export function overLimitByClock(pump: PumpState, wall: number, hourly = false): Over | null {
  const { prescription, now } = pump;
  if (prescription === null) return null;
  const limit = hourly ? hourlyLimitOf(pump) : doseLimitOf(prescription);
  return overBy(pump, limit, (at, last) => toCome(pump, prescription, at, last, { ahead: wall - now }));
}

/** The same for a change after which `from` tells what is delivered from one instant to another. */
function overBy(pump: PumpState, limited: Limit | null, from: (at: number, last: number) => Given[]): Over | null {
  if (limited === null) return null;
  const { window, most: limit, drug } = limited;
  const { now } = pump;
  const past = pump.account.flowed(now);
  const horizon = now + WEEK_AND_WINDOWS;
  const changed = (at: number): Given[] => [...past, ...untilThen(pump, at), ...from(at, at + window)];
  const fits = (at: number): boolean => {
    const before = dosesOf([...past, ...goingOn(pump, at, at + window)], drug);
    return !exceedsMore(dosesOf(changed(at), drug), before, window, limit, at, at + window);
  };
  if (fits(now)) return null;
  // A change may fit for a while, and then no longer: what flows, by the old or by the new, turns at these.
  const flowing = [...past, ...goingOn(pump, now, horizon + window), ...from(now, horizon)];
  const edges = flowing.flatMap(({ from: begin, to }) => [begin, to, begin + window, to + window]);
  return { clearsAt: firstThat(fits, now, [...edges.filter((edge) => edge < horizon), horizon]) };
}

/** What is delivered up to `at` if nobody does anything. */
function untilThen(pump: PumpState, at: number): Given[] {
  const { prescription, now, rate } = pump;
  if (prescription === null || at <= now) return [];
  return pump.isRunning && !pump.isDelayed
    ? toCome(pump, prescription, now, at)
    : [{ from: now, to: at, rate, boluses: 0, drugs: prescription.drugs }];
}

/** The same up to `to`: a pump that is held goes on by its prescription from `at`, as it would by another. */
function goingOn(pump: PumpState, at: number, to: number): Given[] {
  if (pump.prescription === null) return [];
  if (pump.isRunning && !pump.isDelayed) return toCome(pump, pump.prescription, pump.now, to);
  return [...untilThen(pump, at), ...toCome(pump, pump.prescription, at, to)];
}
