import { describe, expect, test } from 'vitest';
import {
  concentration,
  type DeviceProfile,
  delivered,
  doseRate,
  mass,
  type Prescription,
  rate,
  span,
  volume,
} from '../../shared/index.ts';
import { CommandedPump, constant, daily, MINUTE, ms, ordered, PRESS, periodic, rateOf, runs } from './commanded.ts';

/*
 * The clinician's bolus, on the bedside pump (fixture F: 6 mL/h, patient boluses of 1 mL in a minute, 1 mg/mL, so
 * that mg is mL) and on the implant. Times are minutes since delivery began.
 */

const mL = (amount: string): number => volume.parse(`${amount} mL`);
const [BASAL, BESIDE, MINIMUM] = [rateOf('6 mL/h'), rateOf('8 mL/h'), rateOf('1 mL/h')];
/** 6 mL/h until 09:00, an hour after the start. */
const FALLING = daily({ '00:00': '6 mL/h', '09:00': '2 mL/h' });
const LIMIT = { dose: mass.parse('26.5 mg'), window: ms('4h') };
const F: Partial<Prescription> = {
  drugs: [{ name: 'morphine', concentration: concentration.parse('1 mg/mL') }],
  program: constant('6 mL/h'),
  patientBolus: { rate: rateOf('60 mL/h'), duration: ms('1min'), lockout: ms('30min'), maxPerDay: 100, parts: [] },
};

function fixture(more: Partial<Prescription> = {}, changes: Partial<DeviceProfile> = {}): CommandedPump {
  const pump = runs({ ...F, ...more }, changes, { profile: 'generic-pca' });
  pump.do('resume');
  return pump;
}
const at = (pump: CommandedPump, minutes: number): CommandedPump => {
  pump.passTo(minutes * MINUTE);
  return pump;
};
/** What was commanded between two minutes. */
function given({ rates }: CommandedPump, from: number, to: number): number {
  const [begin, end] = [from * MINUTE, to * MINUTE];
  return rates.reduce((sum, each, i) => {
    const length = Math.min(rates[i + 1]?.at ?? end, end) - Math.max(each.at, begin);
    return length > 0 ? sum + Number(delivered(rate.of(each.rate), span(length))) : sum;
  }, 0);
}
const infusion = (pump: CommandedPump) => pump.chart.at('infusion');

describe('beside basal', () => {
  test('AT-37: 1 mL over 30 min at 120 runs at 8 mL/h, is done at 150 with 1.000 mL, and basal goes on', () => {
    const pump = at(fixture(), 120);
    expect(pump.order('1 mL', '30min')).toBeUndefined();
    expect([pump.rate, infusion(pump)]).toEqual([BESIDE, 'clinicianBolus']);
    at(pump, 200);
    expect(pump.rates.slice(-2).map((each) => [each.at / MINUTE, each.rate])).toEqual([
      [120, BESIDE],
      [150, BASAL],
    ]);
    expect(pump.logged('clinicianBolusEnded')).toMatchObject([
      { at: 150 * MINUTE, why: 'complete', delivered: mL('1'), undelivered: 0 },
    ]);
    expect(infusion(pump)).toBe('basal');
  });

  test.each([
    ['29min', 'bolusTooShort'],
    ['30min', undefined],
    ['360min', undefined],
    ['361min', 'bolusTooLong'],
  ])('AT-39: one of %s is answered %s', (duration, code) => {
    const pump = at(fixture(), 120);
    expect(pump.order('1 mL', duration)?.code).toBe(code);
    expect(infusion(pump)).toBe(code === undefined ? 'clinicianBolus' : 'basal');
  });

  test('AT-40: any minute of it delivers as much as any other', () => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min');
    at(pump, 150);
    const minutes = Array.from({ length: 30 }, (_, i) => given(pump, 120 + i, 121 + i));
    expect(new Set(minutes)).toEqual(new Set([BESIDE * MINUTE]));
  });

  test('AT-41: a second while one runs is refused, until the first ends', () => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min');
    at(pump, 130);
    expect(pump.order('1 mL', '30min')).toMatchObject({ code: 'bolusRunning', also: [], until: 150 * MINUTE });
    at(pump, 150);
    expect(given(pump, 120, 150)).toBe(BASAL * 30 * MINUTE + mL('1'));
    expect(pump.order('1 mL', '30min')).toBeUndefined();
  });

  test('AT-42: while the pump is stopped, and at its minimum rate, it is refused', () => {
    const stopped = at(fixture(), 120);
    stopped.do('stop');
    expect(stopped.order('1 mL', '30min')).toMatchObject({ code: 'stopped', also: [] });
    const slow = at(fixture(), 120);
    slow.do('minimumRate');
    expect(slow.order('1 mL', '30min')).toMatchObject({ code: 'minimumRate', also: [] });
    expect(slow.rate).toBe(MINIMUM);
  });

  test('AT-43: ordered at 118 and stopped at 120, its rest does not come when delivery starts at 240', () => {
    const pump = at(fixture(), 118);
    pump.order('1 mL', '30min');
    at(pump, 120).do('stop');
    at(pump, 240).do('resume');
    at(pump, 400);
    expect(given(pump, 118, 240)).toBe(BESIDE * 2 * MINUTE);
    expect(given(pump, 240, 400)).toBe(BASAL * 160 * MINUTE);
    const [{ delivered: brought, undelivered } = {}] = pump.logged('clinicianBolusEnded');
    expect(brought).toBe(rateOf('2 mL/h') * 2 * MINUTE);
    expect(undelivered).toBe(rateOf('2 mL/h') * 28 * MINUTE);
  });

  test('where it says so the pump stops after it, and says that a clinician wanted that', () => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min', 'stopped');
    at(pump, 200);
    expect(pump.context.stopped).toEqual({ why: 'clinician', since: 150 * MINUTE });
    expect(pump.kinds().slice(-2)).toEqual(['clinicianBolusEnded', 'deliveryStopped']);
  });

  test('touches neither lockout nor count of the patient', () => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min');
    at(pump, 150);
    expect(pump.context).toMatchObject({ granted: 0, grants: [], lockedUntil: null, lastGrant: null });
    expect(pump.press()).toBeUndefined();
  });

  test('does not count in the ceiling, which bounds what the prescription commands by itself', () => {
    const pump = runs({ patientBolus: null, ceiling: doseRate.parse('200 mcg/day') });
    expect(pump.order('1 mL', '2h')).toBeUndefined();
  });
});

describe('a patient’s request while it runs', () => {
  test('R20: preempts it, and all of it is delivered, so much later', () => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min');
    at(pump, 130);
    expect(pump.press()).toBeUndefined();
    expect([pump.rate, infusion(pump)]).toEqual([rateOf('66 mL/h'), 'patientBolus']);
    at(pump, 131);
    expect([pump.rate, infusion(pump)]).toEqual([BESIDE, 'clinicianBolus']);
    at(pump, 160);
    expect(pump.logged('clinicianBolusSuspended')).toMatchObject([
      { at: 130 * MINUTE, left: rateOf('2 mL/h') * 20 * MINUTE },
    ]);
    expect(pump.logged('clinicianBolusResumed')).toMatchObject([{ at: 131 * MINUTE, ends: 151 * MINUTE }]);
    expect(pump.logged('clinicianBolusEnded')).toMatchObject([
      { at: 151 * MINUTE, why: 'complete', delivered: mL('1'), undelivered: 0 },
    ]);
    expect(given(pump, 120, 151)).toBe(BASAL * 31 * MINUTE + 2 * mL('1'));
  });

  test('R20: is denied where the profile says so, and it is never interrupted', () => {
    const pump = at(fixture({}, { patientBolusDuringClinicianBolus: 'deny' }), 120);
    pump.order('1 mL', '30min');
    at(pump, 130);
    expect(pump.press()).toMatchObject({ code: 'bolusRunning', also: [], until: 150 * MINUTE });
    at(pump, 150);
    expect(given(pump, 120, 150)).toBe(BASAL * 30 * MINUTE + mL('1'));
    expect(pump.press()).toBeUndefined();
  });

  test.each(['stop', 'minimumRate'] as const)('and a %s while it waits: both end, each with what was left', (does) => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min');
    at(pump, 130).press();
    at(pump, 130.5).do(does);
    expect(pump.logged('bolusEnded')).toMatchObject([{ delivered: mL('0.5'), undelivered: mL('0.5') }]);
    const tenMinutes = rateOf('2 mL/h') * 10 * MINUTE;
    expect(pump.logged('clinicianBolusEnded')).toMatchObject([
      { why: does, delivered: tenMinutes, undelivered: mL('1') - tenMinutes },
    ]);
    expect(pump.context).toMatchObject({ bolus: null, clinician: null });
  });

  test('is told when it waits how long it still takes, and that it is suspended', () => {
    const pump = at(fixture(), 120);
    pump.order('1 mL', '30min');
    at(pump, 130).press();
    expect(pump.context.clinician).toMatchObject({ start: 120 * MINUTE, ends: 151 * MINUTE });
    at(pump, 131);
    expect(pump.order('1 mL', '30min')).toMatchObject({ code: 'bolusRunning', until: 151 * MINUTE });
  });

  test('is judged with the rest of it: over the dose limit it is denied', () => {
    const deny = { maxDoseDenied: 'deny', clinicianOverLimit: 'refuse' } as const;
    const pump = at(fixture({ doseLimit: { ...LIMIT, dose: mass.parse('25.9 mg') } }, deny), 300);
    expect(pump.order('1 mL', '30min')).toBeUndefined();
    at(pump, 301);
    // 1/30 mL has been given and 1 mL would fit beside it: the rest that is to come does not.
    expect(pump.press()).toMatchObject({ code: 'doseLimit' });
  });
});

describe('at the dose limit', () => {
  test('AT-49: of three of 1 mL in 4 h the third is halted after half, at 395: the window holds 26.5', () => {
    const pump = fixture({ doseLimit: LIMIT });
    for (const minute of [300, 340, 380]) expect(at(pump, minute).order('1 mL', '30min')).toBeUndefined();
    at(pump, 500);
    expect(pump.logged('clinicianBolusEnded').at(-1)).toMatchObject({
      at: 395 * MINUTE,
      why: 'doseLimit',
      delivered: mL('0.5'),
      undelivered: mL('0.5'),
    });
    expect(given(pump, 155, 395)).toBe(mL('26.5'));
    expect([pump.rate, infusion(pump)]).toEqual([MINIMUM, 'minimumRate']);
    // It lasts until a clinician says otherwise.
    at(pump, 1000);
    expect(infusion(pump)).toBe('minimumRate');
    pump.do('resume');
    expect(infusion(pump)).toBe('basal');
  });

  test('AT-49: halted where the clinician wanted the pump stopped, it stops', () => {
    const pump = fixture({ doseLimit: LIMIT });
    for (const minute of [300, 340]) at(pump, minute).order('1 mL', '30min');
    at(pump, 380).order('1 mL', '30min', 'stopped');
    at(pump, 500);
    expect(pump.context.stopped).toEqual({ why: 'clinician', since: 395 * MINUTE });
  });

  test('AT-49: the highest basal of the program counts all day, also where less is delivered', () => {
    const pump = fixture({ doseLimit: LIMIT, program: FALLING });
    for (const minute of [300, 340, 380]) expect(at(pump, minute).order('1 mL', '30min')).toBeUndefined();
    at(pump, 500);
    expect(pump.logged('clinicianBolusEnded').at(-1)).toMatchObject({ at: 395 * MINUTE, delivered: mL('0.5') });
  });

  test.each([
    ['one rate', constant('6 mL/h')],
    ['several', FALLING],
  ])(
    'a limit of basal of %s and one stroke lets one through, and the next when that has left the window',
    (_, program) => {
      const pump = fixture({ doseLimit: { ...LIMIT, dose: mass.parse('24.0005 mg') }, program });
      expect(at(pump, 300).order('1 mL', '30min')).toBeUndefined();
      at(pump, 310);
      expect(pump.logged('clinicianBolusEnded')).toMatchObject([{ at: 300 * MINUTE + 900, delivered: mL('0.0005') }]);
      pump.do('resume');
      expect(pump.order('1 mL', '30min')).toMatchObject({ code: 'doseLimit', until: 540 * MINUTE + 900 });
    },
  );

  test.each([
    ['one rate', constant('6 mL/h')],
    ['several', FALLING],
  ])('a limit of basal of %s and less than a stroke lets none through, ever', (_, program) => {
    const pump = fixture({ doseLimit: { ...LIMIT, dose: mass.parse('24.0004 mg') }, program });
    expect(at(pump, 300).order('1 mL', '30min')).toMatchObject({ code: 'doseLimit', until: null });
  });

  test('one that could not deliver a stroke before it is halted is refused, with when one could', () => {
    const pump = fixture({ doseLimit: { ...LIMIT, dose: mass.parse('26 mg') } });
    for (const minute of [300, 340]) at(pump, minute).order('1 mL', '30min');
    at(pump, 380);
    const refused = pump.order('1 mL', '30min');
    // The first has left the window by one stroke of 0.5 mcL: 0.9 s of 2 mL/h.
    expect(refused).toMatchObject({ code: 'doseLimit', also: [], until: 540 * MINUTE + 900 });
    at(pump, 540).passTo(540 * MINUTE + 899);
    expect(pump.order('1 mL', '30min')?.code).toBe('doseLimit');
    pump.passTo(540 * MINUTE + 900);
    expect(pump.order('1 mL', '30min')).toBeUndefined();
  });

  test('where basal alone takes all of it, none ever fits', () => {
    const pump = at(fixture({ doseLimit: { ...LIMIT, dose: mass.parse('24 mg') }, patientBolus: null }), 300);
    expect(pump.order('1 mL', '30min')).toMatchObject({ code: 'doseLimit', until: null });
  });

  test('resumed after a patient bolus it is halted at once where that took the room', () => {
    const rising = daily({ '00:00': '1 mL/h', '20:00': '6 mL/h' });
    const pump = fixture({ doseLimit: { ...LIMIT, dose: mass.parse('25.5 mg') }, program: rising });
    at(pump, 120).order('1 mL', '30min');
    at(pump, 136).press();
    at(pump, 200);
    expect(pump.logged('bolusEnded')).toMatchObject([{ at: 137 * MINUTE, why: 'complete' }]);
    expect(pump.logged('clinicianBolusEnded')).toMatchObject([{ at: 137 * MINUTE, why: 'doseLimit' }]);
  });

  test('is refused where the profile says so, until it fits', () => {
    const pump = fixture({ doseLimit: LIMIT }, { clinicianOverLimit: 'refuse' });
    for (const minute of [300, 340]) expect(at(pump, minute).order('1 mL', '30min')).toBeUndefined();
    at(pump, 380);
    // Half of the first must have left the window that ends with the third.
    expect(pump.order('1 mL', '30min')).toMatchObject({ code: 'doseLimit', until: 525 * MINUTE });
    at(pump, 524.99);
    expect(pump.order('1 mL', '30min')?.code).toBe('doseLimit');
    at(pump, 525);
    expect(pump.order('1 mL', '30min')).toBeUndefined();
  });
});

describe('on a pump that a clinician stopped', () => {
  const stopped = (changes: Partial<DeviceProfile> = {}) => {
    const pump = at(runs({}, changes), 60);
    pump.do('stop');
    return pump;
  };

  test('it runs alone, and the pump is stopped again afterwards', () => {
    const pump = stopped();
    expect(pump.order('0.1 mL', '30min', 'stopped')).toBeUndefined();
    expect(pump.rate).toBe(rateOf('4.8 mL/day'));
    expect(pump.context.stopped).toBeNull();
    at(pump, 200);
    expect(pump.rates.slice(-2).map((each) => each.rate)).toEqual([rateOf('4.8 mL/day'), 0]);
    expect(pump.context.stopped).toEqual({ why: 'clinician', since: 90 * MINUTE });
  });

  test('basal begins with its end where it says so, and that is logged', () => {
    const pump = stopped();
    pump.order('0.1 mL', '30min', 'basal');
    at(pump, 200);
    expect([pump.rate, infusion(pump)]).toEqual([rateOf('0.4 mL/day'), 'basal']);
    expect(pump.kinds().slice(-2)).toEqual(['clinicianBolusEnded', 'deliveryStarted']);
  });

  test('restarts the stopped-pump deadline: something is delivered', () => {
    const pump = stopped();
    at(pump, 60 * 24).order('0.1 mL', '30min', 'stopped');
    pump.pass('48h');
    expect(pump.context.stoppedTooLong).toBeNull();
    pump.pass('30min');
    expect(pump.context.stoppedTooLong).toBe(pump.now);
  });

  test('denies the patient, whatever the profile lets preempt', () => {
    const pump = stopped({ patientBolusDuringClinicianBolus: 'preempt' });
    pump.order('0.1 mL', '30min', 'basal');
    at(pump, 70);
    expect(pump.press()).toMatchObject({ code: 'bolusRunning', until: 90 * MINUTE });
  });

  test('an update during it finds the pump stopped by a clinician', () => {
    const pump = stopped();
    pump.order('0.1 mL', '30min', 'basal');
    at(pump, 70);
    expect(pump.prescribe(ordered(), { run: false })).toBeUndefined();
    expect(pump.context.stopped?.why).toBe('clinician');
    expect(pump.logged('clinicianBolusEnded')).toMatchObject([{ at: 70 * MINUTE, why: 'update' }]);
  });

  test.each(['skip', 'add', 'defer'] as const)('no periodic bolus comes beside it, where one lets it %s', (wait) => {
    const program = periodic('0.1 mL/day', '2 mL/day', '10min', '2h');
    const pump = at(runs({ program }, { periodicDuringBolus: wait }), 60);
    pump.do('stop');
    at(pump, 110).order('0.1 mL', '30min', 'basal');
    at(pump, 125);
    expect(pump.logged('periodicSkipped')).toMatchObject([{ at: 120 * MINUTE }]);
  });
});

describe('refused', () => {
  test.each([
    ['no volume', '0 mL', '30min', 'bolusRateZero'],
    ['less than a stroke', '0.0004 mL', '30min', 'bolusTooSmall'],
    ['more than the reservoir holds', '20.1 mL', '24h', 'tooLittleLeft'],
    ['longer than a day', '0.1 mL', '1441min', 'bolusTooLong'],
  ] as const)('%s', (_, amount, duration, code) => {
    expect(runs().order(amount, duration)).toMatchObject({ code });
  });

  test('but not a stroke, nor all that is left', () => {
    expect(runs().order('0.0005 mL', '30min')).toBeUndefined();
    const pump = runs({}, {}, { fill: '0.1 mL' });
    expect(pump.order('0.1 mL', '30min')).toBeUndefined();
  });

  test('too fast beside the highest basal and a periodic bolus, with the shortest that fits', () => {
    const pump = runs({ program: periodic('0.4 mL/day', '2 mL/day', '10min', '2h'), patientBolus: null });
    expect(pump.order('0.5 mL', '30min')).toMatchObject({ code: 'bolusTooFast', shortest: ms('34min') });
    expect(pump.order('0.5 mL', '34min')).toBeUndefined();
  });

  test('but not too fast alone on a stopped pump', () => {
    const pump = runs({ program: constant('4 mL/day'), patientBolus: null });
    expect(pump.order('0.45 mL', '30min')?.code).toBe('bolusTooFast');
    pump.do('stop');
    expect(pump.order('0.45 mL', '30min', 'stopped')).toBeUndefined();
  });

  test('without a prescription, and under one of the minimum rate, also where that is stopped', () => {
    expect(new CommandedPump().order('0.1 mL', '30min')).toMatchObject({ code: 'noPrescription' });
    const pump = runs({ program: { type: 'minimumRate', rate: rateOf('0.006 mL/day') }, patientBolus: null });
    expect(pump.order('0.1 mL', '30min')?.code).toBe('minimumRate');
    pump.do('stop');
    expect(pump.order('0.1 mL', '30min')?.code).toBe('minimumRate');
  });

  test('while a patient bolus runs, until its end', () => {
    const pump = runs();
    pump.press();
    expect(pump.order('0.1 mL', '30min')).toMatchObject({ code: 'bolusRunning', until: PRESS.duration });
  });

  test('while an update is under way', () => {
    const pump = runs();
    const other = ordered({ program: constant('0.5 mL/day') });
    pump.stage(other);
    pump.begin(other);
    expect(pump.order('0.1 mL', '30min')?.code).toBe('updating');
  });
});

describe('cut short', () => {
  const low = ordered({ lowReservoir: volume.parse('2 mL') });

  test.each([
    ['basalOnly', 'basal', 'basal'],
    ['basalOnly', 'stopped', 'stopped'],
    ['minimumRate', 'basal', 'minimumRate'],
    ['minimumRate', 'stopped', 'stopped'],
  ] as const)('by a low reservoir under %s, then %s: the pump is then at %s', (lowReservoirPolicy, then, after) => {
    const pump = runs(low, { lowReservoirPolicy });
    pump.fill('2.3 mL');
    pump.order('0.3 mL', '1h', then);
    at(pump, 120);
    expect(infusion(pump)).toBe(after);
    expect(pump.logged('clinicianBolusEnded')).toMatchObject([{ why: 'lowReservoir' }]);
  });

  test('by a reset: nothing of it resumes, and what was to follow does', () => {
    for (const then of ['basal', 'stopped'] as const) {
      const pump = runs();
      pump.order('0.1 mL', '30min', then);
      at(pump, 10).reset();
      expect(infusion(pump)).toBe(then);
      expect(pump.logged('clinicianBolusEnded')).toMatchObject([{ at: 10 * MINUTE, why: 'reset' }]);
    }
  });

  test('a periodic bolus deferred by it begins with its end', () => {
    const pump = runs({ program: periodic('0.1 mL/day', '2 mL/day', '10min', '2h') }, { periodicDuringBolus: 'defer' });
    at(pump, 110).order('0.1 mL', '30min');
    at(pump, 150);
    expect(pump.logged('periodicStarted')).toMatchObject([{ at: 140 * MINUTE }]);
  });

  test('a periodic bolus deferred by a patient’s waits for it, too, where it goes on', () => {
    const defers = { periodicDuringBolus: 'defer', patientBolusDuringClinicianBolus: 'preempt' } as const;
    const pump = runs({ program: periodic('0.1 mL/day', '2 mL/day', '10min', '2h') }, defers);
    at(pump, 110).order('0.1 mL', '30min');
    at(pump, 119).press();
    at(pump, 141);
    expect(pump.logged('periodicStarted')).toEqual([]);
    at(pump, 142);
    expect(pump.logged('periodicStarted')).toMatchObject([{ at: 142 * MINUTE }]);
  });

  test('a periodic bolus that runs ends with the stop after it', () => {
    const pump = runs({ program: periodic('0.1 mL/day', '2 mL/day', '20min', '2h') }, { periodicDuringBolus: 'add' });
    at(pump, 110).order('0.1 mL', '20min', 'stopped');
    at(pump, 150);
    expect(pump.logged('periodicEnded')).toMatchObject([{ at: 130 * MINUTE, why: 'stop' }]);
  });
});
