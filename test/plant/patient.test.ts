import { describe, expect, test } from 'vitest';
import type { Fault, HandsAct, Solution } from '../../firmware-sim/index.ts';
import {
  concentration,
  fieldStrength,
  length,
  mass,
  parseDuration,
  proportion,
  rate,
  volume,
} from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { BACLOFEN, bedside, MORPHINE } from './bedside.ts';

const STRONG = profileOf('synchromed-ii-like-20', { residualVolume: volume.of(0) });
const mL = (text: string) => volume.parse(`${text} mL`);

/** A pump that has run at 0.4 mL/day of 25 mg/mL until the patient is used to it. */
function running() {
  const made = bedside(STRONG);
  made.inject('20 mL', MORPHINE);
  made.drive('0.4 mL/day');
  made.advance('30d');
  const { plant } = made;
  return {
    ...made,
    hands: (act: HandsAct) => plant.act(act),
    world: (fault: Fault) => plant.inflict(fault),
    drug: () => {
      const { drugs } = plant.truth();
      if (drugs.morphine === undefined) throw new Error('no morphine has left the reservoir');
      return drugs.morphine;
    },
    signs: () => plant.truth().signs,
  };
}

describe('a patient who is used to a level', () => {
  test('has no complaint', () => {
    const { hands, drug } = running();
    expect(hands({ type: 'askPatient' })).toEqual({ done: true, found: ['noComplaint'] });
    // 10 mg/day ÷ 0.34 mL/min.
    expect(drug().csf).toBeCloseTo(20_424_837, -3);
  });

  test('is in pain, and then in withdrawal, once the catheter is kinked', () => {
    const { hands, world, advance } = running();
    world({ type: 'begins', condition: 'occlusion' });
    advance('90min');
    expect(hands({ type: 'askPatient' })).toEqual({ done: true, found: ['pain'] });
    advance('3h');
    expect(hands({ type: 'askPatient' })).toEqual({ done: true, found: ['opioidWithdrawal'] });
  });

  test('gets less through a leak, and the rest is under the skin', () => {
    const { world, advance, drug, plant } = running();
    const before = drug();
    world({ type: 'leak', leak: { share: proportion.parse('50 %'), at: 'connector', rhythm: null } });
    advance('10d');
    const { patient, pocket } = plant.truth().places;
    expect([patient, pocket]).toEqual([BigInt(mL('14')), BigInt(mL('2'))]);
    expect(drug().csf / before.csf).toBeCloseTo(0.5, 3);
    // 2 mL of 25 mg/mL in ten days, taken up with a half-life of an hour.
    expect(drug().pocket).toBeCloseTo((mass.parse('5 mg') / 24) * (1 / Math.LN2), -5);
    world({ type: 'leak', leak: null });
    advance('10d');
    expect(plant.truth().places.pocket).toBe(BigInt(mL('2')));
  });

  test('gets less now and then, where the catheter leaks now and then', () => {
    const { world, advance, plant } = running();
    const rhythm = { lasts: parseDuration('6h'), every: parseDuration('24h') };
    world({ type: 'leak', leak: { share: proportion.parse('100 %'), at: 'catheter', rhythm } });
    advance('10d');
    expect(plant.truth().places.pocket).toBe(BigInt(mL('1')));
  });

  test.each([
    ['epidural', 0.019],
    ['subdural', 0.019],
    ['dislodged', 0],
  ] as const)('with the tip %s has a level of so much of it', (lies, share) => {
    const { world, advance, drug } = running();
    const before = drug().csf;
    world({ type: 'tip', lies });
    advance('20d');
    expect(drug().csf / before).toBeCloseTo(share, 3);
  });

  test('has less of it behind a granuloma, the rest being taken up beside', () => {
    const { world, advance, drug } = running();
    const before = drug().csf;
    world({ type: 'granuloma', share: proportion.parse('40 %') });
    advance('20d');
    expect(drug().csf / before).toBeCloseTo(0.6 + 0.4 * 0.019, 3);
  });
});

describe('a patient who is changed from one opioid to another', () => {
  const hydromorphone = (strength: string): Solution => [
    { name: 'hydromorphone', concentration: concentration.parse(strength) },
  ];

  test('of which as much is borne has no complaint, and is not in withdrawal from the first', () => {
    const { hands, advance, signs } = running();
    hands({ type: 'drain' });
    // 10 mg/day of morphine are 0.97 of what is borne, and so are 1.48 of hydromorphone.
    hands({ type: 'inject', volume: mL('20'), solution: hydromorphone('3.7 mg/mL') });
    for (let hours = 0; hours < 96; hours += 6) {
      advance('6h');
      expect(signs()).toEqual([]);
    }
  });

  test('has too much of two of which each alone would be borne', () => {
    const { hands, advance, signs } = running();
    hands({ type: 'drain' });
    hands({ type: 'inject', volume: mL('20'), solution: [...MORPHINE, ...hydromorphone('3.5 mg/mL')] });
    advance('3d');
    expect(signs()).toEqual(['sedation']);
  });
});

describe('a needle that misses the port', () => {
  test('leaves the drug under the skin: an overdose now, and nothing in the reservoir', () => {
    const { hands, advance, plant, signs } = running();
    hands({ type: 'drain' });
    expect(hands({ type: 'inject', volume: mL('20'), solution: MORPHINE, into: 'pocket' })).toEqual({ done: true });
    expect(plant.truth()).toMatchObject({ reservoir: 0, places: { pocket: BigInt(mL('20')) } });
    advance('1h');
    expect(signs()).toContain('respiratoryDepression');
  });

  test('is found out by drawing up again what still lies there', () => {
    const { hands, plant, drug } = running();
    hands({ type: 'inject', volume: mL('20'), solution: MORPHINE, into: 'pocket' });
    expect(drug().pocket).toBe(mass.parse('500 mg'));
    expect(hands({ type: 'aspiratePocket', volume: mL('15') })).toEqual({ done: true, reading: mL('15') });
    expect(drug().pocket).toBe(mass.parse('125 mg'));
    expect(hands({ type: 'aspiratePocket', volume: mL('15') })).toEqual({ done: true, reading: mL('5') });
    expect(plant.truth().places.pocket).toBe(0n);
  });
});

describe('the access port', () => {
  test('gives CSF once what the catheter held is out', () => {
    const { hands, drug, plant } = running();
    const before = drug();
    expect(hands({ type: 'aspiratePort', volume: mL('2') })).toEqual({ done: true, reading: mL('2') });
    expect(drug().line).toBeLessThan(before.line - mass.parse('3.2 mg'));
    expect(plant.truth().places.patient).toBe(BigInt(mL('10')));
  });

  test('injected into before it is drawn from gives what the catheter held at once', () => {
    const flushed = running();
    const drawn = running();
    drawn.hands({ type: 'aspiratePort', volume: mL('2') });
    const before = [flushed.drug().reached, drawn.drug().reached] as const;
    for (const { hands } of [flushed, drawn])
      expect(hands({ type: 'dyeStudy', volume: mL('1') })).toEqual({ done: true, found: ['contrastSpreads'] });
    // 0.132 mL of 25 mg/mL.
    expect(flushed.drug().reached - before[0]).toBeCloseTo(mass.parse('3.3 mg'), -3);
    expect(drawn.drug().reached - before[1]).toBeLessThan(mass.parse('0.01 mg'));
  });

  test('takes a drug, too', () => {
    const { hands, drug } = running();
    const { reached } = drug();
    hands({ type: 'injectPort', volume: mL('2'), solution: MORPHINE });
    expect(drug().reached - reached).toBeCloseTo(mass.parse('50 mg'), -3);
  });

  test.each<readonly [string, Fault]>([
    ['the port is blocked', { type: 'accessPort', port: 'blocked' }],
    ['the catheter is kinked', { type: 'begins', condition: 'occlusion' }],
  ])('passes nothing where %s', (_, fault) => {
    const { hands, world } = running();
    world(fault);
    expect(hands({ type: 'aspiratePort', volume: mL('1') })).toEqual({ refused: 'noReturn' });
    expect(hands({ type: 'injectPort', volume: mL('1'), solution: [] })).toEqual({ refused: 'noPassage' });
    expect(hands({ type: 'dyeStudy', volume: mL('1') })).toEqual({ refused: 'noPassage' });
  });

  test('gives nothing back and takes what is injected where a clot is a valve to it, until it gives way', () => {
    const { hands, world, drug } = running();
    world({ type: 'accessPort', port: 'oneWay' });
    expect(hands({ type: 'aspiratePort', volume: mL('1') })).toEqual({ refused: 'noReturn' });
    const { reached } = drug();
    expect(hands({ type: 'dyeStudy', volume: mL('1') })).toEqual({ done: true, found: ['contrastSpreads'] });
    // What could not be drawn out first goes ahead.
    expect(drug().reached).toBeGreaterThan(reached);
    world({ type: 'accessPort', port: 'open' });
    expect(hands({ type: 'aspiratePort', volume: mL('1') })).toMatchObject({ done: true });
  });

  test('lies before the connector: what gets out there gathers around the pump', () => {
    const { hands, world, plant, drug } = running();
    world({ type: 'leak', leak: { share: proportion.parse('80 %'), at: 'connector', rhythm: null } });
    const { reached } = drug();
    hands({ type: 'injectPort', volume: mL('1'), solution: MORPHINE });
    // A fifth of 1 mL of 25 mg/mL goes on.
    expect(drug().reached - reached).toBeCloseTo(mass.parse('5 mg'), -4);
    expect(drug().pocket).toBe(mass.parse('20 mg'));
    expect(plant.truth().places.pocket).toBe(BigInt(mL('0.8')));
    world({ type: 'leak', leak: { share: proportion.parse('100 %'), at: 'connector', rhythm: null } });
    expect(hands({ type: 'aspiratePort', volume: mL('1') })).toEqual({ refused: 'noReturn' });
  });

  test('gives nothing where the tip has come out', () => {
    const { hands, world } = running();
    world({ type: 'tip', lies: 'dislodged' });
    expect(hands({ type: 'aspiratePort', volume: mL('1') })).toEqual({ refused: 'noReturn' });
  });
});

test.each<readonly [Fault, string]>([
  [{ type: 'tip', lies: 'dislodged' }, 'contrastUnderSkin'],
  [{ type: 'tip', lies: 'epidural' }, 'contrastEpidural'],
  [{ type: 'tip', lies: 'subdural' }, 'contrastSubdural'],
  [{ type: 'granuloma', share: proportion.parse('40 %') }, 'contrastHalts'],
  [{ type: 'leak', leak: { share: proportion.parse('90 %'), at: 'catheter', rhythm: null } }, 'contrastLeaks'],
  [{ type: 'leak', leak: { share: proportion.parse('90 %'), at: 'connector', rhythm: null } }, 'contrastAtPump'],
])('contrast shows %o as %s', (fault, finding) => {
  const { hands, world } = running();
  world(fault);
  expect(hands({ type: 'dyeStudy', volume: mL('1') })).toEqual({ done: true, found: [finding] });
});

test('what is pushed through a tip under the dura breaks through to the CSF', () => {
  const { hands, world, advance, drug } = running();
  world({ type: 'tip', lies: 'subdural' });
  advance('5d');
  const { reached } = drug();
  hands({ type: 'dyeStudy', volume: mL('1') });
  expect(drug().reached - reached).toBeCloseTo(mass.parse('3.3 mg'), -3);
});

describe('a rotor', () => {
  const TURN_OF_60 = '20 mcL';

  test('has turned by 60 degrees after a small bolus', () => {
    const { hands, plant, advance } = running();
    plant.drive(rate.of(0));
    expect(hands({ type: 'film' })).toEqual({ done: true, found: ['firstFilm'] });
    plant.drive(rate.parse('9.6 mL/day'));
    // 20 mcL at 9.6 mL/day.
    expect(volume.format(volume.of(9_600_000 * parseDuration('3min')), 3, 'mcL')).toBe(TURN_OF_60);
    advance('3min');
    plant.drive(rate.of(0));
    expect(hands({ type: 'film' })).toEqual({
      done: true,
      turned: 60,
      asked: 60,
      since: parseDuration('3min'),
      found: ['rotorTurned'],
    });
  });

  test.each<readonly [Fault, string]>([
    [{ type: 'begins', condition: 'stall' }, 'rotorStill'],
    // It turns against a catheter that lets nothing through.
    [{ type: 'begins', condition: 'occlusion' }, 'rotorTurned'],
  ])('tells %o apart: %s', (fault, finding) => {
    const { hands, world, advance } = running();
    hands({ type: 'film' });
    world(fault);
    hands({ type: 'film' });
    advance('1d');
    // 0.4 mL a day, at 120 mcL a turn.
    expect(hands({ type: 'film' })).toMatchObject({ found: [finding], asked: 1200, since: parseDuration('1d') });
  });

  test('is not said to stand still on two films that are too close together', () => {
    const { hands, world, advance, plant } = running();
    hands({ type: 'film' });
    expect(hands({ type: 'film' })).toMatchObject({ found: ['rotorUnclear'], turned: 0, asked: 0, since: 0 });
    world({ type: 'begins', condition: 'stall' });
    advance('1min');
    expect(hands({ type: 'film' })).toMatchObject({ found: ['rotorUnclear'], turned: 0 });
    advance('12min');
    expect(hands({ type: 'film' })).toMatchObject({ found: ['rotorStill'], turned: 0, asked: 10 });
    world({ type: 'ends', condition: 'stall' });
    advance('6min');
    expect(hands({ type: 'film' })).toMatchObject({ found: ['rotorUnclear'], turned: 5, asked: 5 });
    // One that is asked for nothing stands still as it should.
    plant.drive(rate.of(0));
    hands({ type: 'film' });
    advance('1min');
    expect(hands({ type: 'film' })).toMatchObject({ found: ['rotorStill'], turned: 0, asked: 0 });
  });

  test('that turns too slowly has turned less than it was asked to', () => {
    const { hands, world, advance } = running();
    world({ type: 'flowBias', by: proportion.parse('-20 %') });
    hands({ type: 'film' });
    advance('3h');
    expect(hands({ type: 'film' })).toMatchObject({ turned: 120, asked: 150, since: parseDuration('3h') });
  });
});

test('CSF that is let off takes drug with it', () => {
  const { hands, drug, plant } = running();
  const { csf } = drug();
  hands({ type: 'withdrawCsf', volume: mL('42') });
  // As much as morphine spreads in, replaced as it goes: e^−1 is left.
  expect(drug().csf / csf).toBeCloseTo(Math.exp(-1), 6);
  expect(plant.truth().places.patient).toBe(BigInt(mL('12')) - BigInt(mL('42')));
});

test('a pump on no catheter gives to nobody', () => {
  const { hands, advance, drug, plant } = running();
  expect(hands({ type: 'disconnectCatheter' })).toEqual({ done: true });
  const { reached } = drug();
  advance('5d');
  expect(drug().reached).toBe(reached);
  expect(plant.truth().places.outside).toBe(BigInt(mL('2')));
  expect(hands({ type: 'disconnectCatheter' })).toEqual({ refused: 'alreadySo' });
  expect(hands({ type: 'connectCatheter' })).toEqual({ done: true });
  advance('5d');
  expect(drug().reached).toBeGreaterThan(reached);
});

test('a new catheter has nothing in it, and what was wrong with the old one is gone', () => {
  const { hands, world, drug, plant } = running();
  world({ type: 'begins', condition: 'occlusion' });
  world({ type: 'accessPort', port: 'blocked' });
  world({ type: 'leak', leak: { share: proportion.parse('90 %'), at: 'catheter', rhythm: null } });
  hands({ type: 'catheter', size: { length: length.parse('40 cm') }, tip: 'intrathecal' });
  // The tubing still holds 0.14 mL of 25 mg/mL.
  expect(drug().line).toBeCloseTo(mass.parse('3.5 mg'), -2);
  expect(plant.truth()).toMatchObject({ flow: rate.parse('0.4 mL/day'), conditions: [] });
  expect(hands({ type: 'dyeStudy', volume: mL('1') })).toEqual({ done: true, found: ['contrastSpreads'] });
});

test('a pump that has turned over cannot be filled or drained, and can once it lies right', () => {
  const { hands, world } = running();
  world({ type: 'pumpFlipped', flipped: true });
  expect(hands({ type: 'drain' })).toEqual({ refused: 'unreachable' });
  expect(hands({ type: 'inject', volume: mL('1'), solution: null })).toEqual({ refused: 'unreachable' });
  world({ type: 'pumpFlipped', flipped: false });
  expect(hands({ type: 'drain' })).toEqual({ done: true, reading: mL('8') });
});

test('a new catheter does not begin to leak where the old one leaked now and then', () => {
  const { hands, world, advance, plant } = running();
  const rhythm = { lasts: parseDuration('6h'), every: parseDuration('24h') };
  world({ type: 'leak', leak: { share: proportion.parse('100 %'), at: 'catheter', rhythm } });
  hands({ type: 'catheter', size: { length: length.parse('40 cm') }, tip: 'intrathecal' });
  advance('10d');
  expect(plant.truth().places.pocket).toBe(0n);
});

test('what leaked does not depend on how often a needle was refused meanwhile', () => {
  const pocket = (refusals: number) => {
    const { hands, world, advance, plant } = running();
    plant.drive(rate.of(7));
    world({ type: 'leak', leak: { share: proportion.parse('33.3333 %'), at: 'connector', rhythm: null } });
    for (let hour = 0; hour < 24; hour++) {
      advance('1ms');
      for (let i = 0; i < refusals; i++) hands({ type: 'inject', volume: mL('20'), solution: null });
    }
    return plant.truth().places.pocket;
  };
  // 33.3333 % of 168 units.
  expect([pocket(0), pocket(1)]).toEqual([55n, 55n]);
});

test('another pump in the place of one that has turned over lies right', () => {
  const { hands, world } = running();
  world({ type: 'pumpFlipped', flipped: true });
  hands({ type: 'replace', serial: 'ANOTHER' });
  expect(hands({ type: 'inject', volume: mL('10'), solution: MORPHINE })).toEqual({ done: true });
});

test('a needle may miss the port of a pump that has turned over', () => {
  const { hands, world, plant } = running();
  world({ type: 'pumpFlipped', flipped: true });
  expect(hands({ type: 'inject', volume: mL('1'), solution: null, into: 'pocket' })).toEqual({ done: true });
  expect(plant.truth().places.pocket).toBe(BigInt(mL('1')));
});

test('by force a reservoir takes a quarter more than it should, and no more', () => {
  const { hands, plant } = running();
  expect(hands({ type: 'inject', volume: mL('13'), solution: null })).toEqual({ refused: 'overfull' });
  expect(hands({ type: 'inject', volume: mL('17'), solution: null, force: true })).toEqual({ done: true });
  expect(plant.truth().reservoir).toBe(mL('25'));
  expect(hands({ type: 'inject', volume: mL('0.001'), solution: null, force: true })).toEqual({ refused: 'overfull' });
});

describe('a scanner', () => {
  const FIELD = fieldStrength.parse('1.5 T');

  test('holds the rotor until the patient is out of it', () => {
    const { hands, advance, plant } = running();
    expect(hands({ type: 'enterScanner', field: FIELD })).toEqual({ done: true });
    expect(plant.truth()).toMatchObject({ flow: 0, conditions: ['stall'] });
    expect(hands({ type: 'enterScanner', field: FIELD })).toEqual({ refused: 'alreadySo' });
    advance('40min');
    expect(hands({ type: 'leaveScanner' })).toEqual({ done: true });
    expect(plant.truth().flow).toBe(rate.parse('0.4 mL/day'));
    expect(hands({ type: 'leaveScanner' })).toEqual({ refused: 'alreadySo' });
  });

  test('holds it for longer where the gears bind', () => {
    const { hands, world, advance, plant } = running();
    world({ type: 'slowRecovery', by: parseDuration('24h') });
    hands({ type: 'enterScanner', field: FIELD });
    advance('40min');
    hands({ type: 'leaveScanner' });
    advance('23h 59min');
    expect(plant.truth().flow).toBe(0);
    advance('1min');
    expect(plant.truth().flow).toBe(rate.parse('0.4 mL/day'));
  });

  test('opens the valves of a valve-gated pump', () => {
    const { plant, inject } = bedside(profileOf('valve-gated-like-20'));
    inject('20 mL', BACLOFEN);
    plant.act({ type: 'enterScanner', field: FIELD });
    expect(plant.truth().delivered).toBe(BigInt(volume.parse('10 mcL')));
  });
});

test('a motor stands still again and again, and what it is asked flows in between', () => {
  const { world, advance, plant } = running();
  const rhythm = { lasts: parseDuration('2h'), every: parseDuration('8h') };
  world({ type: 'intermittentStall', rhythm });
  advance('10d');
  expect(plant.truth().delivered).toBe(BigInt(mL('15')));
  world({ type: 'intermittentStall', rhythm: null });
  advance('1d');
  expect(plant.truth()).toMatchObject({ delivered: BigInt(mL('15.4')), conditions: [] });
});

test('an error of the flow that grows is what it was and one step more each time', () => {
  const { world, advance, plant } = running();
  world({ type: 'flowDrift', drift: { by: proportion.parse('+5 %'), every: parseDuration('1d') } });
  advance('3d');
  expect(plant.truth().flow).toBe(rate.parse('0.46 mL/day'));
  // 0.4, 0.42 and 0.44 mL.
  expect(plant.truth().delivered).toBe(BigInt(mL('13.26')));
  world({ type: 'flowDrift', drift: null });
  advance('3d');
  expect(plant.truth().flow).toBe(rate.parse('0.46 mL/day'));
});

test('flow falls off at the very volume from which it does, and not before', () => {
  const { world, advance, plant } = running();
  world({ type: 'nearlyEmpty', below: mL('4'), by: proportion.parse('-50 %') });
  advance('10d');
  expect(plant.truth()).toMatchObject({ reservoir: mL('4'), flow: rate.parse('0.2 mL/day') });
  advance('5d');
  expect(plant.truth().reservoir).toBe(mL('3'));
  plant.act({ type: 'inject', volume: mL('10'), solution: null });
  expect(plant.truth().flow).toBe(rate.parse('0.4 mL/day'));
});
