import { expect } from 'vitest';
import { ALARM_WORDS } from '../../programmer/words.ts';
import { ALARM_CODES, type AlarmCode, type ConditionCode, rate, volume } from '../../shared/index.ts';
import type { RunningPump } from '../../workbench/index.ts';
import { expectThat, logged, minute, pressAt, rates, running, runningFrom60, toMinute } from './fixture.ts';
import { requirement, requirementPart } from './requirement.ts';

const begins = (pump: RunningPump, condition: ConditionCode) => pump.world({ begins: condition });
const ends = (pump: RunningPump, condition: ConditionCode) => pump.world({ ends: condition });
const alarms = (pump: RunningPump) => pump.belief.alarms.map(({ code }) => code);
/** The alarms on the clinician's screen, the first first. */
function shown(pump: RunningPump): readonly AlarmCode[] {
  pump.clinician('interrogate');
  return pump.screen.warnings.flatMap((warning) => ALARM_CODES.filter((code) => warning.startsWith(ALARM_WORDS[code])));
}

/** What is under way at minute 120, of fixture F. */
const MODES = {
  basal: { begin: () => undefined, given: '12 mL', cut: null },
  'a patient bolus': { begin: (pump: RunningPump) => pressAt(pump, 119.5), given: '12.5 mL', cut: 'bolusEnded' },
  'a clinician bolus': {
    begin: (pump: RunningPump) => {
      toMinute(pump, 105);
      return pump.clinician({ bolus: { dose: '1 mL', duration: '30min', then: 'basal' } });
    },
    given: '12.5 mL',
    cut: 'clinicianBolusEnded',
  },
} as const;

for (const [mode, { begin, given, cut }] of Object.entries(MODES))
  for (const condition of ['stall', 'occlusion', 'overTemperature'] as const)
    requirementPart('AT-72', `${condition} in ${mode}`, () => {
      const pump = running();
      begin(pump);
      toMinute(pump, 120);
      begins(pump, condition);
      const at = minute(120);
      expect(logged(pump, 'alarmRaised')).toEqual([{ at, code: condition }]);
      expect(rates(pump).at(-1)).toMatchObject({ at, infusion: 'stopped', rate: 0 });
      expect(pump.truth.delivered).toBe(BigInt(volume.parse(given)));
      const half = volume.parse('0.5 mL');
      if (cut !== null) expect(logged(pump, cut)).toEqual([{ at, why: condition, delivered: half, undelivered: half }]);
      // Latched: it stays without its cause, and holds back a start, until a clinician clears it.
      ends(pump, condition);
      toMinute(pump, 134);
      expect(alarms(pump)).toEqual([condition]);
      expect(pump.clinician('resume')).toMatchObject({ refused: condition });
      expectThat(pump, { belief: { stopped: condition, rate: '0 mL/h' } });
      expect(pump.clinician({ clearAlarm: condition })).toMatchObject({ done: true });
      expect(pump.clinician('resume')).toMatchObject({ done: true });
      // Nothing of a bolus comes back with basal.
      expectThat(pump, { alarms: [], belief: { infusion: 'basal', rate: '6 mL/h' } });
    });

requirement('AT-74', () => {
  const pump = running();
  toMinute(pump, 120);
  begins(pump, 'overFlow');
  expect(logged(pump, 'alarmRaised')).toEqual([{ at: minute(120), code: 'overFlow' }]);
  expect(rates(pump).at(-1)).toMatchObject({ at: minute(120), infusion: 'minimumRate', rate: rate.parse('1 mL/h') });
  toMinute(pump, 180);
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
});

requirement('AT-75', () => {
  const pump = running();
  pressAt(pump, 119.5);
  toMinute(pump, 119.75);
  begins(pump, 'underFlow');
  expectThat(pump, { alarms: ['underFlow'], belief: { infusion: 'patientBolus', rate: '66 mL/h' } });
  expect(pump.belief.nextTone).toMatchObject({ class: 'non-critical' });
  toMinute(pump, 130);
  expectThat(pump, { alarms: ['underFlow'], belief: { infusion: 'basal', rate: '6 mL/h' } });
  expect(rates(pump).slice(-2)).toMatchObject([
    { at: minute(119.5), infusion: 'patientBolus' },
    { at: minute(120.5), infusion: 'basal' },
  ]);
});

const ORDERS = [
  ['underFlow', 'overFlow', 'occlusion'],
  ['underFlow', 'occlusion', 'overFlow'],
  ['overFlow', 'underFlow', 'occlusion'],
  ['overFlow', 'occlusion', 'underFlow'],
  ['occlusion', 'underFlow', 'overFlow'],
  ['occlusion', 'overFlow', 'underFlow'],
] as const;

for (const order of ORDERS)
  requirementPart('AT-78', order.join(', '), () => {
    const pump = running();
    toMinute(pump, 120);
    for (const condition of order) begins(pump, condition);
    expectThat(pump, { belief: { stopped: 'occlusion', rate: '0 mL/h' } });
    expect(shown(pump)).toEqual(['occlusion', 'overFlow', 'underFlow']);
    expect(pump.belief.nextTone).toMatchObject({ class: 'critical' });
    // With the highest cleared the next one’s rate is the most that is left.
    ends(pump, 'occlusion');
    pump.clinician({ clearAlarm: 'occlusion' });
    expect(shown(pump)).toEqual(['overFlow', 'underFlow']);
    expect(pump.clinician('minimumRate')).toMatchObject({ done: true });
    expect(pump.clinician('resume')).toMatchObject({ refused: 'overFlow' });
    expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
  });

requirementPart('AT-78', 'on a low reservoir', () => {
  const pump = runningFrom60({ volume: '7 mL' });
  toMinute(pump, 125);
  begins(pump, 'underFlow');
  expect(shown(pump)).toEqual(['underFlow', 'lowReservoir']);
  expectThat(pump, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
  begins(pump, 'occlusion');
  expect(shown(pump)).toEqual(['occlusion', 'underFlow', 'lowReservoir']);
  expectThat(pump, { belief: { stopped: 'occlusion', rate: '0 mL/h' } });
});

requirement('AT-79', () => {
  const pump = running();
  toMinute(pump, 120);
  begins(pump, 'occlusion');
  begins(pump, 'overTemperature');
  ends(pump, 'occlusion');
  ends(pump, 'overTemperature');
  expect(shown(pump)).toEqual(['occlusion', 'overTemperature']);
  expect(pump.clinician({ clearAlarm: 'occlusion' })).toMatchObject({ done: true });
  expect(shown(pump)).toEqual(['overTemperature']);
  expect(pump.clinician('resume')).toMatchObject({ refused: 'overTemperature' });
  expectThat(pump, { alarms: ['overTemperature'], belief: { rate: '0 mL/h' } });
  expect(logged(pump, 'alarmCleared')).toEqual([{ at: minute(120), code: 'occlusion' }]);
});

/** Stopped at minute 120, and not for long enough to alarm by that alone. */
function stopped(): RunningPump {
  const pump = running();
  toMinute(pump, 120);
  pump.clinician('stop');
  toMinute(pump, 125);
  return pump;
}

requirement('AT-07', () => {
  const pump = stopped();
  begins(pump, 'overFlow');
  expect(pump.clinician('resume')).toMatchObject({ refused: 'alarmActive' });
  ends(pump, 'overFlow');
  // Gone is not cleared.
  expect(pump.clinician('resume')).toMatchObject({ refused: 'alarmActive' });
  expectThat(pump, { alarms: ['overFlow'], belief: { stopped: 'clinician', rate: '0 mL/h' } });
  pump.clinician({ clearAlarm: 'overFlow' });
  expect(pump.clinician('resume')).toMatchObject({ done: true });
  expectThat(pump, { alarms: [], belief: { infusion: 'basal', rate: '6 mL/h' } });
});

requirement('AT-83', () => {
  const resumed = (condition: ConditionCode) => {
    const pump = stopped();
    begins(pump, condition);
    const answer = pump.clinician('resume');
    return 'refused' in answer ? answer.refused : pump.belief.infusion;
  };
  // Levels 4, 4, 3 and 2. A stall is not seen of a motor that stands still.
  expect({
    occlusion: resumed('occlusion'),
    overTemperature: resumed('overTemperature'),
    overFlow: resumed('overFlow'),
    underFlow: resumed('underFlow'),
  }).toEqual({
    occlusion: 'occlusion',
    overTemperature: 'overTemperature',
    overFlow: 'alarmActive',
    underFlow: 'basal',
  });
  // From the minimum rate that such a condition leads to, back to basal.
  const slowed = running();
  begins(slowed, 'overFlow');
  expect(slowed.clinician('resume')).toMatchObject({ refused: 'overFlow' });
  expectThat(slowed, { belief: { infusion: 'minimumRate', rate: '1 mL/h' } });
});

requirement('AT-92', () => {
  // 6 mL/h are a stroke of 0.5 mcL every 0.3 s: 0.4 s are in the middle of the second.
  const stoppedBy = (act: (pump: RunningPump) => unknown) => {
    const pump = running();
    pump.advance('400ms');
    act(pump);
    expectThat(pump, { belief: { infusion: 'stopped', rate: '0 mL/h' } });
    pump.advance('1h');
    return { given: pump.truth.delivered, left: pump.belief.volume };
  };
  const [full, stroke] = [volume.parse('100 mL'), volume.parse('0.5 mcL')];
  const begun = rate.parse('6 mL/h') * 400;
  expect(stoppedBy((pump) => pump.clinician('stop'))).toEqual({ given: BigInt(2 * stroke), left: full - 2 * stroke });
  expect(stoppedBy((pump) => begins(pump, 'occlusion'))).toEqual({ given: BigInt(begun), left: full - begun });
});
