import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  basalAt,
  basalBetween,
  basalRates,
  basalVolume,
  highestBasal,
  meanBasal,
  mostBasal,
  mostPeriodic,
  nextStepAfter,
  type Program,
  parseDuration,
  parseWallClock,
  rate,
  span,
  stepsSkipped,
  volumeOf,
} from '../../shared/index.ts';
import { PROGRAMS } from './examples.ts';

const at = (text: string) => parseWallClock(text) ?? span(-1);
const { daily, dated } = PROGRAMS;
type Daily = typeof daily;

describe('the basal rate at a local time', () => {
  // 2026-01-05 is a Monday. Working days step at 6:30, the weekend has one rate.
  test.each([
    ['2026-01-05 00:00', '0.2 mL/day'],
    ['2026-01-05 06:29', '0.2 mL/day'],
    ['2026-01-05 06:30', '0.6 mL/day'],
    ['2026-01-09 23:59', '0.6 mL/day'],
    ['2026-01-10 00:00', '0.3 mL/day'],
    ['2026-01-11 23:59', '0.3 mL/day'],
    ['2026-01-12 00:00', '0.2 mL/day'],
  ])('of a week of two kinds of days, %s: %s', (time, flow) => {
    expect(rate.format(basalAt(daily, at(time)))).toBe(flow);
  });

  test.each([
    [0, '0.2 mL/day'],
    ['20460d 7h 59min 59.999s', '0.2 mL/day'],
    ['20460d 8h', '0.25 mL/day'],
    ['20467d 7h', '0.25 mL/day'],
    ['20467d 8h', '0.3 mL/day'],
    ['90000d', '0.3 mL/day'],
  ])('of dated steps, at %s: %s', (time, flow) => {
    expect(rate.format(basalAt(dated, time === 0 ? span(0) : parseDuration(`${time}`)))).toBe(flow);
  });

  test('of a program without steps is always the same, and no step ever begins', () => {
    for (const program of [PROGRAMS.minimumRate, PROGRAMS.constant, PROGRAMS.periodic]) {
      expect(basalAt(program, at('2026-01-05 06:30'))).toBe(program.rate);
      expect(nextStepAfter(program, at('2026-01-05 06:30'))).toBeUndefined();
      expect(meanBasal(program)).toBe(program.rate);
    }
  });
});

describe('the steps a clock jumps over', () => {
  /** One after the other: a step is skipped whose next has begun by then. */
  function counted(program: Program, from: number, to: number): number {
    let skipped = -1;
    for (let step = nextStepAfter(program, span(from)); step !== undefined && step <= to; skipped += 1)
      step = nextStepAfter(program, step);
    return Math.max(0, skipped);
  }

  test('are as many as were counted one by one', () => {
    const times = fc.oneof(
      fc.integer({ min: 0, max: 80 * 24 * 60 }).map((minute) => minute * 60_000),
      fc.integer({ min: 0, max: 80 * 86_400_000 }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.values(PROGRAMS)), times, times, (program, from, by) => {
        const start = at('2026-01-05 00:00') + from;
        expect(stepsSkipped(program, span(start), span(start + by))).toBe(counted(program, start, start + by));
        expect(stepsSkipped(program, span(start + by), span(start))).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  // A week has five days of two steps and two of one.
  test.each([
    ['a week', 7, 11],
    ['401 days, from a Monday on', 401, 57 * 12 + 4 - 1],
    ['a century of Gregorian years', 36_525, 5217 * 12 + 10 + 1 - 1],
  ])('over %s are counted', (_, days, skipped) => {
    const monday = at('2026-01-05 00:00');
    expect(stepsSkipped(daily, monday, span(monday + days * 86_400_000))).toBe(skipped);
  });
});

describe('the next step', () => {
  test.each([
    ['2026-01-05 00:00', '2026-01-05 06:30'],
    ['2026-01-05 06:30', '2026-01-06 00:00'],
    ['2026-01-09 12:00', '2026-01-10 00:00'],
    ['2026-01-10 00:00', '2026-01-11 00:00'],
    ['2026-01-11 12:00', '2026-01-12 00:00'],
  ])('after %s begins at %s', (time, next) => {
    expect(nextStepAfter(daily, at(time))).toBe(at(next));
  });

  test('of dated steps is none after the last', () => {
    const last = dated.steps.at(-1)?.at ?? span(0);
    expect(nextStepAfter(dated, span(last - 1))).toBe(last);
    expect(nextStepAfter(dated, last)).toBeUndefined();
  });
});

/** High for the first hour of a Monday and the last of a Sunday, nothing else. */
const overSunday: Daily = {
  type: 'daily',
  groups: [
    { days: [0], steps: [dayStep(0, '2.4 mL/day'), dayStep(1, '0 mL/day')] },
    { days: [1, 2, 3, 4, 5], steps: [dayStep(0, '0 mL/day')] },
    { days: [6], steps: [dayStep(0, '0 mL/day'), dayStep(23, '2.4 mL/day')] },
  ],
};
function dayStep(hour: number, flow: string) {
  return { at: span(hour * 3_600_000), rate: rate.parse(flow) };
}

describe('the most in a window', () => {
  const HOURLY = 2_400_000n * 3_600_000n;
  test.each([
    ['1h', 1n],
    ['2h', 2n],
    ['1d', 2n],
    ['166h', 2n],
    ['167h', 2n],
    ['7d', 2n],
    ['169h', 3n],
    ['7d 2h', 4n],
    ['14d', 4n],
  ])('of %s, with a night from Sunday to Monday: %s h', (window, hours) => {
    expect(mostBasal(overSunday, parseDuration(window))).toBe(hours * HOURLY);
  });

  test('of half an hour lies within one of the hours', () => {
    expect(mostBasal(overSunday, parseDuration('30min'))).toBe(HOURLY / 2n);
  });

  test('of dated steps may begin before a step that lowers the rate', () => {
    const lowering: Program = {
      type: 'dated',
      first: rate.parse('1 mL/day'),
      steps: [{ at: at('2026-01-05 08:00'), rate: rate.parse('0.1 mL/day') }],
    };
    expect(mostBasal(lowering, parseDuration('1d'))).toBe(1_000_000n * 86_400_000n);
  });
});

/* Against the plainest way: a quarter of an hour after the other. */
const QUARTER = 900_000;
const DAY_QUARTERS = 96;
const WEEK_QUARTERS = 7 * DAY_QUARTERS;
const rates = fc
  .oneof(fc.constant(0), fc.integer({ min: 0, max: 24_000_000 }), fc.constantFrom(1, 400_000))
  .map(rate.of);

const daySteps = fc
  .tuple(
    rates,
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 95 }), rates), { selector: ([q]) => q, maxLength: 12 }),
  )
  .map(([first, others]) => [
    { at: span(0), rate: first },
    ...others.toSorted(([a], [b]) => a - b).map(([q, each]) => ({ at: span(q * QUARTER), rate: each })),
  ]);
/** Each day of the week in one of up to three kinds of days, in any order. */
const schedules: fc.Arbitrary<Daily> = fc
  .tuple(fc.tuple(daySteps, daySteps, daySteps), fc.array(fc.nat(2), { minLength: 7, maxLength: 7 }), fc.boolean())
  .map(([kinds, kindOf, turned]) => {
    const groups = kinds.map((steps, kind) => {
      const days = kindOf.flatMap((each, day) => (each === kind ? [day] : []));
      return { days: turned ? days.toReversed() : days, steps };
    });
    return { type: 'daily', groups: groups.filter(({ days }) => days.length > 0) };
  });
const LAST_DATE = 2 * WEEK_QUARTERS;
const datedPrograms: fc.Arbitrary<Program> = fc
  .tuple(rates, fc.uniqueArray(fc.tuple(fc.nat(LAST_DATE), rates), { selector: ([q]) => q, maxLength: 6 }))
  .map(([first, steps]) => ({
    type: 'dated',
    first,
    steps: steps.toSorted(([a], [b]) => a - b).map(([q, each]) => ({ at: span(q * QUARTER), rate: each })),
  }));
const programs: fc.Arbitrary<Program> = fc.oneof(
  { weight: 4, arbitrary: schedules },
  { weight: 2, arbitrary: datedPrograms },
  { weight: 1, arbitrary: rates.map((each): Program => ({ type: 'constant', rate: each })) },
);

const SPAN = 6 * WEEK_QUARTERS;
/** The rate of each quarter of an hour from 1970-01-01, a Thursday, on. */
function quarters(program: Program): number[] {
  if (program.type !== 'daily' && program.type !== 'dated') return Array.from({ length: SPAN }, () => program.rate);
  const found: number[] = [];
  for (let q = 0; q < SPAN; q++) {
    const weekday = (Math.floor(q / DAY_QUARTERS) + 3) % 7;
    const steps =
      program.type === 'dated' ? program.steps : program.groups.find((g) => g.days.includes(weekday))?.steps;
    const ofDay = program.type === 'dated' ? q : q % DAY_QUARTERS;
    const begins = steps?.find(({ at }) => at === ofDay * QUARTER);
    found.push(begins?.rate ?? found.at(-1) ?? (program.type === 'dated' ? program.first : 0));
  }
  return found;
}
/** The quarters at which a step begins, whether it changes the rate or not. */
function stepsIn(program: Program): number[] {
  if (program.type === 'dated') return program.steps.map(({ at }) => at / QUARTER);
  if (program.type !== 'daily') return [];
  return Array.from({ length: SPAN / DAY_QUARTERS }, (_, day) => {
    const steps = program.groups.find((g) => g.days.includes((day + 3) % 7))?.steps ?? [];
    return steps.map(({ at }) => day * DAY_QUARTERS + at / QUARTER);
  }).flat();
}
/** Volumes from the beginning to each quarter. */
function sums(flows: readonly number[]): bigint[] {
  let sum = 0n;
  return [0n, ...flows.map((flow) => (sum += BigInt(flow) * BigInt(QUARTER)))];
}
const between = (all: readonly bigint[], from: number, to: number): bigint => (all[to] ?? 0n) - (all[from] ?? 0n);
const most = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (b > a ? b : a), 0n);

const places = fc.record({ program: programs, from: fc.nat(3 * WEEK_QUARTERS), length: fc.nat(2 * WEEK_QUARTERS) });

describe('against a quarter of an hour after the other', () => {
  test('rates and steps are where they are, to the millisecond', () => {
    const within = fc.integer({ min: 0, max: QUARTER - 1 });
    fc.assert(
      fc.property(places, within, ({ program, from }, ms) => {
        const flows = quarters(program);
        const time = span(from * QUARTER + ms);
        expect(basalAt(program, time)).toBe(flows[from]);
        const next = stepsIn(program).find((q) => q > from);
        expect(nextStepAfter(program, time)).toBe(next === undefined ? undefined : next * QUARTER);
      }),
      { numRuns: 300 },
    );
  });

  test('stretches cover a time whole, in order, each from a step on', () => {
    fc.assert(
      fc.property(places, ({ program, from, length }) => {
        const to = from + length;
        const steps = stepsIn(program).filter((q) => q > from && q < to);
        const stretches = basalBetween(program, span(from * QUARTER), span(to * QUARTER));
        const flows = quarters(program);
        const starts = length === 0 ? [] : [from, ...steps];
        expect(stretches).toEqual(starts.map((q) => ({ from: q * QUARTER, rate: flows[q] })));
        expect(volumeOf(stretches, to * QUARTER)).toBe(between(sums(flows), from, to));
      }),
      { numRuns: 200 },
    );
  });

  test('a volume counts nothing of what comes after its end', () => {
    const flows = [
      { from: 0, rate: rate.parse('1 mL/day') },
      { from: 1000, rate: rate.parse('2 mL/day') },
    ];
    expect([500, 1000, 1500].map((end) => volumeOf(flows, end))).toEqual([
      500_000_000n,
      1_000_000_000n,
      2_000_000_000n,
    ]);
  });

  test('a volume is the sum of its parts, wherever it is cut', () => {
    const cuts = fc.record({
      program: programs,
      from: fc.nat(2_000_000_000),
      one: fc.nat(700_000_000),
      other: fc.nat(700_000_000),
    });
    fc.assert(
      fc.property(cuts, ({ program, from, one, other }) => {
        const whole = basalVolume(program, span(from), span(one + other));
        const parts = basalVolume(program, span(from), span(one)) + basalVolume(program, span(from + one), span(other));
        expect(whole).toBe(parts);
      }),
      { numRuns: 200 },
    );
  });

  test('the most in a window is the most of all windows, of up to nine days', () => {
    const windows = fc.record({ program: programs, window: fc.integer({ min: 0, max: 9 * DAY_QUARTERS }) });
    fc.assert(
      fc.property(windows, ({ program, window }) => {
        const all = sums(quarters(program));
        const froms = Array.from({ length: LAST_DATE + WEEK_QUARTERS }, (_, from) => from);
        const amounts = froms.map((from) => between(all, from, from + window));
        expect(mostBasal(program, span(window * QUARTER))).toBe(most(amounts));
      }),
      { numRuns: 150 },
    );
  });

  test('the highest rate and the mean of a week are those of its quarters', () => {
    fc.assert(
      fc.property(schedules, (program) => {
        const week = quarters(program).slice(0, WEEK_QUARTERS);
        expect(highestBasal(program)).toBe(Math.max(...week));
        expect(new Set(basalRates(program))).toEqual(new Set(week));
        const sum = week.reduce((total, flow) => total + BigInt(flow), 0n);
        expect(BigInt(meanBasal(program))).toBe(sum / BigInt(WEEK_QUARTERS));
      }),
      { numRuns: 150 },
    );
  });
});

describe('periodic boluses', () => {
  const periodic = (interval: number, duration: number, flow: number): Program => ({
    type: 'periodic',
    rate: rate.of(100),
    bolus: { rate: rate.of(flow), duration: span(duration) },
    interval: span(interval),
  });

  test('the most in a window is the most of all windows, millisecond by millisecond', () => {
    const asked = fc
      .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 1000 }), fc.nat(120))
      .chain(([interval, flow, window]) =>
        fc.record({
          interval: fc.constant(interval),
          flow: fc.constant(flow),
          window: fc.constant(window),
          duration: fc.integer({ min: 1, max: interval - 1 }),
        }),
      );
    fc.assert(
      fc.property(asked, ({ interval, flow, window, duration }) => {
        const inWindow = (from: number) =>
          Array.from({ length: window }, (_, ms) => from + ms).filter((ms) => ms % interval < duration).length;
        const amounts = Array.from({ length: interval }, (_, from) => BigInt(inWindow(from) * flow));
        expect(mostPeriodic(periodic(interval, duration, flow), span(window))).toBe(most(amounts));
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['6h', 1n],
    ['6h 1ms', 1n],
    ['12h', 2n],
    ['1d', 4n],
  ])('of 0.02 mL every 6 h, in %s: %s whole ones', (window, boluses) => {
    const one = BigInt(PROGRAMS.periodic.bolus.rate) * BigInt(PROGRAMS.periodic.bolus.duration);
    const begun = window === '6h 1ms' ? BigInt(PROGRAMS.periodic.bolus.rate) : 0n;
    expect(mostPeriodic(PROGRAMS.periodic, parseDuration(window))).toBe(boluses * one + begun);
  });

  test('there are none in any other program, nor any that could be counted without an interval', () => {
    for (const program of [PROGRAMS.minimumRate, PROGRAMS.constant, daily, dated])
      expect(mostPeriodic(program, parseDuration('1d'))).toBe(0n);
    expect(mostPeriodic(periodic(0, 1, 1), parseDuration('1d'))).toBe(0n);
  });
});

test('a basal rate is highest where it is highest, and none is 0', () => {
  expect(highestBasal(daily)).toBe(rate.parse('0.6 mL/day'));
  expect(highestBasal(dated)).toBe(rate.parse('0.3 mL/day'));
  expect(highestBasal({ type: 'daily', groups: [] })).toBe(0);
});
