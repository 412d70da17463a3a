import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hexToBytes, MS_PER_DAY, proportion, span } from '../../../shared/index.ts';
import type { Act } from '../../../workbench/act.ts';
import type { FrameFault } from '../../../workbench/link/faults.ts';
import { chanceFrom, type NoiseRates, QUIET, struckBy } from '../../../workbench/link/noise.ts';
import { Random } from '../../../workbench/random.ts';
import type { TraceRecord } from '../../../workbench/trace.ts';
import { prescribe, running } from '../../harness.ts';
import { linkActs } from './link-acts.ts';

const bolus = { dose: '10 mcg', duration: '5min', lockout: '1h', maxPerDay: 10 };
const atRate = (perMillion: number): NoiseRates => {
  const rate = proportion.of(perMillion);
  return { drop: rate, duplicate: rate, corrupt: rate, truncate: rate, reorder: rate };
};

const every = (percent: string): NoiseRates => atRate(proportion.parse(`${percent} %`));

/** A visit and presses over a link with noise; its trace without the records of the noise itself. */
function visited(seed: number, rates: NoiseRates | undefined): readonly TraceRecord[] {
  const { sim, records, clinician, press, advance } = running({ seed }, { bolus });
  const before = records.length;
  if (rates !== undefined) sim.act({ by: 'world', act: { type: 'noise', rates } });
  const own = records.length - before;
  records.splice(before, own);
  clinician({ type: 'interrogate' });
  clinician(prescribe({ basal: '190 mcg/day' }));
  clinician({ type: 'readLog' });
  clinician({ type: 'endSession' });
  for (let i = 0; i < 10; i++) {
    advance('2h');
    press();
  }
  const renumbered = (n: number) => (n > before + own ? n - own : n);
  return records.map(({ n, because, ...rest }) => ({
    ...rest,
    n: renumbered(n),
    ...(because === undefined ? {} : { because: renumbered(because) }),
  }));
}

describe('chance on the link', () => {
  test('is the seed’s: the same seed, the same trace; another, another', () => {
    expect(visited(3, every('8'))).toEqual(visited(3, every('8')));
    expect(visited(3, every('8'))).not.toEqual(visited(4, every('8')));
  });

  test('of 0 % changes nothing in the trace but its own records', () => {
    expect(visited(3, every('0'))).toEqual(visited(3, undefined));
  });

  test('never moves a habit', () => {
    const pressed = (rates: NoiseRates) => {
      const { sim, records } = running({ seed: 5 }, { bolus });
      sim.act({ by: 'world', act: { type: 'noise', rates } });
      sim.habit({
        act: { type: 'requestBolus' },
        every: span(7_200_000),
        jitter: span(3_000_000),
        for: span(86_400_000),
      });
      sim.advance(span(86_400_000));
      return records.flatMap(({ kind, layer, t }) => (layer === 'act' && kind === 'patient' ? [t] : []));
    };
    expect(pressed(every('10'))).toEqual(pressed(QUIET));
    expect(pressed(QUIET)).toHaveLength(11);
  });

  test('takes as many draws of every frame, whatever the rates', () => {
    const [one, other] = [new Random(1, 1), new Random(1, 1)];
    for (let i = 0; i < 100; i++) expect(chanceFrom(one)).toEqual(chanceFrom(other));
    expect(one.save()).toEqual(other.save());
    const seven = new Random(1, 1);
    for (let i = 0; i < 700; i++) seven.word();
    expect(one.save()).toEqual(seven.save());
  });

  test('strikes more frames where the rate is higher, and those it struck at the lower', () => {
    const random = new Random(9, 1);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 1_000_000 }), (a, b) => {
        const [lower, higher] = [atRate(Math.min(a, b)), atRate(Math.max(a, b))];
        const chance = chanceFrom(random);
        expect(struckBy(higher, chance)).toEqual(expect.arrayContaining([...struckBy(lower, chance)]));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('draws from a stream that is not the habits’', () => {
    const [habits, link] = [new Random(0), new Random(0, 1)];
    const words = (random: Random) => Array.from({ length: 1000 }, () => random.word());
    const ofHabits = new Set(words(habits));
    expect(words(link).filter((word) => ofHabits.has(word))).toEqual([]);
  });
});

describe('a snapshot in the middle of faults', () => {
  test('goes on exactly as if nothing had happened', () => {
    const life = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 9000 }),
        fc.oneof(linkActs, linkActs, fc.constant<Act>({ by: 'patient', act: { type: 'requestBolus' } })),
      ),
      { minLength: 4, maxLength: 12 },
    );
    fc.assert(
      fc.property(life, (steps) => {
        const { sim, records } = running({ seed: 2 }, { bolus });
        const live = (one: typeof sim, some: typeof steps) => {
          for (const [wait, act] of some) {
            one.advance(span(wait));
            one.act(act);
          }
        };
        const noise: Act = { by: 'world', act: { type: 'noise', rates: every('15') } };
        const slow: Act = { by: 'world', act: { type: 'latency', oneWay: span(700) } };
        live(sim, [[0, noise], [0, slow], ...steps]);
        // A press is on its way: its frames are in flight, held back, waiting to be asked for again.
        sim.habit({ act: { type: 'requestBolus' }, every: span(1000), jitter: span(0), for: span(1500) });
        sim.advance(span(2500));
        const fork = sim.fork();
        const forked: TraceRecord[] = [];
        fork.onTrace((record) => forked.push(record));
        const before = records.length;
        live(sim, [...steps, [60_000, noise]]);
        live(fork, [...steps, [60_000, noise]]);
        expect(forked).toEqual(records.slice(before));
        expect(fork.snapshot()).toEqual(sim.snapshot());
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});

describe('a frame hit at any one bit', () => {
  /** The first frame sent with a name, in bits. */
  const bitsOf = (records: readonly TraceRecord[], name: string, answer: boolean) => {
    const sent = records.find(
      ({ kind, data }) => kind === 'frame' && Object(data).name === name && Object(data).answer === answer,
    );
    return hexToBytes(Object(sent?.data).bytes).length * 8;
  };
  const struck = (of: 'request' | 'answer', bits: readonly number[]) => {
    const made = running({}, { bolus });
    const { sim, records, clinician } = made;
    clinician({ type: 'endSession' });
    const before = records.length;
    for (const bit of bits) {
      clinician({ type: 'interrogate' });
      const fault: FrameFault = { is: 'corrupt', bit };
      sim.act({ by: 'world', act: { type: 'frameFault', on: { message: 'closeSession', of }, fault } });
      expect(clinician({ type: 'endSession' })).toEqual({ done: true });
    }
    return { ...made, since: records.slice(before) };
  };
  const all = (length: number) => Array.from({ length }, (_, bit) => bit);

  test('is never taken by the pump: each is rejected, counted, and asked for again', () => {
    const { records } = struck('request', []);
    const bits = all(bitsOf(records, 'closeSession', false));
    const { sim, since, logged } = struck('request', bits);
    expect(since.filter(({ kind }) => kind === 'corrupted')).toHaveLength(bits.length);
    // The first of a code is logged at once, and the others as one number a day later.
    const first = logged('frameRejected').map((each) => Object(each).error);
    expect(first.toSorted()).toEqual(['crc', 'length', 'start', 'version']);
    sim.advance(span(MS_PER_DAY));
    const more = logged('frameRejected').reduce((sum, each) => sum + (Number(Object(each).more) || 1), 0);
    expect(more).toBe(bits.length);
    // What was answered followed from a whole frame each time.
    const farewells = logged('sessionClosed').filter((each) => Object(each).lost === false);
    expect(farewells).toHaveLength(bits.length + 1);
  });

  test('is never taken by a station: it asks again, and listens to the whole one', () => {
    const { records } = struck('answer', []);
    const bits = all(bitsOf(records, 'closeSession', true));
    const { since } = struck('answer', bits);
    const arrived = since.filter(({ kind }) => kind === 'arrived');
    expect(arrived).toHaveLength(bits.length);
    for (const { n, data } of arrived) {
      expect(Object(data).unreadable).toMatch(/^(start|version|length|crc)$/);
      expect(since.filter(({ because }) => because === n)).toEqual([]);
    }
  });
});
