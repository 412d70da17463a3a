import { expect } from 'vitest';
import { type DeviceProfile, parseDuration, rate, volume } from '../../shared/index.ts';
import type { RunningPump } from '../../workbench/index.ts';
import { MINUTE } from '../firmware/commanded.ts';
import { expectThat, LIMITED, logged, minute, rates, running, toMinute } from './fixture.ts';
import { chartOf, ordersOf } from './on-bench.ts';
import { requirement, requirementOfAll, requirementPart } from './requirement.ts';

const ML = volume.parse('1 mL');

/** A clinician's bolus of 1 mL, begun at a minute: the answer. */
function orderAt(pump: RunningPump, at: number, duration = '30min'): ReturnType<RunningPump['clinician']> {
  toMinute(pump, at);
  return pump.clinician({ bolus: { dose: '1 mL', duration, then: 'basal' } });
}

requirement('AT-37', () => {
  const pump = running();
  expect(orderAt(pump, 120)).toMatchObject({ done: true });
  expectThat(pump, { belief: { infusion: 'clinicianBolus', rate: '8 mL/h' } });
  toMinute(pump, 200);
  expect(rates(pump).slice(-2)).toMatchObject([
    { at: minute(120), infusion: 'clinicianBolus', rate: rate.parse('8 mL/h') },
    { at: minute(150), infusion: 'basal', rate: rate.parse('6 mL/h') },
  ]);
  expect(logged(pump, 'clinicianBolusEnded')).toEqual([
    { at: minute(150), why: 'complete', delivered: ML, undelivered: 0 },
  ]);
  expectThat(pump, { truth: { delivered: '21.000 mL' } });
});

requirement('AT-39', () => {
  const answers = ['29min', '30min', '360min', '361min'].map((duration) => {
    const pump = running();
    const answer = orderAt(pump, 120, duration);
    return 'refused' in answer ? answer.refused : pump.belief.infusion;
  });
  expect(answers).toEqual(['bolusTooShort', 'clinicianBolus', 'clinicianBolus', 'bolusTooLong']);
});

requirement('AT-40', () => {
  const pump = running();
  orderAt(pump, 120);
  // From second to second: any other parts of equal length are made of these.
  const given = Array.from({ length: 1800 }, () => {
    const before = pump.truth.delivered;
    pump.advance('1s');
    return pump.truth.delivered - before;
  });
  expect(new Set(given)).toEqual(new Set([BigInt(rate.parse('8 mL/h')) * 1000n]));
  expectThat(pump, { belief: { infusion: 'basal' } });
});

requirement('AT-41', () => {
  const pump = running();
  orderAt(pump, 120);
  expect(orderAt(pump, 130)).toMatchObject({ refused: 'bolusRunning', until: minute(150) });
  toMinute(pump, 149.999);
  expectThat(pump, { belief: { infusion: 'clinicianBolus', rate: '8 mL/h' } });
  toMinute(pump, 150);
  expectThat(pump, { belief: { infusion: 'basal' }, truth: { delivered: '16.000 mL' } });
  expect(orderAt(pump, 150)).toMatchObject({ done: true });
});

requirementPart('AT-42', 'stopped', () => {
  const pump = running();
  toMinute(pump, 120);
  pump.clinician('stop');
  expect(orderAt(pump, 125)).toMatchObject({ refused: 'stopped' });
  toMinute(pump, 160);
  expectThat(pump, { belief: { infusion: 'stopped', rate: '0 mL/h' }, truth: { delivered: '12.000 mL' } });
});

requirementPart('AT-42', 'at the minimum rate', () => {
  const pump = running();
  toMinute(pump, 120);
  pump.clinician('minimumRate');
  expect(orderAt(pump, 125)).toMatchObject({ refused: 'minimumRate' });
  toMinute(pump, 180);
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' }, truth: { delivered: '13.000 mL' } });
});

requirement('AT-43', () => {
  const pump = running();
  orderAt(pump, 118);
  toMinute(pump, 120);
  pump.clinician('stop');
  const given = rate.parse('2 mL/h') * 2 * MINUTE;
  expect(logged(pump, 'clinicianBolusEnded')).toEqual([
    { at: minute(120), why: 'stop', delivered: given, undelivered: ML - given },
  ]);
  toMinute(pump, 240);
  pump.clinician('resume');
  expectThat(pump, { belief: { infusion: 'basal', rate: '6 mL/h' } });
  const before = pump.truth.delivered;
  toMinute(pump, 300);
  expect(pump.truth.delivered - before).toBe(BigInt(volume.parse('6 mL')));
});

requirement('AT-49', () => {
  const pump = running({ prescribe: LIMITED });
  toMinute(pump, 155);
  const before = pump.truth.delivered;
  for (const at of [300, 340, 380]) expect(orderAt(pump, at)).toMatchObject({ done: true });
  toMinute(pump, 394.999);
  expectThat(pump, { belief: { infusion: 'clinicianBolus', rate: '8 mL/h' } });
  toMinute(pump, 395);
  expect(pump.truth.delivered - before).toBe(BigInt(volume.parse('26.5 mL')));
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
  expect(logged(pump, 'clinicianBolusEnded').at(-1)).toEqual({
    at: minute(395),
    why: 'doseLimit',
    delivered: ML / 2,
    undelivered: ML / 2,
  });
  // The minimum rate lasts until a clinician says otherwise.
  toMinute(pump, 700);
  expectThat(pump, { belief: { infusion: 'minimumRate' } });
});

/** A pump of a profile on which a patient presses 20 min into a clinician's bolus of an hour: what became of both. */
function pressedDuring(
  profile: string,
  patientBolusDuringClinicianBolus: DeviceProfile['patientBolusDuringClinicianBolus'],
) {
  const pump = chartOf(profile, {}, { patientBolusDuringClinicianBolus });
  const { patientBolus } = ordersOf(profile);
  if (patientBolus === null) throw new Error(`${profile}: no patient bolus`);
  const ordered = patientBolus.rate * patientBolus.duration;
  pump.pass('2h');
  expect(pump.order(`${volume.format(volume.of(ordered))}`, '1h')).toBeUndefined();
  pump.pass('20min');
  const answer = pump.press();
  pump.pass('3h');
  const ends = pump.rates.flatMap(({ at }) => (at > parseDuration('2h 20min') ? [at] : []));
  return { answer, ordered, lasts: patientBolus.duration, ends, ended: pump.logged('clinicianBolusEnded') };
}

requirementOfAll('R20', (profile) => {
  const preempted = pressedDuring(profile, 'preempt');
  expect(preempted.answer).toBeUndefined();
  const resumes = parseDuration('2h 20min') + preempted.lasts;
  const ends = parseDuration('3h') + preempted.lasts;
  expect(preempted.ends).toEqual([resumes, ends]);
  expect(preempted.ended).toMatchObject([{ at: ends, why: 'complete', delivered: preempted.ordered, undelivered: 0 }]);
  const denied = pressedDuring(profile, 'deny');
  expect(denied.answer).toMatchObject({ code: 'bolusRunning', until: parseDuration('3h') });
  expect(denied.ends).toEqual([parseDuration('3h')]);
  expect(denied.ended).toMatchObject([
    { at: parseDuration('3h'), why: 'complete', delivered: denied.ordered, undelivered: 0 },
  ]);
});
