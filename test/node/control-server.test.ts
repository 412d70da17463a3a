import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { volume } from '../../shared/index.ts';
import { profileDigest, trialAnswer } from '../../workbench/remote/messages.ts';
import { profileOf } from '../harness.ts';
import { closing, controlOf, socketTo } from './control.ts';
import { deskAt, livePump } from './live.ts';

const TRIAL = {
  do: 'trial',
  name: 'synchromed-ii-like-20',
  profile: profileDigest(profileOf('synchromed-ii-like-20')),
  serial: 'TRIAL-1',
  executor: 'table',
  station: 'a-station-of-its-own',
};
const INJECTION = { hands: { inject: { volume: '20 mL', baclofen: '500 mcg/mL' } } };

test.each([
  ['no JSON', 'hello', { id: null, error: 'malformed' }],
  ['no object', '[]', { id: null, error: 'malformed' }],
  ['no request', '{"id":7,"do":"explode"}', { id: 7, error: 'malformed' }],
  ['no number', '{"do":"now"}', { id: null, error: 'malformed' }],
  ['something more', '{"id":7,"do":"now","and":1}', { id: 7, error: 'malformed' }],
  ['a fraction of a millisecond', '{"id":7,"do":"advanceTo","to":0.5}', { id: 7, error: 'malformed' }],
  ['an instant after all instants', '{"id":7,"do":"advanceTo","to":1e300}', { id: 7, error: 'malformed' }],
  ['time that is not held', '{"id":7,"do":"advanceTo","to":1}', { id: 7, error: 'notHeld' }],
  ['an act nobody wrote', '{"id":7,"do":"act","act":{"hands":"juggle"}}', { id: 7, error: 'malformed' }],
  ['an act of a clinician', '{"id":7,"do":"act","act":{"clinician":"stop"}}', { id: 7, error: 'notHere' }],
  ['an act of the patient', '{"id":7,"do":"act","act":{"patient":"requestBolus"}}', { id: 7, error: 'notHere' }],
  ['a fault of the link', '{"id":7,"do":"act","act":{"world":"disconnect"}}', { id: 7, error: 'notHere' }],
  ['no trial', '{"id":7,"do":"takeFrame","now":0,"last":0,"cause":0}', { id: 7, error: 'noTrial' }],
])('%s is answered with what was wrong', async (_, message, answer) => {
  const { control, failures } = await livePump();
  const { say } = await controlOf(control);
  expect(await say(message, answer.id)).toMatchObject(answer);
  // Nothing has been done to it: the first thing due is that its battery gives out.
  const { batteryLife } = profileOf('synchromed-ii-like-20');
  expect(await say('{"id":8,"do":"due"}', 8)).toEqual({ id: 8, done: { due: batteryLife } });
  expect(failures).toEqual([]);
});

test.each([
  ['an act', (deep: string) => `{"id":7,"do":"act","act":{"hands":${deep}}}`],
  ['a call', (deep: string) => `{"id":7,"do":"call","now":0,"last":0,"cause":0,"call":{"type":${deep}}}`],
  ['a number', (deep: string) => `{"id":${deep},"do":"now"}`],
  ['nothing', (deep: string) => deep],
])('what is nested as deep as a message is long, as %s, is malformed and no more', async (_, message) => {
  const { control, failures } = await livePump();
  const { say } = await controlOf(control);
  for (const [open, close] of [
    ['[', ']'],
    ['{"inject":', '}'],
  ] as const) {
    const depth = Math.floor(450_000 / open.length);
    const text = message(`${open.repeat(depth)}1${close.repeat(depth)}`);
    const id = text.includes('"id":7') ? 7 : null;
    expect(await say(text, id)).toMatchObject({ id, error: 'malformed' });
  }
  expect(await say('{"id":8,"do":"due"}', 8)).toMatchObject({ done: {} });
  expect(failures).toEqual([]);
});

test('bytes are refused where text is expected, and so is a message without end', async () => {
  const { control } = await livePump();
  const binary = await socketTo(control);
  binary.send(new Uint8Array(4));
  expect(await closing(binary)).toEqual({ code: 1003, reason: 'text messages only' });
  const long = await socketTo(control);
  long.send(' '.repeat(1_000_001));
  expect((await closing(long)).code).toBe(1009);
});

test('hands fill the pump and the world makes it run fast: truth moves, belief does not', async () => {
  const { control, telemetry } = await livePump();
  const { ask } = await controlOf(control);
  expect(await ask({ do: 'act', act: INJECTION })).toMatchObject({ done: { done: true } });
  expect(await ask({ do: 'act', act: INJECTION })).toMatchObject({ done: { refused: 'overfull', by: 'hands' } });
  expect(await ask({ do: 'act', act: { world: { flowBias: '+15 %' } } })).toMatchObject({ done: { done: true } });
  expect(await ask({ do: 'truth' })).toMatchObject({ done: { reservoir: volume.parse('20 mL') } });
  expect(await ask({ do: 'belief' })).toMatchObject({ done: { serial: 'LIVE-1', volume: 0 } });
  const desk = await deskAt(telemetry);
  await desk.clinician({ type: 'refill', aspirated: null, volume: volume.parse('20 mL') });
  expect(await ask({ do: 'belief' })).toMatchObject({ done: { volume: volume.parse('20 mL') } });
  expect(await ask({ do: 'act', act: { hands: 'drain' } })).toMatchObject({
    done: { done: true, reading: volume.parse('20 mL') },
  });
});

describe('held time', () => {
  test('stands still until it is told to go on, and then does whatever is due', async () => {
    const { control, telemetry } = await livePump();
    const { ask } = await controlOf(control);
    const desk = await deskAt(telemetry);
    await desk.clinician({ type: 'implant' });
    await desk.clinician({ type: 'endSession' });
    const { done: held } = (await ask({ do: 'hold' })) as { done: { now: number } };
    const next = (await ask({ do: 'due' })) as { done: { due: number } };
    expect(next.done.due).toBeGreaterThan(held.now);
    expect(await ask({ do: 'now' })).toMatchObject({ done: { now: held.now, held: true } });
    const day = held.now + 86_400_000;
    expect(await ask({ do: 'advanceTo', to: day })).toMatchObject({ done: { now: day } });
    expect(await ask({ do: 'advanceTo', to: day - 1 })).toMatchObject({ error: 'timeBack' });
    expect(await ask({ do: 'advanceTo', to: day + 32 * 86_400_000 })).toMatchObject({ error: 'tooFar' });
    expect(await ask({ do: 'belief' })).toMatchObject({ done: { now: day } });
    expect(await ask({ do: 'release' })).toMatchObject({ done: { held: false } });
  });

  test('goes on by itself when the last connection that held it has gone', async () => {
    const { control, pump } = await livePump();
    const [one, other, onlooker] = [await controlOf(control), await controlOf(control), await controlOf(control)];
    await one.ask({ do: 'hold' });
    await other.ask({ do: 'hold' });
    one.socket.close();
    await once(one.socket, 'close');
    expect(await onlooker.ask({ do: 'now' })).toMatchObject({ done: { held: true } });
    other.socket.terminate();
    await expect.poll(() => pump.held, { interval: 5 }).toBe(false);
  });

  test('is released by whoever says so, and then nobody holds it', async () => {
    const { control, pump } = await livePump();
    const [one, other] = [await controlOf(control), await controlOf(control)];
    await one.ask({ do: 'hold' });
    expect(await other.ask({ do: 'release' })).toMatchObject({ done: { held: false } });
    await other.ask({ do: 'hold' });
    one.socket.close();
    await once(one.socket, 'close');
    expect(await other.ask({ do: 'now' })).toMatchObject({ done: { held: true } });
    expect(pump.held).toBe(true);
  });

  test('answers frames at its instant', async () => {
    const { control, telemetry } = await livePump();
    const { ask } = await controlOf(control);
    const { done } = (await ask({ do: 'hold' })) as { done: { now: number } };
    const desk = await deskAt(telemetry);
    expect(await desk.clinician({ type: 'interrogate' })).toEqual({ done: true });
    expect(desk.programmer.knows.status?.now).toBe(done.now);
  });
});

describe('a pump on trial', () => {
  const call = (now: number, call: object) => ({ do: 'call', now, last: 0, cause: 0, call });

  test('is factory-new and leaves the pump of the process alone', async () => {
    const { control } = await livePump();
    const { ask } = await controlOf(control);
    await ask({ do: 'act', act: INJECTION });
    expect(await ask(TRIAL)).toMatchObject({ done: null });
    const { done } = await ask(call(5, { type: 'powerOn' }));
    const { handled, records } = trialAnswer.parse(done);
    expect(handled).toBe(1);
    expect(records.map(({ kind, because }) => `${kind} ${because}`)).toEqual(['event 0', 'log 1', 'rate 1', 'flow 3']);
    expect(await ask(call(5, { type: 'truth' }))).toMatchObject({ done: { value: { reservoir: 0 } } });
    expect(await ask(call(4, { type: 'truth' }))).toMatchObject({ error: 'timeBack' });
    expect(await ask({ do: 'truth' })).toMatchObject({ done: { reservoir: volume.parse('20 mL') } });
  });

  test('is refused where the device is another, in its name or in a parameter', async () => {
    const { control } = await livePump();
    const { ask } = await controlOf(control);
    const message = 'the process there runs pumps of the profile synchromed-ii-like-20, not';
    expect(await ask({ ...TRIAL, name: 'generic-pca', profile: 'other' })).toMatchObject({
      error: 'wrongProfile',
      message: `${message} generic-pca`,
    });
    expect(await ask({ ...TRIAL, profile: 'other' })).toMatchObject({
      message: `${message} synchromed-ii-like-20 with other parameters`,
    });
  });

  test('ends with the connection that put it there, and its station is free again', async () => {
    const { control, trials } = await livePump();
    const [one, other] = [await controlOf(control), await controlOf(control)];
    await one.ask(TRIAL);
    expect(await other.ask(TRIAL)).toMatchObject({ error: 'busy' });
    one.socket.close();
    await expect.poll(() => trials.size, { interval: 5 }).toBe(0);
    expect(await other.ask(TRIAL)).toMatchObject({ done: null });
  });

  test('takes a frame whether its instant or its bytes come first, and not more than a few without', async () => {
    const { control, telemetry } = await livePump();
    const { ask } = await controlOf(control);
    await ask(TRIAL);
    const frame = Uint8Array.of(1, 2, 3);
    const take = { do: 'takeFrame', now: 1, last: 0, cause: 0 };
    const station = await socketTo(`${telemetry}/?station=${TRIAL.station}`);
    const answered = ask(take);
    expect(await ask(take)).toMatchObject({ error: 'busy' });
    station.send(frame);
    expect(await answered).toMatchObject({ done: { value: false, records: [{ kind: 'log' }] } });
    const closed = closing(station);
    // Another fault than the one before, which is only counted by now.
    for (let i = 0; i < 9; i++) station.send(Uint8Array.of(0x7e, 0xc1, 9));
    expect(await closed).toEqual({ code: 1008, reason: 'too many frames' });
    expect(await ask(take)).toMatchObject({ done: { value: false, records: [{ kind: 'log' }] } });
  });
});

test.each([
  ['hello', 'no JSON: expected an object such as { "id": 1, "do": "now" }'],
  ['{"id":7,"do":"explode"}', 'do: "explode": expected a request, of now, hold, release, advanceTo, act,'],
  ['{"id":7,"do":"now","and":1}', 'unknown key "and": expected one of id, do'],
  ['{"id":7,"do":"advanceTo","to":0.5}', 'to: 0.5: expected a whole number of 0 or more'],
  ['{"id":7,"do":"act","act":"drain"}', 'act: "drain": expected an act as in a step, such as { "hands": "drain" }'],
  [
    '{"id":7,"do":"call","now":0,"last":0,"cause":0,"call":{"type":"x"}}',
    'call.type: expected one of powerOn, wake, hands, inflict, readingTyped, status, truth',
  ],
])('of %s it is said where, what was found and what was expected', async (text, message) => {
  const { control } = await livePump();
  const { say } = await controlOf(control);
  const answer = await say(text, text === 'hello' ? null : 7);
  expect(answer['message']).toMatch(new RegExp(`^${message.replaceAll(/[.{}]/g, '\\$&')}`));
});
