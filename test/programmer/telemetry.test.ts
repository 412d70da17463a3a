import { beforeEach, describe, expect, test } from 'vitest';
import { RETRY_AFTER, TRIES } from '../../programmer/exchange.ts';
import type { Recalled } from '../../programmer/recall.ts';
import { type Asked, Telemetry } from '../../programmer/telemetry.ts';
import {
  type Answer,
  decodeFrame,
  instant,
  type Key,
  type MessageName,
  MOST_NUMBER,
  type Role,
  silent,
  simulatedPairing,
  simulatedSecret,
  typeName,
  volume,
} from '../../shared/index.ts';
import { BarePump, SERIAL } from '../firmware/bare-pump.ts';

/** A station before a real pump, over a link that can lose single frames. */
class Desk {
  readonly pump = new BarePump();
  readonly heard: (Answer | MessageName | 'otherPump' | Recalled)[] = [];
  /** The messages sent, in order. */
  readonly sent: string[] = [];
  /** What is done to a message of a name: its request or its answer is lost, as often as said. */
  losing: { readonly name: MessageName; readonly lose: 'request' | 'answer'; times: number } | undefined;
  /** The pump loses its power when it has dealt with the so-manieth request of a name, before its answer leaves. */
  crashing: { readonly name: MessageName; at: number } | undefined;
  telemetry: Telemetry;
  #take: (frame: Uint8Array) => void = () => undefined;
  #waiting: Uint8Array[] = [];

  constructor(pairing: (serial: string) => Key | undefined = simulatedPairing, role: Role = 'clinician') {
    this.telemetry = this.#station(pairing, role);
  }

  #station(pairing: (serial: string) => Key | undefined, role: Role): Telemetry {
    return new Telemetry({
      port: {
        send: (frame) => void this.#waiting.push(frame),
        onFrame: (take) => {
          this.#take = take;
        },
      },
      clock: this.pump.timeline,
      witness: silent,
      role,
      pairing,
      secret: simulatedSecret('a desk'),
      listener: {
        answered: (answer) => void this.heard.push(answer),
        unanswered: (name, why) => void this.heard.push(why === 'silence' ? name : why),
        recalled: (recalled) => void this.heard.push(recalled),
      },
    });
  }

  /** The same station, from its snapshot. */
  restore(): void {
    const saved = JSON.parse(JSON.stringify(this.telemetry.save()));
    this.telemetry = this.#station(simulatedPairing, 'clinician');
    this.telemetry.load(saved);
  }

  #carry(frame: Uint8Array): void {
    const read = decodeFrame(frame);
    const name = 'error' in read ? read.error : typeName(read.type);
    this.sent.push(name);
    const lost = this.losing?.name === name && this.losing.times > 0 ? this.losing : undefined;
    if (lost !== undefined) lost.times -= 1;
    if (lost?.lose === 'request') return;
    const answer = this.pump.give(frame);
    if (this.crashing?.name === name && --this.crashing.at === 0) {
      this.pump.reset(false);
    } else if (lost === undefined && answer !== undefined) this.#take(answer);
  }

  /** Lets everything go its way until the station waits for nothing; what it was told. */
  settle(): (Answer | MessageName | 'otherPump' | Recalled)[] {
    for (;;) {
      for (let frame = this.#waiting.shift(); frame !== undefined; frame = this.#waiting.shift()) this.#carry(frame);
      const due = this.telemetry.due();
      if (due === undefined) return this.heard.splice(0);
      this.pump.timeline.advanceTo(due);
      this.telemetry.wake(due);
    }
  }

  ask(asked: Asked): (Answer | MessageName | 'otherPump' | Recalled)[] {
    this.telemetry.ask(asked);
    return this.settle();
  }

  open(): void {
    this.ask({ name: 'openSession' });
    this.ask({ name: 'authenticate', payload: {} });
    this.sent.length = 0;
  }

  get entries(): number {
    return this.pump.logged('reservoirEntered').length;
  }
}

const REFILL: Asked = {
  name: 'enterReservoir',
  payload: { serial: SERIAL, volume: volume.parse('20 mL'), aspirated: null },
};
const DONE = expect.objectContaining({ reply: expect.objectContaining({ name: 'enterReservoir' }) });
const AUTHENTICATED = expect.objectContaining({ reply: expect.objectContaining({ name: 'authenticate' }) });
const ALL = Number.POSITIVE_INFINITY;

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

describe('a session', () => {
  test('is opened by a challenge and its answer, and every request goes in it', () => {
    expect(desk.ask({ name: 'openSession' })).toMatchObject([{ reply: { payload: { serial: SERIAL } } }]);
    expect(desk.ask({ name: 'authenticate', payload: {} })).toMatchObject([{ reply: { payload: { alarms: [] } } }]);
    expect(desk.ask({ name: 'interrogate', payload: {} })).toMatchObject([{ reply: { name: 'interrogate' } }]);
    expect(desk.ask({ name: 'closeSession', payload: {} })).toMatchObject([{ reply: { name: 'closeSession' } }]);
    expect(desk.sent).toEqual(['openSession', 'authenticate', 'interrogate', 'closeSession']);
  });

  test('a station without the pump’s key asks for nothing in it', () => {
    const stranger = new Desk(() => undefined);
    stranger.ask({ name: 'openSession' });
    expect(stranger.ask({ name: 'authenticate', payload: {} })).toMatchObject([{ refused: { code: 'notPaired' } }]);
    expect(stranger.sent).toEqual(['openSession']);
  });

  test('a station with another pump’s key is told that it is not paired', () => {
    const stranger = new Desk(() => simulatedPairing('ANOTHER'));
    stranger.ask({ name: 'openSession' });
    expect(stranger.ask({ name: 'authenticate', payload: {} })).toMatchObject([{ refused: { code: 'notPaired' } }]);
    expect(stranger.pump.logged('frameRejected')).toEqual([{ error: 'tag' }]);
    expect(stranger.pump.logged('sessionOpened')).toEqual([]);
  });

  test('in an emergency needs no key, and stops the pump', () => {
    const passerBy = new Desk(() => undefined, 'emergency');
    passerBy.open();
    expect(passerBy.ask({ name: 'interrogate', payload: {} })).toMatchObject([{ reply: { name: 'interrogate' } }]);
    expect(passerBy.ask({ name: 'stop', payload: {} })).toMatchObject([{ refused: { code: 'onShelf' } }]);
    expect(passerBy.ask({ name: 'minimumRate', payload: {} })).toMatchObject([{ refused: { code: 'roleTooLow' } }]);
  });
});

describe('a command is carried out once', () => {
  test('where its answer is lost, and asked for again', () => {
    desk.open();
    desk.losing = { name: 'enterReservoir', lose: 'answer', times: 3 };
    expect(desk.ask(REFILL)).toEqual([DONE]);
    expect([desk.entries, desk.pump.timeline.now]).toEqual([1, 3 * RETRY_AFTER]);
  });

  test('where the pump loses its power after it, and before it answers', () => {
    desk.open();
    desk.crashing = { name: 'enterReservoir', at: 1 };
    expect(desk.ask(REFILL)).toEqual([DONE]);
    expect(desk.entries).toBe(1);
    expect(desk.sent).toEqual(['enterReservoir', 'enterReservoir', 'openSession', 'authenticate', 'recall']);
  });

  test('where the pump has lost its power before it', () => {
    desk.open();
    desk.pump.reset(false);
    expect(desk.ask(REFILL)).toEqual([DONE]);
    expect(desk.entries).toBe(1);
    expect(desk.sent).toEqual(['enterReservoir', 'openSession', 'authenticate', 'recall', 'enterReservoir']);
  });

  test('where the pump loses its power again on the way back', () => {
    desk.open();
    desk.pump.reset(false);
    // The first finds no session, the second is carried out.
    desk.crashing = { name: 'enterReservoir', at: 2 };
    // Nobody goes on for ever: the next session will tell.
    expect(desk.ask(REFILL)).toEqual(['enterReservoir']);
    expect(desk.entries).toBe(1);
    desk.ask({ name: 'openSession' });
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual([
      expect.objectContaining({ became: 'answered', answer: DONE }),
      AUTHENTICATED,
    ]);
  });

  test('also where the station is restored from a snapshot half way', () => {
    desk.open();
    desk.crashing = { name: 'enterReservoir', at: 1 };
    desk.telemetry.ask(REFILL);
    for (let i = 0; i < 12 && desk.telemetry.busy; i++) {
      desk.restore();
      desk.settle();
    }
    expect(desk.entries).toBe(1);
  });

  test('what changes nothing is asked again in the new session', () => {
    desk.open();
    desk.pump.reset(false);
    expect(desk.ask({ name: 'interrogate', payload: {} })).toMatchObject([{ reply: { name: 'interrogate' } }]);
    expect(desk.sent).toEqual(['interrogate', 'openSession', 'authenticate', 'interrogate']);
  });

  test('not where another pump answers in its place', () => {
    desk.open();
    desk.pump.plant.act({ type: 'replace', serial: 'NEW-2' });
    expect(desk.ask(REFILL)).toEqual(['otherPump']);
    expect(desk.entries).toBe(0);
  });
});

describe('a pump that loses its power between its challenge and the answer', () => {
  test('is asked for another session, and that is opened', () => {
    desk.ask({ name: 'openSession' });
    desk.pump.reset(false);
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual([AUTHENTICATED]);
    expect(desk.sent).toEqual(['openSession', 'authenticate', 'openSession', 'authenticate']);
    expect(desk.ask(REFILL)).toEqual([DONE]);
  });

  test('again and again is given up', () => {
    desk.ask({ name: 'openSession' });
    desk.pump.reset(false);
    desk.crashing = { name: 'authenticate', at: 2 };
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual(['authenticate']);
  });

  test('is told of a command of before all the same', () => {
    desk.open();
    desk.losing = { name: 'enterReservoir', lose: 'answer', times: ALL };
    desk.ask(REFILL);
    desk.losing = undefined;
    desk.ask({ name: 'openSession' });
    desk.pump.reset(false);
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual([
      expect.objectContaining({ became: 'answered', answer: DONE }),
      AUTHENTICATED,
    ]);
  });

  test('is not taken for another in its place', () => {
    desk.ask({ name: 'openSession' });
    desk.pump.plant.act({ type: 'replace', serial: 'NEW-2' });
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual(['otherPump']);
  });
});

test('a session that has used up its numbers is given up for another, and the command is carried out in that', () => {
  desk.open();
  const saved = JSON.parse(JSON.stringify(desk.telemetry.save()));
  desk.telemetry.load({ ...saved, exchange: { ...saved.exchange, sequence: MOST_NUMBER - 1 } });
  expect(desk.ask(REFILL)).toEqual([DONE]);
  expect(desk.sent.splice(0)).toEqual(['enterReservoir']);
  expect(desk.ask(REFILL)).toEqual([DONE]);
  expect(desk.sent).toEqual(['openSession', 'authenticate', 'recall', 'enterReservoir']);
  expect(desk.entries).toBe(2);
});

describe('a command that stays without an answer', () => {
  test.each([
    ['request', 'neverArrived', null, 0],
    ['answer', 'answered', DONE, 1],
  ] as const)('its %s lost: the next session tells that it was %s', (lose, became, answer, entries) => {
    desk.open();
    desk.losing = { name: 'enterReservoir', lose, times: ALL };
    expect(desk.ask(REFILL)).toEqual(['enterReservoir']);
    expect(desk.sent).toHaveLength(TRIES);
    desk.losing = undefined;
    desk.ask({ name: 'openSession' });
    const told = desk.ask({ name: 'authenticate', payload: {} });
    expect(told).toEqual([{ request: REFILL, became, answer, isRecent: true }, AUTHENTICATED]);
    expect(desk.entries).toBe(entries);
    // It is told once.
    desk.ask({ name: 'openSession' });
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual([AUTHENTICATED]);
  });

  test('is told as unknown where another station of its role has given one since', () => {
    desk.open();
    desk.losing = { name: 'enterReservoir', lose: 'answer', times: ALL };
    desk.ask(REFILL);
    desk.losing = undefined;
    desk.pump.open('clinician').enter('15 mL');
    desk.ask({ name: 'openSession' });
    const told = desk.ask({ name: 'authenticate', payload: {} });
    expect(told).toEqual([{ request: REFILL, became: 'unknown', answer: null, isRecent: true }, AUTHENTICATED]);
  });

  test('is asked about again where the answer to that is lost too', () => {
    desk.open();
    desk.losing = { name: 'enterReservoir', lose: 'answer', times: ALL };
    desk.ask(REFILL);
    desk.losing = { name: 'recall', lose: 'answer', times: ALL };
    desk.ask({ name: 'openSession' });
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual(['authenticate']);
    desk.losing = undefined;
    desk.ask({ name: 'openSession' });
    expect(desk.ask({ name: 'authenticate', payload: {} })).toEqual([
      { request: REFILL, became: 'answered', answer: DONE, isRecent: true },
      AUTHENTICATED,
    ]);
  });
});

describe('what became of a command', () => {
  const lose = () => {
    desk.open();
    desk.losing = { name: 'enterReservoir', lose: 'answer', times: ALL };
    desk.ask(REFILL);
    desk.losing = undefined;
  };
  const reopen = () => {
    desk.ask({ name: 'openSession' });
    return desk.ask({ name: 'authenticate', payload: {} });
  };

  test('is asked of the pump it was for, not of another met in between', () => {
    lose();
    desk.pump.plant.act({ type: 'replace', serial: 'NEW-2' });
    expect(reopen()).toEqual([AUTHENTICATED]);
    expect(desk.sent.slice(-2)).toEqual(['openSession', 'authenticate']);
  });

  test('long ago is told as that', () => {
    lose();
    desk.pump.pass('1h');
    expect(reopen()).toMatchObject([{ became: 'answered', isRecent: false }, {}]);
  });

  test('is unknown to a pump that has lost its memory, and never that it did not arrive', () => {
    lose();
    desk.pump.plant.inflict({ type: 'memoryFault', banks: 'bothBanks' });
    desk.pump.reset(false);
    expect(reopen()).toMatchObject([{ became: 'unknown', answer: null }, {}]);
  });
});

test('a passer-by whose stop got no answer can read and stop the pump afterwards', () => {
  const passerBy = new Desk(() => undefined, 'emergency');
  passerBy.pump.open('clinician').implant();
  passerBy.open();
  passerBy.losing = { name: 'stop', lose: 'answer', times: ALL };
  expect(passerBy.ask({ name: 'stop', payload: {} })).toEqual(['stop']);
  passerBy.losing = undefined;
  passerBy.open();
  expect(passerBy.ask({ name: 'interrogate', payload: {} })).toMatchObject([{ reply: { name: 'interrogate' } }]);
  expect(passerBy.ask({ name: 'stop', payload: {} })).toMatchObject([{ refused: { code: 'alreadyStopped' } }]);
});

test('a passer-by whose pump starts anew under his stop stops it all the same', () => {
  const passerBy = new Desk(() => undefined, 'emergency');
  passerBy.pump.open('clinician').implant();
  passerBy.open();
  passerBy.pump.reset(false);
  expect(passerBy.ask({ name: 'stop', payload: {} })).toMatchObject([{ refused: { code: 'alreadyStopped' } }]);
  expect(passerBy.sent).toEqual(['stop', 'openSession', 'authenticate', 'stop']);
});

test('a station that repeats a question waits as long each time', () => {
  desk.losing = { name: 'openSession', lose: 'request', times: 2 };
  desk.ask({ name: 'openSession' });
  expect(desk.pump.timeline.now).toBe(instant(2 * RETRY_AFTER));
});
