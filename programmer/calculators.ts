import {
  allottedVolume,
  basalVolume,
  bolusVolume,
  concentration,
  type DeviceProfile,
  type DoseRate,
  type Duration,
  dailyDoseOf,
  type Instant,
  instant,
  isReduced,
  type Mass,
  MS_PER_DAY,
  massOf,
  meanBasal,
  type PatientBolus,
  type PeriodicProgram,
  type Prescription,
  type Program,
  type Rate,
  type Status,
  span,
  strengthOf,
  type Volume,
  volume,
  type WallClock,
  whenDelivered,
} from '../shared/index.ts';

const DAY = span(MS_PER_DAY);

/**
 * The dose of a drug that the program commands in the 24 h from a local time on, periodic boluses included;
 * the first of them falls due in `periodicIn`.
 */
export function dailyDose(prescription: Prescription, from: ProgramStart, drug = prescription.drugs[0]): DoseRate {
  return dailyDoseOf(dailyVolume(prescription, from), drug?.concentration ?? concentration.of(0));
}

/** Where a program stands: local time, if the pump knows it, and how long until the next periodic bolus. */
export interface ProgramStart {
  readonly wall: WallClock | null;
  /** The basal rate without a local time; the mean of a schedule's week where that is not known either. */
  readonly held?: Rate;
  readonly periodicIn: Duration | null;
  /** How long the periodic bolus that runs still takes; left out where none runs. */
  readonly periodicLeft?: Duration;
}

/** What the program commands in the next 24 h, or another time, exact. */
export function dailyVolume({ program }: Prescription, start: ProgramStart, time: Duration = DAY): bigint {
  const { wall, held, periodicIn, periodicLeft = 0 } = start;
  const basal = wall === null ? BigInt(held ?? meanBasal(program)) * BigInt(time) : basalVolume(program, wall, time);
  if (program.type !== 'periodic') return basal;
  const { bolus, interval } = program;
  let boluses = BigInt(bolus.rate) * BigInt(Math.min(periodicLeft, time));
  for (let at = periodicIn ?? interval; at < time; at = span(at + interval))
    boluses += BigInt(bolus.rate) * BigInt(Math.min(bolus.duration, time - at));
  return basal + boluses;
}

/** Where the program of a pump just read stands. One that runs is taken to have begun when it fell due. */
export const standing = ({ wall, basal, now, periodicNext, periodicBolus, prescription }: Status): ProgramStart => {
  const program = prescription?.program;
  const periodicIn = periodicNext === null ? null : span(Math.max(0, periodicNext - now));
  const runs = periodicBolus === 'running' && program?.type === 'periodic' && periodicIn !== null;
  return { wall, held: basal, periodicIn, ...(runs && { periodicLeft: leftOf(program, periodicIn) }) };
};

/** What is left of the periodic bolus before the one that falls due in `next`. */
const leftOf = ({ bolus, interval }: PeriodicProgram, next: number): Duration =>
  span(Math.max(0, bolus.duration - (interval - next)));

/** Where a program stands some days later. */
function daysOn(start: ProgramStart, program: Program, days: number): ProgramStart {
  const wall = start.wall === null ? null : span(start.wall + days * MS_PER_DAY);
  if (program.type !== 'periodic' || days === 0) return { ...start, wall };
  const { interval } = program;
  const sinceFirst = days * MS_PER_DAY - (start.periodicIn ?? interval);
  const next = sinceFirst <= 0 ? -sinceFirst : (interval - (sinceFirst % interval)) % interval;
  const left = sinceFirst < 0 ? Math.max(0, (start.periodicLeft ?? 0) - days * MS_PER_DAY) : leftOf(program, next);
  return { ...start, wall, periodicIn: span(next), periodicLeft: span(left) };
}

/** The mean daily dose commanded since the last session; undefined where no time has passed since. */
export function meanDose({ prescription, sinceSession, now, opening }: Status): DoseRate | undefined {
  // What fills dead space is no dose of what is prescribed.
  if (opening !== null && opening.type !== 'delayed') return undefined;
  const time = now - sinceSession.from;
  if (prescription === null || time <= 0) return undefined;
  const inADay = (BigInt(sinceSession.commanded) * BigInt(MS_PER_DAY)) / BigInt(time);
  return dailyDoseOf(inADay, strengthOf(prescription));
}

/** The mass of the primary drug in one bolus, as shown. */
export const bolusDose = (bolus: Pick<PatientBolus, 'rate' | 'duration'>, prescription: Prescription): Mass =>
  massOf(bolusVolume(bolus), strengthOf(prescription));

/** No forecast looks further than the longest life of a pump. */
const FORECAST_DAYS = 4000;

/**
 * When the calculated reservoir will be low if delivery goes on as now: with no patient bolus, and with every
 * bolus that is allotted. Undefined where nothing is being delivered, or the reservoir is low already.
 */
export const lowReservoirAt = (status: Status, boluses: 'none' | 'all'): Instant | undefined =>
  status.prescription === null ? undefined : fallsTo(status.prescription.lowReservoir, status, boluses);

/** What a kind of pump makes of a reservoir that runs down. */
export type Emptying = Pick<DeviceProfile, 'emptyAt' | 'lowReservoirPolicy'>;

/**
 * When the calculated reservoir will be empty if delivery goes on as now, without another patient bolus, and as the
 * policy of the pump has it once it is low. Undefined where it never will be, or is.
 */
export function emptyAt(status: Status, { emptyAt: empty, lowReservoirPolicy }: Emptying): Instant | undefined {
  const { prescription } = status;
  const lowAt = lowReservoirAt(status, 'none');
  if (prescription === null || lowReservoirPolicy === 'alarm' || (lowAt === undefined && status.reservoir === 'normal'))
    return fallsTo(empty, status, 'none');
  const { lowReservoir, program } = prescription;
  if (lowReservoir <= empty) return fallsTo(empty, status, 'none');
  if (lowReservoirPolicy === 'minimumRate' && lowAt !== undefined)
    return whenDelivered(lowAt, status.minimumRate, volume.of(lowReservoir - empty));
  if (lowReservoirPolicy === 'minimumRate' || program.type !== 'periodic') return fallsTo(empty, status, 'none');
  // Once it is low no periodic bolus comes any more.
  const basalOnly = { ...prescription, program: { type: 'constant', rate: program.rate } as const };
  const from = lowAt ?? status.now;
  const left = lowAt === undefined ? status.volume : lowReservoir;
  return fallsTo(empty, { ...status, now: from, volume: left, prescription: basalOnly, periodicNext: null }, 'none');
}

function fallsTo(threshold: Volume, status: Status, boluses: 'none' | 'all'): Instant | undefined {
  const { prescription, now } = status;
  if (prescription === null || status.stopped !== null || status.volume <= threshold) return undefined;
  const { clinicianBolus, opening } = status;
  // A pump that will stop is low at no time that could be told.
  if (clinicianBolus?.then === 'stopped') return undefined;
  const above = volume.of(
    Math.max(0, status.volume - threshold - (clinicianBolus?.left ?? 0) - (opening?.left ?? 0) - bolusLeft(status)),
  );
  // At a reduced rate no bolus is given.
  if (isReduced(status.infusion)) return whenDelivered(now, status.rate, above);
  const { patientBolus } = prescription;
  const all = boluses === 'all' && patientBolus !== null;
  const extra = all ? allottedVolume(patientBolus) : 0n;
  // Day by day, then to the millisecond within the last.
  let left = BigInt(above);
  const start = standing(status);
  for (let day = 0; day < FORECAST_DAYS; day++) {
    const then = daysOn(start, prescription.program, day);
    const inDay = dailyVolume(prescription, then) + extra;
    if (inDay >= left && inDay > 0n)
      return instant(now + day * MS_PER_DAY + withinDay(prescription, then, extra, left));
    left -= inDay;
  }
  return undefined;
}

/** What is still to come of a patient bolus that runs, beside the basal rate. */
const bolusLeft = ({ infusion, bolusEnds, now, prescription }: Status): number =>
  infusion === 'patientBolus' && bolusEnds !== null
    ? (prescription?.patientBolus?.rate ?? 0) * Math.max(0, bolusEnds - now)
    : 0;

/** Milliseconds until `left` has flowed on a day: the program as it is, patient boluses spread evenly. */
function withinDay(prescription: Prescription, start: ProgramStart, extra: bigint, left: bigint): number {
  let [before, by] = [0, MS_PER_DAY];
  while (by - before > 1) {
    const middle = Math.floor((before + by) / 2);
    const flowed = dailyVolume(prescription, start, span(middle)) * BigInt(MS_PER_DAY) + extra * BigInt(middle);
    if (flowed < left * BigInt(MS_PER_DAY)) before = middle;
    else by = middle;
  }
  return by;
}
