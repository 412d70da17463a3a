import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proportion, rate, volume } from '../../shared/index.ts';
import { BACLOFEN, bedside, SALINE } from './bedside.ts';

/** Something that happens to a pump: hands, the motor, a fault, or time. */
type Happening =
  | { readonly does: 'advance'; readonly ms: number }
  | { readonly does: 'drive'; readonly rate: number }
  | { readonly does: 'flowBias'; readonly by: number }
  | { readonly does: 'syringeError'; readonly by: number }
  | { readonly does: 'inject'; readonly volume: number }
  | { readonly does: 'aspirate'; readonly volume: number }
  | { readonly does: 'rinse'; readonly volume: number; readonly times: number }
  | { readonly does: 'replace' }
  | { readonly does: 'drain' };

const CAPACITY = volume.parse('20 mL');
const DAY = 86_400_000;
const volumes = fc.oneof(
  fc.bigInt({ min: 0n, max: BigInt(CAPACITY) }).map(Number),
  fc.integer({ min: 0, max: 1_000_000_000 }),
);

const errors = fc.integer({ min: -1_200_000, max: 2_000_000 });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 40 * DAY }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 100 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constant('drive' as const), rate: fc.integer({ min: 0, max: 24_000_000 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('flowBias' as const), by: errors }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('syringeError' as const), by: errors }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('inject' as const), volume: volumes }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('aspirate' as const), volume: volumes }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('drain' as const) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('replace' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('rinse' as const),
      volume: volumes,
      times: fc.integer({ min: 0, max: 3 }),
    }),
  },
);

const MILLION = 1_000_000n;
const most = (a: bigint, b: bigint) => (a > b ? a : b);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** The same physics again, in the plainest way: one stretch of flow after the other. */
class Model {
  volume = 0n;
  injected = 0n;
  aspirated = 0n;
  delivered = 0n;
  now = 0;
  asked = 0n;
  bias = 0n;
  readonly ranDry: number[] = [];

  get flow(): bigint {
    return most(0n, (this.asked * (MILLION + this.bias)) / MILLION);
  }

  advance(ms: number): void {
    const wanted = this.flow * BigInt(ms);
    if (this.volume > 0n && wanted >= this.volume) {
      let taken = Number(this.volume / this.flow);
      while (this.flow * BigInt(taken) < this.volume) taken += 1;
      this.ranDry.push(this.now + taken);
    }
    const out = least(wanted, this.volume);
    this.volume -= out;
    this.delivered += out;
    this.now += ms;
  }

  inject(amount: bigint): boolean {
    if (this.volume + amount > BigInt(CAPACITY)) return false;
    this.volume += amount;
    this.injected += amount;
    return true;
  }

  rinse(amount: bigint, times: bigint): boolean {
    if (this.volume > 0n || amount > BigInt(CAPACITY)) return false;
    this.injected += amount * times;
    this.aspirated += amount * times;
    return true;
  }

  /** What is new about another pump; time and what was told go on. */
  replace(): void {
    this.volume = this.injected = this.aspirated = this.delivered = this.asked = this.bias = 0n;
  }

  aspirate(amount: bigint): bigint {
    const came = least(amount, this.volume);
    this.volume -= came;
    this.aspirated += came;
    return came;
  }
}

test('whatever hands, motor and faults do, no unit of volume appears or is lost', () => {
  let dryings = 0;
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60, size: 'max' }), (happenings) => {
      const { plant, told, advanceMs } = bedside();
      const model = new Model();
      for (const each of happenings) {
        if (each.does === 'advance') {
          advanceMs(each.ms);
          model.advance(each.ms);
        } else if (each.does === 'drive') {
          plant.drive(rate.of(each.rate));
          model.asked = BigInt(each.rate);
        } else if (each.does === 'inject') {
          const outcome = plant.act({ type: 'inject', volume: volume.of(each.volume), solution: BACLOFEN });
          expect('done' in outcome).toBe(model.inject(BigInt(each.volume)));
        } else if (each.does === 'aspirate') {
          plant.act({ type: 'aspirate', volume: volume.of(each.volume) });
          model.aspirate(BigInt(each.volume));
        } else if (each.does === 'rinse') {
          const { times } = each;
          const outcome = plant.act({ type: 'rinse', volume: volume.of(each.volume), times, solution: SALINE });
          expect('done' in outcome).toBe(model.rinse(BigInt(each.volume), BigInt(times)));
        } else if (each.does === 'replace') {
          plant.act({ type: 'replace', serial: 'ANOTHER' });
          model.replace();
        } else if (each.does === 'drain') {
          plant.act({ type: 'drain' });
          model.aspirate(model.volume);
        } else {
          plant.inflict({ type: each.does, by: proportion.of(each.by) });
          if (each.does === 'flowBias') model.bias = BigInt(each.by);
        }
        const { reservoir, injected, aspirated, delivered, flow } = plant.truth();
        expect(reservoir).toBeGreaterThanOrEqual(0);
        expect(reservoir).toBeLessThanOrEqual(CAPACITY);
        expect(injected).toBe(BigInt(reservoir) + aspirated + delivered);
        expect({ reservoir: BigInt(reservoir), injected, aspirated, delivered }).toEqual({
          reservoir: model.volume,
          injected: model.injected,
          aspirated: model.aspirated,
          delivered: model.delivered,
        });
        expect(BigInt(flow)).toBe(model.volume > 0n ? model.flow : 0n);
      }
      const ranDry = told.filter(({ kind }) => kind === 'ranDry').map(({ t }) => t);
      expect(ranDry).toEqual(model.ranDry);
      dryings += ranDry.length;
    }),
    { numRuns: 200 },
  );
  expect(dryings).toBeGreaterThan(50);
});

test('every fluid act tells the ledger it leaves', () => {
  const { plant, told, inject, drive, advance } = bedside();
  inject('20 mL');
  drive('0.4 mL/day');
  advance('5d');
  plant.act({ type: 'aspirate', volume: volume.parse('3 mL') });
  const text = (amount: string) => `${volume.parse(amount)}`;
  expect(told.map(({ kind, data }) => [kind, data])).toMatchObject([
    ['injected', { volume: volume.parse('20 mL'), ledger: { reservoir: volume.parse('20 mL'), delivered: '0' } }],
    ['flow', { flow: rate.parse('0.4 mL/day'), ledger: { injected: text('20 mL'), aspirated: '0' } }],
    [
      'aspirated',
      {
        volume: volume.parse('3 mL'),
        reading: volume.parse('3 mL'),
        ledger: { reservoir: volume.parse('15 mL'), aspirated: text('3 mL'), delivered: text('2 mL') },
      },
    ],
  ]);
});
