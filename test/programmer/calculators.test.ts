import { describe, expect, test } from 'vitest';
import { dailyVolume, meanDailyVolume, standing } from '../../programmer/calculators.ts';
import { compile, dailyDose, lowReservoirAt, type PrescribeEntry } from '../../programmer/index.ts';
import {
  concentration,
  doseRate,
  highestDailyDose,
  instant,
  MS_PER_DAY,
  mass,
  type Prescription,
  parseDuration,
  rate,
  type Status,
  span,
  volume,
} from '../../shared/index.ts';
import { mL, prescribe } from '../harness.ts';
import { PRESCRIPTION, STATUS } from '../shared/examples.ts';

const DAY_RULES = { countWindow: 'rolling24h', periodicDuringBolus: 'skip', bolusOverBasal: 'add' } as const;
const OFFERED = { lowReservoirDefault: mL('2'), dayRules: DAY_RULES };
const MINIMUM = rate.parse('0.006 mL/day');
const ANY_TIME = { wall: null, periodicIn: null };
const minutes = (count: number) => parseDuration(`${count}min`);
const bolus = { dose: '0.5 mg', duration: '2min', lockout: '4h', maxPerDay: 4 };

describe('what was entered becomes a whole prescription', () => {
  const first = prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day' });

  test('200 mcg/day of 500 mcg/mL are 0.4 mL/day, and exactly 200 mcg/day again', () => {
    const compiled = compile(first, null, OFFERED, MINIMUM);
    expect(compiled).toEqual({
      drugs: [{ name: 'baclofen', concentration: concentration.parse('500 mcg/mL') }],
      program: { type: 'constant', rate: rate.parse('0.4 mL/day') },
      patientBolus: null,
      doseLimit: null,
      ceiling: doseRate.parse('200 mcg/day'),
      lowReservoir: mL('2'),
      opening: null,
    });
    expect(typeof compiled === 'object' ? dailyDose(compiled, ANY_TIME, DAY_RULES) : compiled).toBe(
      doseRate.parse('200 mcg/day'),
    );
  });

  test('a dose that is no whole nL/day is rounded down', () => {
    const entry = prescribe({ drug: 'morphine', concentration: '30 mg/mL', basal: '10 mg/day' });
    expect(compile(entry, null, OFFERED, MINIMUM)).toMatchObject({ program: { rate: 333_333 } });
  });

  test('a bolus of 0.5 mg of 25 mg/mL in 2 min is 14.4 mL/day; entered as 0.02 mL it is the same', () => {
    const wanted = { patientBolus: { rate: rate.parse('14.4 mL/day'), duration: minutes(2), maxPerDay: 4 } };
    expect(compile(prescribe({ bolus }), PRESCRIPTION, OFFERED, MINIMUM)).toMatchObject(wanted);
    expect(compile(prescribe({ bolus: { ...bolus, dose: '0.02 mL' } }), PRESCRIPTION, OFFERED, MINIMUM)).toMatchObject(
      wanted,
    );
  });

  test.each<[string, PrescribeEntry, Partial<Prescription>]>([
    ['nothing', prescribe({}), {}],
    [
      'a basal dose',
      prescribe({ basal: '5 mg/day' }),
      { program: { type: 'constant', rate: rate.parse('0.2 mL/day') } },
    ],
    [
      'a basal rate',
      prescribe({ basal: '0.3 mL/day' }),
      { program: { type: 'constant', rate: rate.parse('0.3 mL/day') } },
    ],
    ['no patient bolus', prescribe({ bolus: 'none' }), { patientBolus: null }],
    ['a threshold', prescribe({ lowReservoir: '3 mL' }), { lowReservoir: mL('3') }],
    ['a ceiling', prescribe({ ceiling: '15 mg/day' }), { ceiling: doseRate.parse('15 mg/day') }],
  ])('where %s is entered, the rest stays as the pump has it', (_, entry, change) => {
    expect(compile(entry, PRESCRIPTION, OFFERED, MINIMUM)).toEqual({ ...PRESCRIPTION, ...change });
  });

  test.each([
    ['concentration', { drug: 'morphine', concentration: '10 mg/mL' }],
    ['drug', { drug: 'baclofen', concentration: '500 mcg/mL' }],
  ] as const)(
    'another %s keeps no rate: basal and bolus are entered again, or the dose would change',
    (_, solution) => {
      expect(compile(prescribe(solution), PRESCRIPTION, OFFERED, MINIMUM)).toBe('unknownBasal');
      expect(compile(prescribe({ ...solution, basal: '1 mg/day' }), PRESCRIPTION, OFFERED, MINIMUM)).toBe(
        'unknownBolus',
      );
      expect(
        compile(prescribe({ ...solution, basal: '1 mg/day', bolus: 'none' }), PRESCRIPTION, OFFERED, MINIMUM),
      ).toMatchObject({
        patientBolus: null,
      });
    },
  );

  test('the ceiling never rises by itself: a higher dose keeps the one written', () => {
    expect(compile(prescribe({ basal: '20 mg/day' }), PRESCRIPTION, OFFERED, MINIMUM)).toMatchObject({
      ceiling: PRESCRIPTION.ceiling,
    });
  });

  test('the ceiling of a first prescription is the most it can command', () => {
    const entry = prescribe({ drug: 'morphine', concentration: '25 mg/mL', basal: '10 mg/day', bolus });
    const compiled = compile(entry, null, OFFERED, MINIMUM);
    expect(compiled).toMatchObject({ ceiling: doseRate.parse('12 mg/day') });
    expect(typeof compiled === 'object' ? highestDailyDose(compiled, DAY_RULES) : compiled).toBe(
      doseRate.parse('12 mg/day'),
    );
  });

  test('another drug needs its own concentration and gets its own ceiling', () => {
    expect(compile(prescribe({ drug: 'baclofen' }), PRESCRIPTION, OFFERED, MINIMUM)).toBe('unknownDrug');
    const entry = prescribe({ drug: 'baclofen', concentration: '500 mcg/mL', basal: '200 mcg/day', bolus: 'none' });
    expect(compile(entry, PRESCRIPTION, OFFERED, MINIMUM)).toMatchObject({ ceiling: doseRate.parse('200 mcg/day') });
  });

  const thin = { drug: 'morphine', concentration: '1 ng/mL' } as const;
  const strong = { drug: 'morphine', concentration: '1000 mg/mL', basal: '0.4 mL/day' } as const;
  test.each<[string, PrescribeEntry]>([
    ['a basal dose', prescribe({ ...thin, basal: '10000000 mg/day', bolus: 'none' })],
    ['a bolus', prescribe({ ...thin, basal: '0.4 mL/day', bolus: { ...bolus, dose: '10000 mg' } })],
    ['the doses of a day', prescribe({ ...strong, bolus: { ...bolus, dose: '100 mL', maxPerDay: 1_000_000_000 } })],
  ])('%s past what can be stored is told, not thrown', (_, entry) => {
    expect(compile(entry, null, OFFERED, MINIMUM)).toBe('tooMuch');
  });

  test('a bolus of neither dose nor volume is one of nothing, for the pump to refuse', () => {
    const entry = {
      ...prescribe({}),
      patientBolus: { dose: null, volume: null, duration: minutes(2), lockout: minutes(240), maxPerDay: 4, parts: [] },
    };
    expect(compile(entry, PRESCRIPTION, OFFERED, MINIMUM)).toMatchObject({ patientBolus: { rate: 0 } });
    expect(
      compile(
        { ...entry, patientBolus: { ...entry.patientBolus, dose: mass.parse('0 mg') } },
        PRESCRIPTION,
        OFFERED,
        MINIMUM,
      ),
    ).toMatchObject({
      patientBolus: { rate: 0 },
    });
  });
});

describe('the low-reservoir date', () => {
  const full: Status = { ...STATUS, now: instant(0), volume: mL('20') };
  const days = (count: string) => parseDuration(count);

  test.each<[string, Partial<Status>, string | undefined, string | undefined]>([
    // 18 mL at 0.4 mL/day; with four boluses of 0.02 mL a day at 0.48 mL/day.
    ['20 mL down to 2 mL', {}, '45d', '37d 12h'],
    ['a week later', { now: instant(parseDuration('7d')) }, '52d', '44d 12h'],
    // 8 mL: 20 d, and 16 d 16 h.
    ['10 mL down to 2 mL', { volume: mL('10') }, '20d', '16d 16h'],
    ['without a patient bolus', { prescription: { ...PRESCRIPTION, patientBolus: null } }, '45d', '45d'],
    // One unit above the threshold flows within a millisecond.
    ['a unit above the threshold', { volume: volume.of(mL('2') + 1) }, '1ms', '1ms'],
    ['at the threshold', { volume: mL('2') }, undefined, undefined],
    ['below the threshold', { volume: mL('1') }, undefined, undefined],
    ['while nothing is delivered', { stopped: { why: 'clinician', since: instant(0) } }, undefined, undefined],
    ['without a prescription', { prescription: null }, undefined, undefined],
  ])('%s', (_, change, none, all) => {
    const status = { ...full, ...change };
    expect(lowReservoirAt(status, 'none', DAY_RULES)).toBe(none === undefined ? undefined : days(none));
    expect(lowReservoirAt(status, 'all', DAY_RULES)).toBe(all === undefined ? undefined : days(all));
  });

  test.each(['minimumRate', 'defaultSchedule'] as const)(
    'at %s is that of its rate, at which no bolus is given',
    (infusion) => {
      const status: Status = { ...full, infusion, rate: rate.parse('0.1 mL/day') };
      expect(lowReservoirAt(status, 'none', DAY_RULES)).toBe(days('180d'));
      expect(lowReservoirAt(status, 'all', DAY_RULES)).toBe(days('180d'));
    },
  );

  // Three boluses of 0.02 mL fall due in the first 24 h, four in every 24 h after it.
  const sixHourly: Prescription = {
    ...PRESCRIPTION,
    patientBolus: null,
    lowReservoir: mL('2'),
    program: {
      type: 'periodic',
      rate: rate.parse('0.1 mL/day'),
      bolus: { rate: rate.parse('2.88 mL/day'), duration: minutes(10) },
      interval: parseDuration('6h'),
    },
  };
  const six: Status = {
    ...full,
    prescription: sixHourly,
    periodicBolus: 'waiting',
    periodicNext: instant(full.now + parseDuration('6h')),
  };

  test('counts every periodic bolus of the days to come, not those of the first day again', () => {
    // 18 mL at 0.1 + 4 × 0.02 mL a day are 100 days: the last bolus falls due as they end, and basal makes up for it.
    const low = lowReservoirAt(six, 'none', DAY_RULES) ?? 0;
    expect(low - full.now).toBeGreaterThanOrEqual(parseDuration('100d'));
    expect(low - full.now).toBeLessThan(parseDuration('100d 5h'));
  });

  describe('where a bolus takes the place of basal', () => {
    const rules = { ...DAY_RULES, bolusOverBasal: 'replace' } as const;
    const running: Status = { ...full, infusion: 'patientBolus', rate: rate.parse('14.4 mL/day') };

    test('begins with the rest of one that runs, and then basal', () => {
      const status = { ...running, bolusEnds: instant(full.now + minutes(2)) };
      // 20 mcL in two minutes, and 17.98 mL at 0.4 mL/day.
      const low = instant(full.now + minutes(2) + 17.98 * 216_000_000);
      expect(lowReservoirAt(status, 'none', rules)).toBe(low);
    });

    test('lies within one that runs where no more is left', () => {
      const status = { ...running, bolusEnds: instant(full.now + minutes(2)), volume: volume.of(mL('2') + mL('0.01')) };
      expect(lowReservoirAt(status, 'none', rules)).toBe(instant(full.now + minutes(1)));
    });

    test('waits for a clinician’s, and counts the periodic one that runs beside it', () => {
      const program = sixHourly.program;
      const status: Status = {
        ...full,
        infusion: 'clinicianBolus',
        rate: rate.parse('4.32 mL/day'),
        prescription: { ...PRESCRIPTION, patientBolus: null, lowReservoir: mL('2'), program },
        periodicBolus: 'running',
        periodicNext: instant(full.now + parseDuration('5h 55min')),
        clinicianBolus: {
          start: full.now,
          ends: instant(full.now + minutes(20)),
          rate: rate.parse('1.44 mL/day'),
          volume: mL('0.02'),
          left: mL('0.02'),
          then: 'basal',
          withBasal: true,
          suspended: false,
        },
        // 0.02 mL of it, 0.01 mL of the other's last five minutes, and a day at 0.1 mL with four less what they replace.
        volume: volume.of(mL('2') + mL('0.03') + mL('0.005')),
      };
      // 0.005 mL at 0.1 mL/day are 72 min.
      expect(lowReservoirAt(status, 'none', rules)).toBe(instant(full.now + minutes(20 + 72)));
    });

    test('has of every allotted bolus what it is faster by', () => {
      // Four boluses of 20 mcL a day, in which 0.4 mL/day would give 0.5555… mcL each.
      const all = lowReservoirAt(full, 'all', rules) ?? full.now;
      const perDay = 0.4 + 4 * (0.02 - (0.4 * 2) / 1440);
      expect(Math.abs(all - full.now - (18 / perDay) * 86_400_000)).toBeLessThan(2);
    });

    test('the daily dose has of a periodic bolus what it is faster by', () => {
      // 0.1 mL, and three of 0.02 mL in place of 0.1 mL/day for ten minutes.
      const flow = BigInt(rate.parse('0.1 mL/day'));
      expect(dailyVolume(sixHourly, standing(six), rules)).toBe(BigInt(mL('0.16')) - 3n * 600_000n * flow);
    });
  });

  test('the mean day has as many periodic boluses as its intervals, at whatever time they are read', () => {
    expect(meanDailyVolume(sixHourly, null, DAY_RULES)).toBe(BigInt(mL('0.18')));
    // Every five hours are 4.8 of them.
    const five = { ...sixHourly, program: { ...sixHourly.program, interval: parseDuration('5h') } } as Prescription;
    expect(meanDailyVolume(five, null, DAY_RULES)).toBe(BigInt(mL('0.196')));
  });

  test('the mean day of a schedule is that of its week, whatever day it is', () => {
    const all = (basal: string) => [{ at: span(0), rate: rate.parse(basal) }];
    const groups = [
      { days: [0, 1, 2, 3, 4], steps: all('0.1 mL/day') },
      { days: [5, 6], steps: all('0.8 mL/day') },
    ];
    const weekly: Prescription = { ...sixHourly, program: { type: 'daily', groups } };
    // 5 × 0.1 mL and 2 × 0.8 mL are 2.1 mL a week.
    for (const day of [0, 3, 5])
      expect(meanDailyVolume(weekly, span(day * MS_PER_DAY), DAY_RULES)).toBe(BigInt(mL('0.3')));
  });

  test('the daily dose counts what a periodic bolus that runs has still to give', () => {
    const running: Status = {
      ...six,
      periodicBolus: 'running',
      periodicNext: instant(full.now + parseDuration('5h 56min')),
    };
    // Six of its ten minutes are left, three boluses follow whole, and four minutes of a fourth: four in all.
    expect(dailyVolume(sixHourly, standing(running), DAY_RULES)).toBe(BigInt(mL('0.18')));
    expect(dailyVolume(sixHourly, standing(six), DAY_RULES)).toBe(BigInt(mL('0.16')));
  });
});
