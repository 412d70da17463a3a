import { describe, expect, test } from 'vitest';
import { instant, type ProfileSheet, parseDuration, profileNamed, readProfile, sure } from '../../shared/index.ts';
import { loadProfile, simulate, TrumpetError, type TrumpetOptions, trumpet } from '../../workbench/index.ts';

const DEVICE = sure(profileNamed('synchromed-ii-like-20'), 'the device');

/** That device with another stroke, in mcL. */
const withStroke = (value: number): ProfileSheet =>
  loadProfile(`thecal: profile/1
name: another-stroke
title: Another stroke
about: It is made for a test.
like: synchromed-ii-like-20
parameters: { strokeVolume: { value: ${value}, unit: mcL, status: assumed, source: made for a test } }
`).sheet;

type Acts = (pump: ReturnType<typeof simulate>) => void;

/** A pump with 20 mL of baclofen 500 mcg/mL, at a constant dose, and what somebody does to it. */
function living(dose: string, acts: Acts, { device = DEVICE, ...options }: Life = {}) {
  const pump = simulate(
    device,
    { fill: { volume: '20 mL', baclofen: '500 mcg/mL' }, prescribe: { constant: dose } },
    options,
  );
  acts(pump);
  return (asked: Partial<TrumpetOptions> = {}) =>
    trumpet(pump.trace, {
      strokeVolume: readProfile(device).strokeVolume,
      to: instant(parseDuration(pump.time)),
      ...asked,
    });
}

interface Life {
  readonly device?: ProfileSheet;
  readonly faults?: NonNullable<Parameters<typeof simulate>[2]>['faults'];
}

const days =
  (count: number): Acts =>
  (pump) =>
    pump.advance(`${count}d`);
const lengths = (...texts: readonly string[]) => ({ lengths: texts.map(parseDuration) });
const inCycles = (...cycles: readonly number[]) => ({ cycles });
/** Ep(max) and Ep(min) of each window, in %. */
const extremes = ({ windows }: ReturnType<typeof trumpet>) => windows.map(({ max, min }) => [max / 1e4, min / 1e4]);
const time = (text: string) => instant(parseDuration(text));

describe('a pump whose strokes are perfectly even', () => {
  const MINUTES = [1, 2, 5, 11, 15, 19, 31, 60, 150, 330, 570, 930];

  /** Whether so many parts per million are `numerator / denominator`, to the nearest. */
  const isNearest = (ppm: number, numerator: number, denominator: number) =>
    2 * Math.abs(ppm * denominator - 1e6 * numerator) <= denominator;

  describe.each([
    { cycle: '1min 48s', stroke: 0.5, dose: '200 mcg/day' },
    { cycle: '3min', stroke: 0.5, dose: '120 mcg/day' },
    { cycle: '7min', stroke: 0.7, dose: '72 mcg/day' },
    { cycle: '9min', stroke: 0.5, dose: '40 mcg/day' },
    { cycle: '15min', stroke: 0.5, dose: '24 mcg/day' },
    { cycle: '24min', stroke: 1, dose: '30 mcg/day' },
  ])('one each $cycle', ({ cycle, stroke, dose }) => {
    const measured = living(dose, days(3), { device: withStroke(stroke) });
    const c = parseDuration(cycle);

    test('takes that long for a stroke, and is even', () => {
      expect(measured()).toMatchObject({ cycle: c, meanError: 0, stretches: 1 });
    });

    test.each(MINUTES)('has in windows of %i min the extremes of the closed form', (minutes) => {
      const window = minutes * 60_000;
      const {
        windows: [found, ...others],
        meanError,
      } = measured({ windows: lengths(`${minutes}min`) });
      expect({ length: found?.length, others, meanError }).toEqual({ length: window, others: [], meanError: 0 });
      const [most, fewest] = [Math.ceil(window / c) * c, Math.floor(window / c) * c];
      expect(isNearest(found?.max ?? Number.NaN, most - window, window)).toBe(true);
      expect(isNearest(found?.min ?? Number.NaN, fewest - window, window)).toBe(true);
    });

    test('has in windows of whole cycles no error at all, wherever they begin', () => {
      const none = [0, 0];
      expect(extremes(measured())).toEqual([none, none, none, none, none, none]);
      expect(extremes(measured({ stabilisation: parseDuration('2h 0.777s') }))).toEqual(extremes(measured()));
    });
  });

  test('with one stroke each 24 min is off by +1100 % or -100 % in windows of 2 min, and by far less in long ones', () => {
    const measured = living('30 mcg/day', days(3), { device: withStroke(1) });
    const found = extremes(measured({ windows: lengths('2min', '930min') }));
    expect(found).toEqual([
      [1100, -100],
      [0.6452, -1.9355],
    ]);
  });

  test('has no error in windows of whole cycles though a cycle is no whole millisecond', () => {
    const measured = living('185 mcg/day', days(20))();
    expect(measured).toMatchObject({ rate: 370_000, cycle: 116_757, sample: 116_757, meanError: 0 });
    expect(extremes(measured).flat()).toEqual(Array(12).fill(0));
  });
});

describe('a pump that gives other than it was set to', () => {
  test('by 15 % more has that mean error, and windows that close in on it', () => {
    const measured = living('200 mcg/day', days(20), { faults: [{ flowBias: '+15 %' }] })();
    expect(measured).toMatchObject({ rate: 400_000, meanError: 150_000 });
    // Of 1.15 strokes a cycle there is one or there are two; of 35.65 in 31 cycles 35 or 36.
    expect(extremes(measured)).toEqual([
      [100, 0],
      [50, 0],
      [20, 0],
      [18.1818, 9.0909],
      [15.7895, 10.5263],
      [16.129, 12.9032],
    ]);
  });

  test('and later not shows the more in a window, the less in the mean', () => {
    const measured = living('200 mcg/day', (pump) => {
      pump.advance('5d 2h');
      pump.world({ flowBias: '+100 %' });
      pump.advance('5d');
    });
    expect(measured()).toMatchObject({ meanError: 500_000 });
    expect(extremes(measured({ windows: inCycles(31) }))).toEqual([[100, 0]]);
    expect(measured({ to: time('5d') }).meanError).toBe(0);
    expect(measured({ from: time('6d') }).meanError).toBe(1_000_000);
  });

  test('runs dry, and windows are empty from then on until it is filled', () => {
    const measured = living('200 mcg/day', (pump) => {
      pump.advance('49d');
      pump.until({ truth: 'dry' }, '2d');
      pump.advance('1d');
      pump.hands({ inject: '20 mL' });
      pump.advance('2d');
    });
    expect(extremes(measured({ windows: inCycles(1) }))).toEqual([[0, -100]]);
    const dry = measured({ from: time('49d'), to: time('51d'), windows: lengths('1h') });
    expect(dry.windows[0]?.min).toBe(-1_000_000);
    expect(extremes(measured({ from: time('51d'), windows: inCycles(1) }))).toEqual([[0, 0]]);
  });

  test('stands still in a stall that nobody sees, as the start-up curve shows', () => {
    const { startUp, meanError } = living('200 mcg/day', (pump) => {
      pump.advance('1h');
      pump.world({ begins: 'occlusion' });
      pump.advance('30min');
      pump.world({ ends: 'occlusion' });
      pump.advance('1d');
    })({ windows: lengths('1h'), sample: parseDuration('30min') });
    expect(meanError).toBe(0);
    // Of 50 strokes in an hour and a half 16 fall in the first half hour.
    expect(startUp.map(({ at, flow }) => [at / 60_000, flow / 24_000])).toEqual([
      [30, 16],
      [60, 17],
      [90, 0],
      [120, 17],
    ]);
  });
});

describe('what is looked at', () => {
  test('is the longest stretch at one commanded rate, and a new prescription at the same rate ends none', () => {
    const measured = living('200 mcg/day', (pump) => {
      pump.advance('1d');
      pump.clinician({ prescribe: { constant: '200 mcg/day', lowReservoir: '3 mL' } });
      pump.advance('2d');
      pump.clinician({ prescribe: { constant: '100 mcg/day' } });
      pump.advance('2d');
      pump.clinician('stop');
      pump.advance('10d');
    })();
    expect(measured).toMatchObject({ rate: 400_000, stretches: 2, start: 0, from: time('2h') });
    expect(measured.to).toBe(time('3d') - (time('2d 22h') % measured.sample));
  });

  test('is no stroke that the stop at its end completes', () => {
    const measured = living('200 mcg/day', (pump) => {
      pump.advance('1d 1min');
      pump.clinician('stop');
      pump.advance('1d');
    })({ windows: lengths('22h 1min'), sample: parseDuration('1min') });
    expect(measured.to).toBe(time('1d 1min'));
    // From the 66th stroke to the 800th; the stop completed the 801st.
    expect(extremes(measured)).toEqual([[0.0151, 0.0151]]);
  });

  test('ends where another pump is put in, though that is set to the same rate in the same instant', () => {
    const measured = living('200 mcg/day', (pump) => {
      pump.advance('3d');
      pump.hands({ replace: { serial: 'THECAL-0002' } });
      pump.clinician('interrogate');
      pump.clinician('registerPump');
      pump.hands({ prepare: { baclofen: '500 mcg/mL' } });
      pump.hands({ inject: { volume: '20 mL', baclofen: '500 mcg/mL' } });
      pump.clinician({ refill: { volume: '20 mL' } });
      pump.clinician('implant');
      pump.clinician({ prescribe: { baclofen: '500 mcg/mL', constant: '200 mcg/day' } });
      pump.advance('2d');
    });
    const hourly = { windows: lengths('1h') };
    expect(measured(hourly)).toMatchObject({ start: 0, to: time('3d'), stretches: 2, meanError: 0 });
    expect(measured({ from: time('2d 12h'), ...hourly })).toMatchObject({ start: time('3d'), to: time('5d') });
    expect(measured({ from: time('2d 12h') }).startUp[0]?.flow).toBe(400_000);
  });

  test('is sampled each minute, or more often, where windows are in time; else each cycle', () => {
    const measured = living('200 mcg/day', days(2));
    const sampled = (windows: TrumpetOptions['windows'], more: Partial<TrumpetOptions> = {}) =>
      measured({ ...(windows && { windows }), ...more }).sample / 1000;
    expect(sampled(lengths('15min', '1h'))).toBe(60);
    expect(sampled(lengths('90s', '1h'))).toBe(30);
    expect(sampled(lengths('15min', '1h'), { sample: parseDuration('5min') })).toBe(300);
    expect(sampled(inCycles(2, 4))).toBe(108);
    expect(sampled(inCycles(2, 4), { sample: parseDuration('27s') })).toBe(27);
  });

  test('is the last record’s time where nobody says when the run was over', () => {
    const pump = simulate('synchromed-ii-like-20', {
      fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
      prescribe: { constant: '120 mcg/day' },
    });
    pump.advance('9h');
    pump.clinician('interrogate');
    pump.clinician('endSession');
    pump.advance('9h');
    const { strokeVolume } = readProfile(DEVICE);
    expect(trumpet(pump.trace, { strokeVolume }).to).toBe(time('9h'));
  });

  const even = living('200 mcg/day', days(1));
  test.each([
    [
      'a stretch too short for its longest window',
      { to: time('2h 55min') },
      'the longest stretch at one commanded rate, 0.4 mL/day, is from 0s to 2h 55min: expected 2h to settle in and after that the longest window, 55min 48s',
    ],
    [
      'a stretch too short to settle',
      { stabilisation: parseDuration('2d') },
      'the longest stretch at one commanded rate, 0.4 mL/day, is from 0s to 1d: expected 2d to settle in',
    ],
    ['no time at all', { to: instant(0) }, 'no delivery was commanded between 0s and 0s: expected a pump that runs'],
    ['no window', { windows: inCycles() }, 'a window of no length: expected at least one, each above 0'],
    ['a window of nothing', { windows: inCycles(1, 0) }, 'a window of 0: expected at least one, each above 0'],
    ['half a cycle', { windows: inCycles(0.5) }, 'a window of 0.5: expected at least one, each above 0'],
    [
      'a sample that does not go into a window',
      { windows: lengths('1h', '90min'), sample: parseDuration('1h') },
      'a sample interval of 1h: expected one that goes into every window a whole number of times',
    ],
    [
      'a sample of nothing',
      { sample: parseDuration('0s') },
      'a sample interval of 0s: expected one that goes into every window a whole number of times',
    ],
    [
      'more samples than can be looked at',
      { windows: lengths('1h'), sample: parseDuration('1ms') },
      '86400000 samples of 0.001s: expected at most 5000000',
    ],
  ])('is refused where it is %s', (_, asked, message) => {
    expect(() => even(asked)).toThrow(TrumpetError);
    expect(() => even(asked)).toThrow(message);
  });

  test('is refused where nothing flowed', () => {
    const occluded = living('200 mcg/day', days(1), { faults: [{ begins: 'occlusion' }] });
    expect(() => occluded()).toThrow('nothing flowed from 0s to 1d, though 0.4 mL/day was commanded');
  });
});
