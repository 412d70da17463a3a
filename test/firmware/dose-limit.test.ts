import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  concentration,
  doseRate,
  mass,
  mostBasal,
  mostPeriodic,
  type Opening,
  type PatientBolus,
  type Prescription,
  span,
  strengthOf,
} from '../../shared/index.ts';
import { implantedPump } from './bare-pump.ts';
import {
  BACLOFEN,
  CommandedPump,
  constant,
  DAY,
  daily,
  HOUR,
  MINUTE,
  ms,
  ordered,
  PRESS,
  periodic,
  rateOf,
  runs,
  weekly,
} from './commanded.ts';
import { programs } from './limited-draws.ts';
import { livesKeepTheirLimits } from './limited-lives.ts';
import { endsOf, massIn, programOf } from './windows.ts';

test('in random lives no window holds more than its limit, and nothing is denied without need', () => {
  const { granted, denied } = livesKeepTheirLimits(60);
  // Neither granting nothing nor denying nothing would do.
  expect(granted).toBeGreaterThan(60);
  expect(denied).toBeGreaterThan(20);
});

test('the most a program gives by itself is found wherever in two weeks it lies', () => {
  const within = { now: DAY, until: 15 * DAY, offset: 0, due: DAY, late: () => 0, givesWay: false };
  fc.assert(
    fc.property(programs, fc.integer({ min: MINUTE, max: DAY }), (program, window) => {
      const prescription = ordered({ program });
      const blocks = programOf(prescription, 'baclofen', within);
      const ends = endsOf(blocks, window, DAY + window, 15 * DAY);
      const most = ends.map((end) => massIn(blocks, end - window, end)).reduce((a, b) => (a > b ? a : b), 0n);
      const found = mostBasal(program, span(window)) + mostPeriodic(program, span(window));
      // Dates lie outside these two weeks.
      if (program.type !== 'dated') expect(found * BigInt(strengthOf(prescription))).toBe(most);
    }),
    { numRuns: 200, seed: 1 },
  );
});

test.each([
  ['add', '50 mcg', '49.999 mcg'],
  ['skip', '50 mcg', '49.999 mcg'],
  // One that was deferred may come as late as to lie in a window with two others.
  ['defer', '75 mcg', '74.999 mcg'],
] as const)(
  'periodic boluses of 25 mcg every 3 h, which a bolus lets %s, need a limit of %s in 4 h',
  (wait, least, less) => {
    const program = periodic('0 mL/day', '2.4 mL/day', '30min', '3h');
    const under = (dose: string) => ordered({ program, patientBolus: null, doseLimit: limit(dose) });
    const pump = new CommandedPump({ periodicDuringBolus: wait });
    expect(pump.stage(under(less))).toMatchObject({ code: 'basalOverLimit' });
    expect(pump.stage(under(least))).toBeUndefined();
  },
);

/** 240 mcg/day is 40 mcg in 4 h; a press adds 10 mcg. */
const BASAL = constant('0.48 mL/day');
const limit = (dose: string, window = '4h') => ({ dose: mass.parse(dose), window: ms(window) });
const limited = (dose: string, changes: Partial<Prescription> = {}) =>
  runs({ program: BASAL, doseLimit: limit(dose), ...changes });

describe('a limit of 4 h beside 40 mcg of basal and boluses of 10 mcg', () => {
  test('grants a bolus it just fits, as soon as delivery begins', () => {
    expect(limited('50 mcg').press()).toBeUndefined();
  });

  test('denies it for one ng less, though nothing was given yet: the window ends full of basal', () => {
    expect(limited('49.999 mcg').press()).toMatchObject({ code: 'doseLimit', also: [], until: null });
  });

  test('names the instant from which the next fits: when the first has left by as much as the next brings', () => {
    const pump = limited('50 mcg');
    pump.pass('5h');
    const first = pump.now;
    expect(pump.press()).toBeUndefined();
    pump.pass('2h');
    expect(pump.press()).toMatchObject({ code: 'doseLimit', until: first + 4 * HOUR });
    pump.passTo(first + 4 * HOUR - 1);
    expect(pump.press()).toMatchObject({ code: 'doseLimit', until: first + 4 * HOUR });
    pump.passTo(first + 4 * HOUR);
    expect(pump.press()).toBeUndefined();
  });

  test('is known already while the bolus runs, and while its lockout does', () => {
    const pump = limited('50 mcg');
    pump.pass('5h');
    const until = pump.now + 4 * HOUR;
    pump.press();
    pump.pass('1min');
    expect(pump.wouldRefuse()).toMatchObject({ code: 'bolusRunning', also: ['lockedOut', 'doseLimit'], until });
    pump.pass('30min');
    expect(pump.wouldRefuse()).toMatchObject({ code: 'lockedOut', also: ['doseLimit'], until });
  });

  test('counts a bolus that was cut short for what it gave', () => {
    const pump = limited('55 mcg');
    pump.pass('5h');
    pump.press();
    pump.pass('1min');
    pump.do('stop');
    pump.do('resume');
    pump.pass('1h');
    expect(pump.press()).toBeUndefined();
  });

  // 238 min of basal and a bolus at 500 mcg/mL, 2 min of basal and the press at half of it: 54.8333 mcg.
  test.each([
    ['54.834 mcg', undefined],
    ['54.833 mcg', 'doseLimit'],
  ])('counts what was given at the concentration of then: under %s a press is answered %s', (dose, code) => {
    const pump = runs({ program: BASAL });
    pump.pass('5h');
    pump.press();
    pump.pass('70min');
    const drugs = [{ ...BACLOFEN, concentration: concentration.parse('250 mcg/mL') }];
    expect(pump.prescribe(ordered({ program: BASAL, drugs, doseLimit: limit(dose) }))).toBeUndefined();
    expect(pump.press()?.code).toBe(code);
  });

  test.each([
    // Of the periodic boluses at 3 h and 6 h a window with the press holds both only if it comes after 123.2 min.
    ['1h', '69.999 mcg', undefined],
    ['4h', '69.999 mcg', 'doseLimit'],
    ['4h', '70 mcg', undefined],
  ])('counts periodic boluses still to come: after %s under %s a press is answered %s', (time, dose, code) => {
    const program = periodic('0.48 mL/day', '9 mL/day', '192s', '3h');
    const pump = runs({ program, doseLimit: limit(dose) });
    pump.pass(time);
    expect(pump.press()?.code).toBe(code);
  });
});

describe('a change of prescription', () => {
  const three = () => {
    const pump = runs({ program: BASAL, patientBolus: { ...PRESS, lockout: ms('5min') } });
    pump.pass('5h');
    for (let n = 0; n < 3; n++) {
      expect(pump.press()).toBeUndefined();
      pump.pass('10min');
    }
    return pump;
  };

  test('that only boluses already given put over its limit is refused until they have left', () => {
    const pump = three();
    const next = ordered({ program: constant('0.49 mL/day'), doseLimit: limit('60 mcg') });
    const refused = pump.prescribe(next);
    expect(refused).toMatchObject({ code: 'overLimitForNow' });
    const until = refused?.until ?? 0;
    pump.passTo(until - 1);
    expect(pump.stage(next)).toMatchObject({ code: 'overLimitForNow', until });
    pump.passTo(until);
    expect(pump.prescribe(next)).toBeUndefined();
  });

  test('is not promised to a stopped pump for the instant of a periodic bolus that it skips', () => {
    const program = periodic('0.78 mL/day', '6.66 mL/day', '24min', '6h');
    const drugs = [{ name: 'baclofen' as const, concentration: concentration.parse('2000 mcg/mL') }];
    const pump = runs({ program, drugs, patientBolus: null });
    pump.pass('3d');
    expect(pump.prescribe(ordered({ program, drugs, patientBolus: PRESS }))).toBeUndefined();
    pump.pass('30h');
    for (let n = 0; n < 2; n++) {
      expect(pump.press()).toBeUndefined();
      pump.pass('2h');
    }
    pump.do('stop');
    pump.pass('1h');
    const next = ordered({ program: constant('4.69 mL/day'), doseLimit: limit('2387 mcg', '24h') });
    const until = pump.stage(next)?.until;
    pump.passTo(until ?? 0);
    expect(pump.stage(next)).toBeUndefined();
  });

  test('may be overridden, which is logged with the time it would have cleared', () => {
    const pump = three();
    const next = ordered({ program: constant('0.49 mL/day'), doseLimit: limit('60 mcg') });
    const until = pump.stage(next)?.until;
    expect(pump.prescribe(next, { override: true })).toBeUndefined();
    expect(pump.logged('limitOverridden')).toMatchObject([{ clearsAt: until }]);
  });

  test('that reduces is never refused, whatever was given', () => {
    const pump = three();
    expect(pump.prescribe(ordered({ program: constant('0.4 mL/day'), doseLimit: limit('40 mcg') }))).toBeUndefined();
    expect(pump.logged('limitOverridden')).toEqual([]);
  });

  test('is judged again before delivery stops for it: a bolus may have been granted since', () => {
    const pump = runs({ program: BASAL });
    pump.pass('5h');
    const next = ordered({ program: constant('0.5 mL/day'), doseLimit: limit('42 mcg') });
    expect(pump.stage(next)).toBeUndefined();
    expect(pump.press()).toBeUndefined();
    pump.pass('10min');
    expect(pump.begin(next)).toMatchObject({ code: 'overLimitForNow' });
    expect(pump.rate).toBeGreaterThan(0);
  });

  test('is not excused by what the program before would give of another drug', () => {
    const pump = three();
    const morphine = [{ name: 'morphine' as const, concentration: concentration.parse('10 mg/mL') }];
    expect(pump.prescribe(ordered({ program: BASAL, drugs: morphine }))).toBeUndefined();
    expect(pump.stage(ordered({ program: BASAL, doseLimit: limit('60 mcg') }))).toMatchObject({
      code: 'overLimitForNow',
    });
  });
});

test('a bolus that fits only at the weekend is told so on Monday', () => {
  const program = weekly([
    [[0, 1, 2, 3, 4], { '00:00': '0.48 mL/day' }],
    [[5, 6], { '00:00': '0.24 mL/day' }],
  ]);
  const pump = limited('49 mcg', { program });
  const until = pump.press()?.until ?? 0;
  // From Saturday on 40 mcg in 4 h fall by 1 mcg in 12 min; a bolus takes two of them.
  expect(until).toBe(5 * DAY - 8 * HOUR + 10 * MINUTE);
  pump.passTo(until - 1);
  expect(pump.press()).toMatchObject({ code: 'doseLimit', until });
  pump.passTo(until);
  expect(pump.press()).toBeUndefined();
});

test.each([
  ['95 mcg', undefined],
  ['94.999 mcg', 'doseLimit'],
])(
  'a periodic bolus that a single one may defer counts all the while it may run: under %s that is answered %s',
  (dose, code) => {
    // 25 mcg in half an hour every 6 h, and as much for the hour that a bolus of 20 mcg may have it wait.
    const program = periodic('0 mL/day', '2.4 mL/day', '30min', '6h');
    const pump = runs({ program, doseLimit: limit(dose) }, { periodicDuringBolus: 'defer' });
    pump.pass('5h 30min');
    expect(pump.order('0.04 mL', '1h')?.code).toBe(code);
  },
);

test('the next bolus told of a prescription counts periodic boluses from its own beginning', () => {
  const { pump, clinician } = implantedPump({ periodicDuringBolus: 'defer' });
  // 25 mcg every 6 h, the first of them beyond the window of 4 h; a press adds 30.
  const program = periodic('0 mL/day', '2.4 mL/day', '30min', '6h');
  const next = ordered({ program, patientBolus: { ...PRESS, duration: ms('6min') }, doseLimit: limit('55 mcg') });
  expect(clinician.stage(next)).toMatchObject({ reply: { payload: { nextBolus: pump.status().now } } });
});

test('a single bolus that the patient’s suspends counts once, from when that ends', () => {
  const patientBolus = { ...PRESS, rate: rateOf('2 mL/day'), duration: ms('20min'), lockout: ms('20min') };
  const pump = runs(
    { program: constant('0.1 mL/day'), patientBolus, doseLimit: limit('60 mcg') },
    { patientBolusDuringClinicianBolus: 'preempt' },
  );
  // 8.3 mcg of basal in 4 h, 25 of the single bolus and 13.9 of each of the patient's: a third of those is too much.
  expect(pump.order('0.05 mL', '3h')).toBeUndefined();
  pump.pass('1h');
  expect(pump.press()).toBeUndefined();
  pump.pass('1min');
  const until = pump.wouldRefuse()?.until ?? 0;
  expect(pump.wouldRefuse()).toMatchObject({ code: 'bolusRunning', also: ['lockedOut', 'doseLimit'] });
  pump.pass('30min');
  expect(pump.wouldRefuse()).toMatchObject({ code: 'doseLimit', until });
  pump.passTo(until - 1);
  expect(pump.wouldRefuse()).toMatchObject({ code: 'doseLimit', until });
  pump.passTo(until);
  expect(pump.press()).toBeUndefined();
});

describe('while a bridge is delivered, which no dose limit counts', () => {
  const opening: Opening = { type: 'bridge', rate: rateOf('1 mL/day'), duration: ms('1h') };

  test('another prescription has to wait until enough of what came before the bridge has left the window', () => {
    // 12.5 mcg/h before it: 45 are left of 50 in 4 h when the bridge has run for 24 min. The program itself is 10 mcg/h.
    const pump = runs({ program: constant('0.6 mL/day'), patientBolus: null });
    pump.pass('1d');
    const begun = pump.now;
    expect(pump.prescribe(ordered({ program: BASAL, patientBolus: null, opening }))).toBeUndefined();
    pump.pass('10min');
    const next = ordered({ program: BASAL, doseLimit: limit('45 mcg'), patientBolus: null });
    const until = begun + 24 * MINUTE;
    expect(pump.stage(next, { endOpening: true })).toMatchObject({ code: 'overLimitForNow', until });
    pump.passTo(until);
    expect(pump.stage(next, { endOpening: true })).toBeUndefined();
  });

  test('its program does not flow: a bolus fits as soon as the bridge is over', () => {
    // From 08:00, when the bridge begins, to 09:00 the program would have brought 62.5 mcg.
    const program = daily({ '00:00': '0.2 mL/day', '08:00': '3 mL/day', '09:00': '0.2 mL/day' });
    const pump = runs({ program, doseLimit: limit('76 mcg'), opening });
    pump.pass('10min');
    expect(pump.wouldRefuse()).toMatchObject({ code: 'bridging', until: HOUR });
  });
});

test('a bolus that fits only when a part of the day without any begins has to wait for the end of that', () => {
  const parts = [{ from: ms('17h'), to: ms('20h'), bolus: null }];
  const pump = limited('50 mcg', { patientBolus: { ...PRESS, parts } });
  pump.pass('5h');
  expect(pump.press()).toBeUndefined();
  pump.pass('2h');
  // The first has left the window at 17:00.
  expect(pump.press()).toMatchObject({ code: 'doseLimit', until: 12 * HOUR });
});

describe('what an override is logged for', () => {
  const next = ordered({ program: constant('0.4 mL/day'), doseLimit: limit('60 mcg') });

  test('is a limit that would have refused the update, not one that its own end of a bolus would', () => {
    const pump = runs({ program: constant('0.41 mL/day'), patientBolus: { ...PRESS, lockout: ms('2min') } });
    for (let n = 0; n < 4; n++) {
      expect(pump.press()).toBeUndefined();
      pump.pass(n < 3 ? '2min' : '1min');
    }
    expect(pump.stage(next)).toBeUndefined();
    expect(pump.prescribe(next, { override: true })).toBeUndefined();
    expect(pump.logged('limitOverridden')).toEqual([]);
  });

  test('is told with the same instant as its refusal, also on a pump at its minimum rate', () => {
    const pump = runs({ program: BASAL, patientBolus: { ...PRESS, lockout: ms('5min') } });
    pump.pass('5h');
    for (let n = 0; n < 3; n++) {
      expect(pump.press()).toBeUndefined();
      pump.pass('10min');
    }
    pump.do('minimumRate');
    pump.pass('10min');
    const more = ordered({ program: constant('0.49 mL/day'), doseLimit: limit('60 mcg') });
    const until = pump.stage(more)?.until ?? 0;
    expect(until).toBeGreaterThan(pump.now);
    expect(pump.prescribe(more, { override: true })).toBeUndefined();
    expect(pump.logged('limitOverridden')).toMatchObject([{ clearsAt: until }]);
  });

  // 25 mcg in half an hour every 3 h, and from the change on what the old program would have brought with them.
  const HALF_HOURS = periodic('0.1 mL/day', '2.4 mL/day', '30min', '3h');
  const HALF_HOURLY = () => runs({ program: HALF_HOURS, patientBolus: null });
  const steady = ordered({ program: constant('0.5 mL/day'), doseLimit: limit('45 mcg'), patientBolus: null });

  test('is not one that its own end of a periodic bolus would exceed', () => {
    const pump = HALF_HOURLY();
    pump.pass('3h 10min');
    expect(pump.stage(steady)).toBeUndefined();
    expect(pump.prescribe(steady, { override: true })).toBeUndefined();
    expect(pump.logged('limitOverridden')).toEqual([]);
  });

  test.each(['5min', '0s'])('is one that a periodic bolus would, which a stop ended %s before', (ago) => {
    const pump = HALF_HOURLY();
    pump.pass('3h 10min');
    pump.do('stop');
    if (ago !== '0s') pump.do('resume');
    pump.pass(ago);
    const until = pump.stage(steady)?.until ?? null;
    expect(pump.stage(steady)).toMatchObject({ code: 'overLimitForNow' });
    expect(pump.prescribe(steady, { override: true })).toBeUndefined();
    expect(pump.logged('limitOverridden')).toMatchObject([{ clearsAt: until }]);
  });

  test('is one that a periodic bolus would, which an update before ended', () => {
    const pump = HALF_HOURLY();
    pump.pass('3h 10min');
    expect(pump.prescribe(ordered({ program: HALF_HOURS, patientBolus: null }))).toBeUndefined();
    pump.pass('5min');
    const until = pump.stage(steady)?.until ?? null;
    expect(pump.stage(steady)).toMatchObject({ code: 'overLimitForNow' });
    expect(pump.prescribe(steady, { override: true })).toBeUndefined();
    expect(pump.logged('limitOverridden')).toMatchObject([{ clearsAt: until }]);
  });
});

test('a bolus that can never be repeated is granted with no next one, not with one at once', () => {
  const { pump, clinician } = implantedPump();
  // 33.3 mcg of basal, a bolus of 10 mcg, and in 4 h four periodic boluses of 5 mcg at most: three beside the first.
  const program = periodic('0.4 mL/day', '2.88 mL/day', '5min', '1h');
  const patientBolus = { ...PRESS, rate: rateOf('5.76 mL/day'), duration: ms('5min') };
  clinician.prescribe(ordered({ program, patientBolus, doseLimit: limit('60 mcg') }));
  const granted = pump.open('patient').do('requestBolus');
  expect(granted).toMatchObject({ reply: { payload: { nextBolus: null } } });
  expect(pump.status().nextBolus).toBeNull();
});

test('a press under a limit that an override has left far behind is answered at once, with its time', () => {
  const pump = runs({ program: BASAL, patientBolus: { ...PRESS, lockout: ms('2min') } });
  for (let n = 0; n < 10; n++) {
    pump.press();
    pump.pass('2min');
  }
  const next = ordered({ program: BASAL, doseLimit: limit('50 mcg'), patientBolus: { ...PRESS, lockout: ms('2min') } });
  expect(pump.prescribe(next, { override: true })).toBeUndefined();
  const until = pump.press()?.until ?? 0;
  expect(until).toBeGreaterThan(pump.now);
  pump.passTo(until - 1);
  expect(pump.wouldRefuse()).toMatchObject({ code: 'doseLimit', until });
  pump.passTo(until);
  expect(pump.press()).toBeUndefined();
});

/* A pump of the PCA kind: 6 mL/h, 1 mL in 1 min, 30 min lockout, 26.5 mg in 240 min, 1 mg/mL. */
const F_BOLUS: PatientBolus = {
  rate: rateOf('60 mL/h'),
  duration: ms('1min'),
  lockout: ms('30min'),
  maxPerDay: 100,
  parts: [],
};
const F: Partial<Prescription> = {
  drugs: [{ name: 'morphine', concentration: concentration.parse('1 mg/mL') }],
  program: constant('6 mL/h'),
  patientBolus: F_BOLUS,
  doseLimit: limit('26.5 mg', '240min'),
  ceiling: doseRate.parse('100000 mg/day'),
};
const fixture = (changes: Partial<Prescription> = {}) => {
  const pump = runs({ ...F, ...changes }, {}, { profile: 'generic-pca' });
  pump.do('resume');
  return pump;
};

describe('generic-pca under fixture F', () => {
  const denied = () => {
    const pump = fixture();
    for (const minute of [300, 340]) {
      pump.passTo(minute * MINUTE);
      expect(pump.press()).toBeUndefined();
    }
    pump.passTo(380 * MINUTE);
    return pump;
  };

  test('of requests at 300, 340 and 380 the third is denied, and the minimum rate begins', () => {
    const pump = denied();
    expect(pump.press()).toMatchObject({ code: 'doseLimit', also: [] });
    expect(pump.chart.at('infusion')).toBe('minimumRate');
    expect(pump.rate).toBe(rateOf('1 mL/h'));
  });

  test('half a bolus would still have fitted', () => {
    const pump = fixture({ doseLimit: limit('27 mg', '240min') });
    for (const minute of [300, 340, 380]) {
      pump.passTo(minute * MINUTE);
      expect(pump.press()).toBeUndefined();
    }
  });

  test('the minimum rate lasts until a clinician says otherwise', () => {
    const pump = denied();
    pump.press();
    pump.pass('10h');
    expect(pump.rate).toBe(rateOf('1 mL/h'));
    expect(pump.press()).toMatchObject({ code: 'minimumRate' });
    expect(pump.do('resume')).toBeUndefined();
    expect(pump.rate).toBe(rateOf('6 mL/h'));
  });

  test('a denial starts no lockout, counts as denied and is no grant', () => {
    const pump = denied();
    const { lockedUntil, granted, grants } = pump.context;
    pump.press();
    expect(pump.context).toMatchObject({ lockedUntil, granted, grants, denied: 1 });
    expect(pump.logged('bolusDenied')).toMatchObject([{ at: 380 * MINUTE, code: 'doseLimit' }]);
  });

  const refused = (changes: Partial<Prescription>) => fixture().stage(ordered({ ...F, ...changes }))?.code;

  test.each([
    ['24 mg', undefined],
    ['23.999 mg', 'basalOverLimit'],
  ])('beside 24 mg of basal a limit of %s is refused with %s', (dose, code) => {
    expect(refused({ doseLimit: limit(dose, '240min') })).toBe(code);
  });

  test.each([
    [60, undefined],
    [59, 'bolusLongerThanWindow'],
  ])('beside a bolus of 60 s a window of %d s is refused with %s', (seconds, code) => {
    expect(refused({ doseLimit: { dose: mass.parse('10 mg'), window: span(seconds * 1000) } })).toBe(code);
  });

  test.each([
    [{ dose: mass.of(0), window: ms('1h') }, 'limitZero'],
    [{ dose: mass.parse('90 mg'), window: span(0) }, 'limitZero'],
    [{ dose: mass.parse('150 mg'), window: ms('24h') }, undefined],
    [{ dose: mass.parse('150 mg'), window: span(24 * HOUR + 1) }, 'limitWindowTooLong'],
  ])('the limit %o is refused with %s', (doseLimit, code) => {
    expect(refused({ doseLimit, patientBolus: null })).toBe(code);
  });

  test('a limit of a diluent is refused', () => {
    expect(refused({ drugs: [] })).toBe('limitWithoutDrug');
  });
});
