import { describe, expect, test } from 'vitest';
import { instant, parseDuration } from '../../shared/index.ts';
import { bench, mL, running } from '../harness.ts';
import { BarePump, refusalOf, type Speaker } from './bare-pump.ts';
import { DAY, prescriptionOf } from './prescriptions.ts';

const MIN = 60_000;
const STOPPED_AT = 2 * DAY;

/** A pump that alarms because it was left stopped, and a clinician in session with it. */
function stopped() {
  const pump = new BarePump();
  const clinician = pump.open('clinician');
  clinician.enter('20 mL');
  clinician.implant();
  clinician.prescribe(prescriptionOf());
  clinician.do('stop');
  clinician.do('closeSession');
  pump.pass('2d');
  return { pump, clinician: pump.open('clinician') };
}
const code = (answer: ReturnType<Speaker['ask']>) => refusalOf(answer)?.code;

describe('a silenced alarm', () => {
  test('stays active and is quiet for two minutes, to the millisecond; then it sounds and goes on from there', () => {
    const { pump, clinician } = stopped();
    expect(clinician.silence('stoppedPump')).toMatchObject({ reply: { payload: { until: STOPPED_AT + 2 * MIN } } });
    const { alarms, silenced, nextTone } = pump.status();
    expect(alarms).toEqual([{ code: 'stoppedPump', since: STOPPED_AT }]);
    expect(silenced).toEqual([{ code: 'stoppedPump', until: STOPPED_AT + 2 * MIN }]);
    expect(nextTone).toEqual({ at: STOPPED_AT + 2 * MIN, class: 'critical', sound: 'two-tone' });
    pump.timeline.advanceTo(instant(STOPPED_AT + 2 * MIN - 1));
    expect(pump.status().silenced).toHaveLength(1);
    pump.pass('1ms');
    expect(pump.status().silenced).toEqual([]);
    expect(pump.status().nextTone?.at).toBe(STOPPED_AT + 2 * MIN);
    pump.pass('1ms');
    expect(pump.status().nextTone?.at).toBe(STOPPED_AT + 12 * MIN);
  });

  test('is quiet for its own two minutes, whatever was silenced before it', () => {
    const { pump, clinician } = stopped();
    pump.plant.inflict({ type: 'batteryLow' });
    pump.pass('1ms');
    clinician.silence('stoppedPump');
    pump.pass('1min');
    clinician.silence('eri');
    const quiet = () => pump.status().silenced.map((silence) => silence.code);
    expect(quiet().toSorted()).toEqual(['eri', 'stoppedPump']);
    pump.pass('1min');
    expect(quiet()).toEqual(['eri']);
    pump.pass('59999ms');
    expect(quiet()).toEqual(['eri']);
    pump.pass('1ms');
    expect(quiet()).toEqual([]);
  });

  test('lets a non-critical one be heard until it sounds again', () => {
    const { pump, clinician } = stopped();
    pump.plant.inflict({ type: 'batteryLow' });
    pump.timeline.advanceTo(pump.timeline.now);
    clinician.silence('stoppedPump');
    expect(pump.status().nextTone).toEqual({ at: STOPPED_AT, class: 'non-critical', sound: 'single' });
    pump.pass('1ms');
    expect(pump.status().nextTone).toEqual({ at: STOPPED_AT + 2 * MIN, class: 'critical', sound: 'two-tone' });
  });

  test('sounds again as the session ends, whether closed or lost', () => {
    const { pump, clinician } = stopped();
    clinician.silence('stoppedPump');
    pump.pass('30s');
    clinician.do('closeSession');
    expect(pump.status()).toMatchObject({ silenced: [], nextTone: { at: STOPPED_AT + MIN / 2 } });
    const lost = new BarePump({ sessionTimeout: parseDuration('1min') });
    const one = lost.open('clinician');
    one.enter('20 mL');
    one.implant();
    one.prescribe(prescriptionOf());
    one.do('stop');
    lost.pass('2d');
    lost.open('clinician').silence('stoppedPump');
    lost.pass('1min');
    expect(lost.status()).toMatchObject({ silenced: [], nextTone: { at: STOPPED_AT + MIN } });
  });

  test('stays quiet while somebody presses: the end of a handset’s session is not that of a clinician’s', () => {
    const { pump, clinician } = stopped();
    clinician.silence('stoppedPump');
    const handset = pump.open('patient');
    expect(code(handset.do('requestBolus'))).toBe('stopped');
    handset.do('closeSession');
    expect(pump.status().silenced).toEqual([{ code: 'stoppedPump', until: STOPPED_AT + 2 * MIN }]);
    expect(pump.logged('silenceEnded')).toEqual([]);
  });

  test('that clears and is raised again sounds', () => {
    const { pump, clinician } = stopped();
    clinician.silence('stoppedPump');
    clinician.do('resume');
    expect(pump.status().alarms).toEqual([]);
    clinician.do('stop');
    pump.pass('2d');
    expect(pump.status()).toMatchObject({
      silenced: [],
      nextTone: { at: 2 * STOPPED_AT, class: 'critical', sound: 'two-tone' },
    });
    expect(pump.logged('silenceEnded')).toEqual([]);
  });

  test('is quiet on the far side of a snapshot too', () => {
    const made = running();
    made.clinician({ type: 'stop' });
    made.advance('48h');
    made.clinician({ type: 'silence', alarm: 'stoppedPump' });
    const fork = made.sim.fork();
    expect(fork.belief()).toEqual(made.sim.belief());
    fork.advance(parseDuration('2min'));
    made.advance('2min');
    expect(fork.belief()).toEqual(made.sim.belief());
    expect(fork.belief().silenced).toEqual([]);
  });
});

describe('each is exactly one record', () => {
  test('raise, silence, expiry and clear', () => {
    const { pump, clinician } = stopped();
    clinician.silence('stoppedPump');
    pump.pass('5min');
    clinician.do('resume');
    const data = { code: 'stoppedPump' };
    expect(pump.logged('alarmRaised')).toEqual([data]);
    expect(pump.logged('alarmSilenced')).toEqual([{ ...data, until: STOPPED_AT + 2 * MIN }]);
    expect(pump.logged('silenceEnded')).toEqual([data]);
    expect(pump.logged('alarmCleared')).toEqual([data]);
  });

  test('two silences that end with one session', () => {
    const { pump, clinician } = stopped();
    pump.plant.inflict({ type: 'batteryLow' });
    pump.timeline.advanceTo(pump.timeline.now);
    clinician.silence('stoppedPump');
    pump.pass('10s');
    clinician.silence('eri');
    clinician.do('closeSession');
    expect(pump.logged('silenceEnded')).toEqual([{ code: 'stoppedPump' }, { code: 'eri' }]);
    pump.pass('5min');
    expect(pump.logged('silenceEnded')).toHaveLength(2);
  });
});

describe('silencing is refused', () => {
  test('where the alarm is not active', () => {
    const { pump, clinician } = stopped();
    expect(code(clinician.silence('lowReservoir'))).toBe('alarmNotActive');
    expect(pump.logged('commandRefused')).toMatchObject([{ command: 'silenceAlarm', code: 'alarmNotActive' }]);
  });

  test('where its row allows none', () => {
    const { pump, clinician } = stopped();
    pump.plant.inflict({ type: 'batteryLow' });
    pump.pass('1min');
    expect(code(clinician.silence('eri'))).toBeUndefined();
    pump.pass('90d');
    expect(code(pump.open('clinician').silence('endOfService'))).toBe('notSilenceable');
  });

  test('while it is quiet already: nobody silences for longer than the limit', () => {
    const { pump, clinician } = stopped();
    clinician.silence('stoppedPump');
    pump.timeline.advanceTo(instant(STOPPED_AT + 2 * MIN - 1));
    expect(refusalOf(clinician.silence('stoppedPump'))).toEqual({
      code: 'alreadySilenced',
      also: [],
      shortest: null,
      until: STOPPED_AT + 2 * MIN,
    });
    pump.pass('1ms');
    expect(code(clinician.silence('stoppedPump'))).toBeUndefined();
  });

  test('to a patient', () => {
    const { pump } = stopped();
    expect(code(pump.open('patient').silence('stoppedPump'))).toBe('roleTooLow');
    expect(pump.status().silenced).toEqual([]);
  });
});

test('it changes no dosing: what is delivered, locked out and counted is as before', () => {
  const { pump, clinician } = stopped();
  const { silenced: _, nextTone: __, accepts: ___, ...before } = pump.status();
  clinician.silence('stoppedPump');
  expect(pump.status()).toMatchObject(before);
});

test('the screen shows a silenced alarm as active, and offers to silence while one sounds', () => {
  const made = bench();
  made.clinician({ type: 'implant' });
  made.advance('48h');
  made.clinician({ type: 'interrogate' });
  expect(made.sim.screen().can).toContain('silence');
  expect(made.clinician({ type: 'silence', alarm: 'stoppedPump' })).toEqual({ done: true });
  const { warnings, can } = made.sim.screen();
  expect(warnings).toContain('Pump stopped too long: no drug is being delivered (tone silenced)');
  expect(can).not.toContain('silence');
  expect(made.clinician({ type: 'refill', aspirated: null, volume: mL('20') })).toEqual({ done: true });
});
