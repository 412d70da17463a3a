import { describe, expect, test } from 'vitest';
import { Life } from '../../workbench/campaign/life.ts';
import type { Measured } from '../../workbench/campaign/measures.ts';
import { loadPlan } from '../../workbench/campaign/plan.ts';

/** Baclofen 200 mcg/day of 500 mcg/mL: 0.4 mL/day, 45 days from 20 mL to the threshold of 2. */
function livedOnce(span: string, others: object, prescribe: object = {}, fill: object = {}): Measured {
  const plan = loadPlan(
    JSON.stringify({
      thecal: 'campaign/1',
      title: 'One life',
      seed: 1,
      pumps: 1,
      span,
      profile: 'synchromed-ii-like-20',
      clock: '2026-01-05 08:00',
      start: {
        fill: { volume: '20 mL', baclofen: '500 mcg/mL', ...fill },
        prescribe: { constant: '200 mcg/day', lowReservoir: '2 mL', ...prescribe },
      },
      measure: ['alarms', 'refills', 'stopped', 'dose', 'refusals'],
      ...others,
    }),
  );
  const [arm] = plan.arms;
  if (arm === undefined) throw new Error('a plan without an arm');
  return new Life(plan, arm, 1).whole();
}

const DAY = 24 * 60;

describe('a life', () => {
  test('with nothing amiss is filled seven days before each refill-by date, at ten, and delivers what was programmed', () => {
    // 45 days from 08:00 on 5 January: 19 February; seven days before that at 10:00, 38 days and 2 hours later.
    expect(livedOnce('80d', {})).toEqual({
      livedMinutes: 80 * DAY,
      startRefused: 0,
      lowAlarms: 0,
      emptyAlarms: 0,
      stoppedAlarms: 0,
      otherAlarms: 0,
      dryUnwarned: 0,
      refills: 2,
      firstRefillMinutes: 38 * DAY + 120,
      longestFillMinutes: 38 * DAY + 120,
      missedRefills: 0,
      stoppedMinutes: 0,
      dryMinutes: 0,
      dosePerDay: 200_000,
      doseErrorPpm: expect.closeTo(0, -1),
      granted: 0,
      refusedLockout: 0,
      refusedCount: 0,
      refusedLimit: 0,
      refusedOther: 0,
    });
  });

  test('whose clinic is late is called by its alarm, and counts the date that passed', () => {
    const late = livedOnce('60d', { clinic: { late: '30d', afterAlarm: '3d' } });
    expect(late).toMatchObject({
      lowAlarms: 1,
      refills: 1,
      firstRefillMinutes: 48 * DAY,
      missedRefills: 1,
      dryMinutes: 0,
    });
  });

  test('counts a refill-by date as passed once its day is over', () => {
    const missed = (late: string) => livedOnce('48d', { clinic: { margin: '0d', late } }).missedRefills;
    expect([missed('2h'), missed('1d')]).toEqual([0, 1]);
  });

  test('of a pump that delivers a quarter less goes on as entered: the clinic gives a reason for what comes back', () => {
    const less = livedOnce('80d', { faults: [{ flowBias: '-25 %' }] });
    expect(less).toMatchObject({ refills: 2, lowAlarms: 0, dosePerDay: 150_000, doseErrorPpm: -250_000 });
  });

  test('of a pump that delivers a quarter more runs dry before its alarm, and stays so until somebody comes', () => {
    // 20 / 0.5 = 40 days; the alarm comes at 45, and three days later somebody.
    const more = { faults: [{ flowBias: '+25 %' }], clinic: { late: '30d', afterAlarm: '3d' } };
    expect(livedOnce('60d', more)).toMatchObject({ dryUnwarned: 1, lowAlarms: 1, refills: 1, dryMinutes: 8 * DAY });
    // 20 mL of 16 in 40 days, 5 of the other 8 in the 10 days that are left of 50.
    expect(livedOnce('40d', more)).toMatchObject({ dosePerDay: 250_000, doseErrorPpm: 250_000 });
  });

  test('of requests every two hours in a lockout of three has every other one refused', () => {
    const bolus = { patientBolus: { dose: '5 mcg', duration: '5min', lockout: '3h', maxPerDay: 24 } };
    // 23 requests in two days, the last at 46 h: granted at 2, 6, 10 …, 46 h.
    const lived = livedOnce('2d', { requests: { every: '2h' } }, bolus);
    expect(lived).toMatchObject({ granted: 12, refusedLockout: 11, refusedCount: 0, refusedOther: 0 });
    // 200 and 6 × 5 mcg a day.
    expect(lived.dosePerDay).toBeCloseTo(230_000, -2);
    expect(Math.abs(lived.doseErrorPpm ?? 1e6)).toBeLessThan(100);
    expect(
      livedOnce('2d', { requests: { every: '2h' } }, { patientBolus: { ...bolus.patientBolus, maxPerDay: 3 } }),
    ).toMatchObject({
      granted: 6,
      refusedCount: expect.any(Number),
    });
  });

  test('ends with the service of its pump', () => {
    const hazards = [{ world: 'batteryEmpty', share: '100 %', within: '10d' }];
    const { livedMinutes, otherAlarms } = livedOnce('60d', { hazards });
    expect(livedMinutes).toBeGreaterThan(0);
    expect(livedMinutes).toBeLessThan(10 * DAY);
    expect(otherAlarms).toBe(2);
  });

  test('is measured no longer than its service, however late somebody comes for its alarm', () => {
    const spent = { faults: ['batteryLow'], clinic: { late: '400d', afterAlarm: '20d' } };
    const measure = ['alarms', 'refills', 'stopped', 'dose', 'refusals', 'harm'];
    const requests = { requests: { every: '3h' } };
    const { livedMinutes, refusedOther, longestFillMinutes, dryMinutes, dosePerDay } = livedOnce('200d', {
      ...spent,
      ...requests,
      measure,
    });
    expect(livedMinutes).toBe(90 * DAY);
    // Without a bolus prescribed every request is refused, eight a day.
    expect(refusedOther).toBe(90 * 8);
    expect(longestFillMinutes).toBeLessThanOrEqual(90 * DAY);
    expect(dryMinutes).toBeGreaterThanOrEqual(0);
    expect(dosePerDay).toBeLessThanOrEqual(200_000);
  });

  test('of a pump that has lost the time counts its boluses by the clock of the pump', () => {
    const hazards = [{ world: { reset: { clock: 'lost' } }, share: '100 %', within: '1d' }];
    const asked = { requests: { every: '3h' }, hazards, clinic: { late: '30d' } };
    const bolus = { patientBolus: { dose: '10 mcg', duration: '5min', lockout: '2h', maxPerDay: 8 } };
    const { granted, doseErrorPpm } = livedOnce('10d', asked, { constant: '200 mcg/day', ...bolus });
    expect(granted).toBeGreaterThan(70);
    expect(Math.abs(doseErrorPpm ?? Number.NaN)).toBeLessThan(20_000);
  });

  test('by dated steps is held against each of them as long as it was in force', () => {
    const dated = [{ give: '100 mcg/day' }, { at: '2026-01-15 08:00', give: '200 mcg/day' }];
    const { dosePerDay, doseErrorPpm } = livedOnce('20d', {}, { constant: undefined, dated });
    expect(dosePerDay).toBe(150_000);
    expect(doseErrorPpm).toBe(0);
  });

  test('in which a refill-by date passes and nobody comes has missed it', () => {
    expect(livedOnce('60d', { clinic: { late: '400d', afterAlarm: '100d' } })).toMatchObject({
      missedRefills: 1,
      refills: 0,
    });
  });

  test('knows how long its pump was stopped, and starts one that waits for that after its prescription', () => {
    const pca = { profile: 'generic-pca', clinic: { afterAlarm: '1d' } };
    const dose = { constant: '24 mL/day' };
    expect(livedOnce('1d', pca, dose)).toMatchObject({ stoppedAlarms: 0, stoppedMinutes: 0 });
    const occluded = livedOnce('1d', { ...pca, faults: [{ begins: 'occlusion' }] }, dose);
    expect(occluded).toMatchObject({ livedMinutes: DAY, stoppedMinutes: DAY, stoppedAlarms: 1, otherAlarms: 1 });
  });

  test('whose pump waits in its safe state after a reset goes on once somebody has come for the alarm', () => {
    // Two days of 22 at next to nothing: 9.1 % too little at most.
    const hazards = [{ world: { batteryReset: { safeState: true } }, share: '100 %', within: '1d' }];
    const { otherAlarms, refills, doseErrorPpm } = livedOnce('22d', { hazards, clinic: { afterAlarm: '2d' } });
    expect({ otherAlarms, refills }).toEqual({ otherAlarms: 1, refills: 1 });
    expect(doseErrorPpm).toBeGreaterThan(-91_000);
    expect(doseErrorPpm).toBeLessThan(-60_000);
  });

  test('of a pump that a fill does not last as long as the margin is visited half way', () => {
    // 18 mL at 2 mL/day: 9 days from 08:00, and ten in the morning of that one is 9d 2h.
    const quick = livedOnce('9d', {}, { constant: '1 mg/day' });
    expect(quick).toMatchObject({ refills: 2, firstRefillMinutes: 4 * DAY + 13 * 60, missedRefills: 0 });
  });

  test('harm is measured from day 14 on, only where it is asked for', () => {
    const measure = { measure: ['harm'], faults: [{ flowBias: '+25 %' }], clinic: { late: '30d', afterAlarm: '3d' } };
    const { littleMinutes, tooLittleMinutes, muchMinutes } = livedOnce('46d', measure);
    expect(littleMinutes).toBeGreaterThan(5 * DAY);
    expect(littleMinutes).toBeLessThan(6 * DAY);
    expect(tooLittleMinutes).toBeLessThan(littleMinutes ?? 0);
    expect(muchMinutes).toBe(0);
    expect(livedOnce('1d', {})).not.toHaveProperty('littleMinutes');
  });
});
