import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proportion, rate, volume } from '../../shared/index.ts';
import { BACLOFEN, bedside, SALINE } from './bedside.ts';
import { type Beyond, beyond, happensBeyond } from './beyond.ts';
import { Model } from './model.ts';

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
  | { readonly does: 'drain' }
  | Beyond;

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
  { weight: 8, arbitrary: beyond },
);

test('whatever hands, motor and faults do, no unit of volume appears or is lost', () => {
  let dryings = 0;
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60, size: 'max' }), (happenings) => {
      const { plant, told, advanceMs } = bedside();
      const model = new Model(BigInt(CAPACITY));
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
        } else if (each.does === 'beyond') {
          happensBeyond(each, plant, model);
        } else {
          plant.inflict({ type: each.does, by: proportion.of(each.by) });
          if (each.does === 'flowBias') model.bias = BigInt(each.by);
        }
        const { reservoir, injected, aspirated, delivered, flow, places } = plant.truth();
        expect(reservoir).toBeGreaterThanOrEqual(0);
        expect(reservoir).toBeLessThanOrEqual(CAPACITY);
        expect(injected).toBe(BigInt(reservoir) + aspirated + delivered);
        expect({ reservoir: BigInt(reservoir), injected, aspirated, delivered }).toEqual({
          reservoir: model.volume,
          injected: model.injected,
          aspirated: model.aspirated,
          delivered: model.delivered,
        });
        expect(places).toEqual(model.places);
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
