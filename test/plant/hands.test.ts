import { describe, expect, test } from 'vitest';
import { HANDS_REFUSALS, type HandsAct, type HandsRefusal, type Solution } from '../../firmware-sim/index.ts';
import { mass, parseDuration, proportion, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { BACLOFEN, bedside, MIXTURE, MORPHINE, NO_RESIDUAL, SALINE } from './bedside.ts';

interface Injection {
  readonly when: string;
  /** What the reservoir holds before. */
  readonly holds: string;
  readonly inject: string;
  readonly solution: Solution | null;
  readonly refused: HandsRefusal | undefined;
}

const INJECTIONS: Injection[] = [
  { when: 'the first fill says what it is', holds: '0 mL', inject: '20 mL', solution: BACLOFEN, refused: undefined },
  { when: 'the first fill does not', holds: '0 mL', inject: '20 mL', solution: null, refused: 'unknownSolution' },
  { when: 'a top-up says nothing', holds: '5 mL', inject: '15 mL', solution: null, refused: undefined },
  { when: 'a top-up is of the same', holds: '5 mL', inject: '15 mL', solution: BACLOFEN, refused: undefined },
  { when: 'it fills to the brim', holds: '5 mL', inject: '15 mL', solution: null, refused: undefined },
  { when: 'it is a nL too much', holds: '5 mL', inject: '15.000001 mL', solution: null, refused: 'overfull' },
];

const rinse = (amount: string, times = 2, solution: Solution = SALINE): HandsAct => ({
  type: 'rinse',
  volume: volume.parse(amount),
  times,
  solution,
});
const RINSES: readonly (readonly [when: string, holds: string, HandsAct, HandsRefusal | undefined])[] = [
  ['the reservoir is drained', '0 mL', rinse('10 mL'), undefined],
  ['it takes the whole reservoir', '0 mL', rinse('20 mL'), undefined],
  ['it is a nL too much', '0 mL', rinse('20.000001 mL'), 'overfull'],
  ['the reservoir still holds something', '0.000001 mL', rinse('10 mL'), 'notEmpty'],
  ['it holds the very same', '1 mL', rinse('10 mL', 1, BACLOFEN), 'notEmpty'],
];

/** Refusals at the patient, each with a test in patient.test.ts. */
const OF_THE_PATIENT = ['alreadySo', 'noPassage', 'noReturn', 'unreachable'];

describe('an injection', () => {
  test.each(INJECTIONS)('when $when: $refused', ({ holds, inject: amount, solution, refused }) => {
    const { plant, told, inject } = bedside(NO_RESIDUAL);
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

  test('every reason hands are refused has a row above, or below for a rinse, or a test of its own', () => {
    const ofRinse = RINSES.map(([, , , refused]) => refused);
    const all = [...INJECTIONS.map(({ refused }) => refused), ...ofRinse, 'notNew', 'notShut', ...OF_THE_PATIENT];
    const shown = new Set(all.filter((refused) => refused !== undefined));
    expect([...shown].toSorted()).toEqual(Object.keys(HANDS_REFUSALS).toSorted());
  });

  test('of another drug goes into a drained reservoir', () => {
    const { plant, inject } = bedside(NO_RESIDUAL);
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

describe('a rinse', () => {
  test.each(RINSES)('when %s', (_, holds, act, refused) => {
    const { plant, told, inject } = bedside();
    if (holds !== '0 mL') inject(holds);
    const before = { truth: plant.truth(), told: told.length };
    const outcome = plant.act(act);
    if (refused === undefined) expect(outcome).toEqual({ done: true });
    else {
      expect(outcome).toEqual({ refused });
      expect({ truth: plant.truth(), told: told.length }).toEqual(before);
    }
  });

  test('fills and empties as often as asked, each time told, and leaves an empty reservoir', () => {
    const { plant, told, inject } = bedside();
    inject('5 mL', MORPHINE);
    plant.act({ type: 'drain' });
    const before = told.length;
    plant.act(rinse('10 mL', 3));
    expect(told.slice(before).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 3 }, () => ['injected', 'aspirated']).flat(),
    );
    const total = BigInt(volume.parse('35 mL'));
    expect(plant.truth()).toMatchObject({ reservoir: 0, injected: total, aspirated: total, delivered: 0n });
  });

  test('brings no reading: what came out is thrown away', () => {
    const { plant, inject } = bedside();
    inject('5 mL');
    plant.act({ type: 'drain' });
    plant.readingTyped();
    plant.act(rinse('10 mL'));
    expect(plant.reading).toBeNull();
  });

  test('leaves what it was of, where nothing stays behind', () => {
    const { plant, inject } = bedside(NO_RESIDUAL);
    plant.act(rinse('10 mL'));
    expect(plant.truth().solution).toEqual(SALINE);
    expect(inject('20 mL', MIXTURE)).toEqual({ done: true });
    expect(plant.truth().solution).toEqual(MIXTURE);
  });
});

describe('another pump in this one’s place', () => {
  const replaced = () => {
    const made = bedside();
    made.inject('20 mL');
    made.drive('1 mL/day');
    made.advance('5d');
    made.plant.inflict({ type: 'flowBias', by: proportion.parse('+15 %') });
    made.plant.act({ type: 'aspirate', volume: volume.parse('1 mL') });
    made.plant.act({ type: 'replace', serial: 'NEW-2' });
    return made;
  };

  test('is empty, stands still and has a ledger of its own', () => {
    const { plant } = replaced();
    const { drugs, places, ...own } = plant.truth();
    expect(own).toEqual({
      reservoir: 0,
      flow: 0,
      conditions: [],
      solution: null,
      injected: 0n,
      aspirated: 0n,
      delivered: 0n,
      doses: {},
      signs: [],
    });
    // The patient is the same, with 0.132 mL of 467.29 mcg/mL in the catheter: 5 mL have come out of the old one, and what its tubing held is thrown away.
    expect(places).toEqual({ patient: BigInt(volume.parse('5 mL')), pocket: 0n, outside: 0n });
    expect(drugs.baclofen).toMatchObject({ pocket: 0, blood: 0, line: mass.parse('61.682 mcg') });
    expect(plant.reading).toBeNull();
    // Nothing is due but that its battery gives out, which is new as well.
    expect(plant.due()).toBe(parseDuration('5d') + profileOf('synchromed-ii-like-20').batteryLife);
  });

  test('has none of the old one’s errors, and what it does next is counted from nothing', () => {
    const { plant, inject, drive, advance } = replaced();
    plant.act({ type: 'prepare', solution: MORPHINE });
    inject('10 mL', MORPHINE);
    drive('1 mL/day');
    advance('2d');
    expect(plant.truth()).toMatchObject({ reservoir: volume.parse('8 mL'), delivered: BigInt(volume.parse('2 mL')) });
    expect(plant.truth().doses).toEqual({ morphine: mass.parse('50 mg') });
  });

  test('is told with its serial number and its empty ledger, and whoever listens hears of it once', () => {
    const { plant, told } = bedside();
    const heard: string[] = [];
    plant.onReplaced((serial) => heard.push(serial));
    expect(plant.act({ type: 'replace', serial: 'NEW-2' })).toEqual({ done: true });
    expect(heard).toEqual(['NEW-2']);
    expect(told.at(-1)).toMatchObject({
      kind: 'replaced',
      data: { serial: 'NEW-2', ledger: { reservoir: 0, injected: '0', aspirated: '0', delivered: '0' } },
    });
  });

  test('counts its own time from the timeline again, whatever the old one had lost', () => {
    const { plant, advance, now } = bedside();
    advance('10d');
    plant.oscillator.countOnFrom(now);
    expect(plant.oscillator.now).toBe(now);
    plant.act({ type: 'replace', serial: 'NEW-2' });
    expect(plant.oscillator.now).toBe(parseDuration('10d'));
  });
});
