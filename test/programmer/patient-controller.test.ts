import { describe, expect, test } from 'vitest';
import { TRIES } from '../../programmer/exchange.ts';
import { PatientController } from '../../programmer/index.ts';
import {
  answerBytes,
  bytesToHex,
  instant,
  type MessageName,
  parseDuration,
  type ReplyOf,
  silent,
  simulatedPairing,
  simulatedSecret,
  volume,
  type Witness,
} from '../../shared/index.ts';
import { profileOf, running } from '../harness.ts';
import { FakePump, GRANT, HandClock, refused, type Tampering } from './fake-pump.ts';

const BOLUS = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
const KEYS = { witness: silent, pairing: simulatedPairing, secret: simulatedSecret('a handset') };
const PRESS = { type: 'requestBolus' } as const;

/** A handset before a fake pump, pressed once and waited for. */
function pressed(tampering: Tampering = {}, own: Partial<ConstructorParameters<typeof PatientController>[0]> = {}) {
  const pump = new FakePump();
  pump.tampering = tampering;
  const clock = new HandClock();
  const handset = new PatientController({ port: pump.port, clock, ...KEYS, ...own });
  handset.act(PRESS);
  pump.answerAll();
  for (let due = handset.due(); due !== undefined; due = handset.due()) {
    clock.now = due;
    handset.wake(due);
    pump.answerAll();
  }
  return { pump, handset, clock };
}

describe('a press', () => {
  test('that is granted says so', () => {
    const { press, sim } = running({}, { bolus: BOLUS });
    expect(press()).toEqual({ done: true });
    expect(sim.display()).toBe('Bolus started');
    expect(sim.belief().infusion).toBe('patientBolus');
  });

  test('that is refused says why, and when the next may be granted', () => {
    const { press, sim } = running({}, { bolus: BOLUS });
    press();
    sim.advance(parseDuration('1h'));
    expect(press()).toEqual({ refused: 'lockedOut', by: 'pump', also: [], until: parseDuration('4h'), shortest: null });
    expect(sim.display()).toBe('the lockout interval has not passed; possible in 3h');
  });

  test('during a dose says first that the dose is being given, and only as long as it is', () => {
    const { press, sim } = running({}, { bolus: BOLUS });
    press();
    sim.advance(parseDuration('1min'));
    expect(press()).toMatchObject({ refused: 'bolusRunning', also: ['lockedOut'] });
    expect(sim.display()).toBe('Your dose is being given; possible in 3h 59min');
    expect(sim.fork().display()).toBe(sim.display());
    sim.advance(parseDuration('1min'));
    expect(sim.display()).toBe('The last dose is over; possible in 3h 58min');
    sim.advance(parseDuration('3h 58min'));
    expect(sim.display()).toBe('Ready');
  });

  test('is shown no longer than it holds: a grant while it is given, a refusal until another is possible', () => {
    const { press, sim } = running({}, { bolus: BOLUS });
    expect(sim.handsetAnsweredAt()).toBeNull();
    press();
    const { now } = sim;
    sim.advance(parseDuration('2min'));
    expect(sim.display()).toBe('The last dose is over; possible in 3h 58min');
    expect(sim.handsetAnsweredAt()).toBe(now);
    press();
    expect(sim.display()).toBe('the lockout interval has not passed; possible in 3h 58min');
    sim.advance(parseDuration('3h 58min'));
    expect(sim.display()).toBe('Ready');
    expect(sim.handsetAnsweredAt()).toBeNull();
  });

  test('whose answer has no end is shown for an hour', () => {
    const { press, clinician, sim } = running({}, { bolus: BOLUS });
    clinician({ type: 'stop' });
    press();
    sim.advance(parseDuration('59min'));
    expect(sim.display()).toBe('delivery is stopped');
    sim.advance(parseDuration('1min'));
    expect(sim.display()).toBe('Ready');
  });

  test('that is refused after a reset that lost the time counts in the time of the pump', () => {
    const { press, sim } = running({}, { bolus: BOLUS });
    press();
    sim.advance(parseDuration('50min'));
    sim.act({ by: 'world', act: { type: 'reset', timeLost: true } });
    expect(press()).toMatchObject({ refused: 'lockedOut' });
    // The lockout of 4 h begins again.
    expect(sim.display()).toBe('the lockout interval has not passed; possible in 4h');
    sim.advance(parseDuration('1h'));
    expect(sim.display()).toBe('the lockout interval has not passed; possible in 3h');
    expect(sim.fork().display()).toBe(sim.display());
  });

  test.each([
    ['the prescription has none', {}, 'notEnabled', 'the prescription has no patient bolus'],
    ['the pump is stopped', { bolus: BOLUS }, 'stopped', 'delivery is stopped'],
  ])('refused because %s', (_, entry, code, words) => {
    const { press, clinician, sim } = running({}, entry);
    clinician({ type: 'stop' });
    expect(press()).toMatchObject({ refused: code, by: 'pump' });
    expect(sim.display()).toBe(words);
  });

  test('opens a session of its own, asks once, and closes it', () => {
    const { pump, handset, clock } = pressed();
    expect(pump.asked).toEqual([
      { name: 'openSession', payload: { role: 'patient', nonce: expect.stringMatching(/^[0-9a-f]{32}$/) } },
      { name: 'authenticate', payload: {} },
      { name: 'requestBolus', payload: {} },
      { name: 'closeSession', payload: {} },
    ]);
    expect(handset.outcome()).toEqual({ done: true });
    expect(clock.now).toBe(0);
  });

  test('leaves a clinician’s open session alone', () => {
    const { press, clinician, logged, sim } = running({}, { bolus: BOLUS });
    const opened = logged('sessionOpened').length;
    press();
    clinician({ type: 'interrogate' });
    expect(logged('sessionOpened').length).toBe(opened + 1);
    expect(logged('sessionClosed')).toMatchObject([{ role: 'patient', lost: false }]);
    expect(sim.screen().title).toBe('Pump status');
  });
});

describe('the alarms of the pump', () => {
  test('are read on the handset after a press, granted or not, and it cannot quiet them', () => {
    const made = running({}, { bolus: BOLUS });
    made.advance('45d');
    expect(made.press()).toEqual({ done: true });
    expect(made.sim.display()).toBe('Bolus started; alarm: Low reservoir');
    made.clinician({ type: 'stop' });
    made.advance('2d');
    made.press();
    const told = 'delivery is stopped; alarm: Low reservoir; alarm: Pump stopped too long';
    expect(made.sim.display()).toBe(told);
    expect(made.sim.fork().display()).toBe(told);
    expect(made.sim.belief().silenced).toEqual([]);
  });

  test('are those of the last press: gone where nothing answers', () => {
    const { pump, handset } = pressed();
    pump.status = { ...pump.status, alarms: [{ code: 'lowReservoir', since: pump.status.now }] };
    handset.act(PRESS);
    pump.answerAll();
    expect(handset.display()).toBe('Bolus started; alarm: Low reservoir');
    pump.tampering = { openSession: () => 'silence' };
    handset.act(PRESS);
    pump.answerAll();
    expect(handset.display()).toBe('Asking the pump …');
  });
});

describe('a handset that alarms of the reservoir itself', () => {
  const rules = profileOf('minimed-2007-like');
  /** Pressed before a pump that then is read to hold so much, of which 2 mL is low. */
  const readingOf = (held: string, handset: PatientController, pump: FakePump) => {
    pump.status = { ...pump.status, volume: volume.parse(held) };
    handset.act(PRESS);
    pump.answerAll();
    return handset.display();
  };

  test.each([
    ['2.001 mL', ''],
    ['2 mL', '; alarm: Low reservoir'],
    ['1.001 mL', '; alarm: Low reservoir'],
    ['1 mL', '; alarm: Low reservoir; alarm: Empty reservoir'],
  ])('says of %s "%s"', (held, alarms) => {
    const { pump, handset } = pressed({}, { rules });
    expect(readingOf(held, handset, pump)).toBe(`Bolus started${alarms}`);
  });

  test('reads the pump at each press, once it is known what came of it, granted or refused', () => {
    const asked = ['openSession', 'authenticate', 'requestBolus', 'interrogate', 'closeSession'];
    expect(pressed({}, { rules }).pump.names).toEqual(asked);
    const denied = pressed({ requestBolus: () => refused('countUsed') }, { rules });
    expect(denied.pump.names).toEqual(asked);
    expect(denied.handset.outcome()).toMatchObject({ refused: 'countUsed', by: 'pump' });
  });

  test('that could not read the pump still says what came of the press, and what it alarmed of before', () => {
    const { pump, handset, clock } = pressed({}, { rules });
    readingOf('1.5 mL', handset, pump);
    pump.tampering = { interrogate: () => 'silence' };
    handset.act(PRESS);
    pump.answerAll();
    for (let due = handset.due(); due !== undefined; due = handset.due()) {
      clock.now = due;
      handset.wake(due);
    }
    expect(handset.outcome()).toEqual({ done: true });
    expect(handset.display()).toBe('Bolus started; alarm: Low reservoir');
    const copy = new PatientController({ port: pump.port, clock, ...KEYS, rules });
    copy.load(JSON.parse(JSON.stringify(handset.save())));
    expect(copy.display()).toBe(handset.display());
  });

  test('that is refused a reading keeps what the press came to', () => {
    const { handset } = pressed({ interrogate: () => refused('malformed') }, { rules });
    expect(handset.outcome()).toEqual({ done: true });
  });

  test('tells each raise and each clearing once', () => {
    const told: unknown[] = [];
    const witness: Witness = {
      ...silent,
      hears: () => true,
      tell: (_, kind, data) => (kind === 'handset' ? 0 : told.push([kind, data])),
    };
    const { pump, handset } = pressed({}, { rules, witness });
    for (const held of ['20 mL', '2 mL', '1.5 mL', '1 mL', '1.5 mL', '20 mL', '20 mL']) readingOf(held, handset, pump);
    const edge = (kind: string, code: string) => [kind, { by: 'handset', code }];
    expect(told).toEqual([
      edge('alarmRaised', 'lowReservoir'),
      edge('alarmRaised', 'emptyReservoir'),
      edge('alarmCleared', 'emptyReservoir'),
      edge('alarmCleared', 'lowReservoir'),
    ]);
  });

  test.each([
    ['nothing is prescribed', { prescription: null }],
    ['the pump is on the shelf', { service: 'shelf' as const }],
  ])('has nothing to say while %s', (_, changes) => {
    const { pump, handset } = pressed({}, { rules });
    pump.status = { ...pump.status, ...changes };
    expect(readingOf('0.5 mL', handset, pump)).toBe('Bolus started');
  });

  test('stands for a pump that raises neither', () => {
    const { sim, advance, records } = running({
      profile: profileOf('synchromed-ii-like-20', { lowReservoirBy: 'handset' }),
    });
    advance('60d');
    expect(sim.belief()).toMatchObject({ reservoir: 'empty', alarms: [], nextTone: null });
    expect(JSON.stringify(records)).not.toContain('alarmRaised');
  });
});

describe('a handset that tells the next refill', () => {
  const made = (bolus = BOLUS) =>
    running({ profile: profileOf('synchromed-ii-like-20', { refillForecast: 'allAllottedBoluses' }) }, { bolus });

  test('does so as a bolus starts, with every bolus that is allotted, beside what it may give', () => {
    const { press, sim } = made();
    press();
    // 18 mL at 0.4 + 4 × 0.02 mL a day are 37.5 days, and the first bolus has 0.02 mL of its own.
    const told = 'Patient bolus: 10 mcg; Bolus duration: 2min; Lockout: 4h; Boluses in 24 h: 4; Refill by: 2026-02-11';
    expect(sim.display()).toBe(`Bolus started; ${told}`);
    expect(sim.fork().display()).toBe(sim.display());
    press();
    expect(sim.display()).not.toContain('Refill by');
    expect(sim.handsetFields()).toEqual([]);
  });

  test('tells none where the pump has lost its local time', () => {
    const { press, sim } = made();
    sim.act({ by: 'world', act: { type: 'reset', timeLost: true } });
    expect(press()).toEqual({ done: true });
    expect(sim.display()).toContain('Lockout: 4h');
    expect(sim.display()).not.toContain('Refill by');
  });
});

describe('a press that is not answered', () => {
  test.each<[MessageName, MessageName[]]>([
    ['openSession', []],
    ['authenticate', ['openSession']],
    ['requestBolus', ['openSession', 'authenticate']],
  ])('at %s ends without an answer', (name, before) => {
    const { pump, handset, clock } = pressed({ [name]: () => 'silence' });
    expect(pump.names).toEqual([...before, ...Array.from({ length: TRIES }, () => name)]);
    expect(handset.outcome()).toEqual({ refused: 'noAnswer', by: 'programmer' });
    expect(handset.display()).toMatch(/^the pump does not answer/);
    expect(clock.now).toBe(10_000);
  });

  test('only when it closes is still granted', () => {
    const { handset, clock } = pressed({ closeSession: () => 'silence' });
    expect(handset.outcome()).toEqual({ done: true });
    expect(clock.now).toBe(10_000);
  });

  test('only when it closes is still refused', () => {
    const { handset } = pressed({ closeSession: () => 'silence', requestBolus: () => refused('countUsed') });
    expect(handset.outcome()).toMatchObject({ refused: 'countUsed', by: 'pump' });
  });

  test('can be pressed again', () => {
    const { pump, handset } = pressed({ openSession: () => 'silence' });
    pump.tampering = {};
    handset.act(PRESS);
    pump.answerAll();
    expect(handset.outcome()).toEqual({ done: true });
  });
});

describe('a press after one that was not answered', () => {
  const GRANTED = answerBytes({ reply: { name: 'requestBolus', payload: GRANT } });
  const LOCKED_OUT = answerBytes(refused('lockedOut'));
  const told = ({ type, payload }: typeof GRANTED): ReplyOf<'recall'> => ({
    became: 'answered',
    answer: { type, payload: bytesToHex(payload) },
  });

  /** A press whose answer was lost, and one so long after it, of a pump that tells what became of the first. */
  function pressedAgain(recalled: ReplyOf<'recall'>, afterwards: Parameters<typeof parseDuration>[0]) {
    const made = pressed({ requestBolus: () => 'silence' });
    const { pump, handset, clock } = made;
    expect(handset.display()).toMatch(/^the pump does not answer/);
    pump.tampering = { recall: () => ({ reply: { name: 'recall', payload: recalled } }) };
    pump.asked.length = 0;
    clock.now = instant(clock.now + parseDuration(afterwards));
    handset.act(PRESS);
    pump.answerAll();
    return made;
  }

  test('is told that a bolus had started, and soon after it asks for no other', () => {
    const { pump, handset } = pressedAgain(told(GRANTED), '5min');
    expect(pump.names).toEqual(['openSession', 'authenticate', 'recall', 'closeSession']);
    expect(handset.outcome()).toEqual({ refused: 'carriedOutBefore', by: 'programmer' });
    expect(handset.display()).toBe('Bolus started at the press before');
  });

  test('long after it asks for another, and is told of the one before', () => {
    const { pump, handset } = pressedAgain(told(GRANTED), '1h');
    expect(pump.names).toContain('requestBolus');
    expect(handset.outcome()).toEqual({ done: true });
    expect(handset.display()).toBe('Bolus started; the press before, which was not answered, had started a bolus');
  });

  test('is told where nobody knows', () => {
    const { handset } = pressedAgain({ became: 'unknown', answer: null }, '5min');
    expect(handset.outcome()).toEqual({ done: true });
    expect(handset.display()).toMatch(/^Bolus started; whether the press before, .* is not known$/);
  });

  test.each([
    ['was refused', told(LOCKED_OUT)],
    ['never came to the pump', { became: 'neverArrived', answer: null } as const],
  ])('is a press as any other where that one %s', (_, recalled) => {
    const { handset } = pressedAgain(recalled, '5min');
    expect(handset.outcome()).toEqual({ done: true });
    expect(handset.display()).toBe('Bolus started');
  });

  test('says so once, and also from a snapshot', () => {
    const { pump, handset, clock } = pressedAgain(told(GRANTED), '5min');
    const copy = new PatientController({ port: pump.port, clock, ...KEYS });
    copy.load(JSON.parse(JSON.stringify(handset.save())));
    expect(copy.display()).toBe('Bolus started at the press before');
    copy.act(PRESS);
    pump.answerAll();
    expect(copy.display()).toBe('Bolus started');
  });
});

describe('the handset', () => {
  test('takes no second press while the first is on its way', () => {
    const pump = new FakePump();
    const handset = new PatientController({ port: pump.port, clock: new HandClock(), ...KEYS });
    handset.act(PRESS);
    expect(handset.outcome()).toBe('pending');
    expect(handset.display()).toBe('Asking the pump …');
    expect(() => handset.act(PRESS)).toThrow('has not been answered yet');
    pump.answerAll();
    expect(handset.display()).toBe('Bolus started');
  });

  test('nobody has pressed shows no bolus', () => {
    const { sim } = running({}, { bolus: BOLUS });
    expect(sim.display()).toBe('Ready');
    expect(sim.fork().display()).toBe('Ready');
  });
});
