import {
  type DeviceProfile,
  type Drug,
  doseOf,
  type Filling,
  formatDuration,
  MS_PER_DAY,
  massOf,
  type Opening,
  type OverBasal,
  type Prescription,
  rate,
  rateForDose,
  type Status,
  showDateTime,
  span,
  strengthOf,
  type Volume,
  volume,
  volumeAlong,
  type WallClock,
} from '../shared/index.ts';
import type { CatheterEntry, OpeningEntry, PrescriptionEntry } from './acts.ts';
import { meanDailyVolume } from './calculators.ts';
import { inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import type { ProgrammerRefusal } from './outcome.ts';
import { BOLUS_END_WORDS } from './words.ts';

/*
 * What comes once before a program: a prime of dead space with the new fluid, a bridge that moves the old one out at
 * its old dose, or a delayed start. All the programmer knows of dead space is the profile's tubing and what is typed
 * of the catheter.
 */

/** What the kind of pump holds beside what can be aspirated, and how fast it primes. */
export type DeadSpace = Pick<
  DeviceProfile,
  'tubingVolume' | 'catheterVolumePerLength' | 'primeRate' | 'residualVolume'
>;

/** The opening of what was entered, for the pump just read. What was under way goes on anew only where it was said. */
export function openingFor(
  { opening, underway }: Pick<PrescriptionEntry, 'opening' | 'underway'>,
  status: Status | null,
  space: DeadSpace,
  rules: OverBasal,
): Opening | null | ProgrammerRefusal {
  if (opening !== null) return compileOpening(opening, status, space, rules);
  return underway === 'recompute' ? restOf(status) : null;
}

function compileOpening(entry: OpeningEntry, status: Status | null, space: DeadSpace, rules: OverBasal) {
  switch (entry.type) {
    case 'delayed':
      return { type: 'delayed', until: entry.until } as const;
    case 'prime': {
      const catheter = entry.fill === 'pumpOnly' ? 0 : catheterVolume(entry.catheter, space);
      const tubing = entry.fill === 'catheterOnly' ? 0 : space.tubingVolume;
      return filling('prime', volume.of(tubing + catheter), space.primeRate);
    }
    case 'bridge': {
      const old = status?.prescription ?? null;
      if (status === null || old === null || old.drugs.length === 0) return 'nothingToBridge';
      const inADay = meanDailyVolume(old, status.wall, rules);
      const flow =
        entry.dose === null ? rate.of(Number(inADay / BigInt(MS_PER_DAY))) : rateForDose(entry.dose, strengthOf(old));
      if (flow === 0) return 'nothingToBridge';
      return filling('bridge', volume.of(space.tubingVolume + catheterVolume(entry.catheter, space)), flow);
    }
  }
}

export const catheterVolume = (catheter: CatheterEntry, { catheterVolumePerLength }: DeadSpace): Volume =>
  'length' in catheter ? volumeAlong(catheter.length, catheterVolumePerLength) : catheter.volume;

/** At most so much, in whole milliseconds. */
const filling = (type: Filling['type'], amount: Volume, flow: Filling['rate']): Filling => ({
  type,
  rate: flow,
  duration: span(Math.floor(amount / flow)),
});

/** What is left of the opening under way, as an opening of its own. */
function restOf(status: Status | null): Opening | null {
  const setting = status?.prescription?.opening ?? null;
  if (status === null || status.opening === null || setting === null) return null;
  return setting.type === 'delayed' ? setting : filling(setting.type, status.opening.left, setting.rate);
}

export const OPENING_WORDS = { prime: 'priming bolus', bridge: 'bridge bolus', delayed: 'delayed start' } as const;

export const volumeOfFilling = ({ rate: flow, duration }: Filling): Volume => volume.of(flow * duration);

/** "bridge bolus 0.34 mL in 20h 24min", "delayed start 2026-01-06 08:00". */
export const openingWords = (opening: Opening): string =>
  opening.type === 'delayed'
    ? `${OPENING_WORDS.delayed} ${showDateTime(opening.until)}`
    : `${OPENING_WORDS[opening.type]} ${volume.format(volumeOfFilling(opening), 4)} in ${formatDuration(opening.duration)}`;

/**
 * The part of the Finish screen on what comes before the program, at the local time `now`. `oldFluid` is what a change
 * of the fluid before has left in the path.
 */
export function putOpening(
  fields: Fields,
  status: Status,
  { drugs, opening }: Prescription,
  oldFluid: { readonly drugs: readonly Drug[] } | null,
  now: WallClock,
): void {
  if (opening === null) return;
  if (opening.type === 'delayed') {
    fields.put('openingAfter', 'the minimum rate until the program begins');
    fields.put('programBegins', showDateTime(opening.until));
    return;
  }
  const amount = volumeOfFilling(opening);
  const [drug] = fluidMoved(opening, status, oldFluid) ?? drugs;
  fields.put('openingAfter', fillingWords(opening, drug));
  fields.put('openingVolume', volume.format(amount, 4), amount);
  fields.put('openingRate', rate.format(opening.rate), opening.rate);
  fields.time('openingDuration', opening.duration);
  if (drug !== undefined) {
    const dose = massOf(amount, drug.concentration);
    fields.put('openingDose', `${inUnitOf(drug.name).dose(dose)} of ${drug.name}`, dose);
  }
  fields.put('programBegins', showDateTime(span(now + opening.duration)));
}

function fillingWords({ type, rate: flow }: Filling, drug: Drug | undefined): string {
  if (type === 'prime') return 'a priming bolus fills the dead space with the new fluid; no basal, no bolus meanwhile';
  const at =
    drug === undefined ? 'its rate' : `${inUnitOf(drug.name).daily(doseOf(flow, drug.concentration))} of ${drug.name}`;
  return `a bridge bolus moves the old fluid out at ${at}; no basal, no bolus meanwhile`;
}

/** What fills the path and is moved out of it, as far as it is known: the fluid that the pump was told of before. */
function fluidMoved(
  { type }: Filling,
  { prescription, opening }: Status,
  oldFluid: { readonly drugs: readonly Drug[] } | null,
): readonly Drug[] | undefined {
  if (oldFluid !== null) return oldFluid.drugs;
  // Of the rest of a bridge the pump tells the new fluid alone.
  return type === 'bridge' && opening !== null ? [] : prescription?.drugs;
}

/** What comes before the program and is under way in the pump. */
export function putUnderway(fields: Fields, { opening, now }: Status): void {
  if (opening === null) return;
  fields.put('openingUnderway', OPENING_WORDS[opening.type], opening.type);
  if (opening.type !== 'delayed') fields.put('openingLeft', volume.format(opening.left, 4), opening.left);
  if (opening.ends === null) fields.put('openingWaits', 'for its clock to be set');
  else fields.time('openingEnds', Math.max(0, opening.ends - now));
}

/** What was ended before its time, and what of the path it left unfilled. */
export function openingWarnings({ openingEnded }: Status): string[] {
  if (openingEnded === null || openingEnded.why === 'complete') return [];
  const { type, why, undelivered } = openingEnded;
  const left =
    type === 'delayed' ? 'it does not wait any more' : `${volume.format(undelivered, 4)} of the path were not filled`;
  return [`THE ${OPENING_WORDS[type].toUpperCase()} WAS ${BOLUS_END_WORDS[why].toUpperCase()}: ${left}`];
}
