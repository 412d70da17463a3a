import fc from 'fast-check';
import { expect } from 'vitest';
import { type PatientBolus, parseDuration, rate, volume } from '../../shared/index.ts';
import { implantedPump } from '../firmware/bare-pump.ts';
import { prescriptionOf } from '../firmware/prescriptions.ts';
import { profileOf } from '../harness.ts';
import { BOLUS, expectThat, logged, minute, PROGRAM, pressAt, rates, running, toMinute } from './fixture.ts';
import { chartOf } from './on-bench.ts';
import { live, livesWithoutPress } from './random-life.ts';
import { requirement } from './requirement.ts';
import { runs } from './runs.ts';
import { treating } from './therapies.ts';

const ML = volume.parse('1 mL');

requirement('AT-15', () => {
  const pump = running();
  expect(pressAt(pump, 120)).toMatchObject({ done: true });
  expectThat(pump, { belief: { infusion: 'patientBolus', rate: '66 mL/h' } });
  pump.advance('59999ms');
  expectThat(pump, { belief: { infusion: 'patientBolus' } });
  pump.advance('1ms');
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' }, truth: { delivered: '13.100 mL' } });
  expect(logged(pump, 'bolusGranted')).toMatchObject([{ at: minute(120), ends: minute(121) }]);
  expect(logged(pump, 'bolusEnded')).toEqual([{ at: minute(121), why: 'complete', delivered: ML, undelivered: 0 }]);
});

requirement('AT-16', () => {
  const pump = running();
  pressAt(pump, 120);
  const { denied } = pump.belief;
  expect(pressAt(pump, 123)).toMatchObject({ refused: 'lockedOut', until: minute(151) });
  expect(pump.belief.denied).toBe(denied + 1);
  expect(logged(pump, 'bolusDenied')).toMatchObject([{ at: minute(123), code: 'lockedOut' }]);
  toMinute(pump, 150);
  expectThat(pump, { truth: { delivered: '16.000 mL' }, belief: { granted: 1, infusion: 'basal' } });
});

requirement('AT-21', () => {
  const pump = chartOf('generic-pca');
  const granted = Array.from({ length: 120 }, (_, k) => 1 + k).filter((at) => {
    pump.passTo(minute(at));
    return pump.press() === undefined;
  });
  expect(granted).toEqual([1, 32, 63, 94]);
});

requirement('AT-22', () => {
  const pump = running({ prescribe: { ...PROGRAM, patientBolus: { ...BOLUS, maxPerDay: 2 } } });
  expect(pressAt(pump, 60)).toMatchObject({ done: true });
  expect(pressAt(pump, 91)).toMatchObject({ done: true });
  expect(pressAt(pump, 122)).toMatchObject({ refused: 'countUsed', also: [], until: minute(60 + 24 * 60) });
});

requirement('AT-25', () => {
  const pump = running();
  pressAt(pump, 119.5);
  toMinute(pump, 120);
  pump.clinician('stop');
  expect(logged(pump, 'bolusEnded')).toEqual([
    { at: minute(120), why: 'stop', delivered: ML / 2, undelivered: ML / 2 },
  ]);
  toMinute(pump, 240);
  pump.clinician('resume');
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' } });
  toMinute(pump, 300);
  expectThat(pump, { truth: { delivered: '18.500 mL' } });
});

requirement('AT-28', () => {
  const pump = running();
  toMinute(pump, 120);
  pump.clinician('stop');
  expect(pressAt(pump, 125)).toMatchObject({ refused: 'stopped' });
  toMinute(pump, 130);
  pump.clinician('resume');
  toMinute(pump, 140);
  expectThat(pump, { belief: { infusion: 'basal', granted: 0 }, truth: { delivered: '13.000 mL' } });
});

requirement('AT-29', () => {
  const pump = running();
  toMinute(pump, 120);
  pump.world({ reset: { clock: 'kept' } });
  expect(pressAt(pump, 120.5)).toMatchObject({ refused: 'selfTest', until: minute(121) });
  toMinute(pump, 120.999);
  expect(pump.press()).toMatchObject({ refused: 'selfTest' });
  expectThat(pump, { belief: { granted: 0, denied: 2, infusion: 'basal' } });
  expect(logged(pump, 'bolusDenied')).toMatchObject([{ at: minute(120.5) }, { at: minute(120.999) }]);
  // Granted in the instant in which the test is over: what was denied before is not made up for.
  expect(pressAt(pump, 121)).toMatchObject({ done: true });
  toMinute(pump, 130);
  expectThat(pump, { belief: { granted: 1 }, truth: { delivered: '14.000 mL' } });
});

requirement('AT-31', () => {
  const pump = running();
  toMinute(pump, 120);
  const [before, reserve] = [pump.truth.delivered, pump.belief.volume];
  pump.press();
  toMinute(pump, 121);
  expect(logged(pump, 'bolusEnded')).toMatchObject([{ delivered: volume.parse('1 mL') }]);
  expect(pump.truth.delivered - before).toBe(BigInt(volume.parse('1.1 mL')));
  expect(reserve - pump.belief.volume).toBe(volume.parse('1.1 mL'));
});

/** What the pump itself answers to a prescription of fixture F with a bolus that differs. */
const programming = (changes: Partial<PatientBolus>) => {
  const { clinician } = implantedPump(profileOf('generic-pca'));
  const bolus = { rate: '60 mL/h', duration: '1min', lockout: '30min', maxPerDay: 48 };
  const prescription = prescriptionOf({ basal: '6 mL/h', bolus, ceiling: '1000 mg/day' });
  const { patientBolus } = prescription;
  if (patientBolus === null) throw new Error('fixture F has a patient bolus');
  const answer = clinician.stage({ ...prescription, patientBolus: { ...patientBolus, ...changes } });
  return 'refused' in answer ? answer.refused.code : 'accepted';
};
const [min, duration] = [parseDuration('1min'), parseDuration];

requirement('AT-32', () => {
  expect({
    rateZero: programming({ rate: rate.of(0) }),
    volumeZero: programming({ duration: duration('0min') }),
    lockoutZero: programming({ lockout: duration('0min') }),
    rateBelowBasal: programming({ rate: rate.parse('5.99 mL/h'), duration: min }),
    rateOfBasal: programming({ rate: rate.parse('6 mL/h'), duration: min }),
  }).toEqual({
    rateZero: 'bolusRateZero',
    volumeZero: 'bolusRateZero',
    lockoutZero: 'lockoutZero',
    rateBelowBasal: 'bolusRateBelowBasal',
    rateOfBasal: 'accepted',
  });
});

requirement('AT-33', () => {
  expect(programming({ duration: duration('30min'), lockout: duration('30min') })).toBe('accepted');
  expect(programming({ duration: duration('30min 1ms'), lockout: duration('30min') })).toBe('bolusLongerThanLockout');
});

requirement('AT-34', () => {
  // The handset opens a session, proves who it is and asks: 95 ms for each frame leave time for no other.
  const pump = running();
  pump.world({ latency: '95ms' });
  toMinute(pump, 120);
  pump.press();
  const [granted] = logged(pump, 'bolusGranted');
  expect((granted?.at ?? Number.POSITIVE_INFINITY) - minute(120)).toBeLessThanOrEqual(500);
  expect(rates(pump).at(-1)).toMatchObject({ at: granted?.at, infusion: 'patientBolus' });
});

requirement('AT-35', () => {
  // The tick of a bolus is a minute: the step in which its duration is programmed.
  const pump = running({ prescribe: { ...PROGRAM, patientBolus: { ...BOLUS, duration: '3min' } } });
  pressAt(pump, 120);
  toMinute(pump, 200);
  expect(rates(pump).slice(-2)).toMatchObject([
    { at: minute(120), infusion: 'patientBolus' },
    { at: minute(123), infusion: 'basal' },
  ]);
  expect(logged(pump, 'bolusEnded')).toMatchObject([{ at: minute(123), why: 'complete', undelivered: 0 }]);
});

requirement('AT-36', () => {
  fc.assert(
    fc.property(livesWithoutPress, (deeds) => {
      const pump = treating('generic-pca');
      for (const deed of deeds) live(pump, deed);
      expect(rates(pump).filter(({ infusion }) => infusion === 'patientBolus')).toEqual([]);
      expect(pump.belief).toMatchObject({ granted: 0, denied: 0 });
    }),
    { numRuns: runs(3, 200) },
  );
});
