import { describe, expect, test } from 'vitest';
import { EventLog, History } from '../../firmware-sim/index.ts';
import {
  encodeFrame,
  MESSAGE_NAMES,
  type MessageName,
  mayAsk,
  parseDuration,
  type Request,
  ROLES,
  type Role,
  rate,
  requestBytes,
} from '../../shared/index.ts';
import { LIBRARY } from '../shared/examples.ts';
import { answerIn, BarePump, implantedPump, refusalOf, SERIAL } from './bare-pump.ts';
import { prescriptionOf, stagedOf, WALL } from './prescriptions.ts';

const { digest } = stagedOf(prescriptionOf());

/** One well-formed request of each kind. */
const REQUESTS: { readonly [N in MessageName]: Extract<Request, { name: N }> } = {
  openSession: { name: 'openSession', payload: { role: 'clinician', nonce: 'ab'.repeat(16) } },
  authenticate: { name: 'authenticate', payload: {} },
  recall: { name: 'recall', payload: { session: 1, sequence: 1 } },
  closeSession: { name: 'closeSession', payload: {} },
  interrogate: { name: 'interrogate', payload: {} },
  implant: { name: 'implant', payload: { serial: SERIAL, wall: WALL } },
  enterReservoir: {
    name: 'enterReservoir',
    payload: { serial: SERIAL, volume: prescriptionOf().lowReservoir, aspirated: null },
  },
  stagePrescription: {
    name: 'stagePrescription',
    payload: { serial: SERIAL, prescription: prescriptionOf(), run: false, override: false, endOpening: false },
  },
  beginUpdate: { name: 'beginUpdate', payload: { digest } },
  commitUpdate: { name: 'commitUpdate', payload: { digest, library: null } },
  stop: { name: 'stop', payload: {} },
  resume: { name: 'resume', payload: {} },
  minimumRate: { name: 'minimumRate', payload: {} },
  setClock: { name: 'setClock', payload: { wall: WALL } },
  readHistory: { name: 'readHistory', payload: { from: 1 } },
  readLog: { name: 'readLog', payload: { from: 1 } },
  requestBolus: { name: 'requestBolus', payload: {} },
  silenceAlarm: { name: 'silenceAlarm', payload: { alarm: 'lowReservoir' } },
  noteLimit: { name: 'noteLimit', payload: { serial: SERIAL, answer: 'asked', library: LIBRARY, limits: [] } },
  clinicianBolus: {
    name: 'clinicianBolus',
    payload: { serial: SERIAL, rate: rate.parse('4.8 mL/day'), duration: parseDuration('30min'), then: 'basal' },
  },
  clearAlarm: { name: 'clearAlarm', payload: { serial: SERIAL, alarm: 'stall' } },
  setAlarmInterval: { name: 'setAlarmInterval', payload: { serial: SERIAL, interval: parseDuration('5min') } },
  testAlarm: { name: 'testAlarm', payload: {} },
  noteDiscrepancy: {
    name: 'noteDiscrepancy',
    payload: {
      serial: SERIAL,
      expected: prescriptionOf().lowReservoir,
      aspirated: prescriptionOf().lowReservoir,
      reason: 'misread',
      note: 'read twice',
    },
  },
};
const requests = MESSAGE_NAMES.map((name) => REQUESTS[name]);
const opening: readonly MessageName[] = ['openSession', 'authenticate'];
const inSessions = requests.filter(({ name }) => !opening.includes(name));

const running = () => {
  const made = implantedPump();
  made.clinician.prescribe(prescriptionOf());
  return made;
};

describe('roles', () => {
  const mayNot = ROLES.flatMap((role) =>
    requests.flatMap((request) => (mayAsk(role, request.name) ? [] : [{ role, name: request.name, request }])),
  );

  test('the emergency role may interrogate and stop, whoever refills may interrogate and enter the volume', () => {
    const may = (role: Role) => MESSAGE_NAMES.filter((name) => mayAsk(role, name));
    expect(may('emergency')).toEqual(['openSession', 'authenticate', 'closeSession', 'interrogate', 'stop']);
    expect(may('refill')).toEqual([
      'openSession',
      'authenticate',
      'closeSession',
      'recall',
      'interrogate',
      'enterReservoir',
      'noteDiscrepancy',
    ]);
    expect(may('patient')).toEqual([
      'openSession',
      'authenticate',
      'closeSession',
      'recall',
      'interrogate',
      'requestBolus',
    ]);
    expect(may('clinician')).toEqual(MESSAGE_NAMES);
  });

  test.each(mayNot)('$name is refused to the role $role, logged, and changes nothing', ({ role, request }) => {
    const { pump } = running();
    const station = pump.open(role);
    const before = pump.status();
    expect(station.refused(request)).toBe('roleTooLow');
    expect(pump.status()).toEqual(before);
    expect(pump.logged('commandRefused')).toEqual([{ command: request.name, code: 'roleTooLow', also: [] }]);
  });

  test('a clinician may do what a patient may', () => {
    const { pump, clinician } = running();
    expect(clinician.refused(REQUESTS.requestBolus)).toBeUndefined();
    expect(pump.status().infusion).toBe('patientBolus');
  });

  test('patient and clinician talk to the pump side by side, each in a session of his own', () => {
    const { pump, clinician } = running();
    const patient = pump.open('patient');
    expect(patient.session).not.toBe(clinician.session);
    expect(clinician.refused(REQUESTS.stop)).toBeUndefined();
    expect(patient.refused(REQUESTS.interrogate)).toBeUndefined();
    patient.do('closeSession');
    expect(clinician.refused(REQUESTS.resume)).toBeUndefined();
  });
});

describe('the same frame again', () => {
  test.each(inSessions)('$name: the same bytes back, carried out once', (request) => {
    const { pump, clinician } = running();
    if (request.name === 'resume') clinician.do('stop');
    if (request.name === 'beginUpdate' || request.name === 'commitUpdate') clinician.stage(prescriptionOf());
    if (request.name === 'commitUpdate') clinician.begin(prescriptionOf());
    const frame = clinician.frame(request);
    const answer = pump.give(frame);
    const after = pump.firmware.save();
    expect(pump.give(frame)).toEqual(answer);
    expect(pump.firmware.save()).toEqual(after);
  });

  test('opening a session: the same session', () => {
    const pump = new BarePump();
    const frame = encodeFrame({ session: 0, sequence: 7, ...requestBytes(REQUESTS.openSession) });
    const answer = pump.give(frame);
    const after = pump.firmware.save();
    expect(pump.give(frame)).toEqual(answer);
    expect(pump.firmware.save()).toEqual(after);
  });

  test('a minute later the status it got then, not a new one', () => {
    const { pump, clinician } = running();
    const frame = clinician.frame(REQUESTS.interrogate);
    const answer = pump.give(frame);
    pump.pass('1min');
    expect(pump.give(frame)).toEqual(answer);
  });

  test('a refusal is repeated too, and logged once', () => {
    const { pump, clinician } = running();
    const frame = clinician.frame(REQUESTS.resume);
    expect(pump.give(frame)).toEqual(pump.give(frame));
    expect(pump.logged('commandRefused')).toHaveLength(1);
  });
});

describe('sessions', () => {
  test('opening again closes the one before, as lost', () => {
    const { pump, clinician } = running();
    const again = pump.open('clinician');
    expect(pump.logged('sessionClosed')).toEqual([{ role: 'clinician', lost: true }]);
    expect(clinician.refused(REQUESTS.interrogate)).toBe('noSession');
    expect(again.refused(REQUESTS.interrogate)).toBeUndefined();
  });

  test('an opening with the sequence number the open session has reached is an opening all the same', () => {
    const { pump, clinician } = running();
    const frame = encodeFrame({ session: 0, sequence: clinician.sequence, ...requestBytes(REQUESTS.openSession) });
    expect(answerIn('openSession', pump.give(frame))).toMatchObject({ reply: { name: 'openSession' } });
  });

  test('a number nobody has been given is refused', () => {
    const { pump, clinician } = running();
    clinician.session += 1;
    const before = pump.status();
    expect(clinician.refused(REQUESTS.stop)).toBe('noSession');
    expect(pump.status()).toEqual(before);
    expect(pump.logged('frameRejected')).toEqual([{ error: 'session' }]);
  });

  test('outside a session nothing but opening one is answered with anything but a refusal', () => {
    for (const request of requests.filter(({ name }) => name !== 'openSession')) {
      const pump = new BarePump();
      const bytes = encodeFrame({ session: 0, sequence: 1, ...requestBytes(request) });
      const answer = answerIn(request.name, pump.give(bytes));
      expect(answer === undefined ? undefined : refusalOf(answer)?.code).toBe('noSession');
    }
  });

  test('closing one ends it and is logged once', () => {
    const { pump, clinician } = running();
    expect(clinician.refused(REQUESTS.closeSession)).toBeUndefined();
    expect(pump.logged('sessionClosed')).toEqual([{ role: 'clinician', lost: false }]);
    expect(clinician.refused(REQUESTS.interrogate)).toBe('noSession');
  });
});

describe.each([true, false])('a processor that starts anew, time lost: %s', (timeLost) => {
  test('knows no session: who talks on is told so, and who opens one is heard', () => {
    const { pump, clinician } = running();
    const patient = pump.open('patient');
    pump.pass('1min');
    pump.reset(timeLost);
    expect(clinician.refused(REQUESTS.stop)).toBe('noSession');
    expect(patient.refused(REQUESTS.requestBolus)).toBe('noSession');
    expect(pump.status()).toMatchObject({ infusion: 'basal', granted: 0 });
    expect(pump.open('clinician').refused(REQUESTS.interrogate)).toBeUndefined();
  });

  test('gives no session the number of an old one, and repeats no old answer', () => {
    const { pump, clinician } = running();
    const farewell = clinician.frame(REQUESTS.closeSession);
    pump.give(farewell);
    pump.reset(timeLost);
    const again = pump.open('clinician');
    expect(again.session).toBeGreaterThan(clinician.session);
    const answer = answerIn('closeSession', pump.give(farewell));
    expect(answer === undefined ? undefined : refusalOf(answer)?.code).toBe('noSession');
  });

  test('gives up no silent session any more', () => {
    const { pump } = running();
    pump.reset(timeLost);
    const before = pump.logged('sessionClosed').length;
    pump.pass('1h');
    expect(pump.logged('sessionClosed')).toHaveLength(before);
  });

  test('has its log and history as before, and one record more', () => {
    const { pump, clinician } = running();
    pump.pass('1min');
    const { logCapacity } = pump.profile;
    const log = EventLog.inStore(pump.store, logCapacity);
    const history = History.inStore(pump.store, pump.profile.historyCapacity);
    pump.reset(timeLost);
    const [last, ...more] = EventLog.inStore(pump.store, logCapacity).slice(log.length);
    expect(last).toMatchObject({ number: log.length + 1, kind: 'reset', data: { timeLost } });
    expect(more).toEqual([]);
    expect(History.inStore(pump.store, pump.profile.historyCapacity)).toEqual(history);
    expect(clinician.refused(REQUESTS.readLog)).toBe('noSession');
    expect(pump.open('clinician').prescribe(prescriptionOf())).toMatchObject({ reply: { payload: { record: 2 } } });
  });
});

describe('another pump in the place of this one', () => {
  test('knows no session, no prescription and no record but its own', () => {
    const { pump, clinician } = running();
    pump.plant.act({ type: 'replace', serial: 'NEW-2' });
    expect(clinician.refused(REQUESTS.interrogate)).toBe('noSession');
    expect(pump.status()).toMatchObject({
      serial: 'NEW-2',
      service: 'shelf',
      prescription: null,
      record: 0,
      wall: null,
    });
    expect(History.inStore(pump.store, pump.profile.historyCapacity).entries).toEqual([]);
    const log = EventLog.inStore(pump.store, pump.profile.logCapacity);
    expect(log.map(({ number, kind }) => [number, kind])).toEqual([
      [1, 'powerOn'],
      [2, 'frameRejected'],
    ]);
    expect(pump.open('clinician', 'NEW-2').refused(REQUESTS.implant)).toBe('wrongSerial');
  });
});

describe('a silent session', () => {
  test('is given up after exactly the profile’s time, an update in it abandoned', () => {
    const { pump, clinician } = running();
    clinician.stage(prescriptionOf({ basal: '0.5 mL/day' }));
    clinician.begin(prescriptionOf({ basal: '0.5 mL/day' }));
    pump.pass('14min 59.999s');
    expect(pump.status().infusion).toBe('updating');
    pump.pass('1ms');
    expect(pump.status().stopped?.why).toBe('updateInterrupted');
    expect(pump.logged('sessionClosed')).toEqual([{ role: 'clinician', lost: true }]);
    expect(clinician.refused(REQUESTS.interrogate)).toBe('noSession');
  });

  test('lives on from each frame', () => {
    const { pump, clinician } = running();
    for (let i = 0; i < 4; i++) {
      pump.pass('14min 59.999s');
      expect(clinician.refused(REQUESTS.interrogate)).toBeUndefined();
    }
  });

  test('each session has its own time', () => {
    const { pump, clinician } = running();
    pump.pass('10min');
    const patient = pump.open('patient');
    pump.pass('5min');
    expect(clinician.refused(REQUESTS.interrogate)).toBe('noSession');
    expect(patient.refused(REQUESTS.interrogate)).toBeUndefined();
  });
});
