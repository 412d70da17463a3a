import { describe, expect, test } from 'vitest';
import type { Program } from '../../shared/index.ts';
import { constant, DAY, daily, HOUR, MINUTE, ms, ordered, PRESS, rateOf, runs } from './commanded.ts';

const MINIMUM = rateOf('0.006 mL/day');
const prescribed: Program = { type: 'minimumRate', rate: MINIMUM };

describe('the minimum rate as a command', () => {
  test('lasts until a clinician resumes: no refill, step or request ends it', () => {
    const pump = runs({ program: daily({ '00:00': '1 mL/day', '09:00': '2 mL/day' }) });
    expect(pump.do('minimumRate')).toBeUndefined();
    expect([pump.rate, pump.chart.at('infusion'), pump.logged('minimumRateStarted')]).toEqual([
      MINIMUM,
      'minimumRate',
      [{ at: 0 }],
    ]);
    pump.passTo(HOUR);
    pump.fill();
    expect(pump.press()).toMatchObject({ code: 'minimumRate' });
    pump.pass('3d');
    expect(pump.rate).toBe(MINIMUM);
    expect(pump.do('resume')).toBeUndefined();
    expect([pump.rate, pump.chart.at('infusion')]).toEqual([rateOf('2 mL/day'), 'basal']);
  });

  test('starts a stopped pump at that rate', () => {
    const pump = runs();
    pump.do('stop');
    pump.pass('1h');
    expect(pump.do('minimumRate')).toBeUndefined();
    expect([pump.rate, pump.context.stopped, pump.context.idleSince]).toEqual([MINIMUM, null, null]);
  });

  test('ends a bolus, with what it gave and what it did not', () => {
    const pump = runs();
    pump.press();
    pump.pass('30s');
    pump.do('minimumRate');
    const given = PRESS.rate * 30_000;
    expect(pump.logged('bolusEnded')).toEqual([
      { at: 30_000, why: 'minimumRate', delivered: given, undelivered: 3 * given },
    ]);
    pump.do('resume');
    expect(pump.rate).toBe(rateOf('0.4 mL/day'));
  });

  test('is refused where it already runs, and resuming where nothing is held', () => {
    const pump = runs();
    expect(pump.do('resume')).toMatchObject({ code: 'alreadyRunning' });
    pump.do('minimumRate');
    expect(pump.do('minimumRate')).toMatchObject({ code: 'alreadyAtMinimum' });
  });

  test('is refused in an update', () => {
    const pump = runs();
    pump.stage(ordered());
    pump.begin(ordered());
    expect(pump.do('minimumRate')).toMatchObject({ code: 'updating' });
  });

  test('never exceeds the program: a step of zero stays zero, and is logged', () => {
    const pump = runs({ program: daily({ '00:00': '1 mL/day', '10:00': '0 mL/day', '12:00': '1 mL/day' }) });
    pump.do('minimumRate');
    pump.passTo(2 * HOUR - 1);
    expect(pump.rate).toBe(MINIMUM);
    pump.passTo(2 * HOUR);
    expect([pump.rate, pump.logged('zeroStep')]).toEqual([0, [{ at: 2 * HOUR }]]);
    pump.passTo(4 * HOUR);
    expect(pump.rate).toBe(MINIMUM);
  });

  test('never exceeds the program: a basal below it stays', () => {
    const pump = runs({ program: constant('0.005 mL/day') }, { basalMinimum: rateOf('0 mL/day') });
    pump.do('minimumRate');
    expect(pump.rate).toBe(rateOf('0.005 mL/day'));
  });

  test('a stop ends it, and starting goes back to the program', () => {
    const pump = runs();
    pump.do('minimumRate');
    pump.do('stop');
    expect(pump.rate).toBe(0);
    pump.do('resume');
    expect(pump.rate).toBe(rateOf('0.4 mL/day'));
  });

  test('and back, it neither shortens a lockout nor forgets the count', () => {
    const pump = runs({ patientBolus: { ...PRESS, lockout: ms('1h'), maxPerDay: 1 } });
    pump.press();
    pump.pass('10min');
    pump.do('minimumRate');
    pump.do('resume');
    expect(pump.press()).toMatchObject({ code: 'lockedOut', also: ['countUsed'], until: 24 * HOUR });
    pump.passTo(HOUR);
    expect(pump.press()).toMatchObject({ code: 'countUsed', until: 24 * HOUR });
  });
});

describe('the minimum rate as a prescription', () => {
  test('runs at it; a clinician cannot resume anything more', () => {
    const pump = runs({ program: prescribed, patientBolus: null });
    expect([pump.rate, pump.chart.at('infusion')]).toEqual([MINIMUM, 'minimumRate']);
    expect(pump.do('resume')).toMatchObject({ code: 'alreadyAtMinimum' });
    expect(pump.do('minimumRate')).toMatchObject({ code: 'alreadyAtMinimum' });
  });

  test('is of the pump’s own minimum, a nL/day more or less refused', () => {
    const pump = runs();
    for (const off of ['0.005999 mL/day', '0.006001 mL/day'])
      expect(
        pump.stage(ordered({ program: { type: 'minimumRate', rate: rateOf(off) }, patientBolus: null })),
      ).toMatchObject({
        code: 'notMinimumRate',
      });
    expect(pump.stage(ordered({ program: prescribed, patientBolus: null }))).toBeUndefined();
  });

  test('comes back after a stop, and gives way to another prescription', () => {
    const pump = runs({ program: prescribed, patientBolus: null });
    pump.do('stop');
    expect(pump.do('resume')).toBeUndefined();
    expect([pump.rate, pump.chart.at('infusion')]).toEqual([MINIMUM, 'minimumRate']);
    expect(pump.prescribe(ordered())).toBeUndefined();
    expect([pump.rate, pump.chart.at('infusion')]).toEqual([rateOf('0.4 mL/day'), 'basal']);
  });

  test('delivers nothing from an empty reservoir where the profile stops for it', () => {
    const pump = runs({ program: prescribed, patientBolus: null }, { emptyPolicy: 'stop' }, { fill: '0.006 mL' });
    expect(pump.rate).toBe(MINIMUM);
    pump.passTo(DAY);
    expect([pump.chart.at('infusion'), pump.context.stopped?.why]).toEqual(['stopped', 'emptyReservoir']);
    expect(pump.prescribe(ordered({ program: prescribed, patientBolus: null }))).toBeUndefined();
    expect([pump.rate, pump.context.stopped?.why]).toEqual([0, 'emptyReservoir']);
  });

  test('allows no bolus', () => {
    const pump = runs({ program: prescribed });
    pump.pass(10 * MINUTE);
    expect(pump.press()).toMatchObject({ code: 'minimumRate' });
  });
});
