/*
 * The life that every row lives: one pump, 84 months, a program of 13 steps a day, 8 requests a day of which the lockout
 * refuses 2, a refill every 90 days, and before each the low-reservoir alarm; then elective replacement, and the end of
 * service.
 */
import { isDeepStrictEqual } from 'node:util';
import { loadScenario } from '../../dist/workbench/index.js';

export const PROFILE = 'synchromed-ii-like-40';
export const CLOCK = '2026-01-05 08:00';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Service ends after 84 months of that clock; elective replacement is indicated so long before. In days. */
export const END = 2557;
export const ERI = END - 90;
/** The whole of it, and a day in which nothing is given any more. */
export const LIFE = END + 1;

/** mg/mL */
export const STRENGTH = 25;
/** mL of a refill, which 90 days nearly use up; and mL at which the reservoir is low. */
export const FILL = 27;
export const LOW = 2;
/** mg in minutes, not again for so many minutes, so often in 24 h. */
export const BOLUS = { dose: 0.25, duration: 5, lockout: 210, maxPerDay: 10 };
/** 13 steps a day: minutes after midnight, mg/h. */
export const STEPS = Array.from({ length: 13 }, (_, i) => ({
  at: Math.floor((i * 48) / 13) * 30,
  dose: (20 + (i % 7)) / 100,
}));
/** Requests, every so many minutes from a minute on: those of the second row come half an hour after one that was granted. */
export const REQUESTS = [
  { from: 0, every: 4 * 60 },
  { from: 30, every: 12 * 60 },
];
/** Refill visits, in minutes from the start on. */
export const VISITS = { first: 90 * 24 * 60 + 90, every: 90 * 24 * 60 };

/** The instants of the refill visits in so many days. */
export function visits(days) {
  const instants = [];
  for (let at = VISITS.first; at < days * 24 * 60; at += VISITS.every) instants.push(at * MINUTE);
  return instants;
}

const twoDigits = (number) => String(number).padStart(2, '0');
const time = (minutes) => `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;

/** The same as a scenario. */
export function scenarioOf(days) {
  const requests = REQUESTS.flatMap(({ from, every }) => [
    { at: `${from}min` },
    { every: `${every}min`, for: `${days}d`, patient: 'requestBolus' },
  ]);
  const refills = visits(days).flatMap((at) => [
    { at: `${at / MINUTE}min`, hands: 'drain' },
    { hands: { inject: `${FILL} mL` } },
    { clinician: { refill: { aspirated: 'measured', volume: `${FILL} mL` } } },
    { clinician: 'endSession' },
  ]);
  return loadScenario(
    JSON.stringify({
      thecal: 'scenario/1',
      title: 'A life',
      profile: PROFILE,
      clock: CLOCK,
      start: {
        fill: { volume: `${FILL} mL`, morphine: `${STRENGTH} mg/mL` },
        prescribe: {
          daily: STEPS.map(({ at, dose }) => ({ at: time(at), give: `${dose} mg/h` })),
          patientBolus: {
            dose: `${BOLUS.dose} mg`,
            duration: `${BOLUS.duration}min`,
            lockout: `${BOLUS.lockout}min`,
            maxPerDay: BOLUS.maxPerDay,
          },
          lowReservoir: `${LOW} mL`,
        },
      },
      story: [...requests, ...refills, { at: `${days}d` }],
    }),
  );
}

export const yearsOf = (days) => days / 365.25;

/** What everybody counts. */
const COUNTS = ['granted', 'denied', 'steps', 'bolusEnds', 'lockoutEnds', 'lows'];
/** How far sums of floating-point numbers may lie from the exact ones. */
const PRECISION = 1e-9;

/** Events of the pump itself: requests, steps, ends of boluses and of lockouts. */
export const eventsOf = ({ granted, denied, steps, bolusEnds, lockoutEnds }) =>
  granted + denied + steps + bolusEnds + lockoutEnds;

/** Throws unless a row came to what the reference came to; exactly where both have the exact plant. */
export function sameAs(reference, name, tally) {
  for (const count of tally.handled === undefined ? COUNTS : [...COUNTS, 'handled']) {
    if (tally[count] !== reference[count])
      throw new Error(`${name} differs in ${count}: ${tally[count]}, not ${reference[count]}`);
  }
  if (tally.truth !== undefined) {
    if (tally.believed !== reference.believed || !isDeepStrictEqual(tally.truth, reference.truth))
      throw new Error(`${name} differs in what is believed or true`);
  } else if (!(Math.abs(tally.delivered / reference.delivered - 1) <= PRECISION)) {
    throw new Error(`${name} differs in what was delivered: ${tally.delivered} mL, not ${reference.delivered} mL`);
  }
}
