import { describe, expect, test } from 'vitest';
import { judgeClinicianBolus } from '../../firmware-sim/firmware/rules/clinician-bolus.ts';
import { judgeBolus } from '../../firmware-sim/firmware/rules/patient-bolus.ts';
import type { PumpContext } from '../../firmware-sim/index.ts';
import {
  type DeviceProfile,
  instant,
  mass,
  type Prescription,
  type Refusal,
  type RefusalCode,
  rate,
  span,
  volume,
} from '../../shared/index.ts';
import { runningChart } from './chart-on-bench.ts';
import { bolusOf, DAY, HOUR, prescriptionOf } from './prescriptions.ts';

/* A bolus against which several things stand: which of them is the answer, and what else is told. */

const AT = instant(2 * DAY);
const SOON = instant(AT + 60_000);

/** A pump whose next bolus would be granted. */
function ready(): PumpContext {
  const pump = runningChart({}, prescriptionOf({ bolus: { maxPerDay: 1 } }));
  pump.passTo(AT);
  return pump.context;
}

type Change = (context: PumpContext) => PumpContext;
type Reasons = Partial<Record<RefusalCode, Change>>;

const set =
  (changes: Partial<PumpContext>): Change =>
  (context) => ({ ...context, ...changes });
const prescribing =
  (changes: Partial<Prescription>): Change =>
  (context) => ({ ...context, prescription: { ...(context.prescription ?? prescriptionOf()), ...changes } });
const device =
  (changes: Partial<DeviceProfile>): Change =>
  (context) => ({ ...context, profile: { ...context.profile, ...changes } });
const holding = (amount: string): Change => set({ volume: volume.parse(amount), since: AT });
const both =
  (one: Change, other: Change): Change =>
  (context) =>
    other(one(context));

const filling = (type: 'prime' | 'bridge') =>
  set({ opening: { setting: { type, rate: rate.parse('4 mL/day'), duration: span(HOUR) }, start: AT } });
const declared = (code: 'occlusion' | 'overTemperature') =>
  set({ conditions: [{ code, since: AT, declared: AT, gone: false }] });
const running = set({ bolus: { start: AT, ends: SOON, rate: bolusOf().rate } });
const low = both(prescribing({ lowReservoir: volume.parse('20 mL') }), device({ lowReservoirPolicy: 'basalOnly' }));
const limited = prescribing({ doseLimit: { dose: mass.of(1), window: span(HOUR) } });

/** What stands against a patient's request, in the order of the answers, and what makes it apply. */
const OF_PATIENT: Reasons = {
  memoryFailed: set({ memoryFailed: AT }),
  notEnabled: prescribing({ patientBolus: null }),
  onShelf: set({ inService: false }),
  endOfService: set({ endSince: AT }),
  selfTest: set({ selfTestEnds: SOON }),
  stopped: set({ stopped: { why: 'clinician', since: AT } }),
  updating: set({ update: { stopped: null, reduced: null, overridden: null } }),
  emptyReservoir: holding('0 mL'),
  tooLittleLeft: holding('0.01 mL'),
  lowReservoir: low,
  occlusion: both(declared('occlusion'), device({ occlusionPolicy: 'basalOnly' })),
  minimumRate: set({ reduced: 'minimumRate' }),
  defaultSchedule: set({ reduced: 'defaultSchedule' }),
  priming: filling('prime'),
  bridging: filling('bridge'),
  bolusRunning: running,
  notThisPartOfDay: prescribing({
    patientBolus: bolusOf({ maxPerDay: 1, parts: [{ from: span(0), to: span(0), bolus: null }] }),
  }),
  lockedOut: set({ lockedUntil: instant(AT + HOUR) }),
  countUsed: set({ grants: [instant(AT - HOUR)] }),
  doseLimit: limited,
  hourlyMaximum: device({ hourlyMaximum: volume.parse('1 mcL') }),
};

/** What stands against a clinician's bolus. */
const OF_CLINICIAN: Reasons = {
  memoryFailed: set({ memoryFailed: AT }),
  onShelf: set({ inService: false }),
  endOfService: set({ endSince: AT }),
  selfTest: set({ selfTestEnds: SOON }),
  noPrescription: set({ prescription: null }),
  stopped: both(set({ stopped: { why: 'clinician', since: AT } }), device({ clinicianBolusWhenStopped: 'refuse' })),
  updating: set({ update: { stopped: null, reduced: null, overridden: null } }),
  emptyReservoir: holding('0 mL'),
  tooLittleLeft: holding('0.01 mL'),
  lowReservoir: low,
  overTemperature: both(declared('overTemperature'), device({ overTemperaturePolicy: 'basalOnly' })),
  minimumRate: set({ reduced: 'minimumRate' }),
  defaultSchedule: set({ reduced: 'defaultSchedule' }),
  priming: filling('prime'),
  bridging: filling('bridge'),
  bolusRunning: running,
  bolusTooShort: device({ clinicianBolusShortest: span(HOUR) }),
  bolusTooFast: device({ rateMaximum: rate.parse('1 mL/day') }),
};

/** What is only asked of a bolus that the pump could deliver. */
const OF_CLINICIAN_LAST: Reasons = {
  doseLimit: limited,
  hourlyMaximum: device({ hourlyMaximum: volume.parse('1 mcL') }),
};

/** What cannot be at once, or is not asked where the first is so. */
const WITHOUT: Partial<Record<RefusalCode, readonly RefusalCode[]>> = {
  notEnabled: ['tooLittleLeft', 'notThisPartOfDay', 'countUsed', 'doseLimit', 'hourlyMaximum'],
  noPrescription: ['lowReservoir', 'bolusTooFast'],
  emptyReservoir: ['tooLittleLeft', 'lowReservoir'],
  tooLittleLeft: ['notThisPartOfDay'],
  minimumRate: ['defaultSchedule'],
  priming: ['bridging'],
  notThisPartOfDay: ['doseLimit', 'hourlyMaximum'],
};

const told = (refusal: Refusal | undefined) => (refusal === undefined ? [] : [refusal.code, ...refusal.also]);
const codesOf = (reasons: Reasons) => Object.keys(reasons) as RefusalCode[];

const JUDGES: Readonly<Record<string, readonly [Reasons, (context: PumpContext) => Refusal | undefined]>> = {
  'a patient’s request': [
    OF_PATIENT,
    (context) => {
      const verdict = judgeBolus(context, { type: 'BOLUS_REQUEST', at: AT });
      return 'refused' in verdict ? verdict.refused : undefined;
    },
  ],
  'a clinician’s order': [
    OF_CLINICIAN,
    (context) => {
      const { rate, duration } = bolusOf();
      return judgeClinicianBolus(context, { type: 'CLINICIAN_BOLUS', at: AT, rate, duration, then: 'basal' });
    },
  ],
};

describe.each(Object.entries(JUDGES))('%s', (_, [reasons, judge]) => {
  const codes = codesOf(reasons);
  const refused = (against: readonly RefusalCode[]) =>
    told(judge(against.reduce((before, code) => reasons[code]?.(before) ?? before, ready())));

  test('with nothing against it is granted', () => {
    expect(refused([])).toEqual([]);
  });

  describe.each(codes.map((code, i) => [code, codes.slice(i + 1)] as const))('%s', (code, later) => {
    test('is the answer alone', () => {
      expect(refused([code])).toEqual([code]);
    });

    const together = later.filter((other) => WITHOUT[code]?.includes(other) !== true);
    test.each(together)('comes before %s', (other) => {
      expect(refused([code, other])).toEqual([code, other]);
      expect(refused([other, code])).toEqual([code, other]);
    });
  });

  test('all that can be at once are told, the first as the answer', () => {
    const never = ['notEnabled', 'noPrescription', 'emptyReservoir', 'defaultSchedule', 'bridging', 'notThisPartOfDay'];
    const all = codes.filter((code) => !never.includes(code));
    expect(refused(all)).toEqual(all);
  });
});

test('a clinician’s order is judged by the limits of its dose only where nothing else stands against it', () => {
  const [, judge] = JUDGES['a clinician’s order'] ?? [];
  const limits = Object.values(OF_CLINICIAN_LAST).reduce((before, change) => change(before), ready());
  expect(told(judge?.(limits))).toEqual(['doseLimit', 'hourlyMaximum']);
  expect(told(judge?.(running(limits)))).toEqual(['bolusRunning']);
});
