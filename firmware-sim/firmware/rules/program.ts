import {
  basalAt,
  type Instant,
  instant,
  meanBasal,
  nextStepAfter,
  type Prescription,
  type Rate,
  type ReducedMode,
  rate,
  span,
  type WallClock,
} from '../../../shared/index.ts';
import type { Draft, PumpContext } from '../context.ts';
import { command } from './delivery.ts';
import { fillingOf, isDelayed } from './opening.ts';

/*
 * The basal rate the program asks for. Steps follow local time, as the pump's clock has it. A pump that has
 * lost its clock delivers what the profile's `lostClockPolicy` says until somebody sets it.
 */

/** Local time by the pump's clock; undefined where it has none. */
export const wallAt = (context: PumpContext, at: Instant): WallClock | undefined =>
  context.wallOffset === null ? undefined : span(at + context.wallOffset);

/** The basal rate of a prescription at an instant. */
export function basalOf(context: PumpContext, prescription: Prescription | null, at: Instant): Rate {
  if (prescription === null) return rate.of(0);
  const { program } = prescription;
  const wall = wallAt(context, at);
  if (wall !== undefined) return basalAt(program, wall);
  // Dated steps stay where they were when the time was lost.
  if (program.type !== 'daily') return basalAt(program, context.lastWall ?? span(0));
  const mean = meanBasal(program);
  return context.profile.lostClockPolicy === 'dailyMean' ? mean : rate.of(Math.min(mean, context.profile.minimumRate));
}

/** The basal rate of the prescription in force; 0 without one. */
export const basalRate = (context: PumpContext, at: Instant): Rate => basalOf(context, context.prescription, at);

/** Neither the minimum rate nor the default schedule exceeds what is prescribed, where the pump can still know that. */
export function reducedRate(context: PumpContext, at: Instant, mode: ReducedMode): Rate {
  const { minimumRate, defaultRate } = context.profile;
  const own = mode === 'minimumRate' ? minimumRate : defaultRate;
  return context.memoryFailed === null ? rate.of(Math.min(own, basalRate(context, at))) : own;
}

const delivers = ({ stopped, update }: PumpContext): boolean => stopped === null && update === null;

/** The rate of all boluses that run: one of a clinician waits while one of the patient does. */
export function bolusRate(context: PumpContext): Rate {
  const { bolus, clinician, periodic } = context;
  if (!delivers(context) || context.reduced !== null) return rate.of(0);
  return rate.of(((bolus ?? clinician)?.rate ?? 0) + (periodic?.rate ?? 0));
}

/** The rate that the facts of the context call for: nothing, a reduced rate, an opening, or basal and all boluses: what of both the profile lets flow at once. */
export function rateAt(context: PumpContext, at: Instant): Rate {
  if (!delivers(context)) return rate.of(0);
  const reduced = context.reduced ?? (isDelayed(context) ? 'minimumRate' : null);
  if (reduced !== null) return reducedRate(context, at, reduced);
  const filling = fillingOf(context);
  if (filling !== undefined) return filling.rate;
  const replaces = context.profile.bolusOverBasal === 'replace' && bolusRate(context) > 0;
  const basal = context.clinician?.alone === true || replaces ? 0 : basalRate(context, at);
  return rate.of(basal + bolusRate(context));
}

/** Commands the rate that is called for from `at` on. */
export function deliver(draft: Draft, at: Instant): void {
  command(draft, at, rateAt(draft, at), bolusRate(draft));
  draft.stepAt = at;
}

/** When the next step of the program begins, on a pump that delivers by it. */
export function whenStep(context: PumpContext): Instant | undefined {
  const { prescription, stepAt, wallOffset, stopped, update } = context;
  if (prescription === null || wallOffset === null || stopped !== null || update !== null) return undefined;
  if (fillingOf(context) !== undefined) return undefined;
  const wall = nextStepAfter(prescription.program, span(stepAt + wallOffset));
  return wall === undefined ? undefined : instant(wall - wallOffset);
}

/** Whether delivery comes to nothing with the step that begins at `at`, or begins again with it. */
export const stepsToZero = (context: PumpContext, at: Instant): boolean =>
  context.rate > 0 && rateAt(context, at) === 0;
export const stepsFromZero = (context: PumpContext, at: Instant): boolean =>
  context.rate === 0 && rateAt(context, at) > 0;
