import { describe, expect, test } from 'vitest';
import { type ProfileSheet, parseDuration, profileNamed } from '../../shared/index.ts';
import { simulate } from '../../workbench/vitest.ts';

type Pump = ReturnType<typeof simulate>;

const START = {
  fill: { volume: '20 mL', baclofen: '500 mcg/mL' },
  prescribe: {
    constant: '200 mcg/day',
    patientBolus: { dose: '500 mcg', duration: '4h', lockout: '4h', maxPerDay: 2 },
    ceiling: '3000 mcg/day',
    lowReservoir: '2 mL',
  },
} as const;

/** What the screen says, in milliseconds. */
const told = (pump: Pump): number | undefined => {
  const value = pump.screen.fields.find(({ name }) => name === 'timeToEmpty')?.value;
  return typeof value === 'number' ? value : undefined;
};
const read = (pump: Pump) => {
  pump.clinician('interrogate');
  return told(pump);
};
const THREE_MINUTES = 180_000;

/** What the screen says, held against when the pump really runs dry. */
function expectTrue(pump: Pump): void {
  const said = read(pump) ?? Number.NaN;
  pump.clinician('endSession');
  const before = parseDuration(pump.time);
  pump.until({ truth: 'dry' }, '4000d');
  expect(Math.abs(parseDuration(pump.time) - before - said)).toBeLessThanOrEqual(THREE_MINUTES);
}

describe('the time to empty', () => {
  test('is 20 mL at 0.4 mL/day: 50 days', () => {
    const pump = simulate('synchromed-ii-like-20', START);
    expect(read(pump)).toBe(parseDuration('50d'));
    expectTrue(pump);
  });

  test('is another with another basal rate, at once', () => {
    const pump = simulate('synchromed-ii-like-20', START, { library: 'none' });
    pump.advance('10d');
    pump.clinician({ prescribe: { constant: '400 mcg/day' } });
    expect(told(pump)).toBe(parseDuration('20d'));
    expectTrue(pump);
  });

  test('is less by what a bolus takes, as soon as it has begun, and through it', () => {
    const pump = simulate('synchromed-ii-like-20', START);
    pump.advance('10d');
    pump.press();
    // 16 mL, of which the bolus takes 1: 15 / 0.4.
    expect(read(pump)).toBe(parseDuration('37d 12h'));
    pump.advance('3h');
    expect(read(pump)).toBe(parseDuration('37d 9h'));
    expectTrue(pump);
  });

  test('is less by a single bolus of a clinician, and not told of a pump that will stop after it', () => {
    const pump = simulate('synchromed-ii-like-20', START, { library: 'none' });
    pump.clinician({ bolus: { dose: '1 mL', duration: '2h', then: 'basal' } });
    expect(told(pump)).toBe(parseDuration('47d 12h'));
    pump.advance('2h');
    pump.clinician({ bolus: { dose: '1 mL', duration: '2h', then: 'stopped' } });
    expect(told(pump)).toBeUndefined();
  });

  test('follows a schedule and its periodic boluses', () => {
    const pump = simulate('synchromed-ii-like-20', {
      ...START,
      prescribe: {
        periodic: { give: '100 mcg/day', dose: '50 mcg', duration: '1h', every: '6h' },
        ceiling: '500 mcg/day',
        lowReservoir: '2 mL',
      },
    });
    expectTrue(pump);
  });

  test('is not told of a pump that stands still', () => {
    const pump = simulate('synchromed-ii-like-20', START);
    pump.clinician('stop');
    expect(told(pump)).toBeUndefined();
  });

  test('follows the policy of a pump that goes to its minimum rate once it is low', () => {
    const pump = simulate('generic-pca', {
      fill: { volume: '100 mL', morphine: '1 mg/mL' },
      prescribe: { constant: '48 mg/day', ceiling: '48 mg/day', lowReservoir: '1 mL' },
    });
    pump.clinician('resume');
    // 99 mL at 2 mL/h, then 0.5 mL at 1 mL/h.
    expect(read(pump)).toBe(parseDuration('50h'));
    pump.advance('49h 40min');
    expect(read(pump)).toBe(parseDuration('20min'));
  });

  /** A shipped profile with another policy for a low reservoir. */
  const withPolicy = (lowReservoirPolicy: string): ProfileSheet => {
    const sheet = profileNamed('synchromed-ii-like-20');
    if (sheet === undefined) throw new Error('no such profile');
    const { parameters } = sheet;
    const line = { ...parameters.lowReservoirPolicy, value: lowReservoirPolicy };
    return { ...sheet, parameters: { ...parameters, lowReservoirPolicy: line } };
  };

  test.each(['alarm', 'basalOnly', 'minimumRate'])(
    'is right where the reservoir runs low in a bolus, by the policy %s',
    (policy) => {
      // 0.8 mL flow before it is low: some of a patient's bolus of 1 mL in 4 h, or a clinician's.
      for (const begin of [
        (pump: Pump) => pump.press(),
        (pump: Pump) => pump.clinician({ bolus: { dose: '0.8 mL', duration: '6h', then: 'basal' } }),
      ]) {
        const fill = { ...START.fill, volume: '2.8 mL' };
        const pump = simulate(withPolicy(policy), { ...START, fill }, { library: 'none' });
        expect(begin(pump)).toMatchObject({ done: true });
        pump.advance('1h');
        const said = read(pump) ?? Number.NaN;
        pump.clinician('endSession');
        const before = parseDuration(pump.time);
        pump.until({ alarm: 'emptyReservoir' }, '1000d');
        expect(Math.abs(parseDuration(pump.time) - before - said)).toBeLessThanOrEqual(THREE_MINUTES);
      }
    },
  );

  test('counts no basal while a single bolus runs alone on a stopped pump', () => {
    const pump = simulate('synchromed-ii-like-20', START, { library: 'none' });
    pump.clinician('stop');
    pump.clinician({ bolus: { dose: '1 mL', duration: '10h', then: 'basal' } });
    // 19 mL from then on, at 0.4 mL/day.
    expect(told(pump)).toBe(parseDuration('47d 12h') + parseDuration('10h'));
    expectTrue(pump);
  });

  test('counts no basal while a bridge runs, and none before a delayed start', () => {
    const pump = simulate('synchromed-ii-like-20', START, { library: 'none' });
    pump.hands('drain');
    pump.hands({ inject: { volume: '20 mL', baclofen: '2000 mcg/mL' } });
    const prescribe = { baclofen: '2000 mcg/mL', constant: '200 mcg/day', patientBolus: 'none' } as const;
    pump.clinician({ prescribe: { ...prescribe, bridge: { catheter: '0.2 mL' } } });
    // 0.34 mL at 0.4 mL/day, and 19.66 at 0.1.
    expect(told(pump)).toBe(parseDuration('20h 24min') + parseDuration('196d 14h 24min'));
    expectTrue(pump);
    const delayed = simulate('synchromed-ii-like-20', START, { clock: '2026-01-05 08:00', library: 'none' });
    delayed.clinician({ prescribe: { startAt: '2026-01-06 08:00' } });
    // A day at 0.006 mL/day, then 19.994 mL at 0.4.
    expect(told(delayed)).toBe(parseDuration('24h') + parseDuration('49d 23h 38min 24s'));
    expectTrue(delayed);
  });

  test('is that of the minimum rate for a delayed start whose local time is lost', () => {
    const pump = simulate('synchromed-ii-like-20', START, { clock: '2026-01-05 08:00', library: 'none' });
    pump.clinician({ prescribe: { startAt: '2026-01-06 08:00' } });
    pump.world({ reset: { clock: 'lost' } });
    // 20 mL at 0.006 mL/day, of which an hour may have flowed unnoticed: nobody knows when the program begins.
    expect(read(pump)).toBe(parseDuration('3333d 8h') - parseDuration('1h'));
  });
});
