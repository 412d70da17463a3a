import { type Drug, type Status, showDateTime, type WallClock } from '../shared/index.ts';
import type { ClinicianAct } from './acts.ts';
import { isSameFluid } from './changeover.ts';
import { fluidWords } from './drug-units.ts';
import type { Review } from './finish.ts';

/*
 * A change of drug or strength is two acts: it is filled, and the pump is told. Between the two the pump gives the new
 * fluid at the rates of the old one, and nothing in the pump can know it.
 */

/** A pump that was filled with another fluid than it is programmed for. */
export interface OtherFilled {
  readonly serial: string;
  /** What it is programmed for. */
  readonly drugs: readonly Drug[];
  /** By the programmer's clock. */
  readonly at: WallClock;
}

const isStill = ({ drugs }: OtherFilled, now: readonly Drug[]): boolean => isSameFluid(drugs, now);

/**
 * What a refill that the pump has taken leaves to be told. Only who says that it is the old fluid again ends it: of a
 * volume typed anew nobody can tell whether anything was filled.
 */
export function otherFilledAfter(
  before: OtherFilled | null,
  { otherFluid }: Extract<ClinicianAct, { type: 'refill' }>,
  status: Status | null,
  at: WallClock,
): OtherFilled | null {
  const drugs = status?.prescription?.drugs;
  if (status === null || drugs === undefined) return null;
  if (otherFluid === undefined) return before;
  return otherFluid ? { serial: status.serial, drugs, at } : null;
}

/** Whether it is still so as a pump is read; null once it was told of another fluid. */
export function otherFilledNow(before: OtherFilled | null, status: Status | null): OtherFilled | null {
  if (before === null || status === null || status.serial !== before.serial) return before;
  // A pump that has lost its memory has been told nothing.
  return status.prescription === null || isStill(before, status.prescription.drugs) ? before : null;
}

/** What a pump is wrongly programmed for, "baclofen 500 mcg/mL"; undefined of one that is not, as far as is known. */
export const stillProgrammed = (filled: OtherFilled | null, serial: string): string | undefined =>
  filled?.serial === serial ? fluidWords(filled.drugs) : undefined;

/** A review of what tells the pump of the new fluid need not be warned of what it ends. */
export function otherFilledWarnings(filled: OtherFilled | null, reviewed: Review | null): string[] {
  if (filled === null || (reviewed !== null && !isStill(filled, reviewed.prescription.drugs))) return [];
  const { drugs, serial, at } = filled;
  return [
    `STILL PROGRAMMED FOR ${fluidWords(drugs)}: another drug or concentration was filled at ${showDateTime(at)}, and ${serial} gives it at the rates of the old one; program it before the patient leaves`,
  ];
}
