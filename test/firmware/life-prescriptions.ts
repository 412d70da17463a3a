import type { Staged } from '../../firmware-sim/firmware/events.ts';
import {
  type DeviceProfile,
  type Opening,
  type Prescription,
  type Program,
  parseDuration,
  rate,
  span,
} from '../../shared/index.ts';
import { bolusOf, DAY, dailyOf, periodicOf, prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

/* What a clinician might send to a pump of a kind: sound prescriptions, and some it refuses. */

const HOUR = 3_600_000;
const LONG = { rate: '2 mL/day', duration: '30min', lockout: '40min', maxPerDay: 6 };

/** A step every other hour, some of them nothing. */
const waves = (high: string, low: string): Program =>
  dailyOf(
    Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `${`${2 * i}`.padStart(2, '0')}:00`,
        i % 3 === 2 ? '0 mL/day' : i % 2 === 0 ? high : low,
      ]),
    ),
  );

/** Two kinds of days. */
const weekend = (work: string, rest: string): Program => {
  const [day, night] = [span(7 * 3_600_000), span(22 * 3_600_000)];
  return {
    type: 'daily',
    groups: [
      { days: [5, 6], steps: [{ at: span(0), rate: rate.parse(rest) }] },
      {
        days: [0, 1, 2, 3, 4],
        steps: [
          { at: span(0), rate: rate.parse(rest) },
          { at: day, rate: rate.parse(work) },
          { at: night, rate: rate.parse(rest) },
        ],
      },
    ],
  };
};

const dated = (first: string, ...later: readonly (readonly [days: number, flow: string])[]): Program => ({
  type: 'dated',
  first: rate.parse(first),
  steps: later.map(([days, flow]) => ({ at: span(WALL + days * DAY), rate: rate.parse(flow) })),
});

const CONSTANT: readonly Prescription[] = [
  prescriptionOf({ bolus: { lockout: '10min', maxPerDay: 3 } }),
  prescriptionOf({ basal: '20 mL/day', bolus: { rate: '4 mL/day', duration: '30min', lockout: '1h', maxPerDay: 2 } }),
  prescriptionOf({ basal: '0.048 mL/day', bolus: null, lowReservoir: '0 mL' }),
  prescriptionOf({ bolus: { lockout: '30h', maxPerDay: 1 }, lowReservoir: '19 mL' }),
  prescriptionOf({ basal: '1 mL/day', bolus: { lockout: '5min', maxPerDay: 1 }, lowReservoir: '0.5 mL' }),
  prescriptionOf({ basal: '1 mL/day', bolus: { lockout: '2min', maxPerDay: 2 } }),
  prescriptionOf({ basal: '2 mL/day', bolus: { duration: '30min', lockout: '30min', maxPerDay: 1 } }),
  { ...prescriptionOf({ bolus: null }), program: { type: 'constant', rate: rate.of(0) } },
  prescriptionOf({ basal: '25 mL/day' }),
  prescriptionOf({ ceiling: '1 mcg/day' }),
  { ...prescriptionOf(), patientBolus: { ...bolusOf(), maxPerDay: 0 } },
  prescriptionOf({ bolus: { lockout: '30min', parts: [{ from: span(12 * HOUR), to: span(6 * HOUR), bolus: null }] } }),
  prescriptionOf({
    bolus: { lockout: '10min', parts: [{ from: span(9 * HOUR), to: span(15 * HOUR), bolus: bolusOf() }] },
  }),
];

const PROGRAMS: readonly Prescription[] = [
  prescriptionOf({ program: waves('2 mL/day', '0.4 mL/day'), bolus: LONG }),
  prescriptionOf({ program: weekend('1 mL/day', '0.2 mL/day'), bolus: { lockout: '10min', maxPerDay: 2 } }),
  prescriptionOf({ program: dated('0.4 mL/day', [2, '0 mL/day'], [9, '0.6 mL/day'], [40, '0.2 mL/day']) }),
  prescriptionOf({ program: dated('0.4 mL/day', [9, '0 mL/day'], [9, '0.6 mL/day']) }),
  prescriptionOf({ program: periodicOf({ rate: '9.6 mL/day', duration: '30min', interval: '2h' }), bolus: LONG }),
  prescriptionOf({
    program: periodicOf({ basal: '0 mL/day', rate: '2 mL/day', duration: '1h', interval: '90min' }),
    bolus: LONG,
  }),
  prescriptionOf({ program: periodicOf({ rate: '2 mL/day', duration: '12min', interval: '15min' }), bolus: LONG }),
  prescriptionOf({ program: periodicOf({ rate: '2 mL/day', duration: '1h', interval: '1h' }) }),
];

const LIMITED: readonly Prescription[] = [
  prescriptionOf({ bolus: { lockout: '10min', maxPerDay: 20 }, doseLimit: { dose: '35 mcg', window: '1h' } }),
  prescriptionOf({ basal: '0.3 mL/day', bolus: { lockout: '2min' }, doseLimit: { dose: '170 mcg', window: '24h' } }),
  prescriptionOf({
    program: waves('1 mL/day', '0.4 mL/day'),
    bolus: LONG,
    doseLimit: { dose: '100 mcg', window: '6h' },
  }),
  prescriptionOf({
    program: dailyOf({ '00:00': '0 mL/day', '12:00': '1 mL/day' }),
    bolus: null,
    doseLimit: { dose: '251 mcg', window: '24h' },
  }),
  prescriptionOf({
    program: periodicOf({ basal: '0.2 mL/day', rate: '2 mL/day', duration: '30min', interval: '4h' }),
    bolus: LONG,
    doseLimit: { dose: '135 mcg', window: '6h' },
  }),
  // Its own boluses leave the patient's no room: a press is denied for the limit while one runs.
  prescriptionOf({
    program: periodicOf({ basal: '0.2 mL/day', rate: '2 mL/day', duration: '30min', interval: '45min' }),
    bolus: LONG,
    doseLimit: { dose: '37 mcg', window: '1h' },
  }),
];

const filling = (type: 'prime' | 'bridge', flow: string, duration: string): Opening => ({
  type,
  rate: rate.parse(flow),
  duration: parseDuration(duration),
});
const delayedTo = (hours: number): Opening => ({ type: 'delayed', until: span(WALL + hours * 3_600_000) });

/** What begins with something else: what fits, what is too small or too fast, and what soon lies in the past. */
const OPENED: readonly Prescription[] = [
  prescriptionOf({ opening: filling('prime', '24 mL/day', '6min') }),
  prescriptionOf({
    opening: filling('prime', '24 mL/day', '6min'),
    program: periodicOf({ interval: '2h' }),
    bolus: LONG,
  }),
  prescriptionOf({ opening: filling('prime', '24 mL/day', '4h'), lowReservoir: '17 mL' }),
  prescriptionOf({ opening: filling('bridge', '0.4 mL/day', '20h 24min'), bolus: { lockout: '10min' } }),
  prescriptionOf({
    opening: filling('bridge', '2 mL/day', '3h'),
    program: waves('2 mL/day', '0.4 mL/day'),
    bolus: LONG,
    doseLimit: { dose: '100 mcg', window: '6h' },
  }),
  prescriptionOf({ opening: filling('bridge', '30 mL/day', '1h') }),
  prescriptionOf({ opening: filling('prime', '0.1 mL/day', '1min') }),
  prescriptionOf({ opening: delayedTo(3), program: waves('2 mL/day', '0.4 mL/day') }),
  prescriptionOf({ opening: delayedTo(30), bolus: { lockout: '10min' } }),
  prescriptionOf({ opening: delayedTo(90 * 24), program: dailyOf({ '00:00': '0 mL/day', '12:00': '1 mL/day' }) }),
  prescriptionOf({ opening: delayedTo(2000 * 24), program: periodicOf({ basal: '0 mL/day', interval: '2h' }) }),
];

const BEDSIDE = { concentration: '1 mg/mL', ceiling: '10000 mg/day', lowReservoir: '1 mL' };
const OPENED_AT_BEDSIDE: readonly Prescription[] = [
  prescriptionOf({ ...BEDSIDE, basal: '2 mL/h', opening: filling('prime', '1 mL/h', '30min') }),
  prescriptionOf({
    ...BEDSIDE,
    basal: '1 mL/h',
    opening: filling('bridge', '2 mL/h', '2h'),
    bolus: { rate: '20 mL/h' },
  }),
  prescriptionOf({ ...BEDSIDE, basal: '2 mL/h', opening: delayedTo(2000 * 24), bolus: null }),
];
const AT_BEDSIDE: readonly Prescription[] = [
  prescriptionOf({ ...BEDSIDE, basal: '1 mL/h', bolus: { rate: '20 mL/h', duration: '3min', lockout: '10min' } }),
  prescriptionOf({ ...BEDSIDE, basal: '10 mL/h', bolus: { rate: '20 mL/h', lockout: '5min', maxPerDay: 1 } }),
  prescriptionOf({ ...BEDSIDE, basal: '2 mL/h', bolus: null }),
  prescriptionOf({ ...BEDSIDE, basal: '2 mL/h', bolus: { rate: '1 mL/h', duration: '3min' } }),
  prescriptionOf({ ...BEDSIDE, program: weekend('4 mL/h', '1 mL/h'), bolus: { rate: '20 mL/h', lockout: '10min' } }),
  prescriptionOf({
    ...BEDSIDE,
    basal: '1 mL/h',
    bolus: { rate: '20 mL/h', duration: '3min', lockout: '10min' },
    doseLimit: { dose: '3 mg', window: '1h' },
  }),
  prescriptionOf({
    ...BEDSIDE,
    program: periodicOf({ basal: '1 mL/h', rate: '10 mL/h', duration: '12min', interval: '1h' }),
    bolus: { rate: '20 mL/h', duration: '3min', lockout: '10min' },
    doseLimit: { dose: '4.2 mg', window: '1h' },
  }),
];

/** Whatever may be sent to a pump, by whether it says run, whether it overrides and whether it ends an opening. */
export function stagedFor({ name, minimumRate }: DeviceProfile): readonly (readonly Staged[])[] {
  const own = [minimumRate, minimumRate + 1].map((flow) =>
    prescriptionOf({ bolus: { lockout: '10min' }, program: { type: 'minimumRate', rate: rate.of(flow) } }),
  );
  const all =
    name === 'generic-pca' ? [...AT_BEDSIDE, ...OPENED_AT_BEDSIDE] : [...CONSTANT, ...PROGRAMS, ...LIMITED, ...OPENED];
  const either = [false, true];
  return [...all, ...own].map((prescription) =>
    either.flatMap((run) =>
      either.flatMap((override) => either.map((end) => stagedOf(prescription, run, override, end))),
    ),
  );
}
