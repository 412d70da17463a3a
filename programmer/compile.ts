import {
  type Concentration,
  concentration,
  type DayRules,
  type Drug,
  type Duration,
  digestOf,
  highestDailyDose,
  mass,
  type Opening,
  type PatientBolus,
  type Prescription,
  type Program,
  type Proportion,
  type Rate,
  rate,
  rateForDose,
  rateOver,
  type Volume,
  volumeOfMass,
} from '../shared/index.ts';
import type { AmountEntry, BasalEntry, BolusEntry, PrescriptionEntry, ProgramEntry } from './acts.ts';
import type { ProgrammerRefusal } from './outcome.ts';

/**
 * Turns what was entered into a whole prescription, filling what was left out from the one the pump has, and
 * the low-reservoir threshold of a first one with what is offered. `minimum` is the pump's own minimum rate.
 */
export function compile(
  entry: PrescriptionEntry,
  now: Prescription | null,
  { lowReservoirDefault, dayRules }: { readonly lowReservoirDefault: Volume; readonly dayRules: DayRules },
  minimum: Rate,
  opening: Opening | null = null,
): Prescription | ProgrammerRefusal {
  const drugs = drugsOf(entry, now);
  if (drugs === undefined) return 'unknownDrug';
  if (drugs.some(({ concentration }) => concentration === 0)) return 'concentrationZero';
  try {
    // A rate kept over another drug or strength would be another dose: what was a dose is entered again.
    const kept = now !== null && digestOf(drugs) === digestOf(now.drugs) ? now : null;
    const strength = drugs[0]?.concentration;
    const program = entry.program === null ? kept?.program : programOf(entry.program, strength, minimum, kept?.program);
    if (program === undefined) return 'unknownBasal';
    if (entry.patientBolus === null && kept === null && now?.patientBolus != null) return 'unknownBolus';
    const bolus = entry.patientBolus === null ? (kept?.patientBolus ?? null) : entry.patientBolus;
    const patientBolus =
      bolus === 'none' || bolus === null ? null : 'rate' in bolus ? bolus : patientBolusOf(bolus, strength);
    const limit = entry.doseLimit === null ? (sameDrug(drugs, now) ? now?.doseLimit : null) : entry.doseLimit;
    const doseLimit = limit === 'none' || limit === undefined ? null : limit;
    const lowReservoir = entry.lowReservoir ?? now?.lowReservoir ?? lowReservoirDefault;
    const draft = { drugs: [...drugs], program, patientBolus, doseLimit, lowReservoir, opening };
    // A dose never rises above what was once written unless somebody writes a new ceiling.
    const ceiling =
      entry.ceiling ?? (sameDrug(drugs, now) ? now?.ceiling : undefined) ?? highestDailyDose(draft, dayRules);
    return { ...draft, ceiling };
  } catch (error) {
    return unusable(error);
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

/** Why an entry came to nothing. Throws what is no fault of the entry. */
export function unusable(error: unknown): ProgrammerRefusal {
  if (error instanceof Unusable) return error.refusal;
  // The factories of units throw where a quantity is past what can be stored.
  if (error instanceof RangeError) return 'tooMuch';
  throw error;
}

const sameDrug = (drugs: readonly Drug[], now: Prescription | null): boolean =>
  now !== null && drugs[0]?.name === now.drugs[0]?.name;

/** The drugs entered, or those the pump has, the primary first; undefined where none are known, or not the primary. */
function drugsOf({ drugs, primary }: PrescriptionEntry, now: Prescription | null): readonly Drug[] | undefined {
  const known = drugs ?? now?.drugs;
  const wanted = primary ?? now?.drugs[0]?.name;
  const first = known?.find(({ name }) => name === wanted) ?? (primary === null ? known?.[0] : undefined);
  if (known === undefined || (primary !== null && first === undefined)) return undefined;
  return first === undefined ? known : [first, ...known.filter((drug) => drug !== first)];
}

function patientBolusOf({ maxPerDay, parts, ...entry }: BolusEntry, strength: Concentration | undefined): PatientBolus {
  const settingOf = (entered: AmountEntry & { readonly lockout: Duration }) => ({
    ...amountOf(entered, strength),
    lockout: entered.lockout,
  });
  const ofDay = parts.map(({ from, to, bolus }) => ({ from, to, bolus: bolus === null ? null : settingOf(bolus) }));
  return { ...settingOf(entry), maxPerDay, parts: ofDay };
}

function programOf(
  entry: ProgramEntry,
  strength: Concentration | undefined,
  minimum: Rate,
  kept: Program | undefined,
): Program {
  const basal = (written: BasalEntry): Rate => basalOf(written, strength);
  switch (entry.type) {
    case 'minimumRate':
      return { type: 'minimumRate', rate: minimum };
    case 'changed':
      // What is the minimum rate cannot be less, and more of it is another program.
      if (kept === undefined || kept.type === 'minimumRate') throw new Unusable('unknownBasal');
      return changed(kept, entry.by);
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

const MILLION = 1_000_000n;

/** A program by so much more, in parts per million: every rate of it, to the whole nL/day below. */
function changed(program: Program, by: Proportion): Program {
  const scaled = (old: Rate): Rate => {
    const flow = rate.of(Number((BigInt(old) * (MILLION + BigInt(by))) / MILLION));
    if (flow === 0 && old > 0) throw new Unusable('tooLittle');
    return flow;
  };
  const steps = <S extends { readonly rate: Rate }>(old: readonly S[]): S[] =>
    old.map((step) => ({ ...step, rate: scaled(step.rate) }));
  switch (program.type) {
    case 'daily':
      return { ...program, groups: program.groups.map((group) => ({ ...group, steps: steps(group.steps) })) };
    case 'dated':
      return { ...program, first: scaled(program.first), steps: steps(program.steps) };
    case 'periodic': {
      const { bolus } = program;
      return { ...program, rate: scaled(program.rate), bolus: { ...bolus, rate: scaled(bolus.rate) } };
    }
    default:
      return { ...program, rate: scaled(program.rate) };
  }
}

function basalOf(entry: BasalEntry, strength: Concentration | undefined): Rate {
  if ('rate' in entry) return entry.rate;
  if (strength === undefined) throw new Unusable('diluentHasNoDose');
  const rate = rateForDose(entry.dose, strength);
  // A dose so small that it is none is not what was entered; no dose is.
  if (rate === 0 && entry.dose > 0) throw new Unusable('tooLittle');
  return rate;
}

/** A bolus as a rate over its time, to the whole nL/day below. Throws what `unusable` reads. */
export function amountOf({ dose, volume: amount, duration }: AmountEntry, strength: Concentration | undefined) {
  if (duration === 0) throw new Unusable('bolusDurationZero');
  if (amount === null && strength === undefined) throw new Unusable('diluentHasNoDose');
  const fluid = amount ?? volumeOfMass(dose ?? mass.of(0), strength ?? concentration.of(0));
  return { rate: rateOver(fluid, duration), duration };
}
