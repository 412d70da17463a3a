import { describe, expect, test } from 'vitest';
import type { Fault } from '../../firmware-sim/index.ts';
import { fieldStrength, parseDuration, proportion, rate, volume } from '../../shared/index.ts';
import { profileOf } from '../harness.ts';
import { bedside } from './bedside.ts';

const FIELD = fieldStrength.parse('1.5 T');
const STALL: Fault = { type: 'begins', condition: 'stall' };
const RHYTHM = { lasts: parseDuration('1h'), every: parseDuration('8h') };
const AGAIN: Fault = { type: 'intermittentStall', rhythm: RHYTHM };
const NO_MORE: Fault = { type: 'intermittentStall', rhythm: null };

function turning(profile = profileOf('synchromed-ii-like-20')) {
  const made = bedside(profile);
  made.inject('20 mL');
  made.drive('0.4 mL/day');
  return { ...made, flow: () => made.plant.truth().flow };
}

describe('a rotor that several things hold turns once the last of them lets go', () => {
  test('an intermittent stall that is over does not free a rotor that is stuck for good', () => {
    const { plant, advance, flow } = turning();
    plant.inflict(STALL);
    plant.inflict(AGAIN);
    advance('2h');
    expect(flow()).toBe(0);
    plant.inflict(NO_MORE);
    expect(flow()).toBe(0);
    plant.inflict({ type: 'ends', condition: 'stall' });
    expect(flow()).toBe(rate.parse('0.4 mL/day'));
  });

  test('an intermittent stall that is over frees no rotor in a field', () => {
    const { plant, flow } = turning();
    plant.act({ type: 'enterScanner', field: FIELD });
    plant.inflict(AGAIN);
    plant.inflict(NO_MORE);
    expect(flow()).toBe(0);
  });

  test('an intermittent stall does not end a slow recovery', () => {
    const { plant, advance, flow } = turning();
    plant.inflict({ type: 'slowRecovery', by: parseDuration('24h') });
    plant.inflict(AGAIN);
    plant.act({ type: 'enterScanner', field: FIELD });
    plant.act({ type: 'leaveScanner' });
    advance('2h');
    expect(flow()).toBe(0);
    // The fourth stall begins at that instant, and is over an hour later.
    advance('22h');
    expect(flow()).toBe(0);
    advance('1h');
    expect(flow()).toBe(rate.parse('0.4 mL/day'));
  });

  test('a field that is left does not free a rotor that was stuck before', () => {
    const { plant, flow } = turning();
    plant.inflict(STALL);
    plant.act({ type: 'enterScanner', field: FIELD });
    plant.act({ type: 'leaveScanner' });
    expect(flow()).toBe(0);
  });
});

test('a field that holds no rotor does not hold a valve-gated pump after its intermittent stall', () => {
  const { plant, advance } = turning(profileOf('valve-gated-like-20'));
  plant.inflict(AGAIN);
  plant.act({ type: 'enterScanner', field: FIELD });
  advance('2h');
  expect(plant.truth().conditions).toEqual([]);
});

test('a reservoir that runs dry as the error of the flow grows is told to', () => {
  const { plant, told, advance } = turning();
  plant.inflict({ type: 'flowDrift', drift: { by: proportion.parse('+1 %'), every: parseDuration('50d') } });
  advance('50d');
  expect(plant.truth().reservoir).toBe(0);
  expect(told.filter(({ kind }) => kind === 'ranDry')).toHaveLength(1);
});

test('by force a large reservoir takes no more than can be counted', () => {
  const { plant, inject } = bedside(profileOf('generic-pca'));
  inject('60 mL');
  expect(plant.act({ type: 'inject', volume: volume.parse('60 mL'), solution: null, force: true })).toEqual({
    refused: 'overfull',
  });
});

test('a rotor behind a kink turns as slowly as its reservoir makes it, however that came to hold so little', () => {
  const { plant, advance } = turning();
  plant.inflict({ type: 'nearlyEmpty', below: volume.parse('10 mL'), by: proportion.parse('-50 %') });
  plant.inflict({ type: 'begins', condition: 'occlusion' });
  plant.act({ type: 'aspirate', volume: volume.parse('15 mL') });
  plant.act({ type: 'film' });
  advance('12h');
  // 0.2 mL/day for half a day, at 120 mcL a turn.
  expect(plant.act({ type: 'film' })).toMatchObject({ turned: 300 });
});

test.each<readonly [Fault, kind: string]>([
  [AGAIN, 'flow'],
  [{ type: 'flowDrift', drift: { by: proportion.parse('+1 %'), every: parseDuration('1d') } }, 'flow'],
  [{ type: 'leak', leak: { share: proportion.parse('50 %'), at: 'connector', rhythm: RHYTHM } }, 'catheter'],
])('what %o does by itself later follows from it', (fault, kind) => {
  const { plant, told, advance } = turning();
  plant.inflict(fault);
  const begun = told.find(({ kind }) => kind === 'fault')?.n;
  const before = told.length;
  advance('3d');
  const later = told.slice(before);
  expect(later.length).toBeGreaterThan(1);
  expect(later.map((each) => [each.kind, each.because])).toEqual(later.map(() => [kind, begun]));
});

test('a rotor that has recovered turns because the field was left', () => {
  const { plant, told, advance } = turning();
  plant.inflict({ type: 'slowRecovery', by: parseDuration('24h') });
  plant.act({ type: 'enterScanner', field: FIELD });
  plant.act({ type: 'leaveScanner' });
  const left = told.at(-1);
  advance('2d');
  expect(told.at(-1)).toMatchObject({ kind: 'flow', data: { flow: 400_000 }, because: left?.n });
});
