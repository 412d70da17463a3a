import { describe, expect, test } from 'vitest';
import { instant, type MessageName, proportion, span, volume } from '../../../shared/index.ts';
import type { WorldAct } from '../../../workbench/act.ts';
import type { FrameFault, WhichFrame } from '../../../workbench/link/faults.ts';
import { NOISE_KINDS, type NoiseKind, type NoiseRates, QUIET } from '../../../workbench/link/noise.ts';
import type { SimulationOptions } from '../../../workbench/simulation.ts';
import type { TraceRecord } from '../../../workbench/trace.ts';
import { mL, running } from '../../harness.ts';

const HOUR = 3_600_000;
const bolus = { dose: '10 mcg', duration: '5min', lockout: '1h', maxPerDay: 10 };

/** A running pump with a quiet hour behind it, and only what is told from now on. */
function bench(options: Partial<SimulationOptions> = {}) {
  const made = running(options, { bolus });
  made.clinician({ type: 'endSession' });
  made.advance('1h');
  made.records.length = 0;
  const { sim, records } = made;
  const world = (act: WorldAct) => void sim.act({ by: 'world', act });
  return {
    ...made,
    noise: (rates: Partial<NoiseRates>) => world({ type: 'noise', rates: { ...QUIET, ...rates } }),
    strike: (on: WhichFrame, fault: FrameFault) => world({ type: 'frameFault', on, fault }),
    slow: (ms: number) => world({ type: 'latency', oneWay: span(ms) }),
    /** What the link told but for frames and faults: what became of which frame. */
    fates: () =>
      records.flatMap(({ layer, kind, data }) =>
        layer === 'link' && kind !== 'frame' && kind !== 'fault'
          ? [`${kind} ${Object(data).answer === true ? 'answer' : 'request'} ${Object(data).name ?? 'unreadable'}`]
          : [],
      ),
    sent: () =>
      records.flatMap(({ layer, kind, data }) =>
        layer === 'link' && kind === 'frame'
          ? [`${Object(data).answer === true ? 'answer' : 'request'} ${Object(data).name}`]
          : [],
      ),
  };
}

const request = (message: MessageName): WhichFrame => ({ message, of: 'request' });
const answer = (message: MessageName): WhichFrame => ({ message, of: 'answer' });

describe('one frame, by what it says', () => {
  test('that is lost is asked for again, and carried out once', () => {
    const { strike, press, fates, sent, logged } = bench();
    strike(request('requestBolus'), { is: 'drop' });
    expect(press()).toEqual({ done: true });
    expect(fates()).toEqual(['lost request requestBolus']);
    expect(sent().filter((each) => each === 'request requestBolus')).toHaveLength(2);
    expect(logged('bolusGranted')).toHaveLength(1);
  });

  test('whose answer is lost has been carried out, and is answered again', () => {
    const { strike, press, fates, sent, logged } = bench();
    strike(answer('requestBolus'), { is: 'drop' });
    expect(press()).toEqual({ done: true });
    expect(fates()).toEqual(['lost answer requestBolus']);
    expect(sent().filter((each) => each === 'answer requestBolus')).toHaveLength(2);
    expect(logged('bolusGranted')).toHaveLength(1);
    expect(logged('bolusDenied')).toHaveLength(0);
  });

  test('that comes twice is carried out once, and answered twice', () => {
    const { strike, press, fates, sent, logged } = bench();
    strike(request('requestBolus'), { is: 'duplicate' });
    expect(press()).toEqual({ done: true });
    expect(fates()).toEqual([
      'duplicated request requestBolus',
      'arrived request requestBolus',
      'arrived request requestBolus',
    ]);
    expect(sent().filter((each) => each === 'answer requestBolus')).toHaveLength(2);
    expect(logged('bolusGranted')).toHaveLength(1);
  });

  test('that is damaged is rejected with the check that it fails, and asked for again', () => {
    const { strike, press, records, logged } = bench();
    strike(request('requestBolus'), { is: 'corrupt', bit: 8 * 14 });
    expect(press()).toEqual({ done: true });
    expect(logged('frameRejected')).toMatchObject([{ error: 'crc' }]);
    const bytesOf = (kind: string) =>
      records.filter((each) => each.kind === kind).map(({ data }) => Object(data).bytes);
    const whole: string = Object(records.find(({ data }) => Object(data).name === 'requestBolus')?.data).bytes;
    const [corrupted] = bytesOf('corrupted');
    // The payload is A0, an empty map; its first bit is flipped.
    expect([whole.slice(28, 30), corrupted.slice(28, 30)]).toEqual(['a0', '20']);
    expect([whole.slice(0, 28), whole.slice(30)]).toEqual([corrupted.slice(0, 28), corrupted.slice(30)]);
    expect(bytesOf('arrived')).toEqual([corrupted]);
  });

  test('whose answer is damaged is not listened to', () => {
    const { strike, press, logged, fates } = bench();
    strike(answer('requestBolus'), { is: 'corrupt', bit: 200 });
    expect(press()).toEqual({ done: true });
    expect(fates()).toEqual(['corrupted answer requestBolus', 'arrived request unreadable']);
    expect(logged('frameRejected')).toEqual([]);
    expect(logged('bolusGranted')).toHaveLength(1);
  });

  test.each([
    [0, 'start'],
    [1, 'start'],
    [2, 'version'],
    [3, 'length'],
    [13, 'length'],
    [26, 'length'],
  ])('cut off after %i bytes is rejected: %s', (to, error) => {
    const { strike, press, logged } = bench();
    strike(request('requestBolus'), { is: 'truncate', to });
    expect(press()).toEqual({ done: true });
    expect(logged('frameRejected')).toMatchObject([{ error }]);
  });

  test.each<FrameFault>([
    { is: 'corrupt', bit: 60_000 },
    { is: 'truncate', to: 5000 },
  ])('too short for %o arrives whole, and that is told', (fault) => {
    const { strike, press, fates, logged } = bench();
    strike(request('requestBolus'), fault);
    expect(press()).toEqual({ done: true });
    expect(fates()).toEqual(['spared request requestBolus', 'arrived request requestBolus']);
    expect(logged('frameRejected')).toEqual([]);
  });

  test('is the next one only: the one after is left alone', () => {
    const { strike, press, advance, fates } = bench();
    strike(request('requestBolus'), { is: 'drop' });
    press();
    advance('2h');
    press();
    expect(fates()).toEqual(['lost request requestBolus']);
  });
});

describe('a frame that is held back', () => {
  test('arrives right behind the next one the same way', () => {
    const { strike, press, records, logged } = bench();
    strike(request('requestBolus'), { is: 'reorder' });
    expect(press()).toEqual({ done: true });
    const sentAt = records.find(({ kind }) => kind === 'heldBack')?.t;
    const again = records.findLast(({ kind, data }) => kind === 'frame' && Object(data).name === 'requestBolus')?.t;
    const arrived = records.find(({ kind }) => kind === 'arrived')?.t;
    expect(arrived).toBe(again);
    expect(arrived).toBeGreaterThan(Number(sentAt));
    expect(logged('bolusGranted')).toHaveLength(1);
  });

  test('arrives 5 s late where none comes', () => {
    // The head slips a millisecond after the press: of the retries none is on its way.
    const slip = { at: instant(HOUR + 1), act: { type: 'disconnect', from: null } } as const;
    const { strike, press, records, logged } = bench({ faults: [slip] });
    strike(request('requestBolus'), { is: 'reorder' });
    expect(press()).toMatchObject({ refused: 'noAnswer' });
    expect(records.find(({ kind }) => kind === 'arrived')?.t).toBe(HOUR + 5000);
    expect(logged('bolusGranted')).toMatchObject([{ at: HOUR + 5000 }]);
  });
});

describe('one frame, by its number', () => {
  test('is counted from now on, in both directions, with those sent again', () => {
    // Open, its answer, the proof, its answer; the request, lost; the request again, lost; the request once more.
    const { strike, press, fates, sent } = bench();
    strike({ frame: 5 }, { is: 'drop' });
    strike({ frame: 6 }, { is: 'drop' });
    expect(press()).toEqual({ done: true });
    expect(fates()).toEqual(['lost request requestBolus', 'lost request requestBolus']);
    expect(sent().slice(0, 8)).toEqual([
      'request openSession',
      'answer openSession',
      'request authenticate',
      'answer authenticate',
      'request requestBolus',
      'request requestBolus',
      'request requestBolus',
      'answer requestBolus',
    ]);
  });

  test('may suffer several things, a loss before all others', () => {
    const { strike, press, fates } = bench();
    strike({ frame: 5 }, { is: 'corrupt', bit: null });
    strike({ frame: 5 }, { is: 'duplicate' });
    press();
    expect(fates()).toEqual([
      'corrupted request requestBolus',
      'duplicated request requestBolus',
      'arrived request unreadable',
      'arrived request unreadable',
    ]);
    const other = bench();
    other.strike({ frame: 5 }, { is: 'corrupt', bit: null });
    other.strike({ frame: 5 }, { is: 'drop' });
    other.press();
    expect(other.fates()).toEqual(['lost request requestBolus']);
  });

  test('may be one that a broken link loses: the fault is spent on it', () => {
    const { strike, press, fates, sim } = bench();
    sim.act({ by: 'world', act: { type: 'disconnect', from: null } });
    strike({ frame: 1 }, { is: 'duplicate' });
    press();
    sim.act({ by: 'world', act: { type: 'reconnect' } });
    expect(press()).toEqual({ done: true });
    expect(new Set(fates())).toEqual(new Set(['lost request openSession']));
  });
});

test('a link that is down stays so where a message is to break it, until it is restored', () => {
  const { press, sim, fates } = bench();
  const world = (act: WorldAct) => void sim.act({ by: 'world', act });
  world({ type: 'disconnect', from: null });
  world({ type: 'disconnect', from: { message: 'commitUpdate', lose: 'answer' } });
  expect(press()).toMatchObject({ refused: 'noAnswer' });
  expect(new Set(fates())).toEqual(new Set(['lost request openSession']));
  world({ type: 'reconnect' });
  expect(press()).toEqual({ done: true });
});

describe('a pump that crashes over a frame', () => {
  /** What the station asks when its pump knows the session no more, up to the question that it asks again. */
  const again = ['openSession', 'authenticate', 'recall'].flatMap((name) => [`request ${name}`, `answer ${name}`]);
  const became = (records: readonly TraceRecord[]) =>
    records.flatMap(({ kind, data }) =>
      kind === 'frame' && Object(data).name === 'recall' && Object(data).answer === true
        ? [Object(data).payload.became]
        : [],
    );

  test.each([false, true])('before it takes it knows nothing of it, and is told again (time lost: %s)', (timeLost) => {
    const { strike, clinician, records, sim, sent, logged } = bench();
    strike(request('enterReservoir'), { is: 'crashBefore', timeLost });
    expect(clinician({ type: 'refill', aspirated: null, volume: mL('5') })).toEqual({ done: true });
    expect(logged('reset')).toMatchObject([{ timeLost }]);
    expect(became(records)).toEqual(['neverArrived']);
    // The crash, the silence; a session it does not know; another one, and the entry once more.
    expect(sent().filter((each) => each !== 'request interrogate' && each !== 'answer interrogate')).toEqual([
      ...again.slice(0, 4),
      'request enterReservoir',
      'request enterReservoir',
      'answer refusal',
      ...again,
      'request enterReservoir',
      'answer enterReservoir',
    ]);
    const kinds = records.flatMap(({ layer, kind, data }) =>
      layer === 'firmware' && kind === 'log' ? [Object(data).kind] : [],
    );
    expect(kinds.filter((kind) => kind === 'reset' || kind === 'reservoirEntered')).toEqual([
      'reset',
      'reservoirEntered',
    ]);
    expect(sim.belief().volume).toBe(mL('5'));
    const crash = records.find(({ kind }) => kind === 'crash');
    const frame = records.find(({ n }) => n === crash?.because);
    expect(frame).toMatchObject({ kind: 'frame', data: { name: 'enterReservoir', answer: false } });
    // Nothing in the pump follows from the frame but what follows from the crash.
    expect(records.filter(({ because }) => because === frame?.n).map(({ kind }) => kind)).toEqual(['crash']);
  });

  test.each([false, true])('after it has carried it out keeps what it did, and says so (time lost: %s)', (timeLost) => {
    const { strike, clinician, records, sent, sim, logged } = bench();
    const before = sim.belief().volume;
    strike(request('enterReservoir'), { is: 'crashAfter', timeLost });
    expect(clinician({ type: 'refill', aspirated: null, volume: mL('5') })).toEqual({ done: true });
    expect(logged('reservoirEntered').filter(({ at }) => Number(at) >= HOUR)).toHaveLength(1);
    expect(logged('reset')).toMatchObject([{ timeLost }]);
    // The answer that could not leave comes with what became of the entry, which is sent no third time.
    expect(became(records)).toEqual(['answered']);
    expect(sent().filter((each) => each === 'request enterReservoir')).toHaveLength(2);
    expect(sent()).not.toContain('answer enterReservoir');
    const shown = Object.fromEntries(sim.screen().fields.map(({ name, text }) => [name, text]));
    expect(shown).toMatchObject({ refillEntered: '5 mL', refillExpected: volume.format(before, 3) });
    // At most what the pump delivers in an hour is taken off for the time it has lost.
    expect(sim.belief().volume).toBeGreaterThan(mL('4.95'));
    expect(sim.belief().volume).toBeLessThanOrEqual(mL('5'));
  });

  test('and was to be the answer’s, crashes over the next one it is sent', () => {
    const { strike, press, records, logged } = bench();
    strike({ frame: 2 }, { is: 'crashBefore', timeLost: false });
    // It no longer knows the challenge that the proof answers: the handset asks for another.
    expect(press()).toEqual({ done: true });
    expect(records.find(({ kind }) => kind === 'crash')?.data).toMatchObject({ name: 'authenticate', when: 'before' });
    expect(logged('bolusGranted')).toHaveLength(1);
  });

  test('crashes once over a frame that comes twice, and takes the copy', () => {
    const { strike, press, fates, records, logged } = bench();
    strike(request('requestBolus'), { is: 'duplicate' });
    strike(request('requestBolus'), { is: 'crashBefore', timeLost: false });
    expect(press()).toEqual({ done: true });
    expect(fates().filter((fate) => fate.startsWith('crash'))).toHaveLength(1);
    // The copy comes in a session that the pump no longer knows; in the next one it learns of the press.
    expect(logged('frameRejected')).toMatchObject([{ error: 'session' }]);
    expect(became(records)).toEqual(['neverArrived']);
    expect(logged('bolusGranted')).toHaveLength(1);
  });
});

describe('a slow link', () => {
  test('takes so long from now on, and what is on its way keeps its time', () => {
    const faster = { at: instant(HOUR + 100), act: { type: 'latency', oneWay: span(10) } } as const;
    const { slow, press, records } = bench({ faults: [faster] });
    slow(300);
    expect(press()).toEqual({ done: true });
    const arrivals = records.flatMap(({ kind, t }) => (kind === 'arrived' ? [t - HOUR] : []));
    expect(arrivals).toEqual([300, 310, 320, 330, 340, 350, 360, 370]);
  });
});

describe('noise', () => {
  const FATE: Readonly<Record<NoiseKind, string>> = {
    drop: 'lost',
    duplicate: 'duplicated',
    corrupt: 'corrupted',
    truncate: 'truncated',
    reorder: 'heldBack',
  };

  test.each(NOISE_KINDS)('of one kind, %s, strikes frames at its rate and in no other way', (kind) => {
    const { noise, clinician, fates, sent } = bench();
    noise({ [kind]: proportion.parse('20 %') });
    for (let i = 0; i < 300; i++) {
      clinician({ type: 'interrogate' });
      clinician({ type: 'endSession' });
    }
    const told = fates().filter((fate) => !fate.startsWith('arrived'));
    expect(new Set(told.map((fate) => fate.split(' ')[0]))).toEqual(new Set([FATE[kind]]));
    expect(told.length / sent().length).toBeGreaterThan(0.17);
    expect(told.length / sent().length).toBeLessThan(0.23);
  });

  test.each(NOISE_KINDS)('of one kind, %s, at every frame strikes them all, and ends with none', (kind) => {
    const { noise, press, fates, sent, advance } = bench();
    noise({ [kind]: proportion.parse('100 %') });
    press();
    advance('1min');
    const told = fates().filter((fate) => fate.startsWith(FATE[kind]));
    expect(told).toHaveLength(sent().length);
    noise({});
    advance('2h');
    const before = fates().length;
    expect(press()).toEqual({ done: true });
    expect(fates()).toHaveLength(before);
  });
});
