import { describe, expect, test } from 'vitest';
import { type DeviceProfile, mass } from '../../shared/index.ts';
import { type CommandedPump, constant, HOUR, MINUTE, ms, ordered, PRESS, periodic, rateOf, runs } from './commanded.ts';

/** 7.2 mL/day for 4 min is 0.02 mL, every hour. */
const PROGRAM = periodic('1 mL/day', '7.2 mL/day', '4min', '1h');
const GIVEN = rateOf('7.2 mL/day') * 4 * MINUTE;

const begun = (pump: CommandedPump) => pump.logged('periodicStarted').map(({ at }) => at);
const ended = (pump: CommandedPump) => pump.logged('periodicEnded');
const skipped = (pump: CommandedPump) => pump.logged('periodicSkipped').map(({ at }) => at);
const hourly = (changes: Partial<DeviceProfile> = {}, options: Parameters<typeof runs>[2] = {}) =>
  runs({ program: PROGRAM }, changes, options);

describe('the interval', () => {
  test('counts from the commit', () => {
    const pump = hourly();
    pump.passTo(HOUR - 1);
    expect(begun(pump)).toEqual([]);
    pump.passTo(3 * HOUR);
    expect(begun(pump)).toEqual([HOUR, 2 * HOUR, 3 * HOUR]);
    expect(ended(pump)[0]).toEqual({ at: HOUR + 4 * MINUTE, why: 'complete', delivered: GIVEN, undelivered: 0 });
  });

  test('counts anew with another commit', () => {
    const pump = hourly();
    pump.pass('50min');
    pump.prescribe(ordered({ program: PROGRAM }));
    pump.passTo(2 * HOUR);
    expect(begun(pump)).toEqual([HOUR + 50 * MINUTE]);
  });

  test('is elapsed time: a clock set does not move it', () => {
    const pump = hourly();
    pump.moveClock(-30 * MINUTE);
    pump.passTo(2 * HOUR);
    expect(begun(pump)).toEqual([HOUR, 2 * HOUR]);
  });

  test('is not shortened by stopping and starting', () => {
    const pump = hourly();
    pump.passTo(30 * MINUTE);
    pump.do('stop');
    pump.passTo(50 * MINUTE);
    pump.do('resume');
    pump.passTo(2 * HOUR);
    expect(begun(pump)).toEqual([HOUR, 2 * HOUR]);
  });

  test('ends with the program', () => {
    const pump = hourly();
    pump.prescribe(ordered({ program: constant('1 mL/day') }));
    pump.pass('5h');
    expect(begun(pump)).toEqual([]);
    expect(pump.context.periodicNext).toBeNull();
  });
});

describe('one that falls due during a patient bolus', () => {
  const pressedBefore = (periodicDuringBolus: DeviceProfile['periodicDuringBolus']) => {
    const pump = hourly({ periodicDuringBolus });
    pump.passTo(HOUR - MINUTE);
    pump.press();
    pump.passTo(HOUR + 30 * MINUTE);
    return pump;
  };

  test('is skipped under skip', () => {
    const pump = pressedBefore('skip');
    expect([begun(pump), skipped(pump)]).toEqual([[], [HOUR]]);
  });

  test('starts when the bolus ends under defer', () => {
    const pump = pressedBefore('defer');
    expect([begun(pump), skipped(pump)]).toEqual([[HOUR + MINUTE], []]);
    expect(ended(pump)[0]).toMatchObject({ at: HOUR + 5 * MINUTE, delivered: GIVEN, undelivered: 0 });
    // The next comes when it would have come.
    pump.passTo(2 * HOUR);
    expect(begun(pump)).toEqual([HOUR + MINUTE, 2 * HOUR]);
  });

  test('runs beside it under add', () => {
    const pump = pressedBefore('add');
    expect([begun(pump), skipped(pump)]).toEqual([[HOUR], []]);
    const rates = pump.rates.filter(({ at }) => at >= HOUR - MINUTE).map(({ at, rate }) => [at - HOUR, rate]);
    expect(rates).toEqual([
      [-MINUTE, PRESS.rate + rateOf('1 mL/day')],
      [0, PRESS.rate + rateOf('8.2 mL/day')],
      [MINUTE, rateOf('8.2 mL/day')],
      [4 * MINUTE, rateOf('1 mL/day')],
    ]);
  });

  test.each(['skip', 'defer', 'add'] as const)('at its very end starts at once under %s', (periodicDuringBolus) => {
    const pump = hourly({ periodicDuringBolus });
    pump.passTo(HOUR - 2 * MINUTE);
    pump.press();
    pump.passTo(HOUR);
    expect([begun(pump), skipped(pump)]).toEqual([[HOUR], []]);
  });

  test.each(['skip', 'defer'] as const)('a millisecond before its end does not, under %s', (periodicDuringBolus) => {
    const pump = hourly({ periodicDuringBolus });
    pump.passTo(HOUR - 2 * MINUTE + 1);
    pump.press();
    pump.passTo(HOUR);
    expect(begun(pump)).toEqual([]);
  });

  test('and is deferred is given up with the stop that ends the bolus', () => {
    const pump = hourly({ periodicDuringBolus: 'defer' });
    pump.passTo(HOUR - MINUTE);
    pump.press();
    pump.passTo(HOUR + 1);
    pump.do('stop');
    pump.do('resume');
    pump.passTo(2 * HOUR);
    expect([begun(pump), skipped(pump)]).toEqual([[2 * HOUR], [HOUR + 1]]);
  });

  test.each<[string, (pump: CommandedPump) => unknown, Partial<DeviceProfile>]>([
    ['an update', (pump) => pump.prescribe(ordered({ program: PROGRAM })), {}],
    ['the minimum rate', (pump) => [pump.do('minimumRate'), pump.do('resume')], {}],
    ['a low reservoir', (pump) => [pump.fill('1.5 mL'), pump.fill()], { lowReservoirPolicy: 'basalOnly' }],
    ['an empty reservoir', (pump) => [pump.fill('0 mL'), pump.fill()], {}],
    ['a reset', (pump) => pump.reset(), {}],
  ])('and is deferred is given up with %s', (_, happens, changes) => {
    const lowReservoir = hourly().context.profile.lowReservoirDefault;
    const pump = runs({ program: PROGRAM, lowReservoir }, { periodicDuringBolus: 'defer', ...changes });
    pump.passTo(HOUR - MINUTE);
    pump.press();
    pump.passTo(HOUR + 1);
    happens(pump);
    pump.passTo(HOUR + 30 * MINUTE);
    expect([begun(pump), skipped(pump)]).toEqual([[], [HOUR + 1]]);
    expect(pump.rate).toBe(rateOf('1 mL/day'));
  });

  test('time goes on where the next falls due while one still waits, or runs late: that one is skipped', () => {
    const program = periodic('1 mL/day', '7.2 mL/day', '4min', '10min');
    const patientBolus = { ...PRESS, rate: rateOf('2 mL/day'), duration: ms('28min') };
    const pump = runs({ program, patientBolus }, { periodicDuringBolus: 'defer' });
    pump.passTo(9 * MINUTE);
    pump.press();
    pump.passTo(60 * MINUTE);
    expect(begun(pump).map((at) => at / MINUTE)).toEqual([37, 50, 60]);
    expect(skipped(pump).map((at) => at / MINUTE)).toEqual([20, 30, 40]);
  });
});

describe('one that falls due is skipped and logged', () => {
  test.each<[string, (pump: CommandedPump) => unknown, Partial<DeviceProfile>, Parameters<typeof runs>[2]]>([
    ['on a stopped pump', (pump) => pump.do('stop'), {}, {}],
    ['at the minimum rate', (pump) => pump.do('minimumRate'), {}, {}],
    ['in an update', (pump) => [pump.stage(ordered()), pump.begin(ordered())], {}, {}],
    [
      'beside a low reservoir that allows no bolus',
      (pump) => pump.fill('1 mL'),
      { lowReservoirPolicy: 'basalOnly' },
      {},
    ],
    ['beside an empty reservoir', (pump) => pump.fill('0 mL'), {}, {}],
    // An hour of 1 mL/day is 0.041667 mL.
    ['where less than it is left', (pump) => pump.fill('0.0616 mL'), {}, {}],
  ])('%s', (_, hinder, changes, options) => {
    const pump = runs({ program: PROGRAM, lowReservoir: ordered().lowReservoir }, changes, options);
    if (changes.lowReservoirPolicy !== undefined)
      pump.prescribe({ ...ordered({ program: PROGRAM }), lowReservoir: pump.context.profile.lowReservoirDefault });
    hinder(pump);
    pump.passTo(HOUR);
    expect([begun(pump), skipped(pump)]).toEqual([[], [HOUR]]);
  });

  test('but is given where exactly as much is left', () => {
    const pump = hourly();
    pump.fill('0.1 mL');
    const left = BigInt(pump.context.volume) - BigInt(rateOf('1 mL/day')) * BigInt(HOUR);
    expect(left).toBeGreaterThanOrEqual(BigInt(GIVEN));
    pump.passTo(HOUR);
    expect(begun(pump)).toEqual([HOUR]);
  });
});

describe('one that is cut short accounts for all of it', () => {
  test.each<[string, (pump: CommandedPump) => unknown, Partial<DeviceProfile>]>([
    ['stop', (pump) => pump.do('stop'), {}],
    ['update', (pump) => pump.prescribe(ordered()), {}],
    ['minimumRate', (pump) => pump.do('minimumRate'), {}],
    ['lowReservoir', (pump) => pump.fill('1.5 mL'), { lowReservoirPolicy: 'basalOnly' }],
    ['lowReservoir', (pump) => pump.fill('1.5 mL'), { lowReservoirPolicy: 'minimumRate' }],
    ['emptyReservoir', (pump) => pump.fill('0 mL'), {}],
    ['emptyReservoir', (pump) => pump.fill('0 mL'), { emptyPolicy: 'stop' }],
    ['reset', (pump) => pump.reset(), {}],
  ])('by %s', (why, cut, changes) => {
    const lowReservoir = hourly().context.profile.lowReservoirDefault;
    const pump = runs({ program: PROGRAM, lowReservoir }, changes);
    pump.passTo(HOUR + MINUTE);
    cut(pump);
    const [account] = ended(pump);
    expect(account).toEqual({ at: HOUR + MINUTE, why, delivered: GIVEN / 4, undelivered: (GIVEN * 3) / 4 });
    expect(pump.chart.at('periodicBolus')).not.toBe('running');
    // Nothing of it resumes.
    expect(pump.rate).toBeLessThanOrEqual(rateOf('1 mL/day'));
    pump.passTo(HOUR + 10 * MINUTE);
    expect(pump.rate).toBeLessThanOrEqual(rateOf('1 mL/day'));
  });

  test('by a reservoir that runs low beneath it', () => {
    const lowReservoir = hourly().context.profile.lowReservoirDefault;
    const pump = runs({ program: PROGRAM, lowReservoir }, { lowReservoirPolicy: 'basalOnly' });
    pump.fill('2.05 mL');
    pump.passTo(2 * HOUR);
    const [account] = ended(pump);
    expect(account).toMatchObject({ why: 'lowReservoir' });
    expect(Number(account?.delivered) + Number(account?.undelivered)).toBe(GIVEN);
    expect(pump.rate).toBe(rateOf('1 mL/day'));
  });

  test('for the dose limit, by a press that it turns into the minimum rate', () => {
    // 20.8 mcg of basal and 10 mcg of periodic bolus in an hour leave no room for another 10 mcg.
    const doseLimit = { dose: mass.parse('35 mcg'), window: ms('1h') };
    const pump = runs({ program: PROGRAM, doseLimit }, { maxDoseDenied: 'denyAndMinimumRate' });
    pump.passTo(HOUR + MINUTE);
    expect(pump.press()).toMatchObject({ code: 'doseLimit' });
    expect(ended(pump)).toEqual([
      { at: HOUR + MINUTE, why: 'doseLimit', delivered: GIVEN / 4, undelivered: (GIVEN * 3) / 4 },
    ]);
    expect(pump.rate).toBe(pump.context.profile.minimumRate);
  });
});

describe('a periodic bolus due with a single bolus of the clinician', () => {
  test('that ran alone on a stopped pump is skipped, though basal follows it', () => {
    const pump = hourly();
    pump.passTo(30 * MINUTE);
    pump.do('stop');
    pump.order('0.1 mL', '40min', 'basal');
    pump.passTo(2 * HOUR);
    expect([begun(pump), skipped(pump)]).toEqual([[2 * HOUR], [HOUR]]);
  });

  test('that ends then and stops the pump is skipped; where basal follows it begins', () => {
    for (const [then, outcome] of [
      ['stopped', [[], [HOUR]]],
      ['basal', [[HOUR], []]],
    ] as const) {
      const pump = hourly();
      pump.passTo(30 * MINUTE);
      pump.order('0.1 mL', '30min', then);
      pump.passTo(HOUR);
      expect([begun(pump), skipped(pump)]).toEqual(outcome);
    }
  });

  test('that goes on for a millisecond is treated as the device does', () => {
    for (const [periodicDuringBolus, outcome] of [
      ['skip', [[], [HOUR]]],
      ['add', [[HOUR], []]],
    ] as const) {
      const pump = hourly({ periodicDuringBolus });
      pump.passTo(30 * MINUTE + 1);
      pump.order('0.1 mL', '30min', 'basal');
      pump.passTo(HOUR);
      expect([begun(pump), skipped(pump)]).toEqual(outcome);
    }
  });
});
