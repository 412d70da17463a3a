import { describe, expect, test } from 'vitest';
import { doseRate, length } from '../../shared/index.ts';
import { mL, prescribe, running, singleBolus } from '../harness.ts';
import { type Bench, CONFIRM, REVIEW, texts } from './reviewing.ts';

const TOLD = { drug: 'baclofen', concentration: '2000 mcg/mL', basal: '200 mcg/day' } as const;
const catheter = { volume: mL('0.2') };
/** A pump told of 2000 instead of 500 mcg/mL at 200 mcg/day; 0.34 mL of the old lie before the new. */
function changed(entry: Parameters<typeof prescribe>[0] = {}): Bench {
  const made = running();
  made.clinician({ ...prescribe({ ...TOLD, ...entry }), catheter });
  return made;
}
function reread(made: Bench, after: string) {
  made.clinician({ type: 'endSession' });
  made.advance(after);
  made.clinician({ type: 'interrogate' });
  return texts(made);
}

describe('the status screen after a change of the concentration without a bridge', () => {
  test('says what of the old fluid is in tubing and catheter, how long it lasts and at which dose', () => {
    // 0.34 mL at 0.1 mL/day are 3.4 days; 170 mcg in them.
    expect(texts(changed())).toMatchObject({
      dailyDose: '200 mcg/day',
      pathVolume: '0.34 mL',
      oldFluidLasts: '3d 9h 36min',
      oldFluidDose: '50 mcg/day',
    });
  });

  test('says so of what was reviewed, too', () => {
    const made = running();
    made.clinician({ ...prescribe(TOLD), type: 'edit', catheter });
    made.clinician(REVIEW);
    made.clinician(CONFIRM);
    expect(texts(made)).toMatchObject({ pathVolume: '0.34 mL', oldFluidDose: '50 mcg/day' });
  });

  test('says it at every later visit, less what was commanded since, until all of it is out', () => {
    const made = changed();
    expect(reread(made, '40h 48min')).toMatchObject({ pathVolume: '0.17 mL', oldFluidLasts: '1d 16h 48min' });
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    expect(reread(made, '20h 24min')).toMatchObject({ pathVolume: '0.085 mL', oldFluidLasts: '20h 24min' });
    made.clinician(prescribe({ basal: '400 mcg/day', ceiling: '500 mcg/day' }));
    expect(texts(made)).toMatchObject({ oldFluidLasts: '10h 12min', oldFluidDose: '100 mcg/day' });
    expect(reread(made, '11h')).not.toHaveProperty('pathVolume');
  });

  test('says that the part of the catheter is not known where nobody ever said what it holds', () => {
    const made = running();
    made.clinician(prescribe(TOLD));
    const unknown = 'what the catheter holds is not known';
    expect(texts(made)).toMatchObject({
      pathVolume: `0.14 mL in the tubing; ${unknown}`,
      oldFluidLasts: `at least 1d 9h 36min, for which the tubing alone lasts; ${unknown}`,
    });
    expect(made.sim.report()).toContain(`0.14 mL in the tubing; ${unknown}`);
    expect(made.sim.screen().warnings).toContain(
      `Check: what the tubing still holds brings 50 mcg/day of baclofen, −75 % of the dose before, for 1d 9h 36min; ${unknown}`,
    );
    // It is no less unknown once the tubing is clear.
    expect(reread(made, '2d')).toMatchObject({ pathVolume: `none in the tubing; ${unknown}` });
    expect(texts(made)).not.toHaveProperty('oldFluidLasts');
    expect(reread(made, '20d')).not.toHaveProperty('pathVolume');
  });

  test('tells no time of a pump that is stopped', () => {
    const made = changed();
    made.clinician({ type: 'stop' });
    expect(texts(made)).toMatchObject({ pathVolume: '0.34 mL' });
    expect(texts(made)).not.toHaveProperty('oldFluidLasts');
  });

  test('is printed with the dosing report', () => {
    expect(changed().sim.report()).toMatch(/The old fluid brings a day +50 mcg\/day/);
  });
});

describe('Finish says what a day of another fluid truly brings', () => {
  const told = (entry: Parameters<typeof prescribe>[0]) => {
    const made = running();
    made.clinician({ ...prescribe(entry), type: 'edit', catheter });
    made.clinician(REVIEW);
    return texts(made);
  };

  test('beside the dose before: where the reservoir was rinsed, and where it was not', () => {
    // 20 mL of 2000 over 1.4 mL of 500 are 1901.869; each of three rinses leaves 1.4 / 3.4 of the difference.
    expect(told(TOLD)).toMatchObject({
      doseChange: '+0 %',
      mixedConcentration: '1901.869 mcg/mL',
      mixedDose: '190.187 mcg/day',
      mixedDoseChange: '−4.9 %',
      rinsedDose: '199.315 mcg/day',
      rinsedDoseChange: '−0.3 %',
    });
  });

  test('beside the new dose where the drug before was another', () => {
    expect(told({ drug: 'morphine', concentration: '10 mg/mL', basal: '1 mg/day' })).toMatchObject({
      doseChange: 'another drug',
      mixedDose: '0.934579 mg/day',
      mixedDoseChange: '−6.5 % of the new dose',
    });
  });
});

describe('Finish asks for a second look at what the old fluid brings', () => {
  const warned = (entry: Parameters<typeof prescribe>[0]) => {
    const made = running();
    made.clinician({ ...prescribe({ ...TOLD, ...entry }), type: 'edit', catheter });
    made.clinician(REVIEW);
    return made.sim.screen().warnings.filter((warning) => warning.includes('still hold'));
  };
  test('where it is less than half or more than twice the dose before', () => {
    expect(warned({})).toEqual([
      'Check: what tubing and catheter still hold brings 50 mcg/day of baclofen, −75 % of the dose before, for 3d 9h 36min',
    ]);
    expect(warned({ concentration: '100 mcg/mL' })).toEqual([
      'Check: what tubing and catheter still hold brings 1000 mcg/day of baclofen, +400 % of the dose before, for 4h 4min 48s',
    ]);
  });

  const bridge = { type: 'bridge', catheter: { length: length.parse('60 cm') }, dose: null } as const;
  test('and at nothing where a bridge gives it at the old dose', () => {
    expect(warned({ opening: bridge })).toEqual([]);
  });

  test('where a bridge is given up before all of it is out', () => {
    const made = changed({ opening: bridge });
    made.advance('2h');
    made.clinician({ type: 'interrogate' });
    made.clinician({ ...prescribe({ basal: '200 mcg/day', underway: 'cancel' }), type: 'edit' });
    made.clinician(REVIEW);
    expect(made.sim.screen().warnings).toContainEqual(expect.stringMatching(/still hold brings 50 mcg\/day/));
  });
});

const checks = (made: Bench, word: string) => made.sim.screen().warnings.filter((warning) => warning.includes(word));

describe('of what is moved out of the path', () => {
  test('a single bolus says which of it is the old fluid, and what that brings', () => {
    const made = changed();
    made.clinician(singleBolus('90 mcg', '30min', 'basal', 'editBolus'));
    made.clinician(REVIEW);
    // 90 mcg of 2000 mcg/mL are 0.045 mL, of which each is 500 mcg/mL.
    expect(checks(made, 'of this bolus')).toEqual([
      'Check: tubing and catheter still hold 0.34 mL of the fluid before, and of this bolus 0.045 mL is that: 22.5 mcg of baclofen',
    ]);
    made.clinician(singleBolus('800 mcg', '30min', 'basal', 'editBolus'));
    made.clinician(REVIEW);
    expect(checks(made, 'of this bolus')).toEqual([
      expect.stringContaining('of this bolus 0.34 mL is that: 170 mcg of baclofen'),
    ]);
    made.clinician({ type: 'discard' });
    reread(made, '4d');
    made.clinician(singleBolus('90 mcg', '30min', 'basal', 'editBolus'));
    made.clinician(REVIEW);
    expect(checks(made, 'of this bolus')).toEqual([]);
  });

  test('a priming bolus delivers the old drug, at the change and after it', () => {
    const prime = { type: 'prime', fill: 'pumpAndCatheter', catheter: { length: length.parse('60 cm') } } as const;
    const made = running();
    made.clinician({ ...prescribe({ ...TOLD, opening: prime }), type: 'edit' });
    made.clinician(REVIEW);
    expect(texts(made)).toMatchObject({ openingVolume: '0.272 mL', openingDose: '136 mcg of baclofen' });
    const later = changed();
    later.clinician({ ...prescribe({ opening: prime }), type: 'edit' });
    later.clinician(REVIEW);
    expect(texts(later)).toMatchObject({ openingDose: '136 mcg of baclofen' });
    expect(checks(later, 'the priming bolus moves out')).toEqual([expect.stringContaining('136 mcg of baclofen')]);
  });

  test('the rest of a bridge says its dose of the old drug, and that it takes the place of the one that runs', () => {
    const bridge = { type: 'bridge', catheter: { length: length.parse('60 cm') }, dose: null } as const;
    const made = changed({ opening: bridge });
    made.advance('2h');
    made.clinician({ type: 'interrogate' });
    made.clinician({
      ...prescribe({ basal: '210 mcg/day', ceiling: '300 mcg/day', underway: 'recompute' }),
      type: 'edit',
    });
    made.clinician(REVIEW);
    // 0.272 mL less two hours at 0.4 mL/day.
    expect(texts(made)).toMatchObject({
      openingDose: '119.333 mcg of baclofen',
      updateEnds: 'the bridge bolus, in whose place another begins',
    });
  });

  test('another change says what the one before has left, which comes out first', () => {
    const made = changed();
    made.clinician({
      ...prescribe({ drug: 'baclofen', concentration: '1000 mcg/mL', basal: '200 mcg/day' }),
      type: 'edit',
      catheter,
    });
    made.clinician(REVIEW);
    expect(checks(made, 'first of all')).toEqual([
      'Check: 0.34 mL of baclofen 500 mcg/mL, left by the change before, comes out first of all',
    ]);
  });
});

describe('a bridge that a colleague left out, of a catheter of which nobody said what it holds', () => {
  /** 500 mcg/mL told to be 2000 without a word on the catheter; so much later a bridge is entered, and 0.2 mL of catheter. */
  const later = (after: string) => {
    const made = running();
    made.clinician({ ...prescribe(TOLD) });
    made.clinician({ type: 'endSession' });
    made.advance(after);
    made.clinician({ ...prescribe({ opening: { type: 'bridge', catheter, dose: null } }), type: 'edit' });
    made.clinician(REVIEW);
    return made;
  };

  test.each([
    // 0.34 mL less what 0.1 mL/day have moved.
    ['26h', '0.2317 mL', '13h 54min'],
    // The tubing, 0.14 mL, is empty of it by then.
    ['2d', '0.14 mL', '8h 24min'],
  ])('%s later moves out all that is left', (after, openingVolume, openingDuration) => {
    const made = later(after);
    expect(texts(made)).toMatchObject({ openingVolume, openingDuration, openingRate: '0.4 mL/day' });
    expect(checks(made, 'the bridge bolus brings')).toEqual([]);
    made.clinician(CONFIRM);
    expect(reread(made, '1h').pathVolume).toBe(openingVolume === '0.14 mL' ? '0.1233 mL' : '0.215 mL');
  });

  test('is asked about once all of it is out', () => {
    expect(checks(later('4d'), 'bridge')).toEqual([
      'Check: there is nothing to bridge: the fluid stays the same, and the program waits 3d 9h 36min',
    ]);
  });
});

describe('another bridge after one that was cut short', () => {
  const bridge = { type: 'bridge', catheter, dose: null } as const;
  /** A pump told of 100 instead of 500 mcg/mL, whose bridge of 20 h 24 min a stop has ended half way: 0.17 mL are left. */
  const halfway = (opening: NonNullable<Parameters<typeof prescribe>[0]['opening']>) => {
    const made = changed({ concentration: '100 mcg/mL', opening: bridge });
    made.advance('10h 12min');
    made.clinician({ type: 'interrogate' });
    made.clinician({ type: 'stop' });
    made.clinician({ ...prescribe({ run: true, opening }), type: 'edit' });
    made.clinician(REVIEW);
    return made;
  };

  test('moves out what is left, at the dose that is prescribed', () => {
    const made = halfway(bridge);
    expect(texts(made)).toMatchObject({
      openingVolume: '0.17 mL',
      openingRate: '0.4 mL/day',
      openingDuration: '10h 12min',
      openingDose: '85 mcg of baclofen',
    });
    expect(checks(made, 'bridge')).toEqual([]);
  });

  test('reckons a dose in the old fluid, and asks about one that is another', () => {
    const made = halfway({ ...bridge, dose: doseRate.parse('600 mcg/day') });
    expect(texts(made)).toMatchObject({ openingVolume: '0.17 mL', openingRate: '1.2 mL/day' });
    expect(checks(made, 'the bridge bolus brings')).toEqual([
      'Check: the bridge bolus brings 600 mcg/day, +200 % of the dose before',
    ]);
  });

  test('or a prime moves old and new fluid, each with its own mass', () => {
    // 0.34 mL: half of it of 500, half of 100 mcg/mL.
    const made = halfway({ type: 'prime', fill: 'pumpAndCatheter', catheter });
    expect(texts(made)).toMatchObject({ openingVolume: '0.34 mL', openingDose: '102 mcg of baclofen' });
    expect(checks(made, 'the priming bolus moves out')).toEqual([expect.stringContaining('102 mcg of baclofen')]);
  });
});

test('a bridge at a second change brings first what the change before has left, each at its own strength', () => {
  const made = changed({ concentration: '1000 mcg/mL' });
  made.clinician({ type: 'endSession' });
  made.advance('24h');
  made.clinician({ type: 'interrogate' });
  expect(texts(made)).toMatchObject({ pathVolume: '0.14 mL' });
  const opening = { type: 'bridge', catheter: { volume: mL('0.1') }, dose: null } as const;
  made.clinician({ ...prescribe({ ...TOLD, opening }), type: 'edit' });
  made.clinician(REVIEW);
  // 0.14 mL of 500 and 0.1 mL of 1000 mcg/mL, at 0.2 mL/day.
  expect(texts(made)).toMatchObject({
    openingVolume: '0.24 mL',
    openingDose: '170 mcg of baclofen',
    openingAfter: expect.stringContaining('at 100 mcg/day of baclofen, then 200 mcg/day of baclofen'),
  });
});

test('a patient bolus that brings another dose of the old fluid is asked about', () => {
  const bolus = { dose: '10 mcg', duration: '10min', lockout: '4h', maxPerDay: 2 };
  const review = (strength: string) => {
    const made = running();
    made.clinician({
      ...prescribe({ ...TOLD, concentration: strength, bolus, ceiling: '1 mg/day' }),
      type: 'edit',
      catheter,
    });
    made.clinician(REVIEW);
    return checks(made, 'a patient bolus brings');
  };
  // 0.1 mL of 100 mcg/mL, and 0.0125 mL of 800.
  expect(review('100 mcg/mL')).toEqual([
    'Check: of what tubing and catheter still hold a patient bolus brings 50 mcg of baclofen',
  ]);
  expect(review('800 mcg/mL')).toEqual([]);
});

test('a change of the fluid without a refill in the session is asked about', () => {
  const review = (made: Bench) => {
    made.clinician({ ...prescribe(TOLD), type: 'edit' });
    made.clinician(REVIEW);
    return checks(made, 'no refill');
  };
  const told = 'Check: no refill has been entered in this session, and the reservoir is taken to hold the new fluid';
  const made = running();
  made.clinician({ type: 'endSession' });
  made.clinician({ type: 'interrogate' });
  expect(review(made)).toEqual([told]);
  made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  expect(review(made)).toEqual([]);
});

test('of a bridge the old fluid is told at its old dose, and none of it after it', () => {
  const made = changed({ opening: { type: 'bridge', catheter: { length: length.parse('60 cm') }, dose: null } });
  expect(texts(made)).toMatchObject({ pathVolume: '0.272 mL', oldFluidDose: '200 mcg/day' });
  expect(reread(made, '1d')).not.toHaveProperty('pathVolume');
});

describe('the report of a later day', () => {
  const report = (made: Bench) => made.sim.report() ?? '';
  const bridged = () =>
    changed({ opening: { type: 'bridge', catheter: { length: length.parse('60 cm') }, dose: null } });

  test('has the catheter that was said with the bridge, and what the residual makes of the fill until the next one', () => {
    const made = bridged();
    reread(made, '1d');
    expect(report(made)).toMatch(/Catheter, as entered +60 cm, which holds 0.132 mL, entered 2026-01-05\n/);
    expect(report(made)).toMatch(
      /Change of the fluid\n {2}What cannot be aspirated +1.4 mL of baclofen 500 mcg\/mL\n {2}Filled over it, not rinsed +1902 mcg\/mL\n {2}A day of it then brings +190.2 mcg\/day\n {2}Rinsed with 3 × 2 mL before +\d/,
    );
    made.clinician(prescribe({ basal: '100 mcg/day' }));
    expect(texts(made)).toMatchObject({ mixedDose: '95.093 mcg/day' });
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    expect(texts(made)).not.toHaveProperty('mixedConcentration');
    expect(texts(made)).toHaveProperty('catheterSaid');
  });

  test('has nothing of it for another pump', () => {
    const made = bridged();
    made.clinician({ type: 'endSession' });
    made.sim.act({ by: 'hands', act: { type: 'replace', serial: 'THECAL-0002' } });
    made.clinician({ type: 'registerPump' });
    expect(texts(made)).not.toHaveProperty('catheterSaid');
    expect(texts(made)).not.toHaveProperty('mixedConcentration');
  });
});

test('of a pump whose fluid stays what it was nothing is told', () => {
  expect(texts(running())).not.toHaveProperty('pathVolume');
});
