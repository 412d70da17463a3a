import {
  bolusVolume,
  type Concentration,
  concentration,
  type DoseRate,
  type Drug,
  type Duration,
  dailyDoseOf,
  doseRate,
  formatDuration,
  largestBolus,
  MS_PER_DAY,
  massOf,
  mixed,
  type OverBasal,
  type Prescription,
  type Rate,
  rinsed,
  roundMass,
  type Status,
  span,
  type Volume,
  volume,
} from '../shared/index.ts';
import type { CatheterEntry } from './acts.ts';
import { dailyVolume, meanDailyDose, meanDailyVolume } from './calculators.ts';
import { isBigChange, shareWords } from './dose-change.ts';
import { dosesIn, fluidWords, inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import { catheterVolume, type DeadSpace } from './opening.ts';
import { broughtBy, type Held, massAmong } from './path.ts';

/*
 * What a change of the fluid leaves behind: the residual of the old one, which mixes with what is filled, and what of
 * it is still in tubing and catheter, which comes first. All of it is arithmetic on what was entered: that the
 * reservoir was filled with the new fluid, and was not rinsed, is taken for granted.
 */

/** How a reservoir is rinsed: 3 × 2 mL of what will be filled (Prialt label). */
const RINSE = { volume: volume.parse('2 mL'), times: 3 } as const;

/** What comes of another fluid than the pump was told of. */
export interface Changeover {
  readonly old: readonly Drug[];
  readonly residual: Volume;
  /** How strong the primary drug is in what was filled; and if it was rinsed before. */
  readonly mixed: Concentration;
  readonly rinsed: Concentration;
  /** What a day then brings of it; and if it was rinsed. */
  readonly dose: DoseRate;
  readonly rinsedDose: DoseRate;
  /** The dose of a day before, of the same drug; and as it is prescribed. */
  readonly doseBefore: DoseRate | null;
  readonly doseMeant: DoseRate;
  /** The old fluid in tubing and, where somebody said what it holds, the catheter. */
  readonly path: Volume;
  readonly isCatheterSaid: boolean;
  readonly asReviewed: OldFluid;
  readonly bridged: OldFluid;
  readonly unbridged: OldFluid;
}

/** How long the old fluid comes out at the tip; what of its primary drug that is a day. Null where it never does. */
interface OldFluid {
  readonly lasts: Duration | null;
  readonly dose: DoseRate;
}

/** Undefined where the fluid stays what it was, or the pump was told of none. */
export function changeoverOf(
  status: Status,
  prescription: Prescription,
  { deadSpace: space, dayRules: rules }: { readonly deadSpace: DeadSpace; readonly dayRules: OverBasal },
  catheter: CatheterEntry | null,
): Changeover | undefined {
  const old = status.prescription;
  if (old === null || isSameFluid(old.drugs, prescription.drugs)) return undefined;
  const { residualVolume, tubingVolume } = space;
  const fill = { volume: status.volume, drugs: prescription.drugs };
  const left = { volume: residualVolume, drugs: old.drugs };
  const afterRinse = rinsed(left, { ...fill, volume: RINSE.volume }, RINSE.times).at(-1) ?? [];
  const primary = strengthIn(prescription.drugs, mixed(fill, left));
  const afterIt = strengthIn(prescription.drugs, mixed(fill, { volume: residualVolume, drugs: afterRinse }));
  const path = volume.of(tubingVolume + (catheter === null ? 0 : catheterVolume(catheter, space)));
  const inADay = meanDailyVolume(prescription, status.wall, rules);
  const bridge = meanDailyVolume(old, status.wall, rules);
  const of = (lasts: Duration | null): OldFluid => ({ lasts, dose: doseIn(path, old.drugs[0], lasts) });
  return {
    old: old.drugs,
    residual: residualVolume,
    mixed: primary,
    rinsed: afterIt,
    dose: dailyDoseOf(inADay, primary),
    rinsedDose: dailyDoseOf(inADay, afterIt),
    doseBefore: old.drugs[0]?.name === prescription.drugs[0]?.name ? meanDailyDose(old, status.wall, rules) : null,
    doseMeant: meanDailyDose(prescription, status.wall, rules),
    path,
    isCatheterSaid: catheter !== null,
    asReviewed: of(timeUnder(prescription, status, path, rules)),
    bridged: of(bridge === 0n ? null : span(Number((BigInt(path) * BigInt(MS_PER_DAY) + bridge - 1n) / bridge))),
    unbridged: of(timeUnder({ ...prescription, opening: null }, status, path, rules)),
  };
}

/** Whether two fluids hold the same drugs as strong. */
export const isSameFluid = (one: readonly Drug[], other: readonly Drug[]): boolean =>
  one.length === other.length &&
  one.every((drug) => other.some(({ name, concentration: each }) => name === drug.name && each === drug.concentration));

const strengthIn = ([primary]: readonly Drug[], held: readonly Drug[]): Concentration =>
  held.find(({ name }) => name === primary?.name)?.concentration ?? concentration.of(0);

function doseIn(path: Volume, drug: Drug | undefined, lasts: Duration | null): DoseRate {
  if (drug === undefined || lasts === null || lasts === 0) return doseRate.of(0);
  return dailyDoseOf((BigInt(path) * BigInt(MS_PER_DAY)) / BigInt(lasts), drug.concentration);
}

/** No forecast looks further. */
const FURTHEST = span(4000 * MS_PER_DAY);

/** How long a prescription takes to deliver so much from its first minute on, its opening included. */
function timeUnder(
  prescription: Prescription,
  { wall, minimumRate }: Status,
  amount: Volume,
  rules: OverBasal,
): Duration | null {
  const { opening } = prescription;
  const start = { wall, periodicIn: null };
  if (opening === null) return whenDelivered((time) => dailyVolume(prescription, start, rules, time), amount);
  const first: { readonly rate: Rate; readonly duration: Duration } =
    opening.type === 'delayed'
      ? { rate: minimumRate, duration: span(wall === null ? FURTHEST : Math.max(0, opening.until - wall)) }
      : opening;
  const begun = { wall: wall === null ? null : span(wall + first.duration), periodicIn: null };
  return whenDelivered(
    (time) =>
      BigInt(first.rate) * BigInt(Math.min(time, first.duration)) +
      dailyVolume(prescription, begun, rules, span(Math.max(0, time - first.duration))),
    amount,
  );
}

/** The first millisecond by which so much has flowed; null where it never has. */
function whenDelivered(flowed: (time: Duration) => bigint, amount: Volume): Duration | null {
  let [before, by] = [0, FURTHEST as number];
  if (flowed(FURTHEST) < BigInt(amount)) return null;
  while (by - before > 1) {
    const middle = Math.floor((before + by) / 2);
    if (flowed(span(middle)) < BigInt(amount)) before = middle;
    else by = middle;
  }
  return span(by);
}

export function putChangeover(fields: Fields, found: Changeover, drugs: readonly Drug[]): void {
  const { old, residual, path } = found;
  const show = inUnitOf(drugs[0]?.name);
  const before = inUnitOf(old[0]?.name);
  if (residual > 0) {
    fields.put('residualHolds', `${volume.format(residual)} of ${fluidWords(old)}`);
    fields.put('mixedConcentration', show.strength(found.mixed), found.mixed);
    fields.put('mixedDose', show.daily(found.dose), found.dose);
    if (drugs.length > 0) fields.put('mixedDoseChange', changeTo(found.dose, found));
    fields.put('rinsedConcentration', show.strength(found.rinsed), found.rinsed);
    fields.put('rinsedDose', show.daily(found.rinsedDose), found.rinsedDose);
    if (drugs.length > 0) fields.put('rinsedDoseChange', changeTo(found.rinsedDose, found));
  }
  fields.put('pathVolume', volume.format(path, 4), path);
  const words = ({ lasts, dose }: OldFluid) =>
    lasts === null
      ? 'it stays there'
      : `${before.daily(dose)} of ${old[0]?.name ?? 'a diluent'} for ${formatDuration(lasts)}`;
  const { lasts, dose } = found.asReviewed;
  if (lasts !== null) fields.time('oldFluidLasts', lasts);
  fields.put('oldFluidDose', before.daily(dose), dose);
  fields.put('withBridge', words(found.bridged));
  fields.put('withoutBridge', words(found.unbridged));
}

/** What a dose is beside the one before; beside the new one, as it is meant, where that was of another drug. */
const changeTo = (dose: DoseRate, { doseBefore, doseMeant }: Changeover): string =>
  doseBefore === null ? `${shareWords(doseMeant, dose)} of the new dose` : shareWords(doseBefore, dose);

/**
 * What the fluid still in tubing and catheter does to the patient under a prescription, be it of a change now or of one
 * before; nothing where a prime or a bridge moves it out, of which more is said, or where it comes at about the dose before.
 */
export function pathChecks(
  status: Status,
  prescription: Prescription,
  { drugs, left, isCatheterSaid }: Held & Pick<Changeover, 'isCatheterSaid'>,
  rules: OverBasal,
): string[] {
  const { opening } = prescription;
  const [drug] = drugs;
  if (status.prescription === null || drug === undefined || (opening !== null && opening.type !== 'delayed')) return [];
  const lasts = timeUnder(prescription, status, left, rules);
  if (lasts === null) return [];
  const checks: string[] = [];
  const was = meanDailyDose(status.prescription, status.wall, rules);
  const dose = doseIn(left, drug, lasts);
  const brings = `${inUnitOf(drug.name).daily(dose)} of ${drug.name}`;
  if (was > 0 && isBigChange(was, dose))
    checks.push(
      isCatheterSaid
        ? `Check: what tubing and catheter still hold brings ${brings}, ${shareWords(was, dose)} of the dose before, for ${formatDuration(lasts)}`
        : `Check: what the tubing still holds brings ${brings}, ${shareWords(was, dose)} of the dose before, for ${formatDuration(lasts)}; what the catheter holds is not known`,
    );
  const { patientBolus, drugs: follow } = prescription;
  if (patientBolus === null) return checks;
  const amount = bolusVolume(largestBolus(patientBolus));
  const first = broughtBy(amount, [{ drugs, left }], follow);
  const same = follow.find(({ name }) => name === drug.name);
  const nominal = same === undefined ? undefined : massOf(amount, same.concentration);
  if (nominal === undefined || isBigChange(nominal, roundMass(massAmong(first, drug.name))))
    checks.push(`Check: of what tubing and catheter still hold a patient bolus brings ${dosesIn(first)}`);
  return checks;
}

/** What is added to the warning that the pump is told of another fluid. */
export function mixingWords(
  { residual, mixed: strength }: Changeover,
  { drugs }: Prescription,
  filled: Volume,
): string {
  const [drug] = drugs;
  if (residual === 0 || drug === undefined || strength === drug.concentration) return '';
  return `; the ${volume.format(residual)} that cannot be aspirated and ${volume.format(filled)} of the new make ${drug.name} ${inUnitOf(drug.name).strength(strength)}, unless the reservoir was rinsed`;
}
