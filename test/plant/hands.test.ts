import { describe, expect, test } from 'vitest';
import { HANDS_REFUSALS, type HandsRefusal } from '../../firmware-sim/index.ts';
import { concentration, type DrugName, volume } from '../../shared/index.ts';
import { BACLOFEN, bedside, MORPHINE } from './bedside.ts';

interface Injection {
  readonly when: string;
  /** What the reservoir holds before. */
  readonly holds: string;
  readonly inject: string;
  readonly solution: { drug: DrugName; concentration: ReturnType<typeof concentration.parse> } | null;
  readonly refused: HandsRefusal | undefined;
}

const INJECTIONS: Injection[] = [
  { when: 'the first fill says what it is', holds: '0 mL', inject: '20 mL', solution: BACLOFEN, refused: undefined },
  { when: 'the first fill does not', holds: '0 mL', inject: '20 mL', solution: null, refused: 'unknownSolution' },
  { when: 'a top-up says nothing', holds: '5 mL', inject: '15 mL', solution: null, refused: undefined },
  { when: 'a top-up is of the same', holds: '5 mL', inject: '15 mL', solution: BACLOFEN, refused: undefined },
  { when: 'it is another drug', holds: '5 mL', inject: '1 mL', solution: MORPHINE, refused: 'wouldMix' },
  {
    when: 'it is another strength',
    holds: '5 mL',
    inject: '1 mL',
    solution: { ...BACLOFEN, concentration: concentration.parse('2 mg/mL') },
    refused: 'wouldMix',
  },
  { when: 'it fills to the brim', holds: '5 mL', inject: '15 mL', solution: null, refused: undefined },
  { when: 'it is a nL too much', holds: '5 mL', inject: '15.000001 mL', solution: null, refused: 'overfull' },
];

describe('an injection', () => {
  test.each(INJECTIONS)('when $when: $refused', ({ holds, inject: amount, solution, refused }) => {
    const { plant, told, inject } = bedside();
    if (holds !== '0 mL') inject(holds);
    const before = { truth: plant.truth(), told: told.length };
    const outcome = plant.act({ type: 'inject', volume: volume.parse(amount), solution });
    if (refused === undefined) {
      expect(outcome).toEqual({ done: true });
      expect(plant.truth().reservoir).toBe(volume.parse(holds) + volume.parse(amount));
      expect(plant.truth().solution).toEqual(BACLOFEN);
    } else {
      expect(outcome).toEqual({ refused });
      expect({ truth: plant.truth(), told: told.length }).toEqual(before);
    }
  });

  test('every reason hands are refused has a row above', () => {
    const shown = new Set(INJECTIONS.map(({ refused }) => refused).filter((refused) => refused !== undefined));
    expect([...shown].toSorted()).toEqual(Object.keys(HANDS_REFUSALS).toSorted());
  });

  test('of another drug goes into a drained reservoir', () => {
    const { plant, inject } = bedside();
    inject('20 mL');
    plant.act({ type: 'drain' });
    expect(inject('10 mL', MORPHINE)).toEqual({ done: true });
    expect(plant.truth().solution).toEqual(MORPHINE);
  });
});

describe('an aspiration', () => {
  test('brings what was asked for, as long as there is so much', () => {
    const { plant, inject } = bedside();
    inject('5 mL');
    expect(plant.reading).toBeNull();
    expect(plant.act({ type: 'aspirate', volume: volume.parse('2 mL') })).toEqual({
      done: true,
      reading: volume.parse('2 mL'),
    });
    expect(plant.truth().reservoir).toBe(volume.parse('3 mL'));
    expect(plant.act({ type: 'aspirate', volume: volume.parse('4 mL') })).toEqual({
      done: true,
      reading: volume.parse('3 mL'),
    });
    expect(plant.truth().reservoir).toBe(0);
  });

  test('of an empty reservoir brings nothing', () => {
    const { plant } = bedside();
    expect(plant.act({ type: 'drain' })).toEqual({ done: true, reading: 0 });
    expect(plant.reading).toBe(0);
  });

  test('takes what is there at that millisecond, while the motor goes on', () => {
    const { plant, inject, drive, advanceMs } = bedside();
    inject('5 mL');
    drive('0.4 mL/day');
    advanceMs(86_400_001);
    const flowed = 400_000 * 86_400_001;
    expect(plant.act({ type: 'drain' })).toEqual({ done: true, reading: volume.parse('5 mL') - flowed });
    expect(plant.truth()).toMatchObject({ reservoir: 0, flow: 0, delivered: BigInt(flowed) });
  });
});
