import { dayTotal } from './day.ts';
import { type Amount, isBlank } from './draft.ts';
import type { Drafts } from './drafts.ts';

/** What follows from what stands in a form, in figures, while it is typed. */

const numberIn = ({ number }: Amount): number => Number(number.trim().replace(',', '.'));
const tidy = (value: number, digits: number): string => `${Number(value.toFixed(digits))}`;

export interface Path {
  /** In mL, and in mL/cm. */
  readonly tubing: number;
  readonly perCm: number;
}

/** What a catheter of such a size holds, and with the tubing, in mL; undefined of what is no size. */
export function pathHeld(catheter: Amount, { tubing, perCm }: Path) {
  const size = numberIn(catheter);
  if (isBlank(catheter) || !(size > 0)) return undefined;
  const held = catheter.unit === 'cm' ? size * perCm : size;
  return { catheter: tidy(held, 4), tubing: tidy(tubing, 4), all: tidy(held + tubing, 4) };
}

/** The ceiling in force once the form is taken, and what basal and all boluses leave of it, in the unit of the doses. */
export interface Room {
  readonly ceiling: string;
  /** Undefined where it does not follow from what is typed alone. */
  readonly asked: string | undefined;
  readonly left: number | undefined;
}

export function roomIn(
  { program, patient, ceiling }: Pick<Drafts, 'program' | 'patient' | 'ceiling'>,
  unit: string,
  programmed: string | undefined,
): Room | undefined {
  const text = isBlank(ceiling) ? programmed : `${ceiling.number.trim()} ${unit}/day`;
  if (text === undefined) return undefined;
  const steps = program.kind === 'daily' ? program.steps : [{ at: '00:00', give: program.give }];
  const isKnown = program.kind === 'constant' || program.kind === 'daily';
  const isMass = steps.every(({ give }) => give.unit.startsWith(`${unit}/`)) && patient.dose.unit === unit;
  const basal = isKnown && isMass ? Number.parseFloat(dayTotal(steps) ?? '') : Number.NaN;
  const boluses = patient.kind === 'bolus' ? numberIn(patient.dose) * Number(patient.maxPerDay) : 0;
  const asked = basal + boluses;
  if (!Number.isFinite(asked) || patient.parts.length > 0 || patient.kind === 'asItIs')
    return { ceiling: text, asked: undefined, left: undefined };
  const left = Number.parseFloat(text) - asked;
  return { ceiling: text, asked: `${tidy(asked, 3)} ${unit}`, left: Number(tidy(left, 3)) };
}
