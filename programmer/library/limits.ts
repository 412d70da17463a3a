import {
  type PatientBolus as Bolus,
  bolusVolume,
  type DayRules,
  type Drug,
  type DrugName,
  type Filling,
  highestDailyVolume,
  type LimitName,
  largestBolus,
  MS_PER_DAY,
  type Prescription,
  type RequestOf,
  sure,
  VOLUME_PER_ML,
  volume,
} from '../../shared/index.ts';
import { broughtBy, drugsIn, type Held, massAmong } from '../path.ts';
import type { DrugLibrary, LibraryDrug } from './library.ts';

/*
 * What of a prescription a drug library has something against. Every drug of a mixture is judged by itself: what is
 * delivered of one is delivered of all.
 */

/** A limit that would be exceeded: what it would be, and the most there may be, in the unit of LIMITS. */
export type Exceeded = RequestOf<'noteLimit'>['limits'][number] & {
  /** Above soft the clinician is asked; above hard nobody is. */
  readonly level: 'soft' | 'hard';
};

/** The limits a prescription exceeds in the place of another: as much as a limit is not above it. */
export const exceeded = (
  prescription: Prescription,
  before: Prescription | null,
  library: DrugLibrary,
  rules: DayRules,
  held: readonly Held[] = [],
): Exceeded[] => {
  const { opening } = prescription;
  const isFilled = opening !== null && opening.type !== 'delayed';
  // What fills the path leaves the program nothing of another fluid.
  const first = isFilled ? [] : held;
  const found = judged(prescription, library, (drug) => valuesOf(prescription, drug, before, rules, first));
  if (before === null) return found;
  const moved = isFilled
    ? exceededByFilling(opening, before, library, rules, broughtBy(bolusVolume(opening), held, before.drugs))
    : exceededByHeld(prescription, library, rules, held);
  // Whether the library lists it was asked about when it was prescribed.
  return [...found, ...moved.filter(({ limit }) => limit !== 'unlisted')];
};

/**
 * What tubing and catheter hold is given by what moves it out: a prime gives it as a bolus of the clinician, a bridge
 * each fluid as a daily dose.
 */
function exceededByFilling(
  opening: Filling,
  before: Prescription,
  library: DrugLibrary,
  rules: DayRules,
  moved: readonly Held[],
): Exceeded[] {
  if (opening.type === 'prime')
    return drugsIn(moved).flatMap((name) =>
      judged({ drugs: [drugOf(moved, name)] }, library, (drug) => [
        { ...clinicianBolus(opening, drug), value: massOf(moved, name) },
      ]),
    );
  // Of a drug that several fluids hold the strongest counts.
  const drugs = drugsIn(moved).map((name) => drugOf(moved, name));
  return judged({ drugs }, library, (drug) => {
    const value = massIn(BigInt(opening.rate) * DAY, drug);
    const old = before.drugs.find(({ name }) => name === drug.name);
    const was = old === undefined ? 0 : mostOf(before, old, rules);
    return [dailyDose(value), ...(was > 0 && value > was ? [stepAbove(was, value)] : [])];
  });
}

/** A program brings what is held of drugs that it has none of. */
function exceededByHeld(
  prescription: Prescription,
  library: DrugLibrary,
  rules: DayRules,
  held: readonly Held[],
): Exceeded[] {
  const day = firstOf(highestDailyVolume(prescription, rules), held);
  const gone = drugsIn(day).filter((name) => !prescription.drugs.some((each) => each.name === name));
  return judged({ drugs: gone.map((name) => drugOf(day, name)) }, library, ({ name }) => [
    dailyDose(massOf(day, name)),
  ]);
}

/** What of the fluids held is in a volume that flows. */
function firstOf(amount: bigint, held: readonly Held[]): readonly Held[] {
  const all = held.reduce((sum, { left }) => sum + BigInt(left), 0n);
  return broughtBy(volume.of(Number(amount < all ? amount : all)), held, []);
}

/** A drug as the strongest of some fluids holds it. */
function drugOf(fluids: readonly Held[], name: DrugName): Drug {
  const all = fluids.flatMap(({ drugs }) => drugs.filter((drug) => drug.name === name));
  return sure(all.toSorted((a, b) => b.concentration - a.concentration)[0], `fluid with ${name}`);
}

const DAY = BigInt(MS_PER_DAY);

/**
 * The limits that one bolus by a clinician exceeds: as it is of the fluid a prescription tells of, or, where that is
 * more, as it comes behind what is held of another.
 */
export function exceededByBolus(
  bolus: Pick<Bolus, 'rate' | 'duration'>,
  now: Prescription,
  library: DrugLibrary,
  held: Held | null,
): Exceeded[] {
  if (held === null) return judged(now, library, (drug) => [clinicianBolus(bolus, drug)]);
  const all = bolusVolume(bolus);
  const brought = broughtBy(all, [held], now.drugs);
  const ofBoth = (drug: Drug): Valued => {
    const whole = clinicianBolus(bolus, drug);
    return { ...whole, value: Math.max(whole.value, massOf(brought, drug.name)) };
  };
  const gone = held.drugs.filter(({ name }) => !now.drugs.some((each) => each.name === name));
  const ofHeld = judged({ drugs: gone }, library, (drug) => [
    { ...clinicianBolus(bolus, drug), value: massOf(brought, drug.name) },
  ]);
  return [...judged(now, library, (drug) => [ofBoth(drug)]), ...ofHeld.filter(({ limit }) => limit !== 'unlisted')];
}

const judged = (
  { drugs }: Pick<Prescription, 'drugs'>,
  library: DrugLibrary,
  valuesFor: (drug: Drug) => readonly Valued[],
): Exceeded[] =>
  drugs.flatMap((drug) => {
    const listed = library.drugs[drug.name];
    if (listed === undefined) return [unlisted(drug)];
    return valuesFor(drug).flatMap(({ limit, value, bounds }) => {
      const { soft, hard } = bounds(listed.limits);
      const above = (bound: number | undefined) => bound !== undefined && value > bound;
      const level = above(hard) ? 'hard' : above(soft) ? 'soft' : undefined;
      if (level === undefined) return [];
      return [{ drug: drug.name, limit, value, bound: (level === 'hard' ? hard : soft) ?? null, level }];
    });
  });

const unlisted = ({ name, concentration }: Drug): Exceeded => ({
  drug: name,
  limit: 'unlisted',
  value: concentration,
  bound: null,
  level: 'soft',
});

interface Bounds {
  readonly soft: number | undefined;
  readonly hard: number | undefined;
}

interface Valued {
  readonly limit: LimitName;
  readonly value: number;
  readonly bounds: (limits: LibraryDrug['limits']) => Bounds;
}

/** Each as it is of the prescription's own fluid or, where that is more, as it comes behind what is held of another. */
function valuesOf(
  prescription: Prescription,
  drug: Drug,
  before: Prescription | null,
  rules: DayRules,
  held: readonly Held[],
): Valued[] {
  const { program, patientBolus } = prescription;
  const brings = (amount: bigint): number => {
    const first = firstOf(amount, held);
    const rest = first.reduce((left, fluid) => left - BigInt(fluid.left), amount) * BigInt(drug.concentration);
    return Math.max(massIn(amount, drug), toTheNg(massAmong(first, drug.name) + rest));
  };
  const most = brings(highestDailyVolume(prescription, rules));
  const values: Valued[] = [
    dailyDose(most),
    { limit: 'concentration', value: drug.concentration, bounds: ({ concentration }) => boundsOf(concentration) },
  ];
  const old = before?.drugs.find(({ name }) => name === drug.name);
  const was = before === null || old === undefined ? 0 : mostOf(before, old, rules);
  // Nothing before is a start; less than before is no step.
  if (was === 0)
    values.push({ limit: 'startingDose', value: most, bounds: ({ startingDose }) => boundsOf(startingDose) });
  else if (most > was) values.push(stepAbove(was, most));
  if (patientBolus !== null) {
    const value = brings(BigInt(bolusVolume(largestBolus(patientBolus))));
    values.push({ limit: 'patientBolus', value, bounds: ({ patientBolus }) => boundsOf(patientBolus) });
  }
  if (program.type === 'periodic')
    values.push({ ...clinicianBolus(program.bolus, drug), value: brings(BigInt(bolusVolume(program.bolus))) });
  return values;
}

const dailyDose = (value: number): Valued => ({
  limit: 'dailyDose',
  value,
  bounds: ({ dailyDose }) => boundsOf(dailyDose),
});

const clinicianBolus = ({ rate, duration }: Pick<Bolus, 'rate' | 'duration'>, drug: Drug): Valued => ({
  limit: 'clinicianBolus',
  value: massIn(BigInt(rate) * BigInt(duration), drug),
  bounds: ({ clinicianBolus }) => boundsOf(clinicianBolus),
});

const stepAbove = (was: number, value: number): Valued => ({
  limit: 'step',
  value,
  bounds: ({ step }) => stepFrom(was, step),
});

type Limit = NonNullable<LibraryDrug['limits'][Exclude<keyof LibraryDrug['limits'], 'step'>]>;

const boundsOf = (limit: Limit | undefined): Bounds => ({ soft: limit?.soft?.amount, hard: limit?.hard?.amount });

function stepFrom(was: number, step: LibraryDrug['limits']['step']): Bounds {
  if (step === undefined) return { soft: undefined, hard: undefined };
  const { share, dose } = step.soft.amount;
  const more = share === null ? dose : Number((BigInt(was) * BigInt(share)) / 1_000_000n);
  return { soft: was + more, hard: undefined };
}

/** The most of a drug that any 24 h can bring, to the whole ng/day above. */
const mostOf = (prescription: Prescription, drug: Drug, rules: DayRules): number =>
  massIn(highestDailyVolume(prescription, rules), drug);

/** A mass to the whole ng above: what is above a limit by less than that is above it. */
const toTheNg = (exact: bigint): number => Number((exact + VOLUME_PER_ML - 1n) / VOLUME_PER_ML);
const massIn = (amount: bigint, { concentration }: Drug): number => toTheNg(amount * BigInt(concentration));
const massOf = (fluids: readonly Held[], name: DrugName): number => toTheNg(massAmong(fluids, name));
