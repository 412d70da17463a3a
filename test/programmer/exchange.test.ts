import { beforeEach, describe, expect, test } from 'vitest';
import { Exchange, RENEWED_FROM, RETRY_AFTER, TRIES } from '../../programmer/exchange.ts';
import {
  type Answer,
  answerBytes,
  decodeFrame,
  encodeFrame,
  type Frame,
  instant,
  type Key,
  MOST_NUMBER,
  type Request,
  rate,
  silent,
  simulatedPairing,
  span,
  typeName,
} from '../../shared/index.ts';
import { REPLIES, REQUESTS } from '../shared/examples.ts';
import { HandClock, refused } from './fake-pump.ts';

let clock: HandClock;
let sent: Uint8Array[];
let heard: (Answer | 'nothing')[];
let take: (frame: Uint8Array) => void;
let exchange: Exchange;

const KEY = simulatedPairing('exchange');

function start(): void {
  const port = {
    send: (frame: Uint8Array) => void sent.push(frame),
    onFrame: (taker: typeof take) => {
      take = taker;
    },
  };
  exchange = new Exchange(port, clock, silent, {
    answered: (answer) => void heard.push(answer),
    unanswered: () => void heard.push('nothing'),
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

function answer(given: Answer, change: Partial<Frame> = {}, key: Key | null = KEY): void {
  const { session, sequence } = last();
  take(encodeFrame({ session, sequence, ...answerBytes(given), ...change }, session === 0 ? null : key));
}

function wait(): void {
  clock.now = exchange.due() ?? clock.now;
  exchange.wake(clock.now);
}

const ask = (request: Request): void => exchange.ask(request, 1, KEY);

describe('a request', () => {
  test('is sent once and waits for its answer', () => {
    exchange.ask(REQUESTS.openSession, 0, null);
    expect(sent).toHaveLength(1);
    expect(last()).toMatchObject({ session: 0, sequence: 1 });
    expect(exchange.busy).toBe(true);
    expect(exchange.due()).toBe(RETRY_AFTER);
    answer({ reply: REPLIES.openSession });
    expect(heard).toEqual([{ reply: REPLIES.openSession }]);
    expect(exchange.busy).toBe(false);
    expect(exchange.due()).toBeUndefined();
  });

  test('that no frame could carry is refused at once, and nothing is sent', () => {
    const before = sent.length;
    const step = { at: span(0), rate: rate.of(1) };
    const program = { type: 'dated' as const, first: rate.of(1), steps: Array.from({ length: 1000 }, () => step) };
    const { payload } = REQUESTS.stagePrescription;
    const prescription = { ...payload.prescription, program };
    ask({ name: 'stagePrescription', payload: { ...payload, prescription } });
    expect(heard).toEqual([{ refused: { code: 'tooLong', also: [], until: null, shortest: null } }]);
    expect([sent.length, exchange.busy, exchange.due()]).toEqual([before, false, undefined]);
    ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 1, sequence: 1 });
  });

  test('is asked again with the very same bytes, each time after the same wait', () => {
    clock.now = instant(500);
    exchange.ask(REQUESTS.openSession, 0, null);
    for (let tries = 1; tries < TRIES; tries++) {
      expect(exchange.due()).toBe(500 + tries * RETRY_AFTER);
      wait();
      expect(sent).toHaveLength(tries + 1);
      expect(sent[tries]).toEqual(sent[0]);
    }
    expect(heard).toEqual([]);
  });

  test('is answered by the answer to any of its tries', () => {
    ask(REQUESTS.stop);
    wait();
    answer({ reply: REPLIES.stop });
    expect(heard).toEqual([{ reply: REPLIES.stop }]);
  });

  test('is given up after the last try', () => {
    ask(REQUESTS.stop);
    for (let tries = 0; tries < TRIES; tries++) wait();
    expect(heard).toEqual(['nothing']);
    expect(sent).toHaveLength(TRIES);
    expect(exchange.busy).toBe(false);
    expect(exchange.due()).toBeUndefined();
    ask(REQUESTS.interrogate);
    expect(last()).toMatchObject({ session: 1, sequence: 2 });
  });

  test('waits for the one before it', () => {
    exchange.ask(REQUESTS.openSession, 0, null);
    expect(() => ask(REQUESTS.interrogate)).toThrow('openSession is still unanswered');
    expect(sent).toHaveLength(1);
  });

  test.each(['noSession', 'notPaired'] as const)('may be refused as %s by a pump that has no key for it', (code) => {
    ask(REQUESTS.stop);
    answer(refused(code), {}, null);
    expect(heard).toEqual([refused(code)]);
  });

  test('may be refused', () => {
    ask(REQUESTS.stop);
    const refusal: Answer = { refused: { code: 'alreadyStopped', also: ['onShelf'], until: null, shortest: null } };
    answer(refusal);
    expect(heard).toEqual([refusal]);
  });
});

describe('an exchange', () => {
  test('restored from a snapshot between two tries goes on with the next', () => {
    ask(REQUESTS.stop);
    wait();
    const saved = JSON.parse(JSON.stringify(exchange.save()));
    const before = sent;
    sent = [];
    start();
    exchange.load(saved, KEY);
    expect(exchange.due()).toBe(2 * RETRY_AFTER);
    wait();
    expect(sent).toEqual([before[0]]);
    answer({ reply: REPLIES.stop });
    expect(heard).toEqual([{ reply: REPLIES.stop }]);
  });
});

describe('what is not the answer to what was asked is left alone', () => {
  const reply = { reply: REPLIES.stop };
  test.each<[string, () => void]>([
    ['an answer in another session', () => answer(reply, { session: 2 })],
    ['an answer outside any session', () => answer(reply, { session: 0 })],
    ['the answer to the request before', () => answer(reply, { sequence: 0 })],
    ['the answer to a request to come', () => answer(reply, { sequence: 2 })],
    ['the answer to another request', () => answer({ reply: REPLIES.resume })],
    ['the request itself, echoed', () => take(sent.at(-1) ?? new Uint8Array())],
    ['an answer with another payload', () => answer(reply, { payload: Uint8Array.from([0xa1, 0x61, 0x61, 0x01]) })],
    ['an answer with a payload nobody can read', () => answer(reply, { payload: Uint8Array.from([0xff]) })],
    ['an answer without a tag', () => answer(reply, {}, null)],
    ['an answer with the tag of another key', () => answer(reply, {}, simulatedPairing('another'))],
    ['a refusal without a tag, of another kind than such may be', () => answer(refused('stopped'), {}, null)],
    ['noise', () => take(Uint8Array.from([1, 2, 3]))],
    ['nothing', () => take(new Uint8Array())],
  ])('%s', (_, arrive) => {
    ask(REQUESTS.stop);
    const due = exchange.due();
    arrive();
    expect(heard).toEqual([]);
    expect(exchange.busy).toBe(true);
    expect(exchange.due()).toBe(due);
    answer(reply);
    expect(heard).toEqual([reply]);
  });

  test('an answer that comes twice, or when nothing was asked', () => {
    ask(REQUESTS.stop);
    answer(reply);
    answer(reply);
    expect(heard).toEqual([reply]);
    ask(REQUESTS.resume);
    expect(typeName(last().type)).toBe('resume');
    answer(reply);
    expect(heard).toEqual([reply]);
  });
});

describe('the number of a request', () => {
  /** As after so many requests. */
  const asAfter = (sequence: number) => exchange.load({ sequence, pending: null }, KEY);

  test('counts up over sessions, and from 2^31 on begins at 1 again with the next session asked for', () => {
    asAfter(RENEWED_FROM - 1);
    exchange.ask(REQUESTS.openSession, 0, null);
    expect(last().sequence).toBe(RENEWED_FROM);
    answer({ reply: REPLIES.openSession });
    ask(REQUESTS.interrogate);
    expect(last().sequence).toBe(RENEWED_FROM + 1);
    answer({ reply: REPLIES.interrogate });
    exchange.ask(REQUESTS.openSession, 0, null);
    expect(last().sequence).toBe(1);
  });

  test('is at most what a frame carries; for another the session is as good as lost', () => {
    asAfter(MOST_NUMBER - 1);
    ask(REQUESTS.interrogate);
    expect(last().sequence).toBe(MOST_NUMBER);
    answer({ reply: REPLIES.interrogate });
    heard.length = 0;
    ask(REQUESTS.interrogate);
    expect(heard).toEqual([refused('noSession')]);
    expect([sent.length, exchange.busy]).toEqual([1, false]);
  });
});
