import { dosesOf, exceedsMore, firstThat, type Given, keepsLimit } from './dose-limit.ts';
import { PER_ML, type Prescription } from './prescription.ts';
import { basalIn, isByClock, periodicIn, periodicOf } from './program.ts';
import type { Pump } from './pump.ts';

/* What is still to come: when a bolus may be had, when a prescription may take effect, as things stand now. */

/** A week of a schedule and two days of windows: what cannot be granted by then never can. */
const HORIZON = 9 * 86_400_000;

/** When a request could be granted under a prescription, as far as time alone decides; null without a patient bolus. */
export function nextBolus(pump: Pump, under: Prescription | null): number | null {
  const bolus = under?.patientBolus ?? null;
  if (under === null || bolus === null) return null;
  const { grants, now, midnight } = pump;
  const inForce = under === pump.prescription;
  const lockoutEnd = inForce ? grants.lockoutEnd : grants.lockoutUnder(bolus);
  const running = inForce ? (pump.bolus?.end ?? now) : now;
  const from = Math.max(now, running, lockoutEnd, grants.countFree(bolus.maxPerDay, now, midnight));
  if (under.doseLimit === null) return from;
  const edges = edgesOf(pump, under, under.doseLimit.window, bolus.duration, from);
  return firstThat((at) => withinLimit(pump, under, at), from, edges);
}

/** Instants at which what a window holds, with a bolus moved along, may change its slope. */
function edgesOf(pump: Pump, under: Prescription, window: number, duration: number, from: number): number[] {
  const given = [...pump.account.flowed(pump.now), ...toCome(pump, under, pump.now, from + HORIZON)];
  const moves = [0, window, -window].flatMap((by) => [by, by + duration, by - duration]);
  return [from + window + duration, ...given.flatMap(({ from: a, to: b }) => moves.flatMap((by) => [a + by, b + by]))];
}

/** Whether a bolus granted at `at` keeps every window within the limit, with the basal still to come. */
export function withinLimit(pump: Pump, under: Prescription, at: number): boolean {
  const { doseLimit, patientBolus: bolus, drugs } = under;
  if (doseLimit === null || bolus === null) return true;
  const last = at + bolus.duration + doseLimit.window;
  const given: Given[] = [
    ...pump.account.flowed(pump.now),
    ...toCome(pump, under, pump.now, last),
    { from: at, to: at + bolus.duration, rate: bolus.rate, drugs },
  ];
  const limit = BigInt(doseLimit.dose) * PER_ML;
  return keepsLimit(dosesOf(given, drugs[0]?.name), doseLimit.window, limit, at, last);
}

/** What a prescription will give from one instant to another, with the boluses that run. */
function toCome(pump: Pump, under: Prescription, from: number, to: number): Given[] {
  const { program, drugs } = under;
  const ahead = pump.wall === null ? null : pump.wall - pump.now;
  const basal =
    ahead === null && isByClock(program)
      ? [{ from, to, rate: pump.basalUnder(program) }]
      : basalIn(program, from + (ahead ?? 0), to + (ahead ?? 0)).map((each) => ({
          from: each.from - (ahead ?? 0),
          to: each.to - (ahead ?? 0),
          rate: each.rate,
        }));
  const inForce = under === pump.prescription;
  const rests = (inForce ? [pump.bolus, pump.periodic] : [])
    .filter((each) => each !== null)
    .map((each) => ({ from, to: Math.min(each.end, to), rate: each.rate }));
  const periodic = periodicOf(program);
  const first = inForce ? pump.periodicNext : from + (periodic?.interval ?? 0);
  const due = first === null ? [] : periodicIn(periodic, first, from, to);
  return [...basal, ...rests, ...due].map((each) => ({ ...each, drugs }));
}

/**
 * When a prescription could take effect without exceeding its dose limit through boluses already given, delivery
 * going on as it is until then: `clearsAt` is null where that is not in sight. Null where nothing is against it now.
 */
export function overLimit(pump: Pump, staged: Prescription): { readonly clearsAt: number | null } | null {
  const { doseLimit, drugs } = staged;
  if (doseLimit === null) return null;
  const { window } = doseLimit;
  const { now } = pump;
  const limit = BigInt(doseLimit.dose) * PER_ML;
  const past = pump.account.flowed(now);
  const drug = drugs[0]?.name;
  const givenFrom = (at: number): Given[] => [
    ...past,
    ...untilThen(pump, at),
    ...toCome(pump, staged, at, at + window),
  ];
  const fits = (at: number): boolean => {
    const before = dosesOf([...past, ...goingOn(pump, at, at + window)], drug);
    return !exceedsMore(dosesOf(givenFrom(at), drug), before, window, limit, at, at + window);
  };
  if (fits(now)) return null;
  const edges = [...givenFrom(now), ...goingOn(pump, now, now + HORIZON)].flatMap(({ from, to }) => [
    from,
    to,
    from + window,
    to + window,
    to - window,
  ]);
  return { clearsAt: firstThat(fits, now, [...edges, now + HORIZON]) };
}

/** What is delivered up to `at` if nobody does anything. */
function untilThen(pump: Pump, at: number): Given[] {
  const { prescription, now, rate } = pump;
  if (prescription === null || at <= now) return [];
  return pump.mode === 'basal'
    ? toCome(pump, prescription, now, at)
    : [{ from: now, to: at, rate, drugs: prescription.drugs }];
}

/** The same up to `to`: a pump that is held goes on by its prescription from `at`, as it would by another. */
function goingOn(pump: Pump, at: number, to: number): Given[] {
  if (pump.prescription === null) return [];
  if (pump.mode === 'basal') return toCome(pump, pump.prescription, pump.now, to);
  return [...untilThen(pump, at), ...toCome(pump, pump.prescription, at, to)];
}
