import {
  asAdded,
  basalVolume,
  bolusVolume,
  concentration,
  type DoseRate,
  type Duration,
  dailyDoseOf,
  delivered,
  type Mass,
  MOST_COMMANDED,
  MS_PER_DAY,
  massOf,
  meanBasal,
  type OverBasal,
  type PatientBolus,
  type PeriodicProgram,
  type Prescription,
  type Program,
  type Rate,
  type Status,
  span,
  strengthOf,
  type WallClock,
} from '../shared/index.ts';

const DAY = span(MS_PER_DAY);

/**
 * The dose of a drug that the program commands in the 24 h from a local time on, periodic boluses included;
 * the first of them falls due in `periodicIn`.
 */
export function dailyDose(
  prescription: Prescription,
  from: ProgramStart,
  rules: OverBasal,
  drug = prescription.drugs[0],
): DoseRate {
  return dailyDoseOf(dailyVolume(prescription, from, rules), drug?.concentration ?? concentration.of(0));
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
export function dailyVolume(
  prescription: Prescription,
  start: ProgramStart,
  rules: OverBasal,
  time: Duration = DAY,
): bigint {
  const program = asAdded(prescription.program, rules);
  const { wall, held, periodicIn, periodicLeft = 0 } = start;
  const basal = wall === null ? delivered(held ?? meanBasal(program), time) : basalVolume(program, wall, time);
  if (program.type !== 'periodic') return basal;
  const { bolus, interval } = program;
  let boluses = BigInt(bolus.rate) * BigInt(Math.min(periodicLeft, time));
  for (let at = periodicIn ?? interval; at < time; at = span(at + interval))
    boluses += BigInt(bolus.rate) * BigInt(Math.min(bolus.duration, time - at));
  return basal + boluses;
}

/**
 * The daily dose of a drug by which one prescription is compared with another: the mean of a schedule's week and of a
 * periodic bolus's interval, whenever somebody looks. A dated program has none: it is what the next 24 h bring.
 */
export function meanDailyDose(
  prescription: Prescription,
  wall: WallClock | null,
  rules: OverBasal,
  drug = prescription.drugs[0],
): DoseRate {
  return dailyDoseOf(meanDailyVolume(prescription, wall, rules), drug?.concentration ?? concentration.of(0));
}

/** Its volume; less than one unit below the exact one. */
export function meanDailyVolume({ program: own }: Prescription, wall: WallClock | null, rules: OverBasal): bigint {
  const program = asAdded(own, rules);
  switch (program.type) {
    case 'minimumRate':
    case 'constant':
      return delivered(program.rate, DAY);
    case 'periodic': {
      const { bolus, interval } = program;
      return delivered(program.rate, DAY) + (BigInt(bolusVolume(bolus)) * BigInt(DAY)) / BigInt(interval);
    }
    case 'daily':
      return basalVolume(program, span(0), span(7 * DAY)) / 7n;
    case 'dated':
      return wall === null ? delivered(meanBasal(program), DAY) : basalVolume(program, wall, DAY);
  }
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

/** Where a program stands so many milliseconds later. */
export function programLater(start: ProgramStart, program: Program, by: number): ProgramStart {
  const wall = start.wall === null ? null : span(start.wall + by);
  if (program.type !== 'periodic' || by === 0) return { ...start, wall };
  const { interval } = program;
  const sinceFirst = by - (start.periodicIn ?? interval);
  const next = sinceFirst <= 0 ? -sinceFirst : (interval - (sinceFirst % interval)) % interval;
  const left = sinceFirst < 0 ? Math.max(0, (start.periodicLeft ?? 0) - by) : leftOf(program, next);
  return { ...start, wall, periodicIn: span(next), periodicLeft: span(left) };
}

/** The mean daily dose commanded since the last session; undefined where no time has passed, or more than can be told. */
export function meanDose({ prescription, sinceSession, now, opening }: Status): DoseRate | undefined {
  // What fills dead space is no dose of what is prescribed.
  if (opening !== null && opening.type !== 'delayed') return undefined;
  const time = now - sinceSession.from;
  if (prescription === null || time <= 0 || sinceSession.commanded === MOST_COMMANDED) return undefined;
  const inADay = (BigInt(sinceSession.commanded) * BigInt(MS_PER_DAY)) / BigInt(time);
  return dailyDoseOf(inADay, strengthOf(prescription));
}

/** The mass of the primary drug in one bolus, as shown. */
export const bolusDose = (bolus: Pick<PatientBolus, 'rate' | 'duration'>, prescription: Prescription): Mass =>
  massOf(bolusVolume(bolus), strengthOf(prescription));
