import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asAdded,
  highestDailyVolume,
  type PatientBolus,
  type Program,
  rate,
  span,
  volume,
} from '../../shared/index.ts';
import { PROGRAMS } from './examples.ts';

const RULES = { countWindow: 'rolling24h', periodicDuringBolus: 'skip', bolusOverBasal: 'replace' } as const;
const HOUR = 3_600_000;
const bolusOf = (flow: number, hours: number, maxPerDay: number): PatientBolus => ({
  rate: rate.of(flow),
  duration: span(hours * HOUR),
  lockout: span(hours * HOUR),
  maxPerDay,
  parts: [],
});

describe('the most a day can bring where boluses take the place of basal', () => {
  const constant = { type: 'constant', rate: rate.parse('0.48 mL/day') } as const;
  const bolus = bolusOf(rate.parse('0.96 mL/day'), 1, 4);

  test('is basal, and of each bolus what it is faster by', () => {
    // 480 mcL, and four times 40 in place of 20.
    expect(volume.format(highestDailyVolume({ program: constant, patientBolus: bolus }, RULES))).toBe('0.56 mL');
  });

  test('has the part of the day that brings the most, though it be not the largest bolus', () => {
    // 100 mcL in 5 h bring nothing; 40 in an hour 20.
    const slow = { ...bolusOf(rate.parse('0.48 mL/day'), 5, 4), parts: [{ from: span(0), to: span(HOUR), bolus }] };
    expect(volume.format(highestDailyVolume({ program: constant, patientBolus: slow }, RULES))).toBe('0.56 mL');
  });

  test('has boluses whole beside periodic ones, within which there is no basal to replace', () => {
    const program = {
      type: 'periodic',
      rate: rate.parse('0.48 mL/day'),
      bolus: { rate: rate.parse('0.96 mL/day'), duration: span(HOUR) },
      interval: span(6 * HOUR),
    } as const;
    // 480 mcL, four periodic ones of 40 in place of 20, and four more of 40.
    expect(volume.format(highestDailyVolume({ program, patientBolus: bolus }, RULES))).toBe('0.72 mL');
  });

  test('is not exceeded, whenever in a day of steps the boluses are given', () => {
    const length = 6 * HOUR;
    const days = fc.record({
      flows: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }),
      within: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
      faster: fc.integer({ min: 0, max: 4 }),
    });
    let reached = 0;
    fc.assert(
      fc.property(days, ({ flows, within, faster }) => {
        const fast = Math.max(...flows) + faster;
        const steps = flows.map((each, i) => ({ at: span(i * length), rate: rate.of(each) }));
        const program: Program = { type: 'daily', groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps }] };
        const given = flows.reduce((sum, each, i) => sum + 6 * each + (within.includes(i) ? fast - each : 0), 0);
        const most = highestDailyVolume({ program, patientBolus: bolusOf(fast, 1, within.length) }, RULES);
        expect(BigInt(given) * BigInt(HOUR)).toBeLessThanOrEqual(most);
        if (BigInt(given) * BigInt(HOUR) === most) reached += 1;
      }),
      { numRuns: 60, seed: 5 },
    );
    expect(reached).toBeGreaterThan(5);
  });
});

test('a program without periodic boluses is the same either way, and so is one whose boluses are added', () => {
  for (const program of Object.values(PROGRAMS)) {
    expect(asAdded(program, { bolusOverBasal: 'add' })).toBe(program);
    if (program.type !== 'periodic') expect(asAdded(program, RULES)).toBe(program);
  }
});
