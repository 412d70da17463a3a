import type { EditEntry, PrescriptionEntry } from './acts.ts';
import type { VisitContext } from './visit-context.ts';

/** What has been entered and is not in the pump: nothing of it is sent before it is confirmed. */
const NOTHING: PrescriptionEntry = {
  drugs: null,
  primary: null,
  program: null,
  patientBolus: null,
  doseLimit: null,
  ceiling: null,
  lowReservoir: null,
  opening: null,
  underway: null,
  run: false,
  override: false,
};

/** What has been entered, with more: what was entered later stands. */
export function withEdit(
  pending: PrescriptionEntry | null,
  edit: Omit<EditEntry, 'type'> | PrescriptionEntry,
): PrescriptionEntry {
  const before = pending ?? NOTHING;
  const catheter = edit.catheter ?? before.catheter;
  return {
    drugs: edit.drugs ?? before.drugs,
    primary: edit.primary ?? before.primary,
    program: edit.program ?? before.program,
    patientBolus: edit.patientBolus ?? before.patientBolus,
    doseLimit: edit.doseLimit ?? before.doseLimit,
    ceiling: edit.ceiling ?? before.ceiling,
    lowReservoir: edit.lowReservoir ?? before.lowReservoir,
    opening: edit.opening ?? before.opening,
    underway: edit.underway ?? before.underway,
    run: edit.run ?? before.run,
    override: edit.override ?? before.override,
    ...(catheter === undefined ? {} : { catheter }),
  };
}

/** What a prescription goes on from: what was edited, and not another that still waits for an answer. */
export const editedIn = ({ pending, beforeAnswer }: Pick<VisitContext, 'pending' | 'beforeAnswer'>) =>
  beforeAnswer === null ? pending : beforeAnswer.pending;

const WORDS: Readonly<Record<keyof PrescriptionEntry, string>> = {
  drugs: 'drug',
  primary: 'primary drug',
  program: 'program',
  patientBolus: 'patient bolus',
  doseLimit: 'dose limit',
  ceiling: 'ceiling',
  lowReservoir: 'low-reservoir threshold',
  opening: 'opening',
  underway: 'opening under way',
  catheter: 'catheter',
  run: 'run',
  override: 'dose-limit override',
};

/** Which parts have been edited: "program, patient bolus". */
export function pendingWords(pending: PrescriptionEntry): string {
  const { run, override, ...parts } = pending;
  const given = Object.entries({ ...parts, run: run || null, override: override || null });
  return given.flatMap(([key, value]) => (value === null ? [] : [WORDS[key as keyof PrescriptionEntry]])).join(', ');
}
