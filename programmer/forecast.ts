import {
  allottedVolume,
  type DeviceProfile,
  type Instant,
  instant,
  isReduced,
  MS_PER_DAY,
  type OverBasal,
  type Prescription,
  rate,
  type Status,
  span,
  type Volume,
  volume,
  whenDelivered,
} from '../shared/index.ts';
import { dailyVolume, type ProgramStart, programLater, standing } from './calculators.ts';

/*
 * When the calculated reservoir comes down to a mark if delivery goes on as now: the program as it is, beside it
 * what runs already, until that has ended.
 */

/** No forecast looks further than the longest life of a pump. */
const FORECAST_DAYS = 4000;

/**
 * When the calculated reservoir will be low if delivery goes on as now: with no patient bolus, and with every
 * bolus that is allotted. Undefined where nothing is being delivered, or the reservoir is low already.
 */
export const lowReservoirAt = (status: Status, boluses: 'none' | 'all', rules: OverBasal): Instant | undefined =>
  status.prescription === null ? undefined : fallsTo(status.prescription.lowReservoir, status, boluses, rules);

/** What a kind of pump makes of a reservoir that runs down. */
export type Emptying = Pick<DeviceProfile, 'emptyAt' | 'lowReservoirPolicy' | 'bolusOverBasal'>;

/**
 * When the calculated reservoir will be empty if delivery goes on as now, without another patient bolus, and as the
 * policy of the pump has it once it is low. Undefined where it never will be, or is.
 */
export function emptyAt(status: Status, rules: Emptying): Instant | undefined {
  const { emptyAt: empty, lowReservoirPolicy } = rules;
  const { prescription } = status;
  const lowAt = lowReservoirAt(status, 'none', rules);
  if (prescription === null || lowReservoirPolicy === 'alarm' || (lowAt === undefined && status.reservoir === 'normal'))
    return fallsTo(empty, status, 'none', rules);
  const { lowReservoir } = prescription;
  if (lowReservoir <= empty) return fallsTo(empty, status, 'none', rules);
  if (lowReservoirPolicy === 'minimumRate')
    return lowAt === undefined
      ? fallsTo(empty, status, 'none', rules)
      : whenDelivered(lowAt, status.minimumRate, volume.of(lowReservoir - empty));
  const from = lowAt ?? status.now;
  const left = lowAt === undefined ? status.volume : lowReservoir;
  return fallsTo(empty, { ...withBasalOnly(status, prescription, from), volume: left }, 'none', rules);
}

/** A pump from when it is low on, where it then gives nothing but basal: no bolus runs on, and none comes. */
function withBasalOnly(status: Status, prescription: Prescription, from: Instant): Status {
  const { program } = prescription;
  const basal = program.type === 'periodic' ? ({ type: 'constant', rate: program.rate } as const) : program;
  const wall = status.wall === null ? null : span(status.wall + from - status.now);
  const nothing = { bolusEnds: null, clinicianBolus: null, opening: null, periodicNext: null };
  return { ...status, ...nothing, now: from, wall, prescription: { ...prescription, program: basal } };
}

/** Something that flows beside the program, in milliseconds from now on. */
interface Pulse {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
}

/** What runs already, and how long the program waits for it. */
interface Underway {
  readonly waits: number;
  readonly pulses: readonly Pulse[];
  /** Whether periodic boluses come although the program waits: only its basal does. */
  readonly periodic: boolean;
}

/** Undefined where nobody knows how long. */
function underway(status: Status, { bolusOverBasal }: OverBasal): Underway | undefined {
  const { now, opening, bolusEnds, clinicianBolus } = status;
  const replaces = bolusOverBasal === 'replace';
  if (opening !== null) {
    if (opening.ends === null) return undefined;
    const waits = Math.max(0, opening.ends - now);
    return { waits, pulses: [{ from: 0, to: waits, rate: status.rate }], periodic: false };
  }
  const pulses: Pulse[] = [];
  const free = bolusEnds === null ? 0 : Math.max(0, bolusEnds - now);
  if (free > 0) pulses.push({ from: 0, to: free, rate: patientRate(status, replaces) });
  if (clinicianBolus === null) return { waits: replaces ? free : 0, pulses, periodic: replaces };
  const to = Math.max(free, clinicianBolus.ends - now);
  pulses.push({ from: free, to, rate: clinicianBolus.rate });
  const { withBasal } = clinicianBolus;
  return { waits: withBasal && !replaces ? 0 : to, pulses, periodic: withBasal && replaces };
}

/** The rate of the patient bolus that runs: what is commanded beyond a periodic bolus, and basal where that flows. */
function patientRate({ rate, basal, periodicBolus, prescription }: Status, replaces: boolean): number {
  const program = prescription?.program;
  const periodic = periodicBolus === 'running' && program?.type === 'periodic' ? program.bolus.rate : 0;
  return Math.max(0, rate - (replaces ? 0 : basal) - periodic);
}

/** What of the patient bolus that runs is still to come, and for how long; undefined where none runs. */
export function patientBolusLeft(status: Status, { bolusOverBasal }: OverBasal) {
  const { bolusEnds, now } = status;
  if (bolusEnds === null || bolusEnds <= now) return undefined;
  const time = span(bolusEnds - now);
  return { volume: volume.of(patientRate(status, bolusOverBasal === 'replace') * time), time };
}

/** What flows of some pulses between two times. */
const pulsed = (pulses: readonly Pulse[], from: number, to: number): bigint =>
  pulses.reduce((sum, pulse) => {
    const length = Math.min(to, pulse.to) - Math.max(from, pulse.from);
    return length > 0 ? sum + BigInt(pulse.rate) * BigInt(length) : sum;
  }, 0n);

/** When it comes down to a volume; undefined where it is there already, or nobody can tell. */
export function fallsTo(
  threshold: Volume,
  status: Status,
  boluses: 'none' | 'all',
  rules: OverBasal,
): Instant | undefined {
  const { prescription, now } = status;
  if (prescription === null || status.stopped !== null || status.volume <= threshold) return undefined;
  // A pump that will stop is low at no time that could be told.
  if (status.clinicianBolus?.then === 'stopped') return undefined;
  const above = volume.of(status.volume - threshold);
  const running = underway(status, rules);
  // At a reduced rate no bolus is given.
  if (isReduced(status.infusion) || running === undefined) return whenDelivered(now, status.rate, above);
  const { waits, pulses, periodic } = running;
  const program = standing(status);
  const meanwhile = (time: number): bigint =>
    pulsed(pulses, 0, time) + (periodic ? periodicVolume(prescription, program, time) : 0n);
  const { patientBolus, program: given } = prescription;
  const extra = boluses === 'all' && patientBolus !== null ? allottedVolume(patientBolus, given, rules) : 0n;
  if (given.type === 'constant' && extra === 0n && pulses.length === 0) {
    const at = whenDelivered(now, given.rate, above);
    return at === undefined || at > now + FORECAST_DAYS * MS_PER_DAY ? undefined : at;
  }
  let left = BigInt(above) - meanwhile(waits);
  if (left <= 0n) return instant(now + firstTime(waits, (time) => meanwhile(time) >= BigInt(above)));
  const later = programLater(program, given, waits);
  // Where it waits no periodic bolus begins before it does.
  const start = waits === 0 || periodic ? later : { ...later, periodicLeft: span(0) };
  // What is not always the same: day by day, then to the millisecond within the last.
  for (let day = 0; day < FORECAST_DAYS; day++) {
    const from = waits + day * MS_PER_DAY;
    const then = programLater(start, given, day * MS_PER_DAY);
    const flowed = (time: number) =>
      flowOf(prescription, then, extra, rules, time) + pulsed(pulses, from, from + time) * DAY;
    const inDay = flowed(MS_PER_DAY) / DAY;
    if (inDay >= left && inDay > 0n)
      return instant(now + from + firstTime(MS_PER_DAY, (time) => flowed(time) >= left * DAY));
    left -= inDay;
  }
  return undefined;
}

const DAY = BigInt(MS_PER_DAY);

/** What the program gives in a time, and of a day's patient boluses, spread evenly: times a day. */
const flowOf = (
  prescription: Prescription,
  start: ProgramStart,
  extra: bigint,
  rules: OverBasal,
  time: number,
): bigint => dailyVolume(prescription, start, rules, span(time)) * DAY + extra * BigInt(time);

/** What its periodic boluses alone give. */
function periodicVolume(prescription: Prescription, start: ProgramStart, time: number): bigint {
  const { program } = prescription;
  if (program.type !== 'periodic') return 0n;
  const without = { ...prescription, program: { ...program, rate: rate.of(0) } };
  return dailyVolume(without, { ...start, held: rate.of(0) }, { bolusOverBasal: 'add' }, span(time));
}

/** The first whole millisecond, 1 or later, at which something holds that holds at the end. */
function firstTime(end: number, holds: (time: number) => boolean): number {
  let [before, by] = [0, end];
  while (by - before > 1) {
    const middle = Math.floor((before + by) / 2);
    if (holds(middle)) by = middle;
    else before = middle;
  }
  return by;
}
