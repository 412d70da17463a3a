import {
  type DoseRate,
  type Drug,
  type Duration,
  dailyDoseOf,
  digestOf,
  doseRate,
  formatDuration,
  type Instant,
  MS_PER_DAY,
  type OverBasal,
  type Prescription,
  type Status,
  span,
  type Volume,
  volume,
} from '../shared/index.ts';
import type { CatheterEntry } from './acts.ts';
import type { Changeover } from './changeover.ts';
import { inUnitOf } from './drug-units.ts';
import type { Fields } from './fields.ts';
import { fallsTo } from './forecast.ts';
import { catheterVolume, type DeadSpace } from './opening.ts';

/*
 * What of the fluid before is still in tubing and catheter once a pump was told of another: it comes out first. The
 * programmer knows the path from what was entered with the change, and what has flowed from what the pump commanded.
 */

export interface OldFluid {
  readonly serial: string;
  readonly drugs: readonly Drug[];
  /** Of the fluid that follows it. */
  readonly followed: string;
  readonly left: Volume;
  /** How much has flowed since the change; and whether anybody said what the catheter holds: `left` is of the tubing else. */
  readonly flowed: Volume;
  readonly isCatheterSaid: boolean;
  /** The pump's count of what it commanded, and since which fill, when so much was left. */
  readonly commanded: Volume;
  readonly filled: Instant;
}

/** No tubing and catheter hold more. Assumed. */
const MOST = volume.parse('2 mL');

const fluidOf = (prescription: Prescription | null): string => digestOf(prescription?.drugs ?? []);

/** What a change of the fluid leaves in the path of a pump just read; null where nothing tells how much has flowed. */
export const oldFluidAfter = ({ old, path, isCatheterSaid }: Changeover, status: Status): OldFluid | null =>
  status.sinceFill === null
    ? null
    : {
        serial: status.serial,
        drugs: old,
        followed: fluidOf(status.prescription),
        left: path,
        flowed: volume.of(0),
        isCatheterSaid,
        commanded: status.sinceFill.commanded,
        filled: status.sinceFill.at,
      };

/** What is left of it as a pump is read again; null once all of it is out, and of another pump or fluid. */
export function oldFluidNow(before: OldFluid | null, status: Status | null): OldFluid | null {
  if (before === null || status === null) return before;
  const { sinceFill, serial, prescription } = status;
  if (sinceFill === null || serial !== before.serial || fluidOf(prescription) !== before.followed) return null;
  // A fill begins the count anew; a pump is read just before it.
  const moved = Math.max(0, sinceFill.commanded - (sinceFill.at === before.filled ? before.commanded : 0));
  const flowed = volume.of(before.flowed + moved);
  // Where nobody said what the catheter holds, a later bridge still may.
  if (moved >= before.left && (before.isCatheterSaid || flowed >= MOST)) return null;
  return {
    ...before,
    left: volume.of(Math.max(0, before.left - moved)),
    flowed,
    commanded: sinceFill.commanded,
    filled: sinceFill.at,
  };
}

/** What is left once somebody says what the catheter holds of which nobody had; null where all of it is out. */
export function withCatheter(
  before: OldFluid | null,
  catheter: CatheterEntry | null,
  space: DeadSpace,
): OldFluid | null {
  if (before === null || before.isCatheterSaid || catheter === null) return before;
  const left = space.tubingVolume + catheterVolume(catheter, space) - before.flowed;
  return left > 0 ? { ...before, left: volume.of(left), isCatheterSaid: true } : null;
}

/** What is known to be in the path; null where that is nothing. */
export const heldOf = (before: OldFluid | null): OldFluid | null =>
  before !== null && before.left > 0 ? before : null;

const CATHETER_UNKNOWN = 'what the catheter holds is not known';

/** Where delivery goes on as now: how much is left, how long it lasts and what of its drug that is a day. */
export function putOldFluid(
  fields: Fields,
  { drugs, left, isCatheterSaid }: OldFluid,
  status: Status,
  rules: OverBasal,
): void {
  const held = left === 0 ? 'none' : volume.format(left, 4);
  fields.put('pathVolume', isCatheterSaid ? held : `${held} in the tubing; ${CATHETER_UNKNOWN}`, left);
  if (left === 0) return;
  const gone = fallsTo(volume.of(Math.max(0, status.volume - left)), status, 'none', rules);
  if (gone === undefined) return;
  const lasts = span(gone - status.now);
  const least = `at least ${formatDuration(lasts)}, for which the tubing alone lasts; ${CATHETER_UNKNOWN}`;
  fields.put('oldFluidLasts', isCatheterSaid ? formatDuration(lasts) : least, lasts);
  const [drug] = drugs;
  const dose = doseOver(left, drug, lasts);
  fields.put('oldFluidDose', inUnitOf(drug?.name).daily(dose), dose);
}

function doseOver(amount: Volume, drug: Drug | undefined, time: Duration): DoseRate {
  if (drug === undefined || time === 0) return doseRate.of(0);
  return dailyDoseOf((BigInt(amount) * BigInt(MS_PER_DAY)) / BigInt(time), drug.concentration);
}
