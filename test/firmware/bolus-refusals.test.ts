import { describe, expect, test } from 'vitest';
import { judgeBolus } from '../../firmware-sim/firmware/rules/patient-bolus.ts';
import type { PumpContext } from '../../firmware-sim/index.ts';
import { instant, mass, type Prescription, type RefusalCode, span, volume } from '../../shared/index.ts';
import { runningChart } from './chart-on-bench.ts';
import { DAY, HOUR, prescriptionOf } from './prescriptions.ts';

/* A request against which several things stand: which of them is the answer, and what else is told. */

const AT = instant(2 * DAY);

/** A pump whose next request would be granted. */
function ready(): PumpContext {
  const pump = runningChart({}, prescriptionOf({ bolus: { maxPerDay: 1 } }));
  pump.passTo(AT);
  return pump.context;
}

const prescribing = (context: PumpContext, changes: Partial<Prescription>): PumpContext => ({
  ...context,
  prescription: { ...(context.prescription ?? prescriptionOf()), ...changes },
});
const holding = (context: PumpContext, amount: string): PumpContext => ({
  ...context,
  volume: volume.parse(amount),
  since: AT,
});

/** Every reason, in the order of the answers, and what makes it apply. */
const REASONS: Partial<Record<RefusalCode, (context: PumpContext) => PumpContext>> = {
  notEnabled: (context) => prescribing(context, { patientBolus: null }),
  onShelf: (context) => ({ ...context, inService: false }),
  endOfService: (context) => ({ ...context, endSince: AT }),
  stopped: (context) => ({ ...context, stopped: { why: 'clinician', since: AT } }),
  updating: (context) => ({ ...context, update: { stopped: null, reduced: null, overridden: null } }),
  emptyReservoir: (context) => holding(context, '0 mL'),
  tooLittleLeft: (context) => holding(context, '0.01 mL'),
  lowReservoir: (context) => ({
    ...prescribing(context, { lowReservoir: volume.parse('20 mL') }),
    profile: { ...context.profile, lowReservoirPolicy: 'basalOnly' },
  }),
  minimumRate: (context) => ({ ...context, reduced: 'minimumRate' }),
  bolusRunning: (context) => {
    const { rate } = prescriptionOf().patientBolus ?? context;
    return { ...context, bolus: { start: AT, ends: instant(AT + 60_000), rate } };
  },
  lockedOut: (context) => ({ ...context, lockedUntil: instant(AT + HOUR) }),
  countUsed: (context) => ({ ...context, grants: [instant(AT - HOUR)] }),
  doseLimit: (context) => prescribing(context, { doseLimit: { dose: mass.of(1), window: span(HOUR) } }),
};
const CODES = Object.keys(REASONS) as RefusalCode[];

/** What cannot be at once: without a bolus nothing of it is judged, and an empty reservoir is neither low nor holds too little. */
const WITHOUT: Partial<Record<RefusalCode, readonly RefusalCode[]>> = {
  notEnabled: ['tooLittleLeft', 'countUsed', 'doseLimit'],
  emptyReservoir: ['tooLittleLeft', 'lowReservoir'],
};

const refused = (codes: readonly RefusalCode[]): readonly RefusalCode[] => {
  const context = codes.reduce((before, code) => REASONS[code]?.(before) ?? before, ready());
  const verdict = judgeBolus(context, { type: 'BOLUS_REQUEST', at: AT });
  return 'refused' in verdict ? [verdict.refused.code, ...verdict.refused.also] : [];
};

test('with none of them it is granted', () => {
  expect(refused([])).toEqual([]);
});

describe.each(CODES.map((code, i) => [code, CODES.slice(i + 1)] as const))('%s', (code, later) => {
  test('is the answer alone', () => {
    expect(refused([code])).toEqual([code]);
  });

  test.each(later.filter((other) => WITHOUT[code]?.includes(other) !== true))('comes before %s', (other) => {
    expect(refused([code, other])).toEqual([code, other]);
    expect(refused([other, code])).toEqual([code, other]);
  });
});

test('all that can be at once are told, the first as the answer', () => {
  const all = CODES.filter((code) => code !== 'notEnabled' && code !== 'emptyReservoir');
  expect(refused(all)).toEqual(all);
});
