import { describe, expect, test } from 'vitest';
import { openingFor } from '../../programmer/opening.ts';
import { doseRate, length, parseDuration, rate, volume } from '../../shared/index.ts';
import { prescribe, profileOf, running } from '../harness.ts';
import { STATUS } from '../shared/examples.ts';
import { type Bench, CONFIRM, REVIEW, texts } from './reviewing.ts';

const SPACE = profileOf('synchromed-ii-like-20');
const catheter = { volume: volume.parse('0.2 mL') };
const bridge = { type: 'bridge', catheter, dose: null } as const;

describe('the volume of a priming bolus', () => {
  const primed = (fill: 'pumpAndCatheter' | 'catheterOnly') => {
    const opening = { type: 'prime', fill, catheter: { length: length.parse('60 cm') } } as const;
    return openingFor({ opening, underway: null }, STATUS, SPACE, SPACE);
  };

  test('of pump and catheter is that of both, 60 cm of catheter being 0.132 mL', () => {
    // 0.272 mL at 24 mL/day.
    expect(primed('pumpAndCatheter')).toEqual({ type: 'prime', rate: SPACE.primeRate, duration: 979_200 });
  });

  test('of the catheter alone leaves out the tubing', () => {
    expect(primed('catheterOnly')).toEqual({ type: 'prime', rate: SPACE.primeRate, duration: 475_200 });
  });

  test('of the pump alone is that of its tubing', () => {
    const opening = { type: 'prime', fill: 'pumpOnly' } as const;
    const made = openingFor({ opening, underway: null }, STATUS, SPACE, SPACE);
    expect(made).toEqual({ type: 'prime', rate: SPACE.primeRate, duration: 504_000 });
  });
});

/** A pump at 200 mcg/day of baclofen 500 mcg/mL, changed to 2000 mcg/mL with a bridge of 0.34 mL. */
function bridged(): Bench {
  const made = running();
  const change = { drug: 'baclofen', concentration: '2000 mcg/mL', basal: '200 mcg/day', bolus: 'none' } as const;
  made.clinician({ ...prescribe({ ...change, opening: bridge }), type: 'edit' });
  made.clinician(REVIEW);
  return made;
}

describe('a bridge from 500 mcg/mL at 200 mcg/day over 0.340 mL', () => {
  test('is shown before it begins: 170 mcg of the old drug in 20.4 h at 0.4 mL/day', () => {
    expect(texts(bridged())).toMatchObject({
      openingVolume: '0.34 mL',
      openingRate: '0.4 mL/day',
      openingDuration: '20h 24min',
      openingDose: '170 mcg of baclofen',
      doseAfter: '200 mcg/day',
    });
  });

  test('is delivered, and then the new program', () => {
    const made = bridged();
    made.clinician(CONFIRM);
    expect(made.sim.belief()).toMatchObject({ infusion: 'bridge', rate: rate.parse('0.4 mL/day') });
    made.sim.advance(parseDuration('20h 24min'));
    expect(made.sim.belief()).toMatchObject({ infusion: 'basal', rate: rate.parse('0.1 mL/day') });
  });

  test('at half the old dose takes twice as long', () => {
    // 5 mg/day of morphine 25 mg/mL.
    const half = { ...bridge, dose: doseRate.parse('5 mg/day') };
    const made = openingFor({ opening: half, underway: null }, STATUS, SPACE, SPACE);
    expect(made).toEqual({ type: 'bridge', rate: rate.parse('0.2 mL/day'), duration: 2 * 73_440_000 });
  });

  test('cut short is told with what was not filled, until the next prescription', () => {
    const made = bridged();
    made.clinician(CONFIRM);
    made.sim.advance(parseDuration('10h 12min'));
    made.clinician({ type: 'stop' });
    const told = 'THE BRIDGE BOLUS WAS CUT SHORT BY A STOP: 0.17 mL of the path were not filled';
    expect(made.sim.screen().warnings).toContain(told);
    made.clinician(prescribe({ basal: '200 mcg/day', run: true }));
    expect(made.sim.screen().warnings).not.toContain(told);
  });

  test('is not done again with the next prescription', () => {
    const made = bridged();
    made.clinician(CONFIRM);
    made.sim.advance(parseDuration('1d'));
    expect(made.clinician(prescribe({ basal: '220 mcg/day', ceiling: '300 mcg/day' }))).toEqual({ done: true });
    expect(made.sim.belief().infusion).toBe('basal');
  });
});

describe('an update during a bridge', () => {
  const amid = () => {
    const made = bridged();
    made.clinician(CONFIRM);
    made.sim.advance(parseDuration('10h 12min'));
    return made;
  };
  const next = { basal: '210 mcg/day', ceiling: '300 mcg/day' };

  test('is refused by the pump until somebody says what becomes of it', () => {
    expect(amid().clinician(prescribe(next))).toMatchObject({ refused: 'openingRunning' });
  });

  test('gives it up', () => {
    const made = amid();
    expect(made.clinician(prescribe({ ...next, underway: 'cancel' }))).toEqual({ done: true });
    expect(made.sim.belief().infusion).toBe('basal');
  });

  test('begins anew with what is left, at the same rate', () => {
    const made = amid();
    expect(made.clinician(prescribe({ ...next, underway: 'recompute' }))).toEqual({ done: true });
    expect(texts(made)).toMatchObject({ openingLeft: '0.17 mL', openingEnds: '10h 12min' });
    expect(made.sim.belief().rate).toBe(rate.parse('0.4 mL/day'));
  });
});
