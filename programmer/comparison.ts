import type { DayRules, Prescription } from '../shared/index.ts';
import type { ProgramStart } from './calculators.ts';
import { FIELD_NAMES, FIELDS, type Field, type FieldName } from './fields.ts';
import { prescriptionFields } from './prescription-fields.ts';

/** One part of two prescriptions, old and new side by side. */
export interface ComparisonRow {
  readonly part: FieldName;
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** Whether the part differs, also where the figures shown do not. */
  readonly changed: boolean;
}

/** A prescription and where its program stands; no prescription has no parts. */
export interface Side {
  readonly prescription: Prescription | null;
  readonly start: ProgramStart;
}

/** What a side without the part shows. */
const NONE = 'none';

/** Every part that either prescription has, in the order of the screen. */
export function comparisonOf(before: Side, after: Side, rules: DayRules): ComparisonRow[] {
  const [old, young] = [partsOf(before, rules), partsOf(after, rules)];
  return FIELD_NAMES.flatMap((part) => {
    const [was, will] = [old.get(part), young.get(part)];
    if (was === undefined && will === undefined) return [];
    const changed = was?.text !== will?.text || was?.value !== will?.value;
    return [{ part, label: FIELDS[part].label, before: was?.text ?? NONE, after: will?.text ?? NONE, changed }];
  });
}

const partsOf = ({ prescription, start }: Side, rules: DayRules): ReadonlyMap<FieldName, Field> =>
  new Map(
    prescription === null
      ? []
      : prescriptionFields(prescription, start, rules).map((field) => [field.name, field] as const),
  );
