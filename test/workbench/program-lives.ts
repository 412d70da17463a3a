import fc from 'fast-check';
import { expect } from 'vitest';
import type { ProgramEntry } from '../../programmer/index.ts';
import { type DeviceProfile, parseWallClock, span } from '../../shared/index.ts';
import type { Act } from '../../workbench/act.ts';
import { Invariants } from '../../workbench/invariants/index.ts';
import { basalEntry, mL, prescribe, profileOf, running } from '../harness.ts';

const HOUR = 3_600_000;
const day = (...steps: readonly (readonly [number, string])[]) =>
  steps.map(([at, flow]) => ({ at: span(at * HOUR), basal: basalEntry(flow) }));
const PROGRAMS: readonly ProgramEntry[] = [
  { type: 'constant', basal: basalEntry('0.4 mL/day') },
  { type: 'minimumRate' },
  {
    type: 'daily',
    groups: [
      {
        days: [0, 1, 2, 3, 4, 5, 6],
        steps: day([0, '0.2 mL/day'], [6, '0 mL/day'], [8.5, '1 mL/day'], [20, '0.3 mL/day']),
      },
    ],
  },
  {
    type: 'daily',
    groups: [
      { days: [0, 1, 2, 3, 4], steps: day([0, '0.2 mL/day'], [12, '2 mL/day']) },
      { days: [5, 6], steps: day([0, '0 mL/day']) },
    ],
  },
  ...(['4h', '40min'] as const).map(
    (every): ProgramEntry => ({
      type: 'periodic',
      basal: basalEntry('0.3 mL/day'),
      bolus: { dose: null, volume: mL('0.02'), duration: span(300_000) },
      interval: span(every === '4h' ? 4 * HOUR : (2 * HOUR) / 3),
    }),
  ),
  {
    type: 'dated',
    first: basalEntry('0.4 mL/day'),
    steps: [
      { at: parseWallClock('2026-01-06 00:00') ?? span(0), basal: basalEntry('0.5 mL/day') },
      { at: parseWallClock('2026-01-08 12:00') ?? span(0), basal: basalEntry('0.3 mL/day') },
    ],
  },
];
const LIMITS = [
  undefined,
  'none' as const,
  { dose: '60 mcg', window: '4h' },
  { dose: '500 mcg', window: '24h' },
  { dose: '30 mcg', window: '1h' },
  { dose: '2 mg', window: '24h' },
];
const bolus = { dose: '0.02 mL', duration: '15min', lockout: '20min', maxPerDay: 12 };

const acts: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.constant<Act>({ by: 'patient', act: { type: 'requestBolus' } }) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('stop', 'resume', 'resume', 'minimumRate', 'setClock', 'endSession', 'interrogate')
      .map((type): Act => ({ by: 'clinician', act: { type } })),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...PROGRAMS), fc.constantFrom(...LIMITS), fc.boolean(), fc.integer({ min: 0, max: 4 }))
      .map(
        ([program, doseLimit, run, override]): Act => ({
          by: 'clinician',
          act: prescribe({
            program,
            bolus,
            run,
            override: override === 0,
            ...(doseLimit === undefined ? {} : { doseLimit }),
          }),
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('0.3', '1.5', '5', '20')
      .map((typed): Act => ({ by: 'clinician', act: { type: 'refill', aspirated: null, volume: mL(typed) } })),
  },
  {
    weight: 3,
    arbitrary: fc.oneof(
      fc.boolean().map((timeLost): Act => ({ by: 'world', act: { type: 'reset', timeLost } })),
      fc
        .constantFrom(HOUR, -HOUR, 6 * HOUR, -6 * HOUR, 86_400_000, 60_000)
        .map((by): Act => ({ by: 'world', act: { type: 'localTime', by } })),
    ),
  },
);
const waits = fc.oneof(
  fc.integer({ min: 0, max: 1_200_000 }),
  fc.integer({ min: 0, max: 4 * HOUR }),
  fc.integer({ min: 0, max: 2 * 24 * HOUR }),
  fc.constant(HOUR / 3),
);
const profiles = fc.record<Partial<DeviceProfile>>({
  periodicDuringBolus: fc.constantFrom('skip', 'defer', 'add'),
  countWindow: fc.constantFrom('rolling24h', 'calendarDay'),
  maxDoseDenied: fc.constantFrom('deny', 'denyAndMinimumRate'),
  lostClockPolicy: fc.constantFrom('dailyMean', 'minimumRate'),
  lowReservoirPolicy: fc.constantFrom('alarm', 'basalOnly', 'minimumRate'),
  emptyPolicy: fc.constantFrom('run', 'minimumRate', 'stop'),
  onUpdateAbort: fc.constantFrom('stayStopped', 'resumeOld'),
});

/** Random lives under programs, limits, clock sets and resets: no always-true rule is broken. */
export function programLivesBreakNoRule(numRuns: number, seed = 20_261_121): void {
  fc.assert(
    fc.property(
      profiles,
      fc.constantFrom('xstate' as const, 'table' as const),
      fc.constantFrom(...PROGRAMS),
      fc.array(fc.tuple(waits, acts), { minLength: 5, maxLength: 40 }),
      (changes, executor, program, life) => {
        const profile = profileOf('synchromed-ii-like-20', changes);
        const invariants = new Invariants(profile);
        const { sim, records } = running({ profile, executor }, { program, bolus, ceiling: '10 mg/day' });
        for (const [wait, act] of life) {
          sim.advance(span(wait));
          sim.act(act);
        }
        for (const record of records) invariants.take(record);
        invariants.finish(sim.now);
        expect(invariants.breaches).toEqual([]);
      },
    ),
    { numRuns, seed },
  );
}
