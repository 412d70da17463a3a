import fc from 'fast-check';
import { expect } from 'vitest';
import { volume } from '../../shared/index.ts';
import { expectThat, logged, minute, pressAt, rates, runningFrom60, toMinute, waiting } from './fixture.ts';
import { live, lives } from './random-life.ts';
import { requirement, requirementPart } from './requirement.ts';
import { runs } from './runs.ts';
import { treating } from './therapies.ts';

const raised = (pump: ReturnType<typeof waiting>, code: string) =>
  logged(pump, 'alarmRaised').filter((record) => 'code' in record && record.code === code);

requirement('AT-60', () => {
  const pump = runningFrom60({ volume: '7 mL' });
  toMinute(pump, 400);
  expect(raised(pump, 'lowReservoir')).toEqual([{ at: minute(120), code: 'lowReservoir' }]);
});

requirementPart('AT-61', 'a patient bolus', () => {
  const pump = runningFrom60({ volume: '7.5 mL' });
  pressAt(pump, 119.5);
  toMinute(pump, 130);
  expect(raised(pump, 'lowReservoir')).toEqual([{ at: minute(120), code: 'lowReservoir' }]);
  const half = volume.parse('0.5 mL');
  expect(logged(pump, 'bolusEnded')).toEqual([
    { at: minute(120), why: 'lowReservoir', delivered: half, undelivered: half },
  ]);
  expectThat(pump, { belief: { infusion: 'minimumRate' } });
});

requirementPart('AT-61', 'a clinician bolus', () => {
  const pump = runningFrom60({ volume: '7.5 mL' });
  toMinute(pump, 105);
  pump.clinician({ bolus: { dose: '1 mL', duration: '30min', then: 'basal' } });
  toMinute(pump, 130);
  expect(raised(pump, 'lowReservoir')).toEqual([{ at: minute(120), code: 'lowReservoir' }]);
  const half = volume.parse('0.5 mL');
  expect(logged(pump, 'clinicianBolusEnded')).toEqual([
    { at: minute(120), why: 'lowReservoir', delivered: half, undelivered: half },
  ]);
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
});

requirement('AT-63', () => {
  const pump = runningFrom60({ volume: '7 mL' });
  toMinute(pump, 150);
  expect(rates(pump).slice(-2)).toMatchObject([
    { at: minute(120), infusion: 'minimumRate', rate: 24_000_000 },
    { at: minute(150), infusion: 'stopped', rate: 0 },
  ]);
  expect(raised(pump, 'lowReservoir')).toMatchObject([{ at: minute(120) }]);
  expect(raised(pump, 'emptyReservoir')).toMatchObject([{ at: minute(150) }]);
  // Latched: time does not clear it, nor a start, which is refused.
  toMinute(pump, 1000);
  expect(pump.clinician('resume')).toMatchObject({ refused: 'emptyReservoir' });
  expectThat(pump, { belief: { stopped: 'emptyReservoir', rate: '0 mL/h' } });
  expect(pump.belief.alarms).toContainEqual({ code: 'emptyReservoir', since: minute(150) });
});

requirement('AT-64', () => {
  const pump = runningFrom60({ volume: '8.5 mL' });
  pressAt(pump, 120);
  toMinute(pump, 1000);
  expect(raised(pump, 'lowReservoir')).toMatchObject([{ at: minute(125) }]);
  expect(raised(pump, 'emptyReservoir')).toMatchObject([{ at: minute(155) }]);
  expect(pump.truth.delivered).toBe(BigInt(volume.parse('8 mL')));
});

requirement('AT-65', () => {
  const low = waiting({ volume: '0.9 mL' });
  expect(low.clinician('resume')).toMatchObject({ done: true });
  expectThat(low, { alarms: ['lowReservoir'], belief: { infusion: 'minimumRate', rate: '1 mL/h' } });

  const empty = waiting({ volume: '0.5 mL' });
  expect(empty.clinician('resume')).toMatchObject({ refused: 'emptyReservoir' });
  toMinute(empty, 10);
  expectThat(empty, { belief: { level: 'empty', rate: '0 mL/h' }, truth: { delivered: '0 mL' } });
  expect(raised(empty, 'emptyReservoir')).toMatchObject([{ at: 0 }]);
});

requirement('AT-67', () => {
  fc.assert(
    fc.property(lives, (deeds) => {
      const pump = treating('generic-pca');
      for (const deed of deeds) {
        live(pump, deed);
        const { injected, aspirated, delivered, reservoir } = pump.truth;
        expect(injected).toBe(delivered + aspirated + BigInt(reservoir));
        expect(reservoir).toBeGreaterThanOrEqual(0);
        expect(pump.belief.volume).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: runs(4, 300) },
  );
});

requirement('AT-69', () => {
  const pump = runningFrom60({ volume: '7.5 mL' });
  pressAt(pump, 119.5);
  toMinute(pump, 120);
  expectThat(pump, { belief: { level: 'low', infusion: 'minimumRate' } });
  expect(logged(pump, 'bolusEnded')).toMatchObject([{ at: minute(120), why: 'lowReservoir' }]);
  // The lockout of the one that was cut is over at 150.5, the reservoir is empty at 150.
  const other = runningFrom60({ volume: '7 mL' });
  expect(pressAt(other, 121)).toMatchObject({ refused: 'tooLittleLeft', also: ['lowReservoir', 'minimumRate'] });
  expectThat(other, { belief: { granted: 0, infusion: 'minimumRate' } });
});

requirement('AT-71', () => {
  const pump = runningFrom60({ volume: '7 mL' });
  toMinute(pump, 200);
  const alarms = ['lowReservoir', 'emptyReservoir', 'stoppedPump'] as const;
  expectThat(pump, { alarms: [...alarms] });
  // Fluid alone clears nothing: the pump can't know of it.
  pump.hands({ inject: '50 mL' });
  toMinute(pump, 210);
  expectThat(pump, { alarms: [...alarms] });
  pump.clinician({ refill: { volume: '50 mL' } });
  expectThat(pump, { alarms: ['stoppedPump'], belief: { infusion: 'stopped', level: 'normal' } });
  toMinute(pump, 240);
  expectThat(pump, { belief: { infusion: 'stopped', rate: '0 mL/h' } });
  pump.clinician('readLog');
  expectThat(pump, { alarms: ['stoppedPump'] });
  expect(raised(pump, 'lowReservoir')).toMatchObject([{ at: minute(120) }]);
  expect(raised(pump, 'emptyReservoir')).toMatchObject([{ at: minute(150) }]);
  expect(logged(pump, 'alarmCleared')).toMatchObject([
    { at: minute(60), code: 'stoppedPump' },
    { at: minute(210), code: 'lowReservoir' },
    { at: minute(210), code: 'emptyReservoir' },
  ]);
});
