import {
  type PatientBolus as Bolus,
  bolusVolume,
  type DayRules,
  type Drug,
  highestDailyVolume,
  type LimitName,
  largestBolus,
  MS_PER_DAY,
  type Prescription,
  type RequestOf,
  VOLUME_PER_ML,
  type Volume,
} from '../../shared/index.ts';
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
): Exceeded[] => [
  ...judged(prescription, library, (drug) => valuesOf(prescription, drug, before, rules)),
  ...(before === null ? [] : exceededByOpening(prescription.opening, before, library, rules)),
];

/**
 * What tubing and catheter hold of the prescription before is given by what moves it out: a prime gives it as a bolus
 * of the clinician, a bridge as a daily dose.
 */
function exceededByOpening(
  opening: Prescription['opening'],
  before: Prescription,
  library: DrugLibrary,
  rules: DayRules,
): Exceeded[] {
  if (opening === null || opening.type === 'delayed') return [];
  const found = judged(before, library, (drug) => {
    if (opening.type === 'prime') return [clinicianBolus(opening, drug)];
    const value = massIn(BigInt(opening.rate) * DAY, drug);
    const was = mostOf(before, drug, rules);
    return [
      { limit: 'dailyDose', value, bounds: ({ dailyDose }) => boundsOf(dailyDose) },
      ...(value > was ? [stepAbove(was, value)] : []),
    ];
  });
  // Whether the library lists it was asked about when it was prescribed.
  return found.filter(({ limit }) => limit !== 'unlisted');
}

const DAY = BigInt(MS_PER_DAY);

/** A fluid that comes out before the one a prescription tells of. */
export interface Held {
  readonly drugs: readonly Drug[];
  readonly left: Volume;
}

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
  const first = Math.min(all, held.left);
  const massHeld = (drug: Drug) => massIn(BigInt(first), drug);
  const same = ({ name }: Drug) => held.drugs.find((each) => each.name === name);
  const ofBoth = (drug: Drug): Valued => {
    const [old, whole] = [same(drug), clinicianBolus(bolus, drug)];
    const asItComes = (old === undefined ? 0 : massHeld(old)) + massIn(BigInt(all - first), drug);
    return { ...whole, value: Math.max(whole.value, asItComes) };
  };
  const gone = held.drugs.filter(({ name }) => !now.drugs.some((each) => each.name === name));
  const ofHeld = judged({ drugs: gone }, library, (drug) => [
    { ...clinicianBolus(bolus, drug), value: massHeld(drug) },
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

function valuesOf(prescription: Prescription, drug: Drug, before: Prescription | null, rules: DayRules): Valued[] {
  const { program, patientBolus } = prescription;
  const most = mostOf(prescription, drug, rules);
  const values: Valued[] = [
    { limit: 'dailyDose', value: most, bounds: ({ dailyDose }) => boundsOf(dailyDose) },
    { limit: 'concentration', value: drug.concentration, bounds: ({ concentration }) => boundsOf(concentration) },
  ];
  const old = before?.drugs.find(({ name }) => name === drug.name);
  const was = before === null || old === undefined ? 0 : mostOf(before, old, rules);
  // Nothing before is a start; less than before is no step.
  if (was === 0)
    values.push({ limit: 'startingDose', value: most, bounds: ({ startingDose }) => boundsOf(startingDose) });
  else if (most > was) values.push(stepAbove(was, most));
  if (patientBolus !== null) {
    const value = massIn(BigInt(bolusVolume(largestBolus(patientBolus))), drug);
    values.push({ limit: 'patientBolus', value, bounds: ({ patientBolus }) => boundsOf(patientBolus) });
  }
  if (program.type === 'periodic') values.push(clinicianBolus(program.bolus, drug));
  return values;
}

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

/** The mass of a drug in a volume, to the whole ng above: what is above a limit by less than that is above it. */
const massIn = (amount: bigint, { concentration }: Drug): number =>
  Number((amount * BigInt(concentration) + VOLUME_PER_ML - 1n) / VOLUME_PER_ML);
