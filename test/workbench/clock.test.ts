import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instant, parseDuration, parseWallClock, rate, span, volume } from '../../shared/index.ts';
import type { TraceRecord } from '../../workbench/trace.ts';
import { prescribe, profileOf, running } from '../harness.ts';

const HOUR = parseDuration('1h');
const DAY90 = parseDuration('90d');
const BOLUS = { dose: '10 mcg', duration: '2min', lockout: '1h', maxPerDay: 24 };
const press = { type: 'requestBolus' } as const;

/** When the chart handled an event of a type. */
const handled = (records: readonly TraceRecord[], type: string): number[] =>
  records
    .filter(({ layer, kind, data }) => layer === 'firmware' && kind === 'event' && Object(data).type === type)
    .map(({ t }) => t);

describe('ten firings jumped over in one advance happen at ten exact times', () => {
  test('ten hourly boluses, each with its end', () => {
    const { sim, advance, logged, records } = running({}, { bolus: BOLUS });
    sim.habit({ act: press, every: HOUR, jitter: span(0), for: parseDuration('10h 1ms') });
    advance('30h');
    const hours = Array.from({ length: 10 }, (_, i) => (i + 1) * HOUR);
    expect(logged('bolusGranted').map(({ at }) => at)).toEqual(hours);
    expect(handled(records, 'BOLUS_END')).toEqual(hours.map((at) => at + 120_000));
    expect(handled(records, 'LOCKOUT_END')).toEqual(hours.map((at) => at + HOUR));
    expect(sim.now).toBe(30 * HOUR);
  });

  test('what an advance does is the same in one jump, in ten and in single steps', () => {
    const play = (go: (bench: ReturnType<typeof running>) => void) => {
      const made = running({ seed: 7 }, { bolus: BOLUS });
      made.sim.habit({ act: press, every: HOUR, jitter: parseDuration('20min'), for: parseDuration('10h') });
      go(made);
      return { records: made.records, snapshot: made.sim.snapshot() };
    };
    const inOneJump = play(({ advance }) => advance('50d'));
    const inTen = play(({ advance }) => {
      for (let i = 0; i < 10; i++) advance('5d');
    });
    const inSteps = play(({ sim }) => {
      const end = instant(50 * 24 * HOUR);
      while (sim.step(end)) expect(sim.now).toBeLessThanOrEqual(end);
      sim.advanceTo(end);
    });
    expect(inTen).toEqual(inOneJump);
    expect(inSteps).toEqual(inOneJump);
  });
});

describe('a deadline is exact to the millisecond, however far away', () => {
  test('a low reservoir due after 90 days', () => {
    const { sim, advance, records } = running({}, { basal: '0.2 mL/day', lowReservoir: '2 mL' });
    advance('89d 23h 59min 59.999s');
    expect(sim.belief().alarms).toEqual([]);
    expect(sim.belief().reservoir).toBe('normal');
    advance('1ms');
    expect(sim.belief().alarms).toEqual([{ code: 'lowReservoir', since: DAY90 }]);
    expect(sim.belief()).toMatchObject({ reservoir: 'low', volume: volume.parse('2 mL') });
    expect(handled(records, 'RESERVOIR_LOW')).toEqual([DAY90]);
  });

  test.each([
    ['a unit above 2 mL is reached within the same millisecond', 1, DAY90],
    ['2 mL is reached exactly then', 0, DAY90],
    ['a unit below 2 mL takes one millisecond more', -1, DAY90 + 1],
  ])('%s', (_, units, at) => {
    const { clinician, advance, records } = running({}, { basal: '0.2 mL/day' });
    clinician({ ...prescribe({}), lowReservoir: volume.of(volume.parse('2 mL') + units) });
    advance('100d');
    expect(handled(records, 'RESERVOIR_LOW')).toEqual([at]);
  });

  test('a stopped-pump alarm after 90 days, past what a timer of 32 bits can count', () => {
    const profile = profileOf('synchromed-ii-like-20', { stoppedAlarm: DAY90 });
    const { sim, advance, clinician } = running({ profile });
    advance('1ms');
    clinician({ type: 'stop' });
    advance('90d');
    expect(sim.belief().alarms).toEqual([{ code: 'stoppedPump', since: DAY90 + 1 }]);
  });

  test('for any rate and threshold: the millisecond before, the volume was still above', () => {
    const basals = fc.integer({ min: 48_000, max: 2_000_000 });
    const thresholds = fc.bigInt({ min: 0n, max: BigInt(volume.parse('19.9 mL')) });
    fc.assert(
      fc.property(basals, thresholds, (basal, threshold) => {
        const { clinician, advance, records } = running({ executor: 'table' });
        const lowReservoir = volume.of(Number(threshold));
        const program = { type: 'constant', basal: { rate: rate.of(basal) } } as const;
        clinician({ ...prescribe({ ceiling: '1 mg/day', program }), lowReservoir });
        advance('500d');
        const at = BigInt(handled(records, 'RESERVOIR_LOW')[0] ?? 0);
        const above = BigInt(volume.parse('20 mL')) - threshold;
        expect(BigInt(basal) * at >= above).toBe(true);
        expect(BigInt(basal) * (at - 1n) < above).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('what happens at an odd millisecond ends at one', () => {
  test('a bolus granted at 12:00:00.001 ends, and unlocks, to the millisecond', () => {
    const { sim, advance, press, records } = running({}, { bolus: { ...BOLUS, lockout: '4h' } });
    advance('4h 1ms');
    expect(press()).toEqual({ done: true });
    const at = 4 * HOUR + 1;
    expect(sim.belief()).toMatchObject({ bolusEnds: at + 120_000, nextBolus: at + 4 * HOUR });
    advance('2min');
    expect(sim.belief()).toMatchObject({ bolusEnds: null, infusion: 'basal' });
    advance('3h 57min 59.999s');
    expect(press()).toMatchObject({ refused: 'lockedOut', until: at + 4 * HOUR });
    advance('1ms');
    expect(press()).toEqual({ done: true });
    expect(handled(records, 'BOLUS_END')).toEqual([at + 120_000]);
    expect(handled(records, 'LOCKOUT_END')).toEqual([at + 4 * HOUR]);
  });
});

describe('time', () => {
  test('cannot go back', () => {
    const { sim, advance } = running();
    advance('1h');
    expect(() => sim.advanceTo(instant(HOUR - 1))).toThrow(RangeError);
    expect(sim.now).toBe(HOUR);
  });

  test('stands still unless it is advanced, whatever people do', () => {
    const { sim, press, clinician } = running({}, { bolus: BOLUS });
    press();
    clinician({ type: 'stop' });
    clinician({ type: 'endSession' });
    expect(sim.now).toBe(0);
  });

  test('goes on to a condition and is then exactly there, or to the limit', () => {
    const { sim } = running({}, { basal: '0.2 mL/day' });
    const isLow = () => sim.belief().reservoir === 'low';
    expect(sim.until(isLow, instant(DAY90 - 1))).toBe(false);
    expect(sim.now).toBe(DAY90 - 1);
    expect(sim.until(isLow, instant(2 * DAY90))).toBe(true);
    expect(sim.now).toBe(DAY90);
  });
});

test('a pump of the twenty-fourth century tells the time, and is prescribed for by dates', () => {
  const wallClock = parseWallClock('2300-01-05 08:00');
  if (wallClock === undefined) throw new Error('no date');
  const made = running({ wallClock });
  expect(made.sim.belief().wall).toBe(wallClock);
  const at = span(wallClock + 86_400_000);
  const [first, later] = ['0.4 mL/day', '0.2 mL/day'].map((text) => ({ rate: rate.parse(text) }));
  if (first === undefined || later === undefined) throw new Error('no rates');
  const dated = { type: 'dated', first, steps: [{ at, basal: later }] } as const;
  expect(made.clinician(prescribe({ program: dated }))).toEqual({ done: true });
  made.advance('1d');
  expect(made.sim.belief().rate).toBe(later.rate);
});
