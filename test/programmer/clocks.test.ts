import { describe, expect, test } from 'vitest';
import { doseOfTodayChange } from '../../programmer/clock.ts';
import {
  massOf,
  type Prescription,
  parseDuration,
  parseWallClock,
  rate,
  span,
  strengthOf,
} from '../../shared/index.ts';
import { bench, running } from '../harness.ts';
import { PRESCRIPTION } from '../shared/examples.ts';
import { atFakePump, refused } from './fake-pump.ts';
import { type Bench, texts } from './reviewing.ts';

const SLOW_BY_AN_HOUR = 'The clock of the pump is 1h slow: set it now, later, or keep it';

/** A pump in therapy whose surroundings have moved their clocks. */
function movedBy(ms: number, entry: Parameters<typeof running>[1] = {}): Bench {
  const made = running({}, entry);
  made.clinician({ type: 'endSession' });
  made.advance('1d');
  made.sim.act({ by: 'world', act: { type: 'localTime', by: ms } });
  return made;
}
const HOUR = 3_600_000;
const everyDay = (...steps: [at: string, flow: string][]) =>
  ({
    type: 'daily',
    groups: [
      {
        days: [0, 1, 2, 3, 4, 5, 6],
        steps: steps.map(([at, flow]) => ({ at: parseDuration(at), basal: { rate: rate.parse(`${flow} mL/day`) } })),
      },
    ],
  }) as const;

describe('when a session is opened the clocks are compared', () => {
  test.each([
    [0, false],
    [5000, false],
    [-5000, false],
    [5001, true],
    [-5001, true],
    [300_000, true],
    [300_001, false],
  ])('and a difference of %i ms is corrected by the programmer itself: %s', (ahead, corrected) => {
    const { pump, act } = atFakePump({ ahead });
    expect(act({ type: 'interrogate' })).toEqual({ done: true });
    const asked = ['openSession', 'authenticate', 'interrogate', ...(corrected ? ['setClock', 'interrogate'] : [])];
    expect(pump.names).toEqual(asked);
  });

  test('a small one is corrected and said', () => {
    const made = movedBy(120_000);
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual(['The clock of the pump was 2min slow and has been corrected']);
    expect(texts(made)).toMatchObject({ clock: '2026-01-06 08:02', clockChange: '+2min', clockStepsSkipped: '0' });
    expect(texts(made)).not.toHaveProperty('clockDifference');
    expect(made.logged('clockSet')).toHaveLength(1);
  });

  test('but not before a stop, which comes first', () => {
    const { pump, act } = atFakePump({ ahead: 60_000 });
    act({ type: 'stop' });
    expect(pump.names).toEqual(['openSession', 'authenticate', 'interrogate', 'stop', 'interrogate']);
    act({ type: 'interrogate' });
    expect(pump.names.slice(5)).toEqual(['interrogate', 'setClock', 'interrogate']);
  });

  test('a correction the pump refuses leaves a warning, and the act is done', () => {
    const { act, programmer } = atFakePump({
      ahead: 60_000,
      tampering: { setClock: () => refused('overLimitForNow') },
    });
    expect(act({ type: 'interrogate' })).toEqual({ done: true });
    expect(programmer.screen().warnings).toEqual(['The clock of the pump is 1min slow: set it now, later, or keep it']);
  });

  test('not on the shelf, where a pump has none', () => {
    const made = bench();
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([]);
    expect(texts(made)).not.toHaveProperty('clock');
  });
});

describe('a larger difference is the clinician’s to decide', () => {
  test('now: it is set, and what that did is shown', () => {
    const made = movedBy(HOUR);
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([SLOW_BY_AN_HOUR]);
    expect(texts(made)).toMatchObject({ clock: '2026-01-06 08:00', clockDifference: '+1h' });
    expect(made.clinician({ type: 'setClock', choice: 'now' })).toEqual({ done: true });
    expect(made.sim.screen().warnings).toEqual([]);
    // An hour of 200 mcg/day is not given: 8.333 mcg.
    expect(texts(made)).toMatchObject({
      clock: '2026-01-06 09:00',
      clockChange: '+1h',
      clockDoseChange: '−8.333 mcg',
      clockStepsSkipped: '0',
    });
  });

  test('a bare setClock is now', () => {
    const made = movedBy(-HOUR);
    expect(made.clinician({ type: 'setClock' })).toEqual({ done: true });
    expect(texts(made)).toMatchObject({ clockChange: '−1h', clockDoseChange: '+8.333 mcg' });
  });

  test('later: the warning stays, and comes again in the next session', () => {
    const made = movedBy(HOUR);
    expect(made.clinician({ type: 'setClock', choice: 'later' })).toEqual({ done: true });
    expect(made.sim.screen().warnings).toEqual([SLOW_BY_AN_HOUR]);
    made.clinician({ type: 'endSession' });
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([SLOW_BY_AN_HOUR]);
    expect(made.logged('clockSet')).toEqual([]);
  });

  test('keep: nothing more is said in this session', () => {
    const made = movedBy(HOUR);
    made.clinician({ type: 'setClock', choice: 'keep' });
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([]);
    expect(texts(made)).toMatchObject({ clockDifference: '+1h' });
    made.clinician({ type: 'endSession' });
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([SLOW_BY_AN_HOUR]);
    expect(made.logged('clockSet')).toEqual([]);
  });

  test('steps of a schedule that are jumped over are counted', () => {
    const program = everyDay(['0s', '0.2'], ['9h', '0.3'], ['10h', '0.4'], ['11h', '0.5']);
    const made = movedBy(4 * HOUR, { program, ceiling: '1000 mcg/day' });
    made.clinician({ type: 'setClock' });
    // From 8:00 to 12:00: the steps of 9:00 and 10:00 never run, that of 11:00 is in force.
    expect(texts(made)).toMatchObject({ clock: '2026-01-06 12:00', clockStepsSkipped: '2' });
    expect(made.logged('clockSet')).toMatchObject([{ skipped: 2 }]);
  });

  test('also those of more than a year', () => {
    const made = movedBy(500 * 24 * HOUR, { program: everyDay(['0s', '0.2'], ['9h', '0.3']), ceiling: '1000 mcg/day' });
    made.clinician({ type: 'setClock' });
    expect(texts(made)).toMatchObject({ clockStepsSkipped: '999' });
    expect(made.logged('clockSet')).toMatchObject([{ skipped: 999 }]);
  });
});

test('a lost clock is said before anything but a stop', () => {
  const made = running();
  made.advance('46d');
  made.sim.act({ by: 'world', act: { type: 'reset', timeLost: true } });
  made.clinician({ type: 'interrogate' });
  const lost = 'THE PUMP HAS LOST ITS CLOCK: schedules wait until it is set';
  expect(made.sim.screen().warnings[0]).toBe(lost);
  expect(texts(made)).toMatchObject({ clock: 'unknown' });
  made.clinician({ type: 'stop' });
  expect(made.sim.screen().warnings.slice(0, 2)).toEqual([expect.stringMatching(/^THE PUMP IS STOPPED/), lost]);
  made.clinician({ type: 'setClock' });
  expect(made.sim.screen().warnings).not.toContain(lost);
  expect(texts(made)).toMatchObject({ clock: '2026-02-20 08:00', clockChange: 'from no time' });
});

describe('what setting the clock does to the dose of the day', () => {
  const at = (text: string) => parseWallClock(`2026-01-${text}`) ?? span(0);
  const steps = [
    { at: parseDuration('0s'), rate: rate.parse('0.24 mL/day') },
    { at: parseDuration('12h'), rate: rate.parse('0.48 mL/day') },
  ];
  const program = { type: 'daily', groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps }] } as const;
  const prescription: Prescription = {
    ...PRESCRIPTION,
    program: { ...program, groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps }] },
  };

  // 0.01 mL/h before noon and 0.02 mL/h after it, of 25 mg/mL.
  test.each([
    ['06 10:00', '06 11:00', -0.25],
    ['06 11:00', '06 10:00', 0.25],
    ['06 11:00', '06 13:00', -0.75],
    ['06 23:00', '07 01:00', -0.75],
    ['06 10:00', '06 10:00', 0],
    // A wrong month: what of the day had passed by the old time of day and by the new.
    ['01 13:00', '31 10:00', 1],
  ])('from %s to %s: %d mg', (from, to, mg) => {
    const change = doseOfTodayChange(prescription, at(from), at(to));
    const size = massOf(change < 0n ? -change : change, strengthOf(prescription));
    expect(change < 0n ? -size : size).toBe(mg * 1_000_000);
  });
});
