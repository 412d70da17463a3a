import { describe, expect, test } from 'vitest';
import { CLINICIAN_ACTS, type ClinicianAct, FIELD_NAMES, type FieldName } from '../../programmer/index.ts';
import { concentration, doseRate, parseDuration, rate, volume } from '../../shared/index.ts';
import { bench, mL, prescribe, profileOf, running, singleBolus } from '../harness.ts';

const MORPHINE = [{ name: 'morphine', concentration: concentration.parse('25 mg/mL') }] as const;
const bolus = { dose: '0.5 mg', duration: '2min', lockout: '4h', maxPerDay: 4 };
const PAIN = prescribe({
  drug: 'morphine',
  concentration: '25 mg/mL',
  basal: '10 mg/day',
  bolus,
  lowReservoir: '2 mL',
});

type Bench = ReturnType<typeof bench>;

/** A pump filled with morphine and, unless it stays on the shelf, implanted. */
function filled(options: Parameters<typeof bench>[0] = {}, implanted = true): Bench {
  const made = bench(options);
  made.sim.act({ by: 'hands', act: { type: 'inject', volume: mL('20'), solution: MORPHINE } });
  made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
  if (implanted) made.clinician({ type: 'implant' });
  return made;
}

const texts = ({ sim }: Bench): Partial<Record<FieldName, string>> =>
  Object.fromEntries(sim.screen().fields.map(({ name, text }) => [name, text]));

describe('the screen of a pump in therapy', () => {
  test('shows a mean dose of one drug at one strength', () => {
    const made = running();
    made.clinician({ type: 'endSession' });
    made.advance('10d');
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({ meanDose: '200 mcg/day' });
    made.clinician(prescribe({ drug: 'baclofen', concentration: '2000 mcg/mL', basal: '200 mcg/day' }));
    expect(texts(made)).not.toHaveProperty('meanDose');
    made.advance('1d');
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({ meanDose: '200 mcg/day' });
  });

  test('shows no mean dose where more was commanded than a pump can tell', () => {
    const made = running({}, { basal: '24 mL/day' });
    made.clinician({ type: 'endSession' });
    made.advance('4d');
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({ meanDose: '12000 mcg/day' });
    made.clinician({ type: 'endSession' });
    made.advance('5d');
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).not.toHaveProperty('meanDose');
  });

  test('shows every number with its unit, dose before rate, and what follows from it', () => {
    const made = filled();
    made.clinician(PAIN);
    made.advance('1d');
    made.press();
    made.advance('1h');
    made.press();
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().title).toBe('Pump status');
    expect(texts(made)).toEqual({
      mode: 'basal delivery',
      serial: 'THECAL-0001',
      model: 'synchromed-ii-like-20',
      clock: '2026-01-06 09:00',
      rate: '0.4 mL/day',
      drug: 'morphine',
      concentration: '25 mg/mL',
      dailyDose: '10 mg/day',
      dailyVolume: '0.4 mL',
      program: 'constant, 10 mg/day',
      basalRate: '0.4 mL/day',
      // The first session was closed after 10 min: since then 0.41389 mL and 0.02 mL in 24 h 50 min.
      meanDose: '10.483221 mg/day',
      dailyDoseAllBoluses: '12 mg/day',
      bolusDose: '0.5 mg',
      bolusVolume: '0.02 mL',
      bolusDuration: '2min',
      lockout: '4h',
      bolusesPerDay: '4',
      bolusesGiven: '1',
      granted: '1',
      denied: '1',
      nextBolus: '3h',
      nextBolusFrom: 'from 2026-01-06 12:00',
      ceiling: '12 mg/day',
      lowReservoir: '2 mL',
      record: '1',
      // 20 mL less 25 h at 0.4 mL/day (0.41667 mL) and a bolus of 0.02 mL.
      expectedVolume: '19.563 mL',
      lastFill: '2026-01-05 08:00, 20 mL',
      reservoir: 'normal',
      // 19.563 mL at 0.4 mL/day.
      timeToEmpty: '48d 21h',
      // 17.563 mL above the threshold: 43.9 days at 0.4 mL/day, 36.6 at 0.48, from 6 January, 9:00.
      lowReservoirDate: '2026-02-19',
      lowReservoirDateAllBoluses: '2026-02-11',
      refillBy: '2026-02-11',
      refillByDecided: 'the reservoir is low, with all allotted boluses',
      // 84 calendar months after the implant on 5 January 2026.
      replaceBy: '2033-01-05',
      criticalInterval: '10min',
    });
  });

  test('carries behind each text the value it shows', () => {
    const made = filled();
    made.clinician(PAIN);
    const values = Object.fromEntries(made.sim.screen().fields.map(({ name, value }) => [name, value]));
    expect(values).toMatchObject({
      rate: rate.parse('0.4 mL/day'),
      dailyDose: doseRate.parse('10 mg/day'),
      bolusVolume: volume.parse('0.02 mL'),
      lockout: parseDuration('4h'),
      bolusesPerDay: 4,
      nextBolus: 0,
      expectedVolume: mL('20'),
      reservoir: 'normal',
    });
  });

  test('has no line twice and none without a name', () => {
    const made = filled();
    made.clinician(PAIN);
    for (const [type, field] of [
      ['readHistory', 'historyEntries'],
      ['readLog', 'logRecords'],
    ] as const) {
      made.clinician({ type });
      const names = made.sim.screen().fields.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(FIELD_NAMES).toEqual(expect.arrayContaining(names));
      expect(names).toContain(field);
    }
  });

  test('shows masses in the unit of the drug, to the ng: morphine in mg, baclofen in mcg', () => {
    const made = running();
    made.clinician(prescribe({ drug: 'morphine', concentration: '2 mg/mL', basal: '1 mg/day' }));
    expect(texts(made)).toMatchObject({ concentration: '2 mg/mL', dailyDose: '1 mg/day' });
    made.clinician(prescribe({ basal: '0.999 mg/day' }));
    expect(texts(made)).toMatchObject({ dailyDose: '0.999 mg/day' });
    made.clinician(prescribe({ basal: '0.999998 mg/day' }));
    expect(texts(made)).toMatchObject({ dailyDose: '0.999998 mg/day' });
    made.clinician(prescribe({ drug: 'baclofen', concentration: '2000 mcg/mL', basal: '1200 mcg/day' }));
    expect(texts(made)).toMatchObject({
      concentration: '2000 mcg/mL',
      dailyDose: '1200 mcg/day',
      ceiling: '1200 mcg/day',
    });
  });
});

describe('a stopped pump', () => {
  test('is the first line and the first warning of any later session', () => {
    const made = running();
    made.advance('30d');
    made.clinician({ type: 'stop' });
    made.clinician({ type: 'endSession' });
    made.advance('20d 2h');
    made.clinician({ type: 'interrogate' });
    const { fields, warnings } = made.sim.screen();
    expect(fields[0]).toMatchObject({ name: 'stoppedFor', text: '20d 2h', value: parseDuration('20d 2h') });
    expect(warnings).toEqual([
      'THE PUMP IS STOPPED since 2026-02-04 08:00: stopped by a clinician',
      'Pump stopped too long: no drug is being delivered',
    ]);
    expect(texts(made)).toMatchObject({ mode: 'stopped: stopped by a clinician', rate: '0 mL/day' });
    expect(texts(made)).not.toHaveProperty('lowReservoirDate');
  });

  test('is no warning on the shelf, where it belongs', () => {
    const made = filled({}, false);
    expect(made.sim.screen().warnings).toEqual([]);
  });
});

describe('a warning', () => {
  test('stands for every alarm, the pump being stopped first', () => {
    const made = running();
    made.advance('50d');
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([
      'Reservoir calculated empty: refill the pump now',
      'Low reservoir: refill the pump',
    ]);
  });

  test('says why an act was not done, and is gone with the next', () => {
    const made = running();
    made.clinician({ type: 'resume' });
    expect(made.sim.screen().warnings).toEqual(['Not done: delivery is already running']);
    made.clinician({ type: 'interrogate' });
    expect(made.sim.screen().warnings).toEqual([]);
  });

  const LESS =
    'less came back than expected: more was delivered than programmed (over-infusion), or less filled than entered';
  const MORE =
    'more came back than expected: less was delivered than programmed (under-infusion), or more filled than entered';
  const WITHIN = 'no more than 2 mL, nor than the flow may be off by its labelled accuracy';
  const differ = (difference: string, share: string, direction: string) =>
    `Aspirated and expected volume differ by ${difference}, ${share} of what was programmed since the fill: ${direction}`;

  // 12 mL were programmed in 30 days since the fill: the labelled accuracy of 14.5 % is 1.74 mL of it.
  test.each([
    ['8 mL', '+0 mL', '+0 %', 'as expected', []],
    ['8.002 mL', '+0 mL', '+0 %', 'as expected', []],
    ['9.74 mL', '+1.74 mL', '−14.5 %', WITHIN, []],
    ['9.741 mL', '+1.74 mL', '−14.5 %', MORE, [differ('+1.74 mL', '−14.5 %', MORE)]],
    ['6.26 mL', '−1.74 mL', '+14.5 %', WITHIN, []],
    ['5.99 mL', '−2.01 mL', '+16.8 %', LESS, [differ('−2.01 mL', '+16.8 %', LESS)]],
  ])('of %s aspirated where 8 mL were expected: %s, %s', (aspirated, shown, share, direction, warnings) => {
    const made = running();
    made.advance('30d');
    const stated = warnings.length === 0 ? {} : ({ reason: 'unknown' } as const);
    made.clinician({ type: 'refill', aspirated: volume.parse(aspirated), volume: mL('20'), ...stated });
    expect(texts(made)).toMatchObject({
      refillExpected: '8 mL',
      refillAspirated: aspirated,
      refillDiscrepancy: shown,
      refillShare: share,
      refillDirection: direction,
      refillEntered: '20 mL',
      expectedVolume: '20 mL',
    });
    const found = warnings.map(() => expect.stringContaining('DATES AND DOSES COUNT WHAT IS PROGRAMMED'));
    expect(made.sim.screen().warnings).toEqual([...found, ...warnings]);
  });

  test('of more than 2 mL stands whatever its share, and 2 mL of a large one does not', () => {
    // 38 mL programmed in 95 days: 2 mL are 5.3 %.
    const large = { profile: profileOf('synchromed-ii-like-40') };
    for (const [aspirated, count] of [
      ['4 mL', 0],
      ['4.001 mL', 1],
    ] as const) {
      const made = running(large);
      made.clinician({ type: 'refill', aspirated: null, volume: mL('40') });
      made.advance('95d');
      made.clinician({ type: 'refill', aspirated: volume.parse(aspirated), volume: mL('40') });
      expect(made.sim.screen().warnings.filter((warning) => warning.startsWith('Aspirated'))).toHaveLength(count);
    }
  });

  test('of a millisecond after the fill is a share of next to nothing, and can be shown', () => {
    const made = running({}, { program: { type: 'minimumRate' } });
    made.advance('1ms');
    made.clinician({ type: 'refill', aspirated: mL('2'), volume: mL('20') });
    // Of 18 mL, 6 mcL/day gave 6 / 86 400 000 mcL.
    expect(texts(made)).toMatchObject({ refillDiscrepancy: '−18 mL', refillShare: '×259199999999' });
  });

  // 17 nL were programmed in an hour at the minimum rate: of that every drop is a large share.
  test.each([
    ['20.009 mL', '+0.01 mL', 0],
    ['20.02 mL', '+0.02 mL', 1],
  ])('of %s where 20 mL were filled an hour ago is %s: flagged %i times', (aspirated, shown, count) => {
    const made = running({}, { program: { type: 'minimumRate' } });
    made.advance('1h');
    made.clinician({ type: 'refill', aspirated: volume.parse(aspirated), volume: mL('20'), reason: 'unknown' });
    expect(texts(made)).toMatchObject({ refillDiscrepancy: shown });
    expect(made.sim.screen().warnings.filter((warning) => warning.startsWith('Aspirated'))).toHaveLength(count);
  });

  test('has no share where nothing was filled before', () => {
    const made = bench();
    made.clinician({ type: 'refill', aspirated: mL('1'), volume: mL('20') });
    expect(texts(made)).toMatchObject({ refillDiscrepancy: '+1 mL' });
    expect(texts(made)).not.toHaveProperty('refillShare');
  });
});

describe('the acts offered', () => {
  /** One of each act that a pump may refuse. */
  const ACTS: Partial<Record<ClinicianAct['type'], ClinicianAct>> = {
    implant: { type: 'implant' },
    refill: { type: 'refill', aspirated: null, volume: mL('20') },
    prescribe: { ...PAIN, ceiling: doseRate.parse('12 mg/day') },
    edit: { ...PAIN, type: 'edit' },
    review: { type: 'review' },
    confirm: { type: 'confirm' },
    stop: { type: 'stop' },
    resume: { type: 'resume' },
    minimumRate: { type: 'minimumRate' },
    setClock: { type: 'setClock' },
    compare: { type: 'compare', from: 1, to: 2 },
    silence: { type: 'silence', alarm: 'lowReservoir' },
    bolus: singleBolus('0.1 mL', '30min'),
    clearAlarm: { type: 'clearAlarm', alarm: 'lowReservoir' },
  };
  /** What can be done in every session, whatever the pump says. */
  const ALWAYS: ClinicianAct['type'][] = [
    'interrogate',
    'readHistory',
    'readLog',
    'readUsage',
    'setAlarmInterval',
    'testAlarm',
  ];
  const low = profileOf('synchromed-ii-like-20', { lowReservoirPolicy: 'minimumRate' });

  const having = (made: Bench, ...acts: ClinicianAct[]) => {
    for (const act of acts) made.clinician(act);
    return made;
  };
  const edit: ClinicianAct = { ...prescribe({ basal: '190 mcg/day' }), type: 'edit' };

  const SITUATIONS: [string, () => Bench, ClinicianAct['type'][]][] = [
    ['on the shelf', () => filled({}, false), ['implant', 'refill', 'endSession']],
    [
      'running, a single bolus entered',
      () => having(running(), singleBolus('0.1 mL', '30min', 'basal', 'editBolus')),
      ['refill', 'review', 'discard', 'stop', 'minimumRate', 'setClock', 'bolus', 'editBolus'],
    ],
    [
      'running, a single bolus reviewed',
      () => having(running(), singleBolus('0.1 mL', '30min', 'basal', 'editBolus'), { type: 'review' }),
      ['refill', 'review', 'confirm', 'discard', 'stop', 'minimumRate', 'setClock', 'bolus', 'editBolus'],
    ],
    [
      'with a single bolus running',
      () => having(running(), singleBolus('0.1 mL', '30min')),
      ['refill', 'prescribe', 'edit', 'stop', 'minimumRate', 'setClock', 'endSession'],
    ],
    ['implanted, nothing prescribed', () => filled(), ['refill', 'prescribe', 'edit', 'setClock', 'endSession']],
    [
      'running',
      () => running(),
      ['refill', 'prescribe', 'edit', 'stop', 'minimumRate', 'setClock', 'endSession', 'bolus', 'editBolus'],
    ],
    [
      'running, something edited',
      () => having(running(), edit),
      ['refill', 'prescribe', 'edit', 'review', 'discard', 'stop', 'minimumRate', 'setClock'],
    ],
    [
      'running, something reviewed',
      () => having(running(), edit, { type: 'review' }),
      ['refill', 'prescribe', 'edit', 'review', 'confirm', 'discard', 'stop', 'minimumRate', 'setClock'],
    ],
    [
      'running, two prescriptions read',
      () => having(running(), prescribe({ basal: '190 mcg/day' }), { type: 'readHistory' }),
      ['refill', 'prescribe', 'edit', 'stop', 'minimumRate', 'setClock', 'compare', 'endSession', 'bolus', 'editBolus'],
    ],
    [
      'with a bolus running',
      () => {
        const made = running({}, { bolus: { ...bolus, dose: '10 mcg' } });
        made.press();
        return made;
      },
      ['refill', 'prescribe', 'edit', 'stop', 'minimumRate', 'setClock', 'endSession'],
    ],
    [
      'stopped',
      () => having(running(), { type: 'stop' }),
      ['refill', 'prescribe', 'edit', 'resume', 'minimumRate', 'setClock', 'endSession', 'bolus', 'editBolus'],
    ],
    [
      'at the minimum rate for a low reservoir',
      () => {
        const made = running({ profile: low });
        made.advance('46d');
        return made;
      },
      ['refill', 'prescribe', 'edit', 'stop', 'silence', 'setClock', 'endSession'],
    ],
    [
      'at the minimum rate after its refill',
      () => {
        const made = running({ profile: low });
        made.advance('46d');
        made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
        return made;
      },
      ['refill', 'prescribe', 'edit', 'stop', 'resume', 'setClock', 'endSession'],
    ],
  ];

  test.each(SITUATIONS)('%s are those the pump then takes', (_, situation, offered) => {
    const made = situation();
    made.clinician({ type: 'interrogate' });
    const { can } = made.sim.screen();
    expect(can).toEqual(CLINICIAN_ACTS.filter((type) => offered.includes(type) || ALWAYS.includes(type)));
    for (const [type, act] of Object.entries(ACTS)) {
      // Entering is the clinician's; what comes of it is judged when it is reviewed.
      if (type === 'edit') continue;
      // A pump on the shelf takes a time and forgets it when it is implanted.
      if (type === 'setClock' && made.sim.belief().service === 'shelf') continue;
      const outcome = made.sim.fork().act({ by: 'clinician', act });
      expect('done' in outcome, type).toBe(offered.some((each) => each === type));
    }
  });

  test('outside a session are to interrogate, and to put another pump on the record', () => {
    const { sim, clinician } = running();
    clinician({ type: 'endSession' });
    expect(sim.screen()).toEqual({
      title: 'No session',
      fields: [],
      warnings: [],
      comparison: [],
      can: ['interrogate', 'registerPump'],
    });
  });
});
