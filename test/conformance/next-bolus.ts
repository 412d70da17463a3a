import { dosesOf, exceedsMore, firstThat, firstWithin, type Given, mostIn } from './dose-limit.ts';
import { openingEnd } from './opening.ts';
import { type PatientBolus, PER_ML, type Prescription } from './prescription.ts';
import { basalIn, isByClock, periodicIn, periodicOf } from './program.ts';
import type { Pump } from './pump.ts';

/* What is still to come: when a bolus may be had, when a prescription may take effect, as things stand now. */

const DAY = 86_400_000;

type Amount = Pick<PatientBolus, 'rate' | 'duration'>;

/** A week of a schedule, and two days of windows: what cannot be by then never can. */
const WEEK_AND_WINDOWS = 9 * DAY;
const horizonOf = (under: Prescription): number => (isByClock(under.program) ? WEEK_AND_WINDOWS : 3 * DAY);

/** When a request could be granted under a prescription, as far as time alone decides; null without a patient bolus. */
export function nextBolus(pump: Pump, under: Prescription | null): number | null {
  const bolus = under?.patientBolus ?? null;
  if (under === null || bolus === null) return null;
  const { grants, now, midnight } = pump;
  const inForce = under === pump.prescription;
  const lockoutEnd = inForce ? grants.lockoutEnd : grants.lockoutUnder(bolus);
  const opening = inForce ? pump.opened : under.opening === null ? null : { setting: under.opening, start: now };
  const opens = opening === null ? now : inForce ? pump.openingEnd : openingEnd(opening, aheadOf(pump), 0);
  if (opens === undefined) return null;
  const running = inForce
    ? Math.max(pump.bolus?.end ?? now, pump.deniesPatient ? (pump.ordered?.end ?? now) : now)
    : now;
  const from = Math.max(opens, running, pump.testedAt, lockoutEnd, grants.countFree(bolus.maxPerDay, now, midnight));
  // A prime or a bridge that the prescription will begin with gives nothing of what is dosed.
  const fills = opening !== null && opening.setting.type !== 'delayed';
  return firstFit(pump, under, bolus, from, fills ? opens : now);
}

/** The first instant from `from` on at which a bolus keeps the dose limit; null where none is in sight. */
export function firstFit(
  pump: Pump,
  under: Prescription,
  bolus: Amount,
  from: number,
  begins = beginsAt(pump, under, pump.now),
): number | null {
  const { ordered } = pump;
  if (under !== pump.prescription || ordered === null || from >= ordered.end)
    return fitFrom(pump, under, bolus, from, { longer: 0, begins });
  // What it interrupts ends the later: it is taken to run on all the while.
  const amid = fitFrom(pump, under, bolus, from, { longer: bolus.duration, begins });
  return amid !== null && amid < ordered.end ? amid : fitFrom(pump, under, bolus, ordered.end, { longer: 0, begins });
}

function fitFrom(pump: Pump, under: Prescription, bolus: Amount, from: number, how: ToCome): number | null {
  if (under.doseLimit === null) return from;
  const { now } = pump;
  const last = from + horizonOf(under);
  const beyond = last + bolus.duration + under.doseLimit.window;
  const given = [...pump.account.flowed(now), ...toCome(pump, under, now, beyond, how)];
  const edges = edgesOf(given, under.doseLimit.window, bolus.duration).filter((edge) => edge <= last);
  const ends = [from + under.doseLimit.window, ...edges];
  return firstWithin((at) => mostBeside(given, under, bolus, at), limitOf(under), from, ends);
}

/** Instants at which what a window holds, with a bolus moved along, may change its slope. */
function edgesOf(given: readonly Given[], window: number, duration: number): number[] {
  const moves = [0, window, -window].flatMap((by) => [by, by + duration, by - duration]);
  return given.flatMap(({ from: a, to: b }) => moves.flatMap((by) => [a + by, b + by]));
}

/** Whether a bolus granted now keeps every window within the limit, with the basal still to come. */
export function withinLimit(pump: Pump, under: Prescription): boolean {
  const { doseLimit, patientBolus: bolus } = under;
  if (doseLimit === null || bolus === null) return true;
  const { now, ordered } = pump;
  const longer = ordered === null ? 0 : bolus.duration;
  const beyond = now + bolus.duration + doseLimit.window;
  const given = [...pump.account.flowed(now), ...toCome(pump, under, now, beyond, { longer })];
  return fitsBeside(given, under, bolus, now);
}

/** Whether a bolus at `at` keeps every window within the limit beside all that is given. */
const fitsBeside = (given: readonly Given[], under: Prescription, bolus: Amount, at: number): boolean =>
  under.doseLimit === null || mostBeside(given, under, bolus, at) <= limitOf(under);

/** What the fullest window holds that a bolus at `at` lies in, beside all that is given. */
function mostBeside(given: readonly Given[], under: Prescription, bolus: Amount, at: number): bigint {
  const { doseLimit, drugs } = under;
  const window = doseLimit?.window ?? 0;
  const all = [...given, { from: at, to: at + bolus.duration, rate: bolus.rate, boluses: bolus.rate, drugs }];
  return mostIn(dosesOf(all, drugs[0]?.name), window, at, at + bolus.duration + window);
}

const limitOf = ({ doseLimit }: Prescription): bigint => BigInt(doseLimit?.dose ?? 0) * PER_ML;

/** When the program of a prescription begins that is in force: once a prime or a bridge that runs is over. */
const beginsAt = (pump: Pump, under: Prescription, from: number): number =>
  under === pump.prescription && pump.fills ? (pump.openingEnd ?? from) : from;

interface ToCome {
  readonly ahead?: number | null;
  readonly longer?: number;
  readonly withOrder?: boolean;
  readonly begins?: number;
}

/** What a prescription will give from one instant to another, with the boluses that run. */
export function toCome(
  pump: Pump,
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
    .filter((each) => each.to > each.from);
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
  return [...dosed, ...rests, ...due].map((each) => ({ ...each, boluses: 0, drugs }));
}

/** How far local time is ahead of pump time; null without one. */
const aheadOf = (pump: Pump): number | null => (pump.wall === null ? null : pump.wall - pump.now);

/** When nothing stands against a change any more; null where that is not in sight. */
export interface Over {
  readonly clearsAt: number | null;
}

/**
 * When a prescription could take effect without exceeding its dose limit through boluses already given, delivery
 * going on as it is until then. Null where nothing is against it now.
 */
export const overLimit = (pump: Pump, staged: Prescription): Over | null =>
  overBy(pump, staged, (at, last) => toCome(pump, staged, at, last));

/** The same for the prescription in force, with the clock set to another local time now. */
export function overLimitByClock(pump: Pump, wall: number): Over | null {
  const { prescription, now } = pump;
  if (prescription === null) return null;
  return overBy(pump, prescription, (at, last) => toCome(pump, prescription, at, last, { ahead: wall - now }));
}

/** The same for a change after which `from` tells what is delivered from one instant to another. */
function overBy(pump: Pump, under: Prescription, from: (at: number, last: number) => Given[]): Over | null {
  const { doseLimit, drugs } = under;
  if (doseLimit === null) return null;
  const { window } = doseLimit;
  const { now } = pump;
  const limit = BigInt(doseLimit.dose) * PER_ML;
  const past = pump.account.flowed(now);
  const horizon = now + WEEK_AND_WINDOWS;
  const drug = drugs[0]?.name;
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
function untilThen(pump: Pump, at: number): Given[] {
  const { prescription, now, rate } = pump;
  if (prescription === null || at <= now) return [];
  return pump.isRunning && !pump.isDelayed
    ? toCome(pump, prescription, now, at)
    : [{ from: now, to: at, rate, boluses: 0, drugs: prescription.drugs }];
}

/** The same up to `to`: a pump that is held goes on by its prescription from `at`, as it would by another. */
function goingOn(pump: Pump, at: number, to: number): Given[] {
  if (pump.prescription === null) return [];
  if (pump.isRunning && !pump.isDelayed) return toCome(pump, pump.prescription, pump.now, to);
  return [...untilThen(pump, at), ...toCome(pump, pump.prescription, at, to)];
}
