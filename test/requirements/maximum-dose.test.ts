import fc from 'fast-check';
import { expect } from 'vitest';
import { mass } from '../../shared/index.ts';
import { expectThat, LIMITED, logged, minute, PROGRAM, pressAt, rates, running, waiting } from './fixture.ts';
import { requirement } from './requirement.ts';
import { runs } from './runs.ts';
import { agitatedLife, largestWindow } from './windows.ts';

/** Fixture F at the minute of the third press, which is denied. */
function denied() {
  const pump = running({ prescribe: LIMITED });
  expect(pressAt(pump, 300)).toMatchObject({ done: true });
  expect(pressAt(pump, 340)).toMatchObject({ done: true });
  expect(pressAt(pump, 380)).toMatchObject({ refused: 'doseLimit' });
  return pump;
}

requirement('AT-48', () => {
  const pump = denied();
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h', granted: 2, denied: 1 } });
  expect(rates(pump).at(-1)).toMatchObject({ at: minute(380), infusion: 'minimumRate' });
  expect(logged(pump, 'bolusDenied')).toMatchObject([{ at: minute(380), code: 'doseLimit' }]);
  // The warning is what the patient reads: why, and when it will be possible.
  const told = pump.trace.filter(({ kind }) => kind === 'handset').at(-1);
  expect(told?.data).toMatchObject({
    display: expect.stringMatching(/exceed the dose limit; possible in 2h 39min 30s/),
  });
});

requirement('AT-57', () => {
  const pump = denied();
  for (const at of [400, 541, 800, 1200]) {
    expect(pressAt(pump, at)).toMatchObject({ refused: 'minimumRate' });
    expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
  }
  expect(pump.clinician('resume')).toMatchObject({ done: true });
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' } });
});

requirement('AT-56', () => {
  const answer = (dose: string, window: string, duration = '1min') => {
    const prescribe = { ...PROGRAM, doseLimit: { dose, window } };
    const bolus = { dose: '10 mL', duration, lockout: '30min', maxPerDay: 2 };
    return waiting().clinician({ prescribe: duration === '1min' ? prescribe : { ...prescribe, patientBolus: bolus } });
  };
  // 4 h of basal are 24 mg.
  expect(answer('23.99 mg', '4h')).toMatchObject({ refused: 'basalOverLimit' });
  expect(answer('24 mg', '4h')).toMatchObject({ done: true });
  expect(answer('20 mg', '9min 59s', '10min')).toMatchObject({ refused: 'bolusLongerThanWindow' });
  expect(answer('20 mg', '10min', '10min')).toMatchObject({ done: true });
});

requirement('AT-58', () => {
  const limit = mass.parse('26.5 mg');
  fc.assert(
    fc.property(agitatedLife, (waits) => {
      const { largest, granted } = largestWindow('generic-pca', waits, { dose: '26.5 mg', window: '4h' });
      expect(largest).toBeLessThanOrEqual(limit);
      return granted > 0;
    }),
    { numRuns: runs(40, 10_000) },
  );
});

requirement('AT-59', () => {
  const pump = running({ prescribe: LIMITED });
  pressAt(pump, 300);
  pressAt(pump, 340);
  // The first bolus leaves the window of 4 h from 540 on: half of it has to have left.
  expect(pressAt(pump, 535)).toMatchObject({ refused: 'doseLimit', also: [], until: minute(539.5) });
  expectThat(pump, { belief: { granted: 2, denied: 1, patientControl: 'ready' } });
  pump.clinician('resume');
  expect(pressAt(pump, 539.5)).toMatchObject({ done: true });
});
