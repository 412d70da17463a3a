import { describe, expect, test } from 'vitest';
import { type DeviceProfile, parseDuration } from '../../shared/index.ts';
import { bench, mL, prescribe, profileOf, running, singleBolus } from '../harness.ts';
import { type Bench, CONFIRM, REVIEW, texts } from './reviewing.ts';

const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
const preempt = profileOf('synchromed-ii-like-20', { patientBolusDuringClinicianBolus: 'preempt' });
const started = (made: Bench) => made.logged('clinicianBolusStarted').length;

describe('the review of a single bolus', () => {
  const reviewed = (entry = singleBolus('50 mcg', '30min', 'basal', 'editBolus')) => {
    const made = running();
    made.clinician(entry);
    made.clinician(REVIEW);
    return made;
  };

  test('shows its dose, volume, rate and duration, what it is added to and what follows, apart from the daily dose', () => {
    const made = reviewed();
    expect(made.sim.screen()).toMatchObject({ title: 'Finish', warnings: [] });
    expect(texts(made)).toMatchObject({
      pendingEdits: 'single bolus 50 mcg in 30min, then basal',
      singleBolus: '50 mcg',
      singleBolusVolume: '0.1 mL',
      singleBolusRate: '4.8 mL/day',
      singleBolusDuration: '30min',
      singleBolusBeside: 'the basal rate',
      singleBolusThen: 'basal delivery goes on',
      doseApart: '200 mcg/day',
    });
  });

  test('asks the pump for nothing, and neither does entering it', () => {
    const made = reviewed();
    expect(started(made)).toBe(0);
    expect(made.sim.belief().infusion).toBe('basal');
  });

  test.each([
    // 14 mL at 0.4 mL/day, and basal runs beside the bolus.
    ['then basal', singleBolus('4 mL', '6h', 'basal', 'editBolus'), '2026-02-09'],
    ['then stopped', singleBolus('4 mL', '6h', 'stopped', 'editBolus'), undefined],
  ])('%s forecasts the reservoir as the pump then has it', (_, entry, low) => {
    const made = reviewed(entry);
    expect(texts(made).lowReservoirDateAfter).toBe(low);
    made.clinician(CONFIRM);
    expect(texts(made).lowReservoirDate).toBe(low);
  });

  const foreseen = (made: Bench) => made.sim.screen().warnings.filter((each) => each.includes('REFUSE'));
  test.each<[string, (made: Bench) => void, string, string, readonly string[]]>([
    ['that fits', () => undefined, '50 mcg', '30min', []],
    [
      'too fast',
      () => undefined,
      '0.5 mL',
      '30min',
      [
        'Check: THE PUMP WILL REFUSE IT: bolus and basal together exceed the largest rate of the pump: 24.4 mL/day of 24 mL/day',
      ],
    ],
    [
      'of more than is left',
      (made) => void made.clinician({ type: 'refill', aspirated: null, volume: mL('0.05') }),
      '50 mcg',
      '30min',
      ['Check: THE PUMP WILL REFUSE IT: the calculated reservoir holds less than a bolus: 0.1 mL of 0.05 mL'],
    ],
    [
      'on a pump at its minimum rate',
      (made) => void made.clinician({ type: 'minimumRate' }),
      '50 mcg',
      '30min',
      ['Check: THE PUMP WILL REFUSE IT: it takes no single bolus now'],
    ],
  ])('%s says before the confirmation whether the pump will refuse it', (_, before, amount, duration, said) => {
    const made = running();
    before(made);
    made.clinician(singleBolus(amount, duration, 'basal', 'editBolus'));
    made.clinician(REVIEW);
    expect(foreseen(made)).toEqual(said);
    expect('done' in made.clinician(CONFIRM)).toBe(said.length === 0);
  });

  test('on a pump that holds no prescription is foreseen to be refused, and a dose has no drug', () => {
    const made = bench();
    made.clinician({ type: 'implant' });
    made.clinician(singleBolus('0.1 mL', '30min', 'basal', 'editBolus'));
    made.clinician(REVIEW);
    expect(foreseen(made)).toEqual(['Check: THE PUMP WILL REFUSE IT: the pump holds no prescription']);
    expect(made.clinician(CONFIRM)).toMatchObject({ refused: 'noPrescription', by: 'pump' });
    made.clinician({ type: 'discard' });
    expect(made.clinician(singleBolus('50 mcg', '30min'))).toEqual({ refused: 'unknownDrug', by: 'programmer' });
  });

  test('on a pump that has lost its memory is foreseen to be refused', () => {
    const made = running();
    made.sim.act({ by: 'world', act: { type: 'memoryFault', banks: 'bothBanks' } });
    made.sim.act({ by: 'world', act: { type: 'reset', timeLost: false } });
    made.clinician(singleBolus('0.1 mL', '30min', 'basal', 'editBolus'));
    made.clinician(REVIEW);
    expect(foreseen(made)).toEqual([
      'Check: THE PUMP WILL REFUSE IT: the memory of the pump has failed: it cannot be programmed',
    ]);
    expect(made.clinician(CONFIRM)).toMatchObject({ refused: 'memoryFailed' });
  });

  test('says in capitals that the pump stops after it', () => {
    const made = reviewed(singleBolus('50 mcg', '30min', 'stopped', 'editBolus'));
    expect(texts(made)).toMatchObject({ singleBolusThen: 'THE PUMP STOPS' });
    expect(made.sim.screen().warnings).toEqual([
      'Check: THE PUMP STOPS after the single bolus, until a clinician resumes delivery',
    ]);
  });

  test('on a stopped pump says that it runs alone, and that basal starts with its end', () => {
    const made = running();
    made.clinician({ type: 'stop' });
    made.clinician(singleBolus('50 mcg', '30min', 'basal', 'editBolus'));
    made.clinician(REVIEW);
    expect(texts(made)).toMatchObject({
      singleBolusBeside: 'nothing: the pump is stopped (stopped by a clinician), and delivers it alone',
      singleBolusThen: 'BASAL DELIVERY STARTS',
    });
  });

  test('goes no further than what was seen: after a stop it is reviewed again', () => {
    const made = reviewed();
    made.clinician({ type: 'stop' });
    expect(made.clinician(CONFIRM)).toEqual({ refused: 'notReviewed', by: 'programmer' });
    expect(started(made)).toBe(0);
    made.clinician(REVIEW);
    expect(made.clinician(CONFIRM)).toEqual({ done: true });
    expect(started(made)).toBe(1);
  });

  test('is confirmed once: what was ordered is no longer there to be confirmed', () => {
    const made = reviewed();
    made.clinician(CONFIRM);
    expect(texts(made)).not.toHaveProperty('pendingEdits');
    made.advance('1h');
    expect(made.clinician(CONFIRM)).toEqual({ refused: 'notReviewed', by: 'programmer' });
    expect(started(made)).toBe(1);
  });

  test('and a prescription are two things: one is confirmed or discarded before the other is entered', () => {
    const made = reviewed();
    const edit = { ...prescribe({ basal: '180 mcg/day' }), type: 'edit' } as const;
    expect(made.clinician(edit)).toEqual({ refused: 'bolusEntered', by: 'programmer' });
    expect(made.clinician({ type: 'endSession' })).toEqual({ refused: 'pendingEdits', by: 'programmer' });
    made.clinician({ type: 'discard' });
    expect(made.clinician(edit)).toEqual({ done: true });
    expect(made.clinician(singleBolus('50 mcg', '30min', 'basal', 'editBolus'))).toEqual({
      refused: 'pendingEdits',
      by: 'programmer',
    });
  });

  test('a session that lies idle forgets it', () => {
    const made = reviewed();
    made.advance('10min');
    made.clinician({ type: 'interrogate' });
    expect(made.clinician(REVIEW)).toEqual({ refused: 'nothingPending', by: 'programmer' });
  });
});

describe('the status screen while it runs', () => {
  const profile = (changes: DeviceProfile = preempt) => running({ profile: changes }, { bolus });

  test('shows what is left of it, when it ends and what follows', () => {
    const made = profile();
    made.clinician(singleBolus('0.1 mL', '30min'));
    made.advance('15min');
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({
      mode: 'single bolus running',
      singleBolus: '50 mcg',
      singleBolusLeft: '0.05 mL',
      singleBolusEnds: '15min',
      singleBolusThen: 'basal delivery goes on',
    });
  });

  test('shows that a patient bolus has suspended it, and when it will end now', () => {
    const made = profile();
    made.clinician(singleBolus('0.1 mL', '30min'));
    made.advance('15min');
    made.press();
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({
      mode: 'patient bolus running',
      singleBolusLeft: '0.05 mL',
      singleBolusEnds: '17min',
      singleBolusWaits: 'suspended by a patient bolus, goes on after it',
    });
  });

  test('the Finish screen of a prescription says that it ends it', () => {
    const made = profile();
    made.clinician(singleBolus('0.1 mL', '30min'));
    made.clinician({ ...prescribe({ basal: '180 mcg/day' }), type: 'edit' });
    made.clinician(REVIEW);
    expect(texts(made)).toMatchObject({ updateEnds: 'the single bolus, not resumed' });
  });

  test('an update during one on a stopped pump is told to leave it stopped', () => {
    const made = running();
    made.clinician({ type: 'stop' });
    made.clinician(singleBolus('0.1 mL', '30min'));
    made.clinician({ ...prescribe({ basal: '180 mcg/day' }), type: 'edit' });
    made.clinician(REVIEW);
    expect(texts(made)).toMatchObject({ run: 'STAYS STOPPED, as a clinician stopped it' });
  });

  test('the low-reservoir date counts what of it is still to come; a pump that will stop has none', () => {
    const made = profile();
    made.clinician(singleBolus('6 mL', '24h'));
    // 20 − 6 − 2 at 0.4 mL/day are 30 days.
    expect(texts(made)).toMatchObject({ lowReservoirDate: '2026-02-04' });
    made.clinician({ type: 'stop' });
    made.clinician(singleBolus('0.1 mL', '30min', 'stopped'));
    expect(texts(made)).not.toHaveProperty('lowReservoirDate');
  });
});

describe('a single bolus whose answer is lost', () => {
  const lost = () => {
    const made = running();
    made.sim.act({ by: 'world', act: { type: 'disconnect', from: { message: 'clinicianBolus', lose: 'answer' } } });
    expect(made.clinician(singleBolus('0.01 mL', '1min'))).toMatchObject({ refused: 'noAnswer' });
    made.sim.act({ by: 'world', act: { type: 'reconnect' } });
    made.advance('2min');
    return made;
  };

  test('is not given twice where the clinician orders the same again', () => {
    const made = lost();
    expect(made.clinician(singleBolus('0.01 mL', '1min'))).toEqual({ refused: 'carriedOutBefore', by: 'programmer' });
    expect(started(made)).toBe(1);
  });

  test('and another is another', () => {
    const made = lost();
    expect(made.clinician(singleBolus('0.2 mL', '20min'))).toEqual({ done: true });
    expect(started(made)).toBe(2);
  });
});

test('an amount that makes no rate at the strength in the pump is the programmer’s to refuse', () => {
  const made = running();
  expect(made.clinician(singleBolus('50 mcg', '0min'))).toEqual({ refused: 'bolusDurationZero', by: 'programmer' });
  made.clinician({ ...prescribe({ basal: '0.4 mL/day' }), drugs: [] });
  expect(made.clinician(singleBolus('50 mcg', '30min'))).toEqual({ refused: 'diluentHasNoDose', by: 'programmer' });
});

test('a fork in the middle of one, running or suspended, goes on as the pump it was taken from', () => {
  const made = running({ profile: preempt }, { bolus });
  made.clinician(singleBolus('0.1 mL', '30min', 'stopped'));
  made.advance('10min');
  const amid = made.sim.fork();
  made.press();
  made.advance('1min');
  const suspended = made.sim.fork();
  made.advance('1h');
  amid.act({ by: 'patient', act: { type: 'requestBolus' } });
  amid.advance(parseDuration('1h 1min'));
  suspended.advance(parseDuration('1h'));
  expect(made.sim.belief()).toMatchObject({ infusion: 'stopped', clinicianBolus: null });
  expect(amid.belief()).toEqual(made.sim.belief());
  expect(suspended.belief()).toEqual(made.sim.belief());
});
