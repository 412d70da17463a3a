import fc from 'fast-check';
import { expect } from 'vitest';
import {
  bolusVolume,
  doseRate,
  MS_PER_DAY,
  mass,
  type Prescription,
  parseDuration,
  rate as rateKind,
  span,
} from '../../shared/index.ts';
import { CommandedPump } from '../firmware/commanded.ts';
import { logged, type Prescribe, rates } from './fixture.ts';
import { onBench, ordersOf, valuesOf } from './on-bench.ts';
import { requirementOfAll, requirementPartOfAll } from './requirement.ts';
import { runs } from './runs.ts';
import { orderOf, therapyOf, treating } from './therapies.ts';
import { agitatedLife, largestWindow } from './windows.ts';

/** The basal rate, and from noon on the higher one. Pumps start at 08:00. */
const higherFromNoon = (profile: string): Prescribe => {
  const { basal, higher } = therapyOf(profile);
  return {
    daily: [
      { at: '00:00', give: basal },
      { at: '12:00', give: higher },
    ],
  };
};
const NOON = parseDuration('4h');
const CEILING = doseRate.parse('10000 mg/day');

/** The bolus that a profile's therapy allows. */
function bolusOf({ patientBolus }: Prescription) {
  if (patientBolus === null) throw new Error('no patient bolus');
  return patientBolus;
}

requirementOfAll('R1', (profile) => {
  const { limit } = therapyOf(profile);
  const pump = treating(profile, { ...higherFromNoon(profile), doseLimit: limit });
  // What was given leaves room for many boluses; what the next four hours bring by themselves leaves it for half of one.
  pump.advance('3h 59min');
  expect(pump.press()).toMatchObject({ refused: 'doseLimit', also: [] });
  fc.assert(
    fc.property(agitatedLife, (waits) => {
      const { largest } = largestWindow(profile, waits, limit, higherFromNoon(profile));
      expect(largest).toBeLessThanOrEqual(mass.parse(limit.dose));
    }),
    { numRuns: runs(5, 500) },
  );
});

requirementOfAll('R2', (profile) => {
  const { basalMinimum, strokeVolume } = valuesOf(profile);
  const { clinician } = onBench(profile);
  const order = ordersOf(profile);
  const reasons = (changes: Partial<Prescription>): readonly string[] => {
    const answer = clinician.stage({ ...order, ...changes });
    return 'refused' in answer ? [answer.refused.code, ...answer.refused.also] : [];
  };
  const bolus = (rate: number, ms: number) => ({
    patientBolus: { ...bolusOf(order), rate: rateKind.of(rate), duration: span(ms) },
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 60_000 }), (permille, ms) => {
      // From a thousandth of a stroke to two strokes.
      const flow = Math.floor((strokeVolume / 1000 / ms) * permille);
      expect(reasons(bolus(flow, ms)).includes('bolusTooSmall')).toBe(flow * ms < strokeVolume);
    }),
    { numRuns: runs(40, 5000) },
  );
  // Exactly one stroke is a bolus.
  expect(reasons(bolus(strokeVolume / 60_000, 60_000))).not.toContain('bolusTooSmall');
  const constant = (rate: number) => ({ program: { type: 'constant', rate: rateKind.of(rate) } as const });
  expect(reasons(constant(basalMinimum))).not.toContain('basalBelowMinimum');
  for (const tooSmall of [basalMinimum - 1, Math.floor(basalMinimum / 10), 1, 0])
    expect(reasons(constant(tooSmall))).toContain('basalBelowMinimum');
});

requirementOfAll('R4', (profile) => {
  const { basalMinimum, basalMaximum, reservoirCapacity, reservoirGauge: gauge } = valuesOf(profile);
  const tenYears = 3652 * MS_PER_DAY;
  fc.assert(
    fc.property(
      fc.integer({ min: basalMinimum, max: basalMaximum }),
      fc.integer({ min: 0, max: tenYears }),
      (flow, ms) => {
        const pump = new CommandedPump(
          { emptyPolicy: 'run', lowReservoirPolicy: 'alarm', atEndOfService: 'alarmOnly', serviceLife: 1200 },
          { profile },
        );
        const program = { type: 'constant', rate: rateKind.of(flow) } as const;
        expect(pump.prescribe({ ...ordersOf(profile), program, patientBolus: null, ceiling: CEILING })).toBeUndefined();
        pump.do('resume');
        pump.passTo(ms);
        // A stop would complete the stroke under way.
        pump.do('minimumRate');
        const exact = BigInt(flow) * BigInt(ms);
        const left = BigInt(reservoirCapacity) - exact;
        expect(pump.context.ledger.commanded).toBe(exact);
        // One that measures its reservoir believes what it reads.
        if (gauge === 'calculated') expect(BigInt(pump.context.volume)).toBe(left > 0n ? left : 0n);
      },
    ),
    { numRuns: runs(30, 3000) },
  );
});

requirementOfAll('R5', (profile) => {
  const pump = treating(profile, higherFromNoon(profile));
  const bolus = bolusOf(ordersOf(profile));
  const half = bolus.duration / 2;
  pump.advance(`${NOON - half}ms`);
  const commanded = () => pump.belief.sinceFill?.commanded ?? 0;
  const [before, calculated] = [pump.truth.delivered, commanded()];
  expect(pump.press()).toMatchObject({ done: true });
  pump.advance(`${bolus.duration}ms`);
  const [first, second] = [therapyOf(profile).basal, therapyOf(profile).higher].map(rateKind.parse);
  const basal = (Number(first) + Number(second)) * half;
  expect(logged(pump, 'bolusEnded')).toMatchObject([
    { why: 'complete', delivered: bolusVolume(bolus), undelivered: 0 },
  ]);
  expect(pump.truth.delivered - before).toBe(BigInt(basal + bolusVolume(bolus)));
  expect(commanded() - calculated).toBe(basal + bolusVolume(bolus));
});

requirementOfAll('R6', (profile) => {
  const CUTS = {
    stop: (pump) => pump.clinician('stop'),
    minimumRate: (pump) => pump.clinician('minimumRate'),
    update: (pump) => pump.clinician({ prescribe: orderOf(profile) }),
    reset: (pump) => pump.world({ reset: { clock: 'kept' } }),
  } as const satisfies Record<string, (pump: ReturnType<typeof treating>) => unknown>;
  const { rate, duration } = bolusOf(ordersOf(profile));
  for (const [why, cut] of Object.entries(CUTS)) {
    const pump = treating(profile);
    pump.advance('1h');
    pump.press();
    pump.advance('17001ms');
    cut(pump);
    const delivered = rate * 17_001;
    expect(logged(pump, 'bolusEnded')).toEqual([
      { at: pump.belief.now, why, delivered, undelivered: rate * duration - delivered },
    ]);
    expect(pump.belief.granted).toBe(1);
  }
});

requirementOfAll('R7', (profile) => {
  const { basalMinimum, stoppedAlarm } = valuesOf(profile);
  const give = rateKind.format(rateKind.of(basalMinimum), 6);
  const pump = treating(profile, {
    weekly: [
      { days: ['mon', 'tue', 'wed', 'thu'], steps: [{ at: '00:00', give }] },
      { days: ['fri', 'sat', 'sun'], steps: [{ at: '00:00', give: '0 mL/day' }] },
    ],
    patientBolus: 'none',
  });
  // From Monday 08:00 to Friday.
  const [friday, monday] = [parseDuration('3d 16h'), parseDuration('6d 16h')];
  pump.advance(`${friday}ms`);
  expect(pump.belief).toMatchObject({ infusion: 'basal', stopped: null, rate: 0, zeroStep: true, alarms: [] });
  expect(logged(pump, 'zeroStep')).toEqual([{ at: friday }]);
  pump.advance(`${stoppedAlarm - 1}ms`);
  expect(pump.belief.alarms).toEqual([]);
  pump.advance('1ms');
  expect(pump.belief.alarms).toEqual([{ code: 'stoppedPump', since: friday + stoppedAlarm }]);
  pump.advance(`${monday - friday - stoppedAlarm}ms`);
  expect(pump.belief).toMatchObject({ infusion: 'basal', rate: basalMinimum, alarms: [] });
  expect(rates(pump).at(-1)).toMatchObject({ at: monday, rate: basalMinimum });
});

const bolusEntry = (profile: string) => {
  const { patientBolus } = therapyOf(profile).prescribe;
  if (patientBolus === undefined || patientBolus === 'none') throw new Error(`${profile}: no patient bolus`);
  return patientBolus;
};

/** Everything that is no time: stopping, starting, cancelling, the same prescription again, the minimum rate, a reset. */
const NO_TIME = (profile: string, order: Prescribe = {}): readonly ((pump: ReturnType<typeof treating>) => void)[] => [
  (pump) => {
    pump.clinician('stop');
    pump.clinician('resume');
  },
  (pump) => {
    pump.clinician({ edit: { lowReservoir: '3 mL' } });
    pump.clinician('discard');
  },
  (pump) => {
    pump.clinician({ prescribe: orderOf(profile, order) });
    if (pump.belief.infusion === 'stopped') pump.clinician('resume');
  },
  (pump) => {
    pump.clinician('minimumRate');
    pump.clinician('resume');
  },
  (pump) => {
    pump.world({ reset: { clock: 'kept' } });
    pump.advance(`${valuesOf(profile).selfTest}ms`);
  },
];

requirementPartOfAll('R18', 'the count', (profile) => {
  const twice = { patientBolus: { ...bolusEntry(profile), maxPerDay: 2 } };
  const pump = treating(profile, twice);
  const first = pump.press().at;
  pump.advance('2h');
  expect(pump.press()).toMatchObject({ done: true });
  pump.advance('2h');
  for (const act of NO_TIME(profile, twice)) {
    act(pump);
    expect(pump.press()).toMatchObject({ refused: 'countUsed', also: [], until: first + MS_PER_DAY });
  }
});

requirementPartOfAll('R18', 'the lockout', (profile) => {
  const { lockoutOrigin } = valuesOf(profile);
  const { duration, lockout } = bolusOf(ordersOf(profile));
  const pump = treating(profile);
  pump.advance('1h');
  const start = pump.press().at;
  const until = start + lockout + (lockoutOrigin === 'end' ? duration : 0);
  for (const act of NO_TIME(profile)) {
    act(pump);
    expect(pump.press()).toMatchObject({ refused: 'lockedOut', until });
    expect(pump.belief).toMatchObject({ bolusesGiven: 1, granted: 1 });
  }
  pump.advance(`${until - pump.belief.now - 1}ms`);
  expect(pump.press()).toMatchObject({ refused: 'lockedOut', until });
  pump.advance('1ms');
  expect(pump.press()).toMatchObject({ done: true });
});
