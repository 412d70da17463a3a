import { expect } from 'vitest';
import type { ExecutorName } from '../../firmware-sim/index.ts';
import { type DeviceProfile, type ProfileSheet, rate, readProfile, volume } from '../../shared/index.ts';
import { type RunningPump, simulate } from '../../workbench/index.ts';

const DONE = { done: true };

/** What is typed for a device: its largest fill, and a basal rate that takes it to its threshold within weeks. */
function amountsFor(profile: DeviceProfile) {
  const { reservoirCapacity, lowReservoirDefault, basalMinimum, basalMaximum } = profile;
  const inTwentyDays = (reservoirCapacity - lowReservoirDefault) / 20 / 86_400_000;
  const basal = rate.of(Math.max(basalMinimum, Math.min(basalMaximum, Math.floor(inTwentyDays))));
  return {
    full: volume.format(reservoirCapacity, 6),
    low: volume.format(lowReservoirDefault, 6),
    basal: rate.format(basal, 6),
    bolus: volume.format(volume.of(Math.floor(profile.rateMaximum / 2) * 60_000), 3),
  };
}

/** What a device delivers when it counts as empty: what the more restrictive of its policies leaves. */
function whenEmpty({ lowReservoirPolicy, emptyPolicy }: DeviceProfile) {
  if (emptyPolicy === 'stop') return 'stopped';
  return [lowReservoirPolicy, emptyPolicy].includes('minimumRate') ? 'minimumRate' : 'basal';
}

/**
 * The life every device must be able to lead: filled, prescribed for, asked for boluses, stopped and started, run low
 * and empty, refilled, reset, ended. The always-true rules watch it: the call that breaks one throws.
 */
export function life(sheet: ProfileSheet, executor: ExecutorName): RunningPump {
  const profile = readProfile(sheet);
  const { full, low, basal, bolus } = amountsFor(profile);
  const waits = profile.afterCommit === 'waitForStart';
  const patientBolus = { dose: bolus, duration: '1min', lockout: '4h', maxPerDay: 3 };
  const pump = simulate(
    sheet,
    {
      fill: { volume: full, morphine: '1 mg/mL' },
      prescribe: { constant: basal, patientBolus, lowReservoir: low },
    },
    { executor },
  );
  const start = () => expect(pump.clinician('resume')).toMatchObject(waits ? DONE : { refused: 'alreadyRunning' });
  const refill = () => {
    expect(pump.hands('drain')).toMatchObject(DONE);
    expect(pump.hands({ inject: full })).toMatchObject(DONE);
    // Where no difference at all is allowed, that of a rounded reading is one.
    expect(pump.clinician({ refill: { aspirated: 'measured', volume: full, reason: 'unknown' } })).toMatchObject(DONE);
  };
  start();
  expect(pump.belief).toMatchObject({ infusion: 'basal', rate: rate.parse(basal), profile: profile.name });
  expect(pump.press()).toMatchObject(DONE);
  expect(pump.press()).toMatchObject({ refused: 'bolusRunning' });
  pump.advance('1h');
  expect(pump.press()).toMatchObject({ refused: 'lockedOut' });
  pump.clinician('stop');
  pump.advance('5h');
  expect(pump.press()).toMatchObject({ refused: 'stopped' });
  pump.clinician('resume');
  pump.clinician('minimumRate');
  expect(pump.belief.rate).toBe(profile.minimumRate);
  pump.clinician('resume');
  const late = profile.reservoirGauge === 'sensed' ? profile.gaugeInterval : 1;
  // Read as seldom as that, a fast pump is low and empty at once.
  const passesLow = late > 1 && rate.parse(basal) * late > profile.lowReservoirDefault - profile.emptyAt;
  const isOne = profile.emptyAt === profile.lowReservoirDefault;
  pump.until({ level: passesLow || isOne ? 'empty' : 'low' }, '60d');
  const alarmed = pump.belief.alarms.some(({ code }) => code === 'lowReservoir');
  expect(alarmed).toBe(profile.lowReservoirBy === 'pump');
  // A threshold is reached at the first whole millisecond at or below it, or at the next reading.
  expect(pump.belief.volume).toBeLessThanOrEqual(profile.lowReservoirDefault);
  expect(pump.belief.volume).toBeGreaterThan(profile.lowReservoirDefault - rate.parse(basal) * late);
  refill();
  expect(pump.belief).toMatchObject({ alarms: [], volume: volume.parse(full) });
  expect(pump.clinician({ prescribe: { constant: basal, lowReservoir: low, aboveLimits: 'accept' } })).toMatchObject(
    DONE,
  );
  if (pump.belief.infusion === 'stopped') pump.clinician('resume');
  pump.clinician('endSession');
  pump.world({ reset: { clock: 'lost' } });
  pump.advance('1d');
  pump.clinician('interrogate');
  pump.until({ level: 'empty' }, '4000d');
  expect(pump.belief.volume).toBeLessThanOrEqual(profile.emptyAt);
  expect(pump.belief.infusion).toBe(whenEmpty(profile));
  refill();
  if (pump.belief.infusion === 'stopped') pump.clinician('resume');
  pump.world('batteryLow');
  pump.until({ alarm: 'endOfService' }, '100d');
  return pump;
}
