import {
  after,
  type BolusEnd,
  bolusVolume,
  type Instant,
  instant,
  type PeriodicProgram,
  type Prescription,
  sure,
} from '../../../shared/index.ts';
import type { Bolus, Draft, PumpContext } from '../context.ts';
import { bolusAtLevel } from './allowed.ts';
import { leftAt } from './delivery.ts';
import { levelAt } from './reservoir.ts';

/*
 * Periodic boluses: one falls due whenever another interval has passed since the prescription took effect,
 * whatever happens to delivery meanwhile, so that stopping and starting never brings one early. One that
 * cannot start is skipped; during a bolus of the patient or of a clinician the profile's `periodicDuringBolus` decides.
 */

const programOf = (prescription: Prescription | null): PeriodicProgram | undefined =>
  prescription?.program.type === 'periodic' ? prescription.program : undefined;

export const hasPeriodic = (prescription: Prescription | null): boolean => programOf(prescription) !== undefined;

/** What becomes of a periodic bolus that falls due at `at`. */
export function periodicAt(context: PumpContext, at: Instant): 'start' | 'defer' | 'skip' {
  const program = programOf(context.prescription);
  const delivers = context.stopped === null && context.update === null && context.reduced === null;
  if (program === undefined || !delivers || !bolusAtLevel(context, levelAt(context, at))) return 'skip';
  if (leftAt(context, at) < bolusVolume(program.bolus)) return 'skip';
  const { bolus, clinician, opening } = context;
  if (opening !== null) return 'skip';
  const stops = clinician?.then === 'stopped' && clinician.ends <= at;
  // Nothing but the clinician's bolus was wanted of a pump that was stopped.
  if (clinician?.alone === true || stops) return 'skip';
  if ([bolus, clinician].every((running) => running === null || running.ends <= at)) return 'start';
  const { periodicDuringBolus } = context.profile;
  return periodicDuringBolus === 'add' ? 'start' : periodicDuringBolus;
}

/** The deadline of the next; one at a time, so that each is started, deferred or skipped. */
export function dueNext(draft: Draft, at: Instant): void {
  const { interval } = sure(programOf(draft.prescription), 'program of periodic boluses');
  const due = sure(draft.periodicNext, 'periodic bolus that is due');
  const behind = Math.floor((at - due) / interval) + 1;
  draft.periodicNext = instant(due + behind * interval);
}

export function startPeriodic(draft: Draft, at: Instant): void {
  const program = sure(programOf(draft.prescription), 'program of periodic boluses');
  const bolus: Bolus = { start: at, ends: after(at, program.bolus.duration), rate: program.bolus.rate };
  draft.periodic = bolus;
  draft.periodicDeferred = false;
}

/** Ends the running periodic bolus, if one runs; a deferred one is given up. The caller commands the rate. */
export function endPeriodic(draft: Draft, at: Instant, why: BolusEnd): void {
  draft.periodicDeferred = false;
  if (draft.periodic === null) return;
  draft.lastPeriodic = { ...draft.periodic, ended: at, why };
  draft.periodic = null;
}

/** Begins to count anew with a prescription that takes effect at `at`. */
export function countPeriodic(draft: Draft, prescription: Prescription, at: Instant): void {
  const program = programOf(prescription);
  draft.periodicNext = program === undefined ? null : after(at, program.interval);
}
