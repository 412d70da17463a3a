import { describe, expect, test } from 'vitest';
import { Greetings } from '../../firmware-sim/firmware/memory/greetings.ts';
import { LastCommands } from '../../firmware-sim/firmware/memory/last-commands.ts';
import { keepSerial, readSerial } from '../../firmware-sim/firmware/memory/serial.ts';
import { keepTime, lastTime } from '../../firmware-sim/firmware/memory/stored-time.ts';
import { memoryStore } from '../../firmware-sim/index.ts';
import { instant, type Role, simulatedPairing, toBytes } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';

describe('the time a store holds', () => {
  const profile = profileOf('synchromed-ii-like-20');

  test('is 0 in one that is new', () => {
    expect(lastTime(memoryStore(), profile)).toBe(0);
  });

  test('is what was kept last, by itself', () => {
    const store = memoryStore();
    for (const at of [5000, 7000]) keepTime(store, instant(at));
    expect(lastTime(store, profile)).toBe(7000);
  });
});

test('what is kept as a time, and is none, counts as the beginning', () => {
  const store = memoryStore();
  store.write('time', () => toBytes('noon'));
  expect(lastTime(store, profileOf('synchromed-ii-like-20'))).toBe(0);
});

test('a store holds the serial number that was kept last; none where nothing is, or no text', () => {
  const store = memoryStore();
  expect(readSerial(store)).toBeUndefined();
  keepSerial(store, 'ONE');
  keepSerial(store, 'TWO');
  expect(readSerial(store)).toBe('TWO');
  store.write('serial', () => toBytes(7));
  expect(readSerial(store)).toBeUndefined();
});

test.each<Role>(['clinician', 'emergency'])('a %s who has asked for a session has in a snapshot, too', (role) => {
  const greetings = new Greetings(memoryStore());
  const asked = { role, nonce: '00112233445566778899aabbccddeeff' };
  const { session } = greetings.greet(
    asked,
    simulatedPairing('A'),
    () => 'noise',
    () => false,
  );
  const other = new Greetings(memoryStore());
  other.load(greetings.save());
  const [one, two] = [greetings.find(session), other.find(session)];
  expect(two).toMatchObject({ session, role, from: asked.nonce });
  expect(two?.key?.hex).toBe(one?.key?.hex);
  expect(two?.key === null).toBe(role === 'emergency');
});

test('a pump whose memory has failed does not say from a snapshot either that a command never arrived', () => {
  const commands = new LastCommands(memoryStore());
  const asked = { session: 1, sequence: 2 };
  expect(commands.recall('clinician', asked)).toMatchObject({ became: 'neverArrived' });
  commands.forget();
  const other = new LastCommands(memoryStore());
  other.load(commands.save());
  expect(other.recall('clinician', asked)).toMatchObject({ became: 'unknown' });
});
