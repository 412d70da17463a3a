import {
  type DeviceProfile,
  doseOf,
  type Filling,
  formatDuration,
  MS_PER_DAY,
  type Opening,
  type OverBasal,
  type Prescription,
  rate,
  rateForDose,
  roundMass,
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
import { meanDailyDose, meanDailyVolume } from './calculators.ts';
import { dosesIn, inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import type { ProgrammerRefusal } from './outcome.ts';
import { drugsIn, type Held, massAmong, movedOut } from './path.ts';
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

/**
 * The opening of what was entered, for the pump just read. What was under way goes on anew only where it was said.
 * `rest` is what a change before has left in the path of the fluid that the pump is still told of.
 */
export function openingFor(
  { opening, underway }: Pick<PrescriptionEntry, 'opening' | 'underway'>,
  status: Status | null,
  space: DeadSpace,
  rules: OverBasal,
  rest: Held | null = null,
): Opening | null | ProgrammerRefusal {
  if (opening !== null) return compileOpening(opening, status, space, rules, rest);
  return underway === 'recompute' ? restOf(status) : null;
}

function compileOpening(
  entry: OpeningEntry,
  status: Status | null,
  space: DeadSpace,
  rules: OverBasal,
  rest: Held | null,
) {
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
      const moved = rest?.drugs ?? old?.drugs ?? [];
      if (status === null || old === null || moved.length === 0) return 'nothingToBridge';
      const isSameDrug = moved[0]?.name === old.drugs[0]?.name;
      const dose = entry.dose ?? (rest !== null && isSameDrug ? meanDailyDose(old, status.wall, rules) : null);
      const inADay = meanDailyVolume(old, status.wall, rules);
      const flow =
        dose === null
          ? rate.of(Number(inADay / BigInt(MS_PER_DAY)))
          : rateForDose(dose, strengthOf({ drugs: [...moved] }));
      if (flow === 0) return 'nothingToBridge';
      const path = space.tubingVolume + catheterVolume(entry.catheter, space);
      // No more than what is left of it: behind it comes the fluid of the program.
      return filling('bridge', volume.of(Math.min(path, rest?.left ?? path)), flow);
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
 * The part of the Finish screen on what comes before the program, at the local time `now`. `held` is what the path
 * holds that is not the program's own.
 */
export function putOpening(
  fields: Fields,
  status: Status,
  { drugs, opening }: Prescription,
  held: readonly Held[],
  now: WallClock,
): void {
  if (opening === null) return;
  if (opening.type === 'delayed') {
    fields.put('openingAfter', 'the minimum rate until the program begins');
    fields.put('programBegins', showDateTime(opening.until));
    return;
  }
  const amount = volumeOfFilling(opening);
  const moved = movedOut(opening, status, held, drugs);
  fields.put('openingAfter', fillingWords(opening, moved));
  fields.put('openingVolume', volume.format(amount, 4), amount);
  fields.put('openingRate', rate.format(opening.rate), opening.rate);
  fields.time('openingDuration', opening.duration);
  const [drug] = drugsIn(moved);
  if (drug !== undefined) fields.put('openingDose', dosesIn(moved), roundMass(massAmong(moved, drug)));
  fields.put('programBegins', showDateTime(span(now + opening.duration)));
}

/** What the volume of a filling is made of, where it fills tubing and catheter: so it can be checked against the record. */
export function putParts(fields: Fields, opening: Opening | null, entry: CatheterEntry, space: DeadSpace): void {
  if (opening === null || opening.type === 'delayed') return;
  const [catheter, tubing] = [catheterVolume(entry, space), space.tubingVolume];
  // A filling takes whole milliseconds.
  if (Math.abs(volumeOfFilling(opening) - tubing - catheter) > opening.rate) return;
  const show = (amount: number) => volume.format(volume.of(amount), 4);
  fields.put('openingParts', `${show(catheter)} in the catheter and ${show(tubing)} in the pump tubing`);
}

function fillingWords({ type, rate: flow }: Filling, moved: readonly Held[]): string {
  if (type === 'prime') return 'a priming bolus fills the dead space with the new fluid; no basal, no bolus meanwhile';
  const doses = moved.flatMap(({ drugs: [drug] }) =>
    drug === undefined ? [] : [`${inUnitOf(drug.name).daily(doseOf(flow, drug.concentration))} of ${drug.name}`],
  );
  const at = doses.length === 0 ? 'its rate' : doses.join(', then ');
  return `a bridge bolus moves the old fluid out at ${at}; no basal, no bolus meanwhile`;
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
