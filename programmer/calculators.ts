import {
  basalBetween,
  basalVolume,
  bolusVolume,
  type Concentration,
  concentration,
  type DoseRate,
  type Drug,
  type Duration,
  dailyDoseOf,
  digestOf,
  highestDailyDose,
  type Instant,
  instant,
  type Mass,
  MS_PER_DAY,
  mass,
  massOf,
  meanBasal,
  type PatientBolus,
  type Prescription,
  type Program,
  type Rate,
  rateForDose,
  rateOver,
  type Status,
  span,
  strengthOf,
  type Volume,
  volume,
  volumeOf as volumeIn,
  volumeOfMass,
  type WallClock,
  whenDelivered,
} from '../shared/index.ts';
import type { AmountEntry, BasalEntry, PrescribeEntry, ProgramEntry } from './acts.ts';
import type { ProgrammerRefusal } from './outcome.ts';

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
}

/** What the program commands in the next 24 h, exact. */
export function dailyVolume({ program }: Prescription, { wall, held, periodicIn }: ProgramStart): bigint {
  const basal =
    wall === null ? BigInt(held ?? meanBasal(program)) * BigInt(MS_PER_DAY) : basalVolume(program, wall, DAY);
  if (program.type !== 'periodic') return basal;
  const { bolus, interval } = program;
  let boluses = 0n;
  for (let at = periodicIn ?? interval; at < MS_PER_DAY; at = span(at + interval))
    boluses += BigInt(bolus.rate) * BigInt(Math.min(bolus.duration, MS_PER_DAY - at));
  return basal + boluses;
}

/** Where the program of a pump just read stands. */
export const standing = ({ wall, basal, now, periodicNext }: Status): ProgramStart => ({
  wall,
  held: basal,
  periodicIn: periodicNext === null ? null : span(Math.max(0, periodicNext - now)),
});

/** The mean daily dose commanded since the last session; undefined where no time has passed since. */
export function meanDose({ prescription, sinceSession, now }: Status): DoseRate | undefined {
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
export function lowReservoirAt(status: Status, boluses: 'none' | 'all'): Instant | undefined {
  const { prescription, now } = status;
  if (prescription === null || status.stopped !== null || status.volume <= prescription.lowReservoir) return undefined;
  const above = volume.of(status.volume - prescription.lowReservoir);
  // At the minimum rate no bolus is given.
  if (status.infusion === 'minimumRate') return whenDelivered(now, status.rate, above);
  const { patientBolus } = prescription;
  const all = boluses === 'all' && patientBolus !== null;
  const extra = all ? BigInt(patientBolus.maxPerDay) * BigInt(bolusVolume(patientBolus)) : 0n;
  // Day by day by what the program commands, then evenly within the last day.
  let left = BigInt(above);
  const start = standing(status);
  for (let day = 0; day < FORECAST_DAYS; day++) {
    const wall = start.wall === null ? null : span(start.wall + day * MS_PER_DAY);
    const inDay = dailyVolume(prescription, { ...start, wall }) + extra;
    if (inDay >= left && inDay > 0n)
      return instant(now + day * MS_PER_DAY + withinDay(prescription, { ...start, wall }, inDay, left));
    left -= inDay;
  }
  return undefined;
}

/** Milliseconds until `left` has flowed on a day that delivers `inDay`: basal by its steps, boluses spread evenly. */
function withinDay({ program }: Prescription, { wall, held }: ProgramStart, inDay: bigint, left: bigint): number {
  const day = BigInt(MS_PER_DAY);
  const from = wall ?? span(0);
  const steps =
    wall === null ? [{ from, rate: held ?? meanBasal(program) }] : basalBetween(program, wall, span(wall + MS_PER_DAY));
  const spread = inDay - volumeIn(steps, from + MS_PER_DAY);
  let rest = left * day;
  for (const [i, step] of steps.entries()) {
    const length = BigInt((steps[i + 1]?.from ?? from + MS_PER_DAY) - step.from);
    const flow = BigInt(step.rate) * day + spread;
    if (flow > 0n && flow * length >= rest) return step.from - from + Number((rest + flow - 1n) / flow);
    rest -= flow * length;
  }
  return MS_PER_DAY;
}

/**
 * Turns what was entered into a whole prescription, filling what was left out from the one the pump has, and
 * the low-reservoir threshold of a first one with `offered`. `minimum` is the pump's own minimum rate.
 */
export function compile(
  entry: PrescribeEntry,
  now: Prescription | null,
  offered: Volume,
  minimum: Rate,
): Prescription | ProgrammerRefusal {
  const drugs = drugsOf(entry, now);
  if (drugs === undefined) return 'unknownDrug';
  if (drugs.some(({ concentration }) => concentration === 0)) return 'concentrationZero';
  try {
    // A rate kept over another drug or strength would be another dose: what was a dose is entered again.
    const kept = now !== null && digestOf(drugs) === digestOf(now.drugs) ? now : null;
    const strength = drugs[0]?.concentration;
    const program = entry.program === null ? kept?.program : programOf(entry.program, strength, minimum);
    if (program === undefined) return 'unknownBasal';
    if (entry.patientBolus === null && kept === null && now?.patientBolus != null) return 'unknownBolus';
    const bolus = entry.patientBolus === null ? (kept?.patientBolus ?? null) : entry.patientBolus;
    const patientBolus =
      bolus === 'none' || bolus === null
        ? null
        : 'rate' in bolus
          ? bolus
          : { ...amountOf(bolus, strength), lockout: bolus.lockout, maxPerDay: bolus.maxPerDay };
    const limit = entry.doseLimit === null ? (sameDrug(drugs, now) ? now?.doseLimit : null) : entry.doseLimit;
    const doseLimit = limit === 'none' || limit === undefined ? null : limit;
    const lowReservoir = entry.lowReservoir ?? now?.lowReservoir ?? offered;
    const draft = { drugs: [...drugs], program, patientBolus, doseLimit, lowReservoir };
    // A dose never rises above what was once written unless somebody writes a new ceiling.
    const ceiling = entry.ceiling ?? (sameDrug(drugs, now) ? now?.ceiling : undefined) ?? highestDailyDose(draft);
    return { ...draft, ceiling };
  } catch (error) {
    if (error instanceof Unusable) return error.refusal;
    // The factories of units throw where a quantity is past what can be stored.
    if (error instanceof RangeError) return 'tooMuch';
    throw error;
  }
}

/** An entry that makes no rate. */
class Unusable extends Error {
  readonly refusal: ProgrammerRefusal;

  constructor(refusal: ProgrammerRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

const sameDrug = (drugs: readonly Drug[], now: Prescription | null): boolean =>
  now !== null && drugs[0]?.name === now.drugs[0]?.name;

/** The drugs entered, or those the pump has, the primary first; undefined where none are known, or not the primary. */
function drugsOf({ drugs, primary }: PrescribeEntry, now: Prescription | null): readonly Drug[] | undefined {
  const known = drugs ?? now?.drugs;
  const wanted = primary ?? now?.drugs[0]?.name;
  const first = known?.find(({ name }) => name === wanted) ?? (primary === null ? known?.[0] : undefined);
  if (known === undefined || (primary !== null && first === undefined)) return undefined;
  return first === undefined ? known : [first, ...known.filter((drug) => drug !== first)];
}

function programOf(entry: ProgramEntry, strength: Concentration | undefined, minimum: Rate): Program {
  const basal = (written: BasalEntry): Rate => basalOf(written, strength);
  switch (entry.type) {
    case 'minimumRate':
      return { type: 'minimumRate', rate: minimum };
    case 'constant':
      return { type: 'constant', rate: basal(entry.basal) };
    case 'daily': {
      const groups = entry.groups.map(({ days, steps }) => ({
        days: [...days],
        steps: steps.map((step) => ({ at: step.at, rate: basal(step.basal) })),
      }));
      return { type: 'daily', groups };
    }
    case 'periodic': {
      const { interval, bolus } = entry;
      return { type: 'periodic', rate: basal(entry.basal), bolus: amountOf(bolus, strength), interval };
    }
    case 'dated': {
      const steps = entry.steps.map((step) => ({ at: step.at, rate: basal(step.basal) }));
      return { type: 'dated', first: basal(entry.first), steps };
    }
  }
}

function basalOf(entry: BasalEntry, strength: Concentration | undefined): Rate {
  if ('rate' in entry) return entry.rate;
  if (strength === undefined) throw new Unusable('diluentHasNoDose');
  return rateForDose(entry.dose, strength);
}

function amountOf({ dose, volume: amount, duration }: AmountEntry, strength: Concentration | undefined) {
  if (duration === 0) throw new Unusable('bolusDurationZero');
  if (amount === null && strength === undefined) throw new Unusable('diluentHasNoDose');
  const fluid = amount ?? volumeOfMass(dose ?? mass.of(0), strength ?? concentration.of(0));
  return { rate: rateOver(fluid, duration), duration };
}
