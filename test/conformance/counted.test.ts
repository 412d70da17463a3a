import { expect, test } from 'vitest';
import { createPump } from '../../firmware-sim/index.ts';
import {
  bytesToHex,
  decodeFrame,
  encodeFrame,
  fromBytes,
  instant,
  type Json,
  prescriptionDigest,
  type Role,
  requestBytes,
  Timeline,
  typeName,
  volume,
  type Witness,
} from '../../shared/index.ts';
import { prescriptionOf, WALL } from '../firmware/prescriptions.ts';
import { HandStation } from '../firmware/station.ts';
import { profileOf } from '../harness.ts';
import { Checker } from './checker.ts';

const PROFILE = 'synchromed-ii-like-20';
const SERIAL = 'BENCH-3';
const HOUR = 3_600_000;

/** A pump on the bench whose trace is written, and a way to be a station that speaks in a session of its own making. */
function tracedPump() {
  const lines = [JSON.stringify({ trace: 'thecal.trace/1', scenario: 'counted', profile: PROFILE })];
  const timeline = new Timeline();
  const tell = (layer: string, kind: string, data: Json): number => {
    lines.push(JSON.stringify({ n: lines.length, t: timeline.now, layer, kind, data }));
    return lines.length - 1;
  };
  const witness: Witness = { cause: 0, hears: () => true, tell, because: (_, work) => work() };
  let take: (bytes: Uint8Array) => void = () => undefined;
  let sent: Uint8Array | undefined;
  const told = (bytes: Uint8Array, way: { from: string; to: string }): void => {
    const frame = decodeFrame(bytes);
    if ('error' in frame) throw new Error(frame.error);
    const { session, sequence, type, payload } = frame;
    const said = { name: typeName(type), answer: type >= 0x80, session, sequence, payload: fromBytes(payload) as Json };
    tell('link', 'frame', { ...way, ...said, bytes: bytesToHex(bytes) });
  };
  const { firmware, plant } = createPump({
    profile: profileOf(PROFILE),
    serial: SERIAL,
    clock: timeline,
    antenna: {
      send: (bytes) => {
        sent = bytes;
      },
      onFrame: (listener) => {
        take = listener;
      },
    },
    executor: 'table',
    witness,
  });
  timeline.join(plant);
  timeline.join(firmware);
  firmware.powerOn();
  const give = (bytes: Uint8Array): Uint8Array | undefined => {
    sent = undefined;
    told(bytes, { from: 'programmer', to: 'pump' });
    take(bytes);
    if (sent !== undefined) told(sent, { from: 'pump', to: 'programmer' });
    return sent;
  };
  let sequence = 1000;
  return {
    lines,
    stationOf: (role: Role) => new HandStation(give, role, SERIAL),
    pass: (ms: number) => timeline.advanceTo(instant(timeline.now + ms)),
    /** A frame of a session nobody was given. */
    strange: () => {
      sequence += 1;
      give(encodeFrame({ session: 999, sequence, ...requestBytes({ name: 'interrogate', payload: {} }) }));
    },
  };
}

const mismatches = (lines: readonly string[]) => {
  const checker = new Checker();
  for (const line of lines) checker.line(line);
  checker.finish();
  return checker.mismatches;
};

/** Three strange frames on the first day, two on the second, and one long after. */
function flooded(): string[] {
  const { lines, stationOf, pass, strange } = tracedPump();
  stationOf('clinician').open();
  for (const wait of [0, 5 * HOUR, 0, 30 * HOUR, HOUR, 90 * HOUR]) {
    pass(wait);
    strange();
  }
  pass(30 * HOUR);
  return lines;
}

test('the second pump counts rejected frames as the first does, and tells them a day later', () => {
  const lines = flooded();
  const told = lines.filter((line) => line.includes('"kind":"frameRejected"')).map((line) => JSON.parse(line));
  expect(told.map(({ t, data }) => [t / HOUR, data.data])).toEqual([
    [0, { error: 'session' }],
    [24, { error: 'session', more: 2 }],
    [48, { error: 'session', more: 2 }],
    [126, { error: 'session' }],
  ]);
  expect(mismatches(lines)).toEqual([]);
});

test.each<[string, (line: string) => string]>([
  ['told with one more', (line) => line.replace('"more":2', '"more":3')],
  [
    'told an hour early',
    (line) => line.replace(`"at":${24 * HOUR},"kind":"frameRejected"`, `"at":${23 * HOUR},"kind":"frameRejected"`),
  ],
  ['told as one frame', (line) => line.replace(',"more":2', '')],
])('a count of rejected frames that is %s is caught', (_, change) => {
  const lines = flooded();
  const changed = lines.map(change);
  expect(changed).not.toEqual(lines);
  expect(mismatches(changed)[0]).toMatchObject({ what: expect.stringMatching(/^log/) });
});

/** Somebody near comes three times on the first day and once on the second, is refused, and stops the pump in between. */
function besieged(): string[] {
  const { lines, stationOf, pass } = tracedPump();
  const clinician = stationOf('clinician');
  clinician.open();
  clinician.ask({ name: 'implant', payload: { serial: SERIAL, wall: WALL } });
  const prescription = prescriptionOf();
  const digest = prescriptionDigest(prescription);
  clinician.ask({
    name: 'enterReservoir',
    payload: { serial: SERIAL, volume: volume.parse('20 mL'), aspirated: null },
  });
  clinician.ask({
    name: 'stagePrescription',
    payload: { serial: SERIAL, prescription, run: false, override: false, endOpening: false },
  });
  clinician.ask({ name: 'beginUpdate', payload: { digest } });
  clinician.ask({ name: 'commitUpdate', payload: { digest, library: null } });
  const passerBy = stationOf('emergency');
  for (const wait of [0, HOUR, 10 * HOUR, 20 * HOUR]) {
    pass(wait);
    passerBy.open();
    passerBy.ask({ name: 'resume', payload: {} });
    passerBy.ask({ name: 'stop', payload: {} });
    if (wait !== HOUR) passerBy.ask({ name: 'closeSession', payload: {} });
  }
  pass(60 * HOUR);
  return lines;
}

test('the second pump counts what emergency sessions do again as the first does', () => {
  const lines = besieged();
  const logged = lines.flatMap((line) => {
    const { t, kind, data } = JSON.parse(line);
    return kind === 'log' ? [[t / HOUR, data.kind, data.data]] : [];
  });
  expect(logged.filter(([, kind]) => kind === 'emergencySessions')).toEqual([
    [24, 'emergencySessions', { opened: 2, closed: 1, lost: 0, refused: 4 }],
    [48, 'emergencySessions', { opened: 1, closed: 1, lost: 0, refused: 2 }],
  ]);
  expect(logged.filter(([, kind]) => kind === 'deliveryStopped')).toEqual([
    [0, 'deliveryStopped', { why: 'clinician', by: 'emergency' }],
  ]);
  expect(mismatches(lines)).toEqual([]);
});

test.each<[string, (line: string) => string]>([
  ['one more was opened', (line) => line.replace('"opened":2', '"opened":3')],
  ['a refusal less', (line) => line.replace('"refused":4', '"refused":3')],
  ['a stop that a clinician gave', (line) => line.replace(',"by":"emergency"', '')],
])('of emergency sessions %s is caught', (_, change) => {
  const lines = besieged();
  const changed = lines.map(change);
  expect(changed).not.toEqual(lines);
  expect(mismatches(changed)[0]).toMatchObject({ what: expect.stringMatching(/^log/) });
});
