import { expect } from 'vitest';
import { parseDuration } from '../../shared/index.ts';
import { implantedPump } from '../firmware/bare-pump.ts';
import { prescriptionOf } from '../firmware/prescriptions.ts';
import { profileOf } from '../harness.ts';
import { expectThat, logged, minute, rates, running, runningFrom60, toMinute } from './fixture.ts';
import { requirement, requirementPart } from './requirement.ts';

requirementPart('AT-86', 'for no longer than its limit', () => {
  const pump = runningFrom60({ volume: '7 mL' });
  toMinute(pump, 155);
  pump.clinician('interrogate');
  expect(pump.clinician({ silence: 'emptyReservoir' })).toMatchObject({ done: true });
  // A critical alarm is quiet for 2 min, and no longer for being silenced twice.
  expect(pump.clinician({ silence: 'emptyReservoir' })).toMatchObject({ refused: 'alreadySilenced' });
  expect(pump.belief.silenced).toEqual([{ code: 'emptyReservoir', until: minute(157) }]);
  toMinute(pump, 157);
  expect(pump.belief).toMatchObject({
    silenced: [],
    nextTone: { at: minute(157), class: 'critical', sound: 'two-tone' },
  });
  expect(pump.belief.alarms).toContainEqual({ code: 'emptyReservoir', since: minute(150) });
});

requirementPart('AT-86', 'not at all at the end of service', () => {
  const pump = running();
  pump.world('batteryLow');
  pump.advance('90d');
  pump.clinician('interrogate');
  expect(pump.clinician({ silence: 'endOfService' })).toMatchObject({ refused: 'notSilenceable' });
  expect(pump.belief.silenced).toEqual([]);
});

requirementPart('AT-87', 'with its session', () => {
  const pump = runningFrom60({ volume: '7 mL' });
  toMinute(pump, 155);
  pump.clinician('interrogate');
  pump.clinician({ silence: 'emptyReservoir' });
  toMinute(pump, 156);
  pump.clinician('endSession');
  expect(pump.belief).toMatchObject({
    silenced: [],
    nextTone: { at: minute(156), class: 'critical', sound: 'two-tone' },
  });
  expect(logged(pump, 'silenceEnded')).toEqual([{ at: minute(156), code: 'emptyReservoir' }]);
});

requirementPart('AT-87', 'with its link, when the pump has not heard of it for long', () => {
  // With a silence that could last an hour the link is what ends it: the pump hears nothing for 15 min.
  const { pump, clinician } = implantedPump(profileOf('generic-pca', { silenceLimit: parseDuration('1h') }));
  clinician.prescribe(prescriptionOf({ basal: '6 mL/h', bolus: null, ceiling: '1000 mg/day', lowReservoir: '20 mL' }));
  expect(clinician.silence('lowReservoir')).toMatchObject({ reply: {} });
  expect(pump.status().silenced).toHaveLength(1);
  pump.pass('14min 59s 999ms');
  expect(pump.status().silenced).toHaveLength(1);
  pump.pass('1ms');
  expect(pump.status()).toMatchObject({ silenced: [], nextTone: { at: parseDuration('15min') } });
});

requirement('AT-89', () => {
  const pump = running();
  toMinute(pump, 60);
  pump.world('batteryLow');
  const [eri, end] = [minute(60), minute(60) + parseDuration('90d')];
  expect(pump.belief).toMatchObject({ service: 'eri', infusion: 'basal', replaceBy: end });
  expect(logged(pump, 'alarmRaised')).toEqual([{ at: eri, code: 'eri' }]);
  // The last hours are delivered from a fresh fill.
  pump.advance('89d 20h');
  pump.hands('drain');
  pump.hands({ inject: '90 mL' });
  pump.clinician({ refill: { volume: '90 mL' } });
  pump.clinician('resume');
  pump.advance('3h 59min 59s 999ms');
  expect(pump.belief).toMatchObject({ service: 'eri', infusion: 'basal', rate: 144_000_000 });
  pump.advance('1ms');
  expect(pump.belief).toMatchObject({ now: end, service: 'endOfService', infusion: 'stopped', rate: 0 });
  expect(rates(pump).at(-1)).toMatchObject({ at: end, rate: 0 });
  expect(pump.belief.alarms).toMatchObject([
    { code: 'eri', since: eri },
    { code: 'endOfService', since: end },
  ]);
  // Neither is ever withdrawn: not by time, a start, a refill or a reset.
  pump.clinician('resume');
  pump.world({ reset: { clock: 'kept' } });
  pump.clinician({ refill: { volume: '90 mL' } });
  pump.advance('10d');
  expect(pump.belief).toMatchObject({ service: 'endOfService', infusion: 'stopped' });
  expectThat(pump, { alarms: ['eri', 'endOfService'] });
});

requirement('AT-94', () => {
  const pump = running();
  toMinute(pump, 100);
  pump.clinician('stop');
  toMinute(pump, 114.999);
  expectThat(pump, { alarms: [] });
  toMinute(pump, 115);
  expectThat(pump, { alarms: ['stoppedPump'] });
  for (const again of [115, 130, 145, 160]) {
    expect(pump.belief.nextTone).toEqual({ at: minute(again), class: 'critical', sound: 'two-tone' });
    toMinute(pump, again + 0.001);
  }
  expect(logged(pump, 'alarmRaised')).toEqual([{ at: minute(115), code: 'stoppedPump' }]);
});
