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
  MOST_DISCREPANCIES,
  MOST_PAYLOAD,
  mass,
  PROFILE_NAMES,
  type Prescription,
  type Program,
  prescriptionDigest,
  type Rate,
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

/** Kinds of days of so many steps each, the days of the week shared out among them. */
const schedule = (counts: readonly number[], step: (i: number) => Rate): Extract<Program, { type: 'daily' }> => ({
  type: 'daily',
  groups: counts.map((count, group) => ({
    days: [0, 1, 2, 3, 4, 5, 6].filter((day) => Math.min(day, counts.length - 1) === group),
    steps: Array.from({ length: count }, (_, i) => ({ at: span(i === 0 ? 0 : DAY - count + i), rate: step(i) })),
  })),
});

/** As many steps as a device takes, on seven kinds of days. */
const fullWeek = ({ stepsPerDay, scheduleSteps, basalMaximum }: DeviceProfile) => {
  const most = Math.min(scheduleSteps, 7 * stepsPerDay);
  const counts = Array.from({ length: 7 }, (_, day) => Math.floor((most + day) / 7));
  return schedule(counts, (i) => rate.of(basalMaximum / 2 - i));
};

/** As many steps as a device takes, on as few kinds of days as there may be. */
const fullDays = ({ stepsPerDay, scheduleSteps, basalMaximum }: DeviceProfile) => {
  const counts: number[] = [];
  for (let left = scheduleSteps; left > 0 && counts.length < 7; left -= stepsPerDay)
    counts.push(Math.min(left, stepsPerDay));
  return schedule(counts, (i) => rate.of(basalMaximum / 2 - i));
};

const everyDate = ({ datedSteps, basalMaximum }: DeviceProfile): Program => ({
  type: 'dated',
  first: rate.of(basalMaximum / 2),
  steps: Array.from({ length: datedSteps }, (_, i) => ({ at: span(WALL + i), rate: rate.of(basalMaximum / 2 - i) })),
});

const longBolus = (most: number) => ({ rate: rate.of(most / 2), duration: span(90_000), lockout: span(DAY) });

/** The longest prescription of a program: every part of it used, with large numbers, and drugs of long names. */
const largest = (
  { rateMaximum, reservoirCapacity, bolusParts, handsetDrugs }: DeviceProfile,
  program: Program,
): Prescription => ({
  drugs: handsetDrugs
    .toSorted((a, b) => b.length - a.length)
    .slice(0, 3)
    .map((name) => ({ name, concentration: concentration.parse('400 mg/mL') })),
  program,
  patientBolus: {
    ...longBolus(rateMaximum),
    maxPerDay: 100_000,
    parts: Array.from({ length: bolusParts - 1 }, (_, i) => ({
      from: span(DAY - 3_600_000 * (i + 1)),
      to: span(DAY - 3_600_000 * (i + 1) + 1_800_000),
      bolus: longBolus(rateMaximum),
    })),
  },
  doseLimit: { dose: mass.of(2 ** 52), window: span(DAY) },
  ceiling: doseRate.of(2 ** 52),
  lowReservoir: reservoirCapacity,
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
    patientControl: 'notThisPartOfDay',
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
    sinceFill: { at: late, commanded: most },
    gauge: { at: late, volume: most },
    discrepancies: Array.from({ length: MOST_DISCREPANCIES }, () => ({
      at: late,
      expected: most,
      aspirated: most,
      commanded: most,
      reason: 'underInfusion',
    })),
    accepts: [...COMMANDS],
    replaceBy: late,
    silenced: ALARM_CODES.map((code) => ({ code, until: late })),
    nextTone: { at: late, class: 'non-critical', sound: 'four-double-tones' },
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
  ...[24, 48].map((stepsPerDay) => {
    const largest = profileOf('generic-pca', { stepsPerDay, scheduleSteps: 168, datedSteps: 168, bolusParts: 8 });
    return [`the largest there could be, ${stepsPerDay} steps a day`, largest] as const;
  }),
];

describe.each(DEVICES)('of %s', (_, device) => {
  test.each([
    ['a schedule of seven kinds of days', fullWeek(device)],
    ['a schedule of few kinds of days', fullDays(device)],
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

describe('a pump that is sent a schedule', () => {
  const sent = (device: Partial<DeviceProfile>, counts: readonly number[]) => {
    const { pump, clinician } = implantedPump(device);
    const program = schedule(counts, (i) => rate.of(rate.parse('0.4 mL/day') + i));
    const long = prescriptionOf({ program, bolus: null, ceiling: '10000 mg/day' });
    const code = refusalOf(clinician.stage(long))?.code ?? refusalOf(clinician.prescribe(long))?.code;
    return { program, code, clinician, held: pump.firmware.status().prescription?.program };
  };

  test.each([
    ['a rate for every half hour, all days alike', { stepsPerDay: 48, scheduleSteps: 48 }, [48]],
    ['two kinds of days that are as many together', { stepsPerDay: 48, scheduleSteps: 48 }, [24, 24]],
    ['the most steps any pump may keep', { stepsPerDay: 48, scheduleSteps: 168 }, [48, 48, 48, 24]],
    ['the most, every day of its own', { stepsPerDay: 48, scheduleSteps: 168 }, [24, 24, 24, 24, 24, 24, 24]],
  ])('takes %s, and tells it', (_, device, counts) => {
    const { program, code, clinician, held } = sent(device, counts);
    expect(code).toBeUndefined();
    expect(held).toEqual(program);
    const answer = clinician.ask({ name: 'interrogate', payload: {} });
    expect(answer).toMatchObject({ reply: { payload: { prescription: { program } } } });
    expect(readHistory(clinician)).toEqual([1]);
  });

  test.each([
    ['a 49th step in a day', { stepsPerDay: 48, scheduleSteps: 168 }, [49]],
    ['one step too many on a second kind of days', { stepsPerDay: 48, scheduleSteps: 48 }, [48, 1]],
    ['a 169th step of a week', { stepsPerDay: 48, scheduleSteps: 168 }, [48, 48, 48, 24, 1]],
  ])('refuses %s', (_, device, counts) => {
    expect(sent(device, counts)).toMatchObject({ code: 'tooManySteps', held: undefined });
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
