import { describe, expect, test } from 'vitest';
import type { DrugLibrary, OpeningEntry } from '../../programmer/index.ts';
import { openingFor } from '../../programmer/opening.ts';
import { doseRate, length, parseDuration, parseWallClock, rate, span, volume } from '../../shared/index.ts';
import { bench, mL, prescribe, profileOf, running } from '../harness.ts';
import { STATUS } from '../shared/examples.ts';
import { type Bench, CONFIRM, type Entry, REVIEW, reviewed, texts } from './reviewing.ts';
import { SITE } from './site-library.ts';

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

const checks = ({ sim }: Bench) => sim.screen().warnings.filter((warning) => /^(Check|Above)/.test(warning));
const morphine = (library: DrugLibrary | null = null) =>
  running({ library }, { drug: 'morphine', concentration: '1 mg/mL', basal: '0.4 mg/day', ceiling: '50 mg/day' });
const withOpening = (opening: OpeningEntry, made: Bench, entry: Entry = {}) => reviewed({ ...entry, opening }, made);
const primes = (amount: string) =>
  ({ type: 'prime', fill: 'catheterOnly', catheter: { volume: volume.parse(amount) } }) as const;

describe('an opening ordered for a pump that has delivered already', () => {
  test('that primes says what tubing and catheter hold, and that the patient gets it', () => {
    // 0.5 mL of 500 mcg/mL at 24 mL/day.
    expect(checks(withOpening(primes('0.5 mL'), running()))).toEqual([
      'Check: the priming bolus moves out what tubing and catheter hold: 250 mcg of baclofen in 30min',
    ]);
  });

  test('that primes is judged as a bolus of the clinician by what they hold, as much as the limit is not above it', () => {
    expect(checks(withOpening(primes('0.2 mL'), morphine(SITE)))).toHaveLength(1);
    expect(checks(withOpening(primes('0.21 mL'), morphine(SITE)))[1]).toBe(
      'Above a limit: a single, periodic or priming bolus, 0.21 mg of morphine, is above the soft limit of 0.2 mg (Site 7)',
    );
    const made = morphine(SITE);
    expect(made.clinician(prescribe({ opening: primes('0.41 mL') }))).toMatchObject({ refused: 'aboveHardLimit' });
  });

  test('that primes a new pump moves nothing to the patient yet: nothing is asked', () => {
    const made = bench({ library: SITE });
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    made.clinician({ type: 'implant' });
    const first = { drug: 'morphine', concentration: '10 mg/mL', basal: '1 mg/day' } as const;
    expect(checks(withOpening(primes('0.5 mL'), made, first))).toEqual([]);
  });

  test('that bridges to the same fluid says that there is nothing to bridge', () => {
    expect(checks(withOpening(bridge, running()))).toEqual([
      'Check: there is nothing to bridge: the fluid stays the same, and the program waits 20h 24min',
    ]);
    expect(checks(bridged()).filter((each) => each.includes('bridge'))).toEqual([]);
  });

  test('that bridges the rest of one cut short is not said to have nothing to bridge', () => {
    const made = bridged();
    made.clinician(CONFIRM);
    made.advance('1h');
    made.clinician({ type: 'stop' });
    expect(checks(withOpening(bridge, made, { run: true }))).toEqual([]);
  });

  test('that bridges at another dose is judged by it, and shown at it', () => {
    const dose = doseRate.parse('1 mg/day');
    const made = withOpening({ ...bridge, dose }, morphine(SITE), {
      drug: 'morphine',
      concentration: '2 mg/mL',
      basal: '0.4 mg/day',
    });
    expect(checks(made).slice(1)).toEqual([
      'Check: the bridge bolus brings 1 mg/day, +150 % of the dose before',
      'Above a limit: as a step, the most a day can bring, 1 mg/day of morphine, is above the soft limit of 0.6 mg/day (Site 7)',
    ]);
    expect(texts(made).openingAfter).toBe(
      'a bridge bolus moves the old fluid out at 1 mg/day of morphine; no basal, no bolus meanwhile',
    );
    const above = { ...bridge, dose: doseRate.parse('15.1 mg/day') };
    expect(morphine(SITE).clinician(prescribe({ opening: above }))).toMatchObject({ refused: 'aboveHardLimit' });
  });

  const delayed = { type: 'delayed', until: parseWallClock('2026-01-15 08:00') ?? span(0) } as const;
  test('that begins later says that delivery drops until then', () => {
    const made = withOpening(delayed, running());
    // 0.006 mL/day of 500 mcg/mL.
    expect(checks(made)).toEqual(['Check: DELIVERY DROPS to the minimum rate, 3 mcg/day, until 2026-01-15 08:00']);
    expect(texts(made).run).toBe('goes on, at the minimum rate until 2026-01-15 08:00');
  });

  test('that begins later drops nothing where nothing, or no more, is delivered', () => {
    const stopped = running();
    stopped.clinician({ type: 'stop' });
    const waiting = running();
    waiting.clinician({ type: 'minimumRate' });
    expect(checks(withOpening(delayed, stopped, { run: true }))).toEqual([]);
    expect(checks(withOpening(delayed, waiting))).toEqual([]);
  });

  test.each([
    // 17.94 mL at 0.4 mL/day, 10 days later.
    ['a delayed start', delayed, '2026-03-01'],
    // 16 mL of 18 in 16 h, and 2 mL in 5 days.
    ['a prime', primes('16 mL'), '2026-01-11'],
    // 9 mL of 18 at 0.2 mL/day in 45 days, the other in 22.5.
    [
      'a bridge at half the dose',
      { ...bridge, catheter: { volume: volume.parse('8.86 mL') }, dose: doseRate.parse('100 mcg/day') },
      '2026-03-13',
    ],
  ])('with %s is forecast as the pump then delivers it', (_, opening, low) => {
    const made = withOpening(opening, running());
    expect(texts(made).lowReservoirDateAfter).toBe(low);
    made.clinician(CONFIRM);
    expect(texts(made).lowReservoirDate).toBe(low);
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
