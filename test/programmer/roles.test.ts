import { describe, expect, test } from 'vitest';
import { mL, prescribe } from '../harness.ts';
import { atFakePump } from './fake-pump.ts';

describe('a programmer for refills only', () => {
  const refills = () => atFakePump({ role: 'refill', ahead: 60_000 });

  test('reads the pump, enters a volume, and offers nothing else of the pump', () => {
    const { act, programmer } = refills();
    expect(act({ type: 'interrogate' })).toEqual({ done: true });
    expect(programmer.screen().can).toEqual(['interrogate', 'refill', 'endSession']);
    expect(act({ type: 'refill', aspirated: null, volume: mL('20') })).toEqual({ done: true });
  });

  test('leaves the clock of the pump alone, and says that it differs', () => {
    const { act, pump, programmer } = refills();
    act({ type: 'interrogate' });
    expect(pump.names).not.toContain('setClock');
    expect(programmer.screen().warnings).toEqual([expect.stringMatching(/clock/i)]);
  });
});

describe('a programmer in an emergency', () => {
  test('needs no card of the pump, reads it, stops it, and offers nothing else of it', () => {
    const { act, programmer, pump } = atFakePump({ role: 'emergency', pairing: () => undefined });
    expect(act({ type: 'interrogate' })).toEqual({ done: true });
    expect(programmer.screen().can).toEqual(['interrogate', 'stop', 'endSession']);
    expect(act({ type: 'stop' })).toEqual({ done: true });
    expect(pump.names.filter((name) => name === 'stop')).toHaveLength(1);
  });
});

test('a programmer without the card of the pump says so, and asks for nothing', () => {
  const { act, pump, programmer } = atFakePump({ pairing: () => undefined });
  expect(act(prescribe({ basal: '1 mg/day' }))).toMatchObject({ refused: 'notPaired' });
  expect(pump.names).toEqual(['openSession']);
  expect(programmer.screen().warnings).toEqual(['Not done: the station is not paired with this pump']);
});
