import { describe, expect, test } from 'vitest';
import {
  concentration,
  type DeviceProfile,
  type MessageName,
  parseDuration,
  parseWallClock,
  rate,
  STOP_REASONS,
  span,
} from '../../shared/index.ts';
import { bench, mL, prescribe, profileOf, running, singleBolus } from '../harness.ts';
import { file, thecal } from '../integration/cli.ts';
import { STATUS } from '../shared/examples.ts';
import { atFakePump } from './fake-pump.ts';
import { type Bench, CONFIRM, changes, type Entry, edit, REVIEW, reviewed, texts } from './reviewing.ts';

const PROGRAMS: readonly MessageName[] = ['beginUpdate', 'commitUpdate', 'enterReservoir', 'setClock'];

describe('a review', () => {
  test('reads the pump afresh, has it judge the edits, and starts nothing', () => {
    const { pump, act, programmer } = atFakePump();
    act(edit({ basal: '1 mg/day' }));
    const asked = pump.names.length;
    expect(act(REVIEW)).toEqual({ done: true });
    expect(pump.names.slice(asked)).toEqual(['interrogate', 'stagePrescription']);
    expect(pump.names.filter((name) => PROGRAMS.includes(name))).toEqual([]);
    expect(pump.status).toEqual(STATUS);
    expect(programmer.screen().title).toBe('Finish');
  });

  test('of nothing is refused', () => {
    const made = running();
    expect(made.clinician(REVIEW)).toEqual({ refused: 'nothingPending', by: 'programmer' });
  });

  test('of what cannot be is refused by the pump, and the edits stay to be mended', () => {
    const made = running();
    made.clinician(edit({ basal: '210 mcg/day' }));
    expect(made.clinician(REVIEW)).toMatchObject({ refused: 'aboveCeiling', by: 'pump' });
    expect(made.sim.screen()).toMatchObject({ title: 'Pump status', comparison: [] });
    expect(made.sim.screen().warnings).toEqual([
      'Not done: the daily dose with all boluses exceeds the ceiling of the prescription: 210 mcg/day is asked for, the ceiling is 200 mcg/day',
    ]);
    made.clinician(edit({ ceiling: '250 mcg/day' }));
    expect(made.clinician(REVIEW)).toEqual({ done: true });
    expect(changes(made)).toMatchObject({ ceiling: '200 mcg/day → 250 mcg/day' });
  });

  test.each<[string, Parameters<typeof edit>[0], string]>([
    ['basalBelowMinimum', { basal: '20 mcg/day' }, '0.04 mL/day is asked for, the smallest is 0.048 mL/day'],
    [
      'basalAboveMaximum',
      { basal: '13 mg/day', ceiling: '20 mg/day' },
      '26 mL/day is asked for, the largest is 24 mL/day',
    ],
    ['thresholdAboveCapacity', { lowReservoir: '21 mL' }, '21 mL is asked for, the reservoir holds 20 mL'],
  ])('refused as %s says what was asked for and what there may be', (refused, entry, figures) => {
    const made = running();
    made.clinician(edit(entry));
    expect(made.clinician(REVIEW)).toMatchObject({ refused, by: 'pump' });
    expect(made.sim.screen().warnings).toEqual([expect.stringMatching(new RegExp(`^Not done: .*: ${figures}$`))]);
  });

  test('of a single bolus too long or too short says how long it may be', () => {
    const told = (duration: string) => {
      const made = running();
      made.clinician(singleBolus('10 mcg', duration));
      return made.sim.screen().warnings.join();
    };
    expect(told('25h')).toContain('1d 1h is asked for, the longest is 1d');
    expect(told('30s')).toContain('30s is asked for, the shortest is 1min');
  });

  test('of a bolus too fast says the shortest that fits', () => {
    const made = running();
    made.clinician(
      edit({ bolus: { dose: '0.05 mL', duration: '2min', lockout: '4h', maxPerDay: 1 }, ceiling: '300 mcg/day' }),
    );
    expect(made.clinician(REVIEW)).toMatchObject({ refused: 'bolusTooFast' });
    // 0.05 mL at 24 mL/day less 0.4 are 3 min 3.05 s.
    expect(made.sim.screen().warnings).toEqual([
      'Not done: bolus and basal together exceed the largest rate of the pump; the shortest duration that fits is 4min',
    ]);
  });
});

describe('the Finish screen', () => {
  test('shows old and new side by side, and what stays', () => {
    const made = reviewed({ basal: '150 mcg/day' });
    expect(made.sim.screen().title).toBe('Finish');
    expect(changes(made)).toEqual({
      dailyDose: '200 mcg/day → 150 mcg/day',
      dailyVolume: '0.4 mL → 0.3 mL',
      program: 'constant, 200 mcg/day → constant, 150 mcg/day',
      basalRate: '0.4 mL/day → 0.3 mL/day',
      dailyDoseAllBoluses: '200 mcg/day → 150 mcg/day',
    });
    expect(made.sim.screen().comparison).toContainEqual({
      part: 'ceiling',
      label: 'Daily dose ceiling',
      before: '200 mcg/day',
      after: '200 mcg/day',
      changed: false,
    });
  });

  test('shows a part that comes or goes as none on the other side', () => {
    const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
    const made = reviewed({ bolus, ceiling: '250 mcg/day' });
    expect(changes(made)).toMatchObject({ bolusDose: 'none → 10 mcg', lockout: 'none → 4h' });
    const gone = reviewed({ bolus: 'none' }, running({}, { bolus }));
    expect(changes(gone)).toMatchObject({ bolusDose: '10 mcg → none' });
  });

  test.each([
    ['150 mcg/day', '−25 %'],
    ['200 mcg/day', '+0 %'],
    ['260 mcg/day', '+30 %'],
    ['201 mcg/day', '+0.5 %'],
  ])('of %s shows the change of the dose: %s', (basal, change) => {
    const made = reviewed({ basal, ceiling: '300 mcg/day' });
    expect(texts(made)).toMatchObject({
      doseBefore: '200 mcg/day',
      doseAfter: basal,
      doseChange: change,
      doseAllBolusesBefore: '200 mcg/day',
      doseAllBolusesAfter: basal,
      run: 'goes on',
      // 18 mL above the threshold, at 0.4 mL/day.
      lowReservoirDate: '2026-02-19',
    });
  });

  test('of more than ten times next to nothing shows how many times as much, not per cent', () => {
    const made = reviewed({ basal: '250 mcg/day', ceiling: '300 mcg/day' }, running({}, { basal: '24 mcg/day' }));
    expect(texts(made)).toMatchObject({ doseBefore: '24 mcg/day', doseAfter: '250 mcg/day', doseChange: '×10.4' });
    expect(made.sim.screen().warnings).toContain('Check: the daily dose changes by ×10.4');
  });

  test('shows when the reservoir will be low after it', () => {
    // 18 mL at 0.2 mL/day are 90 days.
    expect(texts(reviewed({ basal: '100 mcg/day' }))).toMatchObject({
      lowReservoirDate: '2026-02-19',
      lowReservoirDateAfter: '2026-04-05',
      lowReservoirDateAllBolusesAfter: '2026-04-05',
    });
  });

  test('of a first prescription, and of another drug, compares no doses', () => {
    const first = bench();
    first.clinician({ type: 'implant' });
    reviewed({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day' }, first);
    expect(texts(first)).toMatchObject({ doseAfter: '200 mcg/day', doseChange: 'first prescription', run: 'starts' });
    expect(texts(first)).not.toHaveProperty('doseBefore');
    const other = reviewed({ drug: 'morphine', concentration: '25 mg/mL', basal: '5 mg/day' });
    expect(texts(other)).toMatchObject({ doseChange: 'another drug', doseAfter: '5 mg/day' });
  });

  test('says what a stopped pump will do', () => {
    const made = running();
    made.clinician({ type: 'stop' });
    reviewed({ basal: '190 mcg/day' }, made);
    expect(texts(made)).toMatchObject({ run: 'STAYS STOPPED, as a clinician stopped it' });
    expect(texts(made)).not.toHaveProperty('lowReservoirDateAfter');
    const { sim } = made;
    const starts = sim.fork();
    starts.act({ by: 'clinician', act: edit({ run: true }) });
    starts.act({ by: 'clinician', act: REVIEW });
    expect(starts.screen().fields).toContainEqual(
      expect.objectContaining({ name: 'run', text: 'STARTS: a clinician had stopped it' }),
    );
    sim.act({ by: 'clinician', act: CONFIRM });
    starts.act({ by: 'clinician', act: CONFIRM });
    expect(sim.belief().infusion).toBe('stopped');
    expect(starts.belief().infusion).toBe('basal');
  });

  test('says what the update ends, and when the next bolus is possible after it', () => {
    const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
    const made = running({}, { bolus });
    made.press();
    reviewed({ bolus: { ...bolus, lockout: '6h' } }, made);
    expect(texts(made)).toMatchObject({
      updateEnds: 'the patient bolus, not resumed',
      nextBolus: '4h',
      nextBolusAfter: '6h',
    });
    made.clinician(CONFIRM);
    expect(texts(made)).toMatchObject({ nextBolus: '6h' });
  });

  test('names a periodic bolus that the update ends', () => {
    const periodic = {
      type: 'periodic',
      basal: { rate: rate.parse('0.1 mL/day') },
      bolus: { dose: null, volume: mL('0.1'), duration: parseDuration('1h') },
      interval: parseDuration('6h'),
    } as const;
    const made = running({}, { program: periodic, ceiling: '1000 mcg/day' });
    made.advance('6h 10min');
    made.clinician({ type: 'interrogate' });
    reviewed({ basal: '200 mcg/day' }, made);
    expect(texts(made)).toMatchObject({ updateEnds: 'the periodic bolus, not resumed' });
  });

  const check = (made: Bench) => made.sim.screen().warnings.filter((warning) => warning.startsWith('Check'));
  const bolus = { dose: '1 mcg', duration: '2min', lockout: '4h', maxPerDay: 7 };
  const daily = (weekend: string) =>
    ({
      type: 'daily',
      groups: [
        { days: [0, 1, 2, 3, 4], steps: [{ at: parseDuration('0s'), basal: { rate: rate.parse('0.4 mL/day') } }] },
        { days: [5, 6], steps: [{ at: parseDuration('0s'), basal: { rate: rate.parse(weekend) } }] },
      ],
    }) as const;
  const periodic = (interval: string) =>
    ({
      type: 'periodic',
      basal: { rate: rate.parse('0.2 mL/day') },
      bolus: { dose: null, volume: mL('0.005'), duration: parseDuration('10min') },
      interval: parseDuration(interval),
    }) as const;

  test('compares periodic programs by the mean of their intervals, whenever it is asked', () => {
    // 100 mcg/day, and boluses of 2.5 mcg.
    const made = running({}, { program: periodic('1h'), ceiling: '400 mcg/day' });
    for (const wait of ['1min', '30min']) {
      made.advance(wait);
      made.clinician({ type: 'interrogate' });
      reviewed({ program: periodic('30min') }, made);
      expect(texts(made)).toMatchObject({ doseBefore: '160 mcg/day', doseAfter: '220 mcg/day', doseChange: '+37.5 %' });
    }
  });

  const dated = (at: string) =>
    ({
      type: 'dated',
      first: { rate: rate.parse('0.4 mL/day') },
      steps: [{ at: parseWallClock(at) ?? span(0), basal: { rate: rate.parse('0.5 mL/day') } }],
    }) as const;

  test.each<[string, Entry, string[]]>([
    ['a dose doubled', { basal: '400 mcg/day' }, []],
    ['more than doubled', { basal: '401 mcg/day' }, ['Check: the daily dose changes by +100.5 %']],
    ['halved', { basal: '100 mcg/day' }, []],
    ['less than halved', { basal: '99 mcg/day' }, ['Check: the daily dose changes by −50.5 %']],
    ['hourly periodic boluses', { program: periodic('1h') }, []],
    ['more often', { program: periodic('59min') }, ['Check: a periodic bolus every 59min']],
    ['six boluses with a lockout of 4 h', { bolus: { ...bolus, maxPerDay: 6 } }, []],
    ['seven', { bolus }, ['Check: the lockout lets 6 boluses through in 24 h, not 7']],
    ['steps to come', { program: dated('2026-01-05 08:01') }, []],
    [
      'a step of now',
      { program: dated('2026-01-05 08:00') },
      ['Check: the step of 2026-01-05 08:00 is past, and begins at once'],
    ],
    ['days alike', { program: daily('0.4 mL/day') }, []],
    [
      'days that differ',
      { program: daily('0.3 mL/day') },
      ['Check: the daily dose differs between days: 150 mcg/day (Sat) to 200 mcg/day (Mon)'],
    ],
    [
      'the drug at twice the strength, the dose alike',
      { drug: 'baclofen', concentration: '1000 mcg/mL', basal: '200 mcg/day' },
      [
        // (20 × 1000 + 1.4 × 500) / 21.4
        'Check: the pump was told of baclofen 500 mcg/mL, and is told of baclofen 1000 mcg/mL; the 1.4 mL that cannot be aspirated and 20 mL of the new make baclofen 967.29 mcg/mL, unless the reservoir was rinsed',
      ],
    ],
    ['boluses that double a day', { bolus: { ...bolus, dose: '40 mcg', duration: '30min', maxPerDay: 5 } }, []],
    [
      'more than double it',
      { bolus: { ...bolus, dose: '40.2 mcg', duration: '30min', maxPerDay: 5 } },
      ['Check: the most a day can bring changes by +100.5 %'],
    ],
    [
      'a limit that basal and one bolus just fit',
      // 200 mcg in 24 h and 1 mcg.
      { bolus: { ...bolus, maxPerDay: 6 }, doseLimit: { dose: '201 mcg', window: '24h' } },
      [],
    ],
    [
      'one ng smaller',
      { bolus: { ...bolus, maxPerDay: 6 }, doseLimit: { dose: '200.999 mcg', window: '24h' } },
      ['Check: the dose limit lets no patient bolus through'],
    ],
  ])('before %s: %j', (_, entry, warnings) => {
    expect(check(reviewed({ ...entry, ceiling: '2000 mcg/day' }))).toEqual(warnings);
  });

  // 16.6666… mcL of basal in an hour, and 2 mcL of a bolus; less what basal would give in its two minutes, 0.5555… mcL.
  test.each<[string, Partial<DeviceProfile>, readonly string[]]>([
    ['has room for basal and one bolus', { hourlyMaximum: mL('0.018667') }, []],
    [
      'has a nanolitre less',
      { hourlyMaximum: mL('0.018666') },
      ['Check: the hourly maximum of the pump lets no patient bolus through'],
    ],
    ['has room for a bolus in place of basal', { hourlyMaximum: mL('0.018112'), bolusOverBasal: 'replace' }, []],
    [
      'has a nanolitre less for it',
      { hourlyMaximum: mL('0.018111'), bolusOverBasal: 'replace' },
      ['Check: the hourly maximum of the pump lets no patient bolus through'],
    ],
  ])('before a patient bolus on a pump whose hour %s', (_, device, warnings) => {
    const made = running({ profile: { ...profileOf('synchromed-ii-like-20'), ...device } });
    const entry = { bolus: { ...bolus, maxPerDay: 6 }, ceiling: '2000 mcg/day' };
    expect(check(reviewed(entry, made))).toEqual(warnings);
    made.clinician(CONFIRM);
    // Warned of is what the pump then does.
    made.sim.act({ by: 'patient', act: { type: 'requestBolus' } });
    expect(made.sim.belief()).toMatchObject(warnings.length === 0 ? { granted: 1 } : { granted: 0, nextBolus: null });
  });

  test('warns of a program by local time on a pump whose clock differs or is lost', () => {
    const late = running();
    late.sim.act({ by: 'world', act: { type: 'localTime', by: 3_600_000 } });
    expect(check(reviewed({ program: daily('0.4 mL/day') }, late))).toEqual([
      'Check: the program follows local time, and the clock of the pump differs',
    ]);
    const lost = running();
    lost.sim.act({ by: 'world', act: { type: 'reset', timeLost: true } });
    expect(check(reviewed({ program: daily('0.4 mL/day') }, lost))).toEqual([
      'Check: the program follows local time, and the clock of the pump is lost',
    ]);
  });

  test('checks the dose of every drug of a mixture, whichever is the primary', () => {
    const made = bench();
    made.clinician({ type: 'implant' });
    const drugs = [
      { name: 'morphine', concentration: concentration.parse('10 mg/mL') },
      { name: 'bupivacaine', concentration: concentration.parse('20 mg/mL') },
    ] as const;
    const mixture = { drugs: [...drugs], primary: 'morphine' as const };
    made.clinician({ ...prescribe({ basal: '1 mg/day', ceiling: '50 mg/day' }), ...mixture });
    made.clinician({ ...edit({ basal: '5 mg/day', ceiling: '50 mg/day' }), ...mixture, primary: 'bupivacaine' });
    made.clinician(REVIEW);
    // 2 mg/day of bupivacaine and 1 of morphine become 5 and 2.5.
    expect(check(made)).toEqual([
      'Check: the pump was told of morphine 10 mg/mL and bupivacaine 20 mg/mL, and is told of bupivacaine 20 mg/mL and morphine 10 mg/mL',
      'Check: the daily dose of bupivacaine changes by +150 %',
      'Check: the daily dose of morphine changes by +150 %',
    ]);
  });

  test('is made up for where a prescription is programmed at once', () => {
    const made = running();
    made.clinician(prescribe({ basal: '401 mcg/day', ceiling: '500 mcg/day' }));
    expect(check(made)).toEqual(['Check: the daily dose changes by +100.5 %']);
    made.clinician({ type: 'interrogate' });
    expect(check(made)).toEqual([]);
    expect(made.clinician(prescribe({ basal: '1000 mcg/day' }))).toMatchObject({ refused: 'aboveCeiling' });
    expect(check(made)).toEqual([]);
  });

  test.each<[string, Partial<DeviceProfile>, (made: Bench) => void, string]>([
    ['a running pump', {}, () => undefined, 'goes on'],
    [
      'a pump that waits for a start',
      { afterCommit: 'waitForStart' },
      () => undefined,
      `STOPS: ${STOP_REASONS.awaitingStart}`,
    ],
    [
      'one that is empty and must stop',
      { emptyPolicy: 'stop' },
      (made) => void made.clinician({ type: 'refill', aspirated: null, volume: mL('0') }),
      `STAYS STOPPED: ${STOP_REASONS.emptyReservoir}`,
    ],
    [
      'one that is low and may only run at its minimum',
      { lowReservoirPolicy: 'minimumRate' },
      (made) => void made.clinician({ type: 'refill', aspirated: null, volume: mL('1') }),
      'goes on, at the minimum rate',
    ],
    [
      'one put to its minimum rate',
      {},
      (made) => void made.clinician({ type: 'minimumRate' }),
      'GOES BACK TO THE PROGRAM from the minimum rate',
    ],
    [
      'one at its default schedule',
      { safeState: 'defaultSchedule' },
      (made) => {
        made.sim.act({ by: 'world', act: { type: 'batteryReset', safeState: true } });
        made.clinician({ type: 'interrogate' });
      },
      'GOES BACK TO THE PROGRAM from the default schedule',
    ],
    [
      'one that may deliver no more than its default schedule',
      { sensors: ['occlusion'], occlusionPolicy: 'defaultSchedule' },
      (made) => {
        made.sim.act({ by: 'world', act: { type: 'begins', condition: 'occlusion' } });
        made.advance('1s');
        made.clinician({ type: 'interrogate' });
      },
      'goes on, at the default schedule',
    ],
  ])('says what the update does to delivery on %s, and so it is', (_, profile, before, words) => {
    const made = running({ profile: profileOf('synchromed-ii-like-20', profile) });
    if (made.sim.belief().stopped !== null) made.clinician({ type: 'resume' });
    before(made);
    reviewed({ lowReservoir: '1.5 mL' }, made);
    expect(texts(made)).toMatchObject({ run: words });
    made.clinician(CONFIRM);
    const { infusion } = made.sim.belief();
    expect(infusion).toBe(
      words.includes('STOP')
        ? 'stopped'
        : words.includes('at the minimum')
          ? 'minimumRate'
          : words.includes('at the default')
            ? 'defaultSchedule'
            : 'basal',
    );
  });

  test('says that a program asks for nothing for now, and when its periodic bolus comes', () => {
    const nothing = { rate: rate.of(0) };
    const bolus = { dose: null, volume: mL('0.1'), duration: parseDuration('1h') };
    const interval = parseDuration('12h');
    const made = reviewed({ program: { type: 'periodic', basal: nothing, bolus, interval }, ceiling: '500 mcg/day' });
    expect(texts(made)).toMatchObject({
      run: 'goes on: for now the program asks for no basal delivery',
      periodicNextAfter: '12h',
    });
    made.clinician(CONFIRM);
    expect(texts(made)).toMatchObject({
      program: '0 mcg/day, and every 12h 50 mcg in 1h',
      resumeNot: 'the program itself asks for no delivery between its boluses',
      periodicNext: '12h',
    });
  });

  test('has a line for a dose limit overridden', () => {
    const made = reviewed({ basal: '190 mcg/day', override: true });
    expect(texts(made)).toMatchObject({ limitOverride: 'overridden where what has been given exceeds it for now' });
  });
});

describe('two prescriptions of the history', () => {
  function three() {
    const made = running({}, { ceiling: '300 mcg/day' });
    made.clinician(prescribe({ basal: '220 mcg/day' }));
    made.clinician(prescribe({ basal: '240 mcg/day', lowReservoir: '3 mL' }));
    return made;
  }

  test('are compared part by part, whichever they are', () => {
    const made = three();
    made.clinician({ type: 'readHistory' });
    expect(made.clinician({ type: 'compare', from: 1, to: 3 })).toEqual({ done: true });
    expect(made.sim.screen().title).toBe('Two prescriptions');
    expect(changes(made)).toMatchObject({
      dailyDose: '200 mcg/day → 240 mcg/day',
      lowReservoir: '2 mL → 3 mL',
    });
    made.clinician({ type: 'compare', from: 3, to: 2 });
    expect(changes(made)).toMatchObject({ dailyDose: '240 mcg/day → 220 mcg/day', lowReservoir: '3 mL → 2 mL' });
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen()).toMatchObject({ title: 'Pump status', comparison: [] });
  });

  test('must have been read', () => {
    const made = three();
    expect(made.clinician({ type: 'compare', from: 1, to: 3 })).toEqual({
      refused: 'historyNotRead',
      by: 'programmer',
    });
    made.clinician({ type: 'readHistory' });
    expect(made.clinician({ type: 'compare', from: 1, to: 4 })).toMatchObject({ refused: 'historyNotRead' });
  });

  test('read stay read when the log is read, and the other way round', () => {
    const made = three();
    made.clinician({ type: 'readHistory' });
    made.clinician({ type: 'readLog' });
    const { history, log } = made.sim.knows;
    expect([history.length, log.length]).toEqual([3, expect.any(Number)]);
    made.clinician({ type: 'readHistory' });
    expect(made.sim.knows.log).toEqual(log);
    expect(made.sim.knows.history).toEqual(history);
  });
});

test('a reset between a reading and an edit at the desk breaks no always-true rule', () => {
  const story = file(`
thecal: scenario/1
title: An edit at the desk, on what was read before a reset
profile: synchromed-ii-like-20
clock: 2026-01-05 08:00
start:
  fill: { volume: 20 mL, baclofen: 500 mcg/mL }
  prescribe: { daily: [{ at: "00:00", give: 0.2 mL/day }, { at: "08:00", give: 0.4 mL/day }], ceiling: 1000 mcg/day }
story:
  - { at: 4d 5h, clinician: interrogate }
  - { after: 1min, world: { reset: { clock: lost } } }
  - { after: 1min, clinician: { edit: { constant: 210 mcg/day } } }
  - { clinician: review, expect: { screen: { clock: unknown, title: Finish } } }
  - { clinician: confirm, expect: { belief: { prescription: 2 } } }
`);
  expect(thecal(['run', story])).toMatchObject({ code: 0 });
});

test('without its local time the pump is forecast by the program to come, not by the one before', () => {
  const made = running();
  made.sim.act({ by: 'world', act: { type: 'reset', timeLost: true } });
  reviewed({ basal: '100 mcg/day' }, made);
  const { lowReservoirDateAfter: forecast } = texts(made);
  made.clinician(CONFIRM);
  expect(texts(made).lowReservoirDate).toBe(forecast);
});
