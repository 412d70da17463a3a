import { describe, expect, test } from 'vitest';
import { judgePrescription } from '../../firmware-sim/firmware/rules/prescription.ts';
import { factoryContext } from '../../firmware-sim/index.ts';
import {
  ALARM_CODES,
  COMMANDS,
  concentration,
  type DeviceProfile,
  doseRate,
  instant,
  MOST_PAYLOAD,
  mass,
  PROFILE_NAMES,
  type Prescription,
  type Program,
  prescriptionDigest,
  rate,
  type Status,
  span,
  toBytes,
  volume,
} from '../../shared/index.ts';
import { prescribe, profileOf, running } from '../harness.ts';
import { STATUS } from '../shared/examples.ts';
import { implantedPump, refusalOf, type Speaker } from './bare-pump.ts';
import { DAY, prescriptionOf, WALL } from './prescriptions.ts';

/* Whatever a pump takes, it can tell: nothing it may hold is too long for one frame. */

/** Seven kinds of days of as many steps as there may be. */
const fullWeek = ({ stepsPerDay, basalMaximum }: DeviceProfile): Program => ({
  type: 'daily',
  groups: Array.from({ length: 7 }, (_, day) => ({
    days: [day],
    steps: Array.from({ length: stepsPerDay }, (_, i) => ({
      at: span(i === 0 ? 0 : DAY - stepsPerDay + i),
      rate: rate.of(basalMaximum / 2 - i),
    })),
  })),
});

const everyDate = ({ datedSteps, basalMaximum }: DeviceProfile): Program => ({
  type: 'dated',
  first: rate.of(basalMaximum / 2),
  steps: Array.from({ length: datedSteps }, (_, i) => ({ at: span(WALL + i), rate: rate.of(basalMaximum / 2 - i) })),
});

/** The longest prescription of a program: every part of it used, with large numbers. */
const largest = ({ rateMaximum }: DeviceProfile, program: Program): Prescription => ({
  drugs: (['hydromorphone', 'bupivacaine', 'ziconotide'] as const).map((name) => ({
    name,
    concentration: concentration.parse('400 mg/mL'),
  })),
  program,
  patientBolus: { rate: rate.of(rateMaximum / 2), duration: span(90_000), lockout: span(DAY), maxPerDay: 100_000 },
  doseLimit: { dose: mass.of(2 ** 52), window: span(DAY) },
  ceiling: doseRate.of(2 ** 52),
  lowReservoir: volume.parse('20 mL'),
  opening: { type: 'bridge', rate: rate.of(rateMaximum), duration: span(DAY) },
});

/** All a pump may have to say, each number as long as it gets. */
const longest = (prescription: Prescription): Status => {
  const late = instant(2 ** 45);
  const most = volume.of(Number.MAX_SAFE_INTEGER);
  return {
    ...STATUS,
    now: late,
    infusion: 'patientBolus',
    opening: { type: 'bridge', start: late, ends: late, volume: most, left: most },
    openingEnded: { type: 'delayed', at: late, why: 'emptyReservoir', undelivered: most },
    patientControl: 'countUsed',
    stopped: { why: 'updateInterrupted', since: late },
    rate: rate.parse('100 mL/h'),
    volume: most,
    prescription,
    record: 2 ** 33,
    bolusEnds: late,
    bolusesGiven: 2 ** 33,
    nextBolus: late,
    granted: 2 ** 33,
    denied: 2 ** 33,
    alarms: ALARM_CODES.map((code) => ({ code, since: late })),
    wall: span(2 ** 45),
    basal: rate.parse('100 mL/h'),
    periodicBolus: 'deferred',
    periodicNext: late,
    sinceSession: { from: late, commanded: most },
    accepts: [...COMMANDS],
    replaceBy: late,
    silenced: ALARM_CODES.map((code) => ({ code, until: late })),
    nextTone: { at: late, class: 'non-critical' },
    clinicianBolus: {
      start: late,
      ends: late,
      rate: rate.parse('100 mL/h'),
      volume: most,
      left: most,
      then: 'stopped',
      withBasal: false,
      suspended: false,
    },
  };
};

const DEVICES: readonly (readonly [string, DeviceProfile])[] = [
  ...PROFILE_NAMES.map((name) => [name, profileOf(name)] as const),
  // As many steps as any data sheet may ask for.
  ['the largest there could be', profileOf('generic-pca', { stepsPerDay: 24, datedSteps: 168 })],
];

describe.each(DEVICES)('of %s', (_, device) => {
  test.each([
    ['a schedule', fullWeek(device)],
    ['dated steps', everyDate(device)],
  ])('the longest status, prescription and history entry fit one frame, with %s', (_, program) => {
    const prescription = largest(device, program);
    expect(judgePrescription(factoryContext(device), prescription)).toBeUndefined();
    expect(toBytes(longest(prescription)).length).toBeLessThanOrEqual(MOST_PAYLOAD);
    const digest = prescriptionDigest(prescription);
    const order = { serial: STATUS.serial, prescription, run: false, override: false, endOpening: false };
    expect(toBytes(order).length).toBeLessThanOrEqual(MOST_PAYLOAD);
    const [at, number] = [instant(2 ** 45), 2 ** 33];
    const entry = { number, at, by: 'clinician', prescription, changed: Object.keys(prescription), previous: digest };
    const answer = { entries: [{ ...entry, digest }], total: number, anchor: { number, digest } };
    expect(toBytes(answer).length).toBeLessThanOrEqual(MOST_PAYLOAD);
  });
});

/** Everything in the history of a pump, page by page. */
function readHistory(clinician: Speaker): number[] {
  const read: number[] = [];
  for (;;) {
    const answer = clinician.ask({ name: 'readHistory', payload: { from: read.length + 1 } });
    if (!('reply' in answer) || answer.reply.name !== 'readHistory') throw new Error('the history cannot be read');
    const { entries, total } = answer.reply.payload;
    read.push(...entries.map(({ number }) => number));
    if (read.length >= total) return read;
  }
}

const hourly = (count: number): Extract<Program, { type: 'dated' }> => ({
  type: 'dated',
  first: rate.parse('0.4 mL/day'),
  steps: Array.from({ length: count }, (_, i) => ({
    at: span(WALL + i * 3_600_000),
    rate: rate.parse(i % 2 === 0 ? '0.5 mL/day' : '0.4 mL/day'),
  })),
});

describe('a pump that is sent dated steps', () => {
  const sent = (count: number) => {
    const { pump, clinician } = implantedPump();
    clinician.prescribe(prescriptionOf());
    return { pump, clinician, staged: refusalOf(clinician.stage(prescriptionOf({ program: hourly(count) })))?.code };
  };

  test('takes as many as it keeps', () => {
    expect(sent(13).staged).toBeUndefined();
  });

  test.each([14, 330])('refuses %i of them, and can be read, stopped and prescribed for as before', (count) => {
    const { clinician, staged } = sent(count);
    expect(staged).toBe('tooManySteps');
    expect(refusalOf(clinician.do('interrogate'))).toBeUndefined();
    expect(refusalOf(clinician.do('stop'))).toBeUndefined();
    expect(refusalOf(clinician.prescribe(prescriptionOf()))).toBeUndefined();
  });
});

test('a history of the longest prescriptions is read to its end', () => {
  const { pump, clinician } = implantedPump();
  for (let i = 0; i < 10; i++) {
    const lowReservoir = volume.parse(`${i + 1} mL`);
    const long = {
      ...prescriptionOf({ program: fullWeek(pump.profile), bolus: null, ceiling: '1000 mg/day' }),
      lowReservoir,
    };
    expect(refusalOf(clinician.prescribe(long))).toBeUndefined();
  }
  expect(readHistory(clinician)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('a programmer refuses an order that no frame could carry, and goes on talking to the pump', () => {
  const made = running();
  const steps = hourly(400).steps.map(({ at, rate }) => ({ at, basal: { rate } }));
  const program = { type: 'dated', first: { rate: rate.parse('0.4 mL/day') }, steps } as const;
  expect(made.clinician(prescribe({ program, ceiling: '1000 mcg/day' }))).toMatchObject({ refused: 'tooLong' });
  expect(made.clinician({ type: 'interrogate' })).toEqual({ done: true });
  expect(made.clinician({ type: 'stop' })).toEqual({ done: true });
  expect(made.sim.belief()).toMatchObject({ record: 1, infusion: 'stopped' });
});
