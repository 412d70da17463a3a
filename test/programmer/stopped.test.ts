import { describe, expect, test } from 'vitest';
import { doseMissed, resumeNot } from '../../programmer/stopped.ts';
import {
  type Duration,
  mass,
  type Prescription,
  parseDuration,
  parseWallClock,
  type Rate,
  rate,
  type Status,
  span,
} from '../../shared/index.ts';
import { mL, prescribe, profileOf, running } from '../harness.ts';
import { STATUS as EXAMPLE, PRESCRIPTION } from '../shared/examples.ts';
import { texts } from './reviewing.ts';

/** A pump that reads 8:00 on a Tuesday. */
const STATUS: Status = { ...EXAMPLE, wall: parseWallClock('2026-01-06 08:00') ?? null };

const RULES = { bolusOverBasal: 'add' } as const;
const h = (hours: number) => parseDuration(`${hours}h`);
const under = (program: Prescription['program']): Prescription => ({ ...PRESCRIPTION, patientBolus: null, program });
const everyDay = (...steps: { at: Duration; rate: Rate }[]): Prescription['program'] => ({
  type: 'daily',
  groups: [{ days: [0, 1, 2, 3, 4, 5, 6], steps }],
});
const flow = (text: string) => rate.parse(`${text} mL/day`);

/** The same, stopped for a time. */
function stoppedFor(time: string, change: Partial<Status> = {}): Status {
  const since = STATUS.now + parseDuration('100d');
  const now = since + parseDuration(time);
  return {
    ...STATUS,
    ...change,
    infusion: 'stopped',
    rate: rate.of(0),
    now: now as Status['now'],
    stopped: { why: 'clinician', since: since as Status['now'] },
  };
}

describe('a stopped pump', () => {
  test('is the first thing shown: since when, why, the dose missed, and that it can be resumed', () => {
    const made = running();
    made.clinician({ type: 'stop' });
    made.clinician({ type: 'endSession' });
    made.advance('3d 12h');
    made.clinician({ type: 'interrogate' });
    const { fields, warnings, can } = made.sim.screen();
    expect(fields.slice(0, 4).map(({ name, text }) => [name, text])).toEqual([
      ['stoppedFor', '3d 12h'],
      ['stoppedSince', '2026-01-05 08:00'],
      // 200 mcg/day for three days and a half.
      ['doseMissed', '700 mcg'],
      ['mode', 'stopped: stopped by a clinician'],
    ]);
    expect(warnings[0]).toBe('THE PUMP IS STOPPED since 2026-01-05 08:00: stopped by a clinician');
    expect(can).toContain('resume');
    expect(texts(made)).not.toHaveProperty('resumeNot');
  });

  // 24 mL/day hold 600 mg/day of morphine 25 mg/mL: 0.4 mL/day are 10 mg/day, 1 mL is 25 mg.
  test.each<[string, Status, string | undefined]>([
    ['a constant rate, half a day', stoppedFor('12h'), '5 mg'],
    ['no time at all', stoppedFor('0s'), '0 mg'],
    [
      'a schedule, from 20:00 to 8:00: four hours of the day, eight of the night',
      stoppedFor('12h', {
        prescription: under(everyDay({ at: h(0), rate: flow('0.24') }, { at: h(8), rate: flow('0.48') })),
      }),
      // 0.08 mL and 0.08 mL.
      '4 mg',
    ],
    [
      'a schedule on a pump without a clock, by what the pump holds in its place',
      stoppedFor('12h', {
        wall: null,
        basal: flow('0.36'),
        prescription: under(everyDay({ at: h(0), rate: flow('0.24') }, { at: h(12), rate: flow('0.48') })),
      }),
      '4.5 mg',
    ],
    [
      'a schedule, week after week and a day',
      stoppedFor('701d', {
        prescription: under({
          type: 'daily',
          groups: [
            { days: [0, 1, 2, 3, 4, 5], steps: [{ at: h(0), rate: flow('0.4') }] },
            { days: [6], steps: [{ at: h(0), rate: flow('1') }] },
          ],
        }),
      }),
      // A hundred weeks of 3.4 mL, and a Monday and the next Tuesday in part: 340.4 mL.
      '8510 mg',
    ],
    ['without a prescription', stoppedFor('1d', { prescription: null }), undefined],
    ['on the shelf', stoppedFor('1d', { service: 'shelf' }), undefined],
  ])('has missed the dose of its program: %s', (_, status, missed) => {
    expect(doseMissed(status, RULES)).toBe(missed === undefined ? undefined : mass.parse(missed));
  });

  test.each([
    // Boluses of 0.01 mL, 0.25 mg, every 6 h. One due just when the pump stopped was given or not before the stop.
    ['23h', '1h', 3],
    ['24h', '1h', 4],
    // The last fell due just now.
    ['24h', '6h', 4],
    ['25h', '6h', 5],
    ['5h', '6h', 1],
    ['5h', '1h', 0],
  ])('of %s, the next periodic bolus in %s, has missed %i of them', (time, next, boluses) => {
    const bolus = { rate: flow('14.4'), duration: parseDuration('1min') };
    const program = { type: 'periodic', rate: flow('0.24'), bolus, interval: h(6) } as const;
    const status = stoppedFor(time, { prescription: under(program) });
    const due = { ...status, periodicNext: (status.now + parseDuration(next)) as Status['now'] };
    const basal = doseMissed({ ...status, prescription: under({ type: 'constant', rate: flow('0.24') }) }, RULES) ?? 0;
    expect((doseMissed(due, RULES) ?? 0) - basal).toBe(mass.parse('0.25 mg') * boluses);
    // Where they take the place of basal they bring a sixtieth less: it is that much slower.
    const replaced = (doseMissed(due, { bolusOverBasal: 'replace' }) ?? 0) - basal;
    expect(Math.abs(replaced - (mass.parse('0.25 mg') * boluses * 59) / 60)).toBeLessThan(1);
  });
});

test('what is missed of a prescription counts from when it came into force', () => {
  const made = running();
  made.clinician({ type: 'stop' });
  made.advance('10d');
  made.clinician(prescribe({ basal: '100 mcg/day' }));
  expect(texts(made)).toMatchObject({ stoppedFor: '10d', doseMissed: '0 mcg' });
  made.advance('1d');
  made.clinician({ type: 'interrogate' });
  expect(texts(made)).toMatchObject({ stoppedFor: '11d', doseMissed: '100 mcg' });
});

test('the default schedule is said, and that the program waits for a resume', () => {
  const made = running({ profile: profileOf('synchromed-iii-like-40') });
  made.sim.act({ by: 'world', act: { type: 'batteryReset', safeState: true } });
  made.clinician({ type: 'interrogate' });
  expect(made.sim.screen().warnings[0]).toBe('THE PUMP DELIVERS ITS DEFAULT SCHEDULE: the program waits');
  expect(texts(made)['mode']).toBe('default schedule');
  expect(made.sim.screen().can).toContain('resume');
});

test('the minimum rate of a clinician is said first, and no next bolus is promised under it or a stop', () => {
  const bolus = { dose: '10 mcg', duration: '2min', lockout: '4h', maxPerDay: 4 };
  const made = running({}, { bolus });
  made.clinician({ type: 'interrogate' });
  expect(texts(made)).toMatchObject({ nextBolus: '0s' });
  made.clinician({ type: 'minimumRate' });
  expect(made.sim.screen().warnings).toEqual(['THE PUMP RUNS AT ITS MINIMUM RATE: the program waits']);
  expect(texts(made)).not.toHaveProperty('nextBolus');
  made.clinician({ type: 'stop' });
  expect(texts(made)).not.toHaveProperty('nextBolus');
});

describe('why resuming is not offered', () => {
  const stopped: Partial<Status> = { infusion: 'stopped', stopped: { why: 'clinician', since: STATUS.now } };
  const minimum: Partial<Status> = { infusion: 'minimumRate' };
  test.each<[string, Partial<Status>, string | undefined]>([
    ['it delivers', {}, undefined],
    ['it is offered', { ...stopped, accepts: ['resume'] }, undefined],
    ['on the shelf', { ...stopped, service: 'shelf' }, undefined],
    ['nothing was prescribed', { ...stopped, prescription: null }, 'no prescription has been given'],
    [
      'the reservoir is empty',
      { ...stopped, reservoir: 'empty' },
      'the reservoir is calculated empty: refill it first',
    ],
    [
      'the end of service, whatever the reservoir holds',
      { ...stopped, service: 'endOfService', reservoir: 'empty' },
      'the pump has reached its end of service',
    ],
    [
      'a declared condition',
      { ...stopped, conditions: [{ code: 'occlusion', since: STATUS.now, declared: STATUS.now, gone: false }] },
      'the catheter is occluded',
    ],
    ['anything else', stopped, 'the pump does not take it now'],
    ['low at the minimum rate', { ...minimum, reservoir: 'low' }, 'the reservoir is low: refill it first'],
    [
      'the minimum rate is prescribed',
      { ...minimum, prescription: under({ type: 'minimumRate', rate: flow('0.006') }) },
      'the prescription is the minimum rate',
    ],
    [
      'the program asks for nothing until its next step',
      {
        zeroStep: true,
        rate: rate.of(0),
        prescription: under(everyDay({ at: h(0), rate: rate.of(0) }, { at: h(10), rate: flow('0.48') })),
      },
      'the program itself asks for no delivery until 2026-01-06 10:00',
    ],
    [
      'and for nothing any more',
      {
        zeroStep: true,
        prescription: under({
          type: 'dated',
          first: flow('0.48'),
          steps: [{ at: parseWallClock('2026-01-06 00:00') ?? span(0), rate: rate.of(0) }],
        }),
      },
      'the program itself asks for no delivery from now on',
    ],
  ])('%s', (_, change, why) => {
    expect(resumeNot({ ...STATUS, ...change })).toBe(why);
  });

  test('is shown at the minimum rate of a low reservoir, and gone when it can be resumed', () => {
    const made = running({ profile: profileOf('synchromed-ii-like-20', { lowReservoirPolicy: 'minimumRate' }) });
    made.advance('46d');
    made.clinician({ type: 'interrogate' });
    expect(texts(made)).toMatchObject({ resumeNot: 'the reservoir is low: refill it first' });
    made.clinician({ type: 'refill', aspirated: null, volume: mL('20') });
    expect(texts(made)).not.toHaveProperty('resumeNot');
    expect(made.sim.screen().can).toContain('resume');
  });
});
