import { dosesOf, exceedsMore, firstThat, type Given, keepsLimit } from './dose-limit.ts';
import { PER_ML, type Prescription } from './prescription.ts';
import { basalIn, isByClock, periodicIn, periodicOf } from './program.ts';
import type { Pump } from './pump.ts';

/* What is still to come: when a bolus may be had, when a prescription may take effect, as things stand now. */

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
  const given = [...pump.account.flowed(pump.now), ...toCome(pump, under, pump.now, from + 2 * (window + duration))];
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
      ? [{ from, to, rate: pump.basal }]
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
 * going on as it is until then; null where nothing is against it now.
 */
export function overLimitUntil(pump: Pump, staged: Prescription): number | null {
  const { doseLimit, drugs } = staged;
  if (doseLimit === null) return null;
  const { window } = doseLimit;
  const { now } = pump;
  const limit = BigInt(doseLimit.dose) * PER_ML;
  const past = pump.account.flowed(now);
  const givenFrom = (at: number): Given[] => [
    ...past,
    ...goingOn(pump, now, at),
    ...toCome(pump, staged, at, at + window),
  ];
  const fits = (at: number): boolean => {
    const before = dosesOf([...past, ...goingOn(pump, now, at + window)], drugs[0]?.name);
    return !exceedsMore(dosesOf(givenFrom(at), drugs[0]?.name), before, window, limit, at, at + window);
  };
  if (fits(now)) return null;
  const edges = givenFrom(now).flatMap(({ from, to }) => [from, to, from + window, to + window]);
  return firstThat(fits, now, edges) ?? now + window;
}

/** What is delivered from one instant to another if nobody does anything. */
function goingOn(pump: Pump, from: number, to: number): Given[] {
  if (pump.prescription === null || to <= from) return [];
  if (pump.mode === 'basal') return toCome(pump, pump.prescription, from, to);
  return [{ from, to, rate: pump.rate, drugs: pump.prescription.drugs }];
}
