import { expect, test } from 'vitest';
import { encodeFrame, type Key, type Request, requestBytes, simulatedPairing } from '../../shared/index.ts';
import { answerIn, BarePump, implantedPump, refusalOf, SERIAL } from './bare-pump.ts';
import { prescriptionOf, WALL } from './prescriptions.ts';
import { HandStation } from './station.ts';

const STOP: Request = { name: 'stop', payload: {} };
const AUTHENTICATE: Request = { name: 'authenticate', payload: {} };

const running = () => {
  const made = implantedPump();
  made.clinician.prescribe(prescriptionOf());
  return made;
};
const stationAt = (pump: BarePump, serial = SERIAL, role: 'clinician' | 'emergency' = 'clinician') =>
  new HandStation((bytes) => pump.give(bytes), role, serial);
/** The next frame of a session as somebody without its key, or with another, would send it. */
const forged = ({ session, sequence }: HandStation, request: Request, key: Key | null): Uint8Array =>
  encodeFrame({ session, sequence: sequence + 1, ...requestBytes(request) }, key);

test('nothing is open before the challenge is answered: no record, no command, no session of others closed', () => {
  const { pump, clinician } = running();
  const opened = pump.logged('sessionOpened').length;
  const stranger = stationAt(pump);
  stranger.greet();
  expect(pump.logged('sessionOpened')).toHaveLength(opened);
  expect(refusalOf(stranger.ask(STOP))?.code).toBe('noSession');
  expect(clinician.refused(STOP)).toBeUndefined();
});

test('who answers the challenge without the pump’s key is refused, logged, and closes nobody’s session', () => {
  const { pump, clinician } = running();
  for (const serial of ['ANOTHER', `${SERIAL}x`]) {
    const stranger = stationAt(pump, serial);
    expect(refusalOf(stranger.open())?.code).toBe('notPaired');
  }
  expect(pump.logged('frameRejected')).toEqual([{ error: 'tag' }]);
  expect(pump.firmware.rejected).toEqual({ tag: 2 });
  expect(clinician.refused(STOP)).toBeUndefined();
});

test.each<[string, (clinician: HandStation) => Key | null]>([
  ['no tag', () => null],
  ['the tag of the pairing key', () => simulatedPairing(SERIAL)],
  ['the tag of another pump’s key', () => simulatedPairing('ANOTHER')],
])('a command with %s changes nothing, is logged, and gets no answer', (_, keyOf) => {
  const { pump, clinician } = running();
  const before = pump.status();
  expect(pump.give(forged(clinician, STOP, keyOf(clinician)))).toBeUndefined();
  expect(pump.status()).toEqual(before);
  expect(pump.logged('frameRejected')).toEqual([{ error: 'tag' }]);
  expect(clinician.refused(STOP)).toBeUndefined();
});

test('a whole session recorded and played again opens nothing and carries out nothing', () => {
  const { pump, clinician } = running();
  clinician.do('closeSession');
  const recorded: Uint8Array[] = [];
  const heard = (bytes: Uint8Array) => {
    recorded.push(bytes);
    return pump.give(bytes);
  };
  const station = new HandStation(heard, 'clinician', SERIAL);
  station.open();
  expect(refusalOf(station.ask(STOP))).toBeUndefined();
  station.ask({ name: 'resume', payload: {} });
  station.ask({ name: 'closeSession', payload: {} });
  pump.pass('1min');
  const [stops, opened] = [pump.logged('deliveryStopped').length, pump.logged('sessionOpened').length];
  for (const bytes of recorded) pump.give(bytes);
  pump.reset(true);
  for (const bytes of recorded) pump.give(bytes);
  expect(pump.status().infusion).toBe('basal');
  expect(pump.logged('deliveryStopped')).toHaveLength(stops);
  expect(pump.logged('sessionOpened')).toHaveLength(opened);
});

test.each<[string, (pump: BarePump) => void]>([
  [
    'has lost its memory',
    (pump) => {
      pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
      pump.reset(true);
    },
  ],
  ['has been put in the place of another of its number', (pump) => pump.plant.act({ type: 'replace', serial: SERIAL })],
])('a whole life recorded and played again opens nothing at a pump that %s', (_, change) => {
  const pump = new BarePump();
  const recorded: Uint8Array[] = [];
  const heard = (bytes: Uint8Array) => {
    recorded.push(bytes);
    return pump.give(bytes);
  };
  const station = new HandStation(heard, 'clinician', SERIAL);
  station.open();
  station.ask({ name: 'implant', payload: { serial: SERIAL, wall: WALL } });
  change(pump);
  const before = pump.status();
  for (const bytes of recorded) pump.give(bytes);
  expect(pump.logged('sessionOpened')).toEqual([]);
  expect(pump.status()).toEqual(before);
});

test('no challenge is put twice, not even after a reset', () => {
  const pump = new BarePump();
  const nonces = new Set<string>();
  for (let i = 0; i < 20; i++) {
    if (i % 5 === 4) pump.reset(i % 2 === 0);
    const station = stationAt(pump);
    station.greet();
    nonces.add(station.key?.hex ?? '');
    station.sequence += 1;
    // The same question of the station, however often, and a key of its own each time.
    const again = stationAt(pump);
    again.sequence = i;
    again.greet();
    nonces.add(again.key?.hex ?? '');
  }
  expect(nonces.size).toBeGreaterThanOrEqual(20);
});

test('a challenge answered once is answered for good: the same proof in another session is none', () => {
  const pump = new BarePump();
  const station = stationAt(pump);
  station.greet();
  const proof = station.frame(AUTHENTICATE);
  const answer = pump.give(proof);
  expect(pump.give(proof)).toEqual(answer);
  station.open();
  const late = answerIn('authenticate', pump.give(proof));
  expect(late === undefined ? undefined : refusalOf(late)?.code).toBe('noSession');
  expect(pump.logged('sessionOpened')).toHaveLength(2);
});

test('the questions of others do not keep a station from its answer, as long as they are few', () => {
  const pump = new BarePump();
  const station = stationAt(pump);
  station.greet();
  for (let i = 1; i <= 3; i++) {
    const other = stationAt(pump, `OTHER-${i}`);
    other.sequence = i * 10;
    other.greet();
  }
  expect(refusalOf(station.ask(AUTHENTICATE))).toBeUndefined();
});

test('in an emergency the pump is read and stopped without a key, and nothing else is done', () => {
  const { pump } = running();
  const passerBy = stationAt(pump, 'NO CARD', 'emergency');
  expect(refusalOf(passerBy.open())).toBeUndefined();
  expect(refusalOf(passerBy.ask({ name: 'interrogate', payload: {} }))).toBeUndefined();
  expect(refusalOf(passerBy.ask({ name: 'resume', payload: {} }))?.code).toBe('roleTooLow');
  expect(refusalOf(passerBy.ask(STOP))).toBeUndefined();
  expect(pump.status()).toMatchObject({ infusion: 'stopped', stopped: { why: 'clinician' } });
});

test('a session of a clinician cannot be taken over by tagging nothing, as an emergency would', () => {
  const { pump, clinician } = running();
  stationAt(pump, SERIAL, 'emergency').open();
  expect(pump.give(forged(clinician, STOP, null))).toBeUndefined();
  expect(pump.status().infusion).toBe('basal');
});

test('neither serial number nor key ever stands in the event log', () => {
  const { pump, clinician } = running();
  clinician.refused({
    name: 'enterReservoir',
    payload: { serial: 'SOMEBODY’S', volume: prescriptionOf().lowReservoir, aspirated: null },
  });
  stationAt(pump, 'ANOTHER').open();
  pump.reset(true);
  const log = JSON.stringify(pump.firmware.save()).match(/"records":\[.*?\]\}/)?.[0] ?? '';
  expect(log).toContain('wrongSerial');
  for (const secret of [SERIAL, 'SOMEBODY', 'ANOTHER', simulatedPairing(SERIAL).hex]) expect(log).not.toContain(secret);
});
