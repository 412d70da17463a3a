import { beforeEach, describe, expect, test } from 'vitest';
import { RETRY_AFTER, Telemetry, TRIES } from '../../programmer/telemetry.ts';
import {
  type Answer,
  answerBytes,
  decodeFrame,
  encodeFrame,
  type Frame,
  instant,
  type MessageName,
  rate,
  silent,
  span,
  typeName,
} from '../../shared/index.ts';
import { REPLIES, REQUESTS } from '../shared/examples.ts';
import { HandClock } from './fake-pump.ts';

let clock: HandClock;
let sent: Uint8Array[];
let heard: (Answer | MessageName)[];
let take: (frame: Uint8Array) => void;
let telemetry: Telemetry;

function start(): void {
  const port = {
    send: (frame: Uint8Array) => void sent.push(frame),
    onFrame: (taker: typeof take) => {
      take = taker;
    },
  };
  telemetry = new Telemetry(port, clock, silent, {
    answered: (answer) => void heard.push(answer),
    unanswered: (name) => void heard.push(name),
  });
}

beforeEach(() => {
  clock = new HandClock();
  sent = [];
  heard = [];
  start();
});

/** The last frame sent, read. */
function last(): Frame {
  const frame = decodeFrame(sent.at(-1) ?? new Uint8Array());
  if ('error' in frame) throw new Error(frame.error);
  return frame;
}

function answer(given: Answer, change: Partial<Frame> = {}): void {
  const { session, sequence } = last();
  take(encodeFrame({ session, sequence, ...answerBytes(given), ...change }));
}

function wait(): void {
  clock.now = telemetry.due() ?? clock.now;
  telemetry.wake(clock.now);
}

/** Opens a session, which the pump calls number 1. */
function open(): void {
  telemetry.ask(REQUESTS.openSession);
  answer({ reply: REPLIES.openSession });
  heard = [];
}

describe('a request', () => {
  test('is sent once and waits for its answer', () => {
    telemetry.ask(REQUESTS.openSession);
    expect(sent).toHaveLength(1);
    expect(last()).toMatchObject({ session: 0, sequence: 1 });
    expect(telemetry.busy).toBe(true);
    expect(telemetry.due()).toBe(RETRY_AFTER);
    answer({ reply: REPLIES.openSession });
    expect(heard).toEqual([{ reply: REPLIES.openSession }]);
    expect(telemetry.busy).toBe(false);
    expect(telemetry.due()).toBeUndefined();
  });

  test('that no frame could carry is refused at once, and nothing is sent', () => {
    open();
    const before = sent.length;
    const step = { at: span(0), rate: rate.of(1) };
    const program = { type: 'dated' as const, first: rate.of(1), steps: Array.from({ length: 1000 }, () => step) };
    const { payload } = REQUESTS.stagePrescription;
    const prescription = { ...payload.prescription, program };
    telemetry.ask({ name: 'stagePrescription', payload: { ...payload, prescription } });
    expect(heard).toEqual([{ refused: { code: 'tooLong', also: [], until: null, shortest: null } }]);
    expect([sent.length, telemetry.busy, telemetry.due()]).toEqual([before, false, undefined]);
    telemetry.ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 1, sequence: 2 });
  });

  test('is asked again with the very same bytes, each time after the same wait', () => {
    clock.now = instant(500);
    telemetry.ask(REQUESTS.openSession);
    for (let tries = 1; tries < TRIES; tries++) {
      expect(telemetry.due()).toBe(500 + tries * RETRY_AFTER);
      wait();
      expect(sent).toHaveLength(tries + 1);
      expect(sent[tries]).toEqual(sent[0]);
    }
    expect(heard).toEqual([]);
  });

  test('is answered by the answer to any of its tries', () => {
    open();
    telemetry.ask(REQUESTS.stop);
    wait();
    answer({ reply: REPLIES.stop });
    expect(heard).toEqual([{ reply: REPLIES.stop }]);
  });

  test('is given up after the last try, told as unanswered, and the session with it', () => {
    open();
    telemetry.ask(REQUESTS.stop);
    for (let tries = 0; tries < TRIES; tries++) wait();
    expect(heard).toEqual(['stop']);
    expect(sent).toHaveLength(1 + TRIES);
    expect(telemetry.busy).toBe(false);
    expect(telemetry.due()).toBeUndefined();
    telemetry.ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 0, sequence: 3 });
  });

  test('waits for the one before it', () => {
    telemetry.ask(REQUESTS.openSession);
    expect(() => telemetry.ask(REQUESTS.interrogate)).toThrow('openSession is still unanswered');
    expect(sent).toHaveLength(1);
  });

  test('may be refused', () => {
    open();
    telemetry.ask(REQUESTS.stop);
    const refusal: Answer = { refused: { code: 'alreadyStopped', also: ['onShelf'], until: null, shortest: null } };
    answer(refusal);
    expect(heard).toEqual([refusal]);
  });
});

describe('a session', () => {
  test('is the one the pump opened, until it is closed', () => {
    open();
    telemetry.ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 1, sequence: 2 });
    answer({ reply: REPLIES.interrogate });
    telemetry.ask(REQUESTS.closeSession);
    expect(last()).toMatchObject({ session: 1, sequence: 3 });
    answer({ reply: REPLIES.closeSession });
    telemetry.ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 0, sequence: 4 });
  });

  test('is opened from outside, also where the one before was never closed', () => {
    open();
    telemetry.ask(REQUESTS.openSession);
    expect(last()).toMatchObject({ session: 0, sequence: 2 });
    answer({ reply: { ...REPLIES.openSession, payload: { ...REPLIES.openSession.payload, session: 2 } } });
    telemetry.ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 2, sequence: 3 });
  });

  test('restored from a snapshot between two tries goes on with the next', () => {
    open();
    telemetry.ask(REQUESTS.stop);
    wait();
    const saved = JSON.parse(JSON.stringify(telemetry.save()));
    const before = sent;
    sent = [];
    start();
    telemetry.load(saved);
    expect(telemetry.due()).toBe(2 * RETRY_AFTER);
    wait();
    expect(sent).toEqual([before[1]]);
    answer({ reply: REPLIES.stop });
    expect(heard).toEqual([{ reply: REPLIES.stop }]);
  });
});

describe('what is not the answer to what was asked is left alone', () => {
  const reply = { reply: REPLIES.stop };
  test.each<[string, () => void]>([
    ['an answer in another session', () => answer(reply, { session: 2 })],
    ['an answer outside any session', () => answer(reply, { session: 0 })],
    ['the answer to the request before', () => answer(reply, { sequence: 1 })],
    ['the answer to a request to come', () => answer(reply, { sequence: 3 })],
    ['the answer to another request', () => answer({ reply: REPLIES.resume })],
    ['the request itself, echoed', () => take(sent.at(-1) ?? new Uint8Array())],
    ['an answer with another payload', () => answer(reply, { payload: Uint8Array.from([0xa1, 0x61, 0x61, 0x01]) })],
    ['an answer with a payload nobody can read', () => answer(reply, { payload: Uint8Array.from([0xff]) })],
    ['noise', () => take(Uint8Array.from([1, 2, 3]))],
    ['nothing', () => take(new Uint8Array())],
  ])('%s', (_, arrive) => {
    open();
    telemetry.ask(REQUESTS.stop);
    const due = telemetry.due();
    arrive();
    expect(heard).toEqual([]);
    expect(telemetry.busy).toBe(true);
    expect(telemetry.due()).toBe(due);
    answer(reply);
    expect(heard).toEqual([reply]);
  });

  test('an answer that comes twice, or when nothing was asked', () => {
    open();
    telemetry.ask(REQUESTS.stop);
    answer(reply);
    answer(reply);
    expect(heard).toEqual([reply]);
    telemetry.ask(REQUESTS.resume);
    expect(typeName(last().type)).toBe('resume');
    answer(reply);
    expect(heard).toEqual([reply]);
  });
});
