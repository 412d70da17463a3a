import {
  type Concentration,
  type Drug,
  dailyDoseOf,
  digestOf,
  type Instant,
  length,
  type OverBasal,
  type Status,
  showDate,
  type Volume,
  volume,
  type WallClock,
} from '../shared/index.ts';
import type { CatheterEntry } from './acts.ts';
import { meanDailyVolume } from './calculators.ts';
import type { Changeover } from './changeover.ts';
import { fluidWords, inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import { catheterVolume, type DeadSpace } from './opening.ts';

/*
 * What was entered and worked out with a prescription and is not in the pump: the catheter, and what the fluid before
 * makes of the fill. Who comes after it reads it in the report, as far as this programmer was told.
 */

/** What is known beside a prescription on its way into the pump. */
export interface Beside {
  /** What a change of the fluid leaves behind. */
  readonly changeover?: Changeover;
  /** What was said of the catheter. */
  readonly catheter?: CatheterEntry;
}
export const besideOf = ({ changeover, catheter }: Beside): Beside => ({
  ...(changeover === undefined ? {} : { changeover }),
  ...(catheter === undefined ? {} : { catheter }),
});

/** The catheter that was last said with a prescription of this pump. */
export interface SaidCatheter {
  readonly serial: string;
  readonly entry: CatheterEntry;
  /** By the pump's count of time. */
  readonly at: Instant;
}

/** What a change of the fluid made of what is in the reservoir, until the next fill or change. */
export interface Mix {
  readonly serial: string;
  readonly followed: string;
  readonly filled: Instant;
  readonly old: readonly Drug[];
  readonly residual: Volume;
  readonly mixed: Concentration;
  readonly rinsed: Concentration;
}

const fluidOf = ({ prescription }: Status): string => digestOf(prescription?.drugs ?? []);

/** What a change leaves in the reservoir of a pump just read; null where nothing cannot be aspirated. */
export const mixAfter = ({ old, residual, mixed, rinsed }: Changeover, status: Status): Mix | null =>
  status.sinceFill === null || residual === 0
    ? null
    : { serial: status.serial, followed: fluidOf(status), filled: status.sinceFill.at, old, residual, mixed, rinsed };

const sizeWords = (entry: CatheterEntry, space: DeadSpace): string =>
  'length' in entry
    ? `${length.format(entry.length)}, which holds ${volume.format(catheterVolume(entry, space), 4)}`
    : volume.format(entry.volume, 4);

/** The catheter as it was entered, and when. */
export function putCatheter(
  fields: Fields,
  said: SaidCatheter | null,
  status: Status,
  space: DeadSpace,
  localTime: (at: Instant) => WallClock,
): void {
  if (said === null || said.serial !== status.serial) return;
  fields.put('catheterSaid', `${sizeWords(said.entry, space)}, entered ${showDate(localTime(said.at))}`);
}

/** What is in the reservoir, if it was rinsed before the fill and if it was not. */
export function putMix(fields: Fields, mix: Mix | null, status: Status, rules: OverBasal): void {
  const { prescription, sinceFill, wall } = status;
  if (mix === null || prescription === null || mix.serial !== status.serial) return;
  if (mix.followed !== fluidOf(status) || mix.filled !== sinceFill?.at) return;
  const show = inUnitOf(prescription.drugs[0]?.name);
  const dose = dailyDoseOf(meanDailyVolume(prescription, wall, rules), mix.mixed);
  fields.put('residualHolds', `${volume.format(mix.residual)} of ${fluidWords(mix.old)}`);
  fields.put('mixedConcentration', show.strength(mix.mixed), mix.mixed);
  fields.put('mixedDose', show.daily(dose), dose);
  fields.put('rinsedConcentration', show.strength(mix.rinsed), mix.rinsed);
}
