import { describe, expect, test } from 'vitest';
import { whenCommitWithinLimit } from '../../firmware-sim/firmware/rules/limit-change.ts';
import { EXECUTOR_NAMES } from '../../firmware-sim/index.ts';
import { implantedPump } from './bare-pump.ts';
import { logged, runningChart } from './chart-on-bench.ts';
import { periodicOf, prescriptionOf } from './prescriptions.ts';

/** Periodic boluses a minute apart: one given after a patient bolus still runs when the next falls due. */
const dense = prescriptionOf({ program: periodicOf({ rate: '2 mL/day', duration: '14min', interval: '15min' }) });

describe.each(EXECUTOR_NAMES)('a periodic bolus, on the %s executor', (executor) => {
  test('due while a deferred one still runs is skipped, and the one after it comes', () => {
    const pump = runningChart({ periodicDuringBolus: 'defer' }, dense, executor);
    pump.pass('14min 30s');
    expect(pump.press()).toBe('granted');
    pump.pass('2min');
    expect(pump.context.periodic).toMatchObject({ start: 990_000, ends: 1_830_000 });
    expect(logged(pump.passTo(1_830_000))).toEqual(['periodicSkipped', 'periodicEnded']);
    expect(logged(pump.passTo(45 * 60_000))).toEqual(['periodicStarted']);
  });

  test('due at the instant at which a deferred one ends comes at once', () => {
    const pump = runningChart({ periodicDuringBolus: 'defer' }, dense, executor);
    pump.pass('14min');
    pump.press();
    pump.pass('2min');
    expect(logged(pump.passTo(30 * 60_000))).toEqual(['periodicEnded', 'periodicStarted']);
    expect(pump.context.rate).toBe(2_400_000);
  });

  test('due while another is deferred is skipped too', () => {
    const long = {
      ...dense,
      patientBolus: prescriptionOf({ bolus: { rate: '2 mL/day', duration: '40min' } }).patientBolus,
    };
    const pump = runningChart({ periodicDuringBolus: 'defer' }, long, executor);
    pump.pass('10min');
    pump.press();
    expect(logged(pump.pass('25min'))).toEqual(['periodicSkipped']);
    expect(logged(pump.pass('15min'))).toEqual(['periodicSkipped', 'periodicStarted', 'bolusEnded']);
  });

  test('that waits is reckoned with where a change is judged by a dose limit', () => {
    const hourly = prescriptionOf({ program: periodicOf({ rate: '2 mL/day', duration: '14min', interval: '1h' }) });
    const pump = runningChart({ periodicDuringBolus: 'defer' }, hourly, executor);
    pump.pass('59min 30s');
    expect(pump.press()).toBe('granted');
    pump.pass('1min');
    expect(pump.context.periodicDeferred).toBe(true);
    const next = prescriptionOf({ basal: '1 mL/day', bolus: null, doseLimit: { dose: '25 mcg', window: '1h' } });
    // With the bolus that waits, the old program would have given more than the new one does: that makes nothing worse.
    expect(whenCommitWithinLimit(pump.context, next, pump.now)).toBe(pump.now);
    const without = { ...pump.context, periodicDeferred: false };
    expect(whenCommitWithinLimit(without, next, pump.now)).toBeGreaterThan(pump.now);
  });

  test('is commanded after a reset as before it', () => {
    const { pump, clinician } = implantedPump({}, executor);
    clinician.prescribe(prescriptionOf({ program: periodicOf() }));
    clinician.do('closeSession');
    pump.pass('1h');
    pump.reset(false);
    pump.pass('5h 1min');
    expect(pump.status()).toMatchObject({ periodicBolus: 'running', rate: 7_600_000 });
    pump.pass('5min');
    expect(pump.status()).toMatchObject({ periodicBolus: 'waiting', rate: 400_000 });
  });
});
