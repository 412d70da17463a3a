import { expect, test } from 'vitest';
import { createPump } from '../../firmware-sim/index.ts';
import {
  bytesToHex,
  decodeFrame,
  encodeFrame,
  fromBytes,
  instant,
  type Json,
  requestBytes,
  Timeline,
  typeName,
  type Witness,
} from '../../shared/index.ts';
import { HandStation } from '../firmware/station.ts';
import { profileOf } from '../harness.ts';
import { Checker } from './checker.ts';

const PROFILE = 'synchromed-ii-like-20';
const SERIAL = 'BENCH-3';
const HOUR = 3_600_000;

/** A pump on the bench whose trace is written, and a way to be a station that speaks in a session of its own making. */
function tracedPump() {
  const lines = [JSON.stringify({ trace: 'thecal.trace/1', scenario: 'lost sessions', profile: PROFILE })];
  const timeline = new Timeline();
  const tell = (layer: string, kind: string, data: Json): number => {
    lines.push(JSON.stringify({ n: lines.length, t: timeline.now, layer, kind, data }));
    return lines.length - 1;
  };
  const witness: Witness = { cause: 0, tell, because: (_, work) => work() };
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
    station: new HandStation(give, 'clinician', SERIAL),
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
  const { lines, station, pass, strange } = tracedPump();
  station.open();
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
